"""When it happens: a picture by weekday and hour, the same in words, and as a table for screen readers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from asbdesk.casework.pattern import SPANS, WEEK, Pattern, pattern
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.buttons import Button, IconButton
from asbdesk.ui.widgets.layout import Bar, Card, Scroll, capped, column, holder, row
from asbdesk.ui.widgets.text import Heading, Muted, Text

ACROSS = 1180
"""Pixels at 100 % text that the page takes at most."""
LEFT, HEAD, LINE = 92, 24, 34
"""Pixels at 100 % text: room for the days' names, for the hours, and for one day."""


class PatternPicture(QWidget):
    """A cell for each hour of each weekday: the more, the fuller, and the number in it."""

    def __init__(self, shown: Pattern) -> None:
        super().__init__()
        self.shown = shown
        self.setAccessibleName("When it happens, as a picture. The words beside it and the table tell the same.")
        self.setAccessibleDescription(" ".join(shown.words))

    def sizeHint(self) -> QSize:
        now = theme.current()
        return QSize(now.px(760), now.px(HEAD + 7 * LINE + 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(420), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, head, line = now.px(LEFT), now.px(HEAD), now.px(LINE)
        wide = (self.width() - left - 2) / 24
        painter.setFont(now.font(12))
        painter.setPen(now.colour("muted"))
        for hour in range(0, 24, 3):
            place = QRectF(left + hour * wide, 0, 3 * wide, head)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"{hour:02}:00")
        for day, name in enumerate(WEEK):
            top = head + day * line
            painter.setFont(now.font(14))
            painter.setPen(now.colour("body"))
            painter.drawText(QRectF(0, top, left - 8, line), Qt.AlignmentFlag.AlignVCenter, name)
            for hour in range(24):
                cell = QRectF(left + hour * wide + 1, top + 2, wide - 2, line - 4)
                self._cell(painter, cell, self.shown.hours[day][hour])
        painter.end()

    def _cell(self, painter: QPainter, cell: QRectF, count: int) -> None:
        now = theme.current()
        part = count / self.shown.most if self.shown.most else 0.0
        painter.setPen(QPen(now.colour("line"), 1))
        painter.setBrush(_between(now.colour("card"), now.colour("accent"), part))
        painter.drawRoundedRect(cell, 3, 3)
        if count:
            painter.setFont(now.font(13, 600))
            painter.setPen(now.colour("onaccent" if part > 0.5 else "ink"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(count))


def _between(first: QColor, last: QColor, part: float) -> QColor:
    if not part:
        return first
    share = 0.25 + 0.75 * part
    red, green, blue = (
        round(a + (b - a) * share)
        for a, b in (
            (first.red(), last.red()),
            (first.green(), last.green()),
            (first.blue(), last.blue()),
        )
    )
    return QColor(red, green, blue)


class PatternTable(QTableWidget):
    """Weekdays down, eight parts of the day across; read out cell by cell."""

    def __init__(self, shown: Pattern) -> None:
        super().__init__(7, len(SPANS))
        self.setAccessibleName("When it happens, as a table: weekdays and parts of the day")
        self.setHorizontalHeaderLabels([span.replace(" to ", "–") for span in SPANS])
        self.setVerticalHeaderLabels(list(WEEK))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for day in range(7):
            for at, span in enumerate(SPANS):
                count = shown.span(day, at)
                item = QTableWidgetItem(str(count) if count else "")
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                said = f"{WEEK[day]}, {span}: {count or 'nothing'}"
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
                self.setItem(day, at, item)
        days = self.verticalHeader()
        days.setDefaultSectionSize(theme.current().px(34))
        days.setMinimumWidth(theme.current().px(LEFT + 12))
        days.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        height = self.horizontalHeader().sizeHint().height() + sum(self.rowHeight(n) for n in range(7)) + 4
        self.setMinimumHeight(height)


class PatternPage(QWidget):
    """Over the window. From here an entry is keyed in, and a blank sheet is found."""

    left = Signal()

    def __init__(self, frame: Frame, case: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_, self.case = frame, case
        self.shown: Pattern = frame.desk.read(pattern, case)
        key = Button("Key in a diary sheet", icon="notebook-pen", on=self._key_in)
        blank = Button("A blank diary sheet", icon="printer", on=self._blank)
        close = IconButton("x", "Close", on=self.left.emit)
        words = holder(column(Heading("When it happens", 1), Muted("From diary sheets and reports"), gap=2))
        head = Bar("header", row((words, 1), key, blank, close, gap=8, margins=(28, 14, 28, 14)), ACROSS)
        told = Card(Heading("In words"), *(Text(each, "body") for each in self.shown.words), gap=8)
        self.picture, self.table = PatternPicture(self.shown), PatternTable(self.shown)
        drawn = Card(Heading("By weekday and hour"), self.picture, gap=10)
        listed = Card(Heading("As a table"), self.table, gap=10)
        inside = column(told, drawn, listed, None, gap=14, margins=(28, 18, 28, 22))
        self.setLayout(column(head, (Scroll(holder(capped(inside, ACROSS))), 1), gap=0))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.left.emit)
        self.setFocusProxy(key)

    def _key_in(self) -> None:
        from asbdesk.ui.screens.case.adding import open_add

        self.left.emit()
        open_add(self.frame_, self.case, "evidence", "diary")

    def _blank(self) -> None:
        """It is among the papers to give along."""
        self.left.emit()
        self.frame_.open_case(self.case, "letters")
        self.frame_.say("note", "“Diary sheet” is under “To give along”: choose whom it is for first.")


def open_pattern(frame: Frame, case: str) -> PatternPage:
    """Over the window."""
    page = PatternPage(frame, case)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page


WHEN = ("When it happens", "calendar-clock")
"""The button's words and icon."""


def pattern_button(frame: Frame, case: str) -> Button:
    """What opens it."""
    return Button(WHEN[0], icon=WHEN[1], on=partial(open_pattern, frame, case))
