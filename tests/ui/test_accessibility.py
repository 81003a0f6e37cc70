"""Every window: each control named, at least 44 px, reached by Tab; at 100 % and at 200 % on a small screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from asbdesk.app.door import StoreDoor
from asbdesk.paths import StorePaths
from asbdesk.ui import pictures_case
from asbdesk.ui.door import Sheet
from asbdesk.ui.errands import Errands
from asbdesk.ui.pictures import CODE
from asbdesk.ui.problems import Problems
from asbdesk.ui.screens.case.page import TABS
from asbdesk.ui.theme import Theme
from asbdesk.ui.widgets import Heading
from tests.ui import walking
from tests.ui.conftest import Opened

LOOKS = [("light", 1.0, (1440, 900)), ("light", 1.0, (1280, 720)), ("high_contrast", 2.0, (1280, 720))]


def assert_usable(window: QWidget, what: str) -> None:
    walking.settle()
    assert not walking.unnamed(window), what
    assert not walking.small(window), what
    assert not walking.beyond_tab(window), what
    assert not walking.cut_off(window), what


@pytest.fixture(params=LOOKS, ids=["usual", "small", "large text"])
def look(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[tuple[int, int]]:
    name, scale, size = request.param
    Theme.make(name, scale).apply(qapp)
    yield size


def test_the_first_start(look: tuple[int, int], tmp_path: Path, opened: Opened) -> None:
    from asbdesk.ui.screens.first_start import FirstStart

    problems = Problems(opened.clock)
    door = StoreDoor(StorePaths(tmp_path / "new"), opened.clock, again=lambda: None)
    first = FirstStart(door, Errands(problems.tell), problems)
    first.paper.show_sheet(Sheet(CODE, b""), "")
    first.resize(*look)
    first.show()
    for at in range(len(first.steps)):
        first.show_step(at)
        if at == 2:
            first.second.who.choose("colleague")
        assert_usable(first, f"question {at + 1}")
    first.close()


def test_the_lock_screen(look: tuple[int, int], opened: Opened) -> None:
    from asbdesk.ui.screens.lock import LockScreen

    opened.door.change_settings(quick_unlock=True)
    lock = LockScreen(opened.door, Errands(opened.window.problems.tell))
    lock.resize(*look)
    lock.show()
    assert_usable(lock, "lock")
    for show in (lock.show_recover, lock.show_restore, lambda: lock.show_problem("A file of your desk is missing.")):
        show()
        assert_usable(lock, str(show))
    lock.close()


def test_the_desk(look: tuple[int, int], opened: Opened) -> None:
    window, frame = opened.window, opened.window.frame
    assert frame is not None
    window.resize(*look)
    window._build("today")  # sizes in a screen are those of the theme it was made in
    frame = window.frame
    assert frame is not None
    for screen in ("today", "cases", "visits", "hate", "settings"):
        frame.go(screen)
        assert_usable(window, screen)
    case = frame.desk.read(_any_case)
    for tab in TABS:
        frame.open_case(case, tab.name)
        assert_usable(window, f"case, {tab.name}")
    for over in (frame.new_report, lambda: frame.record_contact(case)):
        over()
        assert_usable(window, "a page over the window")
        frame.close_over()


def test_the_parts_of_a_case_and_what_lies_over_them(look: tuple[int, int], opened: Opened) -> None:
    window = opened.window
    window.resize(*look)
    window._build("today")
    frame = window.frame
    assert frame is not None
    case = frame.desk.read(_any_case)
    for pages in (pictures_case.of_case, pictures_case.over_the_window):
        for name, _ in pages(frame, case):
            assert_usable(window, name)


def test_the_dialogs(look: tuple[int, int], opened: Opened) -> None:
    from asbdesk.casework.landlord import numbers
    from asbdesk.ui.asking import Question
    from asbdesk.ui.keys import KeysSheet
    from asbdesk.ui.screens.numbers import NumbersSheet

    frame = opened.window.frame
    assert frame is not None
    dialogs: list[QDialog] = [
        KeysSheet(opened.window),
        NumbersSheet(frame, frame.desk.read(numbers)),
        Question(frame, "Is the printer safe?", "A shared printer keeps what it prints.", "Print"),
    ]
    for dialog in dialogs:
        dialog.show()
        assert_usable(dialog, type(dialog).__name__)
        dialog.close()


def test_a_problem_can_be_closed_and_copied(opened: Opened) -> None:
    opened.window.banner.say("problem", "The stick is full. Take another.")
    assert_usable(opened.window, "banner")
    opened.window.banner._copy.click()
    assert QApplication.clipboard().text() == "The stick is full. Take another."
    opened.window.banner._close.click()
    assert opened.window.banner.words() == ""


def test_headings_are_headings(qapp: QApplication, opened: Opened) -> None:
    QAccessible.setActive(True)
    heading = Heading("What is due")
    found = QAccessible.queryAccessibleInterface(heading)
    assert found is not None and found.role() == QAccessible.Role.Heading
    assert found.text(QAccessible.Text.Name) == "What is due"


def test_no_title_carries_a_name_or_a_case(opened: Opened) -> None:
    frame = opened.window.frame
    assert frame is not None
    frame.open_case(frame.desk.read(_any_case))
    assert opened.window.windowTitle() == "asbdesk"


def _any_case(session: object) -> str:
    from asbdesk.casework.cases import list_cases

    lines = list_cases(session).lines  # type: ignore[arg-type]
    return next(line.id for line in lines if line.band == "high")
