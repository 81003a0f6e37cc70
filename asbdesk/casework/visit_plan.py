"""The plan while it is being made on a visit: its draft, why it cannot be agreed yet, and the paper it becomes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

from asbdesk.casework import internal, plans, release
from asbdesk.casework.landlord import LandlordView, landlord_view
from asbdesk.casework.lists import working_days
from asbdesk.casework.plan_changed import with_changes
from asbdesk.casework.safeguarding import HELD
from asbdesk.casework.suggestions import FIXED_FORMS, Known, suggest
from asbdesk.casework.visit_answers import four_answers, told_needs
from asbdesk.casework.visit_form import form_of
from asbdesk.casework.visit_views import PlanDraft, PlanStep, Suggestion
from asbdesk.casework.words import HOW_VERBS, picklist
from asbdesk.clock import instant, plain_day
from asbdesk.documents.paper import NextContact, PlanPaper, Signing, Step
from asbdesk.forms.answers import is_unanswered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from asbdesk.casework.visit_state import VisitState
    from asbdesk.documents.never_on_it import Finding

HIGH_REVIEW_DAYS = 14
"""At high risk the plan is looked at again within so many days (DUTIES.md, `risk_reassessment.high_days`)."""
USUAL_REVIEW_DAYS = 28
CONTACT_WORKING_DAYS = {"high": 1, "medium": 3}
"""A first proposal for the next contact; 5 working days otherwise."""


# ---- the draft
def draft_of(state: VisitState) -> PlanDraft:
    """The plan as saved, or as a visit begins it."""
    held = state.held("plan")
    return from_json(held) if held else first_draft(state)


def first_draft(state: VisitState) -> PlanDraft:
    """What was said today, carried over so that nobody writes it twice; open steps of the plan before."""
    v, officer = state.values(), state.desk.read(landlord_view, state.desk.member)
    band = level(state)
    ours, yours, others = _steps_that_go_on(state)
    often = state.known.agreement.how_often if state.known.agreement else ""
    method = str(v.get("contact_method") or "telephone")
    return PlanDraft(
        told_us=_lines(v.get("words")),
        wants=_lines(v.get("want")) + tuple(f"I do not want this: {t}" for t in _lines(v.get("want_not"))),
        ours=ours,
        yours=yours,
        others=others,
        contact_who=officer.officer,
        contact_how=HOW_VERBS.get(method, "ring"),
        contact_day=working_day(state, CONTACT_WORKING_DAYS.get(band, 5)),
        contact_time="",
        contact_after=OFTEN_WORDS.get(str(v.get("contact_often")), often),
        review_by=_later(state, HIGH_REVIEW_DAYS if band == "high" else USUAL_REVIEW_DAYS),
        may_talk=may_talk(v),
        own=state.desk.read(plans.own_words, state.case, state.person),
    )


OFTEN_WORDS = {"weekly": "every week", "fortnightly": "every two weeks", "monthly": "every four weeks", "only_news": ""}


def _lines(value: Any) -> tuple[str, ...]:
    return tuple(line.strip() for line in value.splitlines() if line.strip()) if isinstance(value, str) else ()


def may_talk(values: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """(body, answer) for every body that was asked about and answered."""
    asked = picklist("permission_body").items()
    return tuple((body, str(values[q])) for q, body in asked if not is_unanswered(values.get(q)))


def _steps_that_go_on(state: VisitState) -> tuple[tuple[PlanStep, ...], ...]:
    kept: dict[str, list[PlanStep]] = {"landlord": [], "resident": [], "agency": []}
    for owner, step in state.desk.read(_open, state.case, state.person):
        kept[owner].append(step)
    return tuple(kept["landlord"]), tuple(kept["resident"]), tuple(kept["agency"])


def _open(session: Session, case: str, person: str) -> list[tuple[str, PlanStep]]:
    theirs = plans.plans_of(session, case, person)
    return [
        (
            a.owner or "landlord",
            PlanStep(
                what=a.what or "",
                who=a.who or "",
                by=a.by or "",
                until=a.until or "",
                help=a.help or "",
                code=a.code or "",
                about_other=bool(a.about_other),
                kind=kind_of(a.code or ""),
                action=a.id,
            ),
        )
        for a in plans.open_steps(session, case)
        if a.plan in theirs and a.code not in internal.CODES
    ]


def kind_of(code: str) -> str:
    """What a library step counts as (`safety`, `support` …)."""
    from asbdesk.casework.suggestions import library

    return next((str(e.get("kind", "other")) for e in library() if e["code"] == code), "other")


def to_json(plan: PlanDraft) -> dict[str, Any]:
    import json

    told: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(plan)))
    return told


def from_json(told: dict[str, Any]) -> PlanDraft:
    steps: dict[str, Any] = {
        name: tuple(PlanStep(**s) for s in told[name]) for name in ("ours", "yours", "others", "cannot")
    }
    texts: dict[str, Any] = {name: tuple(told[name]) for name in ("told_us", "wants", "help", "changed")}
    rest = {k: v for k, v in told.items() if k not in (*steps, *texts, "may_talk", "own")}
    return PlanDraft(**rest, **steps, **texts, may_talk=_pairs(told["may_talk"]), own=_pairs(told.get("own", ())))


def _pairs(told: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in told)


# ---- days
def working_day(state: VisitState, days: int) -> str:
    """The day so many working days from today; 0 is today."""
    return state.desk.read(working_days).add(state.desk.today, days) if days else state.desk.today


def _later(state: VisitState, days: int) -> str:
    """So many days from today, on the working day before if that day is none."""
    calendar, day = state.desk.read(working_days), dt.date.fromisoformat(state.desk.today) + dt.timedelta(days)
    while not calendar.is_working(day):
        day -= dt.timedelta(1)
    return day.isoformat()


# ---- what to offer
def level(state: VisitState) -> str:
    """The risk level that counts now: chosen by hand, today's, or the last one."""
    chosen = state.held("level") or {}
    return str(chosen.get("band") or state.score().level or state.known.band or "")


