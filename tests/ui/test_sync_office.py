"""Head office’s service in the window: connected in the wizard, everything received, with a real PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from asbdesk.casework.landlord import change_landlord
from asbdesk.sync.status import status
from asbdesk.ui.screens.sync.people import PeopleTab
from asbdesk.ui.screens.sync.screen import SyncScreen
from asbdesk.ui.screens.sync.set_up import SetUpSharing, open_set_up
from tests.headoffice.offices import Served, free_port, in_a_thread, set_up
from tests.ui.conftest import PASSPHRASE, Open
from tests.ui.walking import settle


@pytest.fixture
def served(tmp_path: Path, database: str) -> Iterator[Served]:
    """A service that answers; nobody has founded it."""
    begun = set_up(tmp_path / "service", database, free_port())
    with in_a_thread(begun):
        yield begun


def test_a_desk_connects_to_head_office_and_everything_is_received(
    open_window: Open, practice_folder: Path, tmp_path: Path, served: Served, qtbot: QtBot
) -> None:
    opened = open_window(Path(shutil.copytree(practice_folder, tmp_path / "desk")))
    opened.window.open_desk(opened.door.unlock(PASSPHRASE))
    frame = opened.window.frame
    assert frame is not None
    carrier = frame.desk.carrier
    open_set_up(frame, "service")
    page = frame.over
    assert isinstance(page, SetUpSharing)
    page.place.where.setText("head office")
    page.go.click()
    assert "https://" in page.place.address.problem.text()  # type: ignore[union-attr]
    page.place.where.setText(served.url)
    page.place.code.setText("AAAAA-BBBBB-CCCCC-DDDDD-EEEEE")  # type: ignore[union-attr]
    page.go.click()
    qtbot.waitUntil(lambda: page.said.isVisible() and page.go.isEnabled(), timeout=30_000)
    assert not carrier.meets, "a wrong code founds nothing"
    page.place.code.setText(served.begun.code)  # type: ignore[union-attr]
    page.go.click()
    qtbot.waitUntil(lambda: page.step is page.kit, timeout=30_000)
    page.kit.typed.setText(page.kit.code.text().split("-")[-1])
    page.go.click()
    page.left.emit()
    qtbot.waitUntil(lambda: not carrier.running, timeout=60_000)
    assert carrier.trouble == "" and carrier.last is not None and carrier.last.sent > 0
    frame.desk.do(change_landlord, closed_number="0113 496 0200")
    carrier.go()
    qtbot.waitUntil(lambda: not carrier.running, timeout=60_000)
    told = frame.desk.read(status)
    assert told.on_this_laptop == 0 and told.received is not None, "its receipt says that head office has it"
    screen = frame.go("sync")
    assert isinstance(screen, SyncScreen)
    screen.open_tab("People and laptops")
    settle()
    people = next(part for part in screen.parts if isinstance(part, PeopleTab))
    assert [laptop.role for laptop in people._shown.laptops] == ["head_office", "hub"]  # type: ignore[attr-defined]
    assert "At head office" in screen.under.text()
