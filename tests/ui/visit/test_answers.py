"""Answers are kept as they are given, and a visit comes back to the question it was left on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asbdesk.casework.desk import Desk
from asbdesk.casework.visit import VisitPath
from asbdesk.ui.questions import QuestionView
from asbdesk.ui.screens.visit.screen import VisitScreen
from tests.ui.visit import living


def question(screen: VisitScreen, id: str) -> QuestionView:
    if screen.page.form is not None:
        screen.page.form.whole()
    found = screen.page.findChild(QuestionView, f"question-{id}")
    assert isinstance(found, QuestionView)
    return found


def test_each_choice_is_in_the_drafts_at_once(qtbot: QtBot, desk: Desk, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("affects")
    for keys, kept in (("1", ["sleep"]), ("4", ["sleep", "children"])):
        qtbot.keyClicks(screen.focusWidget(), keys)
        assert desk.drafts.values(screen.path.run)["effects"] == kept
    assert screen.head.saved.text() == "Saved 14:32"


def test_not_asked_wont_say_dont_know_and_no_are_four(qtbot: QtBot, desk: Desk, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("safe")
    view = question(screen, "safe_tonight")
    kept = []
    for word in ("not_asked", "wont_say", "dont_know"):
        view._none.choose(word)
        kept.append(desk.drafts.values(screen.path.run)["safe_tonight"])
    view._answer.choose("no")  # type: ignore[attr-defined]
    kept.append(desk.drafts.values(screen.path.run)["safe_tonight"])
    assert kept == [{"unanswered": "not_asked"}, {"unanswered": "wont_say"}, {"unanswered": "dont_know"}, "no"]


def test_typed_words_are_kept_soon_after_the_last_key(qtbot: QtBot, desk: Desk, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("happened")
    qtbot.keyClicks(screen.focusWidget(), "He banged on the door.")
    qtbot.waitUntil(lambda: desk.drafts.values(screen.path.run).get("words") == "He banged on the door.", timeout=2000)


def test_a_visit_goes_on_from_the_question_it_was_left_on(qtbot: QtBot, desk: Desk, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("affects")
    screen.page.go("effect_words")
    qtbot.keyClicks(screen.focusWidget(), "She sleeps on the sofa")
    screen.save_and_leave()
    run = screen.path.run
    screen.close()
    again = living.a_screen(desk, "", path=VisitPath.resume(desk, run))
    living.show(qtbot, again)
    assert again.path.where == ("affects", "effect_words")
    qtbot.waitUntil(lambda: question(again, "effect_words").isAncestorOf(again.focusWidget()))
    assert question(again, "effect_words")._answer.toPlainText() == "She sleeps on the sofa"  # type: ignore[attr-defined]
    assert not again.visit.mine


def test_an_answer_opens_what_depends_on_it_without_losing_the_place(qtbot: QtBot, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("happened")
    view = question(screen, "known_right")
    view.take_focus()
    before = screen.focusWidget()
    qtbot.keyClicks(before, "2")
    qtbot.waitUntil(lambda: question(screen, "known_wrong").isVisible())
    assert view.isAncestorOf(screen.focusWidget())


def test_any_step_at_any_time_and_come_back_later(qtbot: QtBot, screen: VisitScreen) -> None:
    living.go_in(screen)
    qtbot.keyClick(screen, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert screen.path.where[0] == "wants"
    screen.later()
    assert {step.id: step.state for step in screen.path.steps}["wants"] == "later"
    assert "to come back to" in screen.rail.buttons["wants"].accessibleName()
    assert screen.path.where[0] == "plan"
    qtbot.keyClick(screen, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert screen.path.where[0] == "wants"


def test_progress_is_told_in_words(screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("affects")
    assert (screen.head.at.text(), screen.head.done.text()) == ("Step 4 of 9", "1 of 9 done")


def test_a_refused_answer_is_said_and_nothing_is_lost(desk: Desk, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("affects")
    screen._answered("effects", ["sleep"])
    screen._answered("effects", ["no such thing"])
    assert desk.drafts.values(screen.path.run)["effects"] == ["sleep"]
    assert "Choose from the answers" in screen.banner.words()


def test_another_level_needs_a_reason_and_is_only_mine(qtbot: QtBot, screen: VisitScreen) -> None:
    from asbdesk.ui.screens.visit.level_panel import LevelPanel

    living.go_in(screen)
    screen.go("safe")
    assert screen.findChild(LevelPanel) is None
    screen.turn_face()
    panel = screen.findChild(LevelPanel)
    assert isinstance(panel, LevelPanel)
    panel.open.click()
    panel.band.choose("high")
    panel._keep()
    assert screen.banner.words()
    panel.reason.setText("She said that he has a key to her flat")
    panel._keep()
    assert panel.open.text().strip() == "Your level: High risk. Change it"
