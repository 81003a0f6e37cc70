"""What an exchange leaves to enrolment and grants, for the hub: keys taken and handed on, orders of erasure obeyed."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.headoffice.objects import Objects
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.erase import Order, erase
from asbdesk.sync import grants

if TYPE_CHECKING:
    from asbdesk.headoffice.hub import HubDesk
    from asbdesk.sync.depot import Depot
    from asbdesk.sync.roster import Roster


_DROPPED = q.evidence_move.c.way == "drop"


class HubPart:
    """The hub's part in its organisation (`exchange.Members`). It admits nobody and enrols nobody."""

    def __init__(self, desk: HubDesk, objects: Objects) -> None:
        self._desk, self._objects = desk, objects

    def roster_grew(self, now: Roster) -> None:
        """Carry out the orders of erasure that were not carried out yet: here, and in what the service keeps."""
        for order in now.orders():
            with self._desk.reader.connect() as conn:
                done = set(conn.scalars(sa.select(t.erased.c.file).where(t.erased.c.file.in_(order.files))))
            if not done.issuperset(order.files):
                erase(self._desk, Order(order.order, order.files))
                self._destroy(order.files)

    def _destroy(self, files: tuple[str, ...]) -> None:
        with self._desk.reader.connect() as conn:
            key_ids = list(conn.scalars(sa.select(q.file_key.c.key_id).where(q.file_key.c.file.in_(files))))
            packs = list(conn.scalars(sa.select(q.evidence_move.c.blob).where(_DROPPED)))
        self._objects.erase(key_ids, packs)
        self._desk.journal.write_local(lambda conn: conn.execute(q.evidence_move.delete().where(_DROPPED)))

    def take_grant(self, name: str, data: bytes, now: Roster) -> str | None:
        """Keep a bundle of keys for the hub; why not, or None."""
        return grants.take(self._desk.journal, now, name, data).why

    def wants_requests(self, now: Roster) -> bool:
        """The hub admits nobody."""
        return False

    def take_request(self, name: str, data: bytes) -> str | None:
        """Never asked: see `wants_requests`."""
        return "the service admits nobody"

    def give_again(self, conn: sa.Connection, devices: Collection[str]) -> None:
        """Bundles that were put here for these devices are gone, as after a restore."""
        grants.again(conn, devices)

    def give(self, depot: Depot, now: Roster, *, lost: bool = False) -> int:
        """Hand on the keys that others are owed; how many bundles."""
        return grants.hand_out(self._desk.journal, depot, now, lost=lost)
