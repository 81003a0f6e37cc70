"""What an exchange needs, asks for and tells: the few types that its parts and its callers share."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import sqlalchemy as sa

from asbdesk.store.journal import Journal
from asbdesk.sync.depot import Depot
from asbdesk.sync.roster import Roster


class Desk(Protocol):
    """What an exchange needs of an open store."""

    @property
    def journal(self) -> Journal: ...


class Progress(NamedTuple):
    """How far an exchange is. `what`: `receiving` or `sending`; `done` of `of` objects; `bytes` so far."""

    what: str
    done: int
    of: int
    bytes: int


Tell = Callable[[Progress], None]
Stop = Callable[[], bool]


class Members(Protocol):
    """What an exchange leaves to enrolment and grants; each call may be repeated without harm."""

    def roster_grew(self, now: Roster) -> None:
        """The roster has more statements: orders of erasure are obeyed, this desk's own standing is kept."""

    def take_grant(self, name: str, data: bytes, now: Roster) -> str | None:
        """Keep a bundle of keys for this device; why not, or None."""

    def wants_requests(self, now: Roster) -> bool:
        """Whether requests to join are for this desk to look at."""

    def take_request(self, name: str, data: bytes) -> str | None:
        """Keep a request to join; why not, or None."""

    def give_again(self, conn: sa.Connection, devices: Collection[str]) -> None:
        """The depot has lost bundles of keys that were put there for these devices, from here."""

    def give(self, depot: Depot, now: Roster, *, lost: bool = False) -> int:
        """Put the bundles of keys that others are owed; how many. `lost`: the depot had lost something."""


@dataclass
class Exchange:
    """What one exchange did. `sent`, `received`: entries in segments that left and came; `applied`: entries new
    here; `waiting`: objects and segments of this exchange that cannot be taken in yet; `refused`: objects and blocks
    that cannot be read; `conflicts`: values that differ since; `forks`: numbers that two segments bear; `again`:
    objects the depot had lost; `bytes_out`, `bytes_in`. `trouble`: in a sentence what broke it off, or what one object
    was not taken for (`not_taken`); `away`: the place is not there now, which mends itself."""

    sent: int = 0
    received: int = 0
    applied: int = 0
    waiting: int = 0
    refused: int = 0
    conflicts: int = 0
    forks: int = 0
    again: int = 0
    bytes_out: int = 0
    bytes_in: int = 0
    trouble: str | None = None
    away: bool = False
    not_taken: str | None = None

    @property
    def came_through(self) -> bool:
        """Whether it came to its end, if without some object."""
        return self.trouble is None or self.trouble == self.not_taken
