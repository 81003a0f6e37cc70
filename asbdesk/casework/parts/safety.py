"""Keeping safe: safeguarding decisions, the police question, hate records, and the steps that a level asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from asbdesk.casework import abuse_form, police, safeguarding
from asbdesk.casework.parts import Add, Choices, Part, PartCard, Taking, choices
from asbdesk.casework.parts.reading import newest_first, standing, when
from asbdesk.casework.views import Pill
from asbdesk.casework.words import label
from asbdesk.model import HateRecord, PoliceReport, RiskAction, SafeguardingDecision

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done

STEPS = {
    "support_offered": "Support offered",
    "safety_measure": "A safety measure",
    "manager_sign_off": "A manager looked at the level",
    "multi_agency_considered": "Other bodies considered",
}


# ---- adding
def _decided(t: Taking) -> Done[Any]:
    told = {name: t.text(name) for name in ("person", "told", "manager")}
    body = label("agency", t.text("to")) if t.text("to") else ""
    reason = t.text("reason")
    referred = t.yes("referred") is True
    return t.do(safeguarding.decide, t.case, referred, reason, to=body, said=t.said(), **told)


def _police(t: Taking) -> Done[Any]:
    told = {name: t.text(name) for name in ("reference", "report", "officer")}
    return t.do(police.settle, t.case, t.text("outcome"), said=t.said(), **told)


def _followed(t: Taking) -> Done[Any]:
    told = {name: t.text(name) or None for name in ("result", "reference", "officer")}
    return t.do(police.follow, t.about, **told)


def _step(t: Taking) -> Done[Any]:
    told = {name: t.text(name) for name in ("person", "reason")}
    told["service"] = t.text("service") or t.text("manager")
    declined = t.text("wanted") == "no"
    return t.do(safeguarding.take_step, t.case, t.text("what"), declined=declined or None, said=t.said(), **told)


def _abuse_form(t: Taking) -> Done[Any]:
    told = {name: t.text(name) for name in ("by", "note")}
    return t.do(abuse_form.came_to, t.case, t.text("person"), t.text("band"), **told)


def _people(session: Session, case: str, about: str) -> Choices:
    return {"person": choices.people(session, case, alleged=False), "report": choices.reports(session, case)}


# ---- what stands there
def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    names = {id: name.partition(" (")[0] for id, name in choices.people(session, case)}
    found = [(d.at, _decision(d, names)) for d in standing(session, SafeguardingDecision, case)]
    found += [(p.at, _police_card(p)) for p in standing(session, PoliceReport, case)]
    found += [(r.at, _step_card(r)) for r in standing(session, RiskAction, case)]
    found += [(h.at, _hate(h)) for h in standing(session, HateRecord, case)]
    return newest_first(found)


def _decision(decision: SafeguardingDecision, names: Mapping[str, str]) -> PartCard:
    pill = Pill("Referred", "good") if decision.referred else Pill("Not referred", "plain")
    about = names.get(decision.person or "", "")
    lines = [f"About {about}"] if about else []
    lines += [f"Told the same day: {decision.told}"] if decision.told else []
    lines += [f"Manager: {decision.manager}"] if decision.manager else []
    at, text = when(decision.at), decision.reason or ""
    return PartCard(decision.id, "shield-check", "Safeguarding decision", at, tuple(lines), text, (pill,), "warning")


def _police_card(report: PoliceReport) -> PartCard:
    lines = [f"Number {report.reference}"] if report.reference else []
    lines += [f"With {report.officer}"] if report.officer else []
    lines += [f"What they did: {report.result}"] if report.result else []
    title = label("police_outcome", report.outcome) or "The police question"
    acts = ("police_followed",) if report.outcome == "reported" else ()
    return PartCard(report.id, "siren", title, when(report.at), tuple(lines), report.note or "", acts=acts)


def _step_card(step: RiskAction) -> PartCard:
    pills = (Pill("Not wanted", "plain"),) if step.declined else ()
    text = " ".join(t for t in (step.service, step.reason, step.note) if t)
    return PartCard(
        step.id, "heart-handshake", STEPS.get(step.what or "", "A step"), when(step.at), (), text, pills, "good"
    )


def _hate(record: HateRecord) -> PartCard:
    """Why somebody was picked on stays in the record itself (PRACTICE.md 13)."""
    lines = ("The reason is in the record, and on no list.",)
    return PartCard(record.id, "flag", "Hate incident recorded", when(record.at), lines)


PART = Part(
    name="safety",
    title="Keeping safe",
    icon="shield-check",
    empty="No decision and no police question yet. Ask of each child and adult: could they be getting hurt?",
    cards=cards,
    adds=(
        Add(
            "safeguarding", "A safeguarding decision", "shield-check", "The decision is written down.",
            _decided, _people,
        ),
        Add("police", "The police question", "siren", "It is written down.", _police, _people),
        Add(
            "abuse_form", "Our own form for abuse at home", "shield-alert", "What it came to is written down.",
            _abuse_form, _people,
        ),
        Add("risk_step", "Support or a safety step", "heart-handshake", "It is written down.", _step, _people),
    ),
    follows=(Add("police_followed", "What the police did", "siren", "It is written down.", _followed),),
)  # fmt: skip
