"""Entries from elsewhere, sorted before they are taken in: to fold, to set aside, to refuse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from asbdesk.store.entries import Misshapen, fault, read_foreign


@dataclass
class TakenIn:
    """What came of entries from elsewhere. `refused`: their place in what was given, and why."""

    new: int = 0
    set_aside: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class SortedOut:
    """`entries` can be filed; `aside` says, by id, why some of them must not be folded; `refused` are no entries."""

    entries: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    aside: dict[str, str] = field(default_factory=dict)
    refused: list[tuple[int, str]] = field(default_factory=list)


def sort_out(texts: Iterable[str], aside: Mapping[str, str] | None = None) -> SortedOut:
    """Check shape and types strictly; nothing is dropped unsaid. `aside`: what must have no effect anyway, and why."""
    from asbdesk.store.sound import sound  # not at the top: it brings pydantic's reader with it

    found = SortedOut()
    for place, text in enumerate(texts):
        body = sound(text)
        why = None
        if body is None:
            try:
                body = read_foreign(text)
            except Misshapen as error:
                found.refused.append((place, str(error)))
                continue
            why = fault(body, text)
        if why := (aside.get(body["id"]) if aside else None) or why:
            found.aside[body["id"]] = why
        found.entries.append((text, body))
    return found
