"""The steps of checking one sealed file: every byte in its place, each seal, each time stamp, the code on its pages."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asbdesk.clock import instant
from asbdesk.documents.authority import certificate, common_name
from asbdesk.documents.code import Code, digest
from asbdesk.documents.reading import reading
from asbdesk.documents.what_changed import code_of, page_digests
from asbdesk.errors import UserError

if TYPE_CHECKING:
    from asbdesk.documents.known import Known

CUT = "This file is not whole: its end is missing, or something was put behind it. Ask for the file again."
_CHANGED = "This file is not whole: it was changed after it was locked (sealed)."
_ADDED = "This file is not whole: something was added after it was locked (sealed)."
_UNSEALED = "This file is not locked (sealed). Nothing shows who made it, or whether it was changed."
_BAD_SEAL = "This file is not whole: its lock (seal) was changed or damaged."
_BAD_STAMP = "This file is not whole: its time stamp was changed or damaged."
_NO_AUTHORITY = (
    "The lock (seal) does not say which authority stands behind it, so it shows nothing. Do not rely on this file."
)
_NOT_ISSUED = "The lock (seal) names an authority that did not issue it, or not for that day. Do not rely on this file."


class Broken(Exception):
    """Why a file is not whole, in words."""


@dataclass(frozen=True)
class Seal:
    """One seal that is whole. `at`: as the signer's laptop claimed; `issuer`: the authority (PEM) that stands behind
    it; `by_then`: the earliest time stamp of an authority known here that was put on after it, or empty."""

    signer: str
    at: str
    serial: int
    issuer: bytes
    by_then: str = ""


@dataclass(frozen=True)
class Stamp:
    """One time stamp that fits. `root`: the topmost certificate (PEM) that came with it; `known`: whether one of the
    certificates that this desk knows stands behind it."""

    name: str
    at: str
    root: bytes
    known: bool


@dataclass(frozen=True)
class Found:
    """What a whole file holds. `code_fits`: the code on its pages is what its pages come to."""

    seals: tuple[Seal, ...]
    stamps: tuple[Stamp, ...]
    code: Code | None
    code_fits: bool


def check(data: bytes, known: Known | None) -> Found:
    """Check `data`. Raises Broken with why it is not whole; anything else that is raised means that as well."""
    _quiet()
    return _Check(data, known, reading(data)).found()


class _Check:
    def __init__(self, data: bytes, known: Known | None, reader: Any) -> None:
        self.data, self.known, self.reader = data, known, reader

    def found(self) -> Found:
        seals = list(self.reader.embedded_regular_signatures)
        stamps = list(self.reader.embedded_timestamp_signatures)
        if not seals:
            raise Broken(CUT if b"%%EOF" not in self.data[-1024:] else _UNSEALED)
        ends = [self._check_place(embedded) for embedded in (*seals, *stamps)]
        if max(ends) != len(self.data):
            raise Broken(_ADDED)
        if any(stamp.signed_revision < seals[0].signed_revision for stamp in stamps):
            raise Broken(_CHANGED)
        issuers = [self._check_seal(embedded, first=embedded is seals[0]) for embedded in seals]
        times = [(each.signed_revision, self._check_stamp(each)) for each in stamps]
        told = tuple(self._seal(*each, times) for each in zip(seals, issuers, strict=True))
        code = code_of(self.reader)
        fits = code is not None and digest(page_digests(self.reader)) == code.digest
        return Found(told, tuple(stamp for _, stamp in times), code, fits)

    @staticmethod
    def _seal(embedded: Any, issuer: bytes, times: list[tuple[int, Stamp]]) -> Seal:
        later = [stamp.at for revision, stamp in times if stamp.known and revision > embedded.signed_revision]
        signer = str(embedded.signer_cert.subject.native.get("common_name", ""))
        at = instant(embedded.self_reported_timestamp)
        return Seal(signer, at, embedded.signer_cert.serial_number, issuer, min(later, default=""))

    def _check_place(self, embedded: Any) -> int:
        """The seal covers all from the first byte but itself; unused room in it is empty. Returns where it ends."""
        start, length, again, rest = (int(n) for n in embedded.byte_range)
        room = self.data[length:again]
        der = embedded.pkcs7_content
        if start != 0 or room[:1] != b"<" or room[-1:] != b">" or again + rest > len(self.data):
            raise Broken(_CHANGED)
        digits = room[1:-1]
        used = _filled(der, 0, len(der))
        written = der[:used].hex().encode()
        if not used or digits[: len(written)] not in (written, written.upper()) or digits[len(written) :].strip(b"0"):
            raise Broken(_BAD_SEAL)
        return again + rest

    def _check_seal(self, embedded: Any, *, first: bool) -> bytes:
        """Check one seal; returns the authority (PEM) that issued its certificate. What was added since is looked at
        from the first one: that is everything the others could be followed by."""
        from pyhanko.sign.diff_analysis import ModificationLevel
        from pyhanko.sign.validation import validate_pdf_signature

        _check_form(embedded)
        issuer = self._issuer(embedded)
        trust = _trusting((issuer,), embedded.self_reported_timestamp)
        status = validate_pdf_signature(embedded, trust, skip_diff=not first)
        if not (status.intact and status.valid):
            raise Broken(_CHANGED)
        level = status.modification_level if first else ModificationLevel.NONE
        if level is None or level > ModificationLevel.FORM_FILLING or (first and status.docmdp_ok is False):
            raise Broken(_ADDED)
        if not status.trusted:
            raise Broken(_NOT_ISSUED)
        return issuer

    def _check_stamp(self, embedded: Any) -> Stamp:
        """A time stamp put on later. Whether its authority is to be trusted is for the landlord to say; that it fits is
        looked at here."""
        from pyhanko.sign.validation import validate_pdf_timestamp

        at = embedded.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
        roots = self.known.time_roots if self.known else ()
        status = validate_pdf_timestamp(embedded, _trusting(roots, at), skip_diff=True)
        if not (status.intact and status.valid):
            raise Broken(_BAD_STAMP)
        chain = chain_of(embedded.signer_cert, embedded.other_embedded_certs)
        known = bool(status.trusted) or chain[-1] in roots
        return Stamp(common_name(chain[0]), instant(at), chain[-1], known)

    def _issuer(self, embedded: Any) -> bytes:
        """The authority that signed the seal's certificate: the known one, else one that came along."""
        signer = certificate(_pem(embedded.signer_cert))
        along = [_pem(cert) for cert in embedded.other_embedded_certs]
        own = [_same(self.known.authority)] if self.known else []
        for candidate in (*own, *along):
            if _issued(signer, candidate):
                if any(other != candidate for other in along):
                    raise Broken(_BAD_SEAL)
                return candidate
        raise Broken(_NOT_ISSUED if along else _NO_AUTHORITY)


