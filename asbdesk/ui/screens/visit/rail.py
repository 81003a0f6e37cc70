"""The nine steps at the left: where each stands, and a way to any of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from asbdesk.casework.visit_views import StepState
from asbdesk.ui import icons, theme

STATE_WORDS = {"todo": "not begun", "begun": "begun", "done": "done", "later": "to come back to"}
LOOKS = {
    "now": ("accent", "onaccent", "accent"),
    "todo": ("greybg", "muted", "greybg"),
    "begun": ("card", "accent", "accent"),
    "done": ("greenbg", "green", "greenbg"),
    "later": ("amberbg", "amber", "amberbg"),
}
"""Ground, ink and edge of a step's circle."""
PICTURES = {"done": "check", "later": "clock"}
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


def short_title(title: str) -> str:
    """ "What you want, and what you do not want us to do" as "What you want": the rail is narrow."""
    return title if len(title) <= 24 else title.split(",")[0]


class StepButton(QAbstractButton):
    """One step: a circle with its number or a tick, and its name."""

    def __init__(self, number: int, total: int) -> None:
        super().__init__()
        self.number, self.total, self.state, self.now, self.compact = number, total, "todo", False, False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_state(self, step: StepState, now: bool, compact: bool) -> None:
        self.state, self.now, self.compact = step.state, now, compact
        self.setText(short_title(step.title))
        here = "shown now, " if now else ""
        self.setAccessibleName(f"Step {step.number} of {self.total}: {step.title}, {here}{STATE_WORDS[step.state]}")
        self.setToolTip(step.title if compact else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if now else Qt.FocusPolicy.ClickFocus)
        self.updateGeometry()
        self.update()

    def _room(self) -> tuple[int, int]:
        """Width of the circle's column, and of the words."""
        look = theme.current()
        return look.gap(46), max(40, look.gap(224) - look.gap(46) - look.gap(6))

    def sizeHint(self) -> QSize:
        look = theme.current()
        left, words = self._room()
        if self.compact:
            return QSize(look.gap(48), look.gap(44))
        box = QFontMetrics(look.font(15, 600)).boundingRect(QRect(0, 0, words, 999), WRAP, self.text())
        return QSize(left + words, max(look.gap(44), box.height() + look.gap(12)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.gap(30)
        circle = QRectF((self._room()[0] - side) / 2, (self.height() - side) / 2, side, side)
        self._circle(painter, circle, look)
        if not self.compact:
            painter.setFont(look.font(15, 600 if self.now else 450))
            quiet = self.state == "todo" and not self.now
            painter.setPen(look.colour("muted" if quiet else "ink"))
            painter.drawText(self.rect().adjusted(self._room()[0], 0, -4, 0), WRAP, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("ring"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 9, 9)
        painter.end()

    def _circle(self, painter: QPainter, circle: QRectF, look: theme.Theme) -> None:
        ground, ink, edge = LOOKS["now" if self.now else self.state]
        painter.setBrush(look.colour("hover" if self.underMouse() and not self.now else ground))
        painter.setPen(QPen(look.colour(edge), 2))
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        picture = "" if self.now else PICTURES.get(self.state, "")
        if picture:
            size = look.gap(17)
            corner = circle.center() - QPointF(size / 2, size / 2)
            painter.drawPixmap(corner, icons.pixmap(picture, ink, size))
        else:
            painter.setFont(look.font(13, 700))
            painter.setPen(look.colour(ink))
            painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(self.number))


class StepRail(QWidget):
    """The steps under one another; one Tab stop, arrows within. Emits `chosen(step id)`."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Steps of the visit")
        self.buttons: dict[str, StepButton] = {}
        self._steps: tuple[StepState, ...] = ()
        self._now, self._compact = "", False
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 4, 0, 4)
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_steps(self, steps: Sequence[StepState], now: str) -> None:
        self._steps, self._now = tuple(steps), now
        for step in steps:
            if step.id not in self.buttons:
                self._add(step)
            self.buttons[step.id].show_state(step, step.id == now, self._compact)

    def _add(self, step: StepState) -> None:
        button = StepButton(step.number, 9)
        button.clicked.connect(lambda _=False, id=step.id: self.chosen.emit(id))
        self.buttons[step.id] = button
        self._lines.insertWidget(self._lines.count() - 1, button)

    def set_compact(self, compact: bool) -> None:
        """Numbers alone, where the window is narrow or the text large."""
        if compact != self._compact:
            self._compact = compact
            self.show_steps(self._steps, self._now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        places = list(self.buttons.values())
        held = next((n for n, button in enumerate(places) if button.hasFocus()), None)
        turn = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if held is None or turn is None:
            super().keyPressEvent(event)
            return
        places[(held + turn) % len(places)].setFocus(Qt.FocusReason.OtherFocusReason)
