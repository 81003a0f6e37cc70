"""The signature pad: one path for mouse, finger and pen. Delete clears, Ctrl+Z takes back the last stroke."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from asbdesk.ui import theme
from asbdesk.ui.widgets.strokes import UNITS, Strokes, smoothed

ROOM = 0.92
"""How much of the pad's height a signature that is drawn again takes at most."""
TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)


class InkPad(QWidget):
    """Paper to sign on. `changed` is emitted when a stroke ended, or was taken back or cleared."""

    changed = Signal()

    def __init__(self, label: str = "Sign here", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strokes = Strokes()
        self._line: list[tuple[float, float]] | None = None
        self._device = ""
        self._kept: tuple[tuple[tuple[int, int], ...], ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(320, theme.current().gap(170))
        self.set_label(label)

    def set_label(self, label: str) -> None:
        """The words under the line, such as "Ms R. Begum signs here"; also the name a screen reader says."""
        self.label = label
        self.setAccessibleName(label)
        self.setAccessibleDescription(
            "Draw a signature with a finger, a pen or a mouse. Delete clears it, Control Z takes back the last stroke. "
            "Without drawing: choose another way of agreeing above."
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 260)

    def is_empty(self) -> bool:
        return self.strokes.is_empty()

    def in_units(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """What was drawn, as kept: whole numbers, the pad being 10,000 wide."""
        return self.strokes.in_units(self.width())

    def show_units(self, kept: tuple[tuple[tuple[int, int], ...], ...]) -> None:
        """Draw a kept signature again (after coming back to the step), smaller where the pad has become lower; anew
        when the pad gets another size, until somebody draws on it."""
        self._kept = kept
        tall = max((y for line in kept for _, y in line), default=0) * self.width() / UNITS
        fits = min(1.0, ROOM * self.height() / tall) if tall else 1.0
        self.strokes = Strokes.from_units(kept, self.width() * fits)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._kept:
            self.show_units(self._kept)

    def clear(self) -> None:
        self.strokes = Strokes()
        self._line, self._kept = None, ()
        self._tell()

    def undo(self) -> None:
        """Take back the last stroke."""
        if self.strokes.lines:
            self.strokes.lines.pop()
            self._line, self._kept = None, ()
            self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # -- the first device down owns the stroke; a pen takes it over from a resting palm
    def _down(self, device: str, at: QPointF) -> None:
        if self._line is not None:
            if not (device == "pen" and self._device == "touch"):
                return
            self.strokes.lines.remove(self._line)
        self._device, self._line, self._kept = device, [(at.x(), at.y())], ()
        self.strokes.lines.append(self._line)
        self.update()

    def _move(self, device: str, at: QPointF) -> None:
        if self._line is None or device != self._device:
            return
        x, y = self._line[-1]
        if abs(at.x() - x) + abs(at.y() - y) >= 1:
            self._line.append((at.x(), at.y()))
            self.update()

    def _up(self, device: str) -> None:
        if self._line is not None and device == self._device:
            self._line, self._device = None, ""
            self._tell()

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            self._down("pen", event.position())
        elif kind == QEvent.Type.TabletMove:
            self._move("pen", event.position())
        elif kind == QEvent.Type.TabletRelease:
            self._up("pen")
        event.accept()  # accepted, so no mouse event is made from it

    def event(self, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self._touched(cast(QTouchEvent, event))
            event.accept()
            return True
        if event.type() == QEvent.Type.ShortcutOverride and cast(QKeyEvent, event).matches(
            QKeySequence.StandardKey.Undo
        ):
            event.accept()  # here it takes back a stroke, not what was done before
            return True
        return super().event(event)

    def _touched(self, event: QTouchEvent) -> None:
        if event.type() == QEvent.Type.TouchCancel or not event.points():
            self._up("touch")
            return
        at = event.points()[0].position()
        if event.type() == QEvent.Type.TouchBegin:
            self._down("touch", at)
        elif event.type() == QEvent.Type.TouchUpdate:
            self._move("touch", at)
        else:
            self._up("touch")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._down("mouse", event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move("mouse", event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._up("mouse")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_paper(painter)
        width = max(2.2, self.height() / 110)
        round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        pen = theme.current().colour("pen")
        painter.setPen(QPen(pen, width, Qt.PenStyle.SolidLine, round_cap, round_join))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path())
        painter.end()

    def _paint_paper(self, painter: QPainter) -> None:
        """White in every theme: what is drawn is what is printed."""
        look, focused = theme.current(), self.hasFocus()
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(look.colour("focus" if focused else "paperline"), 3 if focused else 1))
        painter.setBrush(look.colour("paper"))
        painter.drawRoundedRect(box, 10, 10)
        if focused:  # the yellow alone is too faint on white for some eyes: a dark hairline inside it
            painter.setPen(QPen(look.colour("pen"), 1))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 8, 8)
        font = look.font(14)
        high = QFontMetrics(font).height()
        y = box.bottom() - high - 24
        painter.setPen(QPen(look.colour("paperline"), 1.2))
        painter.drawLine(QPointF(28, y), QPointF(box.right() - 26, y))
        painter.setFont(font)
        painter.setPen(look.colour("papertext"))
        below = QRectF(28, y + 8, box.width() - 56, high + 6)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft), self._words())

    def _words(self) -> str:
        return f"✕  {self.label}"

    def _path(self) -> QPainterPath:
        path = QPainterPath()
        for line in self.strokes.lines:
            path.moveTo(*line[0])
            for one, two, end in smoothed(line):
                path.cubicTo(*one, *two, *end)
        return path
