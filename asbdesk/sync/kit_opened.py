"""The kit opened: every head-office laptop is lost, and a new one becomes head office by the paper alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.clock import instant
from asbdesk.errors import UserError
from asbdesk.model import new_id
from asbdesk.store.roles import HEAD_OFFICE
from asbdesk.sync import bundle, certificates, keys, kit, meeting, names, place, roster, sealing
from asbdesk.sync.exchange import Exchange
from asbdesk.sync.members import admit_member, landlord
from asbdesk.sync.place import FOLDER, MEMBER, Org, see_that_it_is_empty
from asbdesk.sync.roster import Roster
from asbdesk.sync.scope import recovery_device
from asbdesk.sync.statement import ROOT

if TYPE_CHECKING:
    from asbdesk.store.vault import Store
    from asbdesk.sync.depot import Depot


def open_kit(store: Store, code: str, where: str, officer: str) -> Exchange:
    """With an empty store, the kit's code and the shared folder: this desk is head office from now on, and has
    everything that the others had put there. The lost laptops are revoked afterwards.

    Raises RecoveryTypo, DepotAway or UserError: not this organisation's kit, a desk that is not empty.
    """
    opened, meeting_place = kit.of(code), place.place_of(where)
    see_that_it_is_empty(store)
    if meeting_place.kind != FOLDER:
        raise UserError("The kit opens a shared folder. For a head-office service, restore the service's own copy.")
    depot = place.open_place(store, meeting_place)
    if depot.marker().org != opened.org:
        raise UserError("This kit belongs to another organisation than that folder.")
    lines = dict(_in(depot, "roster"))
    at, member, device = instant(store.clock.now()), new_id(), store.journal.device

    def enrol(conn: sa.Connection) -> Roster:
        for name, data in lines.items():
            roster.take(conn, name, data, opened.org)
        own, now = keys.device_keys(conn), Roster.load(conn, opened.org)
        told = {"device": device, "member": member, "sign": own.sign.public.hex(), "box": own.box.public.hex()}
        told |= {"role": HEAD_OFFICE, "team": "", "letter": now.free_letter()}
        roster.declare(conn, opened.root.private, ROOT, opened.org, "enrol", at, **told)
        return Roster.load(conn, opened.org)

    now = store.journal.write_local(enrol)
    laid_up = list(_in(depot, f"keys/{recovery_device(now)}"))
    store.journal.write_local(lambda conn: _take(conn, now, opened, laid_up))
    letter = next(d.letter for d in now.devices() if d.device == device)
    place.belong(store, Org(opened.org, opened.root.public.hex(), meeting_place, MEMBER, HEAD_OFFICE, letter=letter))
    store.set_member(member)
    done = meeting.meet(store, depot)
    _introduce(store, member, officer, at)
    return done


def _in(depot: Depot, area: str) -> Iterable[tuple[str, bytes]]:
    for name, data in depot.get(depot.news([area], "").names):
        parts = names.read(name)
        if data is not None and parts is not None and names.digest(data) == parts.hash:
            yield name, data


def _take(conn: sa.Connection, now: Roster, opened: kit.Kit, laid_up: list[tuple[str, bytes]]) -> None:
    """Every key that was laid up for the kit by anybody who ever belonged."""
    for _, data in laid_up:
        try:
            found = bundle.read(data)
            signer = now.sign_key(found.by)
            if signer is None or not found.is_signed_by(signer) or found.org != opened.org:
                continue
            for one in bundle.open_(found, opened.recovery.private).keys:
                keys.add(conn, one.key_id, one.file, one.epoch, one.key, one.made)
        except (bundle.Misread, sealing.Unsealable):
            continue


def _introduce(store: Store, member: str, officer: str, at: str) -> None:
    """Who sits at the new desk, in the landlord's file that came back, with a certificate."""
    with store.reader.connect() as conn:
        file = f"landlord/{landlord(conn)[0]}"

    def certified(conn: sa.Connection) -> str:
        return certificates.issue_to(conn, officer, certificates.new_officer_key(conn), at)

    certificate = store.journal.write_local(certified)
    store.do(admit_member, member, file, HEAD_OFFICE, {"name": officer, "certificate": certificate})
