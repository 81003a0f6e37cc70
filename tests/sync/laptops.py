"""Laptops as people have them: set up alone, founding a place to meet, invited, asking, admitted."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from asbdesk.casework.setting_up import Answers, set_up
from asbdesk.clock import Clock, SetClock
from asbdesk.model import journal as t
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.slot import KDF_FAST
from asbdesk.store.vault import Store
from asbdesk.sync import enrolment, founding, invitation, meeting, place
from asbdesk.sync.exchange import Exchange
from asbdesk.sync.roster import Roster
from tests.conftest import BEGUN, PASSPHRASE


@dataclass
class Laptop:
    """One laptop with its store open."""

    store: Store

    @property
    def device(self) -> str:
        return self.store.journal.device

    @property
    def member(self) -> str:
        return self.store.journal.member

    def do(self, act: Any, *args: Any, **kwargs: Any) -> Any:
        return self.store.do(act, *args, **kwargs).value

    def meet(self) -> Exchange:
        """Exchange; nothing may go wrong."""
        done = meeting.meet(self.store)
        assert done.trouble is None and done.refused == 0, done
        return done

    def roster(self) -> Roster:
        with self.store.reader.connect() as conn:
            return Roster.load(conn)

    def column(self, which: sa.Select[Any]) -> list[Any]:
        with self.store.reader.connect() as conn:
            return list(conn.scalars(which))

    def texts(self, file: str) -> list[str]:
        """The entries of a file that are here, in an order of their own."""
        which = sa.select(t.body.c.text).join(t.entry, t.entry.c.n == t.body.c.n).where(t.entry.c.file == file)
        return sorted(self.column(which))


Three = tuple[Laptop, Laptop, Laptop]


def alone(folder: Path, clock: Clock, officer: str = "Ann Office") -> Laptop:
    """A laptop set up by itself, with its landlord."""
    answers = Answers(landlord="Wharram Homes", officer=officer, homes=120)
    made = set_up(StorePaths(folder), clock, PASSPHRASE, answers, kdf=KDF_FAST, reserve=False)
    return Laptop(made.desk.store)


def empty(folder: Path, clock: Clock) -> Laptop:
    """A laptop with a new store and nothing in it."""
    store, _ = vault.create(StorePaths(folder), PASSPHRASE, clock, kdf=KDF_FAST, reserve=False)
    return Laptop(store)


def join(office: Laptop, laptop: Laptop, name: str, role: str = "officer", **how: Any) -> enrolment.Admitted:
    """The whole of enrolment: invited, asked, compared, admitted, and both have met since."""
    invited = enrolment.invite(office.store, role, **how)
    told = invitation.read_invitation(invited.file, "invitation")
    asked = enrolment.join(laptop.store, told, invited.code, {"name": name, "number": "01632 960100"})
    assert meeting.meet(laptop.store).trouble == meeting.NOT_YET
    office.meet()
    (waiting,) = enrolment.waiting(office.store)
    assert (waiting.name, waiting.role, waiting.words, waiting.why) == (name, role, asked.words, "")
    admitted = enrolment.admit(office.store, waiting.id)
    office.meet()
    laptop.meet()
    return admitted


@contextmanager
def organisation(
    folder: Path, clock: Clock, where: str = "", code: str = ""
) -> Iterator[tuple[Laptop, Laptop, Laptop]]:
    """Head office and two officers, who met once: in `folder/shared`, or at the service of this address and code."""
    laptops = _made(folder, clock, where, code) if where else _copied(folder, clock)
    try:
        yield laptops
    finally:
        for one in laptops:
            one.store.close()


def _made(folder: Path, clock: Clock, where: str, code: str = "") -> tuple[Laptop, Laptop, Laptop]:
    office = alone(folder / "office", clock)
    founding.create(office.store, where, code)
    office.meet()
    ben, cat = empty(folder / "ben", clock), empty(folder / "cat", clock)
    join(office, ben, "Ben Officer")
    join(office, cat, "Cat Officer")
    ben.meet()
    return office, ben, cat


@cache
def _closed() -> Path:
    """Such an organisation, made once; each test works on a copy."""
    folder = Path(tempfile.mkdtemp(prefix="organisation"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for one in _made(folder, SetClock(BEGUN), str(folder / "shared")):
        one.store.close()
    return folder


def _copied(folder: Path, clock: Clock) -> tuple[Laptop, Laptop, Laptop]:
    shutil.copytree(_closed(), folder, dirs_exist_ok=True)
    names = ("office", "ben", "cat")
    office, ben, cat = (Laptop(vault.unlock(StorePaths(folder / n), clock, passphrase=PASSPHRASE)) for n in names)
    for one in (office, ben, cat):
        place.move(one.store, place.place_of(str(folder / "shared")))
    return office, ben, cat


def rounds(*laptops: Laptop, times: int = 3) -> None:
    """Everybody meets, several times: what one needs of another has come round."""
    for _ in range(times):
        for laptop in laptops:
            laptop.meet()
