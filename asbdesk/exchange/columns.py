"""Which column of a list says what: guessed from its heads, confirmed by the officer, kept in a small file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from asbdesk.errors import UserError
from asbdesk.exchange.sheet import Row, Sheet
from asbdesk.paths import read_given


@dataclass(frozen=True)
class Wanted:
    """Something a list may say of each case. `heads`: how its column is usually called, in small letters."""

    id: str
    title: str
    heads: tuple[str, ...]


FIELDS = (
    Wanted(
        "name",
        "Name of who reported it",
        (
            *(
                "name",
                "complainant",
                "reporter",
                "resident",
                "tenant",
                "customer",
                "full name",
                "reported by",
                "victim",
            ),
            *("tenant name", "resident name", "complainant name", "reporter name", "customer name"),
        ),
    ),
    Wanted("address", "Address", ("address", "property", "property address", "home address", "full address", "street")),
    Wanted("postcode", "Postcode", ("postcode", "post code", "postal code")),
    Wanted("phone", "Telephone", ("phone", "telephone", "tel", "tel no", "mobile", "contact number", "phone number")),
    Wanted(
        "reference", "Its own reference", ("reference", "ref", "case ref", "case number", "case id", "case no", "id")
    ),
    Wanted(
        "opened",
        "Opened",
        ("opened", "date opened", "open date", "start date", "date reported", "date logged", "case opened"),
    ),
    Wanted(
        "spoke",
        "Last spoken to",
        ("last contact", "last spoken to", "last contacted", "last contact date", "date of last contact", "last call"),
    ),
    Wanted("level", "Risk level", ("risk level", "risk", "risk rating", "rag", "rag status", "risk score", "priority")),
    Wanted(
        "what",
        "What it is about",
        ("what", "type", "asb type", "case type", "category", "type of asb", "nature", "issue"),
    ),
    Wanted("officer", "Officer", ("officer", "case officer", "officer name", "owner", "case owner", "assigned to")),
    Wanted("children", "Children?", ("children", "children?", "kids", "any children", "children in household")),
    Wanted(
        "harm",
        "Violence, threat or hate?",
        ("violence threat or hate", "violence", "threat", "hate", "violence threat hate"),
    ),
    Wanted(
        "next",
        "Next contact",
        ("next contact", "next contact date", "next call", "next action date", "next contact due"),
    ),
    Wanted("notes", "Notes", ("notes", "note", "comments", "comment", "summary", "description", "details", "remarks")),
)
TITLES = {field.id: field.title for field in FIELDS}
NEAR = 0.84
"""How alike two heads must be to be taken for the same, so that a slip of the keys is seen through."""
Mapping_ = dict[str, int]
"""Field → the column it stands in, counted from 0."""


@dataclass(frozen=True)
class Heads:
    """The row of heads: its number, and a name for each column."""

    number: int
    names: tuple[str, ...]
    notes: tuple[str, ...] = ()


def heads_of(sheet: Sheet) -> Heads:
    """The row that holds the heads: of the first ones, that which names most fields. Titles above it are passed over.

    Raises UserError where no row looks like heads.
    """
    best = max(sheet.rows[:15], key=lambda row: (len(_guess(row[1])), -row[0]))
    if len(_guess(best[1])) < 2:
        raise UserError(
            f"{sheet.name}: no row names its columns. Write heads above the cases, such as Name, Address, Risk level."
        )
    width = max(len(cells) for _, cells in sheet.rows)
    names = tuple(_name(best[1], at) for at in range(width))
    notes = ("Some heads are merged cells. Look closely at which column says what.",)
    return Heads(best[0], names, notes if best[0] in sheet.merged else ())


def _name(cells: Sequence[str], at: int) -> str:
    told = " ".join(cells[at].split()) if at < len(cells) else ""
    return told or f"Column {letters(at)}"


def letters(at: int) -> str:
    """A column as a spreadsheet names it: 0 is A, 26 is AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def below(sheet: Sheet, heads: Heads) -> list[Row]:
    """The rows under the heads."""
    return [row for row in sheet.rows if row[0] > heads.number]


def guess(heads: Heads) -> Mapping_:
    """Which field each column seems to hold: the best fit first, each column once."""
    return _guess(heads.names)


def _guess(names: Sequence[str]) -> Mapping_:
    fits = []
    for at, name in enumerate(names):
        told = re.sub(r"[^a-z0-9?]+", " ", name.lower()).strip()
        for field in FIELDS if told and not told.startswith("column ") else ():
            fit = max(_alike(told, head) for head in field.heads)
            if fit >= NEAR:
                fits.append((-fit, at, field.id))
    found: Mapping_ = {}
    for _, at, field_id in sorted(fits):
        if field_id not in found and at not in found.values():
            found[field_id] = at
    return found


def _alike(told: str, head: str) -> float:
    plain = told.rstrip("?").strip()
    if plain == head.rstrip("?"):
        return 1.0
    return SequenceMatcher(None, plain, head, autojunk=False).ratio() if len(plain) > 4 else 0.0


LARGEST = 1 << 20
"""Bytes of a mapping that are read."""


def read_mapping(path: Path, heads: Heads) -> Mapping_:
    """A mapping from a file: JSON, a field and the head of its column a line. Raises UserError with the mend."""
    try:
        told = json.loads(read_given(path, LARGEST).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise UserError(f'{path.name} is no mapping. Write it like {{"name": "Tenant", "level": "RAG"}}.') from None
    if not isinstance(told, dict):
        raise UserError(f'{path.name} is no mapping. Write it like {{"name": "Tenant", "level": "RAG"}}.')
    columns = {name.lower(): at for at, name in reversed(list(enumerate(heads.names)))}
    found: Mapping_ = {}
    for field, head in told.items():
        if field not in TITLES:
            raise UserError(f"{path.name}: “{field}” is no field. Use some of: {', '.join(TITLES)}.")
        at = columns.get(" ".join(str(head).lower().split()))
        if at is None:
            raise UserError(f"{path.name}: the list has no column “{head}”. It has: {', '.join(heads.names)}.")
        found[field] = at
    return found


def mapping_text(mapping: Mapping[str, int], heads: Heads) -> str:
    """A mapping as a file holds it."""
    return json.dumps({field: heads.names[at] for field, at in mapping.items()}, ensure_ascii=False, indent=1) + "\n"
