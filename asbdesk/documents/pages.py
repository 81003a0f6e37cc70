"""Pages for people to read and for screen readers to say: sections in, a PDF/UA-1 and PDF/A-2a file out.

Why ReportLab with tags of our own: it is small, quick and everywhere; typst was the alternative (one large binary).
A document is a `Paper`; its `Section`s take sentences, quotes, lists and tables; `render` lays them out.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageBreak, PageTemplate

from asbdesk.documents import fonts
from asbdesk.documents.blocks import ACCENT, INK, LINE, Box, Grid, Quote, Text, stack_height
from asbdesk.documents.code import Mark, kept
from asbdesk.documents.finish import About, finish
from asbdesk.documents.foot import draw_edges
from asbdesk.documents.scripts import LATIN, script_of
from asbdesk.documents.shaped import Shaped, plain
from asbdesk.documents.tags import Element, TaggedCanvas

MARGIN = 46.0
"""Left and right, in points (16 mm)."""
TOP = 42.0
FOOT = 60.0
"""Below the text, in points: the footer stands in it."""
WIDTH = A4[0] - 2 * MARGIN
HEIGHT = A4[1] - TOP - FOOT

drawing = threading.Lock()
"""ReportLab keeps the fonts' subsets while a file is drawn: one file at a time."""


@dataclass(frozen=True)
class Sizes:
    """Type sizes and spaces, in points."""

    body: float
    leading: float
    gap: float
    title: float
    heading: float
    before_heading: float
    small: float = 9.0
    columns: bool = True
    short: float = 0.0
    """How much shorter than the page lines of text are."""

    @property
    def small_leading(self) -> float:
        return self.small * 1.35


STANDARD = Sizes(12, 16.2, 4.5, 26, 15, 13, short=44)
TIGHT = Sizes(12, 14.6, 2.2, 24, 14, 7.5)
"""Still 12 point, with less air: for a plan that would otherwise need a second sheet."""
LARGE = Sizes(18, 25, 8, 32, 22, 20, small=13, columns=False)


@cache
def _styles(sizes: Sizes) -> dict[str, ParagraphStyle]:
    fonts.ready()
    body = ParagraphStyle(
        "body",
        fontName=fonts.REGULAR,
        bulletFontName=fonts.REGULAR,
        fontSize=sizes.body,
        bulletFontSize=sizes.body,
        leading=sizes.leading,
        textColor=INK,
        spaceAfter=sizes.gap,
        rightIndent=sizes.short,
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
    )

    def like(**changes: Any) -> ParagraphStyle:
        return ParagraphStyle(f"{changes}", body, **changes)

    heading = {"fontName": fonts.BOLD}
    return {
        "body": body,
        "lead": like(),
        "title": like(**heading, fontSize=sizes.title, leading=sizes.title * 1.25, spaceAfter=4),
        "heading": like(
            **heading,
            fontSize=sizes.heading,
            leading=sizes.heading * 1.35,
            spaceBefore=sizes.before_heading,
            spaceAfter=2,
            textColor=ACCENT,
        ),
        "box_heading": like(**heading, fontSize=sizes.heading, leading=sizes.heading * 1.35, spaceAfter=2),
        "quote": like(leftIndent=10, spaceBefore=2),
        "item": like(leftIndent=sizes.body * 1.2, bulletIndent=1, spaceAfter=sizes.gap * 0.7),
        "head": like(fontName=fonts.BOLD, spaceAfter=0, rightIndent=0),
        "cell": like(spaceAfter=0, rightIndent=0),
        "last": like(spaceAfter=0),
        "strong": like(fontName=fonts.BOLD),
        "right": like(fontName=fonts.BOLD, alignment=2, rightIndent=0, spaceBefore=5),
        "code": like(fontName=fonts.BOLD, fontSize=25, leading=40, spaceBefore=4, spaceAfter=8),
        "small": like(fontSize=sizes.small, leading=sizes.small_leading),
    }


