"""What the landlord knows of itself: names, hours, the second person, and the numbers to have before a first visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.records import landlord_of, new, put
from asbdesk.casework.views import NumberLine
from asbdesk.model import Landlord, Member, UsefulNumber
from asbdesk.store.prepared import Prepared
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

NUMBERS: dict[str, tuple[str, bool]] = {
    "children_social_care": ("Children's social care", True),
    "adult_social_care": ("Adults' social care", True),
    "police": ("Local police", False),
    "council_asb": ("Council ASB team", False),
    "case_review": ("ASB Case Review contact", False),
    "domestic_abuse": ("Domestic abuse support", False),
    "hate": ("Hate incident support", False),
    "interpreter": ("Interpreter", False),
    "data_protection": ("Data protection lead", False),
}
"""Key → (words, whether a number for nights is asked for): the card on Today, the plan's numbers (PRACTICE.md 22)."""
PRINTED = {"police": "Local police", "council_asb": "The council’s team for anti-social behaviour"}
"""Which of them print on every plan, and as what. Support after abuse or hate never does: papers lie about."""


@dataclass(frozen=True)
class LandlordView:
    """What papers and screens say of the landlord and of the officer who writes."""

    id: str = ""
    name: str = ""
    homes: int = 0
    desk_letter: str = "A"
    closed_number: str = ""
    second_name: str = ""
    second_number: str = ""
    officer: str = ""
    officer_id: str = ""
    officer_job: str = ""
    officer_number: str = ""
    officer_hours: str = ""
    complaint_number: str = ""
    case_review_number: str = ""
    useful: tuple[tuple[str, str], ...] = ()

    @property
    def on_a_plan(self) -> dict[str, Any]:
        """What a plan prints of it (`documents.paper.PlanPaper`)."""
        names = ("officer", "officer_number", "officer_hours", "closed_number", "complaint_number")
        told = {name: getattr(self, name) for name in (*names, "case_review_number", "useful")}
        return {"landlord": self.name, **told}


def landlord_view(session: Session, member: str) -> LandlordView:
    """The landlord as seen by one member. Empty before set-up."""
    landlord = session.scalars(sa.select(Landlord).order_by(Landlord.id).limit(1)).first()
    if landlord is None:
        return LandlordView()
    officer = session.get(Member, member)
    known = {line.key: line for line in numbers(session)}
    review = known["case_review"].number or known["council_asb"].number
    number = (officer.number if officer else "") or ""
    return LandlordView(
        landlord.id,
        landlord.name or "",
        landlord.homes or 0,
        landlord.desk_letter or "A",
        landlord.closed_number or "",
        landlord.second_name or "",
        landlord.second_number or "",
        officer=(officer.name if officer else "") or "",
        officer_id=member,
        officer_number=number,
        officer_job=(officer.job if officer else "") or "",
        officer_hours=(officer.hours if officer else "") or "",
        complaint_number=landlord.second_number or number,
        case_review_number=review,
        useful=tuple((words, known[key].number) for key, words in PRINTED.items() if known[key].number),
    )


def numbers(session: Session) -> tuple[NumberLine, ...]:
    """All the numbers to have, filled or not, in the order of the card."""
    kept = {what: (number or "", night or "", bool(none)) for what, number, night, none in _KEPT.rows(session)}
    nothing = ("", "", False)
    lines = (
        NumberLine(key, label, *kept.get(key, nothing), wants_night=night) for key, (label, night) in NUMBERS.items()
    )
    return tuple(lines)


_numbers = UsefulNumber.__table__.c
_KEPT = Prepared(
    sa.select(_numbers.what, _numbers.number, _numbers.night, sa.type_coerce(_numbers.none_here, sa.Integer)).where(
        _numbers.struck.is_(None)
    )
)


@action("landlord.set_up")
def set_up_landlord(
    work: Work, name: str, homes: int, *, closed_number: str, authority: str, second: tuple[str, str]
) -> str:
    """The landlord, at first start. Its id. The first desk's letter is A."""
    return new(
        work,
        Landlord,
        name=name,
        homes=homes,
        desk_letter="A",
        closed_number=closed_number,
        authority=authority,
        second_name=second[0],
        second_number=second[1],
    ).id


@action("landlord.changed")
def change_landlord(work: Work, **fields: str) -> None:
    """Correct what papers say of the landlord (`name`, `closed_number`, `second_name`, `second_number`)."""
    put(landlord_of(work), **fields)


@action("member.added")
def add_member(
    work: Work, name: str, *, job: str = "", number: str = "", hours: str = "", certificate: str = ""
) -> str:
    """Somebody who works with the desk. Their id."""
    file = f"landlord/{landlord_of(work).id}"
    told = {"name": name, "job": job, "number": number, "hours": hours, "certificate": certificate}
    return new(work, Member, file, **told, role="officer").id


@action("member.changed")
def change_member(work: Work, member: str, **fields: str) -> None:
    """Correct a member's `name`, `job`, `number` or `hours`."""
    put(work.get(Member, member), **fields)


@action("landlord.number_set")
def set_number(work: Work, key: str, number: str, *, night: str = "", none_here: bool = False) -> None:
    """One of the numbers to have; `none_here`: there is no such service, so it is no longer asked for."""
    if key not in NUMBERS:
        raise KeyError(key)
    known = work.select(sa.select(UsefulNumber).where(UsefulNumber.what == key, UsefulNumber.struck.is_(None)))
    if known:
        put(known[0], number=number.strip(), night=night.strip(), none_here=none_here)
        return
    file = f"landlord/{landlord_of(work).id}"
    told = {"name": NUMBERS[key][0], "number": number.strip(), "night": night.strip(), "none_here": none_here or None}
    new(work, UsefulNumber, file, what=key, **told)
