"""Officers' certificates: asked for by a laptop that joins, issued by a head-office desk with the landlord's authority.

The authority's private key is shared among head office's own laptops the way files' keys are: as 32 bytes, sealed to
each of them, under a name that is no file of the journal.
"""

from __future__ import annotations

import sqlalchemy as sa

from asbdesk.errors import UserError
from asbdesk.model import Landlord
from asbdesk.sync import keys, sealing

AUTHORITY = "org/authority"
"""The name that the authority's private number goes under among the keys."""
AUTHORITY_KEY, OFFICER_KEY = "authority_key", "officer_key"
"""Where first start keeps these two keys (PEM) in `local_secret`."""


def share_authority(conn: sa.Connection) -> None:
    """Put the authority's key, which first start made, among the keys that head office's laptops are given."""
    pem = keys.secret(conn, AUTHORITY_KEY)
    if pem is None or any(keys.keys_of(conn, [AUTHORITY])):
        return
    keys.add(conn, sealing.new_id(), AUTHORITY, 1, _number(pem))


def new_officer_key(conn: sa.Connection) -> str:
    """This laptop's key to seal plans with, made when there is none; its public half as PEM."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import ec

    pem = keys.secret(conn, OFFICER_KEY)
    if pem is None:
        made = ec.generate_private_key(ec.SECP256R1())
        pem = made.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
        keys.keep(conn, OFFICER_KEY, pem)
    public = form.load_pem_private_key(pem, None).public_key()
    return public.public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo).decode()


def issue_to(conn: sa.Connection, officer: str, public_pem: str, at: str) -> str:
    """A certificate (PEM) for an officer's public key. UserError when this desk does not hold the authority."""
    from asbdesk.documents.authority import Identity, certify

    table = Landlord.__table__.c
    found = conn.execute(sa.select(table.name, table.authority).order_by(table.id).limit(1)).first()
    number = next((k.key for k in keys.keys_of(conn, [AUTHORITY])), None)
    if found is None or not found.authority or number is None:
        raise UserError(
            "This laptop does not hold the landlord's authority yet. Let it exchange with the others first."
        )
    authority = Identity(found.authority.encode(), pem_of(number))
    return certify(authority, officer, found.name or "", public_pem.encode(), at=at).decode()


def _number(pem: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(pem, None)
    assert isinstance(key, EllipticCurvePrivateKey)
    return key.private_numbers().private_value.to_bytes(sealing.KEY_SIZE, "big")


def pem_of(number: bytes) -> bytes:
    """The authority's private key as first start keeps it."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1())
    return key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
