"""A hate incident taken with its form: the record, the police question, graffiti, support, and what was done first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import police, repairs, safeguarding
from asbdesk.casework.hate import STRANDS, HateTold, record_hate
from asbdesk.casework.people import reporter_of
from asbdesk.casework.records import case_file, put
from asbdesk.casework.risk import keep_form
from asbdesk.casework.told import in_case
from asbdesk.errors import UserError
from asbdesk.forms.answers import is_unanswered
from asbdesk.forms.filling import missing
from asbdesk.model import HateRecord, Report
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.forms.definition import Form
    from asbdesk.store.work import Work

FORM = "hate_incident"
POLICE = {"already": "reported", "yes": "offered", "no": "declined", "unsafe": "unsafe"}
"""The person's answer → how the question is settled. "Ask me first" leaves it open."""
CHOICE = {"already": "yes", "yes": "yes", "ask_first": "ask_first", "no": "no"}


@action("hate.recorded")
def take(work: Work, case: str, form: Form, answers: Mapping[str, Any], *, report: str = "") -> str:
    """One incident, with everything its form asks. A no to the police is kept; record, support and clock go on without
    them (PRACTICE.md 13). The record's id. Raises UserError while an answer is still needed."""
    left = missing(form, answers, {})
    if left:
        raise UserError(f"This is still needed: {left[0].text}")
    plain = {id: value for id, value in answers.items() if not is_unanswered(value)}
    strands = [s for s in (*plain.get("fits", ()), *plain.get("fits_other", ())) if s in STRANDS]
    if report:
        told = in_case(work, Report, report, case)
        put(told, hate=told.hate or {"perceived_by": _text(plain, "perceived_by"), "strands": strands})
    victim = reporter_of(work.session, case)
    record = HateTold(
        strands=strands,
        perceived_by=_text(plain, "perceived_by"),
        report=report,
        victim=victim.id if victim else "",
        who_knows=_text(plain, "who_knows"),
        must_not_know=_text(plain, "must_not_know"),
        hidden=plain.get("may_say") != "yes",
        police=CHOICE.get(_text(plain, "police"), ""),
        support=_text(plain, "support"),
        words_for_it=_text(plain, "words_for_it"),
        form=keep_form(work, form),
        answers=answers,
    )
    made = record_hate(work, case, record)
    _beside(work, case, plain, report, record.victim)
    return made


def _beside(work: Work, case: str, plain: Mapping[str, Any], report: str, victim: str) -> None:
    """What the same answers begin: the police question settled, graffiti with its clock, support."""
    outcome = POLICE.get(_text(plain, "police"), "")
    if outcome:
        number, officer = _text(plain, "police_number"), _text(plain, "police_officer")
        police.settle(work, case, outcome, reference=number, officer=officer, report=report)
    if plain.get("graffiti") == "yes":
        repairs.graffiti(work, case, offensive=True, place=_text(plain, "graffiti_place"))
    if plain.get("support") in ("yes", "no"):
        service, no = _text(plain, "support_who"), plain["support"] == "no"
        why = "They chose not to" if no else ""
        safeguarding.take_step(
            work, case, "support_offered", declined=no or None, person=victim, service=service, reason=why
        )
    if plain.get("home_safe") == "yes":
        words = "A lock, a light or a camera was asked for"
        safeguarding.take_step(work, case, "safety_measure", person=victim, service=words)


def _text(plain: Mapping[str, Any], id: str) -> str:
    return str(plain.get(id) or "").strip()


def report_without(session: Session, case: str) -> str:
    """The newest report of hate in a case that has no record yet, else its newest report."""
    found = sa.select(Report).where(Report.file == case_file(case), Report.struck.is_(None), Report.same_as.is_(None))
    reports = list(session.scalars(found.order_by(Report.received.desc(), Report.id.desc())))
    kept = sa.select(HateRecord.report).where(HateRecord.file == case_file(case), HateRecord.struck.is_(None))
    done = set(session.scalars(kept))
    fresh = [r for r in reports if r.id not in done]
    hate = [r for r in fresh if r.hate or r.hate_signs or "hate" in (r.behaviours or ())]
    return next((r.id for r in (*hate, *fresh)), "")
