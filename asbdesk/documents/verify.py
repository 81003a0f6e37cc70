"""Says in words whether a PDF is whole, who sealed it and when, and which authority stands behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from asbdesk.clock import london_day, london_time, long_day
from asbdesk.documents import known as trust
from asbdesk.documents.authority import common_name, fingerprint
from asbdesk.documents.checking import CUT, Broken, Found, Seal, Stamp, check
from asbdesk.documents.code import in_groups
from asbdesk.documents.known import Known
from asbdesk.documents.what_changed import what_changed
from asbdesk.errors import UserError
from asbdesk.paths import read_given

LARGEST = 200_000_000
"""Bytes. A plan is 60 kB, a case file on paper may be thousands of pages; what is larger than this is not read."""
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
    """The instant of the first seal, as the signer's laptop claimed it."""
    authority: str = ""
    fingerprint: str = ""
    known_authority: bool | None = None
    refused: bool = False
    """Sealed with a certificate that no longer counted."""
    seals: tuple[tuple[str, str], ...] = ()
    """(who, the instant claimed) of every seal, the first first."""
    stamps: tuple[tuple[str, str, bool], ...] = ()
    """(time-stamp authority, the instant it certifies, whether this desk knows it)."""
    code: str = ""
    """The digest in the code on its pages, where it has one."""

    @property
    def passes(self) -> bool:
        """Whole, with certificates that counted, and not sealed under another authority than the one compared with."""
        return self.whole and not self.refused and self.known_authority is not False


def verify_file(path: Path, authority_pem: bytes | None = None) -> Verdict:
    """`verify` for a file; raises UserError when it cannot be read."""
    try:
        size = path.stat().st_size
        data = read_given(path, LARGEST) if size <= LARGEST else b""
    except OSError as error:
        why = error.strerror or "it cannot be read"
        raise UserError(f"{path.name} cannot be opened: {why}. Check the name and the folder.") from None
    return verify(data, authority_pem) if size <= LARGEST else _no(_TOO_LARGE)


def verify(data: bytes, authority_pem: bytes | None = None) -> Verdict:
    """Whether `data` is whole and, with `authority_pem` (`documents.known`), sealed under that authority. Never raises
    for a bad file; UserError where `authority_pem` is no authority."""
    known = trust.read(authority_pem) if authority_pem else None
    if not data:
        return _no("This file is empty.")
    if len(data) > LARGEST:
        return _no(_TOO_LARGE)
    if b"%PDF-" not in data[:1024]:
        return _no("This file is not a PDF.")
    if b"startxref" not in data[-TAIL:]:
        return _no(CUT)
    try:
        return _verdict(check(data, known), known)
    except Broken as error:
        why = str(error)
    except Exception:  # noqa: BLE001 - pyHanko and asn1crypto raise many kinds at damaged input; all mean broken
        why = CUT if b"%%EOF" not in data[-1024:] else _UNREADABLE
    return _no(why, *_changes(data), *_sealed_inside(data, known))


_TOO_LARGE = "This file is far too large to be one of ours. It was not read."
_UNREADABLE = "This file is not whole: it was changed or damaged, and parts of it cannot be read."


def _no(why: str, *more: str) -> Verdict:
    return Verdict(False, (why, *more))


def _changes(data: bytes) -> tuple[str, ...]:
    try:
        return what_changed(data)
    except Exception:  # noqa: BLE001 - a damaged file makes readers raise anything; then there is nothing to add
        return ()


def _sealed_inside(data: bytes, known: Known | None) -> Iterator[str]:
    """Where more was written behind a sealed file, it may still lie there whole: as it was sealed last, or first."""
    ends = sorted({int(a) + int(b) for a, b in _SIGNED.findall(data)} - {len(data)})
    for end in (ends[-1:] + ends[:1]) if len(ends) > 1 else ends:
        if end < len(data):
            try:
                first = check(data[:end], known).seals[0]
            except Exception:  # noqa: BLE001 - it is not whole either, in whichever way
                continue
            yield f"As {first.signer} locked it on {_when(first.at)}, it still lies inside whole: {end:,} bytes of it."
            return


_SIGNED = re.compile(rb"/ByteRange ?\[0 \d{1,12} (\d{1,12}) (\d{1,12})\s*\]")
"""Where what a seal covers goes on after the seal itself, and for how long."""