@cache
def _pieces(sizes: Sizes) -> dict[str, Any]:
    """For each style, the one fragment that a paragraph without markup consists of."""
    return {name: Text("x", style).frags[0] for name, style in _styles(sizes).items()}


class Section:
    """A part of a paper under its heading; `flowables` are what it prints, in order."""

    def __init__(self, paper: Paper, parent: Element, heading: str = "", style: str = "heading", role: str = "H2"):
        self.paper = paper
        self.element = parent.add("Sect", lang=paper.lang)
        self.flowables: list[Flowable] = []
        if heading:
            self.text(heading, style=style, role=role)

    def text(self, *sentences: str, style: str = "body", role: str = "P", parent: Element | None = None) -> Said:
        """One paragraph of `sentences` (paragraph markup)."""
        made = self.paper.text(" ".join(sentences), style, (parent or self.element).add(role))
        made.stays = style in _STAYING
        self.flowables.append(made)
        return made

    def lead(self, *sentences: str) -> None:
        """A paragraph that stays with what follows it."""
        self.text(*sentences, style="lead")

    def quotes(self, said: Iterable[str]) -> None:
        """Somebody's own words, in quotation marks, a bar beside them."""
        for words in said:
            holder = self.element.add("BlockQuote")
            made = self.paper.text(f"“{words}”", "quote", holder.add("P"), kind=Quote)
            self.flowables.append(made)

    def items(self, entries: Iterable[str]) -> None:
        """A list with bullets. Nothing is made of no entries."""
        holder: Element | None = None
        for entry in entries:
            holder = holder or self.element.add("L")
            body = holder.add("LI").add("LBody")
            made = self.paper.text(entry, "item", body, bullet="•")
            made.whole = True
            self.flowables.append(made)

    def grid(self, head: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> None:
        """A table with a header row, repeated on each page. `shares` of the full width for each column."""
        table = self.element.add("Table")
        cells = [self._row(table.add("THead"), head, "TH", "head")]
        body = table.add("TBody")
        cells += [self._row(body, row, "TD", "cell") for row in rows]
        made = Grid(cells, colWidths=[WIDTH * share for share in shares], repeatRows=1, splitInRow=1)
        made.setStyle(_GRID)
        made.hAlign = "LEFT"
        made.spaceAfter = self.paper.sizes.gap
        self.flowables.append(made)

    def _row(self, parent: Element, row: Sequence[str], role: str, style: str) -> list[Said]:
        line = parent.add("TR")
        cells = [self.paper.text(cell, style, line.add(role)) for cell in row]
        for cell in cells:
            cell.repeats = role == "TH"
        return cells

    def boxed(self) -> list[Flowable]:
        """The section in a box."""
        return [Box(self.flowables)]


_STAYING = ("title", "heading", "box_heading", "lead")
_GRID = [
    ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR),  # else the table names Helvetica, which is not embedded
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-2, -1), 10),
    ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 3),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ("LINEBELOW", (0, 0), (-1, 0), 1.2, INK),
    ("LINEBELOW", (0, 1), (-1, -1), 0.6, LINE),
]


