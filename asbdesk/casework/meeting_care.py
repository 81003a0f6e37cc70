"""What somebody has lived through changes how we meet and speak with them: agreed once, then said before each meeting
(FEATURES.md R15)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from asbdesk.casework import finished
from asbdesk.casework.needs import needs_of
from asbdesk.casework.people import involved

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.forms.definition import Form
    from asbdesk.model import FinishedForm

FORM = "meeting_care"
TITLE = "How we meet and speak with them"
CHANGES = frozenset(
    ("abuse_survivor", "victim_before", "self_harm", "mental_health", "autism", "learning_disability", "memory")
)
"""Needs that change a meeting; others change what is sent, or how soon something is done."""
ALLEGED = "alleged_perpetrator"


def care_for(session: Session, case: str) -> dict[str, tuple[str, ...]]:
    """Person → what to do and not to do when we meet them, as it was written last."""
    return {person: _lines(session, kept) for person, kept in finished.newest(session, case, FORM).items() if person}


def _lines(session: Session, kept: FinishedForm) -> tuple[str, ...]:
    told = {question.id: words for question, words in finished.answered(session, kept.definition, kept.answers)}
    never = told.get("never", "").rstrip(".")
    return tuple(t for t in (told.get("know", ""), told.get("how", ""), f"Never: {never}" if never else "") if t)


def without(session: Session, case: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """People of the case, but for those named in reports, with a need that changes a meeting and nothing written of
    how; `known`: those for whom it is."""
    ours = [i.person for i in involved(session, case) if i.person and i.role != ALLEGED]
    needed = needs_of(session, dict.fromkeys(ours))
    return tuple(id for id, needs in needed.items() if id not in {*known} and any(n.what in CHANGES for n in needs))


def form(desk: Desk) -> Form:
    """Its questions, in the landlord's own words where it has some."""
    from asbdesk.forms.load import one_form

    return one_form(FORM, desk.store.paths.own_forms)
