"""Moves: asked for, answered, and the steps that the landlord drives once one is agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asbdesk.casework import moves
from asbdesk.casework.parts import Add, Choices, Part, PartCard, Taking, choices
from asbdesk.casework.parts.reading import newest_first, outcomes, standing, when
from asbdesk.casework.views import Pill
from asbdesk.model import MoveRequest, Progress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done

SORTS = {"management": "A lasting move", "temporary": "A move for a time", "exchange": "An exchange"}


def _ask(t: Taking) -> Done[Any]:
    fields = {"person": t.text("person"), "sort": t.text("sort"), "why": t.text("why")}
    return t.do(moves.ask_move, t.case, promised=t.yes("promised"), said=t.said(), **fields)


def _answer(t: Taking) -> Done[Any]:
    return t.do(moves.answer_move, t.case, t.yes("agreed"), request=t.about, said=t.said())


def _step(t: Taking) -> Done[Any]:
    return t.do(moves.move_step, t.case, told=t.yes("told"), request=t.about, said=t.said())


def _people(session: Session, case: str, about: str) -> Choices:
    return {"person": choices.people(session, case, alleged=False)}


def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    became = outcomes(session, case)
    steps: dict[str, list[Progress]] = {}
    for progress in standing(session, Progress, case):
        if progress.what == "move_step":
            steps.setdefault(progress.about or "", []).append(progress)
    found = [
        (m.at, _card(m, became[m.id].get("move_answered"), steps.get(m.id, [])))
        for m in standing(session, MoveRequest, case)
    ]
    return newest_first(found)


def _card(move: MoveRequest, answered: Progress | None, steps: list[Progress]) -> PartCard:
    agreed = answered.result if answered else None
    pill = {"yes": Pill("Agreed", "good"), "no": Pill("Not agreed", "plain")}.get(agreed or "")
    pill = pill or (Pill("Answered", "plain") if answered else Pill("No answer yet", "warning"))
    pills = (pill, *((Pill("Promised before", "warning"),) if move.promised else ()))
    lines = [f"Why: {move.why}"] if move.why else []
    lines += [f"Our answer: {answered.note}"] if answered and answered.note else []
    lines += [f"{when(step.at)}: {step.note or 'a step'}" for step in steps]
    acts = ("move_step",) if agreed == "yes" else () if answered else ("move_answer",)
    title = SORTS.get(move.sort or "", "A move")
    return PartCard(move.id, "house", title, when(move.at), tuple(lines), move.note or "", pills, acts=acts)


PART = Part(
    name="moves",
    title="Moves",
    icon="house",
    empty="Nobody has asked to move. Where a home is not safe, a move for a time comes first.",
    cards=cards,
    adds=(Add("move", "They ask to move", "house", "The request is written down.", _ask, _people),),
    follows=(
        Add("move_answer", "We answered", "send", "Our answer is written down.", _answer),
        Add("move_step", "A step towards it", "footprints", "The step is written down.", _step),
    ),
)
