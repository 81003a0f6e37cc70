"""How a visit's plan is printed: the layout and the language, and what still has to be put into that language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework import languages
from asbdesk.casework.languages import Offer

if TYPE_CHECKING:
    from asbdesk.casework.visit_state import VisitState
    from asbdesk.casework.visit_views import PlanDraft
    from asbdesk.documents.paper import PlanPaper


def form_of(state: VisitState, plan: PlanDraft) -> Offer:
    """The layout and the language that the plan is printed in: as chosen, else as it is offered to this person."""
    known = languages.languages(state.desk)
    kept, v = state.desk.read(languages.offer, state.person, known), state.values()
    today = languages.layout_of([*map(str, v.get("easier") or ()), str(v.get("easier_words") or "")])
    said = languages.code_of(str(v.get("language") or ""), known)
    layout = plan.layout or (today if today != "standard" else kept.layout)
    return Offer(layout, "" if plan.language == "en" else plan.language or said or kept.language)


def to_put(state: VisitState, plan: PlanDraft, paper: PlanPaper) -> tuple[tuple[str, str], ...]:
    """What stands in English on the plan, and how it reads in the person's language so far."""
    from asbdesk.documents.bilingual import to_put

    put = languages.own(state.desk, form_of(state, plan).language)
    return to_put(paper, put.words) if put is not None else ()
