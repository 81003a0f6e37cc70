"""A whole visit with the keyboard alone, from the knock to the sealed plan, on a real encrypted store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from asbdesk.casework.desk import Desk
from asbdesk.documents.verify import verify
from asbdesk.model import Signature, Visit
from asbdesk.ui.screens.visit.screen import VisitScreen
from tests.builders import assert_whole
from tests.ui.visit import living

CTRL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """Ten fingers and no mouse: every key goes to whatever has the focus."""

    def __init__(self, qtbot: QtBot, screen: VisitScreen) -> None:
        self.qtbot, self.screen = qtbot, screen

    @property
    def at(self) -> QWidget:
        held = QApplication.focusWidget()
        assert held is not None
        return held

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.at, key, modifier)
        QApplication.processEvents()

    def write(self, text: str) -> None:
        self.qtbot.keyClicks(self.at, text)

    def tab_to(self, *words: str, most: int = 150) -> None:
        """Tab until what has the focus says one of these."""
        for _ in range(most):
            said = f"{self.at.accessibleName()}\n{self.at.accessibleDescription()}"
            if any(word in said for word in words):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never came to {words}")

    def answer(self, question: str, key: str) -> None:
        """The tiles of a question: a number chooses."""
        self.tab_to(f"{question}. ")
        self.write(key)

    def fill(self, question: str, text: str) -> None:
        self.tab_to(question)
        self.write(text)

    def go_on(self) -> None:
        self.press(Qt.Key.Key_Return, CTRL)

    def button(self, name: str) -> None:
        self.tab_to(name)
        self.press(Qt.Key.Key_Space)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = living.a_desk(tmp_path / "store")
    yield desk
    desk.store.close()


@pytest.fixture
def hands(qtbot: QtBot, desk: Desk) -> Hands:
    screen = living.a_screen(desk, living.a_case(desk))
    living.show(qtbot, screen)
    return Hands(qtbot, screen)


def talk(hands: Hands) -> None:
    """From the door to what they want."""
    step = lambda: hands.screen.path.where[0]  # noqa: E731
    hands.fill("Going in: who did you tell?", "Rosa Hughes")
    hands.answer("How did you tell them?", "1")
    hands.fill("When do you expect to be out?", "15:30")
    hands.go_on()
    assert step() == "who"
    assert not hands.screen.visit.mine
    hands.answer("Who is here with you today?", "1")
    hands.answer("Can anyone else hear us?", "2")
    hands.answer("Is it safe for you to talk now?", "1")
    hands.go_on()
    hands.fill("What has happened, in your own words?", "He banged on the door with a bat at night.")
    hands.go_on()
    hands.answer("How is this affecting people in the home?", "1")
    hands.fill("In your own words", "I do not sleep.")
    hands.go_on()
    assert step() == "safe"
    hands.answer("Do you feel safe to stay here tonight?", "1")
    hands.fill("What would help you feel safer?", "A new lock.")
    hands.go_on()
    hands.fill("What do you want to happen?", "I want the banging to stop.")
    hands.go_on()
    assert step() == "plan"


def agree(hands: Hands) -> None:
    """The plan, read back, agreed aloud."""
    hands.button("Add: ")
    hands.button("Add: ")
    hands.go_on()
    assert hands.screen.path.where[0] == "sign"
    hands.fill("Tell me in your own words what happens next.", "You ring me on Friday.")
    hands.go_on()
    assert hands.at.accessibleName() == "Ms Rahima Begum signs here"
    hands.button("Not signing today")
    hands.answer("How does it end today?", "2")
    hands.fill("Who heard it, and how?", "I heard it. She has hurt her hand.")
    hands.go_on()
    assert hands.at.accessibleName() == "Dami Okafor signs here"
    hands.button("Lock it without drawing")
    living.wait(hands.screen, hands.qtbot)
    assert hands.screen.path.sealed is not None


def test_a_whole_visit_by_keyboard(hands: Hands, desk: Desk) -> None:
    talk(hands)
    agree(hands)
    sealed = hands.screen.path.sealed
    assert sealed is not None
    hands.go_on()
    assert hands.screen.path.where[0] == "out"
    living.wait(hands.screen, hands.qtbot)
    hands.answer("How is it safe for you to have it?", "1")
    hands.button("Write down how they got it")
    assert "Written down" in living.words_on(hands.screen)
    hands.go_on()
    assert hands.screen.visit.mine
    hands.answer("How are you? Do you want to talk to someone today?", "1")
    with hands.qtbot.waitSignal(hands.screen.ended):
        hands.go_on()
    verdict = verify(sealed.pdf, desk.store.paths.authority.read_bytes())
    assert verdict.whole
    assert verdict.known_authority
    visit = desk.read(lambda s: s.get_one(Visit, hands.screen.path.visit))
    assert visit.out_safe
    assert (visit.copy or {})["how"] == "left"
    assert "fine" not in str(visit.answers)  # how the officer is goes to nobody
    assert desk.read(lambda s: s.query(Signature).count()) == 0
    assert desk.drafts.open_runs() == []
    assert_whole(desk.store)


def test_signed_on_the_pad_by_both(hands: Hands, desk: Desk) -> None:
    path, screen = hands.screen.path, hands.screen
    living.go_in(screen)
    living.a_plan(path)
    screen.go("sign")
    screen.onward()
    for name in ("Ms Rahima Begum", "Dami Okafor"):
        assert screen.page.leading() is not None
        hands.qtbot.waitUntil(lambda name=name: f"{name} signs here" in living.words_on(screen))
        living.draw(screen, hands.qtbot)
        screen.onward()
    living.wait(screen, hands.qtbot)
    sealed = path.sealed
    assert sealed is not None
    assert verify(sealed.pdf, desk.store.paths.authority.read_bytes()).whole
    inks = desk.read(lambda s: {i.role: i.strokes for i in s.query(Signature)})
    assert set(inks) == {"resident", "officer"}
    assert all(len(strokes[0]) > 20 for strokes in inks.values())
    assert_whole(desk.store)
