"""The service's certificates: an authority of its own, made once, and a server's certificate renewed by itself.

Why an authority of our own: a landlord without a public name for the service gets the same protection, because every
laptop holds the authority's fingerprint from its invitation. With a proxy and a public certificate in front, the
address is given without a fingerprint and laptops ask the system's own authorities.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from typing import TYPE_CHECKING

from asbdesk.clock import Clock
from asbdesk.headoffice.place import OfficeFolder, replace_private

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

AUTHORITY_DAYS = 20 * 365
SERVER_DAYS = 397
RENEW_DAYS = 60
"""The server's certificate is made anew, at a start, when fewer days than this are left."""
EARLIER = dt.timedelta(days=366)
"""Valid from before now: a laptop's clock may be behind."""


def make_authority(folder: OfficeFolder, landlord: str, clock: Clock) -> None:
    """The authority's key and certificate, once."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"{landlord[:40]} head office")
    now = clock.now()
    made = (
        _builder(name, name, key.public_key(), now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write_key(folder.authority_key, key)
    replace_private(folder.authority, _pem(made))


def see_to_server(folder: OfficeFolder, clock: Clock) -> None:
    """A certificate for the server's names, new where there is none or it soon ends."""
    from cryptography import x509

    if folder.certificate.exists() and folder.certificate_key.exists():
        held = x509.load_pem_x509_certificate(folder.certificate.read_bytes())
        if held.not_valid_after_utc - clock.now() > dt.timedelta(days=RENEW_DAYS):
            return
    _make_server(folder, clock)


def _make_server(folder: OfficeFolder, clock: Clock) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID

    authority = x509.load_pem_x509_certificate(folder.authority.read_bytes())
    signer = serialization.load_pem_private_key(folder.authority_key.read_bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    names = [_reached_by(name) for name in folder.settings.names]
    made = (
        _builder(authority.subject, _name("head office service"), key.public_key(), clock.now(), SERVER_DAYS)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    _write_key(folder.certificate_key, key)
    replace_private(folder.certificate, _pem(made) + _pem(authority))


def _builder(
    issuer: x509.Name,
    subject: x509.Name,
    public: object,
    now: dt.datetime,
    days: int,
) -> x509.CertificateBuilder:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

    assert isinstance(public, EllipticCurvePublicKey)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now + dt.timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _name(text: str) -> x509.Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _reached_by(name: str) -> x509.GeneralName:
    from cryptography import x509

    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(made: x509.Certificate) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding

    return made.public_bytes(Encoding.PEM).decode()


def _write_key(path: object, key: EllipticCurvePrivateKey) -> None:
    from pathlib import Path

    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    assert isinstance(path, Path)
    replace_private(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
