"""When a question is asked: a small language of conditions, parsed once, that can only compare.

    condition := choice ("or" choice)*          choice := part ("and" part)*
    part      := "not" part | "(" condition ")" | test
    test      := name | name ("==" | "!=") word | name "has" word | name "in" "(" word ("," word)* ")"
               | name ("<" | "<=" | ">" | ">=") number

A *name* is a question's id or something the screen knows (`child_hears`, `room.alone`). A name alone is true when it
has been answered, and not with no. An answer that is not an answer compares as its word (`q3 == dont_know`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

LONGEST = 400
DEEPEST = 12
KEYWORDS = ("and", "or", "not", "has", "in")
_TOKEN = re.compile(
    r"\s*(?:(?P<name>[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*)|(?P<number>[0-9]{1,9})|(?P<mark>==|!=|<=|>=|[<>(),]))"
)


class WhenError(ValueError):
    """A condition that cannot be read: what is wrong, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}; {mend}")
        self.what, self.mend = what, mend


@dataclass(frozen=True)
class Compare:
    """One comparison: `name op words`; `op` is empty for a name alone."""

    name: str
    op: str = ""
    words: tuple[str, ...] = ()

    def holds(self, values: Mapping[str, object]) -> bool:
        value = _plain(values.get(self.name))
        if not self.op:
            return bool(value) and value not in ("no", *_NOT_ANSWERS)
        if self.op == "has":
            return self.words[0] in (value if isinstance(value, list) else [str(value)])
        if self.op in ("==", "in"):
            return str(value) in self.words
        if self.op == "!=":
            return str(value) not in self.words
        return isinstance(value, int) and _ORDER[self.op](value, int(self.words[0]))

    def __str__(self) -> str:
        if self.op == "in":
            return f"{self.name} in ({', '.join(self.words)})"
        return f"{self.name} {self.op} {self.words[0]}" if self.op else self.name


@dataclass(frozen=True)
class Not:
    """The contrary of `of`."""

    of: When

    def holds(self, values: Mapping[str, object]) -> bool:
        return not self.of.holds(values)

    def __str__(self) -> str:
        return f"not ({self.of})"


@dataclass(frozen=True)
class Group:
    """Several conditions: all of them (`and`), or one at least (`or`)."""

    join: str
    parts: tuple[When, ...]

    def holds(self, values: Mapping[str, object]) -> bool:
        return (all if self.join == "and" else any)(part.holds(values) for part in self.parts)

    def __str__(self) -> str:
        return f" {self.join} ".join(f"({part})" for part in self.parts)


When = Compare | Not | Group

_NOT_ANSWERS = ("not_asked", "wont_say", "dont_know", "not_alone")
_ORDER = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _plain(value: object) -> str | int | list[str]:
    """A value as conditions see it: yes and no for True and False, the word of an answer that is not one."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return str(value.get("unanswered", ""))
    if isinstance(value, list | tuple | set | frozenset):
        return [str(v) for v in value]
    return value if isinstance(value, int) else str(value or "")


def comparisons(when: When) -> Iterator[Compare]:
    """Every comparison in a condition."""
    if isinstance(when, Compare):
        yield when
    else:
        for part in (when.of,) if isinstance(when, Not) else when.parts:
            yield from comparisons(part)


def parse(text: str) -> When:
    """The condition that `text` writes. Raises `WhenError` with what is wrong and the mend."""
    if len(text) > LONGEST:
        raise WhenError(f"the condition is longer than {LONGEST} characters", "split the question, or the section")
    return _Reader(_tokens(text)).whole()


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            rest = text[at:].strip()
            mend = "write “==” to compare" if rest.startswith("=") else f"use names, words, {', '.join(KEYWORDS)}"
            raise WhenError(f"“{rest[:20]}” is not part of a condition", mend)
        found.append((str(match.lastgroup), match.group(str(match.lastgroup))))
        at = match.end()
    return found


class _Reader:
    """Reads tokens from left to right; one method for each rule of the grammar."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    def whole(self) -> When:
        if not self.tokens:
            raise WhenError("the condition is empty", "write one, or take the line out")
        when = self.either()
        if self.at < len(self.tokens):
            raise WhenError(f"“{self.peek()}” is one word too many", "join conditions with “and” or “or”")
        return when

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        word = self.peek()
        if word in wanted:
            self.at += 1
            return word
        return ""

    def either(self) -> When:
        return self.joined("or", self.both)

    def both(self) -> When:
        return self.joined("and", self.part)

    def joined(self, join: str, rule: Callable[[], When]) -> When:
        parts = [rule()]
        while self.take(join):
            parts.append(rule())
        return parts[0] if len(parts) == 1 else Group(join, tuple(parts))

    def part(self) -> When:
        self.depth += 1
        if self.depth > DEEPEST:
            raise WhenError(f"the condition is nested more than {DEEPEST} deep", "make it simpler")
        try:
            if self.take("not"):
                return Not(self.part())
            if self.take("("):
                when = self.either()
                self.need(")")
                return when
            return self.test()
        finally:
            self.depth -= 1

    def test(self) -> When:
        name = self.name()
        op = self.take("==", "!=", "has", "in", "<", "<=", ">", ">=")
        if op in ("", "in"):
            return Compare(name, op, self.words() if op else ())
        if op in _ORDER and (self.at >= len(self.tokens) or self.tokens[self.at][0] != "number"):
            raise WhenError(f"“{op}” needs a whole number after it", f"write it like “{name} {op} 3”")
        return Compare(name, op, (self.word(),))

    def words(self) -> tuple[str, ...]:
        self.need("(")
        words = [self.word()]
        while self.take(","):
            words.append(self.word())
        self.need(")")
        return tuple(words)

    def name(self) -> str:
        kind, word = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind != "name" or word in KEYWORDS:
            found = f"“{word}” stands where a question’s id belongs" if word else "the condition breaks off"
            raise WhenError(found, "write it like “q3 == yes”")
        self.at += 1
        return word

    def word(self) -> str:
        kind, word = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind not in ("name", "number") or word in KEYWORDS:
            found = f"“{word}” stands where an answer belongs" if word else "the condition breaks off"
            raise WhenError(found, "write it like “q3 == yes”")
        self.at += 1
        return word

    def need(self, mark: str) -> None:
        if not self.take(mark):
            raise WhenError(f"“{mark}” is missing", f"add it before “{self.peek()}”" if self.peek() else "add it")
