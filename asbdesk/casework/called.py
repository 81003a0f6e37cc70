"""How well something that can be done is called by what an officer types: its own words, or others for the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from asbdesk.casework.words import also_called

LOOSE = 6
"""From this rank on something only sounds like it: not every word fits."""
NOT = 99
"""The rank of what does not fit."""
TELLING = 3
"""Letters that a word has at least before it alone brings something near."""
ENDS = frozenset(("s", "es", "d", "ed", "r", "er", "rs", "ers", "ing", "ly"))
"""What a typed word may have more than the word it means: "phoned", "chaser", "referrals"."""
SMALL = frozenset(
    ("a", "an", "the", "of", "to", "for", "on", "in", "at", "by", "with", "from", "and", "or", "my", "our")
)
SMALL |= {"is", "are", "was", "be", "it", "that", "this", "her", "his", "their", "she", "he", "they", "them", "i", "we"}


def typed_parts(text: str) -> tuple[str, ...]:
    """The words of what is typed."""
    return _words(text.casefold().replace("’", "'").replace("'s", ""))


def rank(title: str, near: str, id: str, typed: tuple[str, ...]) -> int:
    """How well something fits, 0 the best: by its own words, by others for it, by what it stands near, and by the same
    without the small words of a sentence; from `LOOSE` on by how many words do not fit. Nothing typed fits everything.
    """
    words = (_words(title.casefold()), _words(also_called(id)), _words(f"{near} {id}".casefold()))
    known = [[word for some in words[: upto + 1] for word in some] for upto in range(len(words))]
    telling = tuple(part for part in typed if part not in SMALL)
    for at, asked in enumerate((typed, telling) if telling else (typed,)):
        for upto, some in enumerate(known):
            if all(_begun(some, part, whole=part is not asked[-1]) for part in asked):
                return at * len(known) + upto
    met = sum(len(part) >= TELLING and any(_sounds(word, part) for word in known[1]) for part in telling)
    return LOOSE + len(telling) - met if met else NOT


def limit(ranks: Iterable[int]) -> int:
    """Below which rank something is offered: what fits in every word where anything does, else the nearest."""
    best = min(ranks, default=NOT)
    return LOOSE if best < LOOSE else min(best + 1, NOT)


def _begun(known: Sequence[str], part: str, *, whole: bool) -> bool:
    """The last word may still be on its way; an abbreviation before it stands for itself ("OT report")."""
    if whole and len(part) < TELLING:
        return part in known
    return any(word.startswith(part) for word in known)


def _sounds(word: str, part: str) -> bool:
    return word.startswith(part) or (len(word) > TELLING and part.startswith(word) and part[len(word) :] in ENDS)


@cache
def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[^\w-]+", text) if word)
