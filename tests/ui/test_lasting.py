"""The window lasts: a day of calls into Qt does not wear the interpreter's constants away."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CALLS = """
import asbdesk.ui
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(300_000):
    thing.setObjectName("a")
    thing.blockSignals(False)
print("lasted")
"""


def test_three_hundred_thousand_calls_leave_the_process_alive() -> None:
    done = subprocess.run([sys.executable, "-c", CALLS], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, "lasted\n"), done.stderr[-500:]
