"""What a page is built from: flowables that draw inside their element of the structure tree."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Paragraph, Table

from asbdesk.documents.tags import Element, SealPlace, TaggedCanvas

INK = HexColor("#13212C")
ACCENT = HexColor("#0B6E69")
PALE = HexColor("#EEF5F4")
LINE = HexColor("#A9B7BF")


WHOLE = 8.5
"""Lines of an entry of a list that are worth a little room at the end of a page."""


class Text(Paragraph):  # type: ignore[misc]  # ReportLab has no types
    """A paragraph of one element; without an element it is decoration. Lines are broken once for a width."""

    element: Element | None = None
    source = ""
    """The markup it was made from."""
    stays = False
    """It stands on the same page, or in the same column, as what follows it."""
    repeats = False
    """A table's header: announced on the first page, decoration where it is repeated."""
    whole = False
    """It comes apart over pages only where it is longer than `WHOLE` lines."""
    _broken_for: float | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self._broken_for != width or not hasattr(self, "blPara"):  # `split` forgets the lines
            super().wrap(width, height)
            self._broken_for = width
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Text]:
        if self.whole and self.wrap(width, 1e6)[1] <= WHOLE * self.style.leading:
            return []
        parts: list[Text] = super().split(width, height)
        for part in parts:
            part.element = self.element
        return parts

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:
        if self.element is None or (self.repeats and self.element.kids):
            with canvas.decoration("/Type /Pagination"):
                super().drawOn(canvas, x, y, _sW)
        else:
            with canvas.tagged(self.element):
                super().drawOn(canvas, x, y, _sW)


def draw_bar(canvas: TaggedCanvas, x: float, y: float, height: float) -> None:
    """The bar beside somebody's own words."""
    with canvas.decoration():
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(2.6)
        canvas.setLineCap(1)
        canvas.line(x, y + 2, x, y + height - 2)


class Quote(Text):
    """Somebody's own words: a bar beside them."""

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:
        draw_bar(canvas, x + 1.3, y, self.height)
        super().drawOn(canvas, x, y, _sW)


class Grid(Table):  # type: ignore[misc]  # ReportLab has no types
    """A table whose rules are decoration; its cells are `Text`."""

    def _drawBkgrnd(self) -> None:
        with self.canv.decoration():
            super()._drawBkgrnd()

    def _drawLines(self) -> None:
        with self.canv.decoration():
            super()._drawLines()


def gap_between(above: Flowable | None, below: Flowable) -> float:
    """Space between two flowables, in points: the larger of what each asks for."""
    return 0.0 if above is None else max(above.getSpaceAfter(), below.getSpaceBefore())


def stack_height(flowables: Sequence[Flowable], width: float) -> float:
    """Height of `flowables` one under the other, in points."""
    height, above = 0.0, None
    for flowable in flowables:
        height += gap_between(above, flowable) + flowable.wrap(width, 1e6)[1]
        above = flowable
    return height


def draw_stack(canvas: TaggedCanvas, flowables: Sequence[Flowable], x: float, top: float, width: float) -> None:
    """Draw `flowables` one under the other, the first at `top`."""
    above = None
    for flowable in flowables:
        top -= gap_between(above, flowable) + flowable.wrapOn(canvas, width, 1e6)[1]
        flowable.drawOn(canvas, x, top)
        above = flowable


class Whole(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Flowables that stay together; only what is higher than `page` (points) comes apart, into its parts."""

    page = 700.0

    def parts(self) -> list[Flowable]:
        raise NotImplementedError

    def split(self, width: float, height: float) -> list[Flowable]:
        return [] if self.wrap(width, height)[1] <= self.page else self.parts()


def _lift(inside: Sequence[Flowable]) -> float:
    """How far the letters of the first line reach beyond their line, in points: Nastaliq climbs."""
    if not inside:
        return 0.0
    stacks = inside[0].stacks if isinstance(inside[0], Columns) else []
    return max([_lift(stack) for stack in stacks] + [float(getattr(inside[0], "climbs", 0.0))])


class Box(Whole):
    """A pale box with a coloured edge."""

    def __init__(self, inside: list[Flowable], padding: float = 11) -> None:
        super().__init__()
        self.inside, self.padding = inside, padding
        self.lift = _lift(inside)
        self.spaceAfter = self.spaceBefore = 8

    def parts(self) -> list[Flowable]:
        return self.inside

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.height = stack_height(self.inside, width - 2 * self.padding - 2) + 2 * self.padding + self.lift
        return self.width, self.height

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:
        with canvas.decoration():
            canvas.setFillColor(PALE)
            canvas.setStrokeColor(ACCENT)
            canvas.setLineWidth(1.2)
            canvas.rect(x, y, self.width, self.height, fill=1)
            canvas.setFillColor(ACCENT)
            canvas.rect(x, y, 2.6, self.height, stroke=0, fill=1)
        inner = self.width - 2 * self.padding - 2
        draw_stack(canvas, self.inside, x + self.padding + 2, y + self.height - self.padding - self.lift, inner)


class Columns(Whole):
    """Stacks side by side, read one after the other. `widths` are shares of the width left by the gaps."""

    def __init__(self, stacks: list[list[Flowable]], widths: Sequence[float], gap: float, rule: bool = False) -> None:
        super().__init__()
        self.stacks, self.shares, self.gap, self.rule = stacks, widths, gap, rule

    def parts(self) -> list[Flowable]:
        return [flowable for stack in self.stacks for flowable in stack]

    def _widths(self) -> list[float]:
        free = self.width - self.gap * (len(self.stacks) - 1)
        return [free * share / sum(self.shares) for share in self.shares]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        heights = (stack_height(stack, own) for stack, own in zip(self.stacks, self._widths(), strict=True))
        self.height = max(heights)
        return self.width, self.height

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:
        for stack, own in zip(self.stacks, self._widths(), strict=True):
            draw_stack(canvas, stack, x, y + self.height, own)
            x += own + self.gap
            if self.rule and stack is not self.stacks[-1]:
                with canvas.decoration():
                    canvas.setStrokeColor(LINE)
                    canvas.setLineWidth(0.6)
                    canvas.line(x - self.gap / 2, y, x - self.gap / 2, y + self.height)


class Picture(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A drawing of one `Figure` element, left aligned. Subclasses draw in points from its lower left."""

    def __init__(self, element: Element, width: float, height: float) -> None:
        super().__init__()
        self.element, self.width, self.height = element, width, height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = min(self.width, width)
        return self.width, self.height

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:
        self.element.bbox = (round(x, 2), round(y, 2), round(x + self.width, 2), round(y + self.height, 2))
        with canvas.tagged(self.element):
            canvas.saveState()
            canvas.translate(x, y)
            self.sketch(canvas)
            canvas.restoreState()

    def sketch(self, canvas: TaggedCanvas) -> None:
        raise NotImplementedError


class SealSpot(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Where the seal goes: a field of `side` points a side, drawn on only by sealing."""

    def __init__(self, place: SealPlace, side: float) -> None:
        super().__init__()
        self.place, self.side = place, side

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.side, self.side

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:
        self.place.page = canvas.page
        self.place.rect = (round(x, 2), round(y, 2), round(x + self.side, 2), round(y + self.side, 2))
