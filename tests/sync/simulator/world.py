"""Where every run of the simulator begins: an organisation of three laptops that know each other, made once, copied."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from asbdesk.clock import SetClock
from asbdesk.model import Case, Involvement, Landlord, Person
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.journal import Work, action
from asbdesk.store.keys import KDF_FAST
from asbdesk.store.roles import HEAD_OFFICE, OFFICER
from asbdesk.sync.exchange import exchange
from tests.conftest import BEGUN, PASSPHRASE
from tests.sync.memory_depot import enrol
from tests.sync.simulator.chance import Seeded
from tests.sync.simulator.cloud import Cloud, Points, View
from tests.sync.simulator.laptop import FILES, Laptop

OFFICE, KHAN, SMITH = "h", "a", "b"
ROLES = {OFFICE: HEAD_OFFICE, KHAN: OFFICER, SMITH: OFFICER}
KEPT = ("desk.db", *FILES)
CASES = {"1": KHAN, "2": SMITH}
"""The cases there are at first, and whose they are."""


def member(name: str) -> str:
    """The member whose laptop has this name."""
    return f"member-{name}"


def device(name: str) -> str:
    """The device of this name."""
    return name * 16


@dataclass(frozen=True)
class World:
    """The files of each laptop, by its name, and what lies in the cloud."""

    folder: Path
    key: bytes
    cloud: Cloud
    root: bytes

    def copy(self, name: str, to: Path, clock: SetClock) -> Laptop:
        """A laptop of its own, as it was at first."""
        to.mkdir(parents=True)
        for kept in KEPT:
            source = self.folder / name / kept
            if source.exists():
                shutil.copyfile(source, to / kept)
        return Laptop(to, self.key, clock)


def scratch() -> Path:
    """A folder in memory where there is one, gone when the process ends."""
    shm = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="asbdesk-sim-", dir=shm if shm.is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@action("began")
def begin(work: Work) -> None:
    """The landlord, and a case for each officer with the same person in both."""
    work.add(Landlord(id="l", file="landlord/l", name="Invented Homes"))
    work.add(Person(id="p", file="person/p", name="Ms Invented Person"))
    for case, whose in CASES.items():
        work.add(Case(id=case, file=f"case/{case}", status="open", officer=member(whose)))
        work.add(Involvement(id=f"i{case}", file=f"case/{case}", person="p", role="reporter"))


@cache
def world() -> World:
    """Made once in a process, and in each the same."""
    with Seeded(0):
        return _made()


def _made() -> World:
    folder, clock = scratch(), SetClock(BEGUN)
    made, _ = vault.create(StorePaths(folder / "blank"), PASSPHRASE, clock, kdf=KDF_FAST, reserve=False)
    key = made.key
    made.close()
    laptops = {name: _new(folder, name, key, clock) for name in ROLES}
    desks = enrol([(laptops[name].store, role) for name, role in ROLES.items()])
    cloud = Cloud(desks[0].org)
    laptops[OFFICE].store.do(begin)
    for _ in range(4):
        for laptop in laptops.values():
            done = exchange(laptop.store, View(cloud, laptop.device, Points()))
            assert done.trouble is None, done
    for laptop in laptops.values():
        laptop.copied()
        laptop.close()
    return World(folder, key, cloud, desks[0].root)


def _new(folder: Path, name: str, key: bytes, clock: SetClock) -> Laptop:
    shutil.copytree(folder / "blank", folder / name)
    return Laptop(folder / name, key, clock, called=device(name), member=member(name))
