"""One touch tile: the whole of it answers. Drawn and measured here, so no image files.

`Tile` is one of a group (radio), `TickTile` stands alone. An earlier answer that nobody has confirmed today is marked:
`tile.set_earlier(True)`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy

from asbdesk.ui import theme

WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@lru_cache(maxsize=8192)  # a layout asks for the same many times over
def _extent(text: str, size: int, scale: float) -> tuple[int, int]:
    """Width of the words in one line, and of the longest of them, at the text scale in force."""
    metrics = QFontMetrics(theme.current().font(size, 600))
    longest = max((metrics.horizontalAdvance(word) for word in text.split()), default=20)
    return metrics.horizontalAdvance(text), longest


@lru_cache(maxsize=8192)
def _tall(text: str, size: int, scale: float, room: int) -> int:
    """Height of the words, wrapped into so many pixels."""
    metrics = QFontMetrics(theme.current().font(size, 600))
    return metrics.boundingRect(QRect(0, 0, room, 10_000), int(WRAP), text).height()


if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object  # a widget has one Qt ancestor; the drawing is mixed in beside it


class _Drawn(_Button):
    """How both kinds of tile are drawn and measured."""

    round = True
    value: str = ""
    small = False
    quiet = False
    earlier = False

    def _begin(self, text: str, value: str, small: bool, quiet: bool) -> None:
        self.value, self.small, self.quiet = value or text, small, quiet
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_earlier(self, on: bool) -> None:
        self.earlier = on
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def _measure(self) -> tuple[int, int]:
        now = theme.current()
        pad = now.gap(10 if self.small or self.quiet else 16)
        return pad, pad + now.gap(22) + now.gap(10)

    def _extent(self) -> tuple[int, int]:
        return _extent(self.text(), 15 if self.small or self.quiet else 16, theme.current().scale)

    def _least(self) -> int:
        return theme.current().gap(44 if self.quiet else 48 if self.small else 60)

    def heightForWidth(self, width: int) -> int:
        pad, left = self._measure()
        now, room = theme.current(), max(40, width - left - pad)
        tall = _tall(self.text(), 15 if self.small or self.quiet else 16, now.scale, room)
        return max(self._least(), tall + now.gap(18))

    def sizeHint(self) -> QSize:
        pad, left = self._measure()
        return QSize(left + pad + self._extent()[0] + 4, self._least())

    def minimumSizeHint(self) -> QSize:
        pad, left = self._measure()
        return QSize(left + pad + self._extent()[1] + 4, self._least())

    def paintEvent(self, event: QPaintEvent) -> None:
        now, on = theme.current(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        self._ground(painter, box, now, on)
        pad, left = self._measure()
        side = now.gap(22)
        self._indicator(painter, QRectF(pad, (self.height() - side) / 2, side, side), now, on)
        painter.setPen(now.colour("ink" if self.isEnabled() and not (self.quiet and not on) else "muted"))
        weight = 600 if on else 500
        painter.setFont(now.font(15 if self.small or self.quiet else 16, weight))
        painter.drawText(self.rect().adjusted(left, 2, -pad // 2, -2), int(WRAP), self.text())
        painter.end()

    def _ground(self, painter: QPainter, box: QRectF, now: theme.Theme, on: bool) -> None:
        fill = "accentbg" if on else "hover" if self.underMouse() else "card"
        edge, width = ("accent", 2.0) if on else ("line" if self.quiet else "field", 1.0)
        pen = QPen(now.colour(edge), width)
        if on and self.earlier:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(Qt.GlobalColor.transparent) if self.quiet and not on else now.colour(fill))
        painter.drawRoundedRect(box, 10, 10)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(now.colour("focus"), 3))
            painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), 8, 8)
            painter.setPen(QPen(now.colour("ring"), 2))
            painter.drawRoundedRect(box, 10, 10)

    def _indicator(self, painter: QPainter, box: QRectF, now: theme.Theme, on: bool) -> None:
        painter.setPen(QPen(now.colour("accent" if on else "field"), 2))
        painter.setBrush(now.colour("input"))
        if self.round:
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
            if on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(now.colour("accent"))
                painter.drawEllipse(box.center(), box.width() * 0.25, box.width() * 0.25)
            return
        if on:
            painter.setBrush(now.colour("accent"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        if on:
            pen = QPen(now.colour("onaccent"), 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            at = [(0.28, 0.52), (0.44, 0.68), (0.74, 0.34)]
            painter.drawPolyline([QPointF(box.x() + box.width() * x, box.y() + box.height() * y) for x, y in at])


class Tile(_Drawn, QRadioButton):
    """One answer of several."""

    def __init__(self, text: str, value: str = "", *, small: bool = False, quiet: bool = False) -> None:
        QRadioButton.__init__(self, text)
        self._begin(text, value, small, quiet)
        self.setAutoExclusive(False)


class TickTile(_Drawn, QCheckBox):
    """An answer that may stand beside others."""

    round = False

    def __init__(self, text: str, value: str = "", *, small: bool = False, quiet: bool = False) -> None:
        QCheckBox.__init__(self, text)
        self._begin(text, value, small, quiet)
