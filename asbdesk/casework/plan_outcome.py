"""Plans of which only the outcome is known: from a case history, or agreed before asbdesk was here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.plans import action_done, move_action, next_version
from asbdesk.casework.records import case_file, new, put
from asbdesk.casework.told import NOTHING, Said, became
from asbdesk.clock import london_day
from asbdesk.errors import UserError
from asbdesk.model import Action, PlanVersion
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work


@dataclass(frozen=True)
class StepTold:
    """A step as told: `who` is `landlord`, `resident`, or the name of a body."""

    what: str
    who: str = "landlord"
    by: str = ""
    history_id: str = ""


@dataclass(frozen=True)
class PlanTold:
    """A version as told."""

    steps: Sequence[StepTold] = ()
    next_contact: str = ""
    review_on: str = ""
    agreed: bool = True
    signing: str = ""
    copy_given: bool = False


@action("plan.agreed")
def record_version(work: Work, case: str, person: str, told: PlanTold, *, said: Said = NOTHING) -> str:
    """A version without its paper. The version's id."""
    number, follows = next_version(work.session, case, person)
    plan = new(
        work,
        PlanVersion,
        case_file(case),
        number=number,
        follows=list(follows),
        at=work.happened,
        person=person,
        next_contact=told.next_contact,
        review_on=told.review_on,
        agreed=told.agreed,
        signing=told.signing or ("signed" if told.agreed else "not_asked"),
        copy_given=london_day(work.happened) if told.copy_given else "",
        copy_how="given" if told.copy_given else "",
        **said.fields(),
    )
    for step in told.steps:
        owner = step.who if step.who in ("landlord", "resident") else "agency"
        who = step.who if owner == "agency" else ""
        told_step = {"owner": owner, "who": who, "what": step.what, "by": step.by, "history_id": step.history_id}
        new(work, Action, case_file(case), plan=plan.id, **told_step)
    return plan.id


def signing_of(signing: str, signed: bool | None, agreed: bool) -> str:
    """How signing went, from the fields that a history may have."""
    if signing:
        return signing
    if signed is None:
        return "agreed_aloud" if agreed else "not_asked"
    return "signed" if signed else "agrees_unsigned" if agreed else "does_not_agree"


def newest_version(work: Work, case: str) -> PlanVersion | None:
    """The version that stands, if there is one."""
    found = sa.select(PlanVersion).where(PlanVersion.file == case_file(case), PlanVersion.struck.is_(None))
    known = work.select(found.order_by(PlanVersion.at, PlanVersion.id))
    return work.get(PlanVersion, known[-1].id) if known else None


@action("plan.copy_given")
def record_copy(work: Work, case: str, *, said: Said = NOTHING) -> str:
    """The copy was given later. Another copy does not move the day of the first; one of a plan that nobody wrote
    down is kept as it was told.
    """
    plan = newest_version(work, case)
    if plan is not None and not plan.copy_given:
        put(plan, copy_given=london_day(work.happened), copy_how="given")
    return became(work, case, "plan_copy_given", plan.id if plan else "", said)


@action("plan.action_done")
def history_step_done(work: Work, case: str, history_id: str, *, said: Said = NOTHING) -> None:
    """A step known by its id in a history was done."""
    action_done(work, step_called(work, case, history_id), note=said.note, said=said)


@action("plan.action_moved")
def history_step_moved(work: Work, case: str, history_id: str, to: str, *, told: bool, said: Said = NOTHING) -> None:
    """A step known by its id in a history has a new day."""
    move_action(work, step_called(work, case, history_id), to, told=told, why="" if told else "Not said", said=said)


def step_called(work: Work, case: str, history_id: str) -> str:
    """Id of the step with this id in its history. Raises UserError when there is none."""
    step = step_in(work.session, case, history_id)
    if not step:
        raise UserError("This step of the plan is not in the case.")
    return step


def step_in(session: Session, case: str, history_id: str) -> str:
    """Id of the step with this id in its history, or empty."""
    found = sa.select(Action.id).where(Action.file == case_file(case), Action.history_id == history_id)
    return str(session.scalar(found.limit(1)) or "")
