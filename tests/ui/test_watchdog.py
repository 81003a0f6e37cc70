"""No long work on the UI thread: screens, the tabs and the parts of a case with 2,000 entries.

Processor time of the main thread is measured, the quicker of three goes: a busy machine does not fail it. The design's
goal is 50 ms; the limit here is twice that, because processor time too grows where others use the same caches.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from asbdesk.app.door import StoreDoor
from asbdesk.casework.parts import parts
from asbdesk.clock import SetClock
from asbdesk.paths import StorePaths
from asbdesk.store.slot import KDF_FAST
from asbdesk.ui.screens.case.page import DUE, TABS
from asbdesk.ui.screens.cases import CasesScreen
from asbdesk.ui.widgets.due_item import DueItem
from tests.ui import big_case
from tests.ui.conftest import NOW, PASSPHRASE, Open, Opened

GOAL, LIMIT = 50, 100
"""Milliseconds of work in one go."""
SCREENS = ("today", "cases", "visits", "hate", "settings")


@pytest.fixture(scope="module")
def big_folder(practice_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("big") / "store"
    shutil.copytree(practice_folder, folder)
    desk = StoreDoor(StorePaths(folder), SetClock(NOW), again=lambda: None, kdf=KDF_FAST).unlock(PASSPHRASE)
    case = big_case.make(desk)
    desk.store.close()
    return folder, case


@pytest.fixture
def big(open_window: Open, big_folder: tuple[Path, str], tmp_path: Path) -> tuple[Opened, str]:
    folder, case = big_folder
    made = open_window(Path(shutil.copytree(folder, tmp_path / "store")))
    made.window.open_desk(made.door.unlock(PASSPHRASE))
    return made, case


def longest(act: Callable[[], object]) -> float:
    """Milliseconds of work at a stretch: of `act` itself, and of what the event loop then does in one turn."""
    least = []
    for _ in range(4):
        QApplication.processEvents()
        began = time.thread_time()
        act()
        acted = time.thread_time()
        QApplication.processEvents()
        least.append(max(acted - began, time.thread_time() - acted) * 1000)
    return min(least[1:])  # the first go makes the screen and loads its modules


def test_no_screen_and_no_tab_of_a_long_case_holds_the_window_up(big: tuple[Opened, str]) -> None:
    opened, case = big
    frame = opened.window.frame
    assert frame is not None
    held = {screen: longest(lambda s=screen: frame.go(s)) for screen in SCREENS}  # type: ignore[misc]
    frame.open_case(case)
    shown = frame.shown
    assert isinstance(shown, CasesScreen)
    view = shown.page
    for at, tab in enumerate(TABS):
        other = (at + 1) % len(TABS)
        view.tabs.choose(other)
        held[f"tab {tab.name}"] = longest(lambda a=at: view._tab(a))  # type: ignore[misc]
    for each in parts():
        if not each.own_tab:
            held[f"part {each.name}"] = longest(lambda n=each.name: view.open_tab(n))  # type: ignore[misc]
    assert {name: round(ms) for name, ms in held.items() if ms > LIMIT} == {}


def test_a_long_case_opens_with_its_first_due_things_and_more_on_request(big: tuple[Opened, str]) -> None:
    opened, case = big
    frame = opened.window.frame
    assert frame is not None
    other = next(c for c in (line.id for line in _cases(opened)) if c != case)

    def turn_to_it() -> None:
        frame.open_case(other)
        QApplication.processEvents()
        frame.open_case(case)

    assert longest(turn_to_it) < 3 * LIMIT  # two cases, and a turn of the event loop between
    shown = frame.shown
    assert isinstance(shown, CasesScreen)
    assert len(shown.page.side.findChildren(DueItem)) == DUE
    shown.page._more_due()
    assert len(shown.page.side.findChildren(DueItem)) == 3 * DUE


def _cases(opened: Opened) -> tuple[object, ...]:
    from asbdesk.casework.cases import list_cases

    frame = opened.window.frame
    assert frame is not None
    return frame.desk.read(list_cases, today=frame.desk.today).lines  # type: ignore[no-any-return]
