"""What the roster, and what came with an exchange, mean for this desk: its role, orders, papers, way in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.model import Landlord
from asbdesk.model.journal import erased
from asbdesk.store.disk import write_whole
from asbdesk.store.erase import Order, erase
from asbdesk.sync import escrow, own_texts, place
from asbdesk.sync.place import MEMBER, REVOKED

if TYPE_CHECKING:
    from asbdesk.store.vault import Store
    from asbdesk.sync.roster import Roster


def settle(store: Store, now: Roster) -> None:
    """Keep what the roster says of this desk, and carry out orders of erasure that it has not carried out yet."""
    org, own = place.org_of(store), now.device(store.journal.device)
    if own is not None:
        state = REVOKED if own.revoked else MEMBER
        told = replace(org, state=state, role=own.role, team=own.team, letter=own.letter, asked_with=None)
        told = replace(told, needs=now.min_reader)
        if told != org:
            place.belong(store, told)
    for order in now.orders():
        with store.reader.connect() as conn:
            done = set(conn.scalars(sa.select(erased.c.file).where(erased.c.file.in_(order.files))))
        if not done.issuperset(order.files):
            erase(store, Order(order.order, order.files))


def arm(store: Store, now: Roster) -> None:
    """Once this desk belongs: the landlord's authority lies beside the store, and head office has a way in."""
    if now.role(store.journal.device) is None:
        return
    if not store.paths.authority.exists():
        with store.reader.connect() as conn:
            authority = conn.scalar(sa.select(Landlord.authority).order_by(Landlord.id).limit(1))
        if authority:
            write_whole(store.paths.authority, authority.encode(), "keep the landlord's authority")
    escrow.arm(store)
    own_texts.keep_up(store)
