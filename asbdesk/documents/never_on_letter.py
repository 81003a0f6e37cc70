"""What may not stand in a letter: the plan's own list, looked for in what was filled in and in a landlord's own words.

Words that blame or are not known to everybody are marked, not refused: some letters (an answer to a complaint) say
plainly what went wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from asbdesk.documents.never_on_it import (
    Around,
    Finding,
    _book,
    _named,
    _persons,
    _Place,
    _short_forms,
    _unprintable,
)

TO_LOOK_AT = frozenset((10, 12))
"""Numbers of the list that are marked only."""
Said = Iterable[tuple[str, str]]
"""(where, the words)."""


def refused(said: Said, around: Around, may_say: frozenset[int] = frozenset()) -> tuple[Finding, ...]:
    """What must not go out to this reader: somebody else's name or home, and the list but for `may_say`."""
    persons = _persons(around)
    found: list[Finding] = []
    for where, text in said:
        place = _Place(where, text)
        found += _named(place, persons)
        found += _listed(place, lambda number: number not in TO_LOOK_AT and number not in may_say)
        found += _unprintable(place)
    return tuple(dict.fromkeys(found))


def to_look_at(said: Said, may_say: frozenset[int] = frozenset()) -> tuple[Finding, ...]:
    """Words that blame, and short forms that not everybody knows."""
    found: list[Finding] = []
    for where, text in said:
        place = _Place(where, text)
        found += _listed(place, lambda number: number in TO_LOOK_AT and number not in may_say)
        found += _short_forms(place, _book())
    return tuple(dict.fromkeys(found))


def _listed(place: _Place, wanted: Callable[[int], bool]) -> Iterator[Finding]:
    for number, hit, why, instead in _hits(place.text):
        if wanted(number):
            yield Finding(place.place, hit, why, instead)


@lru_cache(maxsize=2048)  # a letter is looked at anew with each answer, and most of its words stay
def _hits(text: str) -> tuple[tuple[int, str, str, str], ...]:
    """What of the list stands in the words: its number, the words, why not, and what instead."""
    return tuple(
        (rule.number, hit.group(), rule.why, rule.instead)
        for rule in _book().rules
        for hit in rule.pattern.finditer(text)
    )
