"""A letter as words: its blocks, what it asks the officer, and whom it is for. Frozen, without facts."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass

KINDS = ("text", "long_text", "date", "list", "single")
"""How a question of a letter is answered. A `list` is a line each."""
TO = ("resident", "other", "anyone")
"""For whom: those we work for, the other person, or either."""

Fact = str | tuple[str, ...]
Facts = Mapping[str, Fact]
"""Name → words, a day (`YYYY-MM-DD`) or lines. Empty: it is not known, or not so."""

_TERM = re.compile(r"(not )?([a-z][a-z0-9_]*)")


@dataclass(frozen=True)
class Condition:
    """Facts that must be there (or, with `not`, must not): `ombudsman and not welfare`. None: always."""

    terms: tuple[tuple[bool, str], ...] = ()

    def holds(self, facts: Facts) -> bool:
        return all(bool(facts.get(name)) is wanted for wanted, name in self.terms)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for _, name in self.terms)


ALWAYS = Condition()


def condition(text: str) -> Condition:
    """Read a condition. Raises ValueError for what is none."""
    terms = []
    for part in text.split(" and "):
        found = _TERM.fullmatch(part.strip())
        if found is None:
            raise ValueError(part.strip())
        terms.append((not found.group(1), found.group(2)))
    return Condition(tuple(terms))


def facts_in(words: str) -> frozenset[str]:
    """The names in braces. Raises ValueError for an open brace, or one that holds no plain name."""
    names = [field for _, field, spec, turn in string.Formatter().parse(words) if field is not None]
    for name in names:
        if not name.isidentifier():
            raise ValueError(name)
    return frozenset(names)


@dataclass(frozen=True)
class Ask:
    """What the officer fills in. Its answer is a fact of that name; what the case knows is there already."""

    id: str
    kind: str
    text: str
    help: str = ""
    required: bool = False
    when: Condition = ALWAYS
    options: tuple[tuple[str, str], ...] = ()
    """For `single`: `(value, label)`. What is chosen is a fact `id_value` too, for conditions."""
    print: bool = True
    """Of `single`: whether its label is printed where the letter names it."""


@dataclass(frozen=True)
class Block:
    """A paragraph, or (`items`) the lines of a fact as a list. `**stars**` print bold."""

    words: str = ""
    items: str = ""
    when: Condition = ALWAYS


@dataclass(frozen=True)
class Wording:
    """One letter. `fits`: in which cases it is offered."""

    id: str
    version: str
    name: str
    """What the list calls it."""
    title: str
    """What stands at its head; may hold facts."""
    to: str
    source: str
    blocks: tuple[Block, ...]
    asks: tuple[Ask, ...] = ()
    fits: Condition = ALWAYS
    icon: str = "mail"
    may_say: frozenset[int] = frozenset()
    """Numbers of the never-on-it list that this letter has to speak of."""
    meets: str = ""
    """What it does when it has gone: a key of `casework.letter_gone.MEETS`."""
    own: bool = False
    """The landlord's own words."""
    hash: str = ""

    def ask(self, id: str) -> Ask | None:
        return next((ask for ask in self.asks if ask.id == id), None)
