"""Checks what would be printed on a resident's plan against the list of what is never on it.

Pure: the words come from a catalogue, who else is in the case from the caller. `casework.release` refuses with these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from asbdesk.documents.fonts import cannot_print
from asbdesk.documents.naming import of_address, of_name, of_words, parts_of
from asbdesk.documents.paper import PlanPaper, Step
from asbdesk.errors import UserError
from asbdesk.paths import resources


@dataclass(frozen=True)
class Around:
    """Who and what else is in the case, so that it can be kept off the paper."""

    others: tuple[str, ...] = ()
    """Names of everybody else: the other person, other reporters, witnesses, people they live with."""
    addresses: tuple[str, ...] = ()
    """Their homes, as written in the file, parts divided by commas."""
    children: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    """Names that may stand on it: the resident, the officer, the second person, advocate, interpreter."""
    own_address: str = ""
    untold: tuple[str, ...] = ()
    """Things that a rule of the case keeps from whoever reads this, in its words."""
    chosen_words: tuple[str, ...] = ()
    """Private words that the resident chose to have printed, after "who might see this?"."""
    agreed_bodies: tuple[str, ...] | None = None
    """Bodies that agreed to their step. None: not checked here."""
    released_steps: tuple[str, ...] = ()
    """Steps about the other person that a manager released, word for word."""


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where on the paper, which words, why, and what to write."""

    place: str
    words: str
    why: str
    instead: str


@dataclass(frozen=True)
class _Place:
    place: str
    text: str
    own: bool = False
    """The resident's own words."""


def findings(paper: PlanPaper, around: Around | None = None) -> tuple[Finding, ...]:
    """All that must not be printed, in the order of the paper. Empty: it may go."""
    around = around or Around()
    book = _book()
    persons = _persons(around)
    found: list[Finding] = []
    for place in _places(paper):
        found += _named(place, persons)
        found += _listed(place, around, book)
        found += _short_forms(place, book)
        found += _unprintable(place)
    found += _steps(paper, book)
    found += _about_others(paper, around, book)
    found += _bodies(paper, around)
    return tuple(dict.fromkeys(found))


def _places(paper: PlanPaper) -> Iterator[_Place]:
    for heading, said in (("What you told us", paper.told_us), ("What you want to happen", paper.wants)):
        for text in said:
            yield _Place(heading, text, own=True)
    if paper.signing.outcome == "does_not_agree":
        yield _Place("Signing", paper.signing.note, own=True)
    for _, own in paper.own:
        yield _Place("In their own language", own, own=True)
    for heading, steps in _step_lists(paper):
        for number, step in enumerate(steps, 1):
            yield _Place(
                f"{heading}, {number}", " · ".join(t for t in (step.what, step.who, step.until, step.help) if t)
            )
    rest: Mapping[str, Iterable[str]] = {
        "Help for you": (*paper.help, *(what for what, _ in paper.useful)),
        "Who we may talk to": (body for body, _ in paper.may_talk),
        "What changed": paper.changed,
        "When we will speak": (paper.speak.after, paper.speak.time) if paper.speak else (),
    }
    for heading, texts in rest.items():
        for text in texts:
            yield _Place(heading, text)


def _step_lists(paper: PlanPaper) -> tuple[tuple[str, tuple[Step, ...]], ...]:
    return (
        ("What we will do", paper.ours),
        ("What you can do", paper.yours),
        ("What others will do", paper.others),
        ("What we cannot do", paper.cannot),
    )


# ---- people and places
@dataclass(frozen=True)
class _Persons:
    patterns: tuple[tuple[re.Pattern[str], str, str], ...] = field(default=())
    """(what to look for, why, what to write instead)"""


_OTHER = ("It names somebody else.", "Write “the other household”, or leave it out.")
_CHILD = ("It names a child.", "Write “your child” or “your children”.")
_HOME = ("It says where somebody else lives.", "Leave the address out.")
_RULED = ("A rule says that they must not be told this.", "Leave it out.")
_AGE = ("It tells a child's age.", "Write “your child” or “your children”.")


def _persons(around: Around) -> _Persons:
    own = {part for name in around.allowed for part in parts_of(name)}
    made: list[tuple[re.Pattern[str], str, str]] = []
    for names, (why, instead) in ((around.others, _OTHER), (around.children, _CHILD)):
        for name in names:
            made += [(pattern, why, instead) for pattern in of_name(name, own)]
    for address in around.addresses:
        made += [(pattern, *_HOME) for pattern in of_address(address, around.own_address)]
    made += [(of_words(words), *_RULED) for words in around.untold]
    return _Persons((*made, (_AGES, *_AGE), (_PLATE, _OTHER[0], "Leave the car out.")))


_AGES = re.compile(r"\b(?:aged? \d{1,2}|\d{1,2}[- ](?:years?|months?)[- ]old|who is \d{1,2}\b(?! o'clock))", re.I)
_PLATE = re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b")