def _pem(cert: Any) -> bytes:
    from asn1crypto import pem

    armoured: bytes = pem.armor("CERTIFICATE", cert.dump())
    return armoured


def _same(known: bytes) -> bytes:
    """A certificate (PEM) in the very form that `_pem` gives."""
    from asn1crypto import pem

    armoured: bytes = pem.armor("CERTIFICATE", pem.unarmor(known)[2])
    return armoured


def chain_of(signer: Any, along: Any) -> list[bytes]:
    """From a stamp's own certificate (PEM) up to the topmost that came with it."""
    chain, left = [_pem(signer)], [_pem(cert) for cert in along]
    while above := next((cert for cert in left if cert not in chain and _issued(certificate(chain[-1]), cert)), None):
        chain.append(above)
    return chain


def _check_form(embedded: Any) -> None:
    """The parts of a seal that no signature covers say what they always say (RFC 5652: versions, SHA-256, data)."""
    held, signer = embedded.signed_data, embedded.signer_info
    named, plain = signer["sid"].chosen, (b"", b"\x05\x00")
    algorithms = [signer["digest_algorithm"], *held["digest_algorithms"]]
    said = (
        held["version"].native == "v1" == signer["version"].native,
        named["issuer"].dump() == embedded.signer_cert.issuer.dump(),  # to the letter: names compare without case
        held["encap_content_info"]["content_type"].native == "data",
        held["encap_content_info"]["content"].native is None,
        all(item["algorithm"].native == "sha256" for item in algorithms),
        all(item["parameters"].dump() in plain for item in algorithms),
        signer["signature_algorithm"]["algorithm"].native == "sha256_ecdsa",
        signer["signature_algorithm"]["parameters"].dump() in plain,
    )
    if not all(said):
        raise Broken(_BAD_SEAL)


def _issued(signer: Any, candidate: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        signer.verify_directly_issued_by(certificate(candidate))
    except (ValueError, TypeError, InvalidSignature, UserError):
        return False
    return True


def _trusting(roots: tuple[bytes, ...], claimed: Any) -> Any:
    """Trust `roots` alone, offline, as of the claimed time: an old plan does not break when a certificate ends."""
    from asn1crypto import pem, x509
    from pyhanko_certvalidator import ValidationContext

    anchors = [x509.Certificate.load(pem.unarmor(root)[2]) for root in roots]
    return ValidationContext(trust_roots=anchors, allow_fetching=False, moment=claimed)


def _filled(der: bytes, at: int, end: int) -> int:
    """Where the DER value at `at` ends; 0 where it, or a value inside it, does not fill its room exactly."""
    if at + 2 > end or not der[at]:  # a value of kind 0 is the empty room after the seal
        return 0
    head, length = 2, der[at + 1]
    if length >= 0x80:
        head += length & 0x7F
        length = int.from_bytes(der[at + 2 : at + head], "big")
    inside, stop = at + head, at + head + length
    if stop > end:
        return 0
    constructed = der[at] & 0x20
    while constructed and inside < stop:
        inside = _filled(der, inside, stop)
        if not inside:
            return 0
    return stop


def _quiet() -> None:
    """pyHanko logs what it meets in a damaged file, with tracebacks; the verdict is what people should see."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logger = logging.getLogger(name)
        logger.propagate = False
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
