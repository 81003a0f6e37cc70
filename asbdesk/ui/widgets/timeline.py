"""The chronology: a line of bubbles with what happened, when, and who wrote it down; long ones stay fast."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from asbdesk.casework.views import ChronologyLine
from asbdesk.ui import theme
from asbdesk.ui.widgets.lists import ROW, Drawn, Index

WRAP = int(Qt.TextFlag.TextWordWrap)


def words_of(line: ChronologyLine) -> str:
    """What a screen reader says of an entry."""
    return ". ".join(part.rstrip(".") for part in (line.day_text, line.title, line.text, _foot(line)) if part)


def _foot(line: ChronologyLine) -> str:
    return " · ".join(part for part in (line.by, line.recorded) if part)


class TimelineDelegate(Drawn):
    """Draws a `ChronologyLine` from its row role; the day stands right of the title, or under it when narrow."""

    def _inner(self, option: QStyleOptionViewItem) -> int:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 500
        return width - theme.current().gap(74)

    def _stacked(self, option: QStyleOptionViewItem) -> bool:
        return self._inner(option) < theme.current().px(420)

    def _text_height(self, option: QStyleOptionViewItem, text: str, size: float) -> int:
        if not text:
            return 0
        metrics = QFontMetrics(theme.current().font(size))
        return metrics.boundingRect(QRect(0, 0, self._inner(option), 100_000), WRAP, text).height()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: ChronologyLine = index.data(ROW)
        now = theme.current()
        height = now.px(22) + (now.px(20) if self._stacked(option) else 0) + 6
        height += self._text_height(option, line.text, 14) + (now.px(21) if _foot(line) else 0)
        return QSize(200, max(height, now.gap(40)) + now.gap(22))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: ChronologyLine = index.data(ROW)
        now = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        radius = now.gap(34) / 2
        centre = QPointF(rect.x() + radius + 7, rect.y() + radius + 2)
        self._thread(painter, rect, centre, index)
        self.bubble(painter, centre, line.icon, line.tone, radius)
        x, y, width = rect.x() + now.gap(54), rect.y() + 4, self._inner(option)
        self._title(painter, QRectF(x, y, width, now.px(22)), line, self._stacked(option))
        y += now.px(22) + (now.px(20) if self._stacked(option) else 0) + 3
        height = self._text_height(option, line.text, 14)
        painter.setFont(now.font(14))
        painter.setPen(now.colour("body"))
        painter.drawText(QRectF(x, y, width, height + 2), WRAP, line.text)
        if _foot(line):
            self.words(
                painter, QRectF(x, y + height + 2, width, now.px(20)), _foot(line), size=13, weight=500, token="muted"
            )
        self.ring(painter, option, QRectF(rect).adjusted(1, 1, -4, -now.gap(10)))
        painter.restore()

    def _title(self, painter: QPainter, box: QRectF, line: ChronologyLine, stacked: bool) -> None:
        now = theme.current()
        day = QFontMetrics(now.font(13, 500)).horizontalAdvance(line.day_text) + 12
        room = box if stacked else box.adjusted(0, 0, -day, 0)
        self.words(painter, room, line.title, size=15, weight=600)
        under = box.translated(0, now.px(20)) if stacked else box
        self.words(painter, under, line.day_text, size=13, weight=500, token="muted", right=not stacked)

    @staticmethod
    def _thread(painter: QPainter, rect: QRect, centre: QPointF, index: Index) -> None:
        painter.setPen(QPen(theme.current().colour("line"), 2))
        last = index.row() == index.model().rowCount() - 1
        top = centre.y() if index.row() == 0 else float(rect.y())
        bottom = centre.y() if last else float(rect.bottom() + 1)
        painter.drawLine(QPointF(centre.x(), top), QPointF(centre.x(), bottom))
