"""Reads letters from their files, strictly: every fault with file, line and mend; a landlord's own beside the shipped.

A file is one letter. `shared.yaml` holds paragraphs that several use (`use: unhappy`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from asbdesk.errors import UserError
from asbdesk.letters.facts import FACTS
from asbdesk.letters.wording import ALWAYS, KINDS, TO, Ask, Block, Condition, Wording, condition, facts_in
from asbdesk.paths import own_files, read_given, resources

LARGEST = 65_536
"""Bytes of one letter's file."""
SHARED = "shared"
_HEAD = {"id", "version", "name", "title", "to", "source", "blocks"}
_MAY = {"asks", "fits", "icon", "may_say", "meets"}
_ASK = {"id", "kind", "text", "help", "required", "when", "options", "print"}
_BLOCK = {"words", "items", "when", "use"}

Shared = Mapping[str, tuple[Block, ...]]


class LetterError(UserError):
    """A letter's file cannot be used: all faults, each with its line and mend."""

    @property
    def file(self) -> str:
        """The file's name, which every fault begins with."""
        return str(self).partition(",")[0].partition(": ")[0]


class Library(dict[str, Wording]):
    """Letters by id, in the order of their files. `refused`: what is wrong with the landlord's own, in words."""

    refused: tuple[LetterError, ...] = ()


def library(own_folder: Path | None = None) -> Library:
    """Every letter in use: the shipped ones, and the landlord's own, which replace (same id) or join them.

    A broken one of its own is refused in words, and what it would have replaced stays in use."""
    shipped, own = resources() / "letters", own_files(own_folder)
    kept, refused = shared_words(own_folder)
    files = sorted(path for path in shipped.glob("*.yaml") if path.stem != SHARED)
    letters = Library({w.id: w for w in (load_text(read(path), path.name, kept) for path in files)})
    for path in (p for p in own if p.stem != SHARED):
        try:
            made = load_text(read(path), path.name, kept, own=True)
            letters[made.id] = made
        except LetterError as error:
            refused.append(error)
    letters.refused = tuple(refused)
    return letters


def shared_words(own_folder: Path | None = None) -> tuple[tuple[tuple[str, tuple[Block, ...]], ...], list[LetterError]]:
    """The paragraphs that several letters use, the landlord's own over the shipped, and what is wrong with its own."""
    shared = dict(load_shared(read(resources() / "letters" / "shared.yaml"), "shared.yaml"))
    refused: list[LetterError] = []
    for path in (p for p in own_files(own_folder) if p.stem == SHARED):
        try:
            shared |= load_shared(read(path), path.name)
        except LetterError as error:
            refused.append(error)
    return tuple(sorted(shared.items())), refused


def read(path: Path) -> str:
    """The text of a file. Raises LetterError: it cannot be read, is too large, or no UTF-8."""
    try:
        raw = read_given(path, LARGEST + 1)
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise LetterError(f"{path.name}: it cannot be read ({error.strerror}). Check that it may be opened.") from None
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise LetterError(f"{path.name}, line {line}: it is not UTF-8 text. Save it again as UTF-8.") from None
    if len(raw) > LARGEST:
        raise LetterError(f"{path.name}: it is larger than {LARGEST // 1024} KiB. A letter is a page; split it.")
    return text.replace("\r\n", "\n")


@lru_cache(maxsize=256)
def load_text(
    text: str, name: str, shared: tuple[tuple[str, tuple[Block, ...]], ...] = (), own: bool = False
) -> Wording:
    """The letter that `text` holds. Raises LetterError with every fault."""
    reader = _Reader(name, dict(shared))
    made = reader.letter(_data(text, name))
    if reader.faults or made is None:
        raise LetterError(" ".join(reader.faults))
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    return Wording(**{**made, "own": own, "hash": digest})


@lru_cache(maxsize=16)
def load_shared(text: str, name: str) -> Shared:
    """The shared paragraphs that `text` holds. Raises LetterError."""
    reader = _Reader(name, {})
    data = _data(text, name)
    found = {str(key): reader.blocks(data, key) for key in data}
    if reader.faults:
        raise LetterError(" ".join(reader.faults))
    return found


