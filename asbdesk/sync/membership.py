"""What an exchange leaves to enrolment and grants, for one open store."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.store.roles import HEAD_OFFICE
from asbdesk.sync import enrolment, grants, settling

if TYPE_CHECKING:
    from asbdesk.store.vault import Store
    from asbdesk.sync.depot import Depot
    from asbdesk.sync.roster import Roster


class Membership:
    """An open store's part in its organisation, as an exchange asks for it (`exchange.Members`)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def roster_grew(self, now: Roster) -> None:
        """The roster has more statements: orders of erasure are obeyed, this desk's own standing is kept."""
        settling.settle(self._store, now)

    def take_grant(self, name: str, data: bytes, now: Roster) -> str | None:
        """Keep a bundle of keys for this device; why not, or None."""
        return grants.take(self._store.journal, now, name, data).why

    def wants_requests(self, now: Roster) -> bool:
        """Whether requests to join are for this desk to look at."""
        return now.role(self._store.journal.device) == HEAD_OFFICE

    def take_request(self, name: str, data: bytes) -> str | None:
        """Keep a request to join; why not, or None."""
        return enrolment.take_request(self._store, name, data)

    def give_again(self, conn: sa.Connection, devices: Collection[str]) -> None:
        """The depot has lost bundles that were put there for these devices."""
        grants.again(conn, devices)

    def give(self, depot: Depot, now: Roster, *, lost: bool = False) -> int:
        """Put the bundles of keys that others are owed; how many. `lost`: the place had lost what was put there."""
        settling.arm(self._store, now)
        return grants.hand_out(self._store.journal, depot, now, lost=lost)
