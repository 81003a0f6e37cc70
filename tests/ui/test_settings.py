"""Settings: a new recovery sheet, the passphrase and older copies, the spare copy, quick unlock that is away."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from asbdesk.store.keyring_slot import Keyring
from asbdesk.store.keys import Slots, WrongSecret
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.settings import SettingsScreen
from tests.ui.conftest import PASSPHRASE, Opened


@pytest.fixture
def settings(opened: Opened) -> SettingsScreen:
    assert opened.window.frame is not None
    screen = opened.window.frame.go("settings")
    assert isinstance(screen, SettingsScreen)
    return screen


def test_a_new_recovery_sheet_is_proved_and_the_former_is_dead(
    settings: SettingsScreen, opened: Opened, qtbot: QtBot
) -> None:
    card = settings.sheet
    card.open_.click()
    card.word.field.setText("not it at all")
    card.make()
    qtbot.waitUntil(lambda: "not the passphrase" in opened.window.banner.words(), timeout=10_000)
    before = Slots.load(opened.door.paths.slots).slots
    card.word.field.setText(PASSPHRASE)
    card.make()
    qtbot.waitUntil(lambda: card.dialog is not None, timeout=10_000)
    dialog = card.dialog
    assert dialog is not None and dialog.step.sheet is not None
    code = dialog.step.sheet.code
    assert dialog.step.sheet.pdf.startswith(b"%PDF") and Slots.load(opened.door.paths.slots).slots != before
    dialog.prove()
    assert dialog.isVisible() and dialog.step.asked.problem.text()
    dialog.step.typed.setText(code.replace("\n", " ").replace("-", " ").split()[-1])
    dialog.prove()
    qtbot.waitUntil(lambda: "is proved" in opened.window.banner.words(), timeout=3000)
    assert Slots.load(opened.door.paths.slots).open_recovery(code) == opened.window.desk.desk.store.key  # type: ignore[union-attr]
    assert card.word.text() == ""


def test_a_sheet_that_is_not_proved_is_warned_of(settings: SettingsScreen, opened: Opened, qtbot: QtBot) -> None:
    card = settings.sheet
    card.open_.click()
    card.word.field.setText(PASSPHRASE)
    card.make()
    qtbot.waitUntil(lambda: card.dialog is not None, timeout=10_000)
    assert card.dialog is not None
    card.dialog.reject()
    assert "has not been proved" in opened.window.banner.words()


def test_a_new_passphrase_says_what_older_copies_open_with(
    settings: SettingsScreen, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    settings.copies.where.setText(str(stick))
    settings.copies.where.flush()
    secret = settings.secret
    secret.open_.click()
    secret.old.field.setText(PASSPHRASE)
    secret.new.passphrase.field.setText("seven amber kettles whistling")
    secret.change()
    qtbot.waitUntil(secret.after.isVisible, timeout=20_000)
    with pytest.raises(WrongSecret):
        Slots.load(opened.door.paths.slots).open_passphrase(PASSPHRASE)
    secret.copy_now.click()
    qtbot.waitUntil(lambda: "The copy is made" in opened.window.banner.words(), timeout=20_000)
    assert not secret.after.isVisible() and "made today" in settings.copies.age.text()


def test_a_folder_on_the_same_disk_is_said_when_it_is_chosen(settings: SettingsScreen, tmp_path: Path) -> None:
    copies = settings.copies
    copies.where.setText(str(tmp_path))
    copies.where.flush()
    assert "own disk" in copies.near.text() and not copies.near.isHidden()
    copies.where.setText(str(tmp_path / "nowhere"))
    copies.where.flush()
    assert copies.near.isHidden()


def test_a_stopped_copy_leaves_nothing(settings: SettingsScreen, opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    copies = settings.copies
    copies.where.setText(str(stick))
    copies.where.flush()
    copies.start()
    assert copies.stop.isVisible() and copies.bar.isVisible() and copies.doing.isVisible()
    copies.stop.click()
    desk = opened.window.desk
    assert desk is not None
    qtbot.waitUntil(lambda: not desk.errands.busy, timeout=20_000)
    assert [f.name for f in stick.iterdir() if "copy" in f.name] == [] or not any(stick.rglob("copy.json"))
    assert copies.make.isEnabled() and "untouched" in opened.window.banner.words()


def test_a_keyring_that_is_away_says_so_beside_the_tile(settings: SettingsScreen, opened: Opened, qtbot: QtBot) -> None:
    opened.door._keyring = Keyring("x", find=lambda: None)
    quick = settings.locking.quick
    quick.click()
    qtbot.waitUntil(settings.locking.away.isVisible, timeout=10_000)
    assert "Your passphrase opens the desk as always" in settings.locking.away.text()
    assert not quick.isChecked() and quick.isEnabled()
    assert isinstance(opened.window.frame, Frame) and not opened.door.settings().quick_unlock