def _verdict(found: Found, known: Known | None) -> Verdict:
    first = found.seals[0]
    issuers = {seal.issuer for seal in found.seals}
    mark = fingerprint(first.issuer)
    ours = None if known is None else {fingerprint(each) for each in issuers} == {fingerprint(known.authority)}
    refused = tuple(seal for seal in found.seals if ours and _withdrawn(seal, known))
    verdict = Verdict(
        True,
        (),
        first.signer,
        first.at,
        common_name(first.issuer),
        mark,
        ours,
        bool(refused),
        tuple((seal.signer, seal.at) for seal in found.seals),
        tuple((stamp.name, stamp.at, stamp.known) for stamp in found.stamps),
        found.code.digest if found.code else "",
    )
    return replace(verdict, words=tuple(_words(found, verdict, refused, known if ours else None)))


def _withdrawn(seal: Seal, known: Known | None) -> bool:
    """A seal from after its certificate was withdrawn does not count."""
    since = known.withdrawn.get(seal.serial) if known else None
    return since is not None and seal.at >= since


def _words(found: Found, verdict: Verdict, refused: tuple[Seal, ...], known: Known | None) -> Iterator[str]:
    whole = "This file is whole: nothing was changed since it was locked (sealed)."
    if refused:
        yield f"Do not rely on this file: the lock (seal) of {refused[0].signer} does not count."
    yield whole
    for seal in found.seals:
        yield f"Locked (sealed) by {seal.signer} on {_when(seal.at)}, as the laptop's clock said."
    yield from _time(found)
    for seal in found.seals:
        yield from _counts(seal, known)
    yield f"Behind the lock (seal) stands: {verdict.authority}. Its mark: {verdict.fingerprint}."
    yield _AUTHORITY_WORDS[verdict.known_authority]
    if found.code is not None:
        yield f"The code on its pages ends in {in_groups(found.code.digest)}. {_CODE_WORDS[found.code_fits]}"


_AUTHORITY_WORDS = {
    True: "That is the authority of this desk.",
    False: "That is not the authority of this desk. Ring the landlord it names and compare the mark.",
    None: "To be sure that it is theirs, ring the landlord and compare the mark.",
}
_CODE_WORDS = {
    True: "What its pages show comes to the same. A sheet of paper with this code says that it belongs to this file.",
    False: "What its pages show comes to something else: it was made by another program than asbdesk.",
}


def _time(found: Found) -> Iterator[str]:
    if not found.stamps:
        yield "It has no time stamp: when it was locked, only the laptop's clock says."
    for stamp in found.stamps:
        yield f"Time stamp of {stamp.name}, {_when(stamp.at)}: by then it was as it is. {_STAMP_WORDS[stamp.known]}"
    for seal in found.seals:
        if seal.by_then and seal.at > seal.by_then:
            yield f"The laptop of {seal.signer} was ahead of the time: it locked this before {_when(seal.by_then)}."


_STAMP_WORDS = {
    True: "That is whom this landlord asks for the time.",
    False: "This desk does not know that authority, so only its own word stands behind the time.",
}


def _counts(seal: Seal, known: Known | None) -> Iterator[str]:
    """Whether the seal's certificate counted then, as far as is known here."""
    if known is None:
        return
    since = known.withdrawn.get(seal.serial)
    if since is None:
        list_of = f" (list of {long_day(london_day(known.list_of))})" if known.list_of else ""
        yield f"As far as is known here{list_of}, {seal.signer} may lock papers: their certificate was not withdrawn."
        return
    age = "later" if seal.at >= since else "proven" if seal.by_then and seal.by_then < since else "said"
    yield f"The certificate with which {seal.signer} locks papers was withdrawn on {_when(since)}. {_AGE_WORDS[age]}"


_AGE_WORDS = {
    "later": "This lock is later, so it is refused.",
    "proven": "The time stamp shows that this lock is older, so it stands.",
    "said": "This lock says that it is older; only the laptop's clock bears it out, so ask the landlord.",
}


def _when(at: str) -> str:
    return f"{long_day(london_day(at))} at {london_time(at):%H:%M}"


__all__ = ["LARGEST", "Stamp", "Verdict", "verify", "verify_file"]
