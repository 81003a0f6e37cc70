"""Safeguarding decisions, and the steps that a risk level asks for: support, safety, a manager, other bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.agencies import refer
from asbdesk.casework.internal import internal, internal_done
from asbdesk.casework.records import case_file, put
from asbdesk.casework.told import NOTHING, Said, all_of, happen, one_of, words
from asbdesk.casework.words import label
from asbdesk.clock import london_day
from asbdesk.duties.safeguarding import AT_RISK
from asbdesk.forms.answers import word_of
from asbdesk.model import Action, RiskAction, SafeguardingDecision
from asbdesk.model.journal import due
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

__all__ = [
    "AT_RISK",
    "BODIES",
    "GETTING_HURT",
    "ask_if_hurt",
    "decide",
    "getting_hurt",
    "hold",
    "owed",
    "settle",
    "take_step",
]

GETTING_HURT = (
    "Decide about safeguarding: could someone there be getting hurt? No letter or visit about noise until then"
)
STEPS = ("support_offered", "safety_measure", "manager_sign_off", "multi_agency_considered")


@action("safeguarding.decided")
def decide(
    work: Work,
    case: str,
    referred: bool,
    reason: str = "",
    *,
    person: str = "",
    to: str = "",
    told: str = "",
    manager: str = "",
    said: Said = NOTHING,
) -> str:
    """The written decision: referred, or why not. `to` names the body; then the referral is opened too, so that
    somebody chases it (PRACTICE.md 21). `told`: who was told the same day."""
    fields = {"person": person, "referred": referred, "reason": reason, "told": told, "manager": manager}
    decision = happen(work, SafeguardingDecision, case, said, **fields, by=work.member)
    if referred and to:
        refer(work, case, to, "Safeguarding", person=person, came_from=decision)
    internal_done(work, case, "safeguarding", reason)
    return decision


BODIES = ("childrens_social_care", "adult_social_care", "police", "idva", "mental_health")
"""Whom a safeguarding referral goes to, of the list of agencies."""


@action("safeguarding.decided")
def settle(
    work: Work, case: str, since: str, referred: bool, reason: str, *, person: str, to: str = "", told: str = ""
) -> str:
    """The decision of one visit or talk that began at `since`: said again differently, it is put right, not written
    twice. Raises UserError for "not referred" without why, and for a referral to nobody."""
    if not referred:
        words(reason, "Write why it is not referred, or choose “Not decided yet”.")
    elif not to:
        one_of(to, BODIES, "Choose who it is referred to, or “Not decided yet”.")
    mine = [d for d in all_of(work, SafeguardingDecision, case) if d.person == person and (d.at or "") >= since]
    body = label("agency", to) if to else ""
    if not mine:
        return decide(work, case, referred, reason, person=person, to=body, told=told)
    standing = mine[-1]
    if referred and not standing.referred:
        refer(work, case, body, "Safeguarding", person=person, came_from=standing.id)
    put(standing, referred=referred, reason=reason or None, told=told or None, by=work.member)
    internal_done(work, case, "safeguarding", reason)
    return standing.id


def getting_hurt(answer: Any) -> bool:
    """ "Could someone there be getting hurt?": yes and not sure both ask for a decision (PRACTICE.md 2)."""
    return answer in ("yes", "not_sure") or (answer is not None and word_of(answer) == "dont_know")


def ask_if_hurt(work: Work, case: str, answer: Any) -> None:
    """What was answered to it where a report is taken or first looked at: a decision is owed, and letters and visits
    about noise wait for it."""
    if getting_hurt(answer):
        internal(work, case, "safeguarding", GETTING_HURT, london_day(work.happened))


def owed(session: Session, case: str) -> bool:
    """Does a safeguarding decision stand open in a case, as a duty or as a step that a visit or first look opened."""
    duty = sa.select(due.c.key).where(due.c.case == case, due.c.code == "safeguarding", due.c.state == "open")
    return any(session.execute(which.limit(1)).first() is not None for which in (duty, _step(case)))


HELD = (
    "Somebody there could be getting hurt. Write the safeguarding decision first: until then no letter and no visit "
    "about noise goes to that home."
)


def hold(session: Session, case: str) -> str:
    """Why no letter, visit or warning may go to the home that the case is about; empty where it may (PRACTICE.md 2)."""
    return HELD if session.execute(_step(case).limit(1)).first() is not None else ""


def _step(case: str) -> sa.Select[Any]:
    step = sa.select(Action.id).where(Action.file == case_file(case), Action.code == "safeguarding")
    return step.where(Action.done_on.is_(None), Action.struck.is_(None))


@action("risk.step_taken")
def take_step(
    work: Work,
    case: str,
    what: str,
    *,
    declined: bool | None = None,
    person: str = "",
    service: str = "",
    reason: str = "",
    said: Said = NOTHING,
) -> str:
    """A step a risk level asks for, taken or, with a reason, not wanted. Support offered is one of them."""
    one_of(what, STEPS, "Choose the step: support, a safety measure, a manager's sign-off, or other bodies.")
    fields = {"what": what, "declined": declined, "person": person, "service": service, "reason": reason}
    return happen(work, RiskAction, case, said, **fields, by=work.member)
