"""The tagged canvas: what is drawn belongs to an element that a screen reader announces, or is marked as decoration.

ReportLab writes no tags. Each flowable here draws between `BDC` and `EMC`, and the canvas notes which marked piece of
which page belongs to which element; `finish.py` turns those notes into the structure tree.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import pdfdocEnc
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from asbdesk.documents import fonts
from asbdesk.documents.code import FOOT, page_digest
from asbdesk.documents.glyphs import Used


class Piece(NamedTuple):
    """One marked piece of a page (both counted from 0)."""

    page: int
    number: int


class LinkAt(NamedTuple):
    """One link annotation of a page (both counted from 0)."""

    page: int
    number: int


@dataclass(eq=False)
class SealPlace:
    """A signature field, made and tagged before anything signs it. `rect` in points from the page's lower left."""

    name: str
    label: str
    page: int = 0
    rect: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


@dataclass(eq=False)
class Element:
    """One element of the structure tree: its role, what it says to a screen reader, its children in reading order."""

    role: str
    parent: Element | None = None
    lang: str = ""
    alt: str = ""
    actual: str = ""
    """What it says, in reading order, where the order of what is drawn is another (text from the right)."""
    title: str = ""
    bbox: tuple[float, float, float, float] | None = None
    seal: SealPlace | None = None
    kids: list[Element | Piece | LinkAt] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.parent is not None:
            self.parent.kids.append(self)

    def add(self, role: str, **said: Any) -> Element:
        """A new last child."""
        return Element(role, self, **said)


class _SpacedText(PDFTextObject):  # type: ignore[misc]  # ReportLab has no types
    """Text with a real space at each line end; without it a reader hears "housingofficer".

    Spaces that held a line together are drawn as plain ones, so that a search finds the telephone number.
    """

    def _textOut(self, text: str, TStar: int = 0) -> None:
        text = text.replace("\N{NO-BREAK SPACE}", " ")
        super()._textOut(text + " " if TStar and text and text[-1] != " " else text, TStar)


class TaggedCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas that notes its marked pieces in `owners`: for each page, the element of each piece.

    Pages are held back until `save`, so that `footer(canvas, page, pages)` knows how many there are.
    """

    footer: Callable[[TaggedCanvas, int, int], None] | None = None
    digests: tuple[str, ...] = ()
    """Of each page, once all are drawn (`documents.code`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._inside = False
        self._held: list[dict[str, Any]] = []
        self.owners: list[list[Element]] = [[]]
        self.glyphs = Used()
        # Else each page names Helvetica, which is not embedded.
        super().__init__(*args, **{**kwargs, "initialFontName": fonts.REGULAR})

    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> PDFTextObject:
        return _SpacedText(self, x, y, direction=direction)

    def showPage(self) -> None:
        self._held.append(dict(self.__dict__))
        self.owners.append([])
        self._startPage()

    def save(self) -> None:
        if self._code:
            self.showPage()
        held, owners = self._held, self.owners
        digests = tuple(page_digest(_drawn(state)) for state in held)
        for number, state in enumerate(held, 1):
            self.__dict__.update(state)
            self.digests = digests
            self.complete(number, len(held))
            super().showPage()
            page = self._doc.Pages.pages[-1]
            if page.stream.isascii():  # else ReportLab turns it into bytes a sign at a time
                page.stream = page.stream.encode("ascii")
        self.owners = owners[: len(held)]
        super().save()

    def complete(self, number: int, pages: int) -> None:
        """What is drawn on page `number` of `pages` when all are known."""
        if self.footer is not None:
            with self.decoration(FOOT):
                self.footer(self, number, pages)

    @property
    def page(self) -> int:
        """The page being drawn, counted from 0."""
        return len(self.owners) - 1

    @contextlib.contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to `element`. Inside another element it stays with that one."""
        if self._inside:
            yield
            return
        page, links = self.page, len(self._annotationrefs)
        self._code.append(f"/{element.role} <</MCID {len(self.owners[page])}>> BDC")
        element.kids.append(Piece(page, len(self.owners[page])))
        self.owners[page].append(element)
        self._inside = True
        yield
        self._inside = False
        self._code.append("EMC")
        for n in range(links, len(self._annotationrefs)):
            element.add("Link").kids.append(LinkAt(page, n))

    @contextlib.contextmanager
    def decoration(self, kind: str = "/Type /Layout") -> Iterator[None]:
        """What is drawn inside is passed over by screen readers."""
        if self._inside:
            yield
            return
        self._code.append(f"/Artifact <<{kind}>> BDC")
        self._inside = True
        yield
        self._inside = False
        self._code.append("EMC")


def _drawn(page: Mapping[str, Any]) -> bytes:
    """What a page held back will be written as, so far."""
    lines = [*page["_psCommandsBeforePage"], page["_preamble"], *page["_code"]]
    drawn = "\n".join(lines) + "\n"
    written: bytes = drawn.encode("ascii") if drawn.isascii() else pdfdocEnc(drawn)  # the same, and far quicker
    return written
