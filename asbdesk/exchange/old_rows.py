"""One row of a list as a case: its cells read, and each that cannot be said with its row, its column and the mend."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from asbdesk.casework.taking_on import OldCase
from asbdesk.clock import long_day
from asbdesk.duties.duty import day_after
from asbdesk.exchange.british_dates import day_of
from asbdesk.exchange.columns import TITLES

LEVELS = {
    **dict.fromkeys(("high", "h", "red", "very high", "serious", "severe", "critical", "high risk"), "high"),
    **dict.fromkeys(("medium", "m", "amber", "moderate", "med", "medium risk"), "medium"),
    **dict.fromkeys(("standard", "low", "l", "s", "green", "minor", "none", "low risk", "standard risk"), "standard"),
}
YES = ("yes", "y", "true", "x", "✓", "1")
NO = ("no", "n", "false", "none", "0", "-")
NEVER = ("never", "no", "none", "not yet", "unknown", "not known", "?")
SILENT_DAYS = 28
"""Nobody has spoken to them for so long: a case without a level is then looked at as medium."""
LONGEST = {"name": 200, "address": 400, "postcode": 12, "phone": 60, "reference": 80}
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
KINDS = {
    "noise": ("noise", "loud", "music", "party", "parties", "barking"),
    "verbal_abuse": ("verbal", "shouting", "insult", "swearing"),
    "harassment": ("harass", "intimidat"),
    "threats": ("threat",),
    "violence": ("violen", "assault", "attack"),
    "hate": ("hate", "racis", "racial", "homophob", "transphob", "disablist"),
    "domestic_abuse": ("domestic", "dv", "abuse at home"),
    "drug_use": ("drug", "cannabis"),
    "vandalism": ("vandal", "criminal damage"),
    "graffiti": ("graffiti",),
    "arson": ("arson", "fire-setting", "fire setting"),
    "animals": ("animal", "dog", "pet", "barking"),
    "vehicles": ("vehicle", "parking", "motorbike", "moped"),
    "litter": ("litter", "rubbish", "fly tip", "fly-tip", "dumping"),
    "garden": ("garden", "hoarding"),
    "weapon": ("weapon", "knife"),
    "exploitation": ("cuckoo", "exploitation"),
    "neighbour_dispute": ("neighbour dispute", "neighbor dispute", "boundary"),
    "youth_nuisance": ("youth", "youths", "young people"),
}
"""Words in a list's own words that point to a kind of behaviour: for the title and the type of case."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell."""

    row: int
    column: str
    words: str
    """What is wrong, and the mend."""

    @property
    def line(self) -> str:
        return f"Row {self.row}, {self.column}: {self.words}."


@dataclass
class Known:
    """What rows are read against, and what was met on the way."""

    today: str
    references: dict[str, str]
    officers: dict[str, str]
    met: dict[str, int] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)


class _Row:
    def __init__(self, heads: Sequence[str], mapping: Mapping[str, int], row: int, cells: Sequence[str]) -> None:
        self.heads, self.mapping, self.row = heads, mapping, row
        self.told = {name: cells[at] if at < len(cells) else "" for name, at in mapping.items()}
        self.faults: list[Fault] = []

    def wrong(self, name: str, words: str) -> None:
        column = self.heads[self.mapping[name]] if name in self.mapping else TITLES[name]
        self.faults.append(Fault(self.row, column, words))

    def text(self, name: str) -> str:
        said = self.told.get(name, "")
        if len(said) > LONGEST.get(name, 20_000):
            self.wrong(
                name, f"is longer than {LONGEST.get(name, 20_000)} characters; is this the right column? Shorten it"
            )
        return " ".join(said.split()) if name in LONGEST else said

    def day(self, name: str) -> str:
        said = self.told.get(name, "")
        if not said or (name == "spoke" and said.lower() in NEVER):
            return ""
        try:
            return day_of(said)
        except ValueError as error:
            self.wrong(name, str(error))
            return ""

    def past_day(self, name: str, today: str) -> str:
        day = self.day(name)
        if day > today:
            self.wrong(name, f"“{self.told[name]}” is still to come; write the day it was")
        return day

    def yes(self, name: str) -> bool | None:
        said = self.told.get(name, "").lower()
        if not said or said in NO:
            return False if said else None
        if said in YES or said.startswith(("yes", "y ")) or (said.isdecimal() and int(said) > 0):
            return True
        if said.startswith("no"):
            return False
        self.wrong(name, f"“{self.told[name]}” is neither yes nor no; write one of them")
        return None


