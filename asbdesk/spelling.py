"""Words as they are searched: however they are written, with accents or without, closed up or spaced."""

from __future__ import annotations

import unicodedata

APOSTROPHES = "'’‘ʼ`´"
_ALSO = str.maketrans({"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ı": "i"}) | dict.fromkeys(
    map(ord, APOSTROPHES)
)
"""Letters that Unicode does not take apart, and apostrophes: O'Brien and Obrien are one name."""


def search_text(*words: str | None) -> str:
    """Words as they are searched: small letters, accents off, spaces single."""
    joined = unicodedata.normalize("NFKD", " ".join(word for word in words if word).translate(_ALSO))
    return " ".join("".join(c for c in joined if not unicodedata.combining(c)).casefold().split())


def close_up(word: str | None) -> str:
    """A reference, postcode or number without its spaces and punctuation: "asb2026a0412"."""
    return "".join(c for c in word or "" if c.isalnum())
