"""Says in words whether a PDF is whole, who sealed it and when, and which authority stands behind it."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asbdesk.clock import instant, london_day, london_time, long_day
from asbdesk.documents.authority import certificate, common_name, fingerprint
from asbdesk.errors import UserError

LARGEST = 50_000_000
"""Bytes. A plan is 60 kB; what is larger than this is not read."""
TAIL = 4096
"""A PDF says within this many bytes of its end where to begin reading; without that, reading on is guesswork."""


@dataclass(frozen=True)
class Verdict:
    """What was found. `words` is for people: the answer first.

    `known_authority` is None where no authority was given to compare with; then `fingerprint` is for comparing.
    """

    whole: bool
    words: tuple[str, ...]
    signer: str = ""
    at: str = ""
    """The instant of sealing, as the signer's laptop claimed it."""
    authority: str = ""
    fingerprint: str = ""
    known_authority: bool | None = None

    @property
    def passes(self) -> bool:
        """Whole, and not sealed under another authority than the one compared with."""
        return self.whole and self.known_authority is not False


class _Broken(Exception):
    """Why a file is not whole, in words."""


def verify_file(path: Path, authority_pem: bytes | None = None) -> Verdict:
    """`verify` for a file; raises UserError when it cannot be read."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        why = error.strerror or "it cannot be read"
        raise UserError(f"{path.name} cannot be opened: {why}. Check the name and the folder.") from None
    return verify(data, authority_pem) if size <= LARGEST else _no(_TOO_LARGE)


def verify(data: bytes, authority_pem: bytes | None = None) -> Verdict:
    """Whether `data` is whole and, with `authority_pem`, sealed under that authority. Never raises for a bad file."""
    known = authority_pem or None
    if known is not None:
        certificate(known)
    if not data:
        return _no("This file is empty.")
    if len(data) > LARGEST:
        return _no(_TOO_LARGE)
    if b"%PDF-" not in data[:1024]:
        return _no("This file is not a PDF.")
    if b"startxref" not in data[-TAIL:]:
        return _no(_CUT)
    try:
        return _Check(data, known).verdict()
    except _Broken as error:
        return _no(str(error))
    except Exception:  # noqa: BLE001 - pyHanko and asn1crypto raise many kinds at damaged input; all mean broken
        return _no(_CUT if b"%%EOF" not in data[-1024:] else _UNREADABLE)


_TOO_LARGE = "This file is far too large to be one of ours. It was not read."
_CUT = "This file is not whole: its end is missing, or something was put behind it. Ask for the file again."
_UNREADABLE = "This file is not whole: it was changed or damaged, and parts of it cannot be read."
_CHANGED = "This file is not whole: it was changed after it was sealed."
_ADDED = "This file is not whole: something was added after it was sealed."
_UNSEALED = "This file is not sealed. Nothing shows who made it, or whether it was changed."
_BAD_SEAL = "This file is not whole: its seal was changed or damaged."
_NO_AUTHORITY = "The seal does not say which authority stands behind it, so it shows nothing. Do not rely on this file."
_NOT_ISSUED = "The seal names an authority that did not issue it, or not for that day. Do not rely on this file."


def _no(why: str) -> Verdict:
    return Verdict(False, (why,))


class _Check:
    """The steps of checking one file."""

    def __init__(self, data: bytes, known: bytes | None) -> None:
        from pyhanko.pdf_utils.reader import PdfFileReader

        _quiet()
        self.data, self.known = data, known
        self.reader = PdfFileReader(io.BytesIO(data), strict=True)

    def verdict(self) -> Verdict:
        seals = list(self.reader.embedded_regular_signatures)
        stamps = list(self.reader.embedded_timestamp_signatures)
        if not seals:
            raise _Broken(_CUT if b"%%EOF" not in self.data[-1024:] else _UNSEALED)
        ends = [self._check_place(embedded) for embedded in (*seals, *stamps)]
        if max(ends) != len(self.data):
            raise _Broken(_ADDED)
        issuers = [self._check_seal(embedded) for embedded in seals]
        for stamp in stamps:
            self._check_stamp(stamp)
        return self._whole(seals[0], issuers[0])

    def _check_place(self, embedded: Any) -> int:
        """The seal covers all from the first byte but itself; unused room in it is empty. Returns where it ends."""
        start, length, again, rest = (int(n) for n in embedded.byte_range)
        room = self.data[length:again]
        der = embedded.pkcs7_content
        if start != 0 or room[:1] != b"<" or room[-1:] != b">" or again + rest > len(self.data):
            raise _Broken(_CHANGED)
        digits = room[1:-1]
        used = _filled(der, 0, len(der))
        written = der[:used].hex().encode()
        if not used or digits[: len(written)] not in (written, written.upper()) or digits[len(written) :].strip(b"0"):
            raise _Broken(_BAD_SEAL)
        return again + rest

    def _check_seal(self, embedded: Any) -> bytes:
        """Check one seal; returns the authority (PEM) that issued its certificate."""
        from pyhanko.sign.diff_analysis import ModificationLevel
        from pyhanko.sign.validation import validate_pdf_signature

        _check_form(embedded)
        issuer = self._issuer(embedded)
        status = validate_pdf_signature(embedded, _trusting(issuer, embedded.self_reported_timestamp))
        if not (status.intact and status.valid):
            raise _Broken(_CHANGED)
        level = status.modification_level
        if level is None or level > ModificationLevel.FORM_FILLING or status.docmdp_ok is False:
            raise _Broken(_ADDED)
        if not status.trusted:
            raise _Broken(_NOT_ISSUED)
        return issuer

    def _check_stamp(self, embedded: Any) -> None:
        """A time stamp added later. Whether its authority is trusted is not ours to say; that it fits is."""
        from pyhanko.sign.validation import validate_pdf_timestamp
        from pyhanko_certvalidator import ValidationContext

        status = validate_pdf_timestamp(embedded, ValidationContext(trust_roots=[], allow_fetching=False))
        if not (status.intact and status.valid) or status.docmdp_ok is False:
            raise _Broken(_CHANGED)

    def _issuer(self, embedded: Any) -> bytes:
        """The authority that signed the seal's certificate: the known one, else one that came along."""
        from asn1crypto import pem

        signer = certificate(pem.armor("CERTIFICATE", embedded.signer_cert.dump()))
        along: list[bytes] = [pem.armor("CERTIFICATE", cert.dump()) for cert in embedded.other_embedded_certs]
        for candidate in (self.known, *along):
            if candidate is not None and _issued(signer, candidate):
                if any(other != pem.armor("CERTIFICATE", pem.unarmor(candidate)[2]) for other in along):
                    raise _Broken(_BAD_SEAL)
                return candidate
        raise _Broken(_NOT_ISSUED if along else _NO_AUTHORITY)

    def _whole(self, embedded: Any, issuer: bytes) -> Verdict:
        at = instant(embedded.self_reported_timestamp)
        signer = str(embedded.signer_cert.subject.native.get("common_name", ""))
        mark, name = fingerprint(issuer), common_name(issuer)
        known = None if self.known is None else mark == fingerprint(self.known)
        when = f"{long_day(london_day(at))} at {london_time(at):%H:%M}"
        words = (
            "This file is whole: nothing was changed since it was sealed.",
            f"Sealed by {signer} on {when}, as the laptop's clock said.",
            f"Behind the seal stands: {name}. Its mark: {mark}.",
            _AUTHORITY_WORDS[known],
        )
        return Verdict(True, words, signer, at, name, mark, known)


_AUTHORITY_WORDS = {
    True: "That is the authority of this desk.",
    False: "That is not the authority of this desk. Ring the landlord it names and compare the mark.",
    None: "To be sure that it is theirs, ring the landlord and compare the mark.",
}


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
        raise _Broken(_BAD_SEAL)


def _issued(signer: Any, candidate: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        signer.verify_directly_issued_by(certificate(candidate))
    except (ValueError, TypeError, InvalidSignature, UserError):
        return False
    return True


def _trusting(issuer: bytes, claimed: Any) -> Any:
    """Trust `issuer` alone, offline, as of the claimed time: an old plan does not break when a certificate ends."""
    from asn1crypto import pem, x509
    from pyhanko_certvalidator import ValidationContext

    root = x509.Certificate.load(pem.unarmor(issuer)[2])
    return ValidationContext(trust_roots=[root], allow_fetching=False, moment=claimed)


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
