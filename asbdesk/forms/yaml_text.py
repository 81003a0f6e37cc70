"""YAML text to plain data with the line of every key and item; refuses what a form has no use for.

YAML 1.2, so *yes* and *no* stay words. No tags or second documents, and bounds on size and depth, because
the file may come from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from asbdesk.forms.faults import Fault, FormError, Place
from asbdesk.paths import read_given

LARGEST = 262_144
"""Bytes of one file."""
DEEPEST = 12
MOST_NODES = 20_000

_TOO_LARGE = (f"is larger than {LARGEST // 1024} KiB", "a form is a page of text; split it")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass
class Tree:
    """Plain data, and the line of each place in it: `lines[("sections", 0, "id")]`."""

    data: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """The line of the deepest known part of `place`."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_text(path: Path) -> str:
    """The text of a form file, line ends as LF. Raises FormError: cannot be read, too large, not UTF-8."""
    try:
        raw = read_given(path, LARGEST + 1)
    except OSError as error:
        raise FormError(
            [Fault(1, f"cannot be read ({error.strerror})", "check that it may be opened", path.name)]
        ) from None
    if len(raw) > LARGEST:
        raise FormError(
            [Fault(1, f"is larger than {LARGEST // 1024} KiB", "a form is a page of text; split it", path.name)]
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FormError([Fault(line, "is not UTF-8 text", "save the file again as UTF-8", path.name)]) from None
    return text.replace("\r\n", "\n")


def parse(text: str, name: str) -> Tree:
    """The data in `text`. Raises FormError for text that is not such YAML."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    faults = list(_bad_text(text))
    builder = _Builder()
    if not faults:
        try:
            builder.document(YAML(typ="safe", pure=True).parse(text))
        except (YAMLError, ValueError) as error:
            builder.faults.append(_not_yaml(error))
        except _Enough:
            pass  # the fault that made it stop is among the others
        faults = builder.faults
    if faults:
        raise FormError([Fault(f.line, f.what, f.mend, name) for f in faults])
    return builder.tree


def _bad_text(text: str) -> Iterator[Fault]:
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        yield Fault(1, *_TOO_LARGE)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r" *\t", line):
            yield Fault(number, "begins with a tab", "indent with spaces")
        if found := _CONTROL.search(line):
            yield Fault(number, f"has a control character (U+{ord(found.group()):04X})", "take it out")


def _not_yaml(error: Exception) -> Fault:
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or getattr(error, "context", None) or str(error).split("\n")[0]
    if context and "end of stream" in str(said):
        mark, said = context, "what begins here never ends"
    mend = "look at the indent, colons and quotes of this line and the one before"
    return Fault(mark.line + 1 if mark else 1, f"is not YAML here ({str(said)[:80]})", mend)


class _Enough(Exception):
    """Reading stops here: what follows could only be read at a price, or would be guesswork."""


class _Builder:
    """The parser's events to plain data, in one pass. An alias is the data it names, and counts as often as it stands,
    so that a bomb is a fault.
    """

    def __init__(self) -> None:
        self.tree, self.faults, self.nodes = Tree(None), list[Fault](), 0
        self.anchors: dict[str, tuple[Any, int]] = {}

    def document(self, events: Iterator[Any]) -> None:
        """Take in the whole text."""
        self.events, documents = events, 0
        for event in events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    self.stop(event, "holds a second document (---)", "keep one form in one file")
            elif kind not in ("StreamStartEvent", "StreamEndEvent", "DocumentEndEvent"):
                self.tree.data = self.value(event, ())

    def stop(self, event: Any, what: str, mend: str) -> NoReturn:
        self.faults.append(Fault(event.start_mark.line + 1, what, mend))
        raise _Enough

    def value(self, event: Any, place: Place) -> Any:
        kind, before = type(event).__name__, self.nodes
        self.count(event, 1, len(place))
        self.tree.lines.setdefault(place, event.start_mark.line + 1)
        if kind == "AliasEvent":
            if event.anchor not in self.anchors:
                self.stop(event, f"“*{event.anchor}” names nothing before it", "write the words out")
            data, size = self.anchors[event.anchor]
            self.count(event, size, len(place))
            return data
        if event.ctag is not None and str(event.ctag):
            self.stop(event, f"uses a tag ({event.ctag})", "take the “!” out, or put the text in quotes")
        data = self.inside(event, kind, place)
        if event.anchor:
            self.anchors[event.anchor] = (data, self.nodes - before)
        return data

    def inside(self, event: Any, kind: str, place: Place) -> Any:
        if kind == "ScalarEvent":
            return _scalar(event)
        if kind == "MappingStartEvent":
            return self.mapping(place)
        items: list[Any] = []
        while type(event := next(self.events)).__name__ != "SequenceEndEvent":
            items.append(self.value(event, (*place, len(items))))
        return items

    def mapping(self, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        merged: list[dict[str, Any]] = []
        while type(key := next(self.events)).__name__ != "MappingEndEvent":
            line = key.start_mark.line + 1
            if type(key).__name__ != "ScalarEvent":
                self.stop(key, "has a name that is not a word", "write “name: value”")
            name = str(key.value)
            if name in found:
                what = f"“{name}” stands here twice (first on line {self.tree.lines[(*place, name)]})"
                self.faults.append(Fault(line, what, "keep one of them"))
                self.value(next(self.events), (*place, name, "again"))
                continue
            self.tree.lines.setdefault((*place, name), line)
            found[name] = self.value(next(self.events), (*place, name))
            if name == "<<" and isinstance(found[name], dict):
                merged.append(found.pop(name))
        for other in merged:
            found = other | found
        return found

    def count(self, event: Any, more: int, depth: int) -> None:
        self.nodes += more
        if depth > DEEPEST:
            self.stop(event, f"is nested more than {DEEPEST} deep", "take out some brackets or indents")
        if self.nodes > MOST_NODES:
            self.stop(event, f"has more than {MOST_NODES:,} parts", "a form is a page of text; split it")


def _scalar(event: Any) -> Any:
    """A plain word as YAML 1.2 reads it; anything in quotes or a block is text."""
    text = str(event.value)
    if event.style:
        return text
    if re.fullmatch(r"-?(0|[1-9][0-9]{0,8})", text):
        return int(text)
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    return None if text in ("", "~", "null", "Null", "NULL") else text
