"""The officer's certificate and its key, kept in the encrypted store: what seals a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.clock import instant, london_day, plain_day
from asbdesk.errors import UserError
from asbdesk.model import Landlord
from asbdesk.model.journal import local_secret
from asbdesk.store.member_certificates import certificates_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.documents.authority import Identity

AUTHORITY_KEY = "authority_key"
OFFICER_KEY = "officer_key"


def keep_secret(desk: Desk, name: str, value: bytes) -> None:
    """Keep a private key: in the encrypted database of this laptop, never journalled and never sent."""

    def write(conn: sa.Connection) -> None:
        conn.execute(local_secret.delete().where(local_secret.c.name == name))
        conn.execute(local_secret.insert().values(name=name, value=value))

    desk.store.journal.write_local(write)


def officer_identity(desk: Desk) -> tuple[Identity, bytes]:
    """The officer's certificate with its key, and the landlord's authority (PEM). Raises UserError when one is gone, or
    the certificate's time is over."""
    from asbdesk.documents.authority import Identity, ends_at

    known, authority, key = desk.read(_read, desk.member)
    fitting = _fitting(known, key)
    if not (fitting and authority):
        raise UserError("This desk has no certificate to lock a plan with. Restore the newest copy, or set up again.")
    if ends_at(fitting) <= instant(desk.clock.now()):
        raise UserError(
            f"The certificate of this laptop ended on {plain_day(london_day(ends_at(fitting)))}. Exchange with head "
            "office, which renews it; if this laptop's clock is wrong, put it right."
        )
    return Identity(fitting, key), authority.encode()


def _fitting(known: tuple[str, ...], key: bytes) -> bytes:
    """Of a member's certificates the one that goes with this laptop's key (another has another), and ends last."""
    from asbdesk.documents.authority import ends_at, public_half

    if not key:
        return b""
    own = public_half(key)
    fitting = (pem.encode() for pem in known if public_half(pem.encode()) == own)
    return max(fitting, key=ends_at, default=b"")


def _read(session: Session, member: str) -> tuple[tuple[str, ...], str, bytes]:
    authority = session.scalar(sa.select(Landlord.authority).order_by(Landlord.id).limit(1))
    key = session.scalar(sa.select(local_secret.c.value).where(local_secret.c.name == OFFICER_KEY))
    known = certificates_of(session.connection(), [member])[member] if member else ()
    return known, authority or "", key or b""
