"""Reminders by the system's notifications, where there are any, else in the window: how much is due, and nothing
of what, where or whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from asbdesk.casework.today import due_counts
from asbdesk.ui.called import Called

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSystemTrayIcon, QWidget

    from asbdesk.ui.desk import UiDesk
    from asbdesk.ui.widgets.banner import Banner

FIRST, EVERY = 3_000, 60_000
"""Milliseconds: from unlocking to the first look, and between two looks."""
KEPT = "reminded_on"
"""Where this desk keeps the last day on which it reminded, and how much was late then."""


def words(due: int, late: int) -> str:
    """What a reminder says; empty for nothing due. It may stand on a screen that anybody sees."""
    today = due - late
    told = [f"{today} {_cases(today)} something due today" if today else ""]
    told += [f"{late} {_cases(late)} something overdue" if late else ""]
    said = ", ".join(part for part in told if part)
    return f"{said}. Open asbdesk." if said else ""


def _cases(count: int) -> str:
    return "case has" if count == 1 else "cases have"


class Reminders(QObject):
    """`said(words)` once each day, after unlocking or as the day begins, and again when more becomes overdue while the
    desk is open. A locked desk is another process, without the key: it reminds of nothing.

    `wanted()` is asked at each look, so that the setting holds at once. `busy()`: nothing is said meanwhile, as on a
    visit, where a resident may read the screen. Where the system shows no notifications, the window says it.
    """

    said = Signal(str)

    def __init__(
        self,
        desk: UiDesk,
        window: QWidget,
        wanted: Callable[[], bool],
        *,
        busy: Callable[[], bool] = lambda: False,
        banner: Banner | None = None,
        first: int = FIRST,
        every: int = EVERY,
    ) -> None:
        super().__init__(window)
        self.desk, self.window, self.wanted, self.banner = desk, window, wanted, banner
        self.busy = busy
        self._tray: QSystemTrayIcon | None = None
        self._here = ""
        self._every = every
        Called(desk.desk.store.paths.call, self.come_forward, self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(first)

    def stop(self) -> None:
        """No more of them, and no icon left behind."""
        self._timer.stop()
        self.banner = None
        if self._tray is not None:
            self._tray.hide()

    def look(self) -> None:
        """Count again, and say it where it is news."""
        self._timer.setInterval(self._every)
        if not self.wanted():
            if self._tray is not None:
                self._tray.hide()
            return
        if self.busy():
            return
        today = self.desk.today
        due, late = self.desk.read(due_counts, self.desk.member, today)
        day, _, before = (self.desk.remembered(KEPT) or "").partition(" ")
        if day == today and late <= int(before or 0):
            return
        self.desk.remember(KEPT, f"{today} {late}")
        if said := words(due, late):
            self.said.emit(said)
            self._show(said)

    def come_forward(self) -> None:
        """A reminder was pressed, or asbdesk was started again: the window stands in front."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    def _say_here(self, said: str) -> None:
        """The computer shows no notifications: said where the officer looks."""
        from asbdesk.ui.widgets.banner import UNDO_FOR
        from asbdesk.ui.widgets.slices import soon

        if self.banner is None:
            return
        if self.busy() or self.banner.words() not in (
            "",
            self._here,
        ):  # a reminder takes no other message from under the eyes
            soon(self, lambda: self._say_here(said), UNDO_FOR)
            return
        self._here = said.removesuffix(" Open asbdesk.")
        self.banner.say("note", self._here)

    def _show(self, said: str) -> None:
        from PySide6.QtWidgets import QSystemTrayIcon

        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            self._say_here(said)
            return
        if self._tray is None:
            from asbdesk.ui import icons

            self._tray = QSystemTrayIcon(icons.window_icon(), self)
            self._tray.setToolTip("asbdesk")
            for pressed in (self._tray.activated, self._tray.messageClicked):
                pressed.connect(lambda *_: self.come_forward())
        self._tray.show()
        self._tray.showMessage("asbdesk", said)
