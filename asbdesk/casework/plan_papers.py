"""The plan of a case on paper: as it was sealed, or made anew in another layout or language, to be read beside it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asbdesk.casework.plans import paper_from, versions
from asbdesk.casework.seals import newest
from asbdesk.documents.paper import PlanPaper
from asbdesk.errors import UserError
from asbdesk.model import PlanVersion
from asbdesk.store.values import tips

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.documents.released import Released

CARD = "card"
"""The layout of the pocket card, which is never sealed."""


@dataclass(frozen=True)
class CurrentPlan:
    """The plan that stands, as a PDF: sealed as it was given, or made anew and marked as a draft."""

    number: str
    pdf: bytes
    sealed: bool


def current_plan(desk: Desk, case: str, *, layout: str = "", language: str | None = None) -> CurrentPlan:
    """The newest standing version of a case, as it was sealed; in another layout or language than that made anew, and
    so marked as a draft. `language`: a code, "en" for English alone. Raises UserError."""
    found = desk.read(_newest, case)
    if found is None:
        raise UserError("There is no plan in this case yet.")
    number, person, blob, key, paper = found
    wanted = _in_form(paper, layout, language)
    if blob and (wanted.layout or "standard", wanted.language) == (paper.layout or "standard", paper.language):
        return CurrentPlan(number, desk.files.read(blob, key), True)
    return CurrentPlan(number, printed(desk, _released(desk, case, person, wanted), draft=True), False)


def to_read(desk: Desk, case: str, *, layout: str = "large", language: str | None = None) -> bytes:
    """The newest standing version in another layout or language, to read beside the sealed one. Raises UserError."""
    found = desk.read(_newest, case)
    if found is None:
        raise UserError("There is no plan in this case yet.")
    _, person, _, _, paper = found
    return printed(desk, _released(desk, case, person, _in_form(paper, layout, language)), to_read=True)


def reader_of(session: Session, case: str) -> str:
    """The person whom the newest standing version was made with. Raises UserError where there is none."""
    ends = tips(versions(session, case))
    if not ends:
        raise UserError("There is no plan in this case yet.")
    return ends[-1].person or ""


def _in_form(paper: PlanPaper, layout: str, language: str | None) -> PlanPaper:
    """The same paper as it is wanted now; what is left open stays as it was agreed."""
    other = paper.language if language is None else "" if language == "en" else language
    return dataclasses.replace(paper, layout=layout or paper.layout, language=other)


def _released(desk: Desk, case: str, person: str, paper: PlanPaper) -> Released[PlanPaper]:
    from asbdesk.casework.release import release_plan
    from asbdesk.clock import instant

    return desk.read(release_plan, case, person, paper, instant(desk.clock.now()))


def printed(desk: Desk, released: Released[PlanPaper], **how: Any) -> bytes:
    """A released paper as a PDF, in its own layout and language. Raises UserError."""
    from asbdesk.casework.languages import own
    from asbdesk.documents import pocket_card
    from asbdesk.documents.plan import make

    paper = released.what
    if paper.layout == CARD:
        return pocket_card.make(released, own=own(desk, paper.language))
    return make(released, layout=paper.layout or "standard", own=own(desk, paper.language), **how)


def _newest(session: Session, case: str) -> tuple[str, str, str, str, PlanPaper] | None:
    ends = tips(versions(session, case))
    if not ends:
        return None
    v = ends[-1]
    paper = paper_from(v.content or {})
    blob, key = newest(session, f"{PlanVersion.kind}/{v.id}") or ("", "")
    return v.number or "", v.person or "", blob, key, paper
