"""The one door out: what leaves is looked at for its reader first, and is refused by name, thing and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import contacts, people
from asbdesk.casework.records import case_file
from asbdesk.documents.paper import PlanPaper
from asbdesk.documents.released import Released
from asbdesk.errors import UserError
from asbdesk.model import Case, DisclosureRule, Home, Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.documents.never_on_it import Around, Finding


class Refused(UserError):
    """Nothing went out. `findings` names each thing, where it is, and why."""

    def __init__(self, to: str, findings: tuple[Finding, ...]) -> None:
        lines = " ".join(sentence(found) for found in findings)
        super().__init__(f"This cannot be given to {to} as it is. {lines}")
        self.to, self.findings = to, findings


def sentence(found: Finding) -> str:
    """A finding as the officer reads it."""
    return f"{found.place}: “{found.words}”. {found.why} {found.instead}"


def release_plan(session: Session, case: str, person: str, paper: PlanPaper, at: str) -> Released[PlanPaper]:
    """The plan for the resident's own eyes. Raises Refused, naming every word that may not be on it and why."""
    findings = findings_in(session, case, person, paper)
    if findings:
        raise Refused(paper.resident, findings)
    return Released(paper, person, "plan", at)


def release_case(session: Session, case: str, member: str, at: str) -> Released[str]:
    """A whole case for the landlord itself, to the colleague who asked: nothing is taken out, so that nothing can be
    lost. It is not for anybody in the case; whoever hands on a part of it releases that part."""
    session.get_one(Case, case)
    return Released(case, member, "export", at)


def findings_in(session: Session, case: str, person: str, paper: PlanPaper) -> tuple[Finding, ...]:
    """Everything on the paper that this reader may not see."""
    from asbdesk.documents.never_on_it import findings

    return findings(paper, around(session, case, person, paper))


def around(session: Session, case: str, person: str, paper: PlanPaper) -> Around:
    """Who else is in the case, and whom a rule keeps from this reader: none of them may stand on the paper."""
    from asbdesk.documents.never_on_it import Around

    resident = session.get_one(Person, person)
    others = [*_others(session, case, resident), *_ruled_out(session, case, resident)]
    second = paper.speak.second_name if paper.speak else ""
    inks = [ink.name for ink in paper.signing.inks]
    return Around(
        others=tuple(p.name for p in others if p.name),
        addresses=tuple(_addresses(session, others, resident)),
        allowed=tuple(name for name in (paper.resident, paper.officer, second, paper.signing.name, *inks) if name),
        own_address=_address(session.get(Home, resident.home)) if resident.home else "",
    )


def _others(session: Session, case: str, resident: Person) -> Iterator[Person]:
    for involvement in people.involved(session, case):
        if involvement.person != resident.id and involvement.role != "advocate":
            other = session.get(Person, involvement.person)
            if other is not None:
                yield other


def _ruled_out(session: Session, case: str, resident: Person) -> Iterator[Person]:
    """People about whom nothing may reach this reader."""
    rules = sa.select(DisclosureRule).where(
        DisclosureRule.file == case_file(case), DisclosureRule.not_to == resident.id
    )
    for rule in session.scalars(rules.where(DisclosureRule.ended.is_(None), DisclosureRule.struck.is_(None))):
        about = session.get(Person, rule.about) if rule.about else None
        if about is not None:
            yield about


def _addresses(session: Session, others: Iterable[Person], resident: Person) -> Iterator[str]:
    for other in others:
        if other.home and other.home != resident.home and (address := _address(session.get(Home, other.home))):
            yield address


def _address(home: Home | None) -> str:
    return ", ".join(part for part in (home.address, home.postcode) if part) if home is not None else ""


def hold(session: Session, case: str, person: str) -> str:
    """Why no paper may be left, posted or sent to this person now; empty when it may (PRACTICE.md 2)."""
    found = session.get(Case, case)
    if found is None or found.stream != "domestic_abuse":
        return ""
    agreed = contacts.agreement(session, case, person)
    if agreed is not None and agreed.safe:
        return ""
    return "Nothing is left, posted, sent or rung until a safe way is recorded. Keep the copy for them."
