"""YAML text to plain data with the line of every key and item; refuses what a form has no use for.

YAML 1.2, so *yes* and *no* stay words. No tags or second documents, and bounds on size and depth, because
the file may come from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asbdesk.forms.faults import Fault, FormError

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
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)

    def line(self, place: tuple[str | int, ...]) -> int:
        """The line of the deepest known part of `place`."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_text(path: Path) -> str:
    """The text of a form file, line ends as LF. Raises FormError: cannot be read, too large, not UTF-8."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
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
    faults = list(_bad_text(text))
    if not faults:
        faults = list(_bad_events(text))
    if faults:
        raise FormError([Fault(f.line, f.what, f.mend, name) for f in faults])
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    tree = Tree(None)
    builder = _Builder(tree)
    try:
        node = YAML(typ="safe", pure=True).compose(text)
        tree.data = None if node is None else builder.plain(node, ())
    except FormError as error:
        builder.faults += error.faults
    except YAMLError as error:
        builder.faults.append(_not_yaml(error))
    if builder.faults:
        raise FormError([Fault(f.line, f.what, f.mend, name) for f in builder.faults])
    return tree


def _bad_text(text: str) -> Iterator[Fault]:
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        yield Fault(1, *_TOO_LARGE)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r" *\t", line):
            yield Fault(number, "begins with a tab", "indent with spaces")
        if found := _CONTROL.search(line):
            yield Fault(number, f"has a control character (U+{ord(found.group()):04X})", "take it out")


def _bad_events(text: str) -> Iterator[Fault]:
    """Faults seen while the text is scanned, before anything is built from it."""
    from ruamel.yaml import YAML, events
    from ruamel.yaml.error import YAMLError

    depth = documents = nodes = 0
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            line = event.start_mark.line + 1
            if getattr(event, "ctag", None) is not None and str(event.ctag):
                yield Fault(line, f"uses a tag ({event.ctag})", "take the “!” out, or put the text in quotes")
                return
            depth += isinstance(event, events.CollectionStartEvent) - isinstance(event, events.CollectionEndEvent)
            documents += isinstance(event, events.DocumentStartEvent)
            nodes += 1
            if depth > DEEPEST or nodes > MOST_NODES or documents > 1:
                yield _too_much(line, depth, documents)
                return
    except (YAMLError, ValueError) as error:
        yield _not_yaml(error)


def _not_yaml(error: Exception) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or getattr(error, "context", None) or str(error).split("\n")[0]
    mend = "look at the indent, colons and quotes of this line and the one before"
    return Fault(mark.line + 1 if mark else 1, f"is not YAML here ({str(said)[:80]})", mend)


def _too_much(line: int, depth: int, documents: int) -> Fault:
    if documents > 1:
        return Fault(line, "holds a second document (---)", "keep one form in one file")
    if depth > DEEPEST:
        return Fault(line, f"is nested more than {DEEPEST} deep", "take out some brackets or indents")
    return Fault(line, f"has more than {MOST_NODES:,} parts", "a form is a page of text; split it")


class _Builder:
    """Nodes to plain data. Aliases are written out, and counted as often as they stand, so that a bomb is a fault."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.faults, self.nodes = tree, list[Fault](), 0

    def plain(self, node: Any, place: tuple[str | int, ...]) -> Any:
        line = node.start_mark.line + 1
        self.nodes += 1
        if self.nodes > MOST_NODES or len(place) > DEEPEST:
            raise FormError([_too_much(line, len(place), 1)])
        self.tree.lines.setdefault(place, line)
        if node.id == "scalar":
            return _scalar(node)
        if node.id == "sequence":
            return [self.plain(item, (*place, n)) for n, item in enumerate(node.value)]
        return self.mapping(node, place)

    def mapping(self, node: Any, place: tuple[str | int, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        merged: list[Any] = []
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.id != "scalar":
                self.faults.append(Fault(line, "has a name that is not a word", "write “name: value”"))
            elif key.value == "<<" and value.id == "mapping":
                merged.append(value)
            elif key.value in found:
                what = f"“{key.value}” stands here twice (first on line {self.tree.lines[(*place, key.value)]})"
                self.faults.append(Fault(line, what, "keep one of them"))
            else:
                self.tree.lines[(*place, key.value)] = line
                found[key.value] = self.plain(value, (*place, key.value))
        for other in merged:
            for key, value in other.value:
                if key.id == "scalar" and key.value not in found:
                    found[key.value] = self.plain(value, (*place, key.value))
        return found


def _scalar(node: Any) -> Any:
    kind = str(node.tag).rpartition(":")[2]
    if kind == "int" and re.fullmatch(r"-?[0-9]{1,9}", node.value):
        return int(node.value)
    if kind == "bool":
        return node.value.lower() == "true"
    return None if kind == "null" else str(node.value)
