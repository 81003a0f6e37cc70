"""A forgotten passphrase and a telephone: the secret that head office holds, and the code it works out (SYNC.md 4.3).

A desk's secret travels to head office's laptops, and is laid up for the kit, the way keys of files do. The answer to a
challenge is made of it, so that it works with no connection on either side, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.clock import instant
from asbdesk.errors import UserError
from asbdesk.model import Landlord
from asbdesk.store import office_slot
from asbdesk.store.copies import follow_slots
from asbdesk.store.keys import Slots
from asbdesk.store.recovery_code import spell
from asbdesk.store.roles import HEAD_OFFICE
from asbdesk.sync import enrolment, keys, place, roster, sealing

if TYPE_CHECKING:
    from asbdesk.store.vault import Store

_DOMAIN = "asbdesk/unlock/1"


def file_for(device: str) -> str:
    """The name that a desk's secret goes under among the keys."""
    return f"escrow/{device}"


def answer(secret: bytes, device: str, challenge: str) -> str:
    """The code that answers a challenge: 100 bits."""
    mixed = sealing.mac(secret, _DOMAIN, f"{device}\n{challenge}".encode())
    bits = 20 * office_slot.CODE_GROUPS
    return spell(int.from_bytes(mixed, "big") >> (256 - bits), office_slot.CODE_GROUPS)


def arm(store: Store) -> bool:
    """See that head office has a way into this desk, and write down that the last one was used. True when it made one.

    Cheap: nothing but a look at the key file where all is as it should be.
    """
    slots = Slots.load(store.paths.slots)
    if office_slot.USED in slots.more:
        _write_down(store, str(slots.more[office_slot.USED]))
        office_slot.written_down(store.paths.slots)
        slots = Slots.load(store.paths.slots)
    org, device = place.org_of(store), store.journal.device
    with store.reader.connect() as conn:
        devices = roster.Roster.load(conn, org.id).devices()
    lost = sum(d.role == HEAD_OFFICE and bool(d.revoked) for d in devices)
    if office_slot.stands(slots, lost):
        return False
    make = keys.renew if slots.has(office_slot.KIND) else keys.key_for  # what a lost laptop knew answers nothing more
    _, secret = store.journal.write_local(lambda conn: make(conn, file_for(device)))
    challenge = office_slot.new_challenge()
    office_slot.put(slots, store.key, answer(secret, device, challenge), challenge, org.letter, lost)
    slots.save(store.paths.slots)
    follow_slots(store.paths.slots, slots.store)
    return True


def _write_down(store: Store, at: str) -> None:
    with store.reader.connect() as conn:
        landlord = conn.scalar(sa.select(Landlord.id).order_by(Landlord.id).limit(1))
    if landlord:
        store.journal.note(f"landlord/{landlord}", "passphrase.set_by_head_office", device=store.journal.device, at=at)


def code_for(store: Store, device: str, challenge: str) -> str:
    """On head office's laptop: the code to read out to whoever rings, sure of who it is. Written down in the journal.

    Raises RecoveryTypo (the challenge was not heard right) or UserError.
    """
    org = enrolment.see_that_this_is_head_office(store)
    shown = office_slot.parse_challenge(challenge)
    with store.reader.connect() as conn:
        found = roster.Roster.load(conn, org.id).device(device)
        secret = keys.newest_of(conn, [file_for(device)]).get(file_for(device))
        landlord = conn.scalar(sa.select(Landlord.id).order_by(Landlord.id).limit(1))
    if found is None:
        raise UserError(f"There is no laptop {device} in the organisation. See `asbdesk members`.")
    if found.revoked:
        raise UserError("This laptop was reported lost. Give no code for it: ask to see who rings.")
    if secret is None:
        raise UserError("That laptop has not exchanged with head office since it was admitted: use its recovery sheet.")
    store.journal.note(
        f"landlord/{landlord}", "unlock_code.given", device=device, member=found.member, at=instant(store.clock.now())
    )
    return answer(secret[1], device, shown)
