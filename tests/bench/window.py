"""The window's figures, each from a process of its own: start to a usable lock screen, and memory with a case open."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measure import Measured, above_floor, times_floor

CHILD = "tests.bench.child"


def start(store: Path, rounds: int) -> Measured:
    """From the start of the process to a painted lock screen whose passphrase box has the focus."""
    lock, bare = [], []
    for number in range(rounds + 1):
        times = _until_usable("lock", str(store)), _until_usable("bare")
        if number:  # the first warms the disk
            lock.append(times[0])
            bare.append(times[1])
    return times_floor("start to lock screen", statistics.median(lock), "ms", statistics.median(bare), 1.5)


def memory(store: Path, passphrase: str) -> list[Measured]:
    """Resident memory with a case open, above that of a bare window: as soon as it stands there, and once all that the
    first openings would wait for was brought in ahead and the desk was tidied."""
    bare = _said("bare")["rss"]
    named = {"case": "memory with a case open", "work": "memory, everything brought in ahead"}
    return [above_floor(n, _said(child, str(store), passphrase)["rss"], "MiB", bare, 120) for child, n in named.items()]


def _child(*words: str) -> subprocess.Popen[str]:
    # compiled once, as an installed program is, wherever this is run
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "asbdesk-bench" / "compiled")
    environment |= {"PYTHONPATH": str(Path.cwd()), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    if sys.platform == "linux" and not environment.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    command = [sys.executable, "-m", CHILD, *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def _until_usable(*words: str) -> float:
    began = time.perf_counter()
    with _child(*words) as child:
        assert child.stdout is not None
        line = child.stdout.readline()
        taken = (time.perf_counter() - began) * 1000
        _, said = child.communicate(timeout=60)
    if not line.startswith("{"):
        raise RuntimeError(f"the {words[0]} window did not come up: {said[-2000:]}")
    return taken


def _said(*words: str) -> dict[str, float]:
    with _child(*words) as child:
        out, said = child.communicate(timeout=120)
    if not out.startswith("{"):
        raise RuntimeError(f"the {words[0]} window did not come up: {said[-2000:]}")
    answer: dict[str, float] = json.loads(out.splitlines()[-1])
    return answer
