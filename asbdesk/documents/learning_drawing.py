"""The picture on the learning sheet: months along the top, what happened above the line, what was late below it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from reportlab.lib.colors import HexColor

from asbdesk.clock import MONTHS, days_between
from asbdesk.documents import fonts
from asbdesk.documents.blocks import ACCENT, INK, LINE, PALE, Picture
from asbdesk.documents.learned import Learned
from asbdesk.documents.tags import Element, TaggedCanvas

RED, PINK = HexColor("#9C1B1B"), HexColor("#FCE8E6")
HEAD, ABOVE, ROW = 15.0, 34.0, 8.0
"""Heights in points: the months' band, what happened, one late thing."""
MOST = 30
"""Late things drawn; the list below names all."""
STRIPE = 3.5


class CaseLine(Picture):
    """One case from its first day to its last."""

    def __init__(self, element: Element, view: Learned, width: float, happened: str, late: str) -> None:
        self.view, self.said = view, (happened, late)
        self.rows = view.late[:MOST]
        super().__init__(element, width, HEAD + ABOVE + max(len(self.rows), 1) * ROW + 22)
        self.spaceAfter = 6

    def _x(self, day: str) -> float:
        return self.width * days_between(self.view.start, day) / max(self.view.days, 1)

    def sketch(self, canvas: TaggedCanvas) -> None:
        self._bands(canvas)
        self._events(canvas)
        for at, _ in enumerate(self.rows):
            self._late(canvas, at)

    def _bands(self, canvas: TaggedCanvas) -> None:
        top = self.height - HEAD
        narrow = min((right - left for left, right, *_ in [*self._months()][1:-1]), default=self.width) < 46
        for at, (left, right, name, year) in enumerate(self._months()):
            if at % 2 == 0:
                canvas.setFillColor(PALE)
                canvas.rect(left, 0, right - left, self.height, stroke=0, fill=1)
            canvas.setFillColor(INK)
            canvas.setFont(fonts.REGULAR, 8)
            short = name[:3] if narrow and not name.isdigit() else name
            dated = f"{short} {year}" if (at == 0 or name == MONTHS[0]) and name != str(year) else short
            words = next((w for w in (dated, short) if _wide(w) < right - left - 4), "")
            canvas.drawString(left + 3, top + 4, words)

    def _months(self) -> Iterator[tuple[float, float, str, int]]:
        first, last = (dt.date.fromisoformat(day) for day in (self.view.start, self.view.end))
        by_year = (last - first).days > 900
        at = first.replace(day=1, month=1) if by_year else first.replace(day=1)
        while at <= last:
            following = at.replace(year=at.year + 1) if by_year else (at + dt.timedelta(days=32)).replace(day=1)
            left, right = self._x(max(at, first).isoformat()), self._x(min(following, last).isoformat())
            right = self.width if following > last else right
            yield left, right, str(at.year) if by_year else MONTHS[at.month - 1], at.year
            at = following

    def _events(self, canvas: TaggedCanvas) -> None:
        base = self.height - HEAD - ABOVE
        canvas.setFillColor(INK)
        canvas.setFont(fonts.BOLD, 8)
        canvas.drawString(3, base + ABOVE - 11, self.said[0])
        canvas.drawString(3, base - 11, self.said[1])
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1)
        canvas.line(0, base, self.width, base)
        canvas.setFillColor(ACCENT)
        heights: dict[int, int] = {}
        for event in self.view.events:
            at = round(self._x(event.day) / 5)
            heights[at] = heights.get(at, 0) + 1
            if heights[at] <= 4:
                canvas.circle(min(max(at * 5 + 2.5, 2.5), self.width - 2.5), base - 1 + heights[at] * 5, 2, 0, 1)

    def _late(self, canvas: TaggedCanvas, at: int) -> None:
        one = self.rows[at]
        y = self.height - HEAD - ABOVE - 16 - (at + 1) * ROW + 2
        left = self._x(one.late_from or one.due)
        right = max(self._x(one.end or self.view.end) if one.end else self.width, left + 3)
        canvas.setFillColor(PINK)
        canvas.setStrokeColor(RED)
        canvas.setLineWidth(0.7)
        canvas.rect(left, y, right - left, ROW - 3, fill=1)
        x = left + STRIPE
        while x < right:
            canvas.line(x - STRIPE + 1, y, min(x + 1, right), y + ROW - 3)
            x += STRIPE
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.line(self._x(one.arose), y + (ROW - 3) / 2, left, y + (ROW - 3) / 2)


def _wide(words: str) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(words, fonts.REGULAR, 8))
