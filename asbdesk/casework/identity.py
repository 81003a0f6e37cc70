"""The officer's certificate and its key, kept in the encrypted store: what seals a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.errors import UserError
from asbdesk.model import Landlord, Member
from asbdesk.model.journal import local_secret

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
    """The officer's certificate with its key, and the landlord's authority (PEM). Raises UserError when one is gone."""
    from asbdesk.documents.authority import Identity

    certificate, authority, key = desk.read(_read, desk.member)
    if not (certificate and authority and key):
        raise UserError("This desk has no certificate to lock a plan with. Restore the newest copy, or set up again.")
    return Identity(certificate.encode(), key), authority.encode()


def _read(session: Session, member: str) -> tuple[str, str, bytes]:
    officer = session.get(Member, member)
    authority = session.scalar(sa.select(Landlord.authority).order_by(Landlord.id).limit(1))
    key = session.scalar(sa.select(local_secret.c.value).where(local_secret.c.name == OFFICER_KEY))
    return (officer.certificate if officer else "") or "", authority or "", key or b""
