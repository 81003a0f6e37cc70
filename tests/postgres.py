"""A real PostgreSQL for tests: a private cluster in a temporary folder, a database of its own for each test.

initdb refuses to run as root: then the cluster belongs to whoever the Debian package made for it, or to nobody.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_numbers = itertools.count(1)


def programs() -> Path | None:
    """The folder of initdb and pg_ctl: the newest that a Debian package put there, or what PATH names."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name.partition(".")[0]))
    on_path = shutil.which("initdb")
    for folder in (*reversed(debian), *([Path(on_path).parent] if on_path else [])):
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


def _other_user() -> dict[str, Any]:
    """Whom the cluster runs as: this user, or another where this one is root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd

    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    pytest.skip("PostgreSQL refuses to run as root, and there is no other user here")


@dataclass
class Cluster:
    """A running PostgreSQL. Its superuser is `asbdesk`; nobody but this machine reaches it."""

    folder: Path
    bin: Path
    port: int
    who: dict[str, Any]
    durable: bool = False
    """Whether it waits for the disk, as one in use does."""

    @property
    def host(self) -> str:
        """A folder with the socket in it, or the address where there are no such sockets."""
        return "127.0.0.1" if sys.platform == "win32" else str(self.folder)

    def url(self, name: str) -> str:
        """What `headoffice init --database` is given."""
        return f"postgresql://asbdesk@/{name}?host={self.host}&port={self.port}"

    def start(self) -> None:
        listen = "127.0.0.1" if sys.platform == "win32" else ""
        synced = "on" if self.durable else "off"
        options = f"-c listen_addresses='{listen}' -c fsync={synced} -c max_connections=60 -p {self.port}"
        if sys.platform != "win32":
            options += f" -c unix_socket_directories={self.folder}"
        self.run("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", self.folder / "data", "-w", "-m", "immediate", "stop")

    def run(self, program: str, *arguments: object) -> str:
        """A program of PostgreSQL's, as the cluster's owner; what it said."""
        words = [str(self.bin / program), *map(str, arguments)]
        # a file, not a pipe: the server would keep a pipe open and the call would never end
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                words, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, cwd=self.folder, **self.who
            )
            said.seek(0)
            words_said = said.read().decode(errors="replace")
        assert done.returncode == 0, f"{words}\n{words_said}"
        return words_said

    def sql(self, *statements: str, database: str = "postgres") -> None:
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as conn:
            for statement in statements:
                conn.execute(statement)  # type: ignore[call-overload]

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"t{os.getpid()}_{next(_numbers)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.url(name)

    def drop(self, url: str) -> None:
        self.sql(f"DROP DATABASE IF EXISTS {url.partition('@/')[2].partition('?')[0]} WITH (FORCE)")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextlib.contextmanager
def running(*, durable: bool = False) -> Iterator[Cluster]:
    """A cluster for as long as it is wanted; `durable`: on the disk. Skips where PostgreSQL is not installed."""
    pytest.importorskip("psycopg")
    found = programs()
    if found is None:
        pytest.skip("not on this machine: PostgreSQL")
    who = _other_user()
    memory = Path("/dev/shm")
    # not pytest's own folder: nobody but this user may enter that
    folder = Path(tempfile.mkdtemp(prefix="asbdesk-pg-", dir=memory if memory.is_dir() and not durable else None))
    if who:
        os.chown(folder, who["user"], who["group"])
    cluster = Cluster(folder, found, _free_port(), who, durable)
    try:
        encoding = ("--encoding=UTF8", "--locale=C" if sys.platform == "win32" else "--locale=C.UTF-8")
        cluster.run("initdb", "-D", folder / "data", "-U", "asbdesk", "--auth=trust", *encoding, "--no-sync")
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A real PostgreSQL, started once."""
    with running() as cluster:
        yield cluster


@pytest.fixture
def database(postgres: Cluster) -> Iterator[str]:
    """The address of an empty database of its own."""
    url = postgres.new_database()
    yield url
    postgres.drop(url)
