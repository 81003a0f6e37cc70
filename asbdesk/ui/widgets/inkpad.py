"""A place to sign with a finger, a pen or a mouse: `InkPad(label)`, `.strokes()`, `.clear()`, `.undo()`, `changed`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from asbdesk.ui import theme

Stroke = list[tuple[float, float]]
Piece = tuple[str, tuple[float, ...]]
EMPTY_BELOW = 4
"""Fewer points than this is a slip of the hand, not a signature."""


def smooth(strokes: Sequence[Stroke]) -> Iterator[Piece]:
    """Strokes as smoothed curves: ("M", (x, y)) and ("C", (x1, y1, x2, y2, x, y)), through the midpoints."""
    for stroke in strokes:
        points = list(stroke)
        if len(points) == 1:
            points.append((points[0][0] + 0.6, points[0][1] + 0.6))
        yield "M", points[0]
        at = points[0]
        for here, after in zip(points[1:], [*points[2:], None], strict=True):
            end = here if after is None else ((here[0] + after[0]) / 2, (here[1] + after[1]) / 2)
            one = (at[0] + 2 / 3 * (here[0] - at[0]), at[1] + 2 / 3 * (here[1] - at[1]))
            two = (end[0] + 2 / 3 * (here[0] - end[0]), end[1] + 2 / 3 * (here[1] - end[1]))
            yield "C", (*one, *two, *end)
            at = end


def path_of(strokes: Sequence[Stroke]) -> QPainterPath:
    path = QPainterPath()
    for kind, numbers in smooth(strokes):
        if kind == "M":
            path.moveTo(*numbers)
        else:
            path.cubicTo(*numbers)
    return path


class InkPad(QWidget):
    """White paper in every theme, as it will be printed. Delete clears, Ctrl+Z takes back the last stroke."""

    changed = Signal()

    def __init__(self, label: str = "Sign here") -> None:
        super().__init__()
        self.label = label
        self._strokes: list[Stroke] = []
        self._now: Stroke | None = None
        self._hand = ""
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(label)
        words = "Draw a signature with a finger, pen or mouse. Press Delete to clear."
        self.setAccessibleDescription(words + " If you cannot, choose another way below.")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(160)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def sizeHint(self) -> QSize:
        return QSize(640, 220)

    def is_empty(self) -> bool:
        return sum(len(s) for s in self._strokes) < EMPTY_BELOW

    def strokes(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """What was drawn, in tenths of a pixel, y downwards: the shape `documents.paper.Ink` takes."""
        return tuple(tuple((round(x * 10), round(y * 10)) for x, y in stroke) for stroke in self._strokes)

    def set_strokes(self, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Show strokes given in tenths of a pixel."""
        self._strokes = [[(x / 10, y / 10) for x, y in stroke] for stroke in strokes]
        self.update()

    def clear(self) -> None:
        self._strokes, self._now = [], None
        self.update()
        self.changed.emit()

    def undo(self) -> None:
        if self._strokes:
            self._strokes.pop()
            self.update()
            self.changed.emit()

    # One path for all three. The first hand down owns the stroke; a pen beats a finger (the palm on the glass).
    def _down(self, hand: str, at: QPointF) -> None:
        if self._now is not None and not (hand == "pen" and self._hand == "touch"):
            return
        if self._now is not None:
            self._strokes.remove(self._now)
        self._hand, self._now = hand, [(at.x(), at.y())]
        self._strokes.append(self._now)
        self.update()

    def _move(self, hand: str, at: QPointF) -> None:
        if self._now is None or hand != self._hand:
            return
        x, y = self._now[-1]
        if abs(at.x() - x) + abs(at.y() - y) >= 1:
            self._now.append((min(max(at.x(), 0), self.width()), min(max(at.y(), 0), self.height())))
            self.update()

    def _up(self, hand: str) -> None:
        if self._now is not None and hand == self._hand:
            self._now, self._hand = None, ""
            self.changed.emit()

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            self._down("pen", event.position())
        elif kind == QEvent.Type.TabletMove:
            self._move("pen", event.position())
        elif kind == QEvent.Type.TabletRelease:
            self._up("pen")
        event.accept()  # accepted, so that no mouse event is made from it

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            points, kind = event.points(), event.type()
            if points and kind == QEvent.Type.TouchBegin:
                self._down("touch", points[0].position())
            elif points and kind == QEvent.Type.TouchUpdate:
                self._move("touch", points[0].position())
            else:
                self._up("touch")
            event.accept()
            return True
        return super().event(event)

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

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(now.colour("paper"))
        painter.setPen(QPen(now.colour("ring" if self.hasFocus() else "field"), 2 if self.hasFocus() else 1))
        painter.drawRoundedRect(box, 10, 10)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(now.colour("focus"), 3))
            painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), 8, 8)
        foot = box.bottom() - now.gap(42)
        painter.setPen(QPen(now.colour("paperline"), 1.2))
        painter.drawLine(QPointF(28, foot), QPointF(box.right() - 28, foot))
        painter.setFont(now.font(14))
        painter.setPen(now.colour("papertext"))
        painter.drawText(QPointF(28, foot + now.gap(26)), "✕  " + self.label)
        pen = QPen(now.colour("pen"), 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path_of(self._strokes))
        painter.end()
