"""Any question is drawn, answered with keys alone, told of in time, and its earlier answer marked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from asbdesk.forms.definition import Option, Question
from asbdesk.ui.form_view import FormView
from asbdesk.ui.questions import QuestionView
from asbdesk.ui.widgets import Field, Scroll, TickTile, Tile, Words, column

DAY = "2026-11-21"
OFTEN = Question("often", "single", "How often?", options=(Option("daily", "Most days"), Option("weekly", "Weekly")))
AFFECTS = Question(
    "affects",
    "multi",
    "How does it affect you?",
    options=(Option("sleep", "Losing sleep"), Option("none", "None", 0, True)),
)
WORDS = Question("words", "long_text", "In their words", rows=3)
WHEN = Question("when", "date", "When do we speak?")
SCALE = Question("scale", "scale", "How safe do you feel?", min=0, max=4, min_label="not at all")
COUNT = Question("count", "number", "How many times?", max=100)
ALL = (OFTEN, AFFECTS, WORDS, WHEN, SCALE, COUNT)
Told = list[tuple[str, object]]


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[tuple[FormView, Told]]:
    window, view, told = QMainWindow(), FormView(DAY), []
    view.answered.connect(lambda id, value: told.append((id, value)))
    view.show_questions(ALL)
    window.setCentralWidget(Scroll(column(view)))
    window.resize(900, 1400)
    window.show()
    qtbot.waitActive(window)
    yield view, told
    window.close()
    window.deleteLater()


def focus() -> object:
    return QApplication.focusWidget()


def test_every_kind_is_answered_by_keys_alone(form: tuple[FormView, Told], qtbot: QtBot) -> None:
    view, told = form
    view.go("often")
    qtbot.keyClick(focus(), Qt.Key.Key_Right)
    qtbot.keyClick(focus(), Qt.Key.Key_Space)
    assert told == [("often", "weekly")]
    qtbot.keyClick(focus(), Qt.Key.Key_1)
    assert told[-1] == ("often", "daily")
    qtbot.keyClick(focus(), Qt.Key.Key_Tab)  # the quiet answers
    assert isinstance(focus(), Tile) and focus().text() == "Not asked"
    qtbot.keyClick(focus(), Qt.Key.Key_Tab)
    assert isinstance(focus(), TickTile)
    qtbot.keyClick(focus(), Qt.Key.Key_Space)
    assert told[-1] == ("affects", ["sleep"])
    qtbot.keyClick(focus(), Qt.Key.Key_2)
    assert told[-1] == ("affects", ["none"])


def test_a_non_answer_takes_the_answer_away_and_the_other_way_round(form: tuple[FormView, Told], qtbot: QtBot) -> None:
    view, told = form
    view.go("often")
    qtbot.keyClick(focus(), Qt.Key.Key_1)
    qtbot.keyClick(focus(), Qt.Key.Key_Tab)
    qtbot.keyClick(focus(), Qt.Key.Key_2)
    assert told[-1] == ("often", {"unanswered": "wont_say"})
    shown = view.findChildren(QuestionView)[0]
    assert [t.isChecked() for t in shown.findChildren(Tile)] == [False, False, False, True, False]
    view.go("often")
    qtbot.keyClick(focus(), Qt.Key.Key_1)
    assert [t.isChecked() for t in shown.findChildren(Tile)] == [True, False, False, False, False]


def test_words_are_told_after_a_pause_while_typing_and_on_leaving(form: tuple[FormView, Told], qtbot: QtBot) -> None:
    view, told = form
    view.go("words")
    field = focus()
    assert isinstance(field, Words)
    qtbot.keyClicks(field, "Banging")
    qtbot.waitUntil(lambda: told == [("words", "Banging")], timeout=2000)
    for letter in " all night long":  # never a pause of 300 ms, and still told within a second
        qtbot.keyClick(field, letter, delay=120)
    assert len(told) >= 2
    qtbot.keyClicks(field, "!")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert told[-1] == ("words", "Banging all night long!")


def test_flush_saves_what_is_being_typed(form: tuple[FormView, Told], qtbot: QtBot) -> None:
    view, told = form
    view.go("count")
    qtbot.keyClicks(focus(), "12")
    view.flush()
    assert told == [("count", 12)]


@pytest.mark.parametrize(
    ("typed", "value"), [("tomorrow", "2026-11-22"), ("Fri 27 Nov", "2026-11-27"), ("27/11", "2026-11-27")]
)
def test_dates_as_people_write_them(form: tuple[FormView, Told], qtbot: QtBot, typed: str, value: str) -> None:
    view, told = form
    view.go("when")
    qtbot.keyClicks(focus(), typed)
    view.flush()
    assert told == [("when", value)]


def test_what_is_no_date_is_said_and_not_told(form: tuple[FormView, Told], qtbot: QtBot) -> None:
    view, told = form
    view.go("when")
    qtbot.keyClicks(focus(), "soonish")
    view.flush()
    shown = next(v for v in view.findChildren(QuestionView) if v.question is WHEN)
    assert told == [] and "not a date yet" in shown._problem.text()
    qtbot.keyClick(focus(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(focus(), Qt.Key.Key_Delete)
    view.flush()
    assert not shown._problem.text()


def test_earlier_answers_are_filled_in_and_marked_until_confirmed(qtbot: QtBot, form: tuple[FormView, Told]) -> None:
    view, told = form
    view.show_questions([])
    view.show_questions([OFTEN], {"often": "daily"}, {"often": "Answered on Tue 3 Nov"})
    shown = view.findChildren(QuestionView)[-1]
    tile = next(t for t in shown.findChildren(Tile) if t.value == "daily")
    assert tile.isChecked() and tile.earlier and shown._earlier.isVisibleTo(shown)
    view.go("often")
    qtbot.keyClick(focus(), Qt.Key.Key_Space)
    assert told[-1] == ("often", "daily") and not tile.earlier and not shown._earlier.isVisibleTo(shown)


def test_a_question_that_stays_keeps_focus_and_half_typed_words(form: tuple[FormView, Told], qtbot: QtBot) -> None:
    view, told = form
    view.go("words")
    field = focus()
    qtbot.keyClicks(field, "He sai")
    view.show_questions([AFFECTS, WORDS, OFTEN])
    assert focus() is field and field.toPlainText() == "He sai"
    view.show_questions([OFTEN])
    assert told[-1] == ("words", "He sai")  # taken away with what was typed, which is told first


def test_missing_answers_are_marked_and_gone_to(form: tuple[FormView, Told]) -> None:
    view, _ = form
    view.say_missing(["when", "count"])
    assert isinstance(focus(), Field)
    shown = {v.question.id: v for v in view.findChildren(QuestionView)}
    assert shown["when"]._problem.text() and shown["count"]._problem.text() and not shown["words"]._problem.text()


def test_it_tells_which_question_is_in_hand(form: tuple[FormView, Told]) -> None:
    view, _ = form
    at: list[str] = []
    view.at.connect(at.append)
    view.go("when")
    view.go("often")
    assert at[-2:] == ["when", "often"]


def test_numbers_and_scales(form: tuple[FormView, Told], qtbot: QtBot) -> None:
    view, told = form
    view.go("scale")
    qtbot.keyClick(focus(), Qt.Key.Key_3)
    assert told[-1] == ("scale", 2)
    view.go("count")
    qtbot.keyClicks(focus(), "101")
    view.flush()
    assert told[-1] == ("scale", 2)
    view.show_value("scale", 4)
    assert told[-1] == ("scale", 2)
