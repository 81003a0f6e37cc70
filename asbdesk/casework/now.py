"""Now: what cannot wait for a working day is asked before the screen can be left (PRACTICE.md 3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from asbdesk.casework.records import put
from asbdesk.casework.told import NOTHING, Said, happen
from asbdesk.errors import UserError
from asbdesk.model import Now
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work


@action("now.raised")
def raise_now(work: Work, case: str, about: str, raised_by: Sequence[str], *, said: Said = NOTHING) -> str:
    """Somebody may be in danger: a card that stands first on Today until it is answered."""
    return happen(work, Now, case, said, about=about, raised_by=list(raised_by))


@action("now.card_answered")
def answer(work: Work, card: str, *, danger: str = "", told: str = "", tonight: str = "", next_try: str = "") -> None:
    """Is anyone in danger, who was told, what keeps them safe tonight. An answer left out needs `next_try`, the
    instant or day it is tried again; the card stands until all three are answered."""
    found = work.get(Now, card)
    put(found, danger=danger.strip() or None, told=told.strip() or None, tonight=tonight.strip() or None)
    if found.danger and found.told and found.tonight:
        found.answered = work.happened
    elif not next_try:
        raise UserError("Answer all three, or write “not reached” with when you try next.")
    else:
        found.next_try = next_try
