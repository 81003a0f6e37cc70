"""The desk locks when nothing is touched and when the laptop slept, and not otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from asbdesk.clock import SetClock
from asbdesk.ui.watching import Watch


class Watched:
    """A watch on two clocks that the test moves."""

    def __init__(self) -> None:
        self.clock = SetClock("2026-11-23T09:00:00.000Z")
        self.steady = 1000.0
        self.why: list[str] = []
        self.watch = Watch(self.clock, lambda: 5, monotonic=lambda: self.steady)
        self.watch.lock.connect(self.why.append)
        self.watch.start()
        self.watch._timer.stop()

    def passes(self, seconds: float, *, steady: float | None = None) -> None:
        """Time goes by, on both clocks unless the laptop's steady one stood still."""
        self.clock.pass_time(seconds=seconds)
        self.steady += seconds if steady is None else steady
        self.watch.look()


@pytest.fixture
def watched(qtbot: QtBot) -> Iterator[Watched]:
    made = Watched()
    yield made
    made.watch.stop()


def test_idle_for_the_minutes_of_the_setting(watched: Watched) -> None:
    for _ in range(149):
        watched.passes(2)
    assert watched.why == []
    watched.passes(2)
    assert watched.why == ["idle"]


def test_a_key_begins_the_wait_again(watched: Watched, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
    for _ in range(100):
        watched.passes(2)
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    for _ in range(100):
        watched.passes(2)
    assert watched.why == []


def test_a_key_in_a_window_over_it_counts_too(watched: Watched, qtbot: QtBot) -> None:
    over = QDialog()
    qtbot.addWidget(over)
    with qtbot.waitActive(over):
        over.show()
    watched.passes(8)
    QTest.keyClick(over.windowHandle(), Qt.Key.Key_A)
    QTest.mouseMove(over.windowHandle())
    for _ in range(149):
        watched.passes(2)
    assert watched.why == []


def test_sleep_shows_as_clocks_that_part(watched: Watched) -> None:
    watched.passes(3600, steady=2)
    assert watched.why == ["slept"]


def test_sleep_shows_as_a_late_look_where_the_steady_clock_goes_on(watched: Watched) -> None:
    watched.passes(3600)
    assert watched.why == ["slept"]


def test_a_clock_set_back_ten_years_is_no_sleep_and_no_crash(watched: Watched) -> None:
    watched.clock.put("2016-11-23T09:00:00.000Z")
    watched.passes(2)
    watched.passes(2)
    assert watched.why == []


def test_the_system_says_that_it_will_sleep(watched: Watched) -> None:
    watched.watch.about_to_sleep(False)
    assert watched.why == []
    watched.watch.about_to_sleep(True)
    assert watched.why == ["sleep"]