def suggestions(state: VisitState) -> tuple[Suggestion, ...]:
    """What to offer now; nothing that is on the plan already."""
    plan = draft_of(state)
    taken = {s.code for s in (*plan.ours, *plan.yours, *plan.others) if s.code}
    officer = state.desk.read(landlord_view, state.desk.member).officer
    return suggest(known(state, frozenset(taken), officer), lambda days: working_day(state, days))


def known(state: VisitState, taken: frozenset[str] = frozenset(), officer: str = "") -> Known:
    """What the suggestions are made from."""
    v, told = state.values(), state.telling()
    four = four_answers(v)
    facts = {
        "children": isinstance(v.get("children"), int) and v["children"] > 0,
        "evidence": state.known.evidence or bool(state.held("evidence")),
        "home_insecure": v.get("home_secure") == "no",
        "not_safe_tonight": v.get("safe_tonight") == "no",
        "police_yes": v.get("perm_police") == "yes",
        "police_reported": v.get("police_told") == "yes" and is_unanswered(v.get("crime_number")),
        "support_yes": v.get("perm_support") == "yes",
        "council_noise": v.get("perm_council") == "yes" and "noise" in told.behaviours,
    }
    return Known(
        band=level(state),
        behaviours=frozenset(told.behaviours) | state.known.behaviours,
        serious=frozenset(told.flags()) | state.known.serious,
        needs=state.known.needs | frozenset(told_needs(v)),
        facts=frozenset(name for name, true in facts.items() if true),
        four_answered=four.complete,
        may_speak="not_yet" if state.home_held else four.may_speak,
        other_known=other_known(state),
        welfare=state.welfare,
        officer=officer,
        taken=taken,
    )


def other_known(state: VisitState) -> bool:
    return state.known.other_known or not is_unanswered(state.values().get("other_known"))


