"""Putting right what was written, and undoing what was just done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from asbdesk.casework.cases import case_page
from asbdesk.casework.chronology import chronology
from asbdesk.casework.corrections import correctable
from asbdesk.casework.links import note
from asbdesk.exchange.practice import FIRST, practice_case
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.case.correct import CorrectPage
from asbdesk.ui.screens.new_report import NewReport
from asbdesk.ui.screens.visit.screen import VisitScreen
from asbdesk.ui.widgets.buttons import Button
from tests.ui.conftest import Opened
from tests.ui.walking import settle

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def frame(opened: Opened) -> Frame:
    assert opened.window.frame is not None
    return opened.window.frame


@pytest.fixture
def case(frame: Frame) -> str:
    return frame.desk.read(practice_case, FIRST)


@pytest.mark.parametrize("kind", ["report", "contact"])
def test_new_words_stand_and_the_old_stay_in_the_chronology(
    frame: Frame, case: str, kind: str, opened: Opened, qtbot: QtBot
) -> None:
    frame.open_case(case)
    frame.correct(case)
    page = frame.over
    assert isinstance(page, CorrectPage)
    written = next(w for w in page.written.values() if w.kind == kind and " " in w.words)
    page.answered("which", written.id)
    words_ = {"report": "words", "contact": "note"}[kind]
    page.form.show_value(words_, "What she really said.")
    page.answered(words_, "What she really said.")
    page.finish()
    assert frame.over is None and "Put right" in opened.window.banner.words()

    def words() -> str:
        return next(w.words for w in frame.desk.read(correctable, case, frame.desk.today) if w.id == written.id)

    assert words() == "What she really said."
    lines = frame.desk.read(chronology, case, limit=500, today=frame.desk.today)
    told = [line.text for line in lines]
    assert any("What she really said." in text for text in told)
    assert any(written.words[:30] in text for text in told), "what it said before can still be read"
    qtbot.keyClick(opened.window, Qt.Key.Key_Z, CONTROL)
    assert words() == written.words
    assert "Undone" in opened.window.banner.words() and not opened.window.banner.can_undo()


def test_nothing_at_all_is_no_correction(frame: Frame, case: str) -> None:
    frame.correct(case)
    page = frame.over
    assert isinstance(page, CorrectPage)
    before = len(frame.desk.read(case_page, case, frame.desk.today).chronology)
    page.answered("which", next(w.id for w in page.written.values() if w.kind == "report"))
    page.answered("words", "   ")
    page.finish()
    assert frame.over is page
    page.left.emit()
    assert len(frame.desk.read(case_page, case, frame.desk.today).chronology) == before


def test_undo_is_offered_for_a_minute_and_a_fields_own_undo_comes_first(
    frame: Frame, opened: Opened, qtbot: QtBot
) -> None:
    undone: list[str] = []
    banner = opened.window.banner
    banner.say("done", "Marked as done.", lambda: undone.append("it"))
    assert banner._timer.isActive() and banner._timer.interval() == 60_000
    frame.go("cases")
    search = next(f for f in frame.shown.findChildren(QLineEdit) if f.isVisible())  # type: ignore[union-attr]
    search.setFocus()
    qtbot.keyClicks(search, "ab")
    qtbot.keyClick(search, Qt.Key.Key_Z, CONTROL)
    assert search.text() == "" and undone == []
    frame.go("today")
    qtbot.keyClick(opened.window, Qt.Key.Key_Z, CONTROL)
    assert undone == ["it"] and banner.isHidden()
    qtbot.keyClick(opened.window, Qt.Key.Key_Z, CONTROL)
    assert undone == ["it"]


def test_what_was_begun_stands_on_today_and_goes_on(frame: Frame, case: str, opened: Opened) -> None:
    def shown() -> list[str]:
        settle()
        assert frame.shown is not None
        return [b.accessibleName() for b in frame.shown.findChildren(Button) if b.isVisible()]

    assert not any(name.startswith("Go on: A report") for name in shown())
    frame.new_report()
    page = frame.over
    assert isinstance(page, NewReport)
    page.answered("words", "He shouts at night.")
    page.left.emit()
    frame.go("today")
    name = next(name for name in shown() if name.startswith("Go on: A report"))
    assert frame.shown is not None
    next(b for b in frame.shown.findChildren(Button) if b.accessibleName() == name).click()
    again = frame.over
    assert isinstance(again, NewReport) and again.values["words"] == "He shouts at night."
    again.left.emit()
    frame.start_visit(case)
    assert isinstance(frame.over, VisitScreen)
    frame.over.save_and_leave()
    frame.go("today")
    name = next(name for name in shown() if name.startswith("Go on: A visit is begun"))
    next(b for b in frame.shown.findChildren(Button) if b.accessibleName() == name).click()
    assert isinstance(frame.over, VisitScreen)
    frame.over.left.emit()


def test_after_undo_by_its_button_the_work_goes_on_where_it_stood(frame: Frame, case: str, opened: Opened) -> None:
    frame.open_case(case)
    frame.say_done("It is written down.", frame.desk.do(note, case, "The stair light"))
    opened.window.activateWindow()
    stood = next(b for b in frame.findChildren(Button) if b.accessibleName() == "Add to this case")
    stood.setFocus()
    undo = next(b for b in opened.window.banner.findChildren(Button) if b.text().strip() == "Undo")
    undo.setFocus()
    undo.click()
    assert "Undone" in opened.window.banner.words() and stood.hasFocus()
