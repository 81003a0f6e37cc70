"""Needs and circumstances of a household, who said so, and what makes things easier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.records import new, put
from asbdesk.casework.words import SAID_BY, label
from asbdesk.clock import london_day
from asbdesk.errors import UserError
from asbdesk.model import Adjustment, Person, Vulnerability
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work


@action("needs.recorded")
def record_need(
    work: Work, person: str, what: str, *, said_by: str = "person", note: str = "", easier: str = ""
) -> str:
    """A need or circumstance, with who said so. The same need said again is not written twice."""
    if said_by not in SAID_BY:
        raise UserError("Say who told us: the person, their family, a professional, or our own view.")
    known = sa.select(Vulnerability).where(Vulnerability.person == person, Vulnerability.what == what)
    for need in work.select(known.where(Vulnerability.ended.is_(None), Vulnerability.struck.is_(None))):
        put(need, note=note or None, makes_easier=easier or None)
        if said_by == "person":
            put(need, said_by=said_by)
        return str(need.id)
    told = {
        "person": person,
        "what": what,
        "said_by": said_by,
        "note": note,
        "makes_easier": easier,
        "told_on": london_day(work.happened),
    }
    return new(work, Vulnerability, home_file(work, person), **told).id


@action("adjustment.asked")
def ask_adjustment(work: Work, person: str, what: str) -> str:
    """Something that makes things easier was asked for."""
    known = sa.select(Adjustment).where(
        Adjustment.person == person, Adjustment.what == what, Adjustment.struck.is_(None)
    )
    found = work.select(known)
    if found:
        return str(found[0].id)
    return new(
        work, Adjustment, home_file(work, person), person=person, what=what, asked_on=london_day(work.happened)
    ).id


def home_file(work: Work, person: str) -> str:
    """Needs live with the home; without one, with the person."""
    home = work.get(Person, person).home
    return f"home/{home}" if home else f"person/{person}"


def needs_of(session: Session, people: Iterable[str]) -> dict[str, list[Vulnerability]]:
    """Person → their standing needs."""
    found = sa.select(Vulnerability).where(Vulnerability.person.in_(list(people)), Vulnerability.ended.is_(None))
    known: dict[str, list[Vulnerability]] = {}
    for need in session.scalars(found.where(Vulnerability.struck.is_(None)).order_by(Vulnerability.id)):
        known.setdefault(need.person or "", []).append(need)
    return known


def need_words(need: Vulnerability) -> str:
    """ "Asthma (not confirmed by them)"."""
    mark = SAID_BY.get(need.said_by or "", "")
    return label("need", need.what) + (f" ({mark})" if mark else "")
