"""Orders of erasure: signed into the roster by head office, approved by two people, obeyed by every desk.

The order names files by their random ids and a reason by its code, nothing of anybody. Each desk destroys the files'
keys with the rest, so that what still lies sealed in a depot, in a copy or with a laptop that stays away is noise.
UK GDPR: kept no longer than needed (Article 5(1)(e)), and the right to erasure (Article 17).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.clock import instant
from asbdesk.errors import UserError
from asbdesk.model import Case, Member, new_id
from asbdesk.model import journal as t
from asbdesk.store.erase import Order, erase
from asbdesk.sync import keys, roster
from asbdesk.sync.enrolment import see_that_this_is_head_office
from asbdesk.sync.scope import files_of_it_alone

if TYPE_CHECKING:
    from asbdesk.store.vault import Store

REASONS = ("retention_ended", "request")
"""Kept as long as such cases are kept; asked for by the person, and granted."""


@dataclass(frozen=True)
class Going:
    """What an erasure of one case would destroy. `files`: the case's own, and those of its people and homes that no
    other case needs; `in_the_way`: sentences, empty where it may be done."""

    case: str
    reference: str
    files: tuple[str, ...]
    in_the_way: tuple[str, ...]

    @property
    def people(self) -> int:
        return sum(file.startswith("person/") for file in self.files)

    @property
    def homes(self) -> int:
        return sum(file.startswith("home/") for file in self.files)


def what_goes(store: Store, case: str) -> Going:
    """What would go with a case. UserError where this is not head office, which alone sees every other case."""
    see_that_this_is_head_office(store)
    with store.reader.connect() as conn:
        found = conn.execute(sa.select(Case.reference, Case.status).where(Case.id == case)).one()
        owed = sa.select(sa.func.count()).select_from(t.due).where(t.due.c.case == case, t.due.c.state == "open")
        still = conn.scalar(owed) or 0
        files = tuple(sorted(files_of_it_alone(conn, case)))
    reference, stops = found.reference or "", []
    if found.status != "closed":
        stops.append(f"{reference} is not closed.")
    if still:
        stops.append(f"Something is still owed in it ({still}): do it, or have it waived with a reason.")
    return Going(case, reference, files, tuple(stops))


def erase_case(store: Store, case: str, reason: str, approved: Sequence[str]) -> str:
    """Order that a case is erased on every desk, with whoever is in no other; the order's id. `approved`: the names of
    two people who work here. UserError where it may not be."""
    going = what_goes(store, case)
    if going.in_the_way:
        raise UserError(" ".join(going.in_the_way))
    which = sa.select(Member.id, Member.name).where(Member.left_on.is_(None), Member.struck.is_(None))
    with store.reader.connect() as conn:
        members = {(row.name or "").strip().casefold(): row.id for row in conn.execute(which)}
    for name in approved:
        if name.strip().casefold() not in members:
            raise UserError(f"Nobody of the name {name} works here. See `asbdesk members`.")
    return order_erasure(store, going.files, reason, {members[name.strip().casefold()] for name in approved})


def order_erasure(store: Store, files: Collection[str], reason: str, approved: Collection[str]) -> str:
    """Order these files (`case/ID`, `person/ID`, `home/ID`) to be erased on every desk, and erase them here; the
    order's id. `approved`: two different members' ids; `reason`: a code. UserError where it may not be."""
    org = see_that_this_is_head_office(store)
    with store.reader.connect() as conn:
        known = set(conn.scalars(sa.select(Member.id).where(Member.id.in_(approved), Member.left_on.is_(None))))
    if len(known) < 2:
        raise UserError("Two people who work here must approve an erasure, and they must not be the same.")
    if reason not in REASONS:
        raise UserError(f"Say why in one of these words: {', '.join(REASONS)}.")
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
