"""The accessibility walk over every step of the visit, both faces, the cover, leaving; and that it all fits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from asbdesk.casework.desk import Desk
from asbdesk.ui.screens.visit.screen import VisitScreen
from asbdesk.ui.theme import Theme
from tests.ui.visit import living
from tests.ui.walking import small, unnamed

STEPS = ("before", "who", "happened", "affects", "safe", "wants", "plan", "sign", "out")


def unreachable(window: QWidget) -> list[str]:
    """What Tab should come to and never does. Tiles and steps are one stop with arrows within."""
    stops, widget = set(), window.nextInFocusChain()
    while widget is not window:
        stops.add(widget)
        widget = widget.nextInFocusChain()
    shown = [b for b in window.findChildren(QWidget) if b.isVisible() and b.isEnabled()]
    return [w.accessibleName() for w in shown if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w not in stops]


def turn_to(qtbot: QtBot, screen: VisitScreen, step: str, mine: bool) -> None:
    screen.go(step)
    if screen.visit.mine != mine:
        screen.turn_face()
    living.wait(screen, qtbot)
    laid_out()


def laid_out() -> None:
    """Widgets added to a shown page get their place a few turns of the loop later."""
    for _ in range(12):
        QApplication.processEvents()


def test_every_step_is_named_large_enough_and_reachable(qtbot: QtBot, screen: VisitScreen) -> None:
    living.go_in(screen)
    living.a_plan(screen.path)
    for step in STEPS:
        for mine in (False, True):
            turn_to(qtbot, screen, step, mine)
            assert (step, mine, unnamed(screen)) == (step, mine, [])
            assert (step, mine, small(screen)) == (step, mine, [])
            assert (step, mine, unreachable(screen)) == (step, mine, [])


def test_signing_the_cover_and_leaving_too(qtbot: QtBot, screen: VisitScreen) -> None:
    living.go_in(screen)
    living.a_plan(screen.path)
    screen.go("sign")
    screen.onward()
    laid_out()
    assert unnamed(screen) + small(screen) == []
    screen.later()
    laid_out()
    assert unnamed(screen) + small(screen) == []
    screen.someone.open()
    laid_out()
    assert unnamed(screen) + small(screen) == []
    screen.cover_up()
    screen.cover.ask_for_word()
    assert unnamed(screen) + small(screen) == []
    screen.ask_why(False)
    laid_out()
    assert unnamed(screen) + small(screen) == []


def test_a_step_says_where_it_stands(screen: VisitScreen) -> None:
    living.go_in(screen)
    assert screen.rail.buttons["before"].accessibleName() == "Step 1 of 9: Before you knock, done"
    assert screen.rail.buttons["who"].accessibleName() == "Step 2 of 9: Who is here, shown now, begun"


@pytest.fixture
def look() -> Iterator[type[Theme]]:
    """Whatever a test puts in force, the light theme at 100 % stands afterwards."""
    yield Theme
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    Theme.make("light").apply(app)


@pytest.mark.parametrize(("name", "scale"), [("light", 2.0), ("dark", 1.0), ("high_contrast", 1.5)])
def test_it_fits_a_small_laptop_in_every_theme(
    qtbot: QtBot, look: type[Theme], desk: Desk, case: str, name: str, scale: float
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    look.make(name, scale).apply(app)
    screen = living.a_screen(desk, case)
    qtbot.addWidget(screen)
    screen.resize(1280, 720)
    screen.show()
    living.go_in(screen)
    living.a_plan(screen.path)
    for step in STEPS:
        turn_to(qtbot, screen, step, False)
        assert (step, screen.width() <= 1280, screen.height() <= 720) == (step, True, True)
        for button in (screen.head.cover_button, screen.head.leave_button, screen.foot.go_button):
            at = button.mapTo(screen, button.rect().bottomRight())
            assert (step, at.x() < 1280, at.y() < 720) == (step, True, True)
        bar = screen.page.body.horizontalScrollBar()
        assert (step, bar.maximum()) == (step, 0)
