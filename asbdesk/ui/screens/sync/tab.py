"""What the tabs of the sharing page have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.layout import Card, column, empty, row
from asbdesk.ui.widgets.text import Icon, Text

if TYPE_CHECKING:
    from asbdesk.sync.status import SyncStatus


class ShareTab(QWidget):
    """`refresh(status)` reads and draws; `count` stands beside the title."""

    title = ""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame_ = frame
        self.count = 0
        self._shown: object = None
        self.box = column(gap=12)
        self.setLayout(self.box)

    def refresh(self, told: SyncStatus) -> None:
        """Read again, and draw where something changed: else the focus stays where it is."""
        found = self.look(told)
        if found != self._shown:
            self.show_found(found)

    def show_found(self, found: object) -> None:
        """Draw what was read."""
        self._shown = found
        empty(self.box)
        self.draw(found)
        self.box.addStretch(1)

    def look(self, told: SyncStatus) -> object:
        """What is drawn: plain values that can be compared."""
        return told

    def draw(self, found: object) -> None:
        """Draw what `look` found."""

    @staticmethod
    def nothing(words: str) -> Card:
        """A card that says that there is nothing."""
        return Card(row(Icon("circle-check", "green", 22), (Text(words), 1), gap=10), kind="good")
