"""Three facts a case, where a list has no risk level: children, violence or hate, last spoken to (PRACTICE.md 9)."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from asbdesk.exchange.columns import TITLES, below
from asbdesk.exchange.spreadsheet import FACTS, CaseList

WHO = ("reference", "name", "address", "notes")
"""What a row says that tells an officer which case it is."""

Answers = Mapping[int, Mapping[str, str]]
"""Row → fact → what was said, in words that a list may hold ("yes", "no", "2026-10-03", "never")."""


@dataclass(frozen=True)
class Asked:
    """One row to ask about."""

    row: int
    words: tuple[str, ...]


def to_ask(found: CaseList) -> tuple[Asked, ...]:
    """Every row under the heads that says neither its level nor all three facts, in the list's order."""
    asked = []
    for row, cells in below(found.sheet, found.heads):
        told = {field: cells[at].strip() for field, at in found.mapping.items() if at < len(cells)}
        if not told.get("level") and not all(told.get(fact) for fact in FACTS):
            asked.append(Asked(row, tuple(told[field] for field in WHO if told.get(field))))
    return tuple(asked)


def with_facts(found: CaseList, answers: Answers) -> CaseList:
    """The list with the three facts as columns of its own; what a row says already stands where nothing was said."""
    width = len(found.heads.names)
    rows = []
    for row, cells in found.sheet.rows:
        padded = [*cells, *[""] * (width - len(cells))]
        said = answers.get(row, {})
        rows.append((row, (*padded, *(said.get(fact) or _there(found, padded, fact) for fact in FACTS))))
    names = (*found.heads.names, *(TITLES[fact] for fact in FACTS))
    heads = dataclasses.replace(found.heads, names=names)
    mapping = {**found.mapping, **{fact: width + at for at, fact in enumerate(FACTS)}}
    return CaseList(dataclasses.replace(found.sheet, rows=tuple(rows)), heads, mapping)


def _there(found: CaseList, cells: list[str], fact: str) -> str:
    at = found.mapping.get(fact)
    return cells[at] if at is not None else ""


def mark_of(found: CaseList) -> str:
    """A name for this list that says nothing of it: what was answered is kept under it until the list is taken on."""
    told = hashlib.sha256(repr(found.sheet.rows).encode()).hexdigest()
    return f"three facts {told[:24]}"
