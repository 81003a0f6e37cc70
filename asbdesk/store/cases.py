"""Which cases' derived lines are touched by a change to a record, wherever that record lives."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from asbdesk.model import Case, Household, Involvement, Person, PolicyProfile, Report
from asbdesk.store.apply import versions

ALLEGED = "alleged_perpetrator"


def cases_touched(conn: sa.Connection, records: Collection[tuple[str, str, str]]) -> set[str]:
    """Ids of the cases whose lists, duties or level may change with these `(file, kind, id)`.

    A case's own file touches it; a person's, every case that involves them; a home's, every case at it or involving
    somebody who lives there; a report, every case in which a person it is about is alleged; the landlord's timescales,
    every case there is.
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
        found |= _alleged_in(conn, reports)
    return found


def _alleged_in(conn: sa.Connection, reports: set[str]) -> set[str]:
    named = {
        person
        for _, _, version in versions(
            conn, [(Report.kind, report) for report in reports]
        )  # whom it was about before, too
        for person in version.sets.get("about", [None])[0] or ()
        if isinstance(person, str)
    }
    if not named:
        return set()
    which = sa.select(Involvement.file).where(Involvement.person.in_(named), Involvement.role == ALLEGED)
    return _ids(conn, which, cut=5)


def _ids(conn: sa.Connection, which: sa.Select[Any], cut: int = 0) -> set[str]:
    return {value[cut:] for value in conn.scalars(which) if value}
