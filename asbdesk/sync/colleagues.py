"""Members and their laptops as screens and commands show them: the roster's facts, with the names from the records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.errors import UserError
from asbdesk.model import Member
from asbdesk.sync import cabinet, place, roster
from asbdesk.sync.roster import Device

if TYPE_CHECKING:
    from asbdesk.store.vault import Store


@dataclass(frozen=True)
class Laptop:
    """One laptop, or the service. `last_met`: when what it sent last came here; `version`: of asbdesk on it then."""

    device: str
    member: str
    name: str
    role: str
    team: str
    letter: str
    since: str
    revoked: str
    last_met: str
    version: str
    here: bool
    """It is this one."""


def laptops(store: Store) -> tuple[Laptop, ...]:
    """Everybody who was ever admitted, in the order they were. Empty for a desk that works by itself."""
    with store.reader.connect() as conn:
        org = place.read(conn)
        if org is None:
            return ()
        known = {row.id: row.name or "" for row in conn.execute(sa.select(Member.id, Member.name))}
        now = roster.Roster.load(conn, org.id)
        return tuple(_laptop(conn, device, known, store.journal.device) for device in now.devices())


def _laptop(conn: sa.Connection, found: Device, known: dict[str, str], here: str) -> Laptop:
    last = cabinet.last(conn, found.device)
    met, version = (cabinet.made_at(conn, last), cabinet.header_of(conn, last).app) if last else ("", "")
    name = "Head office's service" if found.role == "hub" else known.get(found.member, "")
    return Laptop(
        found.device, found.member, name, found.role, found.team, found.letter, found.since, found.revoked, met,
        version, found.device == here,
    )  # fmt: skip


def called(store: Store, typed: str) -> Laptop:
    """The laptop with this id, letter, or (where there is but one) member's name. UserError otherwise."""
    wanted, every = typed.strip(), laptops(store)
    for name in ("device", "letter", "name"):
        found = [one for one in every if getattr(one, name).lower() == wanted.lower() and wanted]
        standing = [one for one in found if not one.revoked] or found
        if len(standing) == 1:
            return standing[0]
        if standing:
            raise UserError(f"{wanted} has {len(standing)} laptops. Name one by its id: see `asbdesk members`.")
    raise UserError(f"There is no laptop {wanted} in the organisation. See `asbdesk members`.")
