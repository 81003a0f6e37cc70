"""A day typed as people say it ("Fri 27 Nov", "in 2 weeks"), with the whole date written out below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from asbdesk.clock import plain_day
from asbdesk.ui.plain_dates import parse_day, parse_time
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.fields import Field
from asbdesk.ui.widgets.layout import column
from asbdesk.ui.widgets.text import Text

NOT_A_DAY = "This is not a day yet. Write it like Fri 27 Nov, 27/11 or in 2 weeks."
PAST = "This day has gone. Choose one to come."
NOT_A_TIME = "This is not a time yet. Write it like 10:00 or 2.30pm."


class DayField(QWidget):
    """`picked(day)` with `YYYY-MM-DD`, or empty when it was cleared. Only days from `today` on are taken."""

    picked = Signal(str)

    def __init__(self, name: str, today: str, day: str = "") -> None:
        super().__init__()
        self.today, self.day = today, day
        self.field = Field(
            plain_day(day) if day else "", name=name, hint="For example: Fri 27 Nov, in 2 weeks", limit=60
        )
        self.reads = Text("", "small", tone="grey")
        self.reads.hide()
        self.field.said.connect(self._typed)
        self.setFocusProxy(self.field)
        self.setLayout(column(self.field, self.reads, gap=4))

    def _typed(self, text: str) -> None:
        day = parse_day(text, self.today) if text.strip() else ""
        problem = NOT_A_DAY if day is None else PAST if day and day < self.today else ""
        self._reads(problem or (plain_day(day) if day else ""), bool(problem))
        if not problem and day != self.day:
            self.day = day or ""
            self.picked.emit(self.day)

    def _reads(self, words: str, wrong: bool) -> None:
        self.reads.setText(words)
        self.reads.set_tone("red" if wrong else "grey")
        self.reads.setVisible(bool(words))
        self.field.set_wrong(wrong)
        if wrong:
            announce(self.reads, words)

    def flush(self) -> None:
        self.field.flush()


class TimeField(QWidget):
    """`picked(time)` with `HH:MM`, or empty."""

    picked = Signal(str)

    def __init__(self, name: str, time: str = "") -> None:
        super().__init__()
        self.time = time
        self.field = Field(time, name=name, hint="10:00", limit=12)
        self.reads = Text("", "small", tone="red")
        self.reads.hide()
        self.field.said.connect(self._typed)
        self.setFocusProxy(self.field)
        self.setLayout(column(self.field, self.reads, gap=4))

    def _typed(self, text: str) -> None:
        time = parse_time(text) if text.strip() else ""
        self.reads.setText("" if time is not None else NOT_A_TIME)
        self.reads.setVisible(time is None)
        self.field.set_wrong(time is None)
        if time is not None and time != self.time:
            self.time = time
            self.picked.emit(time)

    def flush(self) -> None:
        self.field.flush()
