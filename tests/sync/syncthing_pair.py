"""Two real Syncthings on this machine, talking to each other alone, with one folder between them."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

PATIENCE = 60.0
FOLDER = "asbdesk"


class Side:
    """One Syncthing with its home and its copy of the folder. `shared`: that copy."""

    def __init__(self, home: Path) -> None:
        self.home, self.shared = home / "home", home / "shared"
        self.shared.mkdir(parents=True)
        said = self._run("generate", f"--home={self.home}", "--no-default-folder")
        found = re.search(r"([A-Z0-9]{7}(?:-[A-Z0-9]{7}){7})", said)
        assert found, said
        self.id, self.port, self.api = found[1], _free_port(), _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            ["syncthing", *arguments], capture_output=True, text=True, check=True, timeout=PATIENCE, env=_environment()
        )
        return done.stdout + done.stderr

    def configure(self, other: Side) -> None:
        """Nothing but this machine: no discovery, no relays, no reports."""
        config = ET.parse(self.home / "config.xml")
        root = config.getroot()
        for old in root.findall("device") + root.findall("folder"):
            root.remove(old)
        for side in (self, other):
            device = ET.SubElement(root, "device", id=side.id, name=side.id[:7], compression="never")
            ET.SubElement(device, "address").text = f"tcp://127.0.0.1:{side.port}"
        folder = ET.SubElement(
            root, "folder", id=FOLDER, path=str(self.shared), type="sendreceive", rescanIntervalS="3600"
        )
        folder.set("fsWatcherEnabled", "false")
        for side in (self, other):
            ET.SubElement(folder, "device", id=side.id)
        ET.SubElement(folder, "minDiskFree", unit="%").text = "0"
        ET.SubElement(folder, "maxConflicts").text = "-1"
        _say(root, "gui", address=f"127.0.0.1:{self.api}", apikey="key")
        _say(root, "options", listenAddress=f"tcp://127.0.0.1:{self.port}", urAccepted="-1", reconnectionIntervalS="1")
        silent = ("globalAnnounceEnabled", "localAnnounceEnabled", "relaysEnabled", "natEnabled", "startBrowser")
        _say(root, "options", **dict.fromkeys((*silent, "crashReportingEnabled", "announceLANAddresses"), "false"))
        config.write(self.home / "config.xml")

    def start(self) -> None:
        """Run it until `stop`."""
        with (self.home / "said.log").open("ab") as said:
            self.process = subprocess.Popen(
                ["syncthing", "serve", f"--home={self.home}", "--no-browser", "--no-restart", "--no-upgrade"],
                stdout=said, stderr=said, env=_environment(),
            )  # fmt: skip
        until(self.answers, "Syncthing does not start")

    def answers(self) -> bool:
        """Whether it has started."""
        try:
            self._ask("GET", "system/ping")
        except (OSError, urllib.error.URLError):
            return False
        return True

    def scan(self) -> None:
        """Have it see what was written into its copy."""
        self._ask("POST", f"db/scan?folder={FOLDER}")

    def _ask(self, method: str, what: str) -> bytes:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.api}/rest/{what}", method=method, headers={"X-API-Key": "key"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return bytes(answer.read())

    def stop(self) -> None:
        """End it; again is no harm."""
        if self.process is not None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(10)
            self.process.kill()
            self.process.wait()
            self.process = None


def pair(folder: Path) -> tuple[Side, Side]:
    """Two that know each other, not started."""
    one, other = Side(folder / "one"), Side(folder / "other")
    one.configure(other)
    other.configure(one)
    return one, other


def until(true: Callable[[], bool], otherwise: str) -> None:
    """Wait for another process to get there."""
    give_up = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up, otherwise
        time.sleep(0.05)


def _say(root: ET.Element, section: str, **values: str) -> None:
    place = root.find(section)
    assert place is not None
    for name, value in values.items():
        for old in place.findall(name):
            place.remove(old)
        ET.SubElement(place, name).text = value


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _environment() -> dict[str, str]:
    return {**os.environ, "STNOUPGRADE": "1", "STNODEFAULTFOLDER": "1", "no_proxy": "127.0.0.1"}
