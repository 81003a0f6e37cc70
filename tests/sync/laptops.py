"""Laptops as people have them: set up alone, founding a place to meet, invited, asking, admitted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from asbdesk.casework.setting_up import Answers, set_up
from asbdesk.clock import Clock
from asbdesk.model import journal as t
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.slot import KDF_FAST
from asbdesk.store.vault import Store
from asbdesk.sync import enrolment, founding, invitation, meeting
from asbdesk.sync.exchange import Exchange
from asbdesk.sync.roster import Roster
from tests.conftest import PASSPHRASE


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
    """Head office and two officers, who met once: in a folder, or at the service of this address and code."""
    office = alone(folder / "office", clock)
    (folder / "shared").mkdir()
    founding.create(office.store, where or str(folder / "shared"), code)
    office.meet()
    ben, cat = empty(folder / "ben", clock), empty(folder / "cat", clock)
    join(office, ben, "Ben Officer")
    join(office, cat, "Cat Officer")
    ben.meet()
    try:
        yield office, ben, cat
    finally:
        for one in (office, ben, cat):
            one.store.close()


def rounds(*laptops: Laptop, times: int = 3) -> None:
    """Everybody meets, several times: what one needs of another has come round."""
    for _ in range(times):
        for laptop in laptops:
            laptop.meet()
