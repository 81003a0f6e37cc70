"""Is this store whole? The database, the chain, the records, what is derived, the files beside it; each in a sentence.

Nothing is repaired and nothing is written: the records are compared with what the journal says as both are read.
"""

from __future__ import annotations

import contextlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from asbdesk.errors import UserError
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store import schema
from asbdesk.store.apply import FIRST_LINK, SLICE, Key, batches, leaf_of, next_link, projected, records_of, told_of
from asbdesk.store.erase import OpenStore, blobs_standing, named_since
from asbdesk.store.fold import known
from asbdesk.store.local import still_coming

MOST = 20
"""Most faults named in one area; the rest are counted."""
Tell = Callable[[str, int, int], None]
"""Told (area, done, of how many) now and then."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `what`: `database`, `chain`, `records`, `derived` or `evidence`; `where`: ids, no names."""

    what: str
    where: str
    whole: bool
    sentence: str


def check(store: OpenStore, tell: Tell | None = None) -> list[Finding]:
    """Look at everything; one whole finding for each area without a fault. Never raises for damage it finds."""
    areas: tuple[tuple[str, str, Callable[[OpenStore, Tell], Iterator[tuple[str, str]]]], ...] = (
        ("database", "Every page of the database is whole.", _database),
        ("chain", "The journal is whole: no entry was altered, removed or put in between.", _chain),
        ("records", "The records are what the journal says.", _records),
        ("derived", "The lists and what is due are what the records say.", _derived),
        ("evidence", "Every file beside the database is there and unchanged.", _evidence),
    )
    found: list[Finding] = []
    for what, whole, look in areas:
        faults = list(_faults(store, look, tell or _silent))
        found += [Finding(what, where, False, sentence) for where, sentence in faults[:MOST]]
        if len(faults) > MOST:
            found.append(Finding(what, "", False, f"And {len(faults) - MOST} more of the same kind."))
        if not faults:
            found.append(Finding(what, "", True, whole))
    return [*found, *_still_missing(store)]


_COMING = "{n} file{s} not come from a colleague's laptop yet; nothing is lost: what is missing comes with an exchange."


def _still_missing(store: OpenStore) -> Iterator[Finding]:
    with contextlib.suppress(sa.exc.DBAPIError, sqlcipher.Error), store.reader.connect() as conn:
        if coming := len(_coming(store, conn)):
            yield Finding("evidence", "", True, _COMING.format(n=coming, s="s have" if coming > 1 else " has"))


def is_whole(findings: list[Finding]) -> bool:
    """Whether nothing was found wrong."""
    return all(f.whole for f in findings)


def _silent(_area: str, _done: int, _of: int) -> None:
    pass


def _faults(
    store: OpenStore, look: Callable[[OpenStore, Tell], Iterator[tuple[str, str]]], tell: Tell
) -> Iterator[tuple[str, str]]:
    try:
        yield from look(store, tell)
    except (sa.exc.DBAPIError, sqlcipher.Error):
        yield "", "A damaged part of the database could not be read, so the rest of this could not be looked at."


# ---- the database
def _database(store: OpenStore, tell: Tell) -> Iterator[tuple[str, str]]:
    with store.reader.connect() as conn:
        tell("database", 0, 2)
        for row in conn.exec_driver_sql("PRAGMA cipher_integrity_check").scalars():
            yield str(row), f"A page of the database was changed or damaged on the disk ({row})."
        tell("database", 1, 2)
        for row in conn.exec_driver_sql("PRAGMA quick_check").scalars():
            if row != "ok":
                yield str(row), f"The database's own structure is damaged ({row})."
        guards = conn.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        standing = {guard.name: guard.sql for guard in guards}
        for name, statement in schema.triggers():
            if standing.get(name) != statement:
                yield name, f"The guard {name} is missing or was changed, so records could be altered unseen."
        tell("database", 2, 2)


