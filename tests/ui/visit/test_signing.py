"""All six ways that signing may go, who signs in turn, and that an interrupted signing loses nothing."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from asbdesk.casework.desk import Desk
from asbdesk.casework.visit_views import Room
from asbdesk.documents.paper import Signing
from asbdesk.ui.screens.visit import signing
from asbdesk.ui.screens.visit.screen import VisitScreen
from asbdesk.ui.screens.visit.sign_panel import NOT_READY, SignPanel
from asbdesk.ui.screens.visit.sign_stages import OutcomeStage
from tests.ui.visit import living

ALONE = Room(alone=True, safe_to_talk=True)
HELPED = Room(alone=True, safe_to_talk=True, interpreter="professional", advocate=True)


@pytest.fixture
def panel(screen: VisitScreen) -> SignPanel:
    living.go_in(screen)
    living.a_plan(screen.path)
    screen.go("sign")
    found = screen.page.leading()
    assert isinstance(found, SignPanel)
    return found


def outcomes(panel: SignPanel) -> OutcomeStage:
    found = panel.stages.currentWidget()
    assert isinstance(found, OutcomeStage)
    return found


@pytest.mark.parametrize(
    ("outcome", "room", "by_phone", "who"),
    [
        ("signed", ALONE, False, ("resident", "officer")),
        ("signed", HELPED, False, ("resident", "advocate", "interpreter", "officer")),
        ("agreed_aloud", HELPED, False, ("advocate", "interpreter", "officer")),
        ("wants_time", ALONE, False, ("officer",)),
        ("not_asked", HELPED, False, ("officer",)),
        ("agreed_aloud", ALONE, True, ()),
    ],
)
def test_who_signs_in_turn(outcome: str, room: Room, by_phone: bool, who: tuple[str, ...]) -> None:
    assert signing.roles(outcome, room, by_phone) == who


def test_what_each_outcome_needs() -> None:
    lacking = {o.key: bool(signing.lacking(o.key, "", "")) for o in signing.OUTCOMES}
    needs = {"agreed_aloud", "wants_time", "does_not_agree", "not_asked"}
    assert {key for key, missing in lacking.items() if missing} == needs
    assert not signing.lacking("wants_time", "", "2026-11-27")
    assert not signing.lacking("does_not_agree", "I want to move.", "")
    assert not any("refus" in (o.label + o.then).lower() for o in signing.OUTCOMES)


@pytest.mark.parametrize(
    ("outcome", "note", "day"),
    [
        ("agreed_aloud", "I heard it, she has hurt her hand", ""),
        ("agrees_unsigned", "", ""),
        ("wants_time", "", "Fri 27 Nov"),
        ("does_not_agree", "I want to move away", ""),
        ("not_asked", "She was not well enough", ""),
    ],
)
def test_every_way_without_a_signature_locks_the_copy(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    screen: VisitScreen,
    panel: SignPanel,
    outcome: str,
    note: str,
    day: str,
) -> None:
    signed: list[Signing] = []
    real = screen.path.sign
    monkeypatch.setattr(screen.path, "sign", lambda what: (signed.append(what), real(what))[1])
    screen.onward()
    screen.later()
    page = outcomes(panel)
    page.tiles.choose(outcome)
    assert screen.foot.go_button.accessibleName() == "Next: officer signs"
    if note or day:
        screen.onward()
        assert "Please" in screen.banner.words()
    page.note.setPlainText(note)
    page.day._typed(day)
    screen.onward()
    screen.later()
    living.wait(screen, qtbot)
    assert screen.path.sealed is not None
    assert [(s.outcome, s.note, s.ask_on) for s in signed] == [(outcome, note, "2026-11-27" if day else "")]
    screen.onward()
    assert screen.path.where[0] == "out"


def test_a_plan_that_is_not_ready_is_not_signed(screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("sign")
    screen.onward()
    assert screen.banner.words() == NOT_READY
    screen.turn_face()
    screen.onward()
    assert "Add at least one step of ours." in screen.banner.words()


def test_an_empty_pad_is_said(screen: VisitScreen, panel: SignPanel) -> None:
    screen.onward()
    screen.onward()
    assert "There is no signature yet" in screen.banner.words()
    assert panel.stage == "ink:resident"


def test_turning_the_faces_and_the_cover_keep_what_was_drawn(
    qtbot: QtBot, screen: VisitScreen, panel: SignPanel
) -> None:
    screen.onward()
    living.draw(screen, qtbot)
    drawn = screen.visit.inks["resident"]
    screen.turn_face()
    screen.turn_face()
    screen.cover_up()
    screen.cover._answered(True)
    again = screen.page.leading()
    assert isinstance(again, SignPanel)
    assert again.stage == "ink:resident"
    screen.onward()
    assert again.stage == "ink:officer"
    assert screen.visit.inks["resident"] == drawn


def test_back_goes_one_signature_back(qtbot: QtBot, screen: VisitScreen, panel: SignPanel) -> None:
    screen.onward()
    living.draw(screen, qtbot)
    screen.onward()
    screen.back()
    assert panel.stage == "ink:resident"
    screen.back()
    assert panel.stage == "read"
    screen.back()
    assert screen.path.where[0] == "plan"


def test_by_telephone_nothing_is_signed_on_the_screen(qtbot: QtBot, desk: Desk, case: str) -> None:
    screen = living.a_screen(desk, case, by_phone=True)
    living.show(qtbot, screen)
    living.go_in(screen)
    living.a_plan(screen.path)
    screen.go("sign")
    screen.onward()
    panel = screen.page.leading()
    assert isinstance(panel, SignPanel)
    page = outcomes(panel)
    assert "signed" not in {tile.value for tile in page.tiles.tiles}
    page.tiles.choose("agreed_aloud")
    page.note.setPlainText("I heard it on the telephone")
    screen.onward()
    living.wait(screen, qtbot)
    assert screen.path.sealed is not None


def test_when_the_copy_cannot_be_made_nothing_is_lost(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, screen: VisitScreen, panel: SignPanel
) -> None:
    from asbdesk.errors import UserError

    def full(_what: Signing) -> None:
        raise UserError("The disk is full. Make room and try again.")

    screen.onward()
    living.draw(screen, qtbot)
    screen.onward()
    living.draw(screen, qtbot)
    monkeypatch.setattr(screen.path, "sign", full)
    screen.onward()
    living.wait(screen, qtbot)
    assert "The disk is full" in screen.banner.words()
    assert set(screen.visit.inks) == {"resident", "officer"}
    monkeypatch.undo()
    screen.onward()
    living.wait(screen, qtbot)
    assert screen.path.sealed is not None


def test_covered_while_the_copy_is_locked_it_is_there_when_uncovered(
    qtbot: QtBot, screen: VisitScreen, panel: SignPanel
) -> None:
    screen.onward()
    for _ in range(2):
        living.draw(screen, qtbot)
        screen.onward()
    assert screen.visit.busy
    screen.cover_up()
    screen.cover._answered(True)
    living.wait(screen, qtbot)
    qtbot.waitUntil(lambda: "The plan is locked: version 1" in living.words_on(screen))
    screen.onward()
    assert screen.path.where[0] == "out"
