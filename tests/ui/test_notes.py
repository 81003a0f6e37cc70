"""What the desk says about itself: a wrong clock, little room, a used reserve, a mended key file, broken forms."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asbdesk.store import ballast
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.notes import Notes
from asbdesk.ui.screens.own_forms import FormsCard
from asbdesk.ui.widgets import Text
from asbdesk.ui.widgets.buttons import Button
from tests.ui.conftest import PASSPHRASE, Open, Opened

BROKEN = "id: visit\ntitle: Our visit\nversion: 9\nsections:\n  - id: one\n    questions: nonsense\n"


def unlocked(open_window: Open, store: Path, qtbot: QtBot) -> tuple[Opened, Frame]:
    """The desk unlocked and tidied."""
    opened = open_window(store)
    opened.clock.put("2026-11-24T09:00:00.000Z")  # the visit in this store ended after the window's usual time
    opened.window.open_desk(opened.door.unlock(PASSPHRASE))
    frame, desk = opened.window.frame, opened.window.desk
    assert frame is not None and desk is not None
    with qtbot.waitSignal(frame.noted, timeout=10_000):
        pass
    return opened, frame


def said(frame: Frame) -> list[str]:
    notes = frame.shown.findChild(Notes) if frame.shown is not None else None
    assert isinstance(notes, Notes)
    return [t.text() for t in notes.findChildren(Text) if t.text() and t.isVisible()]


def press(frame: Frame, words: str) -> None:
    assert frame.shown is not None
    next(b for b in frame.shown.findChildren(Button) if words in (b.text(), b.accessibleName())).click()


@pytest.fixture
def store(practice_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(practice_folder, tmp_path / "store"))


def test_unlocking_tidies_once_and_off_the_ui_thread(open_window: Open, store: Path, qtbot: QtBot) -> None:
    opened, frame = unlocked(open_window, store, qtbot)
    assert opened.door.paths.ballast.stat().st_size == ballast.SIZE  # the reserve lies there from the first unlock
    assert said(frame) == [] and not frame.findChild(Notes).isVisible()


def test_a_clock_set_back_is_said_until_the_officer_trusts_it(open_window: Open, store: Path, qtbot: QtBot) -> None:
    opened = open_window(store)
    opened.clock.put("2016-11-23T09:00:00.000Z")
    opened.window.open_desk(opened.door.unlock(PASSPHRASE))
    frame = opened.window.frame
    assert frame is not None
    assert any("This laptop's clock says" in words for words in said(frame))
    press(frame, "The clock is right")
    assert said(frame) == []
    assert "no longer marked" in opened.window.banner.words()


def test_a_used_reserve_is_said_and_can_be_put_away(open_window: Open, store: Path, qtbot: QtBot) -> None:
    _, frame = unlocked(open_window, store, qtbot)
    frame.desk.desk.store.trouble.reserve_used = True
    frame.go("today")
    assert any("kept" in words or "reserve" in words for words in said(frame))
    frame.go("settings")
    assert any("reserve" in words for words in said(frame))
    press(frame, "Put this message away")
    assert said(frame) == []
    frame.go("today")
    assert said(frame) == []


def test_a_mended_key_file_is_said(open_window: Open, store: Path, qtbot: QtBot) -> None:
    shutil.copy(store / "slots.json", store / "slots.json.before")
    (store / "slots.json").write_bytes(b"")
    _, frame = unlocked(open_window, store, qtbot)
    assert any("spare copy was whole" in words for words in said(frame))


def test_broken_forms_are_named_on_today_and_listed_in_settings(open_window: Open, store: Path, qtbot: QtBot) -> None:
    (store / "forms").mkdir()
    (store / "forms" / "ours.yaml").write_text(BROKEN, encoding="utf-8")
    _, frame = unlocked(open_window, store, qtbot)
    assert any("ours.yaml" in words for words in said(frame))
    press(frame, "Show what is wrong")
    assert frame.now == "settings"
    card = frame.findChild(FormsCard)
    assert isinstance(card, FormsCard)
    QApplication.processEvents()
    lines = [t.text() for t in card.findChildren(Text) if t.isVisible()]
    assert any(line.startswith("ours.yaml, line ") for line in lines)
