"""Which cases' derived lines are touched by a change to a record, wherever that record lives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from asbdesk.model import Case, Household, Involvement, Person, PolicyProfile, Report
from asbdesk.store.among import among
from asbdesk.store.apply import Key, slices, versions
from asbdesk.store.fold import Version

ALLEGED = "alleged_perpetrator"


def cases_touched(
    conn: sa.Connection, records: Collection[tuple[str, str, str]], about: Mapping[Key, Sequence[Version]] | None = None
) -> set[str]:
    """Ids of the cases whose lists, duties or level may change with these `(file, kind, id)`.

    A case's own file touches it; a person's, every case that involves them; a home's, every case at it or involving
    somebody who lives there; a report, every case in which a person it is about is alleged; the landlord's timescales,
    every case there is. `about`: every version of these records, by whoever has just read them.
    """
    if any(kind == PolicyProfile.kind for _, kind, _ in records):
        return _ids(conn, sa.select(Case.id))
    files = {file for file, _, _ in records}
    found = {f[5:] for f in files if f.startswith("case/")}
    people = {f[7:] for f in files if f.startswith("person/")}
    homes = {f[5:] for f in files if f.startswith("home/")}
    if homes:
        found |= _ids(conn, sa.select(Case.id).where(Case.home.in_(homes)))
        people |= _ids(conn, sa.select(Person.id).where(Person.home.in_(homes)))
        people |= _ids(conn, sa.select(Household.person).where(Household.home.in_(homes)))
    if people:
        found |= _ids(conn, sa.select(Involvement.file).where(Involvement.person.in_(people)), cut=5)
    reports = {record for _, kind, record in records if kind == "report"}
    if reports:
        keys = [(Report.kind, report) for report in reports]
        held = (v for key in keys for v in about[key]) if about is not None else (v for _, _, v in versions(conn, keys))
        found |= _alleged_in(conn, held)
    return found


def _alleged_in(conn: sa.Connection, reports: Iterable[Version]) -> set[str]:
    """The cases in which somebody is alleged whom these reports are about, or were before."""
    told = (version.sets.get("about", (None,))[0] or () for version in reports)
    named = {person for people in told for person in people if isinstance(person, str)}
    which = sa.select(Involvement.file).where(Involvement.role == ALLEGED)
    found: set[str] = set()
    for some in slices(named):
        found |= _ids(conn, which.where(among(Involvement.person, some)), cut=5)
    return found


def _ids(conn: sa.Connection, which: sa.Select[Any], cut: int = 0) -> set[str]:
    return {value[cut:] for value in conn.scalars(which) if value}
