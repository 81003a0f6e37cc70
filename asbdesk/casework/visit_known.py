"""What is known before a visit begins, so that nobody is asked twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import children, contacts, meeting_care, other_person, people, permissions, risk, safeguarding
from asbdesk.casework.cautions import warning_text, warnings_about
from asbdesk.casework.contacts import Agreement
from asbdesk.casework.needs import needs_of
from asbdesk.casework.records import case_file
from asbdesk.casework.words import picklist
from asbdesk.clock import london_day
from asbdesk.model import Case, DisclosureRule, Evidence, Home, Person, PlanVersion, Promise, Report

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PREFIXES = {"risk_matrix": "risk.", "vulnerability": "needs.", "domestic_abuse": "abuse_form."}


@dataclass(frozen=True)
class Background:
    """What the file says of one person and one case, read once when a visit begins."""

    reference: str = ""
    stream: str = ""
    resident: str = ""
    address: str = ""
    language: str = ""
    interpreter: bool = False
    tenure: str = ""
    band: str = ""
    flags: frozenset[str] = frozenset()
    behaviours: frozenset[str] = frozenset()
    serious: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    reports: tuple[tuple[str, str], ...] = ()
    """(day, words) of what this person told before, oldest first: nobody is read what somebody else said."""
    warnings: tuple[str, ...] = ()
    warning_ids: tuple[str, ...] = ()
    must_not_know: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    """How we meet and speak with them."""
    promised: tuple[str, ...] = ()
    agreement: Agreement | None = None
    evidence: bool = False
    other_known: bool = False
    last_plan_day: str = ""
    safeguarding_owed: bool = False
    home_held: bool = False
    """No letter or visit about noise goes to the home it is about, until a safeguarding decision is made."""
    answers: dict[str, tuple[Any, str]] = field(default_factory=dict)
    """Question → (the answer known already, the day it was given or empty)."""


def background(session: Session, case: str, person: str, visit: str, today: str, forms: tuple[str, ...]) -> Background:
    """Read what is known but for what this visit itself wrote. The one place where a visit reads the file."""
    c = session.get_one(Case, case)
    p = session.get_one(Person, person)
    home = session.get(Home, p.home) if p.home else None
    reports = _reports(session, case, visit)
    involved = [i for i in people.involved(session, case) if i.person != person]
    warned = warnings_about(session, [f"home/{p.home}", f"person/{person}"])
    return Background(
        reference=c.reference or "",
        stream=c.stream or "",
        resident=p.name or "",
        **_person(p, home),
        band=risk.level_of(session, case, person),
        flags=frozenset(risk.flags_in(session, case, but_visit=visit)),
        behaviours=frozenset(b for r in reports for b in r.behaviours or ()),
        serious=frozenset(s for r in reports for s in r.serious or ()),
        needs=frozenset(n.what or "" for n in needs_of(session, [person]).get(person, ())),
        reports=_told_by(person, reports),
        warnings=tuple(warning_text(w, today) for w in warned),
        warning_ids=tuple(w.id for w in warned),
        must_not_know=_must_not_know(session, case, person),
        care=meeting_care.care_for(session, case).get(person, ()),
        promised=_promised(session, case),
        agreement=contacts.agreement(session, case, person),
        evidence=_any_evidence(session, case),
        other_known=any(i.role == "alleged_perpetrator" for i in involved) or any(r.about for r in reports),
        last_plan_day=_last_plan(session, case, person),
        safeguarding_owed=safeguarding.owed(session, case),
        home_held=bool(safeguarding.hold(session, case)),
        answers=_answers(session, case, p, forms),
    )


def _person(person: Person, home: Home | None) -> dict[str, Any]:
    return {
        "address": address_of(home),
        "language": person.language or "",
        "interpreter": bool(person.interpreter),
        "tenure": person.tenure or (home.tenure if home else "") or "",
    }


def address_of(home: Home | None) -> str:
    """A home's address in one line; empty for none."""
    return ", ".join(part for part in (home.address, home.postcode) if part) if home is not None else ""


