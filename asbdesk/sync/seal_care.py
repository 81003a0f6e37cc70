"""What keeps seals good beside the officer's work: certificates renewed, those of lost laptops withdrawn, and the file
to check seals with kept up beside the store.

Only a desk that holds the landlord's authority renews and withdraws; the others learn of it with the next exchange. A
private key stays where it is: the same key gets a certificate that ends later, and older seals go on to be good.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.clock import instant
from asbdesk.documents.authority import Identity, certificate, certify, ends_at, issued_at, public_half
from asbdesk.documents.known import new_list, read, trust_file
from asbdesk.errors import UserError
from asbdesk.model import Landlord, Member, WithdrawnList, new_id
from asbdesk.store.disk import write_whole
from asbdesk.store.member_certificates import certificates_of
from asbdesk.store.roles import HEAD_OFFICE
from asbdesk.store.work import action
from asbdesk.sync import keys, place
from asbdesk.sync.certificates import AUTHORITY, AUTHORITY_KEY, pem_of
from asbdesk.sync.roster import Device, Roster

if TYPE_CHECKING:
    from asbdesk.store.vault import Store
    from asbdesk.store.work import Work

RENEW = dt.timedelta(days=180)
"""A certificate is renewed when less than this is left of its five years."""
OTHERS_RENEW = dt.timedelta(days=60)
"""The first head-office laptop renews; another does only when so little is left, so that two do not do the same."""


def keep_up(store: Store) -> None:
    """All of it, as far as this desk can; short where there is nothing to do. For a worker's thread."""
    if store.reading:
        return
    with store.reader.connect() as conn:
        authority = authority_of(conn)
        org = place.read(conn)
        now = Roster.load(conn, org.id) if org else None
    if authority is not None:
        if store.clock_note() is None:  # by a wrong clock a certificate would be good only years from now
            _renew(store, authority, now)
        _withdraw(store, authority, now)
    keep_trust_file(store)


def authority_of(conn: sa.Connection) -> Identity | None:
    """The landlord's authority with its key, where this desk holds it."""
    found = conn.scalar(sa.select(Landlord.authority).order_by(Landlord.id).limit(1))
    number = next((k.key for k in keys.keys_of(conn, [AUTHORITY])), None)
    private = keys.secret(conn, AUTHORITY_KEY) if number is None else pem_of(number)
    if not found or private is None:
        return None
    pem = found.encode()
    return Identity(pem, private) if public_half(private) == public_half(pem) else None


# ---- the file to check seals with
def trust_of(conn: sa.Connection) -> bytes:
    """What the landlord hands out to have its seals checked (`documents.known`). Empty before set-up."""
    found = conn.execute(sa.select(Landlord.authority, Landlord.time_root).order_by(Landlord.id).limit(1)).first()
    if found is None or not found[0]:
        return b""
    newest = _newest_list(conn, found[0].encode())
    return trust_file(found[0].encode(), newest[1], [found[1].encode()] if found[1] else [])


def keep_trust_file(store: Store) -> None:
    """Write it beside the store when it differs, so that a check needs no passphrase."""
    with store.reader.connect() as conn:
        due = trust_of(conn)
    kept = store.paths.authority.read_bytes() if store.paths.authority.exists() else b""
    if due and due != kept:
        write_whole(store.paths.authority, due, "keep the landlord's authority")


def _newest_list(conn: sa.Connection, authority: bytes) -> tuple[int, bytes, dict[int, str]]:
    """Number, PEM and content of the newest list that the authority signed; 0 and nothing where there is none."""
    which = sa.select(WithdrawnList.number, WithdrawnList.crl).where(WithdrawnList.struck.is_(None))
    for number, crl in conn.execute(which.order_by(WithdrawnList.number.desc(), WithdrawnList.id.desc())):
        try:
            pem = (crl or "").encode()
            return number or 0, pem, dict(read(trust_file(authority, pem)).withdrawn)
        except UserError:  # of another authority, or damaged: an older one counts
            continue
    return 0, b"", {}


