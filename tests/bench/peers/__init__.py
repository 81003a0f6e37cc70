"""What sync is compared with, where installed (`install.sh`): Anki's own sync, and PouchDB with express-pouchdb."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


def folder() -> Path:
    """Where `install.sh` puts them."""
    said = os.environ.get("ASBDESK_PEERS")
    return Path(said) if said else Path(tempfile.gettempdir()) / "asbdesk-bench" / "peers"


@dataclass(frozen=True)
class Taken:
    """Seconds of a sync: from the first to the server, from the server to the second, and one with nothing new;
    and of processor that all of them together used for the first two, where the system says."""

    push: float
    pull: float
    nothing: float
    processor: float | None

    @property
    def both(self) -> float:
        return self.push + self.pull


class Peer:
    """One peer at work: two desks and a server of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.version = str(self._hear()["version"])

    def _hear(self) -> dict[str, float]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.startswith("{"):
            raise RuntimeError(f"the peer ended: {line[:200]}")
        found: dict[str, float] = json.loads(line)
        return found

    def sync(self, do: str, docs: Path, arrived: int) -> Taken:
        """Have the first desk write these documents (`new` or `changed`) and both sync; so many must have arrived."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, "docs": str(docs)}) + "\n")
        self._process.stdin.flush()
        said = self._hear()
        if said["arrived"] != arrived:
            raise RuntimeError(f"{said['arrived']} of {arrived} arrived")
        return Taken(said["push"], said["pull"], said["nothing"], said.get("processor"))


def installed() -> dict[str, list[str]]:
    """The commands of the peers that are there."""
    python = folder() / "anki" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    found: dict[str, list[str]] = {}
    if python.exists():
        found["Anki"] = [str(python), str(HERE / "anki_peer.py")]
    node = shutil.which("node")
    if node and (folder() / "pouch" / "node_modules" / "express-pouchdb").is_dir():
        found["PouchDB"] = [node, str(HERE / "pouch_peer.js")]
    return found


@contextlib.contextmanager
def running(command: list[str], scratch: Path) -> Iterator[Peer]:
    """A peer in an empty folder."""
    scratch.mkdir(parents=True)
    environment = os.environ | {"ASBDESK_POUCH": str(folder() / "pouch")}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([*command, str(scratch)], text=True, env=environment, **pipes) as process:  # type: ignore[call-overload]
        try:
            yield Peer(process)
        finally:
            if process.stdin:
                process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
