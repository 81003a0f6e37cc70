"""What nobody holds any more, looked for between the officer's actions: never within one, where it would be waited
for, and never in a worker's thread, which would take widgets apart there."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000
"""Milliseconds between two looks."""
DUE = (20_000, 10, 10)
"""How much is new, and how often the younger things were looked through, before each generation's turn comes."""


class Rubbish(QObject):
    """From `start` to `stop` Python looks for none by itself. It goes on where this ends without `stop`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.destroyed.connect(gc.enable)

    def start(self) -> None:
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()

    def look(self) -> None:
        """Through the oldest generation whose turn has come."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > DUE[generation]:
                gc.collect(generation)
                return
