"""The words of letters on screen: worded anew by keyboard, read beside, kept, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asbdesk.casework.letters import wording
from asbdesk.ui.asking import Question
from asbdesk.ui.screens.own_letters import OwnLettersPage, open_own_letters
from asbdesk.ui.widgets.text import Heading, Text
from tests.ui.conftest import Opened


@pytest.fixture
def page(opened: Opened) -> OwnLettersPage:
    assert opened.window.frame is not None
    page = open_own_letters(opened.window.frame)
    page.which.setCurrentIndex(page.which.findData("update"))
    page._turn_to("update")
    return page


def beside(page: OwnLettersPage) -> str:
    return "\n".join(each.text() for each in page._side[0].findChildren(Text) + page._side[0].findChildren(Heading))


def answer(yes: bool) -> None:
    """Press it on the question that comes."""

    def press() -> None:
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, Question)
        (asked.yes if yes else asked.no).click()

    QTimer.singleShot(0, press)


def test_a_paragraph_is_worded_anew_and_used(page: OwnLettersPage, qtbot: QtBot) -> None:
    first = page.words[0]
    first.selectAll()
    qtbot.keyClicks(first, "{officer} wants you to know where we are.")
    first.flush()
    assert "Jo Field wants you to know where we are." in beside(page)
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk = page.desk
    assert wording(desk, "update").blocks[0].words == "{officer} wants you to know where we are."
    assert page.which.currentText() == "Where we are (ours)" and page.back.isVisibleTo(page) and not page.changed
    answer(yes=True)
    page.go_back()
    assert wording(desk, "update").version == "1" and not page.back.isVisibleTo(page)


def test_a_fault_is_said_without_a_line_of_the_file(page: OwnLettersPage) -> None:
    page.words[0].setPlainText("Ring {nobody}.")
    page.words[0].flush()
    assert "There is no fact “nobody”" in beside(page) and "line" not in beside(page).split("nobody")[0]
    assert not page.keep.isEnabled()
    page.words[0].setPlainText("Ring us.")
    page.words[0].flush()
    assert page.keep.isEnabled()


def test_a_long_sentence_is_pointed_at(page: OwnLettersPage) -> None:
    page.words[0].setPlainText("word " * 30)
    page.words[0].flush()
    assert "30 words" in beside(page)


def test_what_is_not_kept_is_asked_about(page: OwnLettersPage, qtbot: QtBot) -> None:
    page.add()
    page.words[-1].setPlainText("One more.")
    answer(yes=False)
    with qtbot.assertNotEmitted(page.left):
        page.leave()
    answer(yes=False)
    page._turn_to("closing")
    assert page.which.currentData() == "update" and page.changed
    answer(yes=True)
    with qtbot.waitSignal(page.left):
        page.leave()
