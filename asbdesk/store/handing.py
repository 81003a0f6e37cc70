"""A case that was handed to somebody else leaves this laptop, and comes back whole when it is handed back.

It is no erasure: the file may return, and others have it. What the journal is stays: each entry with its hash and its
place in the chain. Its text leaves, with the records, the drafts, the evidence and the keys; its salt stays, so that a
text that comes back is known to be the one that left. Sealed blocks stay as they are: without a key they are noise.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from asbdesk.clock import instant
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store import search
from asbdesk.store.apply import Key, reproject
from asbdesk.store.cases import cases_touched
from asbdesk.store.engine import ERASING, gate
from asbdesk.store.erase import OpenStore, blobs_in, drop_lines, empty_the_log
from asbdesk.store.local import mark_stale

May = Callable[[sa.Connection], bool]


@dataclass(frozen=True)
class Left:
    """What left. `files`: of cases, people and homes; `blobs`: evidence files that were deleted here."""

    files: tuple[str, ...]
    entries: int
    blobs: int


def hand_out(store: OpenStore, case: str, files: Collection[str], may: May) -> Left | None:
    """Take these files of a case from this laptop, where they `may` leave; None where not. That all was received
    elsewhere is for who asks to say, in the same transaction: the officer may have written in them a moment ago."""
    at = instant(store.clock.now())
    gone = store.journal.write_local(lambda conn: _hand_out(conn, case, sorted(files), at) if may(conn) else None)
    if gone is None:
        return None
    entries, blobs, cases = gone
    store.journal.catch_up()
    for blob in blobs:
        store.files.delete(blob)
    store.journal.announce(frozenset((file, "handed") for file in (*files, *(f"case/{c}" for c in cases))))
    empty_the_log(store.journal.engine)
    return Left(tuple(sorted(files)), entries, len(blobs))


def _hand_out(conn: sa.Connection, case: str, files: list[str], at: str) -> tuple[int, set[str], set[str]]:
    numbers = sa.select(t.entry.c.n).where(t.entry.c.file.in_(files))
    texts = conn.execute(sa.select(t.body).where(t.body.c.n.in_(numbers))).all()
    blobs = {blob for row in texts for blob, _ in blobs_in(json.loads(row.text))}
    records = conn.execute(sa.select(t.touch.c.kind, t.touch.c.id).where(t.touch.c.n.in_(numbers)).distinct())
    keys: list[Key] = [(r.kind, r.id) for r in records]
    cases = cases_touched(conn, {(file, *key) for file in files for key in keys or [("", "")]})
    _note(conn, case, files, at, [{"n": row.n, "salt": row.salt} for row in texts])
    with gate(conn, ERASING):
        for table in (t.touch, t.body, t.set_aside):
            conn.execute(table.delete().where(table.c.n.in_(numbers)))
        reproject(conn, keys)
        search.index(conn, keys)
        drop_lines(conn, {f[5:] for f in files if f.startswith("case/")})
    mark_stale(conn, cases)
    return len(texts), blobs, cases


def _note(conn: sa.Connection, case: str, files: list[str], at: str, salts: list[dict[str, Any]]) -> None:
    c = q.file_key.c
    gone = [dict(row) for row in conn.execute(sa.select(c.key_id, c.file).where(c.file.in_(files))).mappings()]
    conn.execute(q.handed_file.insert(), [{"file": file, "case": case, "at": at} for file in files])
    if salts:
        conn.execute(q.handed_entry.insert(), salts)
    if gone:
        conn.execute(q.handed_key.insert(), gone)
    key_ids = sa.select(q.handed_key.c.key_id).where(q.handed_key.c.file.in_(files))
    opened = q.block.c.state.not_in(("erased", "refused", "review"))
    conn.execute(q.block.update().where(q.block.c.key_id.in_(key_ids), opened).values(state="locked"))
    for table in (q.key_due, q.key_fresh):
        conn.execute(table.delete().where(table.c.key_id.in_(key_ids)))
    conn.execute(q.evidence_move.delete().where(q.evidence_move.c.file.in_(files)))
    conn.execute(q.file_key.delete().where(c.file.in_(files)))
