"""The window with a real keyring: switched on in Settings, locked, opened with the computer's sign-in, switched off."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.test_keyring import ROOT, UNLOCK, WAIT
from tests.ui.conftest import PASSPHRASE

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication
import asbdesk.app as app
from asbdesk.clock import SetClock
from asbdesk.ui.widgets.buttons import Button

store, word, clock = Path(sys.argv[1]), sys.argv[2], SetClock("2026-11-24T09:00:00.000Z")
made = app.make_app()

def until(there):
    timer = QElapsedTimer()
    timer.start()
    while not there():
        made.processEvents()
        assert timer.elapsed() < 30_000, "it did not come"

def window():
    opened = app.build(store, clock, launch=lambda command: True)
    opened.show()
    return opened

def press(opened, words):
    next(b for b in opened.findChildren(Button) if words in b.text()).click()

def locked(opened):
    opened.wants_lock.emit()
    assert opened.locked and not opened.isVisible()

first = window()
page = first._stack.currentWidget()
assert not any("sign-in" in b.text() for b in page.findChildren(Button)), "it is not offered before it is switched on"
page.passphrase.field.setText(word)
page.unlock()
until(lambda: first.frame is not None)
quick = first.frame.go("settings").locking
quick.quick.click()
until(lambda: quick.quick.isEnabled())
assert quick.quick.isChecked() and quick.away.isHidden(), quick.away.text()
locked(first)

second = window()
press(second, "sign-in")
until(lambda: second.frame is not None)
assert second.frame.now == "today"
quick = second.frame.go("settings").locking
assert quick.quick.isChecked()
quick.quick.click()
until(lambda: quick.quick.isEnabled())
assert not quick.quick.isChecked()
locked(second)

third = window()
assert not any("sign-in" in b.text() for b in third.findChildren(Button))
assert third.problems.unexpected == []
print("opened quickly")
"""


@pytest.mark.needs("dbus-run-session", "dbus-send", "gnome-keyring-daemon")
def test_the_computers_sign_in_opens_the_window(practice_folder: Path, tmp_path: Path) -> None:
    store = Path(shutil.copytree(practice_folder, tmp_path / "store"))
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_RUNTIME_DIR": str(tmp_path / "run")}
    for folder in ("data", "run"):
        (tmp_path / folder).mkdir(mode=0o700)
    daemon = UNLOCK.format(word="sign-in", wait=WAIT)
    python = [sys.executable, "-c", WINDOW, str(store), PASSPHRASE]
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", f'{daemon}; "$@"', "sh", *python],
        env={**kept, **home, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0 and "opened quickly" in done.stdout, done.stderr
