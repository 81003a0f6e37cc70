"""The lock screen stands before anything heavy is brought in; Qt's calls do not wear Python's constants away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("sqlalchemy", "sqlcipher3", "alembic", "reportlab", "pyhanko", "pikepdf", "keyring", "holidays", "pydantic")
HEAVY += ("cryptography", "ruamel", "click", "psutil", "starlette", "psycopg", "asyncio", "email", "http", "ssl", "xml")
HEAVY += ("sqlite3", "unittest", "multiprocessing")
LATER = {"store", "casework", "duties", "forms", "documents", "letters", "exchange", "sync", "headoffice", "model"}
"""Packages of ours that stand for after the first paint."""
START = """
import sys, time
from pathlib import Path
from asbdesk.app import build, make_app
from asbdesk.clock import SystemClock
app = make_app()
window = build(Path(sys.argv[1]), SystemClock())
window.show()
app.processEvents()
app.processEvents()
print(time.process_time())
print(*sorted(sys.modules))
print(window._stack.currentWidget().metaObject().className())
"""
BARE = """
import time
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
app.processEvents()
print(time.process_time())
"""


def run(script: str, *words: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return done.stdout.splitlines()


def test_nothing_heavy_before_the_first_paint(practice_folder: Path, tmp_path: Path) -> None:
    for folder, screen in ((practice_folder, "LockScreen"), (tmp_path / "new", "FirstStart")):
        _, modules, shown = run(START, str(folder))
        assert shown == screen
        names = [name.split(".") for name in modules.split()]
        assert not {name[0] for name in names} & set(HEAVY)
        assert not {name[1] for name in names if name[0] == "asbdesk" and len(name) > 1} & LATER


def test_the_first_paint_costs_little_more_than_a_bare_window(practice_folder: Path) -> None:
    spent = min(float(run(START, str(practice_folder))[0]) for _ in range(3))
    bare = min(float(run(BARE)[0]) for _ in range(3))
    assert spent < 0.6  # seconds of CPU (PDF-AND-WINDOW's budget), on any machine this is built on
    assert spent < bare * 4


def test_twenty_thousand_calls_do_not_wear_none_away() -> None:
    """On Python 3.11 the PySide6 6.12 wheels hand out None uncounted; `asbdesk.ui` holds it."""
    script = """
import asbdesk.ui
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(20_000):
    thing.setObjectName("x")
    thing.property("no such property")
    thing.blockSignals(False)
print("whole")
"""
    assert run(script) == ["whole"]
