"""Taking a report: into a case of its own, or into one that is there; who told us; and people who report each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.closing import reopen
from asbdesk.casework.contacts import do_not_disclose
from asbdesk.casework.internal import internal
from asbdesk.casework.links import ALLEGED, link
from asbdesk.casework.people import NewPerson, add_to_case, involve, involved, person_of
from asbdesk.casework.records import case_file, put
from asbdesk.casework.reports import Telling, open_case, record_report, title
from asbdesk.casework.told import in_case
from asbdesk.clock import london_day
from asbdesk.duties.category import category
from asbdesk.errors import UserError
from asbdesk.model import Case, CaseLink, Involvement, Person, Report
from asbdesk.store.profile import profile
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

TELLERS = {
    "self": "Somebody it happens to, or who lives there",
    "professional": "Police, a councillor, a contractor, a carer or our own staff",
    "anonymous": "Somebody who gives no name",
}
"""Who tells us (PRACTICE.md 18)."""
NO_NAME = "No name given"
DECIDE = "Decide what can be done: whoever told us cannot be reached"


@dataclass(frozen=True)
class Intake:
    """A report as taken: who told us, what, whom it is about and whom it happens to, where they are known."""

    who: NewPerson
    told: Telling
    about: NewPerson | None = None
    teller: str = "self"
    affected: NewPerson | None = None
    """Whom it happens to, where a professional or nobody by name tells us: what is owed is owed to them."""


@action("case.opened")
def open_from(work: Work, intake: Intake) -> str:
    """A case of its own. A report about somebody who reported is a counter-report: tied to that case where only their
    officers see it, each do-not-disclose to the other from that moment (PRACTICE.md 14). The case's id."""
    _can_be(work, intake)
    person = person_of(work, _teller(intake))
    about = person_of(work, intake.about) if intake.about else ""
    if about == person:
        raise UserError(SAME)
    told = replace(intake.told, about=tuple(dict.fromkeys((*intake.told.about, *([about] if about else [])))))
    named = title(kind for kind in told.behaviours if kind != "hate")  # no list says hate (PRACTICE.md 13)
    case = open_case(work, NewPerson(id=person), told, name=named)
    if about:
        involve(work, case, about, ALLEGED)
    _third_party(work, case, person, intake)
    _tie(work, case, person, about)
    _nobody_to_speak_to(work, case, person, intake)
    return case


@action("report.recorded")
def add_to(work: Work, case: str, intake: Intake, *, worse: bool = True) -> str:
    """A report in a case that is there; a closed one is opened again. `told.same_as` with nothing worse, different or
    hurt is more of the same and starts no clock of its own (PRACTICE.md 8). The report's id."""
    _can_be(work, intake)
    person = person_of(work, _teller(intake))
    if any(i.person == person and i.role == ALLEGED for i in involved(work.session, case)):
        raise UserError("This is the other person in that case. What they report opens a case of its own.")
    told = replace(intake.told, same_as="") if worse else intake.told
    if told.same_as:
        in_case(work, Report, told.same_as, case)
    if intake.about:
        about = person_of(work, intake.about)
        involve(work, case, about, ALLEGED)
        told = replace(told, about=tuple(dict.fromkeys((*told.about, about))))
        _tie(work, case, person, about)
    involve(work, case, person, "reporter")
    _third_party(work, case, person, intake)
    _nobody_to_speak_to(work, case, person, intake)
    report = record_report(work, case, person, told)
    if work.get(Case, case).status == "closed":
        reopen(work, case, reason="It happened again", report=report)
    return report


SAME = "The person who reports and the other person are the same. Write who it is about, or leave that out."


def _can_be(work: Work, intake: Intake) -> None:
    """Raises UserError for what has not happened yet, and for somebody who reports themselves."""
    if intake.told.happened > london_day(work.now):
        raise UserError("This day is still to come. Write the day on which it happened.")
    about = intake.about
    if about is None or about.id or intake.who.id:
        return
    one, other = (" ".join(f"{p.name} {p.address}".casefold().split()) for p in (intake.who, about))
    if about.name and one == other:
        raise UserError(SAME)


def _teller(intake: Intake) -> NewPerson:
    """Who told us. Nobody by name cannot be reached, so nothing is owed to them (PRACTICE.md 18)."""
    if intake.teller != "anonymous":
        return intake.who
    return NewPerson(name=NO_NAME, reachable=False)


def _third_party(work: Work, case: str, person: str, intake: Intake) -> None:
    if intake.teller == "self":
        return
    if intake.teller == "professional":
        involve(work, case, person, "agency_officer")
    if intake.affected is not None:
        affected = add_to_case(work, case, intake.affected, "affected")
        put(work.get(Case, case), home=work.get(Person, affected).home)


def _tie(work: Work, case: str, person: str, about: str) -> None:
    """Tie the cases that this report runs against, each once."""
    known = sa.select(CaseLink.other).where(CaseLink.file == case_file(case), CaseLink.why == "counter_report")
    tied = set(work.session.scalars(known.where(CaseLink.struck.is_(None))))
    for first, other in counter_cases(work.session, person, about):
        if first != case and first not in tied:
            keep_apart(work, first, case, person, other)


def _nobody_to_speak_to(work: Work, case: str, person: str, intake: Intake) -> None:
    """No contact is owed to whoever cannot be reached, and a decision on what can be done is, in the time of a first
    contact (PRACTICE.md 18)."""
    if intake.affected is not None or work.get(Person, person).reachable is not False:
        return
    if any(i.role == "affected" for i in involved(work.session, case)):
        return
    kind = category(intake.told.behaviours, intake.told.flags(), bool(intake.told.hate))
    day = profile(work.session.connection()).due(f"first_contact.{kind}_wd", work.happened)
    internal(work, case, "what_can_be_done", DECIDE, day)


def keep_apart(work: Work, first: str, made: str, person: str, other: str) -> None:
    """Two cases of people who report each other: tied, and in both nothing of one reaches the other."""
    for case in (first, made):
        for one, its in ((person, other), (other, person)):
            do_not_disclose(work, case, one, its, why="They report each other")
    link(work, first, made, "counter_report")


def counter_cases(session: Session, person: str, about: str) -> tuple[tuple[str, str], ...]:
    """Cases that a report by `person` about `about` runs against, each with whom they must be kept from: those that
    `about` reported, and those in which `person` is the other person."""
    mine = {i.file: i for i in _parts(session, person) if i.role == ALLEGED}
    found = {(i.file or "").partition("/")[2]: about for i in _parts(session, about) if i.role == "reporter"}
    for file in mine:
        case = (file or "").partition("/")[2]
        reporter = next((i.person for i in involved(session, case) if i.role == "reporter"), None)
        if reporter and reporter != person:
            found.setdefault(case, reporter)
    return tuple(sorted(found.items()))


def _parts(session: Session, person: str) -> list[Involvement]:
    """Every part a person has in a case."""
    if not person:
        return []
    found = sa.select(Involvement).where(Involvement.person == person, Involvement.struck.is_(None))
    return list(session.scalars(found.order_by(Involvement.id)))
