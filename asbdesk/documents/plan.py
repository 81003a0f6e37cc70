"""The resident's plan on paper: one sheet where it can be, in the headings and sentences of the work's own rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from asbdesk.documents.authority import fingerprint
from asbdesk.documents.paper import PlanPaper, Turn
from asbdesk.documents.released import Released
from asbdesk.documents.words import Words, words

if TYPE_CHECKING:
    from asbdesk.documents.pages import Paper

AIR = 1.1
"""At least this much higher a page gets with the standard sizes."""


def make(
    released: Released[PlanPaper],
    *,
    large: bool = False,
    draft: bool = False,
    to_read: bool = False,
    authority: bytes | None = None,
    language: str = "en",
) -> bytes:
    """The plan as a PDF, not yet sealed. `large` is 18 point in one column; a `draft` says so on each page.

    It has an empty, tagged signature field for the seal; a draft has none, nor has a copy `to_read` of a plan that was
    agreed (large print, made later), which does not say that it is locked. The mark of `authority` (PEM), which will
    stand behind the seal, prints small beside the code.
    """
    from asbdesk.documents.pages import HEIGHT, LARGE, STANDARD, TIGHT
    from asbdesk.documents.plan_parts import back_of, front_of

    say = words("plan", language)
    paper = replace(released.what, authority=fingerprint(authority)) if authority else released.what
    turn = Turn.DRAFT if draft else Turn.TO_READ if to_read else Turn.SEALED
    usual = (LARGE,) if large else (STANDARD, TIGHT)
    front = _first_that_fits(front_of(paper, say, size, draft) for size in usual)
    back = None if large else _one_side(paper, say, turn)
    if front.height() > HEIGHT or back is None or back.height() > HEIGHT:
        # More than one sheet: one column, with air, over as many pages as it takes.
        front = front_of(paper, say, usual[0], draft) if front.height() > HEIGHT else front
        back = back_of(paper, say, usual[0], turn, columns=False)
    return _render([front, back], released, say, draft, front.height() <= HEIGHT)


def _first_that_fits(tries: Iterable[Paper]) -> Paper:
    """The first that one side holds, else the last."""
    from asbdesk.documents.pages import HEIGHT

    for made in tries:
        if made.height() <= HEIGHT:
            break
    return made


def _one_side(paper: PlanPaper, say: Words, turn: Turn) -> Paper:
    """The back in two columns: tight, as most need it; with more air where there is much room left."""
    from asbdesk.documents.pages import HEIGHT, STANDARD, TIGHT, narrowed
    from asbdesk.documents.plan_parts import back_of

    tight = back_of(paper, say, TIGHT, turn, columns=True)
    if tight.height() > HEIGHT / AIR:
        return tight
    airy = back_of(paper, say, narrowed(STANDARD, short=0.0), turn, columns=True)
    return airy if airy.height() <= HEIGHT else tight


def _render(sides: list[Paper], released: Released[PlanPaper], say: Words, draft: bool, breaks: bool) -> bytes:
    from asbdesk.documents.finish import About
    from asbdesk.documents.fonts import printable
    from asbdesk.documents.pages import render

    paper = released.what

    def footer(page: int, count: int) -> tuple[str, str]:
        left = say.bare("footer.page", page=str(page), pages=str(count))
        more = "" if page == count else say.bare("footer.other_side" if page % 2 else "footer.next_sheet")
        return left, more

    title = say.bare("footer.description", reference=paper.reference, version=paper.version)
    about = About(printable(title), printable(paper.landlord or "asbdesk"), released.at, f"{say.language}-GB")
    return render(sides, about, footer, say.bare("draft") if draft else "", breaks=breaks)
