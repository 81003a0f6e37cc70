"""The system says that it will sleep: the desk locks at once. A bus of its own stands in for the system's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.conftest import PASSPHRASE

ROOT = Path(__file__).parents[2]

LOGIND = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
app = QCoreApplication([])
bus = QDBusConnection.sessionBus()
assert bus.registerService("org.freedesktop.login1")
print("there", flush=True)
sys.stdin.readline()
told = QDBusMessage.createSignal("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
told.setArguments([True])
assert bus.send(told)
QTimer.singleShot(200, app.quit)
app.exec()
"""
WINDOW = """
import os, subprocess, sys
from pathlib import Path
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
logind = subprocess.Popen([sys.executable, "-c", sys.argv[3]], stdin=-1, stdout=-1, text=True)
assert logind.stdout.readline() == "there\\n"
from PySide6.QtCore import QTimer
import asbdesk.app as app
from asbdesk.ui.main_window import MainWindow
app.make_app()

def began(window):
    window.open_desk(window.door.unlock(sys.argv[2]))
    window.frame.new_report()
    window.frame.over.answered("words", "They said it is every night.")
    QTimer.singleShot(100, lambda: print("saying", file=logind.stdin, flush=True))

first = MainWindow.warm
MainWindow.warm = lambda self: (first(self), QTimer.singleShot(50, lambda: began(self)))
QTimer.singleShot(20_000, lambda: os._exit(3))
app.run_window(Path(sys.argv[1]), launch=lambda command: print("again", flush=True))
print("not reached")
"""


@pytest.mark.needs("dbus-run-session")
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="logind is Linux's; the clocks tell elsewhere")
def test_the_desk_locks_when_the_system_says_that_it_sleeps(practice_folder: Path, tmp_path: Path) -> None:
    from asbdesk.app.door import StoreDoor
    from asbdesk.clock import SetClock
    from asbdesk.paths import StorePaths

    store = Path(shutil.copytree(practice_folder, tmp_path / "store"))
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", WINDOW, str(store), PASSPHRASE, LOGIND],
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0 and done.stdout.split() == ["again"], done.stderr
    desk = StoreDoor(StorePaths(store), SetClock("2026-11-24T09:00:00.000Z"), again=lambda: None).unlock(PASSPHRASE)
    kept = [desk.drafts.values(run.id) for run in desk.drafts.open_runs() if run.form == "new_report"]
    assert kept == [{"words": "They said it is every night."}]  # what was being taken down is there
    desk.store.close()