def _data(text: str, name: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        data = YAML(typ="rt", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise LetterError(f"{name}{line}: it cannot be read. Check the spaces, colons and quotation marks.") from None
    if not isinstance(data, dict):
        raise LetterError(f"{name}, line 1: it does not begin with “id: …”. Write it like the letters of asbdesk.")
    return data


class _Reader:
    """Checks as it reads, and goes on after a fault, so that all are named at once."""

    def __init__(self, name: str, shared: Shared) -> None:
        self.name, self.shared, self.faults = name, shared, list[str]()
        self.own: set[str] = set()

    def wrong(self, at: Any, key: Any, what: str, mend: str) -> None:
        try:
            line = (at.lc.item(key)[0] if isinstance(key, int) else at.lc.key(key)[0]) + 1
        except (AttributeError, KeyError, TypeError, IndexError):
            line = getattr(getattr(at, "lc", None), "line", 0) + 1
        self.faults.append(f"{self.name}, line {line}: {what}. {mend}")

    def letter(self, data: Any) -> dict[str, Any] | None:
        for key in sorted(_HEAD - set(data)):
            self.wrong(data, "", f"“{key}” is missing", "Write it like the letters of asbdesk.")
        self.unknown(data, _HEAD | _MAY)
        if self.faults:
            return None
        asks = tuple(self.asks(data))
        made: dict[str, Any] = {key: self.text(data, key) for key in ("id", "name", "title", "to", "source")}
        made |= {"version": str(data["version"]), "asks": asks, "blocks": self.blocks(data, "blocks")}
        self.names(data, "title", made["title"])
        if made["to"] not in TO:
            self.wrong(data, "to", f"nobody is called “{made['to']}”", f"Write one of {', '.join(TO)}.")
        made |= {key: self.text(data, key) for key in ("icon", "meets") if key in data}
        made["fits"] = self.when(data, "fits")
        made["may_say"] = frozenset(n for n in data.get("may_say", ()) if isinstance(n, int))
        return made

    def unknown(self, data: Any, known: set[str]) -> None:
        for key in data:
            if key not in known:
                self.wrong(data, key, f"“{key}” means nothing here", f"Known are {', '.join(sorted(known))}.")

    def text(self, data: Any, key: str) -> str:
        value = data.get(key)
        if not isinstance(value, str) or not value.strip():
            self.wrong(data, key, f"“{key}” is no text", "Write words, between quotation marks.")
            return ""
        return value.strip()

    def when(self, data: Any, key: str) -> Condition:
        if key not in data:
            return ALWAYS
        try:
            made = condition(self.text(data, key))
        except ValueError as error:
            self.wrong(data, key, f"“{error}” is no condition", "Write facts with “and” and “not”.")
            return ALWAYS
        for name in sorted(made.names - set(FACTS) - self.own):
            self.wrong(data, key, f"there is no fact “{name}”", "Look how the letters of asbdesk call it.")
        return made

    def names(self, data: Any, key: Any, words: str) -> None:
        try:
            used = facts_in(words)
        except ValueError:
            self.wrong(data, key, "a brace is open, or holds no plain name", "Write facts as {officer}.")
            return
        if words.count("**") % 2:
            self.wrong(data, key, "stars for bold come in pairs", "Write **999**.")
        for name in sorted(used - set(FACTS) - self.own):
            self.wrong(data, key, f"there is no fact “{name}”", "Look how the letters of asbdesk call it.")

    def asks(self, data: Any) -> Iterator[Ask]:
        listed = data.get("asks", [])
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            self.wrong(data, "asks", "the questions are no list", "Write each with a dash before it.")
            return
        for each in listed:
            self.own.add(str(each.get("id", "")))
            options = each.get("options", {})
            self.own |= {f"{each.get('id')}_{value}" for value in options} if isinstance(options, dict) else set()
        for each in listed:
            yield self.question(each)

    def question(self, each: Any) -> Ask:
        self.unknown(each, _ASK)
        id, kind, text = (self.text(each, key) for key in ("id", "kind", "text"))
        if id and not id.isidentifier():
            self.wrong(each, "id", f"“{id}” is no plain name", "Write letters and underscores.")
        if kind not in KINDS:
            self.wrong(each, "kind", f"there is no kind “{kind}”", f"Write one of {', '.join(KINDS)}.")
        options = each.get("options", {})
        if (kind == "single") != bool(options) or not isinstance(options, dict):
            self.wrong(each, "options", "answers to choose from belong to “single”, and it needs them", "Mend that.")
            options = {}
        chosen = tuple((str(value), str(label)) for value, label in options.items())
        help_ = self.text(each, "help") if "help" in each else ""
        required, prints = each.get("required", False) is True, each.get("print", True) is True
        return Ask(id, kind, text, help_, required, self.when(each, "when"), chosen, prints)

    def blocks(self, data: Any, key: str) -> tuple[Block, ...]:
        listed = data.get(key)
        if not isinstance(listed, list) or not listed:
            self.wrong(data, key, f"“{key}” holds no paragraphs", "Write each with a dash before it.")
            return ()
        return tuple(block for at, each in enumerate(listed) for block in self.block(listed, at, each))

    def block(self, listed: Any, at: int, each: Any) -> tuple[Block, ...]:
        if isinstance(each, str):
            self.names(listed, at, each)
            return (Block(" ".join(each.split())),)
        if not isinstance(each, dict) or len({"words", "items", "use"} & set(each)) != 1:
            self.wrong(listed, at, "it is no paragraph", "Write words, or one of “words:”, “items:”, “use:”.")
            return ()
        self.unknown(each, _BLOCK)
        when = self.when(each, "when")
        if "use" in each:
            return self.shared_blocks(each, when)
        if "items" in each:
            items = self.text(each, "items")
            if items not in FACTS and items not in self.own:
                self.wrong(each, "items", f"there is no fact “{items}”", "Look how the letters of asbdesk call it.")
            return (Block(items=items, when=when),)
        words = " ".join(self.text(each, "words").split())
        self.names(each, "words", words)
        return (Block(words, when=when),)

    def shared_blocks(self, each: Any, when: Condition) -> tuple[Block, ...]:
        name = self.text(each, "use")
        if name not in self.shared:
            self.wrong(each, "use", f"there are no shared words “{name}”", f"Known are {', '.join(self.shared)}.")
        both = self.shared.get(name, ())
        return tuple(Block(b.words, b.items, Condition((*when.terms, *b.when.terms))) for b in both)