def _named(place: _Place, persons: _Persons) -> Iterator[Finding]:
    for pattern, why, instead in persons.patterns:
        for hit in pattern.finditer(place.text):
            yield Finding(place.place, hit.group().strip(), why, instead)


# ---- the lists of words
@dataclass(frozen=True)
class _Rule:
    pattern: re.Pattern[str]
    why: str
    instead: str
    own_words: bool = True
    private: bool = False
    """The resident may choose to have these words printed."""
    number: int = 0
    """Of the work's own list (PRACTICE.md B1)."""


@dataclass(frozen=True)
class _Book:
    rules: tuple[_Rule, ...]
    steps: tuple[_Rule, ...]
    others: _Rule
    forms: tuple[re.Pattern[str], ...]
    known: frozenset[str]


PRIVATE = 4


def prepare() -> None:
    """Read the words before anybody waits for them."""
    _book()


@cache
def _book() -> _Book:
    from ruamel.yaml import YAML

    path = resources() / "words" / "never_on_it.en.yaml"
    read = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    try:
        others = read["other_household"]
        forms = tuple(_fixed_form(text) for text in others["forms"])
        rules = tuple(_rule(entry) for entry in read["rules"])
        steps = tuple(_rule(entry) for entry in read["steps"])
        return _Book(rules, steps, _rule(others), forms, frozenset(read["short_forms_known"]))
    except (KeyError, TypeError) as error:
        raise UserError(f"{path.name}: a part of the list is missing ({error}). Install asbdesk again.") from None


def _rule(entry: Mapping[str, Any]) -> _Rule:
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(_stem(word) for word in entry['words'])})(?![\w-])", re.I)
    number = int(entry.get("number", 0))
    private = number == PRIVATE
    return _Rule(pattern, entry["why"], entry["instead"], bool(entry.get("own_words", True)), private, number)


def _stem(word: str) -> str:
    """A word of the list as a pattern: a star is any ending, a space any space, an apostrophe either kind."""
    plain = re.escape(word.rstrip("*")).replace(r"\ ", r"\s+").replace("'", "['’]")
    return plain + (r"[\w-]*" if word.endswith("*") else "")


def _fixed_form(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text).replace(r"\*", ".+") + r"\.?", re.I)


def _listed(place: _Place, around: Around, book: _Book) -> Iterator[Finding]:
    chosen = {words.casefold() for words in around.chosen_words}
    for rule in book.rules:
        if place.own and not rule.own_words:
            continue
        for hit in rule.pattern.finditer(place.text):
            if not (rule.private and place.own and hit.group().casefold() in chosen):
                yield Finding(place.place, hit.group(), rule.why, rule.instead)


_CAPITALS = re.compile(r"\b[A-Z]{2,6}s?\b")


def _short_forms(place: _Place, book: _Book) -> Iterator[Finding]:
    if place.own:
        return
    text = place.text.replace("ASB Case Review", "")
    for hit in _CAPITALS.finditer(text):
        if hit.group() not in book.known:
            yield Finding(place.place, hit.group(), "Not everybody knows this short form.", "Write it out.")


def _unprintable(place: _Place) -> Iterator[Finding]:
    if signs := cannot_print(place.text):
        yield Finding(
            place.place, " ".join(signs), "The paper's letters do not have these signs.", "Write it in words."
        )


# ---- steps
def _steps(paper: PlanPaper, book: _Book) -> Iterator[Finding]:
    for number, step in enumerate(paper.yours, 1):
        where = f"What you can do, {number}"
        if not step.what.strip().casefold().startswith("you "):
            yield Finding(where, step.what, "It reads like an order.", "Begin with “You can”.")
        if not step.help.strip():
            yield Finding(where, step.what, "It does not say how we help.", "Fill in how we will help.")
        for rule in book.steps:
            for hit in rule.pattern.finditer(step.what):
                yield Finding(where, hit.group(), rule.why, rule.instead)


def _about_others(paper: PlanPaper, around: Around, book: _Book) -> Iterator[Finding]:
    """Our steps and others' about the other person: one of the fixed forms, unless a manager released the words."""
    for heading, steps in _step_lists(paper):
        if heading == "What you can do":
            continue
        for number, step in enumerate(steps, 1):
            text = step.what.strip()
            if text in around.released_steps or any(form.fullmatch(text) for form in book.forms):
                continue
            if book.others.pattern.search(text):
                yield Finding(f"{heading}, {number}", text, book.others.why, book.others.instead)


def _bodies(paper: PlanPaper, around: Around) -> Iterator[Finding]:
    if around.agreed_bodies is None:
        return
    agreed = {body.casefold() for body in around.agreed_bodies}
    for number, step in enumerate(paper.others, 1):
        if step.who.casefold() not in agreed:
            why = "They have not agreed to do this."
            yield Finding(f"What others will do, {number}", step.who, why, "Write what we will do: ask them, by a day.")
