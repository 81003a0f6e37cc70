"""A desk for a day: one store and one window for all of a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys.stranger import Stranger, a_day, sits_down
from tests.ui.conftest import practice_folder

__all__ = ["practice_folder"]


@pytest.fixture(scope="module")
def day(qapp: QApplication, practice_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stranger]:
    with a_day(practice_folder, tmp_path_factory.mktemp("day") / "store") as stranger:
        yield stranger


@pytest.fixture
def officer(day: Stranger, request: pytest.FixtureRequest) -> Stranger:
    """Whoever sits at the desk, before the case that the script names (`CASE`)."""
    sits_down(day)
    day.open_case(request.module.CASE)
    return day