# ---- the chain
def _chain(store: OpenStore, tell: Tell) -> Iterator[tuple[str, str]]:
    with store.reader.connect() as conn:
        of = conn.scalar(sa.select(sa.func.count()).select_from(t.entry)) or 0
        sessions = {s.n: s.id for s in conn.execute(sa.select(t.session))}
        erased = set(conn.scalars(sa.select(t.erased.c.file)))
        handed = set(conn.scalars(sa.select(q.handed_entry.c.n)))
        link, expected = FIRST_LINK, 1
        for e, touched, aside in _entries(conn):
            if e.n != expected:
                yield f"entry {e.n}", f"Entries are missing between {expected - 1} and {e.n} of the journal."
                expected = e.n
            entry_id = f"{sessions.get(e.session)}.{e.k}"
            link = next_link(link, entry_id, e.file, e.leaf)
            if link != e.link:
                yield f"entry {e.n}", f"Entry {e.n} does not follow from the one before: one of them was changed."
                link = e.link
            for fault in () if e.n in handed and e.text is None else _body_faults(e, entry_id, erased, touched, aside):
                yield f"entry {e.n}", fault
            expected += 1
            if e.n % 1000 == 0:
                tell("chain", e.n, of)
        loose = sa.select(t.body.c.n).where(t.body.c.n.not_in(sa.select(t.entry.c.n)))
        for n in conn.scalars(loose.limit(MOST)):
            yield f"entry {n}", f"There is text for entry {n}, which is not in the journal."
        tell("chain", of, of)


def _entries(conn: sa.Connection) -> Iterator[tuple[Any, set[Key], bool]]:
    """Every entry with its body, the records it is filed under, and whether it is set aside; in order, streamed."""
    which = (
        sa.select(t.entry, t.body.c.salt, t.body.c.text, t.set_aside.c.why)
        .join(t.body, t.body.c.n == t.entry.c.n, isouter=True)
        .join(t.set_aside, t.set_aside.c.n == t.entry.c.n, isouter=True)
        .order_by(t.entry.c.n)
    )
    found = conn.execute(which, execution_options={"yield_per": 2000})
    for part in batches(iter(found), 2000):
        between = sa.select(t.touch).where(t.touch.c.n.between(part[0].n, part[-1].n))
        touched: dict[int, set[Key]] = {}
        for line in conn.execute(between):
            touched.setdefault(line.n, set()).add((line.kind, line.id))
        for entry in part:
            yield entry, touched.get(entry.n, set()), entry.why is not None


def _body_faults(e: Any, entry_id: str, erased: set[str], touched: set[Key], aside: bool) -> Iterator[str]:
    if e.text is None:
        if e.file not in erased:
            yield f"The text of entry {e.n} is gone, and no order to erase it is here."
        elif touched:
            yield f"Entry {e.n} was erased and is still filed under a record."
        return
    if e.file in erased:
        yield f"Entry {e.n} belongs to a file that was erased by order, and its text is still here."
    if not hmac.compare_digest(leaf_of(e.salt, e.text), e.leaf):
        yield f"The text of entry {e.n} was changed after it was written."
        return
    body = json.loads(e.text)
    if (body["id"], body["file"], body["hlc"]) != (entry_id, e.file, e.hlc):
        yield f"Entry {e.n} is filed under another name, file or time than its text says."
    sets = () if aside else body.get("set", {})
    if touched != {tuple(what.split("/", 1)) for what in sets}:
        yield f"Entry {e.n} is not filed under the records it is about."


# ---- the records
def _records(store: OpenStore, tell: Tell) -> Iterator[tuple[str, str]]:
    with store.reader.connect() as conn:
        kinds = sorted(told_of(conn))
        for done, kind in enumerate(kinds):
            tell("records", done, len(kinds))
            table = known()[kind].__table__
            expected = ((key[1], projected(key, held)) for key, held in records_of(conn, kind))
            rows = conn.execute(sa.select(table).order_by(table.c.id), execution_options={"yield_per": 500})
            lines = _conflicts(conn, kind)
            for record, told, row in _beside(expected, ((row["id"], dict(row)) for row in rows.mappings())):
                if told is None:
                    yield f"{kind}/{record}", f"A {kind} stands that no entry tells of ({record})."
                elif row is None:
                    yield f"{kind}/{record}", f"A {kind} that the journal tells of is missing ({record})."
                else:
                    yield from _differing(kind, record, told, row, lines.pop(record, []))
            for record in lines:
                yield f"{kind}/{record}", f"A conflict is noted about a {kind} that is not there ({record})."
        tell("records", len(kinds), len(kinds))


def _conflicts(conn: sa.Connection, kind: str) -> dict[str, list[dict[str, Any]]]:
    which = sa.select(t.conflict).where(t.conflict.c.kind == kind).order_by(t.conflict.c.id)
    lines = conn.execute(which).mappings()
    return {record: [dict(line) for line in group] for record, group in groupby(lines, key=lambda c: c["id"])}


