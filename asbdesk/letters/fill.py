"""Words and facts to the letter as it will be read: paragraphs, each a run of plain and bold words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from asbdesk.clock import plain_day
from asbdesk.letters.facts import FACTS
from asbdesk.letters.wording import Ask, Fact, Facts, Wording, facts_in

Run = tuple[str, bool]
"""Words, and whether they are bold."""


@dataclass(frozen=True)
class Part:
    """A paragraph of runs, or a list."""

    runs: tuple[Run, ...] = ()
    items: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        return "\n".join(f"• {item}" for item in self.items) or "".join(words for words, _ in self.runs)


@dataclass(frozen=True)
class LetterText:
    """A letter, filled in."""

    title: str
    dear: str
    parts: tuple[Part, ...]
    sign: str
    """Who signs it."""
    said: tuple[tuple[str, str], ...] = ()
    """What did not come from the fixed words: (where, the words), for the checks."""

    @property
    def plain(self) -> str:
        """As it reads, for the record."""
        return "\n\n".join((self.title, self.dear, *(part.plain for part in self.parts), self.sign))


def asked(wording: Wording, facts: Facts, answers: Mapping[str, object]) -> tuple[Ask, ...]:
    """The questions open now, in their order."""
    whole = together(wording, facts, answers)
    return tuple(ask for ask in wording.asks if ask.when.holds(whole))


def together(wording: Wording, facts: Facts, answers: Mapping[str, object]) -> dict[str, Fact]:
    """The case's facts with the officer's answers over them. Days stay days."""
    whole = dict(facts)
    for ask in wording.asks:
        value = answers.get(ask.id, "" if ask.id in answers else whole.get(ask.id, ""))
        whole[ask.id] = _answer(ask, value)
        if ask.kind == "single":
            whole |= {f"{ask.id}_{each}": "yes" if each == value else "" for each, _ in ask.options}
    return whole


def _answer(ask: Ask, value: object) -> Fact:
    if isinstance(value, tuple | list):
        return tuple(str(line).strip() for line in value if str(line).strip())
    text = str(value or "").strip()
    if ask.kind == "list":
        return tuple(line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t"))
    if ask.kind == "single":
        return dict(ask.options).get(text, text)
    return text


def fill(wording: Wording, facts: Facts, answers: Mapping[str, object]) -> LetterText:
    """The letter. What is not known yet stands as a line to fill in: `missing` names it, and it is not sent so."""
    whole = together(wording, facts, answers)
    shown = {name: _shown(wording, name, value) for name, value in whole.items()}
    gaps = _Gaps(shown)
    parts: list[Part] = []
    for block in wording.blocks:
        if not block.when.holds(whole):
            continue
        if block.items:
            lines = whole.get(block.items, ())
            items = (lines,) if isinstance(lines, str) and lines else tuple(lines)
            parts += [Part(items=items)] if items else []
        else:
            parts += _paragraphs(block.words, gaps)
    title = wording.title.format_map(gaps)
    dear = f"Dear {shown.get('name') or GAP}"
    sign = str(shown.get("officer", ""))
    return LetterText(title, dear, tuple(parts), sign, tuple(_said(wording, whole)))


GAP = "……"
"""What stands where a fact is not known yet."""


class _Gaps(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return GAP

    def __getitem__(self, name: str) -> str:
        return super().get(name) or GAP


def _shown(wording: Wording, name: str, value: Fact) -> str:
    if not isinstance(value, str):
        return ", ".join(value)
    ask = wording.ask(name)
    sort = ("day" if ask.kind == "date" else "words") if ask else FACTS[name].sort if name in FACTS else "words"
    if sort == "day" and value:
        try:
            return plain_day(value)
        except ValueError:
            return value
    return value


def _paragraphs(words: str, facts: Mapping[str, str]) -> list[Part]:
    """One paragraph; more where what was filled in has empty lines between."""
    runs = [(piece.format_map(facts), at % 2 == 1) for at, piece in enumerate(words.split("**"))]
    paragraphs: list[list[Run]] = [[]]
    for text, bold in runs:
        first, *rest = [piece.strip("\n") for piece in text.split("\n\n")]
        paragraphs[-1].append((first, bold))
        paragraphs += [[(piece, bold)] for piece in rest]
    return [Part(tuple(run for run in made if run[0])) for made in paragraphs if any(text.strip() for text, _ in made)]


def missing(wording: Wording, facts: Facts, answers: Mapping[str, object]) -> tuple[str, ...]:
    """What is still to be filled in: ids of questions, and names of facts that only settings or the case can give."""
    whole = together(wording, facts, answers)
    found = [ask.id for ask in asked(wording, facts, answers) if ask.required and not whole.get(ask.id)]
    for words in (wording.title, *(block.words for block in wording.blocks if block.when.holds(whole))):
        found += [name for name in sorted(facts_in(words)) if not whole.get(name)]
    if not whole.get("name"):
        found.append("name")
    return tuple(dict.fromkeys(found))


def _said(wording: Wording, facts: Facts) -> Iterator[tuple[str, str]]:
    """What officers or the case put in, by the question it answers."""
    printed = {name for block in wording.blocks if block.when.holds(facts) for name in _names(block.words, block.items)}
    for name in sorted(printed | facts_in(wording.title)):
        ask, value = wording.ask(name), facts.get(name, "")
        if ask is None and (name not in FACTS or name in OURS):
            continue
        if ask is not None and ask.kind in ("date", "single"):
            continue
        place = ask.text.partition("?")[0] if ask else FACTS[name].what.capitalize()
        for line in (value,) if isinstance(value, str) else value:
            if line:
                yield place, line


OURS = frozenset(
    ["landlord", "reference", "name", "officer", "number", "hours", "closed_number", "second", "second_number"]
    + ["complaint_number", "review_number", "stage", "plan_number", "how"]
    + [name for name, known in FACTS.items() if known.sort in ("day", "so")]
)
"""Facts that are about us, or no words: not looked at for somebody's name."""


def _names(words: str, items: str) -> frozenset[str]:
    return facts_in(words) | ({items} if items else frozenset())
