"""Looking back on a case on screen: reached from its page, walked by keyboard, played, printed, for everybody."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asbdesk.casework.cases import list_cases
from asbdesk.documents.learned import Learned
from asbdesk.ui.screens.case import learning
from asbdesk.ui.screens.case.learning import LearningPage, day_words, in_short, standing_words
from asbdesk.ui.screens.case.learning_line import LearningLine
from asbdesk.ui.screens.case.learning_time import bands, clusters, more_words, rows
from asbdesk.ui.screens.case.page import CaseView
from asbdesk.ui.theme import Theme
from asbdesk.ui.widgets.buttons import Button
from tests.documents.learned import learned, owed
from tests.ui import walking
from tests.ui.conftest import Opened

SLACK = 2
"""Times slower than usual that a busy machine may be."""
LOOKS = [("light", 1.0, (1440, 900)), ("dark", 1.0, (1280, 720)), ("high_contrast", 2.0, (1280, 720))]


@pytest.fixture
def page(opened: Opened, qtbot: QtBot) -> LearningPage:
    """The page of the first practice case, reached as an officer reaches it, and read."""
    return look_back(opened, qtbot)


def look_back(opened: Opened, qtbot: QtBot) -> LearningPage:
    frame = opened.window.frame
    assert frame is not None
    lines = frame.desk.read(list_cases).lines
    frame.open_case(next(line.id for line in lines if line.title == "Assault, then smashed windows"))
    view = next(v for v in frame.findChildren(CaseView) if v.case)
    button = next(b for b in view.findChildren(Button) if b.accessibleName() == "What we can learn")
    button.click()
    over = frame.over
    assert isinstance(over, LearningPage)
    qtbot.waitUntil(lambda: over.view is not None, timeout=10_000)
    walking.settle()
    return over


def view_of(page: LearningPage) -> Learned:
    assert page.view is not None
    return page.view


def press(page: LearningPage, *keys: Qt.Key, ctrl: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    for key in keys:
        QTest.keyClick(page.line, key, modifier)


def test_it_opens_on_the_whole_case_with_the_first_late_thing_chosen(page: LearningPage) -> None:
    view = view_of(page)
    assert view.reference in page.about.text() and in_short(view) in page.about.text()
    assert page.line.at == view.days - 1 and page.window().focusWidget() is page.line
    assert page.lesson_card.isVisible() and page.lesson_taught.text() and page.lesson_source.text()


def test_the_keys_go_day_by_day_and_to_the_ends(page: LearningPage) -> None:
    view = view_of(page)
    press(page, Qt.Key.Key_Home)
    assert page.line.at == 0 and page.day_number.text() == f"Day 1 of {view.days}"
    press(page, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left)
    assert page.line.at == 1
    press(page, Qt.Key.Key_Home, Qt.Key.Key_Left)
    assert page.line.at == 0
    press(page, Qt.Key.Key_Right, ctrl=True)
    assert view.day(page.line.at) == view.turns[1]
    press(page, Qt.Key.Key_Left, ctrl=True)
    assert page.line.at == 0
    press(page, Qt.Key.Key_End, Qt.Key.Key_PageUp)
    assert page.line.at == max(view.days - 31, 0)


def test_a_screen_reader_hears_the_day(page: LearningPage) -> None:
    press(page, Qt.Key.Key_Home)
    said = page.line.accessibleDescription()
    assert said.startswith(day_words(view_of(page).on(view_of(page).start))) and "Left and right" in said


def test_up_and_down_choose_what_was_owed_and_its_lesson_stands_beside(page: LearningPage) -> None:
    first = page.line.chosen
    press(page, Qt.Key.Key_Down)
    assert page.line.chosen is not None and page.line.chosen != first
    assert page.lesson_title.text() == page.line.chosen.name and page.lesson_why.text() == page.line.chosen.why
    press(page, Qt.Key.Key_Up)
    assert page.line.chosen == first


def test_a_press_on_a_bar_chooses_it_and_on_the_band_goes_to_the_day(page: LearningPage) -> None:
    page.line.viewport().grab()
    box, one = page.line.spots[-1]
    QTest.mouseClick(page.line.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert page.line.chosen == one
    QTest.mousePress(page.line.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(int(page.line.x_of(1)) + 2, 10))
    assert page.line.at == 1


def test_playing_runs_to_the_end_and_can_be_held(
    page: LearningPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "SLOWEST", 5)
    press(page, Qt.Key.Key_Space)
    assert page.line.at == 0 and page.play_button.accessibleName() == "Pause"
    press(page, Qt.Key.Key_Space)
    assert not page.timer.isActive() and page.play_button.accessibleName() == "Play"
    page.play_button.click()
    qtbot.waitUntil(lambda: not page.timer.isActive(), timeout=10_000)
    assert page.line.at == view_of(page).days - 1


def test_the_day_a_thing_goes_late_its_lesson_comes_by_itself(page: LearningPage) -> None:
    late = view_of(page).late[0]
    press(page, Qt.Key.Key_Home)
    while view_of(page).day(page.line.at) != late.late_from:
        press(page, Qt.Key.Key_Right)
    assert page.line.chosen is not None and page.line.chosen.late_from == late.late_from
    assert "1 day late" in page.lesson_state.text() and page.standing.text().endswith("late")


def test_escape_goes_back_to_the_case(page: LearningPage, opened: Opened) -> None:
    press(page, Qt.Key.Key_Escape)
    assert opened.window.frame is not None and opened.window.frame.over is None


def test_a_case_that_goes_on_has_no_such_button(opened: Opened) -> None:
    frame = opened.window.frame
    assert frame is not None
    from asbdesk.casework.people import NewPerson
    from asbdesk.casework.reports import Telling, open_case

    told = Telling(words="It is loud.", behaviours=("noise",))
    case = frame.desk.do(open_case, NewPerson(name="Mr Farrow", address="2 Mill Fold"), told).value
    frame.open_case(case)
    view = next(v for v in frame.findChildren(CaseView) if v.case)
    assert "What we can learn" not in {b.accessibleName() for b in view.findChildren(Button) if b.isVisible()}


def test_the_page_is_made_and_shown(page: LearningPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from asbdesk.ui.screens.case import paper

    shown: list[bytes] = []
    monkeypatch.setattr(paper, "show_paper", lambda frame, pdf, name: shown.append(pdf))
    page.look.click()
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    assert shown[0].startswith(b"%PDF")


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark small", "large text"])
def test_everybody_can_use_it(
    look: tuple[str, float, tuple[int, int]], opened: Opened, qtbot: QtBot, qapp: QApplication
) -> None:
    Theme.make(*look[:2]).apply(qapp)
    opened.window.resize(*look[2])
    opened.window._build("today")
    page = look_back(opened, qtbot)
    for problems in (walking.unnamed, walking.small, walking.beyond_tab, walking.cut_off):
        assert problems(opened.window) == [], problems.__name__
    assert page.line.viewport().height() >= 200


# ---- the drawing
def drawn(view: Learned, qtbot: QtBot, size: tuple[int, int] = (1000, 600)) -> LearningLine:
    line = LearningLine()
    qtbot.addWidget(line)
    line.resize(*size)
    line.show()
    line.show_view(view)
    return line


def slow(work: Callable[[], object]) -> float:
    """Seconds, the best of three."""

    def once() -> float:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    return min(once() for _ in range(3))


def test_a_case_of_years_is_drawn_within_a_frame_or_three(qtbot: QtBot) -> None:
    view = learned(500)
    line = drawn(view, qtbot)
    assert view.days > 4000 and slow(lambda: line.viewport().grab()) < 0.05 * SLACK
    line.zoom_by(64)
    assert slow(lambda: line.viewport().grab()) < 0.05 * SLACK


def test_late_is_told_without_colour(qtbot: QtBot) -> None:
    """Drawn in greys, a late bar still differs from one that was never late: it is striped and has a sign."""
    line = drawn(learned(2), qtbot)
    grey = line.viewport().grab().toImage().convertToFormat(line.viewport().grab().toImage().Format.Format_Grayscale8)
    late, calm = (next(box for box, one in line.spots if bool(one.late_from) is want) for want in (True, False))
    shades = []
    for box in (late, calm):
        y = int(box.center().y()) + 2
        row = [grey.pixelColor(x, y).lightness() for x in range(int(box.right()) - 40, int(box.right()) - 24)]
        shades.append(max(row) - min(row))
    assert shades[0] > shades[1]


def test_zoom_keeps_the_day_in_sight_and_the_whole_is_the_farthest(qtbot: QtBot) -> None:
    line = drawn(learned(100), qtbot)
    line.go(500)
    line.zoom_by(16)
    assert line.gutter() <= line.x_of(500) <= line.viewport().width()
    line.zoom_by(1 / 64)
    assert line.zoom == 1.0 and line.horizontalScrollBar().maximum() == 0


def test_months_become_years_where_there_is_no_room() -> None:
    view = learned(200)
    assert [band.name for band in bands(view, 0.1, 38)][:2] == ["2024", "2025"]
    months = [*bands(view, 3, 38)]
    assert [band.name for band in months][:2] == ["Jan 2024", "Feb"] and months[12].name == "Jan 2025"
    assert months[0].first == 0 and months[-1].end == view.days
    assert all(one.end == other.first for one, other in itertools.pairwise(months))


def test_events_that_stand_close_are_one_and_none_is_lost() -> None:
    view = learned(100)
    close = [*clusters(view, 0.5, 30)]
    assert sum(len(events) for *_, events in close) == 100 and len(close) < 25
    assert len([*clusters(view, 10, 30)]) == 100


def test_what_overlaps_stands_in_lanes_of_its_own() -> None:
    made = rows(learned(6))
    assert len(made) == 1 and made[0].late and sum(map(len, made[0].lanes)) == 6 and len(made[0].lanes) == 2


def test_more_than_lanes_hold_is_counted_in_one_and_still_reached(qtbot: QtBot) -> None:
    some = tuple(owed(n, never=True) for n in range(12))
    view = learned(12, owed=some, end="2024-12-31")
    (row,) = rows(view)
    assert (len(row.lanes), len(row.more), row.height) == (4, 8, 5) and set(row.all) == set(some)
    assert more_words(row.more, "2024-12-31") == "8 more, 8 of them late, the oldest 315 days"
    assert more_words(row.more, row.more[0].arose) == "1 more"
    line = drawn(view, qtbot)
    line.choose(row.more[-1])
    line.viewport().grab()
    assert len(line.spots) == 5 and line.chosen == row.more[-1]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2024-01-07", "Not owed yet on this day"),
        ("2024-01-08", "Owed, and still in time"),
        ("2024-01-11", "Due on this day"),
        ("2024-01-12", "1 day late"),
        ("2024-01-17", "6 days late, then done"),
    ],
)
def test_how_it_stood_is_said_in_words(day: str, words: str) -> None:
    assert standing_words(owed(0), day)[0] == words


def test_other_ends_are_said_too() -> None:
    assert standing_words(owed(0, late=False), "2024-02-01")[0] == "Done in time"
    assert standing_words(owed(0, late=False, how="waived"), "2024-02-01")[0] == "Not needed, with a reason"
    assert standing_words(owed(0, how="waived"), "2024-02-01")[0] == "6 days late, never done"
    assert in_short(learned(0, owed=(), events=())) == "Nothing went late."
    assert in_short(learned(2)) == "1 of 2 things owed went late, and 1 was never done."
