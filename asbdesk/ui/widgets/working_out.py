"""The line at the foot of the window while what is due is worked out again in many cases."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from asbdesk.ui.widgets.layout import Card, row
from asbdesk.ui.widgets.text import Icon, Text

FEW = 100
"""So few are done before anybody has read the line."""


class WorkingOut:
    """`told(done, of)` shows the line at the foot of `root`, where it is worth saying; `end()` takes it away."""

    def __init__(self, root: QWidget) -> None:
        self._root = root
        self._card: Card | None = None

    def told(self, done: int, of: int) -> None:
        if self._card is None:
            if of - done < FEW:
                return
            self._make(of)
        self.bar.setValue(done)
        self.words.setText(f"Working out what is due again: {done:,} of {of:,} cases. You can go on working.")

    def _make(self, of: int) -> None:
        self.words, self.bar = Text("", "small"), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, of)
        self.bar.setAccessibleName("Working out what is due again")
        line = row(Icon("clock", "accent", 18), (self.words, 2), (self.bar, 1), gap=12)
        self._card = Card(line, kind="soft", margins=(16, 6, 16, 6))
        box = self._root.layout()
        assert box is not None
        box.addWidget(self._card)

    def end(self) -> None:
        if self._card is not None:
            self._card.hide()
            self._card.deleteLater()
            self._card = None
