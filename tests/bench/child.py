"""A process for one window figure: `bare`, `lock STORE`, `case` or `work` STORE PASSPHRASE. A line when it is there."""

from __future__ import annotations

import builtins
import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asbdesk.ui.main_window import MainWindow


def say(**told: float) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def resident() -> float:
    """Resident memory of this process in MiB."""
    import psutil

    return float(psutil.Process().memory_info().rss) / 2**20


def when_painted(ready: Callable[[], bool], then: Callable[[], None]) -> None:
    """Call `then` once `ready` holds and what is on the screen has been painted."""
    from PySide6.QtCore import QTimer

    timer = QTimer()
    timer.setInterval(1)

    def look() -> None:
        if ready():
            timer.stop()
            then()

    timer.timeout.connect(look)
    timer.start()
    KEPT.append(timer)


KEPT: list[object] = []


def shown() -> bool:
    """A window is exposed."""
    from PySide6.QtGui import QGuiApplication

    return any(window.isExposed() for window in QGuiApplication.topLevelWindows())


def bare() -> None:
    """The least a program with a window does: a main window with one box to type in."""
    from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    box = QLineEdit()
    window.setCentralWidget(box)
    window.show()
    box.setFocus()
    when_painted(lambda: shown() and box.hasFocus(), finish)
    application.exec()


def lock(store: str) -> None:
    """The lock screen, until its passphrase box has the focus."""
    on_start(lambda: when_painted(lambda: shown() and passphrase_box() is not None, finish))
    from asbdesk.cli import main

    main(["--store", store])


def case(store: str, passphrase: str) -> None:
    """The window with a case open, after Today and the list were shown; nothing was brought in ahead."""
    from pathlib import Path

    from asbdesk.app import build, make_app
    from asbdesk.casework.cases import list_cases
    from asbdesk.clock import SystemClock

    application = make_app()
    window = build(Path(store), SystemClock(), launch=lambda command: True)
    window.show()
    window.open_desk(window.door.unlock(passphrase))
    assert window.frame is not None
    assert window.desk is not None
    window.frame.go("cases")
    first = window.desk.read(list_cases, today=window.desk.desk.today).lines[0]
    window.frame.open_case(first.id)
    when_painted(shown, lambda: (say(rss=resident()), window.close(), application.quit()))
    application.exec()


def work(store: str, passphrase: str) -> None:
    """The program as an officer has it: unlocked by hand, everything brought in and tidied, a case open."""
    steps = officer(passphrase)
    on_start(lambda: when_painted(lambda: next(steps, True) is True, lambda: None))
    from asbdesk.cli import main

    main(["--store", store])


def officer(passphrase: str) -> Iterator[bool]:
    """Unlocks and opens the first case, each step once all is quiet; then says how much memory is resident."""
    from PySide6.QtWidgets import QApplication, QLineEdit

    from asbdesk.ui.main_window import MainWindow

    while not (shown() and passphrase_box()):
        yield False
    window, box = QApplication.activeWindow(), passphrase_box()
    assert isinstance(window, MainWindow)
    assert isinstance(box, QLineEdit)
    yield from quiet(window)
    box.setText(passphrase)
    box.returnPressed.emit()
    while window.frame is None:
        yield False
    yield from quiet(window)
    from asbdesk.casework.cases import list_cases

    assert window.desk is not None
    window.frame.open_case(window.desk.read(list_cases, today=window.desk.today).lines[0].id)
    yield from quiet(window)
    say(rss=resident())
    window.close()


def quiet(window: MainWindow, seconds: float = 2.0) -> Iterator[bool]:
    """Until the window has had nothing to do beside for so long."""
    since = time.monotonic()
    while time.monotonic() - since < seconds:
        if window.errands.busy or (window.desk is not None and window.desk.errands.busy):
            since = time.monotonic()
        yield False


def finish() -> None:
    from PySide6.QtWidgets import QApplication

    say(ready=1)
    say(rss=resident())
    QApplication.quit()


def on_start(call: Callable[[], None]) -> None:
    """Have `call` run when the window's event loop starts, without the program knowing of it.

    Qt is left for the program to import, in its own time and its own way: that is a good part of what is measured.
    """
    plain = builtins.__import__

    def watch(name: str, *rest: Any, **more: Any) -> Any:
        found = plain(name, *rest, **more)
        if name == "asbdesk.app":
            builtins.__import__ = plain
            hear_of_start(call)
        return found

    builtins.__import__ = watch  # type: ignore[assignment]


def hear_of_start(call: Callable[[], None]) -> None:
    from PySide6.QtWidgets import QApplication

    run = QApplication.exec

    def start(*arguments: object) -> int:
        call()
        return run()

    QApplication.exec = start  # type: ignore[method-assign]


def passphrase_box() -> object | None:
    """The box that hides what is typed, once it has the focus."""
    from PySide6.QtWidgets import QApplication, QLineEdit

    box = QApplication.focusWidget()
    return box if isinstance(box, QLineEdit) and box.echoMode() == QLineEdit.EchoMode.Password else None


if __name__ == "__main__":
    figures: dict[str, Callable[..., None]] = {"bare": bare, "lock": lock, "case": case, "work": work}
    figures[sys.argv[1]](*sys.argv[2:])
