"""Agencies: those we work with; what we asked of them and chased, what they asked of us, what they told us unasked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.records import landlord_of, new, put
from asbdesk.casework.told import NOTHING, Said, became, happen, in_case, words
from asbdesk.errors import UserError
from asbdesk.model import Agency, AgencyInformation, AgencyRequest, Referral
from asbdesk.spelling import search_text
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

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


@dataclass(frozen=True)
class AgencyLine:
    """A body we work with, as the landlord's list has it."""

    id: str = ""
    name: str = ""
    sort: str = ""
    contact: str = ""
    number: str = ""
    email: str = ""
    agreement: str = ""
    ended: str = ""

    @property
    def reach(self) -> str:
        """Whom we speak to there, and how: "PC Invented, 01632 960170"."""
        return ", ".join(each for each in (self.contact, self.number, self.email) if each)


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
    keep: AgencyLine | None = None,
    said: Said = NOTHING,
) -> str:
    """Ask an agency for something; `keep`: it is new to us, and stands among our agencies from now on. Raises UserError
    where the person said no and no power is named."""
    share = sharing or Sharing()
    if share.permission == "no" and not share.basis.strip():
        raise UserError("They said no. Keep to it, or write the power used, why it is needed, and who decided.")
    if keep is not None:
        add_agency(work, agency, keep.sort, contact=keep.contact, number=keep.number)
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
def add_agency(work: Work, name: str, sort: str = "", **fields: Any) -> str:
    """A body we work with, for the landlord's own list. Keywords: `contact`, `number`, `email`, `agreement`. One of
    this name that is known, worked with or no more, is kept, and what is new of it is written down."""
    name = words(name, WHO)
    told = {key: str(value).strip() for key, value in {"sort": sort, **fields}.items()}
    for known in work.select(sa.select(Agency).where(Agency.struck.is_(None)).order_by(Agency.id)):
        if search_text(known.name) == search_text(name):
            put(known, **{key: value for key, value in told.items() if value})
            known.ended = None
            return str(known.id)
    return new(work, Agency, f"landlord/{landlord_of(work).id}", name=name, **told).id


@action("agency.changed")
def change_agency(work: Work, agency: str, **fields: Any) -> None:
    """Correct what is known of a body; `ended`, a day, takes it off the list. Empty takes away what stood there. Raises
    UserError without a name."""
    if "name" in fields:
        fields["name"] = words(fields["name"], WHO)
    found = work.get(Agency, agency)
    for name, value in fields.items():
        setattr(found, name, value or None)


def our_agencies(session: Session) -> tuple[AgencyLine, ...]:
    """The bodies on the landlord's list by name; those that we no longer work with last."""
    which = sa.select(Agency).where(Agency.struck.is_(None))
    found = sorted(session.scalars(which), key=lambda each: (each.ended or "", search_text(each.name), each.id))
    names = ("name", "sort", "contact", "number", "email", "agreement", "ended")
    return tuple(AgencyLine(each.id, **{name: getattr(each, name) or "" for name in names}) for each in found)


def reached_at(session: Session, name: str) -> str:
    """How a body of this name is reached, as far as the landlord's list knows."""
    same = (each for each in our_agencies(session) if search_text(each.name) == search_text(name))
    return next((each.reach for each in same), "")