def _reports(session: Session, case: str, but_visit: str) -> list[Report]:
    found = sa.select(Report).where(Report.file == case_file(case), Report.struck.is_(None))
    return [r for r in session.scalars(found.order_by(Report.received, Report.id)) if r.visit != but_visit]


def _told_by(person: str, reports: list[Report]) -> tuple[tuple[str, str], ...]:
    """(day, words) of what this person told; what another of the case said is on nobody else's screen."""
    return tuple((london_day(r.received), r.words) for r in reports if r.received and r.words and r.by == person)


def _must_not_know(session: Session, case: str, person: str) -> tuple[str, ...]:
    found = sa.select(DisclosureRule).where(DisclosureRule.file == case_file(case), DisclosureRule.about == person)
    told = []
    for rule in session.scalars(found.where(DisclosureRule.ended.is_(None), DisclosureRule.struck.is_(None))):
        who = session.get(Person, rule.not_to) if rule.not_to else None
        name = (who.name if who else rule.not_to_name) or "Somebody"
        told.append(f"{name}: {rule.what or 'everything'}")
    return tuple(told)


def _promised(session: Session, case: str) -> tuple[str, ...]:
    found = sa.select(Promise).where(Promise.file == case_file(case), Promise.kept_on.is_(None))
    return tuple(p.what or "" for p in session.scalars(found.where(Promise.struck.is_(None))))


def _any_evidence(session: Session, case: str) -> bool:
    found = sa.select(Evidence.id).where(Evidence.file == case_file(case), Evidence.struck.is_(None))
    return session.scalar(found.limit(1)) is not None


def _last_plan(session: Session, case: str, person: str) -> str:
    found = sa.select(PlanVersion.at).where(PlanVersion.file == case_file(case), PlanVersion.person == person)
    last = session.scalar(found.where(PlanVersion.struck.is_(None)).order_by(PlanVersion.at.desc()).limit(1))
    return london_day(last) if last else ""


def _answers(session: Session, case: str, person: Person, forms: tuple[str, ...]) -> dict[str, tuple[Any, str]]:
    """Answers that records hold already: filled in and marked, never asked again."""
    known: dict[str, tuple[Any, str]] = {}
    for form in forms:
        answers, at = risk.last_answers(session, case, person.id, form)
        known |= {PREFIXES[form] + q: (v, london_day(at)) for q, v in answers.items() if not isinstance(v, dict)}
    if (count := people.children_of(session, person.id)) is not None:
        known["children"] = (count, "")
    if named := children.told_of(session, case, person.id):
        known["children_who"] = (named, "")
    if person.language and person.language.lower() != "english":
        known |= {"easier": (["language"], ""), "language": (person.language, "")}
    known |= _contact_answers(contacts.agreement(session, case, person.id))
    bodies = {words: key for key, words in picklist("permission_body").items()}
    for body, answer in permissions.permissions(session, case, person.id):
        if body in bodies:
            known[bodies[body]] = (answer, "")
    decision, first = other_person.latest(session, case), people.reporter_of(session, case)
    if decision is not None and first is not None and first.id == person.id:  # they are that person's answers
        told = vars(decision.answers).items()
        known |= {name: (answer, "") for name, answer in told if answer and answer != "wont_say"}
    return known


def _contact_answers(agreement: Agreement | None) -> dict[str, tuple[Any, str]]:
    if agreement is None:
        return {}
    often = {words: key for key, (words, _) in contacts.OFTEN.items() if words}
    told: dict[str, Any] = {
        "contact_method": agreement.method,
        "contact_times": agreement.times,
        "contact_often": often.get(agreement.how_often, ""),
        "contact_do_not": list(agreement.do_not),
        "if_someone_answers": agreement.if_someone_answers,
        "safe_way": agreement.safe,
    }
    return {question: (answer, "") for question, answer in told.items() if answer}
