"""Signing: the paper is made and sealed first, then one action freezes the version and starts our steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework import plans, visit_actions, visit_plan
from asbdesk.casework.identity import officer_identity
from asbdesk.casework.plan_papers import printed
from asbdesk.casework.plans import NewVersion
from asbdesk.casework.release import hold
from asbdesk.casework.visit_views import SealedPlan
from asbdesk.casework.words import SIGNING
from asbdesk.clock import instant, plain_day
from asbdesk.documents.paper import PlanPaper, Signing
from asbdesk.documents.released import Released
from asbdesk.errors import UserError

if TYPE_CHECKING:
    from asbdesk.casework.visit import VisitPath


def seal_plan(path: VisitPath, signing: Signing) -> SealedPlan:
    """Agree the plan. Raises UserError for what is missing, what may not be on it, or a signing that cannot be."""
    _may_sign(path, signing)
    wrong = path.problems()
    if wrong:
        raise UserError(" ".join(wrong))
    state, desk = path.state, path.desk
    version, pdf = _version(path, signing)
    done = path._finished("sign")
    with desk.store.journal.batch():
        plan = desk.do(plans.agree, state.case, state.person, version).value
        ends = [*state.drafts_of("sign"), *state.drafts_of("plan")]
        desk.do(visit_actions.sign, done, ends_run=path.run, ends_questions=ends)
        desk.drafts.save(path.run, "_sealed", plan)
    state.drafts["_sealed"] = plan
    path._ended("sign", done.answers)
    held = bool(desk.read(hold, state.case, state.person))
    return SealedPlan(plan, version.number, pdf, held)


def _version(path: VisitPath, signing: Signing) -> tuple[NewVersion, bytes]:
    """The version about to be agreed, its paper made, sealed and kept: all that is slow, before the transaction."""
    state, desk = path.state, path.desk
    number, follows = desk.read(plans.next_version, state.case, state.person)
    released = path.paper(signing)
    pdf = sealed_pdf(path, released)
    version = NewVersion(
        number,
        follows,
        released.what,
        path.plan,
        signing,
        desk.files.keep(pdf),
        state.visit,
        released.what.officer,
        manager_day=visit_plan.working_day(state, 2),
    )
    return version, pdf


def sealed_pdf(path: VisitPath, released: Released[PlanPaper]) -> bytes:
    """The paper, made and sealed with the officer's certificate; nothing of it is slow inside a transaction."""
    from asbdesk.documents.seal import seal

    identity, authority = officer_identity(path.desk)
    at = instant(path.desk.clock.now())
    reason = f"Plan {released.what.version}, case {released.what.reference}"
    return seal(printed(path.desk, released, authority=authority), identity, authority, reason=reason, at=at)


def sealed_plan(path: VisitPath) -> SealedPlan | None:
    """The plan that this visit made."""
    plan = path.state.held("sealed")
    found = path.desk.read(plans.sealed_of, plan) if plan else None
    if found is None:
        return None
    number, blob, key = found
    held = bool(path.desk.read(hold, path.case, path.state.person))
    return SealedPlan(plan, number, path.desk.files.read(blob, key), held)


def _may_sign(path: VisitPath, signing: Signing) -> None:
    """The rules of PRACTICE.md 10 and 12. Raises UserError."""
    if signing.outcome not in SIGNING:
        raise UserError("Choose how signing went.")
    roles = {ink.role for ink in signing.inks if ink.strokes}
    if path.by_phone and (signing.outcome == "signed" or roles):
        raise UserError("By telephone nothing is signed on the screen. Choose “agreed aloud”, with who heard it.")
    if signing.outcome == "signed" and not {"resident", "officer"} <= roles:
        raise UserError("Both sign: the resident and you. Or choose another way that signing went.")
    if "resident" in roles and signing.outcome != "signed":
        raise UserError("The resident has signed. Choose “signed”, or clear the signature.")
    if signing.outcome == "signed" and path.room.interpreter == "other":
        raise UserError("Signing needs a professional interpreter. Choose “wants time”, and come back with one.")
    if signing.outcome == "wants_time":
        _wants_time(path, signing)
    needs_words = {"agreed_aloud": "Write who heard it.", "does_not_agree": "Write what they want instead."}
    needs_words["not_asked"] = "Write why it was not asked: not safe, or not well enough."
    if signing.outcome in needs_words and not (signing.note or signing.name).strip():
        raise UserError(needs_words[signing.outcome])


def _wants_time(path: VisitPath, signing: Signing) -> None:
    if not signing.ask_on:
        raise UserError("Say on which day we ask again.")
    if signing.ask_on <= path.desk.today:
        raise UserError(f"Choose a day after {plain_day(path.desk.today)} to ask again.")
