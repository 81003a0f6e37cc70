"""A real desk, its one case, and the visit's screen on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from asbdesk.casework.desk import Desk
from asbdesk.ui.screens.visit.screen import VisitScreen
from tests.ui.visit import living


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store with its one case, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("visit") / "store"
    desk = living.a_desk(folder)
    case = living.a_case(desk)
    desk.store.close()
    return folder, case


@pytest.fixture
def desk(made: tuple[Path, str], tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(made[0], tmp_path / "store")
    desk = living.at_work(tmp_path / "store")
    yield desk
    desk.store.close()


@pytest.fixture
def case(made: tuple[Path, str]) -> str:
    return made[1]


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, case: str) -> VisitScreen:
    screen = living.a_screen(desk, case)
    living.show(qtbot, screen)
    return screen


@pytest.fixture
def signed(qtbot: QtBot, screen: VisitScreen) -> VisitScreen:
    """A visit whose plan both have signed, on its last step."""
    living.go_in(screen)
    living.a_plan(screen.path)
    screen.go("sign")
    screen.onward()
    for _ in range(2):
        living.draw(screen, qtbot)
        screen.onward()
    living.wait(screen, qtbot)
    screen.onward()
    living.wait(screen, qtbot)
    return screen
