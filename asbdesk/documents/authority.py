"""The landlord's own authority and the certificates it issues: who a sealed plan says it is from.

ECDSA P-256: small enough for any key store, and the seal takes milliseconds where RSA takes half a second.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from asbdesk.clock import instant, parse_instant
from asbdesk.errors import UserError

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey

AUTHORITY_YEARS = 20
"""A plan is kept six years and more after its case closes; its seal should be checkable for all of them."""
OFFICER_YEARS = 5
BEFORE = dt.timedelta(days=1)
"""Validity begins this long before issue: two laptops' clocks differ."""
NAME_LENGTH = 64
"""Longest name or organisation in a certificate (RFC 5280, ub-common-name)."""


@dataclass(frozen=True)
class Identity:
    """A certificate and its private key, both PEM. The key belongs in the encrypted store and nowhere else."""

    cert_pem: bytes
    key_pem: bytes

    def __repr__(self) -> str:
        return f"Identity({fingerprint(self.cert_pem)!r})"


def new_authority(landlord: str, *, at: str) -> Identity:
    """A new authority of `landlord`, good for 20 years from the instant `at`."""
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    own = _name(f"{_short(landlord)[:52]} authority", landlord)
    return Identity(_signed(own, key.public_key(), own, key, at, AUTHORITY_YEARS, authority=True), _private(key))


def issue(authority: Identity, officer: str, landlord: str, *, at: str) -> Identity:
    """A certificate for `officer`, issued by `authority`, good for 5 years from the instant `at`."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Identity(certify(authority, officer, landlord, public, at=at), _private(key))


def certify(authority: Identity, officer: str, landlord: str, public_pem: bytes, *, at: str) -> bytes:
    """A certificate (PEM) for an officer whose private key stays on their own laptop. UserError for an odd key."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

    issuer_key = load_pem_private_key(authority.key_pem, None)
    if not isinstance(issuer_key, ec.EllipticCurvePrivateKey):
        raise UserError("The landlord's authority is not of a kind that asbdesk makes. Restore the newest copy.")
    try:
        public = load_pem_public_key(public_pem)
    except ValueError:
        public = None
    if not isinstance(public, ec.EllipticCurvePublicKey):
        raise UserError("The laptop that asks to join sent no key that a certificate can be made for.")
    issuer = certificate(authority.cert_pem).subject
    return _signed(_name(officer, landlord), public, issuer, issuer_key, at, OFFICER_YEARS, authority=False)


def _short(text: str) -> str:
    return " ".join(text.split())[:NAME_LENGTH] or "asbdesk"


def _name(common: str, organisation: str) -> x509.Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    parts = ((NameOID.COUNTRY_NAME, "GB"), (NameOID.ORGANIZATION_NAME, _short(organisation)))
    return x509.Name(x509.NameAttribute(oid, text) for oid, text in (*parts, (NameOID.COMMON_NAME, _short(common))))


def _signed(
    subject: x509.Name,
    public: EllipticCurvePublicKey,
    issuer: x509.Name,
    issuer_key: EllipticCurvePrivateKey,
    at: str,
    years: int,
    *,
    authority: bool,
) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization

    begins = parse_instant(at).replace(microsecond=0)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins - BEFORE)
        .not_valid_after(begins + dt.timedelta(days=round(years * 365.25)))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(_usage(authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


def _private(key: EllipticCurvePrivateKey) -> bytes:
    from cryptography.hazmat.primitives import serialization

    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)


def _usage(authority: bool) -> x509.KeyUsage:
    """An authority signs certificates; an officer signs documents and stands by them."""
    from cryptography import x509

    no = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    officer = not authority
    return x509.KeyUsage(
        digital_signature=officer, content_commitment=officer, key_cert_sign=authority, crl_sign=authority, **no
    )


@cache
def certificate(pem: bytes) -> x509.Certificate:
    """The certificate in `pem`. Raises UserError when it is none."""
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError:
        raise UserError("This file does not hold an authority. Choose the file authority.pem.") from None


def fingerprint(cert: bytes) -> str:
    """The first 128 bits of SHA-256 over a certificate (PEM), in groups of four to compare by telephone."""
    from cryptography.hazmat.primitives import hashes

    digits = certificate(cert).fingerprint(hashes.SHA256()).hex().upper()[:32]
    return " ".join(digits[n : n + 4] for n in range(0, 32, 4))


def common_name(pem: bytes) -> str:
    """Whom a certificate (PEM) names."""
    from cryptography.x509.oid import NameOID

    named = certificate(pem).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(named[0].value) if named else ""


def public_half(pem: bytes) -> bytes:
    """The public key in a certificate, or of a private key (both PEM), in one form for both (PEM)."""
    from cryptography.hazmat.primitives import serialization as form

    plain = form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo
    if b"PRIVATE KEY" in pem:
        return form.load_pem_private_key(pem, None).public_key().public_bytes(*plain)
    return certificate(pem).public_key().public_bytes(*plain)


def issued_at(pem: bytes) -> str:
    """The instant at which a certificate (PEM) of ours was issued, to the second."""
    return instant(certificate(pem).not_valid_before_utc + BEFORE)


def ends_at(pem: bytes) -> str:
    """The instant after which a certificate (PEM) is no longer good."""
    return instant(certificate(pem).not_valid_after_utc)
