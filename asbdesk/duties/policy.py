"""The landlord's timescales: every number under its dotted name, with unit and source, and from which day it holds.

A duty keeps the numbers in force on the day it arose, so a profile is never edited in place: `changed` adds a version.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from asbdesk.clock import london_day
from asbdesk.duties.duty import day_after
from asbdesk.duties.working_days import WorkingDays
from asbdesk.errors import UserError
from asbdesk.paths import read_given, resources

UNITS = {
    "checks": ("check", "checks"),
    "days": ("day", "days"),
    "hours": ("hour", "hours"),
    "months": ("month", "months"),
    "reports": ("report", "reports"),
    "working days": ("working day", "working days"),
}
MOST_READ = 1 << 20
"""Bytes of a file of timescales that are read."""
LARGEST = 3660
HEAD = ("id", "title", "version", "versions", "begins", "working_days", "reason")
"""What may stand in a landlord's file beside its numbers."""


@dataclass(frozen=True)
class Line:
    """One number. `what` says in words what it is for."""

    name: str
    value: int
    unit: str
    what: str
    source: str
    reviewed_on: str

    def words(self, value: int | None = None) -> str:
        """ "3 working days"."""
        number = self.value if value is None else value
        one, many = UNITS[self.unit]
        return f"{number} {one if number == 1 else many}"


@dataclass(frozen=True)
class Policy:
    """A profile: the shipped lines, and the landlord's changes, each from a day on (`""`: from the beginning)."""

    lines: Mapping[str, Line]
    days: WorkingDays = field(default_factory=WorkingDays)
    changes: tuple[tuple[str, Mapping[str, int]], ...] = ()

    def number(self, name: str, day: str = "9999-12-31") -> int:
        """The number in force on a day. Raises KeyError for a name that is not in the profile."""
        value = self.lines[name].value
        for since, numbers in self.changes:
            if since <= day and name in numbers:
                value = numbers[name]
        return value

    def is_set(self, name: str, day: str = "9999-12-31") -> bool:
        """Has the landlord set this number itself, for a day?"""
        return any(since <= day and name in numbers for since, numbers in self.changes)

    def changed(self, numbers: Mapping[str, Any], since: str = "") -> Policy:
        """The same profile with other numbers from a day on. Raises UserError naming what cannot stand."""
        for name, value in numbers.items():
            if name not in self.lines:
                raise UserError(f"“{name}” is not one of the timescales. {_near(name, self.lines)}")
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
                raise UserError(f"{name}: “{value}” is not a number from 0 to {LARGEST}. Write a whole number.")
        return replace(self, changes=tuple(sorted((*self.changes, (since, dict(numbers))), key=lambda c: c[0])))

    # ---- counting
    def due(self, name: str, arose: str) -> str:
        """The due day of something that arose at an instant, by the line's own unit (`…_wd`, `.wd`, `days`)."""
        number = self.number(name, london_day(arose))
        if self.lines[name].unit == "working days":
            return self.days.due(arose, number)
        return day_after(london_day(arose), number)

    def source(self, name: str, day: str = "9999-12-31") -> str:
        """Where a number comes from, in a sentence: "Our timescales (action_plan.medium_wd): 5 working days. …"."""
        line = self.lines[name]
        return f"Our timescales ({name}): {line.words(self.number(name, day))}. {line.source}"


@cache
def default() -> Policy:
    """The shipped profile."""
    return load(resources() / "policies" / "default.yaml")


def load(path: Path) -> Policy:
    """A profile from a file. Raises UserError naming the file, the line's name and the mend."""
    data = _read(path)
    if not isinstance(data, dict) or not isinstance(data.get("lines"), dict):
        raise UserError(f"{path.name} holds no “lines”. Write it like the profile that comes with asbdesk.")
    lines = {name: _line(path.name, str(name), said) for name, said in data["lines"].items()}
    return Policy(lines, _calendar(path.name, data.get("working_days")))


def own(path: Path) -> Policy:
    """A landlord's own profile: the shipped one with the numbers of a file over it. The file is a profile like the
    shipped one (all its lines, or some), or a table of dotted names and numbers, which may stand under `numbers` (or
    `policy`) beside the day they begin (`begins`), or be one of several `versions`; `working_days` as in the shipped
    one. YAML or JSON. Raises UserError.
    """
    data = _read(path)
    if not isinstance(data, dict):
        raise UserError(f"{path.name}: this is no table of timescales. Write evidence_review.wd: 3, a line each.")
    if "lines" in data:
        loaded, usual = load(path), default().lines
        other = {name: line.value for name, line in loaded.lines.items() if name in usual and line != usual[name]}
        return Policy({**usual, **loaded.lines}, loaded.days, (("", other),))
    profile = replace(default(), days=_calendar(path.name, data.get("working_days")))
    versions = data.get("versions", [data])
    for version in versions if isinstance(versions, list) else [versions]:
        profile = _over(profile, path.name, version)
    return profile


def _over(profile: Policy, file: str, version: Any) -> Policy:
    """One version of a landlord's numbers over what stood before."""
    if not isinstance(version, dict):
        raise UserError(f"{file}, versions: each is a table with begins and numbers.")
    plain = {name: value for name, value in version.items() if name not in HEAD}
    numbers = version.get("numbers", version.get("policy", plain))
    if not isinstance(numbers, dict):
        raise UserError(f"{file}: its numbers are no table. Write evidence_review.wd: 3, a line each.")
    try:
        named = {str(name): value for name, value in numbers.items()}
        return profile.changed(named, _begins(file, version.get("begins")))
    except UserError as error:
        raise UserError(f"{file}: {error}".replace(f"{file}: {file}", file)) from None


def _calendar(file: str, said: Any) -> WorkingDays:
    try:
        return WorkingDays.of(**(said or {}))
    except (TypeError, ValueError, AttributeError) as error:
        raise UserError(f"{file}, working_days: {error}. Write days as YYYY-MM-DD and times as HH:MM.") from None


def _begins(file: str, said: Any) -> str:
    try:
        return dt.date.fromisoformat(str(said)).isoformat() if said is not None else ""
    except ValueError:
        raise UserError(f"{file}, begins: “{said}” is not a day. Write it as YYYY-MM-DD.") from None


def _read(path: Path) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="safe", pure=True).load(read_given(path, MOST_READ).decode())
    except (OSError, UnicodeDecodeError, YAMLError, RecursionError) as error:
        raise UserError(
            f"{path.name} cannot be read: {str(error).splitlines()[0]}. Put a good copy in its place."
        ) from None


def _line(file: str, name: str, said: Any) -> Line:
    wanted = ("value", "unit", "what", "source", "reviewed_on")
    if not isinstance(said, dict) or set(said) != set(wanted):
        raise UserError(f"{file}, {name}: needs {', '.join(wanted)}, and nothing else.")
    if isinstance(said["value"], bool) or not isinstance(said["value"], int) or not 0 <= said["value"] <= LARGEST:
        raise UserError(f"{file}, {name}: “{said['value']}” is not a number from 0 to {LARGEST}. Write a whole number.")
    if said["unit"] not in UNITS:
        raise UserError(f"{file}, {name}: “{said['unit']}” is not a unit. Use one of: {', '.join(UNITS)}.")
    return Line(name, said["value"], said["unit"], *(str(said[w]) for w in wanted[2:]))


def _near(name: str, known: Mapping[str, Line]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), 1)
    return f"Did you mean “{close[0]}”?" if close else "The list of names is in Settings, Timescales."
