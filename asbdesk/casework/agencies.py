"""Agencies: what we asked of them and chased, what they asked of us, what they told us unasked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asbdesk.casework.records import landlord_of, new, put
from asbdesk.casework.told import NOTHING, Said, became, happen, in_case, words
from asbdesk.errors import UserError
from asbdesk.model import Agency, AgencyInformation, AgencyRequest, Referral
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

WHO = "Write which agency it is."


@dataclass(frozen=True)
class Sharing:
    """Why we may share: what the person answered, or the power used without a yes (PRACTICE.md 11)."""

    permission: str = ""
    """`yes`, `ask_first`, `no`."""
    basis: str = ""
    decided_by: str = ""
    told_first: str = ""


@action("agency.referred")
def refer(
    work: Work,
    case: str,
    agency: str,
    purpose: str = "",
    *,
    person: str = "",
    sharing: Sharing | None = None,
    came_from: str = "",
    said: Said = NOTHING,
) -> str:
    """Ask an agency for something. Raises UserError where the person said no and no power is named."""
    share = sharing or Sharing()
    if share.permission == "no" and not share.basis.strip():
        raise UserError("They said no. Keep to it, or write the power used, why it is needed, and who decided.")
    how = {"permission": share.permission, "basis": share.basis, "decided_by": share.decided_by}
    told: dict[str, Any] = {"agency": words(agency, WHO), "purpose": purpose, "person": person, "came_from": came_from}
    return happen(work, Referral, case, said, **told, **how, told_first=share.told_first)


@action("agency.replied")
def replied(work: Work, case: str, referral: str, result: str = "", *, said: Said = NOTHING) -> str:
    """An agency answered what we asked; the resident is to be told."""
    in_case(work, Referral, referral, case)
    return became(work, case, "agency_reply", referral, said, result=result)


@action("agency.chased")
def chase(work: Work, case: str, referral: str, *, said: Said = NOTHING) -> str:
    """We chased an answer; our own part goes on meanwhile."""
    in_case(work, Referral, referral, case)
    return became(work, case, "agency_chase", referral, said)


@action("agency.informed_us")
def informed(work: Work, case: str, agency: str, *, risk: bool | None = None, said: Said = NOTHING) -> str:
    """An agency told us something unasked."""
    return happen(work, AgencyInformation, case, said, agency=words(agency, WHO), risk=risk)


@action("agency.asked_us")
def asked(work: Work, case: str, agency: str, *, risk: bool | None = None, due: str = "", said: Said = NOTHING) -> str:
    """An agency asks something of us."""
    return happen(work, AgencyRequest, case, said, agency=words(agency, WHO), risk=risk, due=due)


@action("agency.answered")
def answered(work: Work, case: str, request: str, *, said: Said = NOTHING) -> str:
    """We answered an agency."""
    in_case(work, AgencyRequest, request, case)
    return became(work, case, "agency_answered", request, said)


@action("agency.added")
def add_agency(work: Work, name: str, sort: str, **fields: Any) -> str:
    """A body we work with, for the landlord's own list. Keywords: `contact`, `number`, `email`, `agreement`."""
    file = f"landlord/{landlord_of(work).id}"
    return new(work, Agency, file, name=words(name, WHO), sort=sort, **fields).id


@action("agency.changed")
def change_agency(work: Work, agency: str, **fields: Any) -> None:
    """Correct what is known of a body; `ended` takes it off the list."""
    put(work.get(Agency, agency), **fields)
