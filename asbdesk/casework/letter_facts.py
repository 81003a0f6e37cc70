"""What the case knows for a letter: the facts its words may name, and whom it can go to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import contacts, other_person, people
from asbdesk.casework.landlord import landlord_view
from asbdesk.casework.records import case_file, standing
from asbdesk.casework.words import HOW_VERBS, label, number
from asbdesk.clock import london_day, plain_day
from asbdesk.letters.wording import Fact
from asbdesk.model import (
    Action,
    Appointment,
    Case,
    Closing,
    Complaint,
    Evidence,
    HateRecord,
    Home,
    Person,
    PlanVersion,
    Progress,
    Referral,
)
from asbdesk.model.journal import due
from asbdesk.store.values import tips

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NO_OMBUDSMAN = ("freeholder", "other_landlord")
SPEAKING = ("first_contact", "next_contact", "regular_update")
"""Duties whose day is the day by which we speak."""
ALLEGED = "alleged_perpetrator"
CALL_AFTER_DAYS = 28
DECIDE_AFTER_DAYS = 14


def facts_for(session: Session, case: str, person: str, member: str, today: str) -> dict[str, Fact]:
    """Every fact of `letters.facts` that is known; a flag is `yes` or empty. Days are `YYYY-MM-DD`."""
    found = session.get_one(Case, case)
    facts: dict[str, Fact] = {"today": today, "reference": found.reference or ""}
    facts |= _ours(session, member) | _of_person(session, case, person)
    facts |= _of_case(session, found) | _of_plan(session, case, person) | _of_complaint(session, case)
    if str(facts.get("speak_by") or today) < today:  # nobody is promised a day that is past
        facts["speak_by"] = ""
    return facts | _closing(session, case, today)


def _ours(session: Session, member: str) -> dict[str, Fact]:
    ours = landlord_view(session, member)
    told = {"landlord": ours.name, "officer": ours.officer, "number": ours.officer_number, "hours": ours.officer_hours}
    told |= {"closed_number": ours.closed_number, "second": ours.second_name, "second_number": ours.second_number}
    told |= {"complaint_number": ours.complaint_number, "review_number": ours.case_review_number}
    return {**told, "numbers": tuple(f"{what}: {each}" for what, each in ours.useful)}


def _of_person(session: Session, case: str, person: str) -> dict[str, Fact]:
    who = session.get_one(Person, person)
    agreed = contacts.agreement(session, case, person)
    verb = HOW_VERBS.get(agreed.method, "ring") if agreed else "ring"
    told: dict[str, Fact] = {"name": who.name or "", "how": verb, "times": agreed.times if agreed else ""}
    return {**told, "ombudsman": "" if who.tenure in NO_OMBUDSMAN else "yes"}


def _of_case(session: Session, case: Case) -> dict[str, Fact]:
    decision = other_person.latest(session, case.id)
    booked = _newest(session, Appointment, case.id, Appointment.off.is_(None))
    referral = _newest(session, Referral, case.id)
    hate = _newest(session, HateRecord, case.id)
    roles = {involvement.role for involvement in people.involved(session, case.id)}
    so = {
        "hate": hate is not None or case.stream == "hate",
        "welfare": case.stream == "domestic_abuse",
        "other_known": ALLEGED in roles,
        "other_agreed": decision is not None and decision.outcome in ("agreed", "spoken"),
        "agency": referral is not None,
        "appointment": booked is not None,
        "open": case.status != "closed",
        "closed": case.status == "closed",
    }
    given = tuple(_given(each) for each in standing(session, Evidence, case.id))
    told: dict[str, Fact] = {name: "yes" if true else "" for name, true in so.items()}
    told |= {"given": given, "evidence": "yes" if given else ""}
    if booked is not None:
        told |= {"visit_day": booked.day or "", "visit_time": booked.time or ""}
    if referral is not None:
        told |= {"body": label("agency", referral.agency), "asked_on": london_day(referral.at) if referral.at else ""}
    if hate is not None and hate.words_for_it:
        told["who_words"] = hate.words_for_it
    return told


def _given(evidence: Evidence) -> str:
    kind = label("evidence_type", evidence.type)
    count = f"{number(evidence.count, kind.lower())}" if evidence.count and evidence.count > 1 else kind
    return f"{count}, {plain_day(london_day(evidence.received))}" if evidence.received else count


def _of_plan(session: Session, case: str, person: str) -> dict[str, Fact]:
    told: dict[str, Fact] = {"done": tuple(_done(a) for a in standing(session, Action, case) if _ours_done(a))}
    ends = [v for v in tips(standing(session, PlanVersion, case)) if v.person in (None, "", person)]
    speak = _next_by(session, case)
    if ends:
        plan = ends[-1]
        told |= {"plan": "yes", "plan_number": plan.number or "", "review_by": plan.review_on or ""}
        told["plan_day"] = london_day(plan.at) if plan.at else ""
        speak = (plan.next_contact or "")[:10] or speak
    return {**told, "speak_by": speak}


def _ours_done(step: Action) -> bool:
    return step.owner == "landlord" and bool(step.done_on) and not step.about_other and bool(step.what)


def _done(step: Action) -> str:
    return f"{step.what}, {plain_day((step.done_on or '')[:10])}"


def _next_by(session: Session, case: str) -> str:
    which = sa.select(sa.func.min(due.c.due_on)).where(due.c.case == case, due.c.state == "open")
    return str(session.scalar(which.where(due.c.code.in_(SPEAKING))) or "")[:10]


def _of_complaint(session: Session, case: str) -> dict[str, Fact]:
    complaint = open_complaint(session, case)
    if complaint is None:
        return {"complaint": "yes" if _newest(session, Complaint, case) else ""}
    steps = {p.what for p in standing(session, Progress, case) if p.about == complaint.id}
    second = "complaint_escalated" in steps
    told: dict[str, Fact] = {"complaint": "yes", "complaint_open": "yes", "stage_two": "yes" if second else ""}
    told |= {"points": tuple(complaint.points or ()), "wanted": complaint.wanted or ""}
    told |= {"received": complaint.received or "", "stage": "two" if second else "one"}
    return {**told, "handler": complaint.handler or ""}


def open_complaint(session: Session, case: str) -> Complaint | None:
    """The newest complaint that was not answered at its stage."""
    steps = standing(session, Progress, case)
    complaints: list[Complaint] = standing(session, Complaint, case)
    for complaint in reversed(complaints):
        mine = [s.what for s in steps if s.about == complaint.id]
        wanted = 2 if "complaint_escalated" in mine else 1
        if mine.count("complaint_answered") < wanted:
            return complaint
    return None


# ---- closing
WHY = {
    "resolved_early": "stopped",
    "resolved_formal": "stopped",
    "not_asb": "not_asb",
    "insufficient_evidence": "not_enough",
    "withdrew": "asked_us",
    "uncontactable": "not_reached",
    "moved": "moved",
    "passed_on": "passed_on",
}
"""The closing form's reason → the letter's (PRACTICE.md B3)."""


def _closing(session: Session, case: str, today: str) -> dict[str, Fact]:
    """What the closing form said, where the case was closed by it."""
    closed = _newest(session, Closing, case)
    if closed is None or closed.told:
        return {}
    answers = {str(pair[0]): pair[1] for pair in closed.answers or ()}
    told = {"reason": closed.reason, "second": closed.second, "object_by": closed.object_by}
    return {"closing": "yes", **from_closing_form({**told, **answers}, today)}


def from_closing_form(answers: Mapping[str, Any], today: str) -> dict[str, Fact]:
    """The closing letter's facts from the closing form's answers, finished or not."""
    told = {name: str(answers.get(name) or "").strip() for name in ("reason", "reason_words", "second", "object_by")}
    made: dict[str, Fact] = {"why": WHY.get(told["reason"], "other"), "object_by": told["object_by"]}
    made["reason"] = told["reason_words"] or ("" if told["reason"] in WHY else told["reason"])
    if told["second"]:
        made["second"] = told["second"]
    not_done = str(answers.get("not_done") or "")
    made["not_done"] = tuple(line.strip() for line in not_done.splitlines() if line.strip())
    if answers.get("spoken") == "yes":
        made["talked_on"] = today
    if answers.get("call") != "no":
        made["call_on"] = _later(today, CALL_AFTER_DAYS)
    if told["object_by"]:
        made["decide_by"] = _later(told["object_by"], DECIDE_AFTER_DAYS)
    return made


def _later(day: str, days: int) -> str:
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days)).isoformat()
    except ValueError:
        return ""


# ---- whom it can go to
def address_of(session: Session, person: str) -> tuple[str, ...]:
    """The lines of an envelope: name, address, postcode."""
    who = session.get_one(Person, person)
    home = session.get(Home, who.home) if who.home else None
    parts = [p.strip() for p in (home.address or "").split(",")] if home else []
    return tuple(line for line in (who.name or "", *parts, (home.postcode or "") if home else "") if line)


def role_of(session: Session, case: str, person: str) -> str:
    """`other` for the person it is about, `resident` for anybody else in the case; empty for nobody in it."""
    roles = {i.role for i in people.involved(session, case) if i.person == person}
    return "other" if ALLEGED in roles else "resident" if roles else ""


def _newest(session: Session, cls: type[Any], case: str, *more: Any) -> Any:
    which = sa.select(cls).where(cls.file == case_file(case), cls.struck.is_(None), *more)
    return session.scalars(which.order_by(cls.id.desc()).limit(1)).first()
