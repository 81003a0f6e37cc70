"""Every window: each control named, at least 44 px, reached by Tab in the order of the eye; no words are clipped; at
100 % and at 200 % on a small screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from asbdesk.app.door import StoreDoor
from asbdesk.casework.evidence_look import any_taken
from asbdesk.casework.parts import parts
from asbdesk.paths import StorePaths
from asbdesk.ui import pictures_case, pictures_dialogs, pictures_sync
from asbdesk.ui.door import Sheet
from asbdesk.ui.errands import Errands
from asbdesk.ui.frame import Frame
from asbdesk.ui.keys import KEYS
from asbdesk.ui.nav import Nav
from asbdesk.ui.pictures_dialogs import CODE
from asbdesk.ui.problems import Problems
from asbdesk.ui.screens.case.adding import open_add
from asbdesk.ui.screens.case.looking import open_evidence_page
from asbdesk.ui.screens.case.page import TABS
from asbdesk.ui.screens.visiting import open_visit
from asbdesk.ui.theme import Theme
from asbdesk.ui.widgets import Button, Heading, Icon
from asbdesk.ui.widgets.slices import Slices
from asbdesk.ui.widgets.tiles import TileGroup
from tests.ui import walking
from tests.ui.conftest import Opened

LOOKS = [("light", 1.0, (1440, 900)), ("high_contrast", 2.0, (1280, 720))]
"""The usual one, and the one with least room; pages over the window are walked in the second alone."""


def assert_usable(window: QWidget, what: str) -> None:
    for slices in window.findChildren(Slices):
        slices.rest()  # the whole page, not as far as it was drawn by now
    walking.settle()
    assert not walking.unnamed(window), what
    assert not walking.small(window), what
    assert not walking.beyond_tab(window), what
    assert not walking.cut_off(window), what
    assert not walking.clipped(window), what
    assert not walking.out_of_order(window), what


@pytest.fixture(params=LOOKS, ids=["usual", "large text"])
def look(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[tuple[int, int]]:
    name, scale, size = request.param
    Theme.make(name, scale).apply(qapp)
    yield size


def test_the_first_start(look: tuple[int, int], tmp_path: Path, opened: Opened) -> None:
    from asbdesk.ui.screens.first_start import FirstStart

    problems = Problems(opened.clock)
    door = StoreDoor(StorePaths(tmp_path / "new"), opened.clock, again=lambda: None)
    first = FirstStart(door, Errands(problems.tell, opened.window), problems)
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
    lock = LockScreen(opened.door, Errands(opened.window.problems.tell, opened.window))
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


@pytest.fixture
def largest(qapp: QApplication, opened: Opened) -> Frame:
    """The desk with least room: text at 200 % on a small screen."""
    Theme.make("high_contrast", 2.0).apply(qapp)
    opened.window.resize(1280, 720)
    opened.window._build("today")
    assert opened.window.frame is not None
    return opened.window.frame


def test_every_page_of_a_case_and_over_the_window(largest: Frame) -> None:
    case, window = largest.desk.read(_any_case), largest.window()
    for pages in (pictures_case.of_case, pictures_case.over_the_window):
        for name, _ in pages(largest, case):
            assert_usable(window, name)


def test_every_page_of_sharing(largest: Frame) -> None:
    for pages in (pictures_sync.at_the_desk, pictures_sync.over_the_window):
        for name, _ in pages(largest):
            assert_usable(largest.window(), name)


def test_what_tab_comes_to_is_seen(largest: Frame) -> None:
    """Also from below a page that is scrolled down, back to its beginning; here on one, with --long on all."""
    largest.new_report()
    walking.settle()
    assert walking.out_of_sight(largest.window()) == []
    largest.close_over()


def test_who_leaves_a_page_is_where_they_pressed(opened: Opened, qtbot: QtBot) -> None:
    """Though what stands there was drawn anew meanwhile."""
    frame = opened.window.frame
    assert frame is not None
    frame.open_case(frame.desk.read(_any_case))
    walking.settle()
    pressed = next(each for each in frame.findChildren(Button) if each.accessibleName().startswith("Not needed: "))
    pressed.setFocus()
    qtbot.keyClick(pressed, Qt.Key.Key_Space)
    assert frame.over is not None
    qtbot.keyClick(QApplication.focusWidget() or frame, Qt.Key.Key_Escape)
    at = QApplication.focusWidget()
    assert frame.over is None and at is not None and at.accessibleName() == pressed.accessibleName()
    assert not at.visibleRegion().isEmpty()


@pytest.mark.long
def test_on_every_page_what_tab_comes_to_is_seen_and_escape_leads_back(largest: Frame, qtbot: QtBot) -> None:
    case, window, told = largest.desk.read(_any_case), largest.window(), list[str]()
    adds = [(each.name, add.id) for each in parts() for add in each.adds]
    opens: list[Callable[[], object]] = [partial(opening, largest, case) for _, opening in pictures_case.PAGES]
    opens += [partial(open_add, largest, case, part, add) for part, add in adds]
    for tab in TABS:
        largest.open_case(case, tab.name)
        walking.settle()
        told += [f"{tab.name}: {each}" for each in walking.out_of_sight(window)]
    for opening in opens:
        opening()
        largest.desk.errands.wait(20)
        walking.settle()
        page, focus = largest.over, QApplication.focusWidget()
        if page is None:
            continue
        name = type(page).__name__
        told += [f"{name}: {each}" for each in walking.out_of_sight(window)]
        if focus is None or not (focus is page or page.isAncestorOf(focus)):
            told.append(f"{name}: the focus is not in it")
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
        walking.settle()
        after = QApplication.focusWidget()
        if largest.over is page:
            told.append(f"{name}: Escape does not leave it")
            largest.close_over()
        elif after is None or after.visibleRegion().isEmpty():
            told.append(f"{name}: nobody knows where the focus is after it")
    assert told == []


@pytest.mark.parametrize("half", [0, pytest.param(1, marks=pytest.mark.long)])
def test_every_form_that_can_be_added(largest: Frame, half: int) -> None:
    case = largest.desk.read(_any_case)
    adds = [(each.name, add.id) for each in parts() for add in each.adds]
    assert len(adds) > 20
    for part, add in adds[half::2]:
        open_add(largest, case, part, add)
        assert_usable(largest.window(), f"{part}: {add}")
        largest.close_over()


def test_the_dialogs_and_taking_on_a_list(look: tuple[int, int], opened: Opened) -> None:
    frame = opened.window.frame
    assert frame is not None
    for pages in (pictures_dialogs.dialogs, pictures_dialogs.taking_on):
        for name, window in pages(frame):
            assert_usable(window, name)


def test_the_order_of_tab_is_judged() -> None:
    """What the walk holds: along a line, then down; one column after another where they stand apart."""
    page, places = QWidget(), QGridLayout()
    page.setLayout(places)
    for name, down, across in (("first", 0, 0), ("third", 1, 0), ("second", 0, 1)):
        places.addWidget(Button(name), down, across)
    page.show()
    walking.settle()
    assert walking.out_of_order(page) == ["Button third before Button second"]
    apart, columns = QWidget(), QHBoxLayout()
    apart.setLayout(columns)
    for side in ("left", "right"):
        part = QWidget()
        part.setLayout(QVBoxLayout())
        for name in ("over", "under"):
            part.layout().addWidget(Button(f"{side}, {name}"))  # type: ignore[union-attr]
        columns.addWidget(part)
    apart.show()
    walking.settle()
    assert walking.out_of_order(apart) == []
    columns.setDirection(QHBoxLayout.Direction.RightToLeft)
    walking.settle()
    assert walking.out_of_order(apart) == ["Button left, under before Button right, over"]
    for each in (page, apart):
        each.close()
        each.deleteLater()


def test_a_problem_can_be_closed_and_copied(opened: Opened) -> None:
    opened.window.banner.say("problem", "The stick is full. Take another.")
    assert_usable(opened.window, "banner")
    opened.window.banner._copy.click()
    assert QApplication.clipboard().text() == "The stick is full. Take another."
    opened.window.banner._close.click()
    assert opened.window.banner.words() == ""


def test_what_has_the_focus_shows_it(opened: Opened) -> None:
    """By pixels, for each kind of control that the screens are made of."""
    frame, seen = opened.window.frame, set()
    assert frame is not None
    for screen in ("today", "cases", "settings"):
        frame.go(screen)
        walking.settle()
        for each in walking.controls(frame):
            kind = type(each).__name__, str(each.property("kind")), isinstance(each.parent(), Nav)
            if kind in seen or not each.focusPolicy() & Qt.FocusPolicy.TabFocus or each.visibleRegion().isEmpty():
                continue
            seen.add(kind)
            each.clearFocus()
            without = each.grab().toImage()
            each.setFocus(Qt.FocusReason.TabFocusReason)
            assert each.hasFocus() and walking.parted(without, each.grab().toImage()) >= 3, kind
    assert len(seen) > 7


def test_no_meaning_by_colour_alone(opened: Opened) -> None:
    """What has a tone has words, and a sign or a place of its own."""
    frame = opened.window.frame
    assert frame is not None
    for screen in ("today", "cases", "hate", "visits"):
        frame.go(screen)
        walking.settle()
        for each in frame.findChildren(QLabel):
            if each.isVisible() and (each.property("pill") or each.property("tone")):
                assert isinstance(each, Icon) or each.text().strip(), screen


def test_turning_is_pressing(opened: Opened) -> None:
    """A screen reader turns an answer on: it is chosen, as if it had been pressed."""
    group, said = TileGroup([("a", "Yes"), ("b", "No")], name="Is it worse?"), list[object]()
    group.chosen.connect(said.append)
    QAccessible.setActive(True)
    found = QAccessible.queryAccessibleInterface(group.tiles[1])
    assert found is not None and found.role() == QAccessible.Role.RadioButton
    assert found.text(QAccessible.Text.Name) == "No" and not found.state().checked
    found.actionInterface().doAction(found.actionInterface().actionNames()[0])
    assert said == ["b"] and found.state().checked


def test_every_key_of_the_sheet_is_there_and_every_key_is_on_the_sheet(opened: Opened) -> None:
    """Those of the pad, of answers and Tab are tested where they are."""
    told = {key for _, keys in KEYS for key, _ in keys}
    told |= {f"Ctrl+{n}" for n in range(1, 10)} if "Ctrl+1 to 9" in told else set()
    same = {"Ctrl+Return": "Ctrl+Enter", "Ctrl+=": "Ctrl++"}
    frame, window = opened.window.frame, opened.window
    assert frame is not None
    case, found = frame.desk.read(_any_case), set[str]()
    for opens in (lambda: None, frame.new_report, frame.search_everything, lambda: open_visit(frame, case)):
        opens()
        found |= {each.key().toString() for each in window.findChildren(QShortcut)}
        if frame.over is not None:
            frame.close_over()
    taken = frame.desk.read(any_taken)
    if taken is not None:
        open_evidence_page(frame, taken[0], [taken[1]], taken[1])
        found |= {each.key().toString() for each in window.findChildren(QShortcut)}
        frame.close_over()
    frame.open_case(case, "evidence")
    found |= {each.key().toString() for each in window.findChildren(QShortcut)}
    found = {same.get(key, key) for key in found}
    assert found <= told, found - told
    assert {key for key in told if key.startswith(("Ctrl", "F", "Alt", "Esc"))} <= found | {"Ctrl+1 to 9"}


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
