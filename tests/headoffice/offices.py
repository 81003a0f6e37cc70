"""A real service over a real PostgreSQL and real TLS: served by a thread, or by processes that may be killed."""

from __future__ import annotations

import contextlib
import http.client
import random
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from asbdesk.clock import SystemClock
from asbdesk.headoffice.beginning import Begun, begin
from asbdesk.headoffice.place import OfficeFolder
from asbdesk.sync import names, sealing, segment, service, statement
from asbdesk.sync.depot import Marker

AT = "2026-11-21T10:00:00.000Z"


@dataclass
class Laptop:
    """A device with keys of its own, and the segments it has sent."""

    device: str
    member: str
    role: str
    sign: sealing.KeyPair = field(default_factory=lambda: sealing.sign_key_of(sealing.new_key()))
    box: sealing.KeyPair = field(default_factory=lambda: sealing.box_key_of(sealing.new_key()))
    seq: int = 0
    prev: str = segment.FIRST

    def segment(self, org: str, blocks: list[tuple[str, bytes]], seq: int | None = None) -> tuple[str, bytes]:
        """The next segment, with blocks `(key id, sealed bytes)`: its name and bytes."""
        number = seq or self.seq + 1
        words: dict[str, Any] = {"org": org, "dev": self.device, "seq": number, "prev": self.prev, "roster": []}
        words |= {"app": "0.2.0", "schema": "0004", "seen": {}, "chain": [0, "0" * 64]}
        made = segment.make(words, [(key, 1, data) for key, data in blocks], segment.sign_with(self.sign.private))
        self.seq, self.prev = number, made.hash
        return names.segment(self.device, number, made.data()), made.data()


class Organisation:
    """A founded organisation: its root, its statements, its laptops."""

    def __init__(self) -> None:
        self.opened: list[service.ServiceDepot] = []
        self.root = sealing.sign_key_of(sealing.new_key())
        self.id = statement.org_of(self.root.public)
        recovery = sealing.box_key_of(sealing.new_key()).public.hex()
        self.lines = [self._made(self.root.private, "root", "found", root=self.root.public.hex(), recovery=recovery)]
        self.first = self.enrol(Laptop("a" * 16, "m1", "head_office"), "root", self.root.private)

    @property
    def marker(self) -> Marker:
        return Marker(self.id, 1, AT)

    def _made(self, private: bytes, by: str, kind: str, **told: Any) -> bytes:
        before = [statement.read(line) for line in getattr(self, "lines", [])]
        prev = [before[-1].hash] if before else []
        return statement.make(private, org=self.id, by=by, kind=kind, at=AT, n=len(before) + 1, prev=prev, told=told)

    def say(self, kind: str, **told: Any) -> bytes:
        """A statement by the first laptop."""
        made = self._made(self.first.sign.private, self.first.device, kind, **told)
        self.lines.append(made)
        return made

    def enrol(self, laptop: Laptop, by: str = "", private: bytes = b"", letter: str = "") -> Laptop:
        told = {"device": laptop.device, "member": laptop.member, "role": laptop.role, "team": ""}
        told |= {"sign": laptop.sign.public.hex(), "box": laptop.box.public.hex()}
        told |= {"letter": letter or chr(ord("A") + len(self.lines) - 1)}
        who = by or self.first.device
        self.lines.append(self._made(private or self.first.sign.private, who, "enrol", **told))
        return laptop

    def officer(self, letter: str = "b") -> Laptop:
        """One more laptop, an officer's."""
        return self.enrol(Laptop(letter * 16, f"m-{letter}", "officer"))

    def found_at(self, url: str, code: str) -> None:
        service.found(url, code, self.marker, self.lines[0], self.lines[1:])

    def depot(self, url: str, laptop: Laptop) -> service.ServiceDepot:
        made = service.ServiceDepot(url, self.id, laptop.device, laptop.sign.private)
        self.opened.append(made)
        return made

    def close(self) -> None:
        """End every connection that was opened."""
        for depot in self.opened:
            depot.close()


@dataclass
class Served:
    """A service that answers. `url` is what laptops are given."""

    folder: OfficeFolder
    begun: Begun
    url: str
    port: int


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def set_up(folder: Path, database: str, port: int) -> Served:
    """`headoffice init` for this machine alone."""
    office = OfficeFolder(folder)
    begun = begin(office, database, "Invented Homes", SystemClock(), names=["127.0.0.1"], port=port)
    return Served(office, begun, begun.address, port)


@contextlib.contextmanager
def in_a_thread(served: Served) -> Iterator[None]:
    """The service in this process: one worker, no hub."""
    import uvicorn

    from asbdesk.headoffice.serving import application

    config = uvicorn.Config(
        application(served.folder),
        host="127.0.0.1",
        port=served.port,
        ssl_certfile=str(served.folder.certificate),
        ssl_keyfile=str(served.folder.certificate_key),
        log_config=None,
        access_log=False,
        ws="none",
        http="h11",
        timeout_keep_alive=60,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        answers(served.port)
        yield
    finally:
        server.should_exit = True
        thread.join(20)


def answers(port: int, seconds: float = 20) -> None:
    """Wait until something listens there."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("the service did not begin to answer")


def name_of(line: bytes) -> str:
    return names.roster_line(statement.read(line).n, line)


class Running:
    """`asbdesk headoffice serve` as a process of its own, with its workers and its hub."""

    def __init__(self, served: Served, *, workers: int = 2) -> None:
        self.served = served
        self.log = served.folder.folder / "said.txt"
        words = ["headoffice", "serve", "--dir", str(served.folder.folder), "--host", "127.0.0.1"]
        self.words = [sys.executable, "-m", "asbdesk", *words, "--workers", str(workers)]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, wait: bool = True) -> None:
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(self.words, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        if wait:
            healthy(self.served)

    def family(self) -> list[psutil.Process]:
        """The process and all it started."""
        assert self.process is not None
        with contextlib.suppress(psutil.NoSuchProcess):
            first = psutil.Process(self.process.pid)
            return [first, *first.children(recursive=True)]
        return []

    def kill(self) -> None:
        """All at once, as a power cut would."""
        for one in self.family():
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        if self.process is not None:
            self.process.wait(20)

    def kill_one(self, chance: random.Random) -> None:
        """A worker or the hub; another takes its place."""
        with contextlib.suppress(psutil.NoSuchProcess):
            chance.choice(self.family()[1:]).kill()

    def kill_worker(self) -> None:
        """One of those that answer: they alone listen at the service's door."""
        for one in self.family()[1:]:
            with contextlib.suppress(psutil.Error):
                if any(held.laddr and held.laddr.port == self.served.port for held in one.net_connections("tcp")):
                    return one.kill()
        raise AssertionError("no worker listens")

    def stop(self) -> None:
        """As systemd would."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(20)
        self.kill()


def healthy(served: Served, seconds: float = 40) -> None:
    """Wait until the service says that it is well."""
    context = ssl.create_default_context(cafile=str(served.folder.authority))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        asked = http.client.HTTPSConnection("127.0.0.1", served.port, context=context, timeout=5)
        try:
            asked.request("GET", "/health")
            if asked.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            asked.close()
    raise AssertionError(f"the service did not become well: {(served.folder.folder / 'said.txt').read_text()[-2000:]}")
