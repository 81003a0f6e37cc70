"""What has a day set by somebody else: courts, the Ombudsman, a request for one's own data, a professional's letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework.told import NOTHING, Said, became, happen, in_case, oldest_open, words
from asbdesk.model import (
    CourtOrder,
    OmbudsmanOrder,
    OmbudsmanRequest,
    OrderBreach,
    ProfessionalLetter,
    SubjectAccess,
)
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work


# ---- courts
@action("court.day_set")
def court_order(work: Work, case: str, what: str, day: str, *, against: str = "", said: Said = NOTHING) -> str:
    """A hearing, a notice or an order, with its day."""
    what = words(what, "Write what it is: a hearing, a notice, an order.")
    return happen(work, CourtOrder, case, said, what=what, day=day, against=against)


@action("court.met")
def court_order_met(work: Work, case: str, order: str = "", *, said: Said = NOTHING) -> str:
    """Acted on, extended, or let go with a reason (in the note). The oldest one open, unless one is named."""
    about = (
        in_case(work, CourtOrder, order, case).id if order else oldest_open(work, CourtOrder, case, "court_order_met")
    )
    return became(work, case, "court_order_met", about, said)


@action("court.breached")
def breach(work: Work, case: str, order: str = "", *, report: str = "", said: Said = NOTHING) -> str:
    """A court order or an undertaking was not kept."""
    if order:
        in_case(work, CourtOrder, order, case)
    return happen(work, OrderBreach, case, said, order=order, report=report)


@action("court.breach_decided")
def decide_breach(work: Work, case: str, decision: str, broken: str = "", *, said: Said = NOTHING) -> str:
    """Police, court, or not, and why."""
    about = broken or oldest_open(work, OrderBreach, case, "order_breach_decided")
    decision = words(decision, "Write what was decided, and why.")
    return became(work, case, "order_breach_decided", about, said, result=decision)


# ---- the Ombudsman
@action("ombudsman.asked")
def ombudsman_request(work: Work, case: str, *, by: str = "", said: Said = NOTHING) -> str:
    """The Ombudsman asks us for information or a reply, by a day."""
    return happen(work, OmbudsmanRequest, case, said, by=by)


@action("ombudsman.answered")
def ombudsman_answered(work: Work, case: str, request: str = "", *, said: Said = NOTHING) -> str:
    """Answered: the oldest one open, unless one is named."""
    about = request or oldest_open(work, OmbudsmanRequest, case, "ombudsman_answered")
    return became(work, case, "ombudsman_answered", about, said)


@action("ombudsman.ordered")
def ombudsman_order(
    work: Work, case: str, what: str = "", *, by: str = "", recommendation: bool | None = None, said: Said = NOTHING
) -> str:
    """An order or a recommendation, and its day."""
    return happen(work, OmbudsmanOrder, case, said, what=what, by=by, recommendation=recommendation)


@action("ombudsman.order_met")
def ombudsman_order_met(work: Work, case: str, order: str = "", *, said: Said = NOTHING) -> str:
    """It was done: the oldest one open, unless one is named."""
    about = order or oldest_open(work, OmbudsmanOrder, case, "order_met")
    return became(work, case, "order_met", about, said)


# ---- one's own data
@action("subject_access.asked")
def subject_access(work: Work, case: str, *, person: str = "", scope: str = "", said: Said = NOTHING) -> str:
    """Somebody asks for their own data."""
    return happen(work, SubjectAccess, case, said, person=person, scope=scope)


@action("subject_access.answered")
def subject_access_answered(work: Work, case: str, request: str = "", *, said: Said = NOTHING) -> str:
    """Sent, or refused with reasons (in the note)."""
    about = request or oldest_open(work, SubjectAccess, case, "subject_access_answered")
    return became(work, case, "subject_access_answered", about, said)


# ---- letters from those with a duty of care
@action("letter.received")
def professional_letter(
    work: Work,
    case: str,
    from_: str,
    *,
    about: str = "",
    sort: str = "",
    harm: bool | None = None,
    evidence: str = "",
    said: Said = NOTHING,
) -> str:
    """A doctor, school, carer or relative wrote about harm: the same weight for each resident."""
    from_ = words(from_, "Write who it is from.")
    return happen(
        work, ProfessionalLetter, case, said, from_=from_, about=about, sort=sort, harm=harm, evidence=evidence
    )


@action("letter.answered")
def professional_letter_answered(
    work: Work, case: str, letter: str = "", *, changed: str = "", said: Said = NOTHING
) -> str:
    """Weighed and answered, with what changed."""
    about = letter or oldest_open(work, ProfessionalLetter, case, "professional_letter_answered")
    return became(work, case, "professional_letter_answered", about, said, result=changed)
