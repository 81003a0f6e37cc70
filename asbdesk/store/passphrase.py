"""How strong a passphrase is, in words, and one to suggest."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from asbdesk import paths
from asbdesk.clock import DAYS, MONTHS
from asbdesk.errors import UserError

ENOUGH = 3  # of 4: more than 10^8 guesses, each of which costs Argon2id (SYNC.md 4.3)
_LOOKED_AT = 72  # characters; zxcvbn takes no more, and what follows can only make it stronger

_SAYS = (
    "Anyone could guess this.",
    "This is easy to guess.",
    "Nearly strong enough.",
    "Strong enough.",
    "Very strong.",
)
_WHY = {
    "names": "It holds your name, or your landlord's.",
    "passwords": "It is like passwords that many people use.",
    "spatial": "Keys in a row are tried early.",
    "repeat": "Repeating does not help.",
    "sequence": "Runs like abc or 6543 do not help.",
    "date": "Dates and years are tried early.",
    "bruteforce": "",
}


@dataclass(frozen=True)
class Strength:
    """`score` is 0 to 4, 3 is asked for; `words` say it and what to do."""

    score: int
    words: str

    @property
    def enough(self) -> bool:
        return self.score >= ENOUGH


def strength(passphrase: str, names: Iterable[str] = ()) -> Strength:
    """How hard `passphrase` is to guess for somebody who knows `names`: the officer's, the landlord's, the town's.

    Takes some milliseconds, and some tens the first time (zxcvbn's word lists).
    """
    if not passphrase.strip():
        return Strength(0, "Type a passphrase: four words that have nothing to do with each other are good.")
    from zxcvbn import zxcvbn

    known = [word for name in names for word in {name, *re.findall(r"\w{3,}", name)} if word.strip()]
    spelled = unicodedata.normalize("NFKC", passphrase)[:_LOOKED_AT]
    told = zxcvbn(spelled, user_inputs=[*known, "asbdesk", "asb desk"])
    score = min(int(told["score"]), _without_spaces(spelled), _without_what_is_known(spelled, known) + 1)
    if score >= ENOUGH:
        return Strength(score, _SAYS[score])
    why = _WHY[_weakness(told["sequence"])]
    return Strength(score, " ".join(filter(None, (_SAYS[score], why, "Add a word or two that nobody would expect."))))


def require(passphrase: str, names: Iterable[str] = ()) -> None:
    """Raises UserError, with what to do, when `passphrase` is not strong enough."""
    found = strength(passphrase, names)
    if not found.enough:
        raise UserError(f"{found.words} For example, but not this one: “{suggested()}”.")


def suggested() -> str:
    """Four words drawn at random from over a thousand (40 bits): easy to type, and to remember as a picture."""
    return " ".join(secrets.choice(words()) for _ in range(4))


@cache
def words() -> tuple[str, ...]:
    """The words that suggestions are drawn from, each once."""
    text = (paths.resources() / "passphrase_words.txt").read_text(encoding="utf-8")
    return tuple(sorted(set(text.split())))


def _without_spaces(spelled: str) -> int:
    """The score with the words run together: zxcvbn takes each space for a thing to be guessed."""
    from zxcvbn import zxcvbn

    return int(zxcvbn(spelled.replace(" ", "") or " ")["score"])


def _without_what_is_known(spelled: str, known: list[str]) -> int:
    """The score of what is left without names and dates, which zxcvbn misses among spaces: “Riverside Homes 2026”."""
    from zxcvbn import zxcvbn

    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    dates = rf"\b(?:{'|'.join(MONTHS + DAYS)})\b|\b(?:19|20)\d\d\b|\b\d\d?(?:st|nd|rd|th)?\b"
    left = re.sub(f"{names}|{dates}" if names else dates, " ", spelled, flags=re.IGNORECASE).strip()
    return int(zxcvbn(left)["score"]) if left else 0


def _weakness(parts: list[dict[str, Any]]) -> str:
    """What the longest part of the passphrase is, as far as somebody guessing is concerned."""
    if not parts:
        return "bruteforce"
    longest = max(parts, key=lambda part: len(part["token"]))
    if any(part.get("dictionary_name") == "user_inputs" for part in parts):
        return "names"
    if longest["pattern"] == "dictionary":
        return "passwords" if longest["dictionary_name"] == "passwords" else "bruteforce"
    return str({"regex": "date"}.get(longest["pattern"], longest["pattern"]))