# ---- why it cannot be agreed yet
def problems(state: VisitState) -> tuple[str, ...]:
    """Plain sentences; none when the plan can be agreed (DOMAIN.md 2.2)."""
    plan = draft_of(state)
    found = [*_promises(plan), *_about_other(state, plan), *(_high(state, plan) if level(state) == "high" else ())]
    paper = paper_of(state, plan, None)
    return (*found, *(release.sentence(f) for f in state.desk.read(_findings, state, paper)))


def _findings(session: Session, state: VisitState, paper: PlanPaper) -> tuple[Finding, ...]:
    return release.findings_in(session, state.case, state.person, paper)


def _promises(plan: PlanDraft) -> list[str]:
    found = []
    if not plan.ours:
        found.append("Add at least one step of ours.")
    found += [f"Say by when we will: {s.what}." for s in plan.ours if not s.by and not s.until]
    if not plan.contact_day:
        found.append("Say on which day we next speak.")
    if not plan.review_by:
        found.append("Say by when we look at the plan again.")
    return found


def _about_other(state: VisitState, plan: PlanDraft) -> list[str]:
    about = [s for s in plan.ours if s.about_other]
    if about and not four_answers(state.values()).complete:
        return ["Ask the four questions about the other person first, or take that step out."]
    return [HELD] if state.home_held and any(s.what == FIXED_FORMS[1] for s in about) else []


def _high(state: VisitState, plan: PlanDraft) -> list[str]:
    found = []
    if not any(s.kind == "safety" for s in plan.ours):
        found.append("The risk is high: add a step of ours that keeps them safe.")
    if not plan.help and not any(s.kind == "support" for s in (*plan.ours, *plan.others)):
        found.append("The risk is high: offer help.")
    limit = (dt.date.fromisoformat(state.desk.today) + dt.timedelta(HIGH_REVIEW_DAYS)).isoformat()
    if plan.review_by > limit:
        found.append(f"The risk is high: look at the plan again by {plain_day(limit)}.")
    return found


# ---- the paper
def paper_of(state: VisitState, plan: PlanDraft, signing: Signing | None) -> PlanPaper:
    """The plan's paper as it would print, not yet released."""
    landlord = state.desk.read(landlord_view, state.desk.member)
    number, follows = state.desk.read(plans.next_version, state.case, state.person)
    form = form_of(state, plan)
    steps: dict[str, Any] = {name: _paper_steps(getattr(plan, name)) for name in ("ours", "yours", "others", "cannot")}
    paper = PlanPaper(
        **steps,
        **landlord.on_a_plan,
        reference=state.known.reference,
        resident=state.known.resident,
        made_on=state.desk.today,
        version=number,
        told_us=plan.told_us,
        wants=plan.wants,
        speak=_speak(plan, landlord),
        other_people=any(s.about_other for s in plan.ours),
        help=plan.help,
        review_by=plan.review_by,
        may_talk=plan.may_talk,
        ombudsman=state.known.tenure not in ("freeholder", "other_landlord"),
        signing=signing or Signing("not_asked"),
        changed=plan.changed,
        replaces=state.known.last_plan_day if follows else "",
        layout=form.layout,
        language=form.language,
        own=plan.own,
    )
    return state.desk.read(with_changes, follows, paper)


def _paper_steps(steps: tuple[PlanStep, ...]) -> tuple[Step, ...]:
    return tuple(Step(what=s.what, who=s.who, by=s.by, until=s.until, help=s.help) for s in steps)


def _speak(plan: PlanDraft, landlord: LandlordView) -> NextContact | None:
    if not plan.contact_day:
        return None
    who = plan.contact_who or landlord.officer
    second = (landlord.second_name, landlord.second_number)
    return NextContact(who, plan.contact_how, plan.contact_day, plan.contact_time, plan.contact_after, *second)


def released_paper(session: Session, state: VisitState, paper: PlanPaper) -> Any:
    """The paper through the one door out."""
    return release.release_plan(session, state.case, state.person, paper, instant(state.desk.clock.now()))