class Paper:
    """One document, or one side of it: its sizes, its language and the root of its structure tree."""

    def __init__(self, sizes: Sizes, language: str = "en") -> None:
        self.sizes, self.script = sizes, script_of(language)
        self.lang = "" if language == "en" else language
        self.root = Element("Document")
        self.flowables: list[Flowable] = []
        self.styles = _styles(sizes)

    def height(self) -> float:
        """How much of a page `flowables` take, in points."""
        return stack_height(self.flowables, WIDTH)

    def section(self, heading: str = "", *, style: str = "heading", role: str = "H2") -> Section:
        return Section(self, self.root, heading, style, role)

    def text(self, markup: str, style: str, element: Element, *, kind: type[Text] = Text, bullet: str = "") -> Said:
        """One paragraph, set by whichever of the two can: `Text` is quicker, `Shaped` knows every script."""
        own = self.styles[style]
        markup = fonts.for_narrow(markup) if style in ("cell", "head") else markup
        made: Said
        if self.script is not LATIN or not fonts.all_latin(markup):
            made = Shaped(markup, own, self.script, bullet, barred=issubclass(kind, Quote))
            element.actual = plain(markup) if self.script.right_to_left else ""
        elif "<" in markup or "&" in markup:
            made = kind(markup, own, bulletText=bullet or None)
        else:  # nothing to parse: half of the time a paragraph takes
            frags = [_pieces(self.sizes)[style].clone(text=markup)]
            made = kind(None, own, bulletText=bullet or None, frags=frags)
        made.element, made.source = element, markup
        return made


Said = Text | Shaped
"""A paragraph."""
Footer = Callable[[int, int], tuple[str, str]]
"""(page, pages) to what stands on the left and on the right of the foot."""


def render(
    sides: Sequence[Paper],
    about: About,
    footer: Footer,
    draft: str = "",
    *,
    breaks: bool = True,
    rule: bool = True,
    mark: Mark | None = None,
) -> bytes:
    """The finished file of `sides`, one after the other, each on a new page where `breaks`.

    `draft` stands on the top edge of each page. Without `rule` there is no line above the foot. `mark`: what will be
    sealed carries the landlord's mark and a code on every foot.
    """
    root = Element("Document")
    story: list[Flowable] = []
    for side in sides:
        root.kids += side.root.kids
        story += [*([PageBreak()] if breaks and story else []), *_kept(side)]

    def foot(canvas: TaggedCanvas, page: int, pages: int) -> None:
        said = footer(page, pages)
        draw_edges(canvas, sides[0].sizes, MARGIN, said, draft=draft, rule=rule, mark=mark)

    held: list[TaggedCanvas] = []

    def canvas(*args: Any, **kwargs: Any) -> TaggedCanvas:
        made = TaggedCanvas(*args, **kwargs)
        made.footer = foot
        held.append(made)
        return made

    out = io.BytesIO()
    with drawing:
        document = BaseDocTemplate(out, pagesize=A4, title=about.title, lang=about.lang, pageCompression=0, invariant=1)
        frame = Frame(MARGIN, FOOT, WIDTH, HEIGHT, 0, 0, 0, 0)
        document.addPageTemplates(PageTemplate("page", frame))
        document.build(story, canvasmaker=canvas)
    about = replace(about, code=kept(held[0].digests)) if mark else about
    return finish(out.getvalue(), root, held[0].owners, about, held[0].glyphs)


class _Room(CondPageBreak):  # type: ignore[misc]  # ReportLab has no types
    """A page break unless there is room; the space between what stands above and below stays as it is."""

    _SPACETRANSFER = True


def _kept(side: Paper) -> Iterator[Flowable]:
    """The flowables of `side`, with a break before a heading that would stand alone at the end of a page.

    ReportLab's own way would move a heading together with the whole of a long table to the next page.
    """
    staying = False
    for n, flowable in enumerate(side.flowables):
        if getattr(flowable, "stays", False) and not staying:
            end = next((m for m, after in enumerate(side.flowables[n:], n) if not getattr(after, "stays", False)), n)
            needed = stack_height(side.flowables[n:end], WIDTH)
            beginning = min(side.flowables[end].wrap(WIDTH, 1e6)[1], _BEGINNING * side.sizes.leading)
            yield _Room(min(flowable.getSpaceBefore() + needed + beginning, HEIGHT))
        staying = getattr(flowable, "stays", False)
        yield flowable


_BEGINNING = 4
"""Lines of what follows a heading that must fit below it."""


def narrowed(sizes: Sizes, **changes: Any) -> Sizes:
    """`sizes` with some of them changed."""
    return replace(sizes, **changes)
