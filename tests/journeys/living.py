"""Processes that live the practice visit with a home, a temporary folder and an environment of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LIVE = """
import sys
from pathlib import Path
from asbdesk.clock import SystemClock
from asbdesk.exchange.demo import morning, practice_desk
from asbdesk.exchange.practice import live_the_visit
from asbdesk.paths import StorePaths
desk = practice_desk(StorePaths(Path(sys.argv[1])), morning(SystemClock()))
live_the_visit(desk)
if "killed" in sys.argv:
    import os, signal
    os.kill(os.getpid(), signal.SIGTERM)
desk.close()
"""
"""The practice visit in a store that stays. `killed`: the process ends in the middle of its work."""


@dataclass(frozen=True)
class Place:
    """A machine of one's own: everything a process could write to lies in `folder`."""

    folder: Path

    def __post_init__(self) -> None:
        for name in ("home", "temp"):
            (self.folder / name).mkdir(exist_ok=True)

    @property
    def store(self) -> Path:
        return self.folder / "store"

    def environment(self, **more: str) -> dict[str, str]:
        home, temp = str(self.folder / "home"), str(self.folder / "temp")
        own = {"HOME": home, "USERPROFILE": home, "LOCALAPPDATA": home, "XDG_RUNTIME_DIR": temp}
        own |= {"TMPDIR": temp, "TEMP": temp, "TMP": temp, "PYTHONDONTWRITEBYTECODE": "1"}
        return {**os.environ, **own, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", **more}

    def run(self, *words: str | Path, before: tuple[str, ...] = (), **more: str) -> subprocess.CompletedProcess[str]:
        """Python with `words`, or what stands `before` it."""
        command = [*before, sys.executable, *map(str, words)]
        return subprocess.run(
            command, cwd=self.folder, env=self.environment(**more), capture_output=True, encoding="utf-8", timeout=300
        )
