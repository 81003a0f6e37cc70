"""Midnight while the window stands open: what is shown is of the new day, without a key being pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from asbdesk.clock import understand

if TYPE_CHECKING:
    from asbdesk.ui.frame import Frame

EVERY = 30_000
"""Milliseconds between two looks at the day: a timer set to midnight sleeps past it with the lid shut."""


class NewDay(QObject):
    """Looks whether it is another day in London, as long as `frame` stands."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.frame_, self.day = frame, frame.desk.today
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY)

    def look(self) -> None:
        """On another day the screen is read again; one that lies under a page, when that is left."""
        day = self.frame_.desk.today
        if day == self.day:
            return
        self.day = day
        understand(day[:4])
        if self.frame_.over is None and self.frame_.shown is not None:
            self.frame_.flush()
            self.frame_.shown.refresh()
