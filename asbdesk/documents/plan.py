"""The resident's plan on paper: one sheet where it can be, in the headings and sentences of the work's own rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from asbdesk.documents.authority import fingerprint
from asbdesk.documents.paper import LAYOUTS, PlanPaper, Turn
from asbdesk.documents.released import Released
from asbdesk.documents.words import Words, words
from asbdesk.errors import UserError

if TYPE_CHECKING:
    from asbdesk.documents.bilingual import Own
    from asbdesk.documents.pages import Paper

AIR = 1.1
"""At least this much higher a page gets with the standard sizes."""


def make(
    released: Released[PlanPaper],
    *,
    layout: str = "standard",
    own: Own | None = None,
    draft: bool = False,
    to_read: bool = False,
    authority: bytes | None = None,
) -> bytes:
    """The plan as a PDF, not yet sealed, in one of `LAYOUTS`; with `own`, in the resident's language beside English.

    It has empty, tagged signature fields for the seals; a `draft` has none and says so on each page, nor has a copy
    `to_read` of a plan that was agreed (made later, in another layout), which does not say that it is locked. The mark
    of `authority` (PEM), which will stand behind the seal, prints small beside the code.
    """
    from asbdesk.documents.plan_layouts import easy_side, two_languages

    paper = replace(released.what, authority=fingerprint(authority)) if authority else released.what
    turn = Turn.DRAFT if draft else Turn.TO_READ if to_read else Turn.SEALED
    if layout not in LAYOUTS:
        raise UserError(f"There is no layout called “{layout}”. Choose one of: {', '.join(LAYOUTS)}.")
    if layout == "easy":
        return _render([easy_side(paper, own, turn)], paper, released, turn, own)
    if own is not None:
        return _render([two_languages(paper, own, turn, large=layout == "large")], paper, released, turn, own)
    return _in_english(released, paper, turn, large=layout == "large")


def _in_english(released: Released[PlanPaper], paper: PlanPaper, turn: Turn, *, large: bool) -> bytes:
    from asbdesk.documents.pages import HEIGHT, LARGE, STANDARD, TIGHT
    from asbdesk.documents.plan_parts import back_of, front_of

    say, draft = words("plan"), turn is Turn.DRAFT
    usual = (LARGE,) if large else (STANDARD, TIGHT)
    front = _first_that_fits(front_of(paper, say, size, draft) for size in usual)
    back = None if large else _one_side(paper, say, turn)
    if front.height() > HEIGHT or back is None or back.height() > HEIGHT:
        # More than one sheet: one column, with air, over as many pages as it takes.
        front = front_of(paper, say, usual[0], draft) if front.height() > HEIGHT else front
        back = back_of(paper, say, usual[0], turn, columns=False)
    return _render([front, back], paper, released, turn, breaks=front.height() <= HEIGHT)


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


def _render(
    sides: list[Paper],
    paper: PlanPaper,
    released: Released[PlanPaper],
    turn: Turn,
    own: Own | None = None,
    *,
    breaks: bool = True,
) -> bytes:
    from asbdesk.documents.code import Mark
    from asbdesk.documents.finish import About
    from asbdesk.documents.fonts import printable
    from asbdesk.documents.pages import render
    from asbdesk.documents.pocket_card import own_mark

    say = words("plan")

    def footer(page: int, count: int) -> tuple[str, str]:
        left = say.bare("footer.page", page=str(page), pages=str(count))
        more = "" if page == count else say.bare("footer.other_side" if page % 2 else "footer.next_sheet")
        return left, more

    title = say.bare("footer.description", reference=paper.reference, version=paper.version)
    about = About(printable(title), printable(paper.landlord or "asbdesk"), released.at, f"{say.language}-GB")
    said = say.bare("copy.authority", fingerprint=paper.authority) if paper.authority else ""
    mark = Mark(paper.reference, f"V{paper.version}", printable(said)) if turn is Turn.SEALED else None
    top = " · ".join(words for words in (say.bare("draft") if turn is Turn.DRAFT else "", own_mark(own)) if words)
    return render(sides, about, footer, top, breaks=breaks, mark=mark)
