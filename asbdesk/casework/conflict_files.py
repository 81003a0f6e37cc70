"""Where a conflict is: the file of its record, the cases that file belongs to, and how a list calls the place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.records import case_file
from asbdesk.casework.words import WELFARE
from asbdesk.model import Case, Household, Involvement, Person, kinds
from asbdesk.model.journal import case_line

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def files_of(session: Session, case: str) -> set[str]:
    """The case's file, and those of the people in it and of their homes."""
    which = sa.select(Involvement.person).where(Involvement.file == case_file(case))
    people = {person for person in session.scalars(which) if person}
    homes = {*session.scalars(sa.select(Person.home).where(Person.id.in_(people)))}
    homes |= {session.scalar(sa.select(Case.home).where(Case.id == case))}
    return {case_file(case), *(f"person/{p}" for p in people), *(f"home/{home}" for home in homes if home)}


def files_by_record(session: Session, rows: Sequence[Any]) -> dict[tuple[str, str], str]:
    """The file that each of these records lives in."""
    found = {}
    for kind in {row.kind for row in rows}:
        cls = kinds()[kind]
        ids = [row.id for row in rows if row.kind == kind]
        found.update(
            {(kind, r.id): r.file or "" for r in session.execute(sa.select(cls.id, cls.file).where(cls.id.in_(ids)))}
        )
    return found


def cases_of(session: Session, file: str) -> list[str]:
    """The cases that a file belongs to: a person's, every case that involves them; a home's, those at it."""
    kind, _, id = file.partition("/")
    if kind == "case":
        return [id]
    if kind == "person":
        which = sa.select(Involvement.file).where(Involvement.person == id)
        return sorted({found[5:] for found in session.scalars(which) if found})
    if kind == "home":
        people = [*session.scalars(sa.select(Person.id).where(Person.home == id))]
        people += session.scalars(sa.select(Household.person).where(Household.home == id))
        there = sa.select(Involvement.file).where(Involvement.person.in_([p for p in people if p]))
        own = session.scalars(sa.select(Case.id).where(Case.home == id))
        return sorted({*own, *(found[5:] for found in session.scalars(there) if found)})
    return []


def places(session: Session, cases: set[str]) -> dict[str, str]:
    """Where each case is, fit to be seen in a list."""
    found = {"": "Our landlord’s own records"}
    for row in session.execute(sa.select(case_line).where(case_line.c.case.in_(cases))):
        place = WELFARE if row.stream == "domestic_abuse" else row.address
        found[row.case] = " · ".join(part for part in (place, row.reference) if part)
    return found