def _beside(left: Iterator[tuple[str, Any]], right: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any, Any]]:
    """Two streams in order of id, side by side: `(id, left or None, right or None)`."""
    end: tuple[str | None, Any] = (None, None)
    a, b = next(left, end), next(right, end)
    while a[0] is not None or b[0] is not None:
        if b[0] is None or (a[0] is not None and a[0] < b[0]):
            yield str(a[0]), a[1], None
            a = next(left, end)
        elif a[0] is None or b[0] < a[0]:
            yield str(b[0]), None, b[1]
            b = next(right, end)
        else:
            yield str(b[0]), a[1], b[1]
            a, b = next(left, end), next(right, end)


def _differing(
    kind: str, record: str, told: tuple[dict[str, Any], list[dict[str, Any]]], row: dict[str, Any], lines: Any
) -> Iterator[tuple[str, str]]:
    expected, standing = told
    if fields := sorted(name for name in row if row[name] != expected.get(name)):
        named = ", ".join(fields)
        yield f"{kind}/{record}", f"A {kind} differs from what the journal says in {named} ({record})."
    if sorted(standing, key=_by_field) != sorted(lines, key=_by_field):
        yield f"{kind}/{record}", f"The conflicts noted about a {kind} are not those of the journal ({record})."


def _by_field(line: dict[str, Any]) -> str:
    return str(line["field"])


# ---- what is derived
def _derived(store: OpenStore, tell: Tell) -> Iterator[tuple[str, str]]:
    with store.reader.connect() as conn:
        case = known()["case"].__table__
        cases = list(conn.scalars(sa.select(case.c.id).order_by(case.c.id)))
        stray = {
            found
            for table in (t.due, t.case_line)
            for found in conn.scalars(sa.select(table.c.case).where(table.c.case.not_in(sa.select(case.c.id))))
        }
    for record in sorted(stray):
        yield f"case/{record}", f"A list shows a case that is not there ({record})."
    done = 0
    for part in batches(iter(cases), SLICE // 4):
        with store.reader.connect() as conn:
            late = _stale(conn, part)
        for record in late:
            yield f"case/{record}", f"What a list shows of a case, or what is due in it, is out of date ({record})."
        done += len(part)
        tell("derived", done, len(cases))


def _stale(conn: sa.Connection, cases: list[str]) -> list[str]:
    """The cases whose derived lines are others when they are worked out again; those known to wait are left out."""
    from asbdesk.store.derive import worked_out  # not at the top: it brings the duties with it
    from asbdesk.store.profile import profile

    waiting = set(conn.scalars(sa.select(t.due_stale.c.case).where(t.due_stale.c.case.in_(cases))))
    owed, shown = worked_out(conn, cases, profile(conn))
    expected: dict[str, list[tuple[Any, ...]]] = {}
    for table, lines in ((t.due, sorted(owed, key=lambda line: (line["case"], line["key"]))), (t.case_line, shown)):
        for line in lines:
            told = (table.name, *(line.get(column.name) for column in table.columns))
            expected.setdefault(line["case"], []).append(told)
    standing = derived_lines(conn, cases)
    return [case for case in cases if standing.get(case) != expected.get(case) and case not in waiting]


def derived_lines(conn: sa.Connection, cases: list[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Every derived line of these cases, by case."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for table in (t.due, t.case_line):
        which = sa.select(table).where(table.c.case.in_(cases)).order_by(*table.primary_key.columns)
        for line in conn.execute(which):
            found.setdefault(line.case, []).append((table.name, *line))
    return found


# ---- the files beside the store
def _evidence(store: OpenStore, tell: Tell) -> Iterator[tuple[str, str]]:
    with store.reader.connect() as conn:
        coming = _coming(store, conn)
        blobs = [found for found in blobs_standing(conn) if found[2] not in coming]
    for done, (kind, record, blob, key, sha256) in enumerate(blobs):
        tell("evidence", done, len(blobs))
        try:
            store.files.verify(blob, key or "", sha256)
        except UserError as error:
            yield f"{kind}/{record}", str(error)
    tell("evidence", len(blobs), len(blobs))


def _coming(store: OpenStore, conn: sa.Connection) -> set[str]:
    """The files that records name and that colleagues still have to send: queued, or named by what came only now."""
    absent = {blob for _, _, blob, _, _ in blobs_standing(conn) if not (store.files.folder / blob).is_file()}
    queued = still_coming(conn) & absent
    return queued | (named_since(conn, store.journal.device) & absent if absent - queued else set())
