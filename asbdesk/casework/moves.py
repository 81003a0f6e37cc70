"""Moves: asked for, answered, and each step that the landlord drives once one is agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework.told import NOTHING, Said, all_of, became, happen, oldest_open
from asbdesk.model import MoveRequest
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work


@action("move.asked")
def ask_move(
    work: Work,
    case: str,
    *,
    person: str = "",
    sort: str = "management",
    why: str = "",
    promised: bool | None = None,
    said: Said = NOTHING,
) -> str:
    """A management move was asked for, lasting or for a time."""
    return happen(work, MoveRequest, case, said, person=person, sort=sort, why=why, promised=promised)


@action("move.answered")
def answer_move(work: Work, case: str, agreed: bool | None = None, *, request: str = "", said: Said = NOTHING) -> str:
    """The answer: agreed or not, with the options, in the note. The oldest request still open, unless one is named."""
    about = request or oldest_open(work, MoveRequest, case, "move_answered")
    result = "" if agreed is None else "yes" if agreed else "no"
    return became(work, case, "move_answered", about, said, result=result)


@action("move.step")
def move_step(work: Work, case: str, *, told: bool | None = None, request: str = "", said: Said = NOTHING) -> str:
    """A step towards an agreed move, and whether the resident was told."""
    known = all_of(work, MoveRequest, case)
    return became(work, case, "move_step", request or (known[-1].id if known else ""), said, told=told)
