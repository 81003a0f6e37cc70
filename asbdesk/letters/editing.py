"""A letter's file as paragraphs to be worded anew: everything else in it, conditions and notes too, stays as it is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from asbdesk.letters.facts import FACTS
from asbdesk.letters.load import LetterError, load_text
from asbdesk.letters.wording import Ask, Block, Condition, Fact, Wording, condition

LIST = "The list of {what}, a line each."
SHARED_WORDS = "Words that several letters share: {words}"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a file. `only`: when it stands in the letter, in words; empty: always. `fixed`: what stands
    there instead of words of its own, which cannot be changed here."""

    words: str = ""
    only: str = ""
    fixed: str = ""


@dataclass(frozen=True)
class LetterFile:
    """A letter's file, opened. `text` is all of it."""

    text: str
    name: str
    wording: Wording
    paragraphs: tuple[Paragraph, ...]


Shared = tuple[tuple[str, tuple[Block, ...]], ...]


def opened(text: str, name: str, shared: Shared) -> LetterFile:
    """The file `name` with this text. Raises LetterError with every fault."""
    made = load_text(text, name, shared, own=True)
    listed = _yaml().load(text)["blocks"]
    return LetterFile(text, name, made, tuple(_paragraph(each, made, dict(shared)) for each in listed))


def worded(file: LetterFile, title: str, words: Sequence[str], shared: Shared) -> LetterFile:
    """The file with this title, and these words in place of those of its paragraphs: one text for each, in order; empty
    takes the paragraph out, one more at the end adds one. Its version is one step on. Raises LetterError."""
    yaml = _yaml()
    data = yaml.load(file.text)
    _reword(data["blocks"], file, words)
    data["title"] = title.strip()
    data["version"] = _next(str(data["version"]))
    out = io.StringIO()
    yaml.dump(data, out)
    return opened(out.getvalue(), file.name, shared)


def _reword(blocks: Any, file: LetterFile, words: Sequence[str]) -> None:
    more = [" ".join(each.split()) for each in words[len(file.paragraphs) :]]
    gone: list[int] = []
    for at, (was, new) in enumerate(zip(file.paragraphs, words, strict=False)):
        plain = " ".join(new.split())
        if was.fixed or plain == was.words:
            continue
        if not plain:
            gone.append(at)
        elif isinstance(blocks[at], str):
            blocks[at] = plain
        else:
            blocks[at]["words"] = plain
    for at in reversed(gone):
        del blocks[at]
    blocks.extend(each for each in more if each)
    if not blocks:
        raise LetterError("A letter has at least one paragraph. Leave one, or go back to the shipped words.")


def _next(version: str) -> str:
    """One step on: 1 → 1.1 → 1.2, so that a newer shipped one (2) is seen to be newer."""
    first, _, last = version.partition(".")
    return f"{first}.{int(last) + 1 if last.isdecimal() else 1}"


def _yaml() -> Any:
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _paragraph(each: Any, made: Wording, shared: dict[str, tuple[Block, ...]]) -> Paragraph:
    if isinstance(each, str):
        return Paragraph(" ".join(each.split()))
    only = only_when(str(each.get("when", "")), made)
    if "use" in each:
        words = " ".join(block.words for block in shared[each["use"]] if block.words)
        return Paragraph(only=only, fixed=SHARED_WORDS.format(words=words))
    if "items" in each:
        return Paragraph(only=only, fixed=LIST.format(what=what_is(str(each["items"]), made)))
    return Paragraph(" ".join(str(each["words"]).split()), only)


def only_when(text: str, made: Wording) -> str:
    """A condition as a person says it: "there is a plan, and it is not so that the case is open"."""
    terms: Condition = condition(text) if text else Condition()
    return ", and ".join(_so(name, made, "is" if wanted else "is not") for wanted, name in terms.terms)


def _so(name: str, made: Wording, is_: str) -> str:
    """A fact as a condition: a question is answered, an answer is chosen, something is known."""
    for ask in made.asks:
        if ask.id == name:
            return f"“{_asked(ask)}” {is_} answered"
        for value, label in ask.options:
            if f"{ask.id}_{value}" == name:
                return f"“{_asked(ask)}” {is_} “{label}”"
    known = FACTS[name]
    if known.sort == "so":
        return known.what if is_ == "is" else f"it is not so that {known.what}"
    return f"{known.what} {is_} known"


def what_is(name: str, made: Wording) -> str:
    """What a fact is, in words: a question of the letter, or what the case knows."""
    ask = made.ask(name)
    return f"“{_asked(ask)}”" if ask else FACTS[name].what


def _asked(ask: Ask) -> str:
    return ask.text.removesuffix(" One line each.")


EXAMPLES = {
    "name": "Mrs Ada Bright",
    "landlord": "Your landlord",
    "reference": "ASB-2026-0001",
    "officer": "Jo Field",
    "second": "Sam Rivers",
    "how": "ring",
    "times": "after two",
    "body": "the council",
    "stage": "1",
    "plan_number": "2",
    "complaint_reference": "C-12",
}


def example(made: Wording, day: str) -> dict[str, Fact]:
    """Facts to read a letter with, of nobody real: every question answered, every fact there. `day` is today."""
    facts: dict[str, Fact] = {}
    for name, known in FACTS.items():
        plain = EXAMPLES.get(name, "0300 000 0000" if name.endswith("number") else f"({known.what})")
        facts[name] = _by_sort(known.sort, day) or plain
    for ask in made.asks:
        said = EXAMPLES.get(ask.id, "") if ask.kind == "text" else ask.options[0][0] if ask.options else ""
        facts[ask.id] = _by_sort(ask.kind, day) or said or f"({ask.text.rstrip('?').lower()})"
    return facts


def _by_sort(sort: str, day: str) -> Fact:
    """An example of what is no words: a day, lines, a yes. Empty for words."""
    examples: dict[str, Fact] = {"day": day, "date": day, "list": ("one thing", "another"), "so": "yes"}
    return examples.get(sort, "")


__all__ = ["LetterFile", "Paragraph", "example", "opened", "what_is", "worded"]
