"""Seals a finished PDF with an officer's certificate (PAdES B-B, offline): any later change shows.

The first seal certifies the file: only further seals and time stamps may follow. A second officer's seal goes into the
place kept for it. Raising it to B-T later, with a connection, keeps every byte that was sealed (`stamp.py`).
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from asbdesk.clock import LONDON, parse_instant
from asbdesk.documents.adding import adding_to
from asbdesk.documents.authority import Identity
from asbdesk.errors import UserError

FIELD = "Seal"
"""The signature field that a paper is made with."""
SECOND = "Seal2"
"""A plan's other one, for a second officer; most plans leave it empty."""


def seal(
    pdf: bytes,
    identity: Identity,
    authority_cert: bytes,
    *,
    reason: str,
    at: str,
    location: str = "",
    field: str = FIELD,
) -> bytes:
    """`pdf` with its field `field` signed by `identity`, at the instant `at` as the laptop's clock claims it.

    `authority_cert` (PEM) goes along, so that whoever checks the copy sees which authority issued the certificate.
    `SECOND` goes onto what is sealed already. Raises UserError when the file has no such field, or it is taken.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError

    try:
        writer = adding_to(pdf)
        signer = _signer(identity.cert_pem, identity.key_pem, authority_cert)
        return _sign(writer, signer, at, field, reason, location)
    except (PdfError, SigningError) as error:
        raise UserError("This file cannot be sealed: it has no place for a seal, or has one already.") from error


def _sign(writer: Any, signer: Any, at: str, field: str, reason: str, location: str) -> bytes:
    from pyhanko.sign import fields, signers

    moment = parse_instant(at).astimezone(LONDON).replace(microsecond=0)

    class AtTime(signers.PdfSigner):  # type: ignore[misc]  # pyHanko is untyped here
        """Takes the time from the caller; pyHanko would read the laptop's clock and time zone itself."""

        def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
            session = super().init_signing_session(*args, **kwargs)
            session.system_time = moment
            return session

    described = signers.PdfSignatureMetadata(
        field_name=field,
        reason=reason,
        location=location or None,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=field != SECOND,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS,
    )
    out = io.BytesIO()
    AtTime(described, signer=signer, stamp_style=_padlock()).sign_pdf(
        writer, existing_fields_only=True, output=out, bytes_reserved=_room(signer)
    )
    return out.getvalue()


def _room(signer: Any) -> int:
    """Hex digits kept for the signature: its certificates and 1.5 kB. Given, pyHanko need not sign a trial first."""
    certificates: Iterable[Any] = [signer.signing_cert, *signer.cert_registry]
    return 2 * (sum(len(cert.dump()) for cert in certificates) + 1536)


@lru_cache(maxsize=4)
def _signer(cert_pem: bytes, key_pem: bytes, authority_pem: bytes) -> Any:
    """pyHanko's signer, parsed once. The key is held parsed: pyHanko would parse and check it at each use."""
    from asn1crypto import keys, pem, x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    held = load_pem_private_key(key_pem, None)
    if not isinstance(held, ec.EllipticCurvePrivateKey):
        raise UserError("The key that seals plans is not of a kind that asbdesk makes.")

    key: ec.EllipticCurvePrivateKey = held

    class HeldKey(signers.SimpleSigner):  # type: ignore[misc]  # pyHanko is untyped here
        def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
            return key.sign(data, ec.ECDSA(SHA256()))

    store = SimpleCertificateStore()
    store.register(x509.Certificate.load(pem.unarmor(authority_pem)[2]))
    return HeldKey(
        signing_cert=x509.Certificate.load(pem.unarmor(cert_pem)[2]),
        signing_key=keys.PrivateKeyInfo.load(pem.unarmor(key_pem)[2]),
        cert_registry=store,
    )


SIDE = 26
"""The padlock's own square, in points; pyHanko fits it into the field."""
_PADLOCK = b"""q 0.043 0.431 0.412 RG 0.043 0.431 0.412 rg 2.2 w 1 J
8.5 13 m 8.5 17 l 8.5 23.2 17.5 23.2 17.5 17 c 17.5 13 l S
5 3.5 16 10.5 re f
1 1 1 rg 11.6 7.2 2.8 4 re f Q"""


def _padlock() -> Any:
    """What the sealed field shows: a padlock in lines, so that no font has to be embedded."""
    from pyhanko.pdf_utils.content import RawContent
    from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
    from pyhanko.stamp import StaticStampStyle

    content = RawContent(_PADLOCK, box=BoxConstraints(width=SIDE, height=SIDE))
    middle = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, margins=Margins.uniform(0))
    return StaticStampStyle(background=content, background_layout=middle, border_width=0, background_opacity=1)
