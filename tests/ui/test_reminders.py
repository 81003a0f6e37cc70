"""Reminders: what they say, when, and that they say nothing of anybody."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSystemTrayIcon

from asbdesk.casework.today import due_counts, today
from asbdesk.ui.reminders import Reminders, words
from asbdesk.ui.screens.settings import SettingsScreen
from asbdesk.ui.screens.visiting import open_visit
from tests.ui.conftest import PASSPHRASE, Opened

PLAIN = re.compile(r"[0-9]* ?[A-Za-z ,.]*")
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("due", "late", "said"),
    [
        (0, 0, ""),
        (1, 0, "1 case has something due today. Open asbdesk."),
        (3, 1, "2 cases have something due today, 1 case has something overdue. Open asbdesk."),
        (4, 4, "4 cases have something overdue. Open asbdesk."),
    ],
)
def test_the_words(due: int, late: int, said: str) -> None:
    assert words(due, late) == said
    assert all(PLAIN.fullmatch(part) for part in said.split(", "))


def test_as_many_as_today_shows(opened: Opened) -> None:
    assert opened.window.desk is not None
    desk = opened.window.desk
    view = desk.read(today, desk.member, desk.today)
    due, late = desk.read(due_counts, desk.member, desk.today)
    assert due == view.due_count + len(view.now) > 0
    assert f"{late} late" in view.counts


def test_once_a_day_and_again_for_what_becomes_overdue(opened: Opened) -> None:
    assert opened.window.desk is not None
    desk, said = opened.window.desk, list[str]()
    wanted = [True]
    reminders = Reminders(desk, opened.window, lambda: wanted[0])
    reminders.said.connect(said.append)
    assert not QSystemTrayIcon.isSystemTrayAvailable()  # nothing to show it with: the desk goes on
    reminders.look()
    reminders.look()
    assert len(said) == 1 and "overdue" in said[0]
    first, late = desk.today, desk.read(due_counts, desk.member, desk.today)[1]
    desk.remember("reminded_on", f"{first} {late - 1}")
    reminders.look()  # one more than was late when it was last said
    assert len(said) == 2
    opened.clock.pass_time(days=1)
    wanted[0] = False
    reminders.look()
    assert len(said) == 2
    wanted[0] = True
    reminders.look()
    reminders.look()
    assert len(said) == 3
    reminders.stop()


def test_it_is_switched_off_in_settings(opened: Opened) -> None:
    window = opened.window
    assert window.frame is not None
    screen = window.frame.go("settings")
    assert isinstance(screen, SettingsScreen)
    tile = screen.reminding.reminders
    assert tile.isChecked() and opened.door.settings().reminders
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Space)
    assert not opened.door.settings().reminders
    assert window.reminders is not None
    window.reminders.look()
    assert window.desk is not None and window.desk.remembered("reminded_on") is None


@pytest.mark.needs("xvfb-run", "dbus-run-session", "/usr/bin/python3")
def test_a_real_notification(practice_folder: Path, tmp_path: Path) -> None:
    """The system's own tray and notifications, played by a listener on a bus of its own, hear a count and no more."""
    if subprocess.run(["/usr/bin/python3", "-c", "import gi"], capture_output=True, check=False).returncode:
        pytest.skip("the system's python has no gi: see installer/test.sh")
    store = Path(shutil.copytree(practice_folder, tmp_path / "store"))
    listener, speaker = Path(__file__).parent / "notified.py", Path(__file__).parent / "reminding.py"
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    command = ["xvfb-run", "-a", "dbus-run-session", "--", "/usr/bin/python3", str(listener)]
    done = subprocess.run(
        [*command, sys.executable, str(speaker), str(store), PASSPHRASE],
        env={**kept, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    heard = [line for line in done.stdout.splitlines() if line.startswith("heard: ")]
    assert len(heard) == 1, done.stdout + done.stderr
    assert re.fullmatch(r"heard: asbdesk \| [A-Za-z0-9 ,]+ overdue\. Open asbdesk\.", heard[0])


def test_where_the_computer_shows_none_the_window_says_it_and_keeps_what_it_says_already(opened: Opened) -> None:
    frame, banner = opened.window.frame, opened.window.banner
    assert frame is not None and frame.desk is not None
    reminders = Reminders(frame.desk, opened.window, lambda: True, banner=banner)
    reminders.look()
    assert "overdue" in banner.words() and "Open asbdesk" not in banner.words()
    banner.say("done", "Marked as done.", lambda: None)
    reminders._say_here("2 cases have something overdue.")
    assert banner.can_undo() and "Marked as done." in banner.words()
    banner.say("problem", "The picture cannot be read. Choose another.")
    reminders._say_here("2 cases have something overdue.")
    assert banner.words() == "The picture cannot be read. Choose another."  # it stays until it is read
    reminders.stop()


def test_nothing_is_said_over_a_visit_and_it_is_said_after_it(opened: Opened) -> None:
    window = opened.window
    assert window.frame is not None and window.reminders is not None
    open_visit(window.frame, window.frame.desk.desk.case("ASB-2026-A0004"))
    window.reminders.look()
    assert not window.banner.words(), "a resident may read the screen"
    window.reminders._say_here("2 cases have something overdue.")
    assert not window.banner.words()
    window.frame.close_over()
    window.reminders.look()
    assert "overdue" in window.banner.words()
