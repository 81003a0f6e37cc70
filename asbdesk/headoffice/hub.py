"""The hub: the service as a member of its own. It takes in what laptops sent, into tables that reports are made from.

The same code as on a laptop: an exchange with the database as the place to meet, `store.apply` for the records, the
same derived lines. One process works at a time, whoever holds the database's lock; where it fails it begins again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asbdesk.clock import Clock, SystemClock
from asbdesk.headoffice import database, metrics, tables
from asbdesk.headoffice.objects import Objects
from asbdesk.headoffice.office import Office, open_office
from asbdesk.headoffice.own_depot import OwnDepot
from asbdesk.headoffice.place import OfficeFolder
from asbdesk.store.roles import HUB

if TYPE_CHECKING:
    import sqlalchemy as sa

    from asbdesk.store.files import Files
    from asbdesk.store.journal import Journal

SECONDS = 1.0
"""How often it looks whether anything has come."""
LONGEST = 63
"""Rounds at most between two tries of an exchange that breaks off again and again: a minute."""
ONE_HUB = 0x617362_02
"""The advisory lock of the hub that works."""
log = logging.getLogger("asbdesk.headoffice")


@dataclass(frozen=True)
class HubDesk:
    """What an exchange needs of an open store, over PostgreSQL. `files`: the hub keeps no evidence; the folder is
    empty."""

    journal: Journal
    files: Files
    clock: Clock
    writer: sa.Engine

    @property
    def reader(self) -> sa.Engine:
        return self.writer


class Hub:
    """One hub over one service's database."""

    def __init__(self, office: Office, clock: Clock) -> None:
        from asbdesk.store.derive import refresh
        from asbdesk.store.files import Files
        from asbdesk.store.journal import Journal

        self.office = office
        keys = office.folder.keys
        self._engine = tables.make_engine(office.folder.settings.database, keys)
        tables.prepare(self._engine)
        self._seen: dict[str, tuple[int, str]] | None = None
        self._broke: dict[str, tuple[int, str]] | None = None
        """What lay there when an exchange broke off."""
        self._rest = self._left = 0
        """Rounds that are passed over until it is tried again; how many of them are left."""
        journal = Journal(self._engine, clock, keys.device, derive=refresh)
        journal.role = HUB
        journal.listeners.append(tables.Counting(self._engine))
        self.desk = HubDesk(journal, Files(office.folder.folder / "files"), clock, self._engine)
        self.depot = OwnDepot(office)

    def close(self) -> None:
        self._engine.dispose()

    def round(self) -> bool:
        """Take in what has come since the last round; whether there may be more at once. Before the hub is enrolled it
        only waits. An exchange that broke off is begun again by the next round, then ever more seldom, until something
        new has come."""
        heads = self.office.objects.heads()
        if heads == self._seen or self._rests(heads):
            return False
        if not self._belongs():
            return False
        if not self._exchange():
            self._rest = min(2 * self._rest + 1, LONGEST) if heads == self._broke else 0
            self._broke, self._left = heads, self._rest
            return False
        self._seen, self._broke = heads, None  # as they were before: what came meanwhile is for the next round
        return True

    def _rests(self, heads: dict[str, tuple[int, str]]) -> bool:
        self._left -= 1
        return heads == self._broke and self._left >= 0

    def _belongs(self) -> bool:
        """Whether the hub was enrolled; then it is noted where a laptop notes its organisation."""
        from asbdesk.sync import place

        members = self.office.members
        members.look_again()
        if members.role(self.desk.journal.device) != HUB:
            return False
        root = self.office.objects.setting("root") or ""
        org = place.Org(members.org, root, place.Place(place.SERVICE, OwnDepot.where), place.MEMBER, HUB)
        self.desk.journal.write_local(lambda conn: place.keep(conn, org))
        self.desk.journal.sending = True
        return True

    def _exchange(self) -> bool:
        """Whether it came to its end: where it did not, the next round goes on."""
        from asbdesk.headoffice.hub_part import HubPart
        from asbdesk.sync.exchange import exchange
        from asbdesk.sync.receive import MIDDLE

        done = exchange(self.desk, self.depot, slice=MIDDLE, members=HubPart(self.desk, self.office.objects))
        self.desk.journal.role = HUB
        metrics.count("hub_entries", done.applied)
        metrics.count("hub_refusals", done.refused)
        if count := done.applied:
            log.info("the hub took in entries: count=%s", count)
        if count := done.refused:
            log.warning("the hub could not read some of what was sent: count=%s", count)
        self.desk.journal.catch_up()
        return done.trouble is None


def work(folder: OfficeFolder) -> None:
    """Be the hub until the process ends: wait for the lock, then one round after the other."""
    import time

    with opened(folder, SystemClock()) as hub:
        while True:
            if not hub.round():
                metrics.hand_on(hub.office)
                time.sleep(SECONDS)


@contextmanager
def opened(folder: OfficeFolder, clock: Clock) -> Iterator[Hub]:
    """A hub that holds the lock; waits as long as another one has it."""
    pool = database.make_pool(folder.settings.database, most=2)
    try:
        with _alone(folder.settings.database):
            hub = Hub(open_office(folder, Objects(pool), clock), clock)
            try:
                yield hub
            finally:
                hub.close()
    finally:
        pool.close()


@contextmanager
def _alone(url: str) -> Iterator[None]:
    """The lock is this connection's: it goes when the process does."""
    import psycopg

    with psycopg.connect(database.plain(url), autocommit=True) as held:
        held.execute("SELECT pg_advisory_lock(%s)", (ONE_HUB,))
        yield
