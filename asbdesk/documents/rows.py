"""Long documents: rows that are laid out one at a time, bookmarks, and page numbers written in when all are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Flowable

from asbdesk.documents import fonts
from asbdesk.documents.blocks import ACCENT, INK, LINE, PALE
from asbdesk.documents.tags import Element, TaggedCanvas

AHEAD = 24
"""Flowables made before they are reached."""
PAD, ABOVE, BELOW = 9.0, 3.0, 5.0
"""Between columns, above and below a row's words, in points."""
SHORT = 0.45
"""A row up to this share of a page stays whole."""


class Story(list[Flowable]):
    """A story whose flowables are made when they are reached, so that a file of any length takes little memory."""

    def __init__(self, made: Iterator[Flowable]) -> None:
        super().__init__()
        self._made: Iterator[Flowable] | None = made

    def __len__(self) -> int:
        while self._made is not None and super().__len__() < AHEAD:
            following = next(self._made, None)
            if following is None:
                self._made = None
            else:
                self.append(following)
        return super().__len__()

    def __bool__(self) -> bool:
        return len(self) > 0


@dataclass(frozen=True)
class Late:
    """A page number to be written in: where, in whose element, of which place."""

    page: int
    x: float
    y: float
    size: float
    place: str
    element: Element


class LongCanvas(TaggedCanvas):
    """A canvas that knows places by name, and writes their page numbers in at the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.places: dict[str, int] = {}
        """Place → its page, counted from 1."""
        self.marks: list[tuple[int, str, str, int, float]] = []
        """(page, place, title, level, height) in their order."""
        self.late: list[Late] = []
        self.plain: set[int] = set()
        """Pages that carry somebody else's page: nothing is drawn on them but `stamp`."""
        self.stamp: Callable[[LongCanvas, int, int], None] | None = None
        self._at: int | None = None
        super().__init__(*args, **kwargs)

    @property
    def page(self) -> int:
        return super().page if self._at is None else self._at

    def name_place(self, place: str, title: str, level: int, top: float) -> None:
        """This height of this page has a name, and a bookmark."""
        self.places[place] = self.page + 1
        self.marks.append((self.page, place, title, level, top))

    def _bookmark(self) -> None:
        """The bookmarks of this page: which page it is, ReportLab knows only now."""
        while self.marks and self.marks[0][0] == self._at:
            _, place, title, level, top = self.marks.pop(0)
            self.bookmarkPage(place, fit="XYZ", left=0, top=top)
            self.addOutlineEntry(title, place, level, closed=level > 0)

    def complete(self, number: int, pages: int) -> None:
        self._at = number - 1
        self._bookmark()
        if self._at in self.plain:
            if self.stamp is not None:
                with self.decoration("/Type /Pagination /Subtype /Header"):
                    self.stamp(self, number, pages)
            return
        super().complete(number, pages)
        for each in self._late_on(self._at):
            self._write_in(each)

    def _late_on(self, page: int) -> list[Late]:
        if self.late and not hasattr(self, "_by_page"):
            self._by_page: dict[int, list[Late]] = {}
            for each in self.late:
                self._by_page.setdefault(each.page, []).append(each)
        return self._by_page.get(page, []) if self.late else []

    def _write_in(self, late: Late) -> None:
        found = self.places.get(late.place)
        words = str(found) if found else "–"
        with self.tagged(late.element):
            self.setFillColor(ACCENT if found else INK)
            self.setFont(fonts.REGULAR, late.size)
            self.drawString(late.x, late.y, words)
            if found:
                wide = self.stringWidth(words, fonts.REGULAR, late.size)
                box = (late.x, late.y - 3, late.x + wide, late.y + late.size)
                self.linkRect(f"Page {found}", late.place, box, name=f"late{id(late)}", thickness=0)


class PageOf(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """The page on which a place stands, known at the end."""

    def __init__(self, place: str, element: Element, size: float, leading: float) -> None:
        super().__init__()
        self.place, self.element, self.size, self.leading = place, element, size, leading

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, self.leading
        return width, self.leading

    def drawOn(self, canvas: LongCanvas, x: float, y: float, _sW: float = 0) -> None:
        low = y + self.leading - self.size
        canvas.late.append(Late(canvas.page, x, low, self.size, self.place, self.element))


Cell = Any
"""A `Text`, a flowable in its own script, a `PageOf`, or None for nothing."""


class Row(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """One row of a long table: it comes apart where it is long, and the head is repeated above it on a new page."""

    def __init__(self, cells: Sequence[Cell], shares: Sequence[float], head: Row | None, page: float) -> None:
        super().__init__()
        self.cells, self.shares, self.head, self.page = list(cells), shares, head, page
        self.pale = False
        self._head_above = 0.0

    def _widths(self, width: float) -> list[float]:
        return [width * share for share in self.shares]

    def _high(self, width: float) -> float:
        widths = zip(self.cells, self._widths(width), strict=True)
        return max((cell.wrap(own - PAD, 1e6)[1] for cell, own in widths if cell is not None), default=0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        at_top = self.head is not None and self.head.announced and height > self.page - 1
        self._head_above = self.head.wrap(width, 1e6)[1] if at_top and self.head else 0.0
        self.width, self.height = width, self._high(width) + ABOVE + BELOW + self._head_above
        return self.width, self.height

    @property
    def announced(self) -> bool:
        """Was it drawn before?"""
        return any(cell.element.kids for cell in self.cells if cell is not None)

    def split(self, width: float, height: float) -> list[Row]:
        whole = self.wrap(width, height)[1] - self._head_above
        room = height - ABOVE - BELOW - self._head_above
        if whole <= self.page * SHORT or room < self.page * 0.12:
            return []
        first: list[Cell] = []
        rest: list[Cell] = []
        for cell, own in zip(self.cells, self._widths(width), strict=True):
            parts = _parted(cell, own - PAD, room)
            first.append(parts[0])
            rest.append(parts[1])
        if all(cell is None for cell in rest) or all(cell is None for cell in first):
            return []
        made = [Row(cells, self.shares, self.head, self.page) for cells in (first, rest)]
        for each in made:
            each.pale = self.pale
        return made

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:
        top = y + self.height
        if self._head_above and self.head is not None:
            top -= self._head_above
            self.head.drawOn(canvas, x, top)
        with canvas.decoration():
            if self.pale:
                canvas.setFillColor(PALE)
                canvas.rect(x, y, self.width, top - y, stroke=0, fill=1)
            canvas.setStrokeColor(INK if self.head is None else LINE)
            canvas.setLineWidth(1.2 if self.head is None else 0.6)
            canvas.line(x, y, x + self.width, y)
        for cell, own in zip(self.cells, self._widths(self.width), strict=True):
            if cell is not None:
                high = cell.wrapOn(canvas, own - PAD, 1e6)[1]
                cell.drawOn(canvas, x, top - ABOVE - high)
            x += own


def _parted(cell: Cell, width: float, room: float) -> tuple[Cell, Cell]:
    """What of a cell fits, and the rest."""
    if cell is None or cell.wrap(width, 1e6)[1] <= room:
        return cell, None
    parts = cell.split(width, room)
    return (parts[0], parts[1]) if len(parts) == 2 else (None, cell)


def rows(made: Iterable[tuple[Sequence[Cell], bool]], head: Row) -> Iterator[Row]:
    """The head, then the rows of (cells, pale)."""
    yield head
    for cells, pale in made:
        row = Row(cells, head.shares, head, head.page)
        row.pale = pale
        yield row
