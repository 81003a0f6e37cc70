"""The resident's plan on paper: one sheet where it can be, in the headings and sentences of the work's own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.documents.paper import PlanPaper
from asbdesk.documents.released import Released
from asbdesk.documents.words import Words, words

if TYPE_CHECKING:
    from asbdesk.documents.pages import Sizes
    from asbdesk.documents.plan_parts import Parts

SEAL_FIELD = "Seal"
"""The name of the signature field that `documents.seal` signs."""


def make(released: Released[PlanPaper], *, large: bool = False, draft: bool = False, language: str = "en") -> bytes:
    """The plan as a PDF, not yet sealed. `large` is 18 point in one column; a `draft` says so on each page.

    It has an empty, tagged signature field for the seal; a draft has none.
    """
    from asbdesk.documents import pages

    say = words("plan", language)
    sizes = (pages.LARGE,) if large else (pages.STANDARD, pages.TIGHT)
    for size in sizes:
        parts = _parts(released, say, size, draft)
        if (sheet := _one_sheet(parts)) is not None:
            return _render(parts, sheet, released, say, draft)
    if not large:
        parts = _parts(released, say, pages.STANDARD, draft, columns=False)
    return _render(parts, _flowing(parts), released, say, draft)


def _parts(released: Released[PlanPaper], say: Words, size: Sizes, draft: bool, columns: bool = True) -> Parts:
    from asbdesk.documents.pages import narrowed
    from asbdesk.documents.plan_parts import compose

    return compose(released.what, say, size if columns else narrowed(size, columns=False), draft)


def _one_sheet(parts: Parts) -> list[object] | None:
    """Front and back of one sheet, or None where it does not fit. The back's middle stands in two columns."""
    from reportlab.platypus import PageBreak

    from asbdesk.documents.blocks import stack_height
    from asbdesk.documents.pages import HEIGHT, WIDTH

    if not parts.sizes.columns or stack_height(parts.front, WIDTH) > HEIGHT:
        return None
    back = [parts.middle_in_columns(), *parts.end]
    return [*parts.front, PageBreak(), *back] if stack_height(back, WIDTH) <= HEIGHT else None


def _flowing(parts: Parts) -> list[object]:
    """One column over as many pages as it takes; a front that fits on one side still ends there."""
    from reportlab.platypus import PageBreak

    from asbdesk.documents.blocks import stack_height
    from asbdesk.documents.pages import HEIGHT, WIDTH

    alone = stack_height(parts.front, WIDTH) <= HEIGHT
    return [*parts.front, *([PageBreak()] if alone else []), *parts.middle_in_one(), *parts.end]


def _render(parts: Parts, story: list[object], released: Released[PlanPaper], say: Words, draft: bool) -> bytes:
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
    return render(parts.paper, story, about, footer, say.bare("draft") if draft else "")
