"""Which cases' derived lines are touched by a change to a record, wherever that record lives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from asbdesk.model import Case, Household, Involvement, Person, PolicyProfile, Report
from asbdesk.store.among import among
from asbdesk.store.apply import Key, batches, versions
from asbdesk.store.fold import Version

ALLEGED = "alleged_perpetrator"
TOGETHER = 5000
"""Most people named in one statement."""
_INVOLVED = Involvement.__table__.c
_ALLEGED_IN = sa.select(_INVOLVED.file).where(_INVOLVED.role == ALLEGED, among(_INVOLVED.person, "people")).distinct()


def cases_touched(conn: sa.Connection, records: Collection[tuple[str, str, str]]) -> set[str]:
    """Ids of the cases whose lists, duties or level may change with these `(file, kind, id)`."""
    reports = {(kind, record) for _, kind, record in records if kind == Report.kind}
    about: dict[Key, list[Version]] = {key: [] for key in reports}
    for key, _, version in versions(conn, reports):
        about[key].append(version)
    return cases_of(conn, {(file, kind) for file, kind, _ in records}, about)


def cases_of(
    conn: sa.Connection, changed: Collection[tuple[str, str]], about: Mapping[Key, Sequence[Version]]
) -> set[str]:
    """`cases_touched` with these files and kinds; `about`: every version of the reports in question.

    A case's own file touches it; a person's, every case that involves them; a home's, every case at it or involving
    somebody who lives there; a report, every case in which a person it is about is alleged; the landlord's timescales,
    every case there is.
    """
    kinds = {kind for _, kind in changed}
    if PolicyProfile.kind in kinds:
        return _ids(conn, sa.select(Case.id))
    files = {file for file, _ in changed}
    found = {f[5:] for f in files if f.startswith("case/")}
    people = {f[7:] for f in files if f.startswith("person/")}
    homes = {f[5:] for f in files if f.startswith("home/")}
    if homes:
        found |= _ids(conn, sa.select(Case.id).where(Case.home.in_(homes)))
        people |= _ids(conn, sa.select(Person.id).where(Person.home.in_(homes)))
        people |= _ids(conn, sa.select(Household.person).where(Household.home.in_(homes)))
    if people:
        found |= _ids(conn, sa.select(Involvement.file).where(Involvement.person.in_(people)), cut=5)
    if Report.kind in kinds:
        found |= _alleged_in(conn, (v for (kind, _), held in about.items() if kind == Report.kind for v in held))
    return found


def _alleged_in(conn: sa.Connection, reports: Iterable[Version]) -> set[str]:
    """The cases in which somebody is alleged whom these reports are about, or were before."""
    named: set[str] = set()
    for report in reports:
        if "about" in report.sets:
            for person in report.sets["about"][0] or ():
                if isinstance(person, str):
                    named.add(person)
    found: set[str] = set()
    for some in batches(iter(named), TOGETHER):
        found |= _ids(conn, _ALLEGED_IN, cut=5, people=some)
    return found


def _ids(conn: sa.Connection, which: sa.Select[Any], cut: int = 0, **told: Any) -> set[str]:
    return {value[cut:] for value in conn.scalars(which, told) if value}