def read_row(
    known: Known, heads: Sequence[str], mapping: Mapping[str, int], place: str, number: int, cells: Sequence[str]
) -> tuple[OldCase | None, list[Fault]]:
    """The case a row stands for, or None with all that is wrong in it."""
    row = _Row(heads, mapping, number, cells)
    name = row.text("name")
    if not name:
        row.wrong("name", "is empty; write who reported it, or “Not given”")
    opened, spoke = row.past_day("opened", known.today), row.past_day("spoke", known.today)
    reference = _reference(row, known)
    level, children = _level(row, known.today, spoke), _children(row)
    told = {each: row.text(each) for each in ("address", "postcode", "phone", "what", "notes")}
    if told["postcode"] and not POSTCODE.fullmatch(told["postcode"]):
        row.wrong("postcode", f"“{told['postcode']}” is no postcode; write it like LS1 4AB, or leave it empty")
    next_day = row.day("next")
    if row.faults:
        return None, row.faults
    case = OldCase(
        name,
        level,
        address=told["address"],
        postcode=told["postcode"],
        phone=_phone(told["phone"]),
        reference=reference,
        behaviours=kinds_in(told["what"], row.told.get("harm", "")),
        children=children,
        next_contact=next_day if next_day >= known.today else "",
        past=_past(row, opened, spoke, next_day if next_day < known.today else "", level),
        officer=_officer(row, known),
        place=place,
        items=tuple((heads[at], cell) for at, cell in enumerate(cells) if cell),
    )
    return case, []


def _reference(row: _Row, known: Known) -> str:
    reference = row.text("reference")
    key = reference.lower()
    if key in known.references:
        row.wrong("reference", f"“{reference}” is here already, as {known.references[key]}; take the row out")
    elif key and key in known.met:
        row.wrong("reference", f"“{reference}” stands in row {known.met[key]} too; make them one, or number them apart")
    elif key:
        known.met[key] = row.row
    return reference


def _level(row: _Row, today: str, spoke: str) -> str:
    """The list's own level; where a row has none, what three facts say."""
    said = row.told.get("level", "")
    if said:
        level = LEVELS.get(" ".join(said.lower().replace("-", " ").split()), "")
        if not level:
            row.wrong("level", f"“{said}” is no level; write high, medium or standard")
        return level
    facts = ("children", "harm", "spoke")
    missing = [TITLES[each] for each in facts if not row.told.get(each)]
    if missing:
        mend = "write high, medium or standard" if "level" in row.mapping else "fill it in"
        row.wrong("level" if "level" in row.mapping else _first_missing(row), f"is empty; {mend}")
        return ""
    if row.yes("harm"):
        return "high"
    silent = not spoke or day_after(spoke, SILENT_DAYS) < today
    return "medium" if silent or row.yes("children") else "standard"


def _first_missing(row: _Row) -> str:
    return next(each for each in ("children", "harm", "spoke") if not row.told.get(each))


def _children(row: _Row) -> int | None:
    """How many; None where the list says no number. A yes is kept in the words of the past."""
    said = row.told.get("children", "")
    if said.isdecimal():
        return min(int(said), 30)
    before = len(row.faults)
    found = row.yes("children")
    if len(row.faults) > before and row.faults[-2:-1] == row.faults[-1:]:
        row.faults.pop()  # told already, where the level was looked for
    return 0 if found is False else None


def _phone(said: str) -> str:
    """A spreadsheet that took a number for a quantity lost its leading 0."""
    return f"0{said}" if len(said) == 10 and said.isdecimal() and said[0] in "1237" else said


def _officer(row: _Row, known: Known) -> str:
    said = " ".join(row.told.get("officer", "").split())
    found = known.officers.get(said.lower(), "")
    if said and not found:
        known.strangers.add(said)
    return found


def kinds_in(*texts: str) -> tuple[str, ...]:
    """The kinds of behaviour that some words point to; a bare yes or no points to none."""
    said = " ".join(texts).lower()
    return tuple(kind for kind, some in KINDS.items() if any(re.search(rf"\b{re.escape(word)}", said) for word in some))


def _past(row: _Row, opened: str, spoke: str, missed: str, level: str) -> str:
    """What the list says of the time before, in sentences."""
    said = row.told
    lines = [
        f"Called {said['reference']}" if said.get("reference") else "",
        f"Opened {long_day(opened)}" if opened else "",
        f"Last spoken to {long_day(spoke)}" if spoke else "",
        f"A contact was meant for {long_day(missed)}" if missed else "",
        f"Risk level in the list: {said['level']}" if said.get("level") else f"Looked at as {level}: three facts",
        *(f"{TITLES[each].rstrip('?')}: {said[each]}" for each in ("children", "harm", "officer") if said.get(each)),
        *(" ".join(said[each].split()).rstrip(".") for each in ("what", "notes") if said.get(each)),
    ]
    return ". ".join(line for line in lines if line) + "."
