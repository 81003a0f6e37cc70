"""Erasure by order: what a file held leaves, its entries stay as random ids and hashes, and the chain still holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa

from asbdesk.clock import Clock, instant
from asbdesk.model import journal as t
from asbdesk.store import search
from asbdesk.store.apply import Key, reproject
from asbdesk.store.cases import cases_touched
from asbdesk.store.engine import ERASING, gate
from asbdesk.store.files import Files
from asbdesk.store.fold import known
from asbdesk.store.journal import Journal
from asbdesk.store.local import drop_evidence, drop_keys, evidence_upto, mark_stale, no_longer_waits

BLOBS = (
    ("evidence", "blob", "key", "sha256"),
    ("plan_version", "sealed", "sealed_key", "sealed_sha256"),
    ("letter_sent", "sealed", "sealed_key", "sealed_sha256"),
    ("later_seal", "sealed", "sealed_key", "sealed_sha256"),
)
"""Where records name a file beside the store: kind, name, key, hash of the content."""
_NAME = re.compile(r"[0-9a-f]{64}")


class OpenStore(Protocol):
    """What of an open store erasure and checking need."""

    @property
    def journal(self) -> Journal: ...
    @property
    def files(self) -> Files: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def reader(self) -> sa.Engine: ...


@dataclass(frozen=True)
class Order:
    """An order to erase these files. That two people approved it is for the one who makes the order to see to."""

    id: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Erased:
    """What an erasure did. `wiped`: the write-ahead log was emptied as well, so that nothing of it is left there."""

    entries: int
    blobs: int
    wiped: bool


def erase(store: OpenStore, order: Order) -> Erased:
    """Carry out an order; a file that is not here is listed all the same, so that it is never taken in."""
    at = instant(store.clock.now())
    entries, blobs, cases = store.journal.write_local(lambda conn: _erase(conn, order, at))
    store.journal.catch_up()
    for blob in blobs:
        store.files.delete(blob)
    store.journal.announce(frozenset((file, "erased") for file in (*order.files, *(f"case/{c}" for c in cases))))
    return Erased(entries, len(blobs), wiped=empty_the_log(store.journal.engine))


def _erase(conn: sa.Connection, order: Order, at: str) -> tuple[int, set[str], set[str]]:
    numbers = sa.select(t.entry.c.n).where(t.entry.c.file.in_(order.files))
    bodies = conn.scalars(sa.select(t.body.c.text).where(t.body.c.n.in_(numbers))).all()
    blobs = {blob for text in bodies for blob, _ in blobs_in(json.loads(text))}
    records = conn.execute(sa.select(t.touch.c.kind, t.touch.c.id).where(t.touch.c.n.in_(numbers)).distinct())
    keys: list[Key] = [(r.kind, r.id) for r in records]
    cases = cases_touched(conn, {(file, *key) for file in order.files for key in keys or [("", "")]})
    with gate(conn, ERASING):
        _list(conn, order, at)
        for table in (t.touch, t.body, t.set_aside):
            conn.execute(table.delete().where(table.c.n.in_(numbers)))
        reproject(conn, keys)
        search.index(conn, keys)
        drop_lines(conn, {f[5:] for f in order.files if f.startswith("case/")})
        drop_evidence(conn, blobs)
    no_longer_waits(conn, numbers)
    drop_keys(conn, order.files)
    mark_stale(conn, cases)
    return len(bodies), blobs, cases


def _list(conn: sa.Connection, order: Order, at: str) -> None:
    there = set(conn.scalars(sa.select(t.erased.c.file).where(t.erased.c.file.in_(order.files))))
    new = [{"file": file, "order_id": order.id, "at": at} for file in order.files if file not in there]
    if new:
        conn.execute(t.erased.insert(), new)


def drop_lines(conn: sa.Connection, cases: set[str]) -> None:
    """End these cases' drafts, and take away what is derived of them."""
    runs = sa.select(t.form_run.c.id).where(t.form_run.c.case.in_(cases))
    conn.execute(t.draft.delete().where(t.draft.c.form_run.in_(runs)))
    for table in (t.form_run, t.due, t.case_line):
        conn.execute(table.delete().where(table.c.case.in_(cases)))


def empty_the_log(engine: sa.Engine) -> bool:
    """Leave nothing of what was deleted in the write-ahead log; False where somebody reads from it now."""
    if engine.dialect.name != "sqlite":  # head office's database has no such log beside it
        return True
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()
        return busy is not None and busy[0] == 0
    finally:
        raw.close()


# ---- files beside the store
def blobs_in(body: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every file that an entry names, with what the entry says of its record; misshapen parts are passed over."""
    sets = body.get("set")
    for what, values in sets.items() if isinstance(sets, dict) else ():
        for kind, field, _, _ in BLOBS:
            match values.get(field) if what.startswith(f"{kind}/") and isinstance(values, dict) else None:
                case [str(blob), *_] if _NAME.fullmatch(blob):
                    yield blob, values


def blobs_standing(conn: sa.Connection) -> list[tuple[str, str, str, str | None, str | None]]:
    """`(kind, record id, blob, key, sha256)` of every file beside the store that a record names."""
    found: list[tuple[str, str, str, str | None, str | None]] = []
    for kind, *names in BLOBS:
        table = known()[kind].__table__
        which = sa.select(table.c.id, *(table.c[n] for n in names)).where(table.c[names[0]].is_not(None))
        found += [(kind, *row) for row in conn.execute(which.order_by(table.c.id))]
    return found


def named_since(conn: sa.Connection, device: str) -> set[str]:
    """The files that entries of others name which were not yet looked through for evidence to be moved."""
    which = sa.select(t.body.c.text).join(t.entry, t.entry.c.n == t.body.c.n)
    which = which.join(t.session, t.session.c.n == t.entry.c.session)
    which = which.where(t.session.c.device != device, t.body.c.n > evidence_upto(conn))
    return {blob for text in conn.scalars(which) for blob, _ in blobs_in(json.loads(text))}


def sweep(store: OpenStore) -> int:
    """Delete files beside the store that nothing names: no record, no entry of any version, no draft. How many."""
    with store.reader.connect() as conn:
        standing = {blob for _, _, blob, _, _ in blobs_standing(conn)}
        loose = {path.name for path in store.files.orphans(standing, store.clock)}
        if loose:
            loose -= _named_anywhere(conn)
    return store.files.sweep(loose)


def _named_anywhere(conn: sa.Connection) -> set[str]:
    # every 64 hex digits in any entry or draft, whatever the kind: a newer version's records name files as well
    texts = conn.scalars(sa.select(t.body.c.text), execution_options={"yield_per": 1000})
    drafts = (json.dumps(value) for value in conn.scalars(sa.select(t.draft.c.value)))
    return {name for source in (texts, drafts) for text in source for name in _NAME.findall(text)}
