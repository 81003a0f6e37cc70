"""One task through the real accessibility bus, by names and roles: a report taken and looked at, an alert heard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.conftest import PASSPHRASE

ROOT, LAUNCHER = Path(__file__).parents[2], Path("/usr/libexec/at-spi-bus-launcher")
BUS = f'{LAUNCHER} --launch-immediately & bus=$!; "$@"; status=$?; kill $bus; exit $status'


@pytest.mark.needs("xvfb-run", "dbus-run-session", "/usr/bin/python3")
def test_a_screen_reader_takes_a_report(practice_folder: Path, tmp_path: Path) -> None:
    if not LAUNCHER.exists():
        pytest.skip("no accessibility bus on this machine: at-spi2-core (installer/test.sh)")
    if subprocess.run(["/usr/bin/python3", "-c", "import pyatspi"], capture_output=True, check=False).returncode:
        pytest.skip("the system's python cannot ask the accessibility bus: python3-pyatspi (installer/test.sh)")
    store = Path(shutil.copytree(practice_folder, tmp_path / "store"))
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    asked = {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_ACCESSIBILITY": "1"}
    reader = ["/usr/bin/python3", str(Path(__file__).parent / "reader.py")]
    window = [sys.executable, "-m", "tests.journeys.for_a_reader", str(store), PASSPHRASE]
    done = subprocess.run(
        ["xvfb-run", "-a", "dbus-run-session", "--", "sh", "-c", BUS, "sh", *reader, *window],
        env={**kept, **asked, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0 and "found, pressed and heard" in done.stdout, done.stderr[-3000:]
