"""The code at the foot of each page of a sealed paper: which paper it is, and a digest of what its pages show.

The digest can be known before the seal is made, and anybody with the file can reckon it again: SHA-256 over the drawing
instructions of each page (its content stream, decoded, up to where the foot begins), then SHA-256 over those 32 bytes
of each page in their order; the first 128 bits go into the code. No word of the page can be read out of it, and nobody
is named: the code holds a reference, a version and this digest. It says which file a sheet of paper belongs to; that
the file is whole is for its seal to show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

FOOT = "/Type /Pagination /Subtype /Footer"
_FOOT_BEGINS = f"/Artifact <<{FOOT}>> BDC".encode()
DIGITS = 32
"""Of the digest, in hex."""
SHORT = 8
"""Hex digits kept of each page's own digest, to say which page is not as it was."""
MOST_PAGES = 400
"""Of a paper with more pages than this, the file keeps no page's own digest."""
_KEPT = re.compile(r"([0-9A-F]{32}) PAGES((?: [0-9A-F]{8})*)")


@dataclass(frozen=True)
class Mark:
    """What a paper's foot says of it. `version` as it prints in the code: "V2", or a letter's day."""

    reference: str
    version: str
    words: str
    """The landlord's mark in words, as it prints in the foot: "Our mark: 7F3A …"."""


@dataclass(frozen=True)
class Code:
    """A code's digest as the file keeps it. `pages`: the beginnings of the pages' own, where it keeps them."""

    digest: str
    pages: tuple[str, ...] = ()


def page_digest(drawn: bytes) -> str:
    """Of one page's drawing instructions: SHA-256 in hex, capitals, of what stands before the foot."""
    return sha256(drawn.rpartition(_FOOT_BEGINS)[0] or drawn).hexdigest().upper()


def digest(pages: Iterable[str]) -> str:
    """Of a whole paper, from its pages' digests."""
    return sha256(b"".join(bytes.fromhex(page) for page in pages)).hexdigest().upper()[:DIGITS]


def text(mark: Mark, pages: Sequence[str]) -> str:
    """What a telephone reads from the code. In capitals it takes less room."""
    reference = " ".join(mark.reference.split()) or "-"
    return f"{reference} {mark.version or '-'} {digest(pages)}".upper()


def kept(pages: Sequence[str]) -> str:
    """What the file keeps of it (Dublin Core's identifier): the digest, and the beginning of each page's own. Not the
    reference: a file's description shows where files are listed."""
    own = "".join(f" {page[:SHORT]}" for page in pages) if len(pages) <= MOST_PAGES else ""
    return f"{digest(pages)} PAGES{own}"


def read(said: str) -> Code | None:
    """What `kept` wrote; None where it is none of ours."""
    found = _KEPT.fullmatch(said.strip())
    return Code(found[1], tuple(found[2].split())) if found else None


def in_groups(digits: str) -> str:
    """In groups of four, to compare by telephone."""
    return " ".join(digits[n : n + 4] for n in range(0, len(digits), 4))
