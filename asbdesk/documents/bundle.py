"""A long paper drawn in one go: pages counted, sealed papers put in, pictures and attachments announced."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from asbdesk.documents.casefile import CaseFile
from asbdesk.documents.casefile_paper import Layout
from asbdesk.documents.casefile_parts import Shown
from asbdesk.documents.released import Released
from asbdesk.documents.streamed import Attachment, announce, stand_in_picture
from asbdesk.documents.words import Words, words

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from asbdesk.documents.rows import LongCanvas

Told = Callable[[int, int], None]
"""What is done, and of how much; raises where it was stopped."""
EACH = 40
"""Rows between two looks at whether another paper waits to be drawn."""


def make(
    released: Released[CaseFile],
    shown: Shown | None = None,
    *,
    sealed: Callable[[int], bytes] | None = None,
    attachments: tuple[Attachment, ...] = (),
    told: Told | None = None,
    first_page_only: bool = False,
    language: str = "en",
) -> bytes:
    """The file as a tagged PDF with bookmarks (PDF/UA-1; PDF/A-2a, or 3a with `attachments`, which are announced here
    and written later, as pictures are). `sealed` gives the bytes of an exhibit whose pages `shown` counts."""
    from asbdesk.documents.finish import About, finish
    from asbdesk.documents.fonts import printable

    say, file, shown = words("case_file", language), released.what, shown or Shown()
    layout = Layout(file, say, shown, told or _silent)
    canvas, drawn = _draw(layout, say, shown, first_page_only)
    title = printable(f"{say.bare('title', reference=file.reference)}")
    part = 3 if attachments else 2
    about = About(title, printable(file.landlord or "asbdesk"), released.at, f"{say.language}-GB", part=part)
    with ExitStack() as open_:

        def more(pdf: Any) -> None:
            _enclose(pdf, shown, canvas.owners, sealed, open_)
            for name, page in shown.drawn.items():
                stand_in_picture(pdf, page, name)
            announce(pdf, attachments)

        return finish(drawn, layout.paper.root, canvas.owners, about, canvas.glyphs, more)


def _silent(done: int, of: int) -> None:
    """Nobody asked."""


def _draw(layout: Layout, say: Words, shown: Shown, first_page_only: bool) -> tuple[LongCanvas, bytes]:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    from asbdesk.documents import pages
    from asbdesk.documents.rows import LongCanvas, Story

    held: list[LongCanvas] = []

    def canvas(*args: Any, **kwargs: Any) -> LongCanvas:
        made = LongCanvas(*args, **kwargs)
        made.footer, made.stamp = _foot(layout, say), _stamp(layout, say, shown)
        made.showOutline()
        held.append(made)
        return made

    out = io.BytesIO()
    with pages.drawing:
        document = BaseDocTemplate(out, pagesize=A4, title="", lang="en-GB", pageCompression=0, invariant=1)
        frame = Frame(pages.MARGIN, pages.FOOT, pages.WIDTH, pages.HEIGHT, 0, 0, 0, 0)
        document.addPageTemplates(PageTemplate("page", frame))
        document.build(Story(_giving_way(layout.story(first_page_only))), canvasmaker=canvas)
    return held[0], out.getvalue()


def _giving_way(story: Iterator[Flowable]) -> Iterator[Flowable]:
    """The story; between its rows a shorter paper may be drawn, so that nobody waits at the kitchen table."""
    from asbdesk.documents import pages

    for n, flowable in enumerate(story):
        if n % EACH == EACH - 1:
            pages.drawing.release()
            pages.drawing.acquire()
        yield flowable


def _foot(layout: Layout, say: Words) -> Callable[[Any, int, int], None]:
    from asbdesk.documents.foot import draw_edges
    from asbdesk.documents.pages import MARGIN

    left = say.bare("footer", reference=layout.file.reference)

    def foot(canvas: Any, page: int, pages: int) -> None:
        draw_edges(canvas, layout.paper.sizes, MARGIN, (left, f"{page} / {pages}"))

    return foot


def _stamp(layout: Layout, say: Words, shown: Shown) -> Callable[[Any, int, int], None]:
    from reportlab.lib.pagesizes import A4

    from asbdesk.documents.blocks import ACCENT
    from asbdesk.documents.fonts import BOLD
    from asbdesk.documents.pages import MARGIN

    def stamp(canvas: Any, page: int, pages: int) -> None:
        number, at, of = shown.stamps[page - 1]
        canvas.setFillColor(ACCENT)
        canvas.setFont(BOLD, 9)
        counted = {"page": str(page), "pages": str(pages)}
        canvas.drawString(MARGIN, A4[1] - 22, say.bare("bundle_page", reference=layout.file.reference, **counted))
        words_ = say.bare("exhibit_stamp", number=str(number), page=str(at), pages=str(of))
        canvas.drawRightString(A4[0] - MARGIN, A4[1] - 22, words_)

    return stamp


def _enclose(
    pdf: Any, shown: Shown, owners: list[list[Any]], sealed: Callable[[int], bytes] | None, open_: ExitStack
) -> None:
    import pikepdf

    from asbdesk.documents.enclosed import enclose

    if sealed is None:
        return
    for number, first in shown.first.items():
        source = open_.enter_context(pikepdf.open(io.BytesIO(sealed(number))))
        enclose(pdf, source, first, shown.holders[number], owners)


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)
