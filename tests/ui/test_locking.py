"""Locking for real: the process ends, the store is let go, and a fresh process is asked for on the same store."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from asbdesk.app import command_again
from asbdesk.app.calling import calling_forward
from asbdesk.app.door import StoreDoor
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.paths import StorePaths
from asbdesk.store.vault import unlock
from tests.ui.conftest import NOW, PASSPHRASE, Opened

RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
import asbdesk.app as app
store = Path(sys.argv[1])
made = app.make_app()
from asbdesk.ui.main_window import MainWindow
def began(window):
    window.open_desk(window.door.unlock(sys.argv[2]))
    THEN
first = MainWindow.warm
MainWindow.warm = lambda self: (first(self), QTimer.singleShot(50, lambda: began(self)))
app.run_window(store, launch=lambda command: print(*command, flush=True))
print("not reached")
"""


def run(folder: Path, then: str) -> subprocess.CompletedProcess[str]:
    """A window in a process of its own; once the desk is open, `then`."""
    return subprocess.run(
        [sys.executable, "-c", RUN.replace("THEN", then), str(folder), PASSPHRASE],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def test_the_process_ends_and_the_store_is_free(practice_folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(practice_folder, tmp_path / "store"))
    done = run(folder, "QTimer.singleShot(50, lambda: window.wants_lock.emit())")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == command_again(folder)
    StoreDoor(StorePaths(folder), SetClock(NOW), again=lambda: None).unlock(PASSPHRASE).store.close()
    log = StorePaths(folder).log
    assert not log.exists() or "Error" not in log.read_text(encoding="utf-8")


@pytest.mark.long
def test_work_that_never_ends_does_not_hold_the_process(practice_folder: Path, tmp_path: Path) -> None:
    """As with a spare copy to a share whose server has gone: closed is closed, with nothing left in memory."""
    folder = Path(shutil.copytree(practice_folder, tmp_path / "store"))
    stuck = "import threading; window.desk.later(threading.Event().wait, print); QTimer.singleShot(300, window.close)"
    done = run(folder, stuck)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    StoreDoor(StorePaths(folder), SetClock(NOW), again=lambda: None).unlock(PASSPHRASE).store.close()


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_second_start_is_told_and_the_first_window_comes_forward(opened: Opened, qtbot: QtBot) -> None:
    window, paths = opened.window, opened.door.paths
    window.showMinimized()
    with pytest.raises(UserError, match="This desk is open already"), calling_forward(paths):
        unlock(paths, SetClock(NOW), passphrase=PASSPHRASE)
    qtbot.waitUntil(lambda: not window.isMinimized() and not paths.call.exists())
