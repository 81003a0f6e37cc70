"""When to lock: nothing touched for some minutes, the laptop slept, or it says that it is about to."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QEvent,
    QObject,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QWindow

from asbdesk import clock as clocks
from asbdesk.clock import Clock
from asbdesk.ui.widgets.slices import soon

TICK = 2.0
"""Seconds between two looks at the clocks."""
SLEPT = 20.0
"""Seconds that a look may come late, or by which the two clocks may part, before it counts as sleep."""
TOUCHES = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel),
        *(QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletPress, QEvent.Type.TabletMove),
    }
)


class Watch(QObject):
    """`lock(why)`: "idle", "slept" or "sleep". `minutes()` is asked at each look, so a new setting holds at once."""

    lock = Signal(str)

    def __init__(
        self,
        clock: Clock,
        minutes: Callable[[], int],
        *,
        monotonic: Callable[[], float] = clocks.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.clock, self.minutes, self.monotonic = clock, minutes, monotonic
        self._touched = self._steady = monotonic()
        self._wall: datetime = clock.now()
        self._timer = QTimer(self)
        self._timer.setInterval(int(TICK * 1000))
        self._timer.timeout.connect(self.look)
        self._native: _SleepMessages | None = None
        self._started = False

    def start(self) -> None:
        """Watch from now on."""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._look_at)
        self._look_at(app.focusWindow())
        self._touched = self._steady = self.monotonic()
        self._wall = self.clock.now()
        self._timer.start()
        self._started = True
        soon(self, self._listen)  # the bus is asked when the first screen stands there

    def stop(self) -> None:
        app = QGuiApplication.instance()
        self._timer.stop()
        if self._started and isinstance(app, QGuiApplication):
            self._started = False
            app.focusWindowChanged.disconnect(self._look_at)
            for window in app.allWindows():
                window.removeEventFilter(self)
            if self._native is not None:
                app.removeNativeEventFilter(self._native)

    def _look_at(self, window: QWindow | None) -> None:
        """Hear of what is done in the window that has the focus, or whose popup has it. What is touched comes to the
        window first: a filter on the application would be asked about each event of each widget, as dear as the rest
        of what a page does when it opens."""
        if window is not None:
            window.installEventFilter(self)  # once more for one that has it already changes nothing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self._touched = self.monotonic()
        return False

    def look(self) -> None:
        """Compare the clocks. A laptop that slept shows as a late look, or as clocks that parted."""
        steady, wall = self.monotonic(), self.clock.now()
        gone = steady - self._steady
        parted = (wall - self._wall).total_seconds() - gone
        self._steady, self._wall = steady, wall
        if gone > SLEPT + TICK or parted > SLEPT:
            self.lock.emit("slept")
        elif steady - self._touched >= self.minutes() * 60:
            self._touched = steady
            self.lock.emit("idle")

    # ---- the system says that it is about to sleep
    def _listen(self) -> None:
        app = QCoreApplication.instance()
        if app is None or not self._started:
            return
        if sys.platform == "win32":
            self._native = _SleepMessages(self)
            app.installNativeEventFilter(self._native)
        elif sys.platform.startswith("linux"):
            self._listen_to_logind()

    def _listen_to_logind(self) -> None:
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:  # without libdbus the jump between the clocks is enough
            return
        bus = QDBusConnection.systemBus()
        if bus.isConnected():
            place, manager = "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
            slot = SLOT("about_to_sleep(bool)")  # text: PySide6 6.12 refuses the bytes that its stubs ask for
            told = ("org.freedesktop.login1", place, manager, "PrepareForSleep")
            bus.connect(*told, self, slot)  # type: ignore[call-overload]

    @Slot(bool)
    def about_to_sleep(self, going: bool) -> None:
        if going:
            self.lock.emit("sleep")


class _SleepMessages(QAbstractNativeEventFilter):
    """Windows: WM_POWERBROADCAST with PBT_APMSUSPEND, and WM_WTSSESSION_CHANGE with WTS_SESSION_LOCK."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(self, kind: QByteArray | bytes, message: int) -> tuple[bool, int]:  # type: ignore[override]
        if sys.platform == "win32":
            import ctypes.wintypes

            told = ctypes.wintypes.MSG.from_address(int(message))
            if (told.message, told.wParam) in ((0x0218, 4), (0x02B1, 7)):
                self._watch.about_to_sleep(True)
        return False, 0
