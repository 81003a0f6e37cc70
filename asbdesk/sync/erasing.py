"""Orders of erasure: signed into the roster by head office, approved by two people, obeyed by every desk.

The order names files by their random ids and a reason by its code, nothing of anybody. Each desk destroys the files'
keys with the rest, so that what still lies sealed in a depot, in a copy or with a laptop that stays away is noise.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.clock import instant
from asbdesk.errors import UserError
from asbdesk.model import Member, new_id
from asbdesk.store.erase import Order, erase
from asbdesk.sync import keys, roster
from asbdesk.sync.enrolment import see_that_this_is_head_office

if TYPE_CHECKING:
    from asbdesk.store.vault import Store


def order_erasure(store: Store, files: Collection[str], reason: str, approved: Collection[str]) -> str:
    """Order these files (`case/ID`, `person/ID`, `home/ID`) to be erased on every desk, and erase them here; the
    order's id. `approved`: two different members' ids; `reason`: a code. UserError where it may not be."""
    org = see_that_this_is_head_office(store)
    with store.reader.connect() as conn:
        known = set(conn.scalars(sa.select(Member.id).where(Member.id.in_(approved), Member.left_on.is_(None))))
    if len(known) < 2:
        raise UserError("Two people who work here must approve an erasure, and they must not be the same.")
    if not files or any(file.startswith("landlord/") for file in files):
        raise UserError("Cases, people and homes can be erased. Name at least one of them.")
    at, made = instant(store.clock.now()), new_id()
    told = {"order": made, "files": sorted(files), "reason": reason, "approved": sorted(known)}

    def write(conn: sa.Connection) -> None:
        private = keys.device_keys(conn).sign.private
        roster.declare(conn, private, store.journal.device, org.id, "erase", at, **told)

    store.journal.write_local(write)
    erase(store, Order(made, tuple(sorted(files))))
    return made
