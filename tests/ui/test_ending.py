"""What a window leaves behind: nothing. A frame that gives way to another hears of nothing any more."""

from __future__ import annotations

import gc
import shutil
import weakref
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from asbdesk.app.door import StoreDoor
from asbdesk.casework.cases import list_cases
from asbdesk.casework.parts import choices
from asbdesk.casework.promises import promise
from asbdesk.clock import SetClock
from asbdesk.paths import StorePaths
from asbdesk.store.slot import KDF_FAST
from asbdesk.ui.frame import Frame
from asbdesk.ui.main_window import MainWindow
from asbdesk.ui.problems import Problems
from asbdesk.ui.screens import SCREENS
from asbdesk.ui.screens.case.letter_page import LetterPage, open_letter
from asbdesk.ui.screens.case.page import TABS, CaseView
from asbdesk.ui.screens.cases import CasesScreen
from asbdesk.ui.screens.visiting import open_visit
from asbdesk.ui.widgets.tiles import TileGroup
from tests.ui.conftest import NOW, PASSPHRASE, Opened


def first_case(frame: Frame) -> str:
    return frame.desk.read(list_cases, today=frame.desk.today).lines[0].id


def look_round(frame: Frame) -> None:
    """Every screen, every tab of a case, a form, a letter, a visit."""
    case = first_case(frame)
    for screen in SCREENS:
        frame.go(screen.id)
    frame.open_case(case)
    assert isinstance(frame.shown, CasesScreen)
    view: CaseView = frame.shown.page
    for tab in TABS:
        view.open_tab(tab.name)
    frame.record_contact(case)
    frame.close_over()
    open_letter(frame, case, "update", frame.desk.read(choices.people, case)[0][0])
    assert isinstance(frame.over, LetterPage)
    frame.over.throw_away_quietly()
    visit = open_visit(frame, case, None)
    for step in visit.path.steps:
        visit.path.go(step.id)
        visit.redraw()
    frame.close_over()


def a_window(folder: Path) -> MainWindow:
    clock = SetClock(NOW)
    door = StoreDoor(StorePaths(folder), clock, again=lambda: None, kdf=KDF_FAST)
    window = MainWindow(door, Problems(clock), clock)
    window.show()
    window.open_desk(door.unlock(PASSPHRASE))
    return window


def test_nothing_of_a_window_outlives_it(qtbot: QtBot, practice_folder: Path, tmp_path: Path) -> None:
    """Else what a case says would lie about in memory, and a day of screens would be slower by the hour."""
    window = a_window(Path(shutil.copytree(practice_folder, tmp_path / "store")))
    assert window.frame is not None
    assert window.desk is not None
    look_round(window.frame)
    parts: dict[str, object] = {"window": window, "frame": window.frame, "desk": window.desk.desk}
    left = {name: weakref.ref(part) for name, part in parts.items()}
    parts.clear()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del window

    def nothing_left() -> None:
        gc.collect()
        assert [name for name, at in left.items() if at() is not None] == []

    qtbot.waitUntil(nothing_left, timeout=5000)  # the last words of workers, and timers that run out


def test_a_frame_that_gave_way_to_one_with_larger_words_hears_of_nothing(opened: Opened, qtbot: QtBot) -> None:
    """It would draw on what is gone, and each action would end in "Something went wrong"."""
    before = opened.window.frame
    assert before is not None
    before.go("settings")
    before.look_changed.emit("light", 1.5)
    qtbot.waitUntil(lambda: opened.window.frame is not before, timeout=5000)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    frame = opened.window.frame
    assert frame is not None
    with qtbot.captureExceptions() as problems:
        frame.desk.do(promise, first_case(frame), "Ring about the door", by="2026-11-24")
    assert problems == []


def test_a_button_that_was_described_to_a_screen_reader_goes_too(opened: Opened) -> None:
    """Qt's side keeps the description: the button, and by it the whole window, must not be kept with it."""
    group = TileGroup([("a", "Yes"), ("b", "No")], name="Is it worse?")
    QAccessible.setActive(True)
    assert QAccessible.queryAccessibleInterface(group.tiles[1]) is not None
    tile = weakref.ref(group.tiles[1])
    group.deleteLater()
    del group
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert tile() is None
