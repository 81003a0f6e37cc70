"""In Settings: whether the computer's own notifications remind the officer."""

from __future__ import annotations

from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.layout import Card
from asbdesk.ui.widgets.text import Heading, Muted
from asbdesk.ui.widgets.tiles import TickTile

REMINDS = "Each morning, and when something becomes overdue: how many cases, never whose."


class RemindersCard(Card):
    """The change holds at once."""

    def __init__(self, frame: Frame) -> None:
        self.frame_ = frame
        self.reminders = TickTile("Remind me by this computer’s notifications", small=True)
        self.reminders.setAccessibleDescription(REMINDS)
        self.reminders.setChecked(frame.door.settings().reminders)
        super().__init__(Heading("Reminders"), Muted(REMINDS), self.reminders, gap=12)
        self.reminders.clicked.connect(lambda *_: self._remind())

    def _remind(self) -> None:
        problem = self.frame_.door.change_settings(reminders=self.reminders.isChecked())
        if problem:
            self.frame_.say("warning", problem)
