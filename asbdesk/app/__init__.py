"""Builds everything once, hands it on, starts: the door to a store, and the window that stands before it."""

from __future__ import annotations

import builtins

_import = builtins.__import__
import PySide6.QtWidgets  # noqa: E402 - first of all, and its import hook taken out again: it reads every module's source

builtins.__import__ = _import

import gc  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

from asbdesk.clock import Clock, SystemClock  # noqa: E402
from asbdesk.paths import StorePaths  # noqa: E402

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk
    from asbdesk.ui.main_window import MainWindow

Launch = Callable[[list[str]], bool]


def command_again(store: Path) -> list[str]:
    """The command that starts this program afresh on the same store."""
    frozen = getattr(sys, "frozen", False)
    program = [sys.executable] if frozen else [sys.executable, "-m", "asbdesk"]
    return [*program, "--store", str(store)]


def launch(command: list[str]) -> bool:
    """Start a process that outlives this one."""
    from PySide6.QtCore import QProcess

    started = QProcess.startDetached(command[0], command[1:])
    return started[0] if isinstance(started, tuple) else bool(started)


def make_app() -> PySide6.QtWidgets.QApplication:
    """The one application, Fusion; made again it is the same.

    Fusion is asked for in Qt's own words: asking the application for its style brings 570 constants with it.
    """
    found = PySide6.QtWidgets.QApplication.instance()
    if isinstance(found, PySide6.QtWidgets.QApplication):
        return found
    app = PySide6.QtWidgets.QApplication([sys.argv[0], "-style", "fusion"])
    app.setApplicationName("asbdesk")
    app.setDesktopFileName("asbdesk")
    return app


def build(store: Path, clock: Clock, *, launch: Launch = launch) -> MainWindow:
    """The window on `store`, ready to show: the first start, or the lock screen."""
    import asbdesk.ui  # noqa: F401 - its repair comes before the first call of Qt
    from asbdesk.app.door import StoreDoor
    from asbdesk.ui import theme
    from asbdesk.ui.main_window import MainWindow
    from asbdesk.ui.problems import Problems

    app = make_app()
    paths = StorePaths(store)
    door = StoreDoor(paths, clock, again=lambda: launch(command_again(store)))
    told = door.settings()
    theme.Theme.make(told.theme, told.text_size).apply(app)
    problems = Problems(clock, paths.log)
    return MainWindow(door, problems, clock)


def run_window(store: Path, *, launch: Launch = launch) -> int:
    """Open the window on `store`; the exit status when it is closed."""
    from PySide6.QtCore import QTimer

    gc.disable()  # a start makes thousands of things that stay: looking through them for rubbish takes a tenth of it
    app = make_app()
    window = build(store, SystemClock(), launch=launch)
    sys.excepthook = window.problems.hook
    window.ended.connect(app.quit)  # a window that hid first is no "last window closed" to Qt
    window.show()
    QTimer.singleShot(50, gc.enable)
    QTimer.singleShot(50, _teach_headings)
    QTimer.singleShot(50, window.warm)  # after the first paint
    status = app.exec()
    if window.locked or window.errands.left_behind:
        os._exit(status)  # nothing stays in memory: no late thread may hold this process, and with it the key
    return status


def _teach_headings() -> None:
    from asbdesk.ui.widgets.announce import teach_headings

    teach_headings()


def draw_pictures(desk: Desk, out: Path, empty: Desk | None = None) -> list[Path]:
    """Draw every screen on `desk` (open, and left open) as PNG into `out`, and on `empty`, with nothing on it; their
    paths. Needs no display."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import asbdesk.ui  # noqa: F401
    from asbdesk.app.door import StoreDoor
    from asbdesk.ui import theme
    from asbdesk.ui.pictures import draw_all

    theme.Theme.make().apply(make_app())
    return draw_all(desk, StoreDoor(desk.store.paths, desk.clock, again=lambda: None), out, empty)


def show_desk(desk: Desk) -> int:
    """Open the window on a desk that is open already (the practice desk), without its lock screen."""
    window = build(desk.store.paths.folder, desk.clock)
    sys.excepthook = window.problems.hook
    app = make_app()
    window.ended.connect(app.quit)
    window.open_desk(desk)
    _teach_headings()
    window.show()
    return app.exec()