# ---- withdrawn
def withdrawn(conn: sa.Connection, now: Roster) -> dict[int, str]:
    """Serial number → instant, of every certificate that a lost laptop has a key for."""
    found: dict[int, str] = {}
    for member in sorted({device.member for device in now.devices()}):
        for device, pems in by_device(conn, member, now).items():
            known = now.device(device)
            if known is not None and known.revoked:
                found |= {certificate(pem.encode()).serial_number: known.revoked for pem in pems}
    return found


def by_device(conn: sa.Connection, member: str, now: Roster | None) -> dict[str, list[str]]:
    """Laptop → its certificates (PEM, the last ending last): those that go with the key it was admitted with. What no
    admission explains belongs to the laptop that was there first; without a roster, to ""."""
    groups: dict[bytes, list[str]] = {}
    for pem in certificates_of(conn, [member])[member]:
        groups.setdefault(public_half(pem.encode()), []).append(pem)
    devices = [d for d in now.devices() if d.member == member] if now else []
    since = {d.device: _second(d.since) for d in devices}
    found: dict[str, list[str]] = {}
    for pems in groups.values():
        begun = {issued_at(pem.encode()) for pem in pems}
        own = next((device for device, at in since.items() if at in begun), _first(devices))
        found.setdefault(own, []).extend(pems)
    return {device: sorted(pems, key=lambda pem: ends_at(pem.encode())) for device, pems in found.items()}


def _first(devices: list[Device]) -> str:
    return devices[0].device if devices else ""


def _second(at: str) -> str:
    return f"{at[:19]}.000Z"


def _withdraw(store: Store, authority: Identity, now: Roster | None) -> None:
    """A new list where the newest one lacks somebody."""
    if now is None or now.role(store.journal.device) != HEAD_OFFICE:
        return
    with store.reader.connect() as conn:
        due = {serial: _second(at) for serial, at in withdrawn(conn, now).items()}
        number, _, listed = _newest_list(conn, authority.cert_pem)
    if due != listed:
        at = instant(store.clock.now())
        crl = new_list(authority, due, number + 1, at=at)
        store.do(_list_made, number + 1, at, crl.decode())


@action("landlord.certificates_withdrawn")
def _list_made(work: Work, number: int, at: str, crl: str) -> None:
    """The list as it is from now on."""
    found = work.select(sa.select(Landlord).order_by(Landlord.id).limit(1))[0]
    work.add(WithdrawnList(id=new_id(), file=f"landlord/{found.id}", number=number, at=at, crl=crl))


# ---- renewed
def _renew(store: Store, authority: Identity, now: Roster | None) -> None:
    """Certificates near their end, of laptops that belong."""
    own = store.journal.device
    if now is not None and now.role(own) != HEAD_OFFICE:
        return
    within = RENEW if now is None or own == _first_head_office(now) else OTHERS_RENEW
    soon = instant(store.clock.now() + within)
    with store.reader.connect() as conn:
        landlord = conn.scalar(sa.select(Landlord.name).order_by(Landlord.id).limit(1)) or ""
        which = sa.select(Member.id, Member.name).where(Member.left_on.is_(None), Member.certificate.is_not(None))
        due = [
            (id_, name or "", pem) for id_, name in conn.execute(which).all() for pem in _ending(conn, id_, now, soon)
        ]
    for member, name, pem in due:
        fresh = certify(authority, name, landlord, public_half(pem.encode()), at=instant(store.clock.now()))
        store.do(_renewed, member, fresh.decode())


def _ending(conn: sa.Connection, member: str, now: Roster | None, soon: str) -> list[str]:
    """The newest certificate of each of a member's standing laptops that ends before `soon`."""
    newest: dict[bytes, str] = {}
    for device, pems in by_device(conn, member, now).items():
        known = now.device(device) if now else None
        if known is None or not known.revoked:
            newest |= {public_half(pem.encode()): pem for pem in pems}
    return [pem for pem in newest.values() if ends_at(pem.encode()) < soon]


def _first_head_office(now: Roster) -> str:
    return next((d.device for d in now.devices() if not d.revoked and d.role == HEAD_OFFICE), "")


@action("member.certificate_renewed")
def _renewed(work: Work, member: str, pem: str) -> None:
    """The same key, with a certificate that ends later."""
    work.get(Member, member).certificate = pem
