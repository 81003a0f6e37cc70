"""Two cases that report each other side by side, and the many households of one place: who hears how, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import counter, people
from asbdesk.casework.people import CHILD
from asbdesk.casework.records import case_file
from asbdesk.casework.words import BANDS, NOT_ASSESSED, STREAMS
from asbdesk.clock import full_day, london_day, short_moment
from asbdesk.model import Case, Contact, ContactAgreement, Involvement, Member, Person, PlanVersion
from asbdesk.model.journal import case_line

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

RESIDENTS = ("reporter", "affected", "witness")


@dataclass(frozen=True)
class Side:
    """One of two cases: facts as `(what, how it stands)`, the same ones in the same order on both sides."""

    case: str
    reference: str
    whose: str
    facts: tuple[tuple[str, str], ...]
    two_officers: bool
    read: str
    """When a manager last read its plan, or empty."""


def sides(session: Session, case: str) -> tuple[Side, ...]:
    """This case and each that reports it back; empty where none does. Who reported first decides nothing, so nothing
    here says it."""
    tied = counter.tied(session, case)
    if not tied:
        return ()
    own = counter.tied(session, tied[0].case)
    mine = next((each for each in own if each.case == case), None)
    apart, read = (mine.two_officers, mine.read) if mine else (tied[0].two_officers, "")
    return (
        _side(session, case, two=apart, read=tied[0].read),
        *(_side(session, each.case, two=each.two_officers, read=read) for each in tied),
    )


def _side(session: Session, case: str, *, two: bool, read: str) -> Side:
    found = session.get_one(Case, case)
    reporter = people.reporter_of(session, case)
    line = session.execute(sa.select(case_line).where(case_line.c.case == case)).first()
    officer = session.get(Member, found.officer) if found.officer else None
    plan = sa.select(PlanVersion).where(PlanVersion.file == case_file(case), PlanVersion.struck.is_(None))
    newest = session.scalars(plan.order_by(PlanVersion.id.desc())).first()
    facts = (
        ("Officer", (officer.name if officer else "") or "Nobody is named"),
        ("Type of case", STREAMS.get(found.stream or "", "ASB")),
        ("Risk level", BANDS.get((line.band if line is not None else "") or "", NOT_ASSESSED)),
        ("Plan", f"Version {newest.number}" if newest else "None yet"),
        ("Last spoken to", _spoken(session, case, reporter.id) if reporter else "Nobody is named"),
        ("A manager read the plan", short_moment(read) if read else "Not yet"),
    )
    return Side(case, found.reference or "", (reporter.name if reporter else "") or "", facts, two, read)


# ---- a place with many households
@dataclass(frozen=True)
class Household:
    """One home of a place, in its own right. `updates` as kept: `own`, `none`, or the id of who speaks for them."""

    person: str
    name: str
    address: str
    role: str
    updates: str
    hears: str
    spoken: str
    agreed: str
    """How they want to be reached, or that nobody asked."""


@dataclass(frozen=True)
class Place:
    """`words`: the stair, the block, the shop front; empty where the case is not about a place."""

    words: str
    households: tuple[Household, ...]

    @property
    def silent(self) -> int:
        """How many nobody has spoken to."""
        return sum(not h.spoken and h.updates != "none" for h in self.households)


def place(session: Session, case: str) -> Place:
    """Everybody who lives with it; none of them learns who else spoke."""
    found = session.get_one(Case, case)
    which = sa.select(Involvement).where(Involvement.file == case_file(case), Involvement.struck.is_(None))
    rows: dict[str, Involvement] = {}
    for each in session.scalars(which.order_by(Involvement.id)):
        if each.role in RESIDENTS and each.person and not (each.note or "").startswith(CHILD):
            rows.setdefault(each.person, each)
    return Place(found.place or "", tuple(_household(session, case, each) for each in rows.values()))


def _household(session: Session, case: str, involved: Involvement) -> Household:
    from asbdesk.casework.release import address_at
    from asbdesk.casework.words import METHODS, ROLES

    person = session.get_one(Person, involved.person)
    updates = involved.updates or "own"
    speaks = session.get(Person, updates) if updates not in ("own", "none") else None
    hears = {"own": "Hears from us", "none": "Notices only"}.get(updates, "")
    hears = hears or f"Through {(speaks.name if speaks else '') or 'somebody'}"
    asked = sa.select(ContactAgreement).where(ContactAgreement.file == case_file(case))
    agreed = session.scalars(
        asked.where(ContactAgreement.person == person.id, ContactAgreement.struck.is_(None))
    ).first()
    way = METHODS.get(agreed.method or "", "Agreed") if agreed else "Nobody asked how to reach them"
    role = ROLES.get(involved.role or "", "")
    home = address_at(session, person.home)
    spoken = _last(session, case, person.id)
    return Household(person.id, person.name or "No name given", home, role, updates, hears, spoken, way)


def _last(session: Session, case: str, person: str) -> str:
    made = sa.select(sa.func.max(Contact.at)).where(Contact.file == case_file(case), Contact.with_ == person)
    return session.scalar(made.where(Contact.made.is_(True), Contact.struck.is_(None))) or ""


def _spoken(session: Session, case: str, person: str) -> str:
    at = _last(session, case, person)
    return full_day(london_day(at)) if at else "Nobody has spoken to them"
