"""How the learning view's time line is drawn: bands, bars, bubbles, names, the day; late by stripes, sign and words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen

from asbdesk.clock import bare_day, days_between
from asbdesk.documents.learned import Learned, Owed
from asbdesk.ui import icons, theme
from asbdesk.ui.screens.case.learning_time import Row, clusters, last_day, late_words, more_words
from asbdesk.ui.widgets.lists import Drawn

if TYPE_CHECKING:
    from asbdesk.ui.screens.case.learning_line import LearningLine

FAINT = 0.3
"""How strongly what is still to come is drawn."""
Spots = list[tuple[QRectF, Owed]]
"""Where each thing owed stands."""


class Drawing:
    """One drawing of the time line, with the measures of its widget."""

    def __init__(self, line: LearningLine, view: Learned, painter: QPainter, rect: QRectF) -> None:
        self.line, self.view, self.painter, self.rect = line, view, painter, rect
        self.gutter, self.per_day = line.gutter(), line.per_day
        self.zero = line.x_of(0)
        self.least = theme.current().px(14)
        self.spots: Spots = []

    def x_of(self, day: str | int) -> float:
        """As the widget's, its measures asked for once."""
        number = day if isinstance(day, int) else days_between(self.view.start, day)
        return self.zero + number * self.per_day

    def draw(self) -> Spots:
        """Draw it all. Where what was owed stands now."""
        now = theme.current()
        self._draw_bands()
        self._draw_rows()
        self._draw_day()
        self._draw_events()
        self._draw_names()
        if self.line.hasFocus():
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.setPen(QPen(now.colour("focus"), 3))
            self.painter.drawRoundedRect(self.rect.adjusted(2.5, 2.5, -2.5, -2.5), 8, 8)
            self.painter.setPen(QPen(now.colour("ring"), 1.6))
            self.painter.drawRoundedRect(self.rect.adjusted(0.8, 0.8, -0.8, -0.8), 9, 9)
        return self.spots

    def _draw_bands(self) -> None:
        now = theme.current()
        self.painter.setFont(now.font(13, 600))
        metrics = QFontMetrics(self.painter.font())
        for band in self.line.bands:
            left, right = self.x_of(band.first), self.x_of(band.end)
            if right < self.gutter or left > self.rect.width():
                continue
            if band.odd:
                self.painter.fillRect(QRectF(left, 0, right - left, self.rect.height()), now.colour("bg"))
            self.painter.setPen(QPen(now.colour("line"), 1))
            self.painter.drawLine(QPointF(left, 0), QPointF(left, self.rect.height()))
            seen = max(left, self.gutter) + 6
            words = next((w for w in (band.name, band.name[:3]) if metrics.horizontalAdvance(w) < right - seen - 2), "")
            self.painter.setPen(now.colour("muted"))
            self.painter.drawText(QRectF(seen, 0, right - seen, now.px(26)), int(Qt.AlignmentFlag.AlignVCenter), words)
        self.painter.setPen(QPen(now.colour("field"), 1.6))
        self.painter.drawLine(QPointF(0, self.line.top()), QPointF(self.rect.width(), self.line.top()))

    def _draw_events(self) -> None:
        now = theme.current()
        radius = now.gap(28) / 2
        middle, base = self.line.top() - now.gap(34), float(self.line.top())
        for first, last, events in clusters(self.view, self.per_day, radius * 2 + 3):
            x = self.x_of(first) + self.per_day / 2
            here = first <= self.line.at <= last
            self.painter.setOpacity(1 if first <= self.line.at else FAINT)
            self.painter.setPen(QPen(now.colour("accent" if here else "field"), 2 if here else 1.2))
            self.painter.drawLine(QPointF(x, middle), QPointF(x, base))
            tones = ("danger", "warning", "good", "info", "plain")
            lead = min(events, key=lambda e: tones.index(e.tone) if e.tone in tones else 4)
            icon = lead.icon if len(events) == 1 else ""
            self._bubble(QPointF(x, middle), icon, lead.tone, radius, len(events), here)
        self.painter.setOpacity(1)

    def _bubble(self, centre: QPointF, icon: str, tone: str, radius: float, count: int, here: bool) -> None:
        now, tone = theme.current(), theme.tone(tone)
        self.painter.setBrush(now.colour("card"))
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.drawEllipse(centre, radius + 2, radius + 2)
        self.painter.setBrush(now.colour(tone + "bg"))
        self.painter.setPen(QPen(now.colour("accent" if here else tone), 2.4 if here else 1))
        self.painter.drawEllipse(centre, radius, radius)
        if icon:
            side = round(radius * 1.1)
            self.painter.drawPixmap(
                QPointF(centre.x() - side / 2, centre.y() - side / 2), icons.pixmap(icon, tone, side)
            )
            return
        self.painter.setPen(now.colour(tone))
        self.painter.setFont(now.font(12 if count < 100 else 10, 700))
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        self.painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(count))

    def _draw_rows(self) -> None:
        now = theme.current()
        self.painter.save()
        self.painter.setClipRect(QRectF(self.gutter, self.line.top() + 1, self.rect.width(), self.rect.height()))
        for row, top in self._seen():
            for at, lane in enumerate(row.lanes):
                y = top + now.gap(5) + at * now.px(22)
                self._draw_lane(lane, y)
            if row.more:
                self._draw_more(row.more, top + now.gap(5) + len(row.lanes) * now.px(22))
            self.painter.setPen(QPen(now.colour("line"), 1))
            below = top + self.line.row_height(row)
            self.painter.drawLine(QPointF(0, below), QPointF(self.rect.width(), below))
        self.painter.restore()

    def _seen(self) -> Iterator[tuple[Row, float]]:
        for row, top in self.line.tops():
            y = self.line.top() + top - self.line.verticalScrollBar().value()
            if y + self.line.row_height(row) > self.line.top() and y < self.rect.height():
                yield row, float(y)

    def _ends(self, one: Owed) -> tuple[float, float]:
        left = self.x_of(one.arose)
        right = self.x_of(last_day(self.view, one)) + self.per_day
        return left, max(right, left + self.least)

    def _draw_lane(self, lane: tuple[Owed, ...], y: float) -> None:
        """Those in sight. Where they are too close for each to be seen, what went late comes before what did not."""
        until = -1e9
        for one in lane:
            left, right = self._ends(one)
            if right < self.gutter or left > self.rect.width():
                continue
            if left >= until - 1 or one == self.line.chosen or (one.late_from and right - until > self.least / 2):
                self._draw_owed(one, y)
                until = right

    def _draw_more(self, some: tuple[Owed, ...], y: float) -> None:
        """Those for which there is no lane: one bar, and how many of them were late on this day."""
        now, day = theme.current(), self.view.day(self.line.at)
        left = self.x_of(some[0].arose)
        right = self.x_of(max(last_day(self.view, one) for one in some)) + self.per_day
        box = QRectF(left, y, right - left, now.px(18))
        late = [one for one in some if one.standing(day) == "late"]
        self.painter.setOpacity(1 if some[0].arose <= day else FAINT)
        self._late(box, more_words(some, day)) if late else self._more_calm(box, more_words(some, day))
        self.painter.setOpacity(1)
        if self.line.chosen in some:
            self._ring(box)
        self.spots.append((box, late[0] if late else some[0]))

    def _more_calm(self, box: QRectF, words: str) -> None:
        now = theme.current()
        self.painter.setPen(QPen(now.colour("grey"), 1))
        self.painter.setBrush(now.colour("greybg"))
        self.painter.drawRoundedRect(box, 4, 4)
        seen = box.intersected(QRectF(self.gutter, box.y(), self.rect.width(), box.height()))
        Drawn.words(self.painter, seen.adjusted(6, 0, -4, 0), words, size=12, weight=700, token="grey")

    def _ring(self, box: QRectF) -> None:
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(QPen(theme.current().colour("ink"), 2.4))
        self.painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 6, 6)

    def _draw_owed(self, one: Owed, y: float) -> None:
        now, day = theme.current(), self.view.day(self.line.at)
        left, right = self._ends(one)
        box = QRectF(left, y, right - left, now.px(18))
        self.painter.setOpacity(1 if one.arose <= day else FAINT)
        late = self.x_of(one.late_from) if one.late_from else right
        late = min(max(late, left), right - now.px(16)) if one.late_from else right
        self._calm(QRectF(left, y, max(late - left, 0), box.height()), one)
        if one.late_from:
            self.painter.setOpacity(1 if one.late_from <= day else FAINT)
            self._late(
                QRectF(late, y, right - late, box.height()), late_words(one, day) if one.late_from <= day else "late"
            )
        self.painter.setOpacity(1)
        if one == self.line.chosen:
            self._ring(box)
        self.spots.append((box.adjusted(-3, -3, 3, 3), one))

    def _calm(self, box: QRectF, one: Owed) -> None:
        """The time in which it was owed and not late; a tick at the end where it was done."""
        now = theme.current()
        done = one.how == "met" and not one.late_from
        tone = "green" if done else "blue" if one.late_from or not one.how else "grey"
        if box.width() > 1:
            self.painter.setPen(QPen(now.colour(tone), 1))
            self.painter.setBrush(now.colour(tone + "bg"))
            self.painter.drawRoundedRect(box, 4, 4)
        side = box.height() - 4
        if not one.late_from and one.how and box.width() >= side:
            sign = "check" if done else "x"
            spot = QPointF(box.right() - side - 1, box.y() + 2)
            self.painter.drawPixmap(spot, icons.pixmap(sign, tone, round(side)))

    def _late(self, box: QRectF, words: str) -> None:
        """Striped, with a warning sign, and the days in words where there is room."""
        now = theme.current()
        self.painter.setPen(QPen(now.colour("red"), 1.4))
        self.painter.setBrush(now.colour("redbg"))
        self.painter.drawRoundedRect(box, 3, 3)
        stripes = now.colour("redline")
        self.painter.setBrush(QBrush(stripes, Qt.BrushStyle.BDiagPattern))
        self.painter.drawRoundedRect(box, 3, 3)
        side = box.height() - 4
        inside = box.intersected(QRectF(self.gutter, box.y(), self.rect.width() - self.gutter, box.height()))
        self.painter.setFont(now.font(12, 700))
        room = QFontMetrics(self.painter.font()).horizontalAdvance(words) + side + 12
        label = QRectF(inside.x(), box.y() + 1.5, room if room < inside.width() else side + 3, box.height() - 3)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(now.colour("redbg"))
        self.painter.drawRect(label.adjusted(1, 0, 0, 0).intersected(inside.adjusted(1, 1.5, -1, -1.5)))
        spot = QPointF(inside.x() + 2, box.y() + 2)
        self.painter.drawPixmap(spot, icons.pixmap("triangle-alert", "red", round(side)))
        if room < inside.width():
            self.painter.setPen(now.colour("red"))
            self.painter.drawText(label.adjusted(side + 6, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), words)

    def _draw_names(self) -> None:
        now, wide = theme.current(), self.gutter
        self.painter.fillRect(QRectF(0, 0, wide, self.rect.height()), now.colour("card"))
        self.painter.setPen(QPen(now.colour("line"), 1))
        self.painter.drawLine(QPointF(wide, 0), QPointF(wide, self.rect.height()))
        self.painter.setPen(QPen(now.colour("field"), 1.6))
        self.painter.drawLine(QPointF(0, self.line.top()), QPointF(wide, self.line.top()))
        high = now.px(22)
        above = QRectF(now.gap(12), self.line.top() - now.gap(34) - high / 2, wide - now.gap(20), high)
        Drawn.words(self.painter, above, "What happened", size=14, weight=700)
        self.painter.save()
        self.painter.setClipRect(QRectF(0, self.line.top() + 1, wide, self.rect.height()))
        owed = QRectF(now.gap(12), self.line.top() + now.gap(6) - self.line.verticalScrollBar().value(), wide, high)
        Drawn.words(self.painter, owed, "What was owed", size=14, weight=700)
        for row, top in self._seen():
            box = QRectF(now.gap(12), top + now.gap(4), wide - now.gap(18), high)
            side = now.px(15)
            if row.late:
                self.painter.drawPixmap(
                    QPointF(box.x(), box.y() + (high - side) / 2), icons.pixmap("triangle-alert", "red", side)
                )
            words = box.adjusted(side + now.gap(6), 0, 0, 0)
            Drawn.words(self.painter, words, row.name, size=13, weight=600 if row.late else 400)
        self.painter.restore()

    def _draw_day(self) -> None:
        now = theme.current()
        x = self.x_of(self.line.at) + self.per_day / 2
        if not self.gutter <= x <= self.rect.width():
            return
        self.painter.setPen(QPen(now.colour("accent"), 2))
        self.painter.drawLine(QPointF(x, now.px(24)), QPointF(x, self.rect.height()))
        font = now.font(12, 700)
        words = bare_day(self.view.day(self.line.at))
        wide = QFontMetrics(font).horizontalAdvance(words) + 14
        left = min(max(x - wide / 2, self.gutter + 2), self.rect.width() - wide - 4)
        flag = QRectF(left, 3, wide, now.px(21))
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(now.colour("accent"))
        self.painter.drawRoundedRect(flag, 5, 5)
        self.painter.setPen(now.colour("onaccent"))
        self.painter.setFont(font)
        self.painter.drawText(flag, int(Qt.AlignmentFlag.AlignCenter), words)
