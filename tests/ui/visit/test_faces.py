"""Shared, mine, covered: what is on the screen, how fast it goes, and how it comes back."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asbdesk.casework.desk import Desk
from asbdesk.casework.words import BANDS
from asbdesk.ui.screens.visit.screen import VisitScreen
from tests.ui.visit import living

STEPS = ("before", "who", "happened", "affects", "safe", "wants", "plan", "sign", "out")


@pytest.mark.parametrize("step", STEPS)
def test_the_shared_face_shows_nothing_of_mine(screen: VisitScreen, step: str) -> None:
    living.go_in(screen)
    path = screen.path
    path.answer("happened", "serious", ["threat_to_life"])
    path.answer("happened", "other_known", living.OTHER)
    screen.go(step)
    seen = living.words_on(screen.front)
    hidden = [living.OTHER, living.WARNING, living.TITLE, "Warning", "Risk level", "risk is high", "Put off", "Why:"]
    hidden += [*BANDS.values(), "Not assessed", "Before you can sign", "points", "15:30"]
    hidden += [a.question.help for a in path.step(step).questions if a.question.help]
    hidden += [path.step(step).help] if path.step(step).help else []
    hidden += [a.question.text for a in path.step(step).questions if a.question.face == "mine"]
    assert [words for words in hidden if words in seen] == []
    assert screen.path.resident in seen  # the walk does see what is there


def test_f9_shows_mine_and_hides_it_again(qtbot: QtBot, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("safe")
    own = [card.text for card in screen.path.step("safe").cards if card.face == "mine"]
    assert any("level" in words for words in own)
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: all(words.splitlines()[0] in living.words_on(screen.front) for words in own))
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    assert not any(words in living.words_on(screen.front) for words in own)


def test_an_earlier_answer_is_asked_on_the_shared_face_and_dated_on_mine(qtbot: QtBot, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("affects")  # the number of children was written down when the case was opened
    qtbot.waitUntil(lambda: "Still right?" in living.words_on(screen.front))
    dated = next(a.earlier for a in screen.path.step("affects").questions if a.question.id == "children")
    assert dated not in living.words_on(screen.front)
    screen.turn_face()
    qtbot.waitUntil(lambda: dated in living.words_on(screen.front))


def test_keys_move_nothing_behind_the_cover(qtbot: QtBot, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.cover_up()
    for key in (Qt.Key.Key_5, Qt.Key.Key_Return):
        qtbot.keyClick(screen, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    assert screen.path.where[0] == "who"
    assert not screen.visit.mine


def test_before_the_door_is_mine_and_after_it_is_not(screen: VisitScreen) -> None:
    assert living.WARNING in living.words_on(screen.front)
    living.go_in(screen)
    screen.go("before")
    assert living.WARNING not in living.words_on(screen.front)


def test_f12_covers_in_under_a_fifth_of_a_second(qtbot: QtBot, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("happened")
    began = time.perf_counter()
    qtbot.keyClick(screen, Qt.Key.Key_F12)
    picture = screen.grab()
    took = time.perf_counter() - began
    assert not picture.isNull()
    assert took < 0.2
    assert screen.covered
    seen = living.words_on(screen)
    assert "Ashfield Homes" in seen
    assert screen.path.resident not in seen
    assert "ASB" not in seen


def test_what_was_half_typed_is_saved_behind_the_cover(qtbot: QtBot, desk: Desk, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("happened")
    qtbot.keyClicks(screen.focusWidget(), "He shouted")
    qtbot.keyClick(screen, Qt.Key.Key_F12)
    assert desk.drafts.values(screen.path.run)["words"] == "He shouted"


def test_the_passphrase_opens_the_cover_and_a_wrong_one_does_not(qtbot: QtBot, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.cover_up()
    qtbot.keyClicks(screen.cover, "n")
    qtbot.keyClicks(screen.cover.word, "ot this")
    qtbot.keyClick(screen.cover.word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Try again" in screen.cover.said.text())
    assert screen.covered
    qtbot.keyClicks(screen.cover.word, living.PASSPHRASE)
    qtbot.keyClick(screen.cover.word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not screen.covered)
    assert not screen.visit.mine


def test_a_pin_opens_it_until_five_were_wrong(qtbot: QtBot, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.cover.set_pin("4821")
    screen.cover_up()
    screen.cover.ask_for_word("4821")
    screen.cover.try_open()
    assert not screen.covered
    screen.cover_up()
    for _ in range(5):
        screen.cover.ask_for_word()
        screen.cover.word.setText("0000")
        screen.cover.try_open()
        qtbot.waitUntil(screen.cover.word.isEnabled)
    screen.cover.word.setText("4821")
    screen.cover.try_open()
    qtbot.waitUntil(screen.cover.word.isEnabled)
    assert screen.covered
    assert screen.cover.ask.text() == "Passphrase"


def test_the_window_is_never_called_by_a_name_or_a_case(screen: VisitScreen) -> None:
    assert screen.windowTitle() == "asbdesk"


def test_f12_covers_over_a_dialog_too(qtbot: QtBot, screen: VisitScreen) -> None:
    from PySide6.QtWidgets import QDialog

    living.go_in(screen)
    box = QDialog(screen)
    box.setModal(True)
    box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    qtbot.waitUntil(lambda: bool(box.property("covers")))
    qtbot.keyClick(box, Qt.Key.Key_F12)
    assert screen.covered
    assert not box.isVisible()


def welfare(screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.path.answer("safe", "abuse", "yes")
    screen.path.finish("safe")
    screen.page.forget()


@pytest.mark.parametrize("step", ["safe", "wants", "plan", "out"])
def test_abuse_at_home_leaves_no_word_on_the_shared_face(screen: VisitScreen, step: str) -> None:
    welfare(screen)
    screen.go(step)
    seen = living.words_on(screen.front).lower()
    assert [word for word in ("welfare", "domestic", "abuse", "refuge", "trained") if word in seen] == []


def test_a_held_copy_waits_for_a_safe_way(qtbot: QtBot, screen: VisitScreen) -> None:
    from asbdesk.ui.screens.visit.copy_panel import CopyPanel

    welfare(screen)
    living.a_plan(screen.path)
    screen.go("sign")
    screen.onward()
    for _ in range(2):
        living.draw(screen, qtbot)
        screen.onward()
    living.wait(screen, qtbot)
    assert screen.path.sealed is not None
    assert screen.path.sealed.held
    screen.onward()
    living.wait(screen, qtbot)
    panel = screen.page.leading()
    assert isinstance(panel, CopyPanel)
    panel.way.choose("posted")
    panel._give()
    assert not panel.given.text()
    panel.safe_way.setText("Ring her at work, after two")
    panel._keep_safe_way()
    assert not screen.path.sealed.held
    panel._give()
    assert "by post" in panel.given.text()
