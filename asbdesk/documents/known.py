"""The file a landlord hands out to have its seals checked: its authority, what was withdrawn, whom it asks the time.

One text file (PEM), nothing secret in it and nobody's name but the landlord's: first the authority's certificate, then
where there is one the list of withdrawn certificates (a CRL, signed by the authority), then the certificates behind the
time stamps. It lies beside the store as `authority.pem`, readable without a passphrase.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asbdesk.clock import instant, parse_instant
from asbdesk.documents.authority import AUTHORITY_YEARS, certificate
from asbdesk.errors import UserError

if TYPE_CHECKING:
    from asbdesk.documents.authority import Identity

_BLOCK = re.compile(rb"-----BEGIN (CERTIFICATE|X509 CRL)-----.+?-----END \1-----\n?", re.DOTALL)
LARGEST = 1_000_000
"""Bytes: a list of several thousand certificates is well below."""


@dataclass(frozen=True)
class Known:
    """What a desk knows to check seals with. `withdrawn`: serial number → instant from which it no longer counts;
    `list_of`: when that list was made, empty where none is known."""

    authority: bytes
    time_roots: tuple[bytes, ...] = ()
    withdrawn: Mapping[int, str] = field(default_factory=dict)
    list_of: str = ""


def read(pem: bytes) -> Known:
    """What `trust_file` wrote, or an authority's certificate alone. Raises UserError for anything else."""
    blocks = [(found[1], found[0]) for found in _BLOCK.finditer(pem[:LARGEST])]
    certificates = [block for kind, block in blocks if kind == b"CERTIFICATE"]
    for each in certificates or [pem]:
        certificate(each)
    lists = [block for kind, block in blocks if kind == b"X509 CRL"]
    withdrawn, list_of = _list(lists[0], certificates[0]) if lists else ({}, "")
    return Known(certificates[0], tuple(certificates[1:]), withdrawn, list_of)


def trust_file(authority: bytes, crl: bytes = b"", time_roots: Iterable[bytes] = ()) -> bytes:
    """The file, from its parts (PEM)."""
    return b"".join(part.strip() + b"\n" for part in (authority, crl, *time_roots) if part.strip())


def new_list(authority: Identity, withdrawn: Mapping[int, str], number: int, *, at: str) -> bytes:
    """The list (PEM) of these serial numbers, each with the instant from which it no longer counts."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization

    issuer = certificate(authority.cert_pem)
    key = serialization.load_pem_private_key(authority.key_pem, None)
    made = parse_instant(at).replace(microsecond=0)
    building = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.subject)
        .last_update(made)
        .next_update(made + dt.timedelta(days=round(AUTHORITY_YEARS * 365.25)))
        .add_extension(x509.CRLNumber(number), critical=False)
    )
    for serial, since in sorted(withdrawn.items()):
        day = parse_instant(since).replace(microsecond=0)
        one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(day).build()
        building = building.add_revoked_certificate(one)
    signed = building.sign(key, hashes.SHA256())  # type: ignore[arg-type]  # an authority's key is of our own kind
    return signed.public_bytes(serialization.Encoding.PEM)


def _list(pem: bytes, authority: bytes) -> tuple[dict[int, str], str]:
    from cryptography import x509

    try:
        told = x509.load_pem_x509_crl(pem)
        whole = told.is_signature_valid(certificate(authority).public_key())  # type: ignore[arg-type]
    except (ValueError, TypeError):
        whole = False
    if not whole:
        raise UserError(
            "The list of withdrawn certificates in this file is not the landlord's own. Ask them for the file again."
        )
    return {one.serial_number: instant(one.revocation_date_utc) for one in told}, instant(told.last_update_utc)
