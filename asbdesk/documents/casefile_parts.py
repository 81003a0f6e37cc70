"""What a case file is drawn from beside text: places, pictures that come later, pages of sealed papers, a chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from asbdesk.documents.blocks import ACCENT, INK, Picture
from asbdesk.documents.fonts import REGULAR

if TYPE_CHECKING:
    from asbdesk.documents.rows import LongCanvas
    from asbdesk.documents.tags import Element, TaggedCanvas


@dataclass
class Shown:
    """What the layout must know of the exhibits' files, read before, and what it tells of where they go."""

    pages: Mapping[int, int] = field(default_factory=dict)
    """Exhibit → how many pages of its own it shows."""
    pictures: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Exhibit → width and height of its picture, in dots."""
    names: Mapping[int, str] = field(default_factory=dict)
    """Exhibit → the name of its file beside or inside this document."""
    inside: bool = True
    first: dict[int, int] = field(default_factory=dict)
    """Exhibit → its first own page, counted from 0; written while it is laid out."""
    holders: dict[int, Element] = field(default_factory=dict)
    stamps: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    """Page → (exhibit, its page, of how many)."""
    drawn: dict[str, int] = field(default_factory=dict)
    """Name of a picture → the page that shows it."""


class Anchor(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A place with a name and a bookmark; it takes no room."""

    def __init__(self, place: str, title: str, level: int) -> None:
        super().__init__()
        self.place, self.title, self.level = place, title, level

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, 0.0
        return width, 0.0

    def drawOn(self, canvas: LongCanvas, x: float, y: float, _sW: float = 0) -> None:
        canvas.name_place(self.place, self.title, self.level, y)


class Later(Picture):
    """The place of a picture that is written into the file later, under `name`."""

    def __init__(self, element: Element, name: str, wide: float, high: float, shown: Shown) -> None:
        super().__init__(element, wide, high)
        self.name, self.shown = name, shown

    def sketch(self, canvas: TaggedCanvas) -> None:
        canvas._code.append(f"q {self.width:.2f} 0 0 {self.height:.2f} 0 0 cm {self.name} Do Q")
        self.shown.drawn[self.name] = canvas.page


class Carrier(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A page that carries a page of a sealed paper: it says only which exhibit that is."""

    def __init__(self, stamp: tuple[int, int, int], shown: Shown) -> None:
        super().__init__()
        self.stamp, self.shown = stamp, shown

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, 1.0
        return width, 1.0

    def drawOn(self, canvas: LongCanvas, x: float, y: float, _sW: float = 0) -> None:
        canvas.plain.add(canvas.page)
        canvas._code.append(" ")  # else the page would count as empty, and be left out
        self.shown.first.setdefault(self.stamp[0], canvas.page)
        self.shown.stamps[canvas.page] = self.stamp


class Months(Picture):
    """How many reports came in each month."""

    def __init__(self, element: Element, months: tuple[tuple[str, int], ...], wide: float) -> None:
        super().__init__(element, wide, 62)
        self.months = months

    def sketch(self, canvas: TaggedCanvas) -> None:
        most = max(count for _, count in self.months)
        step = min(self.width / len(self.months), 60)
        for n, (month, count) in enumerate(self.months):
            high = 34 * count / most
            canvas.setFillColor(ACCENT)
            canvas.rect(n * step, 14, step * 0.7, high, stroke=0, fill=1)
            canvas.setFillColor(INK)
            canvas.setFont(REGULAR, 8)
            canvas.drawString(n * step, 16 + high, str(count))
            canvas.drawString(n * step, 3, month)


class Space(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Nothing, so high."""

    def __init__(self, high: float) -> None:
        super().__init__()
        self.high = high

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, min(self.high, height)
        return self.width, self.height

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:
        """Nothing is drawn."""
