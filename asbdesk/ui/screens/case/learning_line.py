"""The drawn time line of a case: what happened above, what was owed below, late striped, signed and said in words."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from asbdesk.clock import days_between
from asbdesk.documents.learned import Learned, Owed
from asbdesk.ui import theme
from asbdesk.ui.screens.case.learning_paint import Drawing
from asbdesk.ui.screens.case.learning_time import Band, Row, rows
from asbdesk.ui.screens.case.learning_time import bands as months

MOST_PER_DAY = 40.0
NAMES = 248
"""Pixels at 100 % text for the names of what was owed: the longest there is stands in it whole."""
HELP = "Left and right: a day. Page up and down: a month. Home and End: the ends. Up and down: what was owed."
KEY = "Ticked: done in time. Striped, with a sign: late."


class LearningLine(QAbstractScrollArea):
    """`moved(day number)` when another day is shown, `chose(Owed)` when one thing is; `playing()` on the space bar."""

    moved = Signal(int)
    chose = Signal(object)
    playing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: Learned | None = None
        self.rows: tuple[Row, ...] = ()
        self.at, self.zoom = 0, 1.0
        self.chosen: Owed | None = None
        self.spots: list[tuple[QRectF, Owed]] = []
        self.bands: tuple[Band, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Time line of the case")
        self.setAccessibleDescription(HELP)
        self.horizontalScrollBar().setAccessibleName("Along time")
        self.verticalScrollBar().setAccessibleName("Down what was owed")

    # ---- what is shown
    def show_view(self, view: Learned) -> None:
        """Draw this case, its last day first."""
        self.view, self.rows = view, rows(view)
        self.at, self.zoom, self.chosen = view.days - 1, 1.0, None
        self._measure()

    def go(self, at: int) -> None:
        """Show the day so many after the first."""
        if self.view is None:
            return
        at = min(max(at, 0), self.view.days - 1)
        if at != self.at:
            self.at = at
            self._keep_in_sight()
            self.viewport().update()
            self.moved.emit(at)

    def choose(self, one: Owed | None) -> None:
        """Mark what was owed; its row comes into sight."""
        self.chosen = one
        if one is not None:
            top, bottom = self._place(one)
            bar, room = self.verticalScrollBar(), self._room()
            if top < bar.value() or bottom > bar.value() + room:
                bar.setValue(int(top - room / 3))
            self.chose.emit(one)
        self.viewport().update()

    def zoom_by(self, factor: float) -> None:
        """Closer (over 1) or farther; the whole case is the farthest."""
        self.zoom = min(max(self.zoom * factor, 1.0), max(MOST_PER_DAY / self._whole(), 1.0))
        self._measure()
        self._keep_in_sight(middle=True)

    # ---- measures
    def gutter(self) -> int:
        return int(min(theme.current().px(NAMES), self.viewport().width() * 0.34))

    def _whole(self) -> float:
        """Pixels a day when the whole case is in sight."""
        return max(self._across(), 50) / (self.view.days if self.view else 1)

    def _across(self) -> int:
        """Pixels beside the names, with room for half a bubble at either end."""
        return self.viewport().width() - self.gutter() - 2 * self._edge()

    @staticmethod
    def _edge() -> int:
        return theme.current().gap(17)

    @property
    def per_day(self) -> float:
        return self._whole() * self.zoom

    def x_of(self, day: str | int) -> float:
        """Where a day begins, in pixels from the left."""
        number = day if isinstance(day, int) else days_between(self.view.start, day) if self.view else 0
        return self.gutter() + self._edge() + number * self.per_day - self.horizontalScrollBar().value()

    def top(self) -> int:
        now = theme.current()
        return now.px(26) + now.gap(66)

    def _room(self) -> int:
        return max(self.viewport().height() - self.top(), 1)

    def row_height(self, row: Row) -> int:
        now = theme.current()
        return row.height * now.px(22) + now.gap(10)

    def tops(self) -> Iterator[tuple[Row, int]]:
        top = theme.current().px(30)
        for row in self.rows:
            yield row, top
            top += self.row_height(row)

    def _place(self, one: Owed) -> tuple[int, int]:
        for row, top in self.tops():
            if one in row:
                return top, top + self.row_height(row)
        return 0, 0

    def _measure(self) -> None:
        if self.view is None:
            return
        wide = self.view.days * self.per_day
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        room = self._across()
        across.setRange(0, max(round(wide - room), 0))
        across.setPageStep(max(room, 1))
        across.setSingleStep(max(round(self.per_day), 8))
        high = sum(self.row_height(row) for row in self.rows) + theme.current().px(36)
        down.setRange(0, max(high - self._room(), 0))
        down.setPageStep(self._room())
        down.setSingleStep(24)
        self.bands = tuple(months(self.view, self.per_day, theme.current().px(38)))
        self.viewport().update()

    def _keep_in_sight(self, *, middle: bool = False) -> None:
        at, bar = self.x_of(self.at), self.horizontalScrollBar()
        if middle or at < self.gutter() or at + self.per_day > self.viewport().width() - 8:
            bar.setValue(round(self.at * self.per_day - self._across() / 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    # ---- by hand
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, turn = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -30, Qt.Key.Key_PageDown: 30}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: 10**7}
        if key in steps:
            one = steps[Qt.Key(key)]
            self.go(self._turn(one) if turn else self.at + one)
        elif key in ends:
            self.go(ends[Qt.Key(key)])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Space:
            self.playing.emit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom_by(0.5 if key == Qt.Key.Key_Minus else 2)
        else:
            super().keyPressEvent(event)

    def _turn(self, step: int) -> int:
        """The next day on which something happened or went late, that way."""
        if self.view is None:
            return 0
        numbers = [days_between(self.view.start, day) for day in self.view.turns]
        later = [n for n in numbers if n > self.at]
        earlier = [n for n in numbers if n < self.at]
        return min(later, default=self.at) if step > 0 else max(earlier, default=self.at)

    def _step(self, step: int) -> None:
        if self.view is None:
            return
        day = self.view.day(self.at)
        known = [one for row in self.rows for one in row.all if one.arose <= day]
        if known:
            at = known.index(self.chosen) + step if self.chosen in known else 0
            self.choose(known[min(max(at, 0), len(known) - 1)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position()
        found = next((one for box, one in self.spots if box.contains(spot)), None)
        if found is not None and spot.y() > self.top():
            self.choose(found)
        else:
            self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = event.position()
        if event.buttons() & Qt.MouseButton.LeftButton and spot.x() > self.gutter():
            self.go(int((spot.x() - self.x_of(0)) / self.per_day))

    # ---- drawing
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.viewport().rect())
        painter.fillRect(rect, theme.current().colour("card"))
        if self.view is not None:
            self.spots = Drawing(self, self.view, painter, rect).draw()
        painter.end()
