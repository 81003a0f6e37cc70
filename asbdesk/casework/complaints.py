"""Complaints about us: accepted or declined, acknowledged, extended, answered, escalated; and what was offered.

Never the case itself: a complaint about neighbours is a report, a complaint about how we handled it is a complaint.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from asbdesk.casework.records import put
from asbdesk.casework.told import NOTHING, Said, became, happen, in_case, one_of, words
from asbdesk.clock import london_day
from asbdesk.documents.naming import may_be_same
from asbdesk.errors import UserError
from asbdesk.model import Complaint, ComplaintDeclined, Redress
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

ABOUT = ("handling", "staff_conduct", "discrimination", "other")
UPHELD = ("", "yes", "no", "part")
REDRESS = ("apology", "money", "repayment", "works", "other")


@action("complaint.accepted")
def accept(
    work: Work,
    case: str,
    about: str,
    *,
    by: str = "",
    staff: str = "",
    received: str = "",
    handler: str = "",
    points: Sequence[str] = (),
    wanted: str = "",
    said: Said = NOTHING,
) -> str:
    """A complaint; its clocks run from `received`, the day the dissatisfaction was first said (PRACTICE.md 19)."""
    one_of(about, ABOUT, "Choose what it is about: handling, staff conduct, discrimination, or something else.")
    if staff and handler and may_be_same(staff, handler):
        raise UserError("The person complained of cannot handle the complaint. Choose somebody else.")
    fields: dict[str, Any] = {"by": by, "staff": staff, "handler": handler, "points": list(points), "wanted": wanted}
    received = received or london_day(work.happened)
    return happen(work, Complaint, case, said, about=about, received=received, **fields)


@action("complaint.declined")
def decline(work: Work, case: str, reason: str, *, said: Said = NOTHING) -> str:
    """Dissatisfaction that is no complaint, or one refused, with the Code's reason."""
    reason = words(reason, "Write the Code's reason; they may ask the Ombudsman about it.")
    return happen(work, ComplaintDeclined, case, said, reason=reason, by=work.member)


@action("complaint.acknowledged")
def acknowledge(work: Work, case: str, complaint: str, *, stage: int | None = None, said: Said = NOTHING) -> str:
    """Acknowledged at a stage (1 unless said)."""
    in_case(work, Complaint, complaint, case)
    return became(work, case, "complaint_acknowledged", complaint, said, stage=stage)


@action("complaint.extended")
def extend(
    work: Work,
    case: str,
    complaint: str,
    until: str,
    *,
    stage: int | None = None,
    reason: str = "",
    said: Said = NOTHING,
) -> str:
    """More time, once, with reasons, and told to the person who complained."""
    in_case(work, Complaint, complaint, case)
    return became(work, case, "complaint_extended", complaint, said, day=until, stage=stage, reason=reason)


@action("complaint.answered")
def answer(
    work: Work, case: str, complaint: str, stage: int, *, upheld: str = "", cause: str = "", said: Said = NOTHING
) -> str:
    """The answer at a stage: upheld or not, and the underlying cause once known."""
    one_of(upheld, UPHELD, "Choose: upheld, not upheld, or in part.")
    put(in_case(work, Complaint, complaint, case), cause=cause or None)
    return became(work, case, "complaint_answered", complaint, said, stage=stage, result=upheld)


@action("complaint.escalated")
def escalate(work: Work, case: str, complaint: str, *, said: Said = NOTHING) -> str:
    """They asked for stage 2."""
    in_case(work, Complaint, complaint, case)
    return became(work, case, "complaint_escalated", complaint, said)


@action("redress.offered")
def offer_redress(
    work: Work,
    case: str,
    what: str,
    *,
    pence: int | None = None,
    aggravating: Sequence[str] = (),
    reason: str = "",
    by: str = "",
    complaint: str = "",
    said: Said = NOTHING,
) -> str:
    """What was offered, with what made it worse for this household. An apology is offered, never pressed."""
    one_of(what, REDRESS, "Choose what was offered.")
    if what in ("money", "repayment") and not pence:
        raise UserError("Write how much was offered.")
    told: dict[str, Any] = {"pence": pence, "aggravating": list(aggravating), "reason": reason, "by": by}
    return happen(work, Redress, case, said, what=what, complaint=complaint, **told)


@action("redress.followed")
def follow_redress(work: Work, redress: str, *, accepted: bool | None = None, paid: str = "") -> None:
    """Whether it was accepted, and the day it was paid or done."""
    put(work.get(Redress, redress), accepted=accepted, paid=paid or None)
