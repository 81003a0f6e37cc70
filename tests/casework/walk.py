"""Pieces of a visit that several tests walk."""

from __future__ import annotations

import dataclasses

from asbdesk.casework.visit import VisitPath
from asbdesk.casework.visit_views import PlanStep
from asbdesk.documents.paper import Ink, Signing

RISK_HIGH = {
    "q1": "most_days",
    "q2": "yes",
    "q3": "yes",
    "q4": "well",
    "q5": "now",
    "q6": "yes",
    "q7": "me",
    "q8": "no",
    "q9": "yes",
    "q10": "a_lot",
    "q11": "yes",
    "q12": "none",
    "q13": "nobody",
    "q14": "family",
}


def alone(path: VisitPath) -> None:
    """The resident is alone and says it is safe to talk."""
    for question, value in (("present", ["nobody"]), ("can_hear", "no"), ("safe_now", "yes")):
        path.answer("who", question, value)


def tell(path: VisitPath) -> None:
    """Violence, then damage to the home."""
    path.answer("happened", "words", "Last night the kitchen window was smashed.")
    path.answer("happened", "behaviours", ["violence", "vandalism"])
    path.answer("happened", "serious", ["home_damaged"])


def fill_risk(path: VisitPath) -> None:
    for question, value in RISK_HIGH.items():
        path.answer("safe", f"risk.{question}", value)


def walk_to_plan(path: VisitPath) -> None:
    """All steps before the plan, finished; high risk."""
    alone(path)
    path.finish("who")
    tell(path)
    path.answer("happened", "other_known", "Mr Kester Stroud")
    path.finish("happened")
    path.answer("affects", "children", 2)
    path.finish("affects")
    fill_risk(path)
    for question in ("abuse", "self_harm", "hate_reason"):
        path.answer("safe", question, "no")
    path.finish("safe")
    answers = (("may_speak", "not_yet"), ("may_know", "no"), ("must_not_say", "My name"), ("feel_safe", "A call first"))
    for question, value in (*answers, ("want", "I want to feel safe."), ("perm_police", "yes")):
        path.answer("wants", question, value)
    path.finish("wants")


def take(path: VisitPath, *codes: str) -> None:
    """Put suggestions on the plan."""
    plan = path.plan
    lists = {"landlord": "ours", "resident": "yours", "agency": "others"}
    for s in path.suggestions():
        if s.code in codes:
            step = PlanStep(s.what, s.who, s.by, "" if s.by else "for now", s.help, s.code, s.about_other, s.kind)
            name = lists[s.owner]
            plan = dataclasses.replace(plan, **{name: (*getattr(plan, name), step)})
    path.set_plan(plan)


def ready(path: VisitPath) -> None:
    """A plan that may be agreed at high risk."""
    take(path, "safety_visit", "support_offer", "repair", "other_agree", "tell_changes")
    assert path.problems() == ()


def ink(role: str, name: str) -> Ink:
    return Ink(role, name, "2026-11-23T09:30:00.000Z", (((0, 0), (400, 900), (800, 100)),))


def signed(path: VisitPath) -> Signing:
    return Signing("signed", inks=(ink("resident", path.resident), ink("officer", "Dami Okafor")))
