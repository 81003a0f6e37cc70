"""Papers to give along with a letter or a visit: made from whom to ring alone, and released like everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from asbdesk.casework import release
from asbdesk.casework.letter_facts import facts_for
from asbdesk.clock import instant
from asbdesk.documents import give_along
from asbdesk.documents.give_along import GiveAlong
from asbdesk.documents.pocket_card import quiet
from asbdesk.documents.released import Released
from asbdesk.errors import UserError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk

MAKE: dict[str, Callable[[Released[GiveAlong]], bytes]] = {
    "diary": give_along.diary_sheet,
    "contact": give_along.contact_card,
    "next": give_along.what_next,
}
"""Key → the paper."""


def make_paper(desk: Desk, key: str, case: str, person: str) -> bytes:
    """A paper for one person of the case. Raises UserError for one that is none, and `release.Refused` where nothing
    may be left with them."""
    if key not in MAKE:
        raise UserError("There is no such paper. Choose the diary sheet, the contact card or “what happens next”.")
    return MAKE[key](desk.read(_released, desk, case, person))


def _released(session: Session, desk: Desk, case: str, person: str) -> Released[GiveAlong]:
    facts = facts_for(session, case, person, desk.member, desk.today)
    text = {name: value if isinstance(value, str) else "" for name, value in facts.items()}
    paper = GiveAlong(
        landlord=text["landlord"],
        reference=quiet(text["reference"]),
        officer=text["officer"],
        number=text["number"],
        hours=text["hours"],
        closed_number=text["closed_number"],
        second=text["second"],
        second_number=text["second_number"],
        complaint_number=text["complaint_number"],
        review_number=text["review_number"],
        ombudsman=bool(text["ombudsman"]),
    )
    return release.release_given(session, case, person, paper, text["name"], instant(desk.clock.now()))
