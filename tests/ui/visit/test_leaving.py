"""Leave now, somebody came in, the other person, a child; are you out?"""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asbdesk.casework.desk import Desk
from asbdesk.clock import SetClock, parse_instant
from asbdesk.model import Visit, Warning
from asbdesk.ui.screens.visit.out_watch import asking
from asbdesk.ui.screens.visit.screen import VisitScreen
from tests.ui.visit import living


def open_cover(screen: VisitScreen) -> None:
    screen.cover._answered(True)


def test_leave_now_covers_saves_and_asks_why_later(qtbot: QtBot, desk: Desk, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("happened")
    qtbot.keyClicks(screen.focusWidget(), "He is at the door")
    qtbot.keyClick(screen, Qt.Key.Key_F12, Qt.KeyboardModifier.ControlModifier)
    assert screen.covered
    assert desk.drafts.values(screen.path.run)["words"] == "He is at the door"
    visit = desk.read(lambda s: s.get_one(Visit, screen.path.visit).left_early)
    assert visit
    open_cover(screen)
    assert screen.stack.currentWidget() is screen.leaving
    qtbot.keyClicks(screen.leaving.why, "Her neighbour came and shouted at me.")
    screen.leaving.threat.setChecked(True)
    screen.leaving._keep()
    qtbot.waitUntil(lambda: "Are you out, and safe?" in living.words_on(screen))
    assert desk.read(lambda s: s.get_one(Visit, screen.path.visit).left_why).startswith("Her neighbour")
    events = desk.read(lambda s: [w.event for w in s.query(Warning)])
    assert "Her neighbour came and shouted at me." in events


def test_why_is_asked_again_when_the_visit_is_opened_later(qtbot: QtBot, desk: Desk, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.leave_now()
    again = living.a_screen(desk, "", path=type(screen.path).resume(desk, screen.path.run))
    qtbot.addWidget(again)
    assert again.stack.currentWidget() is again.leaving


def test_someone_came_in_puts_private_questions_away(qtbot: QtBot, screen: VisitScreen) -> None:
    living.go_in(screen)
    asked = {a.question.id for a in screen.path.step("safe").questions}
    assert "abuse" in asked
    screen.go("safe")
    screen.head.someone_button.click()
    screen.someone.first.click()
    assert screen.covered
    open_cover(screen)
    asked = {a.question.id for a in screen.path.step("safe").questions}
    assert "abuse" not in asked
    assert "frightens you" not in living.words_on(screen.front)
    screen.turn_face()
    qtbot.waitUntil(lambda: "put off" in living.words_on(screen.front))


def test_left_by_mistake_why_is_asked_before_the_end(screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.leave_now()
    open_cover(screen)
    screen.leaving.go_on.emit()
    assert screen.stack.currentWidget() is screen.front
    screen.go("out")
    screen.onward()
    screen.onward()
    assert screen.stack.currentWidget() is screen.leaving


def test_the_other_person_stops_the_visit(qtbot: QtBot, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.someone.other.click()
    assert screen.covered
    open_cover(screen)
    assert screen.stack.currentWidget() is screen.leaving
    assert "I will be in touch" in living.words_on(screen.leaving)
    screen.leaving.reach.setText("Ring her at work, after two")
    screen.leaving._keep()
    with qtbot.waitSignal(screen.ended):
        screen.onward()


def test_a_child_can_hear(screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("safe")
    screen.someone.child_button.click()
    assert not screen.covered
    assert "self_harm" not in {a.question.id for a in screen.path.step("safe").questions}
    assert screen.path.room.child_hears


def test_the_strip_is_in_the_page_so_that_the_cover_key_still_works(qtbot: QtBot, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.someone.open()
    qtbot.keyClick(screen.someone.first, Qt.Key.Key_F12)
    assert screen.covered


@pytest.mark.parametrize(
    ("minutes", "stage"), [(-1, ""), (0, "ask"), (4, "ask"), (5, "again"), (9, "again"), (10, "late"), (600, "late")]
)
def test_are_you_out_is_asked_twice_and_then_it_is_late_out(minutes: int, stage: str) -> None:
    back_by = "2026-11-21T15:30:00.000Z"
    assert asking(back_by, parse_instant(back_by) + dt.timedelta(minutes=minutes)) == stage
    assert asking(None, parse_instant(back_by)) == ""


def test_the_strip_asks_and_gives_more_time(desk: Desk, screen: VisitScreen) -> None:
    living.go_in(screen)
    clock = desk.clock
    assert isinstance(clock, SetClock)
    screen.strip.look()
    assert not screen.strip.isVisible()
    clock.put("2026-11-21T15:31:00.000Z")
    screen.strip.look()
    assert "Are you out?" in living.words_on(screen.strip)
    screen.strip.no.click()
    assert not screen.strip.isVisible()
    assert screen.path.back_by == "2026-11-21T15:46:00.000Z"
    clock.put("2026-11-21T15:57:00.000Z")
    screen.strip.look()
    assert "cannot raise an alarm without a signal" in living.words_on(screen.strip)
    screen.strip.yes.click()
    assert screen.path.where[0] == "out"


def test_are_you_out_is_asked_over_the_cover_too_and_names_nobody(
    qtbot: QtBot, desk: Desk, screen: VisitScreen
) -> None:
    living.go_in(screen)
    screen.cover_up()
    clock = desk.clock
    assert isinstance(clock, SetClock)
    clock.put("2026-11-21T15:31:00.000Z")
    screen.strip.look()
    assert screen.covered and screen.strip.isVisible()
    said = living.words_on(screen)
    assert "Are you out?" in said
    assert screen.path.resident not in said and "Rosa" not in said and screen.path.reference not in said
    screen.strip.yes.click()
    assert screen.covered and screen.cover.word.isVisible(), "the word is asked for first"
    screen.cover._answered(True)
    assert not screen.covered and screen.path.where[0] == "out"


def test_going_in_with_nobody_told_is_said_once(screen: VisitScreen) -> None:
    screen.onward()
    assert "Ring your buddy" in screen.banner.words()
    assert screen.path.where[0] == "before"
    screen.onward()
    assert screen.path.where[0] == "who"


def test_going_in_keeps_who_was_told_and_when_to_ask(screen: VisitScreen) -> None:
    for question, value in (("in_told", "Rosa Hughes"), ("in_how", "telephone"), ("in_back_by", "15:30")):
        screen._answered(question, value)
    screen.onward()
    assert screen.path.back_by == "2026-11-21T15:30:00.000Z"
    assert screen.path.where[0] == "who"
    assert not screen.visit.mine
