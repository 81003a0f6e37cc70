"""Events that take more than one field for one: reports, contacts, assessments, plans and their steps, hate, the
other person."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import contacts, hate, other_person, people, plan_outcome, risk
from asbdesk.casework.hate import HateTold
from asbdesk.casework.plan_outcome import PlanTold, StepTold
from asbdesk.casework.records import case_file
from asbdesk.casework.reports import Telling, open_case, record_report
from asbdesk.exchange.history_lived import Lived, said_of
from asbdesk.exchange.history_people import bring_in
from asbdesk.exchange.history_plain import PLAIN, take_plain
from asbdesk.model import Report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

NEVER = "never"
"""A report that was never written down."""


def report(lived: Lived, told: dict[str, Any], at: str) -> str:
    """The first opens the case, with everybody in it; a later one is a new incident."""
    telling = _telling(lived, told)
    if lived.case:
        return str(lived.do(at, record_report, lived.case, lived.who(told["by"]), telling))
    history = lived.history
    lived.persons = lived.do(at, bring_in, history.people, history.reference)
    telling = _telling(lived, told)
    who = people.NewPerson(id=lived.persons[str(told["by"])])
    lived.case = lived.do(at, open_case, who, telling, name=history.title, practice=lived.practice)
    for person in history.people:
        _involve(lived, person, at)
    for person in history.people:
        _rules(lived, person, at)
    return str(lived.see(_first_report, lived.case))


def _first_report(session: Session, case: str) -> str | None:
    return session.scalar(sa.select(Report.id).where(Report.file == case_file(case)).limit(1))


def _involve(lived: Lived, person: dict[str, Any], at: str) -> None:
    updates = person.get("updates", "")
    for role in person["roles"] or [""]:  # somebody named, whose part nobody knows
        told = {"key": person["key"], "updates": lived.persons.get(updates, updates)}
        lived.do(at, people.involve, lived.case, lived.persons[person["key"]], role, **told)


def _rules(lived: Lived, person: dict[str, Any], at: str) -> None:
    known = lived.persons[person["key"]]
    if person.get("safe_contact"):
        lived.do(at, contacts.record_safe_way, lived.case, known, person["safe_contact"])
    for key in _several(person.get("do_not_disclose_to")):
        lived.do(at, contacts.do_not_disclose, lived.case, known, lived.persons[key])


def _several(value: Any) -> Iterable[str]:
    return [value] if isinstance(value, str) else value or []


def _telling(lived: Lived, told: dict[str, Any]) -> Telling:
    persons = lived.persons
    hate_ = told.get("hate")
    return Telling(
        words=told.get("note", ""),
        channel=told.get("channel", ""),
        behaviours=tuple(told.get("behaviours", ())),
        serious=tuple(told.get("serious", ())),
        about=tuple(persons[key] for key in _several(told.get("about")) if key in persons),
        hate=None if hate_ is None else _perceived(hate_, persons),
        hate_signs=told.get("hate_signs"),
        dissatisfied=told.get("dissatisfied"),
        same_as=lived.ids.get(told.get("same_as", ""), ""),
        to=told.get("to", "landlord"),
        logged=told.get("logged", told["on"]) or NEVER,
        assumed=told.get("assumed"),
        history_id=told.get("id", ""),
        ask_now=False,
    )


def _perceived(told: dict[str, Any], persons: dict[str, str]) -> dict[str, Any]:
    """`perceived_by` is a word, or one person; then that is kept beside it."""
    by = told.get("perceived_by", "victim")
    kept: dict[str, Any] = {"perceived_by": "other" if by in persons else by, "strands": told.get("strands", [])}
    return kept | ({"person": persons[by]} if by in persons else {})


def contact(lived: Lived, told: dict[str, Any], at: str) -> str:
    """A contact, or a try."""
    names = ("direction", "made", "answered", "method", "note", "told", "next_by", "needs_reply", "dissatisfied")
    fields = {name: told[name] for name in (*names, "assumed") if name in told}
    fields["history_id"] = told.get("id", "")
    return str(lived.do(at, contacts.record_contact, lived.case, lived.who(told["with"]), **fields))


def risk_assessment(lived: Lived, told: dict[str, Any], at: str) -> str:
    """An assessment of which the outcome is known."""
    fields: dict[str, Any] = {name: told[name] for name in ("score", "trigger", "note", "assumed") if name in told}
    fields["history_id"] = told.get("id", "")
    return str(lived.do(at, risk.record_outcome, lived.case, lived.who(told.get("of")), told["band"], **fields))


def plan(lived: Lived, told: dict[str, Any], at: str) -> str:
    """A version of the plan, and its steps."""
    agreed = bool(told.get("agreed", True))
    steps = [
        StepTold(s.get("what", ""), s.get("who", "landlord"), s.get("by", ""), s.get("id", ""))
        for s in told.get("actions", ())
    ]
    signing = plan_outcome.signing_of(told.get("signing", ""), told.get("signed"), agreed)
    dates = {"next_contact": told.get("next_contact", ""), "review_on": told.get("review_on", "")}
    made = PlanTold(steps, agreed=agreed, signing=signing, copy_given=bool(told.get("copy_given")), **dates)
    version = lived.do(at, plan_outcome.record_version, lived.case, lived.reporter, made, said=said_of(told))
    for step in made.steps:
        if step.history_id:
            lived.ids[step.history_id] = lived.see(plan_outcome.step_in, lived.case, step.history_id)
    return str(version)


def action_done(lived: Lived, told: dict[str, Any], at: str) -> str:
    """A step was done."""
    return str(lived.do(at, plan_outcome.history_step_done, lived.case, told["action"], said=said_of(told)))


def action_moved(lived: Lived, told: dict[str, Any], at: str) -> str:
    """A step has a new day."""
    moved = {"told": bool(told.get("told")), "said": said_of(told)}
    return str(lived.do(at, plan_outcome.history_step_moved, lived.case, told["action"], told["to"], **moved))


def perpetrator_contact(lived: Lived, told: dict[str, Any], at: str) -> str:
    """The decision about speaking to the other person, or a try."""
    made = told.get("made")
    outcome = told.get("outcome", "") or ("not_safe" if told.get("not_safe") else "spoken" if made else "")
    if not outcome and made is None:  # nothing else is said: then it was made
        outcome = "spoken"
    about = lived.persons[told["who"]] if "who" in told else ""
    fields = {"made": made, "outcome": outcome, "look_again": told.get("look_again", ""), "about": about}
    return str(lived.do(at, other_person.written_down, lived.case, **fields, said=said_of(told)))


def hate_record(lived: Lived, told: dict[str, Any], at: str) -> str:
    """The separate record."""
    kept = _perceived(told, lived.persons)
    made = HateTold(kept["strands"], kept["perceived_by"], kept.get("person", ""))
    return str(lived.do(at, hate.record_hate, lived.case, made, said=said_of(told)))


TAKEN: dict[str, Callable[[Lived, dict[str, Any], str], str]] = {
    **dict.fromkeys(PLAIN, take_plain),
    "report": report,
    "contact": contact,
    "risk_assessment": risk_assessment,
    "plan": plan,
    "action_done": action_done,
    "action_moved": action_moved,
    "perpetrator_contact": perpetrator_contact,
    "hate_record": hate_record,
}
"""Every kind, and how it is taken."""
