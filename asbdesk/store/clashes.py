"""Where two laptops wrote different things, as the duties see it: what stands side by side, and what was decided."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from asbdesk import model as m
from asbdesk.clock import instant
from asbdesk.duties.events import Clash, Event
from asbdesk.model import journal as t
from asbdesk.store.fold import rules
from asbdesk.store.values import is_instant

SLICE = 400
"""Most files named in one statement."""
SAFETY = frozenset(("assessment", "safeguarding_decision", "hate_record", "warning", "disclosure_rule", "now"))
"""Kinds whose every field weighs: risk and safeguarding never settle by themselves."""
_ANY = sa.select(sa.select(t.conflict.c.kind).exists(), sa.select(m.ConflictDecision.id).exists())


def weighs(kind: str, field: str) -> bool:
    """Whether a conflict about this field must not wait: a risk level, safeguarding, a day, what may be told."""
    return kind in SAFETY or field in rules(kind)


def clashes(conn: sa.Connection, files: Mapping[str, Collection[str]]) -> dict[str, tuple[Clash, ...]]:
    """By case: what stands and was decided in its `files`, in order of time."""
    stands, decided = conn.execute(_ANY).one()
    if not stands and not decided:
        return {}
    cases: defaultdict[str, set[str]] = defaultdict(set)
    for case, some in files.items():
        for file in some:
            cases[file].add(case)
    found: defaultdict[str, dict[tuple[str, str], Clash]] = defaultdict(dict)
    for file, clash in (*(_standing(conn, cases) if stands else ()), *(_decided(conn, cases) if decided else ())):
        for case in cases[file]:
            found[case].setdefault((clash.id, f"{clash.record}.{clash.field}"), clash)
    return {case: tuple(sorted(some.values(), key=lambda c: (c.at, c.id))) for case, some in found.items()}


def _standing(conn: sa.Connection, files: Collection[str]) -> Iterator[tuple[str, Clash]]:
    c = t.conflict.c
    which = (
        sa.select(c.kind, c.id, c.field, c.heads, t.entry.c.file)
        .join(t.touch, sa.and_(t.touch.c.kind == c.kind, t.touch.c.id == c.id))
        .join(t.entry, t.entry.c.n == t.touch.c.n)
    )
    rows = {}
    for part in _parts(files):
        for row in conn.execute(which.where(t.entry.c.file.in_(part))):
            rows[row.kind, row.id, row.field] = row
    written = _written(conn, {second_of(row.heads) for row in rows.values()})
    for row in rows.values():
        second = second_of(row.heads)
        if second in written:
            record = f"{row.kind}/{row.id}"
            yield (
                row.file,
                Clash(second, written[second], record=record, field=row.field, weighs=weighs(row.kind, row.field)),
            )


def second_of(heads: Any) -> str:
    """Id of the entry that made it a conflict: the second oldest of those that stand."""
    return str(heads[-2][0])


def _written(conn: sa.Connection, ids: Collection[str]) -> dict[str, str]:
    """Entry id → the instant its laptop wrote it, by its hybrid clock, which is the same on every desk."""
    which = sa.select(t.entry.c.session, t.entry.c.k, t.entry.c.hlc)
    return {id: moment_of(row.hlc) for id, row in entries_named(conn, ids, which).items()}


def entries_named(conn: sa.Connection, ids: Collection[str], which: sa.Select[Any]) -> dict[str, Any]:
    """What `which` finds of these entries, by id: a select of columns of `entry`, its `session` and `k` among them.

    By the sessions' numbers first: a pair of columns of two tables would be looked for in every entry.
    """
    sessions = {id.rpartition(".")[0] for id in ids}
    found = conn.execute(sa.select(t.session.c.id, t.session.c.n).where(t.session.c.id.in_(sessions)))
    numbers = {row.id: row.n for row in found}
    pairs = {(numbers[s], int(k)): f"{s}.{k}" for s, _, k in (id.rpartition(".") for id in sorted(ids)) if s in numbers}
    rows = {}
    ordered = list(pairs)
    for start in range(0, len(ordered), SLICE):
        some = sa.tuple_(t.entry.c.session, t.entry.c.k).in_(ordered[start : start + SLICE])
        rows.update({pairs[row.session, row.k]: row for row in conn.execute(which.where(some))})
    return rows


def moment_of(hlc: str) -> str:
    """The instant in a hybrid clock's 16 hex digits: 48 bits of milliseconds, 16 of a counter."""
    try:
        return instant(dt.datetime.fromtimestamp(int(hlc[:12], 16) / 1000, dt.UTC))
    except (ValueError, OverflowError, OSError):
        return instant(dt.datetime(1970, 1, 1, tzinfo=dt.UTC))  # a clock centuries ahead


def _decided(conn: sa.Connection, files: Collection[str]) -> Iterator[tuple[str, Clash]]:
    d = m.ConflictDecision
    which = sa.select(d.id, d.file, d.about, d.field, d.raised_by, d.since, d.at).where(d.struck.is_(None))
    for part in _parts(files):
        for row in conn.execute(which.where(d.file.in_(part))):
            if row.raised_by and is_instant(row.since) and is_instant(row.at):
                told = {"record": row.about or "", "field": row.field or ""}
                kind = told["record"].partition("/")[0]
                done = Event(row.id, row.at)
                yield (
                    row.file,
                    Clash(row.raised_by, row.since, weighs=weighs(kind, told["field"]), decided=done, **told),
                )


def _parts(files: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(files)
    for start in range(0, len(ordered), SLICE):
        yield ordered[start : start + SLICE]


__all__ = ["SAFETY", "clashes", "entries_named", "moment_of", "second_of", "weighs"]
