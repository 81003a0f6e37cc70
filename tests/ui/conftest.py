"""The real window on a real store: a desk with the practice cases and one visit lived, made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asbdesk.app.door import StoreDoor
from asbdesk.casework.setting_up import Answers, set_up
from asbdesk.clock import SetClock
from asbdesk.exchange.practice import live_the_visit, load_practice_desk
from asbdesk.paths import StorePaths
from asbdesk.store.slot import KDF_FAST
from asbdesk.ui.main_window import MainWindow
from asbdesk.ui.problems import Problems
from asbdesk.ui.theme import Theme
from asbdesk.ui.widgets.announce import teach_headings

PASSPHRASE = "copper lantern ship meadow 4"
NOW = "2026-11-23T09:12:00.000Z"
ANSWERS = Answers(
    landlord="Wharram Homes",
    officer="Dami Okafor",
    homes=340,
    number="0113 496 0127",
    hours="Monday to Friday, 9 to 5",
    closed_number="0113 496 0199",
    second_name="Rosalind Hughes",
    second_number="0113 496 0131",
)


@pytest.fixture(autouse=True)
def nobody_listens() -> Iterator[None]:
    """A test that asks what a screen reader would hear turns that on for all that come after it: each of their windows
    would be described, part by part, at twice the time and for as long as the process lives."""
    yield
    if QAccessible.isActive():
        QAccessible.setActive(False)


@pytest.fixture(scope="session")
def practice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with the practice cases, a lived visit and its sealed plan."""
    folder = tmp_path_factory.mktemp("practice") / "store"
    clock = SetClock(NOW)
    desk = set_up(StorePaths(folder), clock, PASSPHRASE, ANSWERS, kdf=KDF_FAST, reserve=False).desk
    load_practice_desk(desk)
    live_the_visit(desk)
    desk.store.close()
    return folder


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    """Every test begins and ends in the light theme at 100 %."""
    Theme.make().apply(qapp)
    teach_headings()
    yield
    Theme.make().apply(qapp)


@dataclass
class Opened:
    """A window on a store, and what its door was asked to start again."""

    window: MainWindow
    door: StoreDoor
    clock: SetClock
    started: list[str] = field(default_factory=list)


Open = Callable[[Path], Opened]


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Open]:
    """`open_window(folder)`: the window as `app.build` makes it, with a cheap key. Nothing unexpected may happen."""
    made: list[Opened] = []

    def make(folder: Path) -> Opened:
        clock = SetClock(NOW)
        started: list[str] = []
        door = StoreDoor(StorePaths(folder), clock, again=lambda: started.append("again"), kdf=KDF_FAST)
        window = MainWindow(door, Problems(clock, StorePaths(folder).log), clock)
        window.resize(1440, 900)
        window.show()
        window.activateWindow()
        qtbot.waitActive(window)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=5000)
        opened = Opened(window, door, clock, started)
        made.append(opened)
        return opened

    yield make
    for each in made:
        each.window.close()
        each.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # gone before the theme is set again
        assert each.window.problems.unexpected == []


@pytest.fixture
def opened(open_window: Open, practice_folder: Path, tmp_path: Path) -> Opened:
    """The practice desk, unlocked, on Today."""
    made = open_window(Path(shutil.copytree(practice_folder, tmp_path / "store")))
    made.window.open_desk(made.door.unlock(PASSPHRASE))
    return made
