"""Are you out? Asked at the time the officer said, asked again, then *late out*. No alarm without a signal."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame

from asbdesk.clock import LONDON, parse_instant
from asbdesk.ui.screens.visit.context import Visit
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import row
from asbdesk.ui.widgets.text import Icon, Text

LOOK_EVERY = 15_000
"""Milliseconds between looks at the clock."""
AGAIN_AFTER = dt.timedelta(minutes=5)
LATE_AFTER = dt.timedelta(minutes=10)
MORE = dt.timedelta(minutes=15)
NO_ALARM = "asbdesk cannot raise an alarm without a signal. Ring your buddy"
WORDS = {
    "ask": "Are you out?",
    "again": "Are you out? This is the second time of asking.",
    "late": f"Late out. {NO_ALARM} now.",
}
LOOKS = {"ask": ("soft", "accent"), "again": ("ask", "amber"), "late": ("danger", "red")}


def asking(back_by: str | None, now: dt.datetime) -> str:
    """What to ask at `now` of a visit expected out at the instant `back_by`: "", `ask`, `again` or `late`."""
    if back_by is None or now < parse_instant(back_by):
        return ""
    over = now - parse_instant(back_by)
    return "late" if over >= LATE_AFTER else "again" if over >= AGAIN_AFTER else "ask"


class OutStrip(QFrame):
    """The question across the screen. `out` when the officer is out; *not yet* asks again in fifteen minutes."""

    out = Signal()

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit, self.stage = visit, ""
        self._icon, self._words = Icon("clock", "accent", 22), Text("", "strong")
        self.yes = PrimaryButton("I am out", on=self.out.emit)
        self.no = Button("Not yet: 15 minutes more", on=self._more)
        says, does = row(self._icon, (self._words, 1), gap=12), row(None, self.no, self.yes, gap=12)
        self._line = row((says, 1), does, gap=8, margins=(28, 6, 28, 6))
        self.setLayout(self._line)
        self.hide()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY)

    def set_narrow(self, narrow: bool) -> None:
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def look(self) -> None:
        """Ask when it is time."""
        if self.visit.busy:
            return
        stage = asking(self.visit.path.back_by, self.visit.clock.now())
        if stage and stage != self.stage:
            self._show(stage)
        self.stage = stage
        self.setVisible(bool(stage))

    def _show(self, stage: str) -> None:
        kind, token = LOOKS[stage]
        self.setProperty("card", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.set("siren" if stage == "late" else "clock", token)
        self._words.setText(WORDS[stage])
        announce(self, WORDS[stage])

    def _more(self) -> None:
        until = (self.visit.clock.now() + MORE).astimezone(LONDON)
        if self.visit.tried(lambda: self.visit.path.still_here(f"{until:%H:%M}")):
            self.look()
