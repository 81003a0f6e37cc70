"""The practice day as pictures: first start, Today, a case, its visit from the knock to the sealed plan.

`ui.pictures` draws every screen as it stands, in each theme; this follows one visit while it is lived.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asbdesk.clock import SetClock, SystemClock
from asbdesk.exchange import demo, practice
from asbdesk.paths import StorePaths

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from asbdesk.ui.main_window import MainWindow
    from asbdesk.ui.screens.visit.screen import VisitScreen

SIZE = (1440, 900)
TRIES = 20
"""How often a picture that differs from the one before is taken again; a caret that blinks differs for ever."""
CASE_TABS = ("chronology", "people", "risk", "plan", "evidence")


def draw(folder: Path) -> list[Path]:
    """Draw the day into `folder`, which is made; the pictures in the order of the day."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    clock = demo.morning(SystemClock())
    with tempfile.TemporaryDirectory(prefix="asbdesk-practice-", ignore_cleanup_errors=True) as place:
        gallery = _Gallery(folder, Path(place), clock)
        gallery.before_the_desk()
        gallery.desk()
    return gallery.made


class _Gallery:
    """Goes from screen to screen, and draws each."""

    def __init__(self, folder: Path, place: Path, clock: SetClock) -> None:
        self.folder, self.place, self.clock = folder, place, clock
        self.made: list[Path] = []

    # ---- drawing
    def draw(self, window: QWidget, name: str) -> None:
        """The window once it stands still: what is made a little at a time has its place after the first paint. The
        number in front keeps the order."""
        self.settle()
        seen = window.grab().toImage()
        for _ in range(TRIES):
            self.settle()
            before, seen = seen, window.grab().toImage()
            if seen == before:
                break
        file = self.folder / f"{len(self.made) + 1:02d}-{name}.png"
        if not seen.save(os.fspath(file)):
            raise OSError(errno.EIO, "the picture could not be written", os.fspath(file))
        self.made.append(file)

    @staticmethod
    def settle() -> None:
        """Let what waits be done: layouts, timers of no time, paints."""
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        for _ in range(8):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    @contextmanager
    def window(self, paths: StorePaths) -> Iterator[MainWindow]:
        """The window on a store, shown."""
        from asbdesk.app import build

        window = build(paths.folder, self.clock, launch=lambda command: True)
        window.resize(*SIZE)
        window.show()
        self.settle()
        try:
            yield window
        finally:
            window.close()
            self.settle()
            window.deleteLater()

    # ---- what there is to draw
    def before_the_desk(self) -> None:
        """The first start's questions, the empty desk, the lock screen."""
        from asbdesk.ui.pictures import fill
        from asbdesk.ui.screens.first_start import FirstStart

        paths = StorePaths(self.place / "new")
        with self.window(paths) as window:
            first: Any = window.findChild(FirstStart)
            fill(first)
            for at in range(len(first.steps)):
                first.show_step(at)
                self.draw(window, f"first-start-{at + 1}")
        with self.window(paths) as window:
            window.open_desk(demo.new_desk(paths, self.clock))
            self.settle()
            self.draw(window, "today-empty")
        with self.window(paths) as window:
            self.draw(window, "lock")

    def desk(self) -> None:
        """Today, the list, a case, its visit from the knock to the sealed plan, and Today again."""
        paths = StorePaths(self.place / "practice")
        with self.window(StorePaths(self.place / "practice-door")) as window:
            window.open_desk(demo.practice_desk(paths, self.clock))
            assert window.desk is not None
            assert window.frame is not None
            case = window.desk.read(practice.practice_case, practice.FIRST)
            self.frame(window, case)
            self.visit(window, case)
            window.frame.go("today")
            self.settle()
            self.draw(window, "today-after")
            self.case(window, case, "case-after")

    def frame(self, window: MainWindow, case: str) -> None:
        frame = window.frame
        assert frame is not None
        for screen in ("today", "cases"):
            frame.go(screen)
            self.settle()
            self.draw(window, screen)
        self.case(window, case, "case")
        opens: dict[str, Callable[[], None]] = {"new-report": frame.new_report}
        opens["contact"] = lambda: frame.record_contact(case)
        for name, open_page in opens.items():
            open_page()
            self.settle()
            self.draw(window, name)
            frame.close_over()
        frame.go("settings")
        self.settle()
        self.draw(window, "settings")

    def case(self, window: MainWindow, case: str, name: str) -> None:
        for tab in CASE_TABS:
            assert window.frame is not None
            window.frame.open_case(case, tab)
            self.settle()
            self.draw(window, f"{name}-{tab}")

    def visit(self, window: MainWindow, case: str) -> None:
        from asbdesk.ui.pictures import sign_on_pad
        from asbdesk.ui.screens.visiting import open_visit

        assert window.frame is not None
        screen = open_visit(window.frame, case)
        path = screen.path
        for step in [step.id for step in path.steps]:
            if step == "plan":
                practice.plan_it(path)
            practice.answer_step(path, step)
            self.step(window, screen, step)
            if step == "sign":
                screen.onward()
                self.settle()
                sign_on_pad(screen)
                self.draw(window, "visit-8-sign-pad")
                path.sign(practice.signing(path))
                self.step(window, screen, "sign", "-sealed")
            elif step != "out":
                path.finish(step)
            self.clock.pass_time(minutes=6)
        path.copy_given("left")
        screen.cover_up()
        self.draw(window, "visit-covered")
        path.out_safe()
        window.frame.close_over()

    def step(self, window: MainWindow, screen: VisitScreen, step: str, more: str = "") -> None:
        """A step's shared face, and the officer's own."""
        screen.go(step)
        number = next(s.number for s in screen.path.steps if s.id == step)
        for mine in (False, True):
            if screen.visit.mine is not mine:
                screen.turn_face()
            self.settle()
            self.draw(window, f"visit-{number}-{step}{more}{'-mine' if mine else ''}")
