"""The catalogue of fixed sentences: read once, checked, and filled with facts that cannot break the page."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from asbdesk.documents.fonts import markup, together
from asbdesk.documents.scripts import script_of
from asbdesk.errors import UserError
from asbdesk.paths import resources

_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Words:
    """One catalogue: dotted names (`ring.danger`) to sentences."""

    id: str
    language: str
    plain: Mapping[str, str]
    marked: Mapping[str, str]
    name: str = ""
    """What the language is called in itself."""
    english: str = ""
    """And in English."""
    phrases: Mapping[str, str] = field(default_factory=dict)
    """What officers write often: the English words, and these."""
    text: str = field(default="", repr=False)
    """The file it was read from."""

    def say(self, name: str, /, **facts: str) -> str:
        """The sentence as paragraph markup; facts are escaped, and print as they are."""
        return self.marked[name].format_map({key: self._held(markup(value)) for key, value in facts.items()})

    def _held(self, fact: str) -> str:
        """A fact in its own direction: else a number with a dash comes out back to front among words from the right."""
        if not script_of(self.language).right_to_left or not fact or any("\u0590" <= c <= "\u08ff" for c in fact):
            return fact
        return f"\N{LEFT-TO-RIGHT EMBEDDING}{fact}\N{POP DIRECTIONAL FORMATTING}"

    def bare(self, name: str, /, **facts: str) -> str:
        """The sentence as plain text: for footers, descriptions and screen readers."""
        return self.plain[name].replace("**", "").format_map(facts)

    def facts(self, name: str) -> frozenset[str]:
        """The names of the facts that a sentence holds."""
        return frozenset(field for _, field, _, _ in string.Formatter().parse(self.plain[name]) if field)


def _flat(node: Mapping[Any, Any], name: str, before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        place = f"{before}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, name, place + ".")
        elif isinstance(value, str) and value.strip():
            yield place, value
        else:
            raise UserError(f"{name}, {place}: a sentence is missing or is not text. Write it between quotation marks.")


@lru_cache(maxsize=64)  # eight languages are looked at whenever a plan is
def load_text(text: str, name: str) -> Words:
    """The catalogue written in `text`; `name` is what a fault calls it. Raises UserError with place and mend."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        read = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        fault = f"{name}{line}: this is not a list of sentences. Check the spaces and quotation marks."
        raise UserError(fault) from None
    if not isinstance(read, Mapping) or not isinstance(read.get("words"), Mapping):
        raise UserError(f"{name}: the sentences stand under “words:”, which is missing.")
    plain = dict(_flat(read["words"], name))
    for place, sentence in plain.items():
        _check_braces(sentence, f"{name}, {place}")
    marked = {place: together(_BOLD.sub(r"<b>\1</b>", escape(sentence))) for place, sentence in plain.items()}
    phrases = {str(said): str(own) for said, own in (read.get("phrases") or {}).items()}
    known = [str(read.get(key) or "") for key in ("id", "language", "name", "english")]
    id_, language, own, english = known
    return Words(id_, language or "en", plain, marked, own, english or own, phrases, text)


def _check_braces(sentence: str, place: str) -> None:
    try:
        fields = [field for _, field, spec, turn in string.Formatter().parse(sentence) if field is not None]
    except ValueError:
        raise UserError(f"{place}: a brace is open. Write facts as {{name}}.") from None
    if not all(field.isidentifier() for field in fields):
        raise UserError(f"{place}: a fact in braces needs a plain name, as in {{name}}.")
    if sentence.count("**") % 2:
        raise UserError(f"{place}: stars for bold come in pairs, as in **999**.")


def same_facts(other: Words, reference: Words, name: str) -> None:
    """Check that `other` (another language) has each sentence of `reference`, with the same facts in it."""
    for place in reference.plain:
        if place not in other.plain:
            raise UserError(f"{name}, {place}: this sentence is missing.")
    _facts_agree(other, reference, name)


def _facts_agree(other: Words, reference: Words, name: str) -> None:
    for place in reference.plain.keys() & other.plain.keys():
        if (wants := reference.facts(place)) != other.facts(place):
            listed = ", ".join(sorted(wants)) or "none"
            raise UserError(f"{name}, {place}: the facts in braces differ. It needs: {listed}.")


@lru_cache(maxsize=64)
def beside_english(text: str, name: str, id: str) -> Words:
    """A catalogue in another language, as it stands beside the English one `id`; a sentence that it lacks is said in
    English. Raises UserError for a fault, with its place."""
    read, english = load_text(text, name), words(id)
    _facts_agree(read, english, name)
    return replace(read, plain={**english.plain, **read.plain}, marked={**english.marked, **read.marked})


@cache
def words(id: str, language: str = "en") -> Words:
    """The shipped catalogue `id` in `language`. Raises UserError when there is none, or it has a fault."""
    path = file_of(id, language)
    if not path.is_file():
        raise UserError(f"The sentences for “{id}” are not there in this language ({language}). Install asbdesk again.")
    text = path.read_text(encoding="utf-8")
    return load_text(text, path.name) if language == "en" else beside_english(text, path.name, id)


def file_of(id: str, language: str, folder: Path | None = None) -> Path:
    """Where the sentences of `id` in `language` are kept: as shipped, or in a landlord's own `folder`."""
    return (folder or resources() / "words") / f"{id}.{language}.yaml"
