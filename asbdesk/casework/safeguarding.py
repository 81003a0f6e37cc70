"""Safeguarding decisions, and the steps that a risk level asks for: support, safety, a manager, other bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework.agencies import refer
from asbdesk.casework.internal import internal_done
from asbdesk.casework.told import NOTHING, Said, happen, one_of
from asbdesk.model import RiskAction, SafeguardingDecision
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

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
