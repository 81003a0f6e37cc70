"""What an exchange leaves to enrolment and grants, for the hub: keys taken and handed on, orders of erasure obeyed."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.headoffice.objects import Objects
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.erase import Order, erase
from asbdesk.store.noted import note, noted
from asbdesk.sync import grants

if TYPE_CHECKING:
    from asbdesk.headoffice.hub import HubDesk
    from asbdesk.sync.depot import Depot
    from asbdesk.sync.roster import Roster


DESTROYED = "sync_destroyed"
"""The local setting that holds the orders whose blocks and packs the service keeps no more."""
_DROPPED = q.evidence_move.c.way == "drop"


class HubPart:
    """The hub's part in its organisation (`exchange.Members`). It admits nobody and enrols nobody."""

    def __init__(self, desk: HubDesk, objects: Objects) -> None:
        self._desk, self._objects = desk, objects

    def roster_grew(self, now: Roster) -> None:
        """Carry out the orders of erasure that were not carried out yet: here, and in what the service keeps, which are
        two steps: a hub that ended between them goes on with the second."""
        with self._desk.reader.connect() as conn:
            destroyed: list[str] = json.loads(noted(conn, DESTROYED) or "[]")
        for order in now.orders():
            with self._desk.reader.connect() as conn:
                done = set(conn.scalars(sa.select(t.erased.c.file).where(t.erased.c.file.in_(order.files))))
            if not done.issuperset(order.files):
                erase(self._desk, Order(order.order, order.files))
            if order.order not in destroyed:
                self._destroy(order.files)
                destroyed.append(order.order)
                self._desk.journal.write_local(partial(note, {DESTROYED: json.dumps(destroyed)}))

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
