"""The plan of a case on paper: as it was sealed, or made anew in another layout or language, to be read beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asbdesk.casework.plans import paper_from, versions
from asbdesk.casework.release import Override, release_out, release_plan
from asbdesk.casework.seals import newest
from asbdesk.casework.sharing import left, stood_in
from asbdesk.casework.way_out import Leaving, plan_leaving
from asbdesk.clock import instant
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
    number, person, blob, key, paper = desk.read(_newest, case)
    wanted = _in_form(paper, layout, language)
    if blob and (wanted.layout or "standard", wanted.language) == (paper.layout or "standard", paper.language):
        return CurrentPlan(number, desk.files.read(blob, key), True)
    return CurrentPlan(number, printed(desk, _released(desk, case, person, wanted), draft=True), False)


def hand_out(
    desk: Desk, case: str, put: Callable[[bytes], object], *, layout: str = "", language: str | None = None,
    reason: str = "",
) -> CurrentPlan:  # fmt: skip
    """`current_plan` given to `put`, to leave the desk: looked at for its reader now, and kept in the case that it left
    (but not beside an open window, where nothing can be written). Raises UserError, and `release.Refused` where
    something stands in its way and no `reason` says why it goes all the same."""
    leaving = desk.read(_leaving, case, desk.member)
    desk.read(release_out, leaving, None, "copy", instant(desk.clock.now()), Override(reason))
    found = current_plan(desk, case, layout=layout, language=language)
    put(found.pdf)
    if not desk.store.reading:
        stood = desk.read(stood_in, leaving)
        told = {"to": leaving.to, "stood": stood, "reason": reason if stood else ""}
        desk.do(left, case, "copy", f"{leaving.what} {found.number}", **told)
    return found


def _leaving(session: Session, case: str, member: str) -> Leaving:
    return plan_leaving(session, _standing(session, case).id, member)


def to_read(desk: Desk, case: str, *, layout: str = "large", language: str | None = None) -> bytes:
    """The newest standing version in another layout or language, to read beside the sealed one. Raises UserError."""
    _, person, _, _, paper = desk.read(_newest, case)
    return printed(desk, _released(desk, case, person, _in_form(paper, layout, language)), to_read=True)


def reader_of(session: Session, case: str) -> str:
    """The person whom the newest standing version was made with. Raises UserError where there is none."""
    return _standing(session, case).person or ""


def _standing(session: Session, case: str) -> PlanVersion:
    ends = tips(versions(session, case))
    if not ends:
        raise UserError("There is no plan in this case yet.")
    return ends[-1]


def _in_form(paper: PlanPaper, layout: str, language: str | None) -> PlanPaper:
    """The same paper as it is wanted now; what is left open stays as it was agreed."""
    other = paper.language if language is None else "" if language == "en" else language
    return dataclasses.replace(paper, layout=layout or paper.layout, language=other)


def _released(desk: Desk, case: str, person: str, paper: PlanPaper) -> Released[PlanPaper]:
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


def _newest(session: Session, case: str) -> tuple[str, str, str, str, PlanPaper]:
    v = _standing(session, case)
    paper = paper_from(v.content or {})
    blob, key = newest(session, f"{PlanVersion.kind}/{v.id}") or ("", "")
    return v.number or "", v.person or "", blob, key, paper
