"""Marks words that blame, dismiss, defend ourselves, or speak of faith and culture: shown before a letter goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from asbdesk.errors import UserError
from asbdesk.paths import resources


@dataclass(frozen=True)
class Mark:
    """Words to look at again: where, which, why, and what to write."""

    place: str
    words: str
    why: str
    instead: str


@dataclass(frozen=True)
class _Rule:
    pattern: re.Pattern[str]
    why: str
    instead: str


def marks(said: Iterable[tuple[str, str]], own: Mapping[str, str] | None = None) -> tuple[Mark, ...]:
    """What to look at again in `said` (where, words). `own`: the landlord's own words, code → words."""
    rules = [*_book()]
    words = [word for word in (own or {}).values() if word.strip()]
    if words:
        rules.append(_Rule(_pattern(words), OWN, "Say it plainly, without this word."))
    return tuple(dict.fromkeys(_marks(said, rules)))


OWN = "It is on your landlord's own list."


def _marks(said: Iterable[tuple[str, str]], rules: Iterable[_Rule]) -> Iterator[Mark]:
    every = list(rules)
    for place, text in said:
        for rule in every:
            for hit in rule.pattern.finditer(text):
                yield Mark(place, hit.group(), rule.why, rule.instead)


def prepare() -> None:
    """Read the words before anybody waits for them."""
    _book()


@cache
def _book() -> tuple[_Rule, ...]:
    from ruamel.yaml import YAML

    path = resources() / "words" / "tone.en.yaml"
    try:
        read: Any = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        return tuple(_Rule(_pattern(each["words"]), each["why"], each["instead"]) for each in read["marks"])
    except (KeyError, TypeError, OSError) as error:
        raise UserError(f"{path.name}: a part of the list is missing ({error}). Install asbdesk again.") from None


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A star is any ending, a space any space, an apostrophe either kind."""
    stems = []
    for word in words:
        plain = re.escape(word.strip().rstrip("*")).replace(r"\ ", r"\s+").replace("'", "['’]")
        stems.append(plain + (r"[\w-]*" if word.strip().endswith("*") else ""))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(stems)})(?![\w-])", re.I)
