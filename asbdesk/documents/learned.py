"""A case looked back on: what happened, what was owed and when it went late. For the screen and for paper alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from asbdesk.clock import days_between

Standing = Literal["not_yet", "open", "due", "late", "met", "met_late", "waived", "ended"]
How = Literal["met", "waived", "ended", ""]


@dataclass(frozen=True)
class Happened:
    """One entry of the chronology. `day` is London's."""

    day: str
    time: str
    icon: str
    tone: str
    title: str
    text: str = ""
    by: str = ""


@dataclass(frozen=True)
class Owed:
    """One thing that was owed, with why, the rule it follows and the published lesson behind it."""

    key: str
    code: str
    name: str
    about: str
    """What raised it: "report of 3 Mar 2020"."""
    arose: str
    due: str
    end: str | None
    """The day it was met, found not needed, or no longer owed."""
    how: How
    """What ended it; empty while it is owed."""
    late_from: str | None
    """The first day it was late, as far as the case is looked back on."""
    why: str
    rule: str
    """The landlord's timescale, empty where a law or an agreement sets the day."""
    source: str
    lesson: str

    def standing(self, day: str) -> Standing:
        """What it was on a day."""
        if day < self.arose:
            return "not_yet"
        if self.end is not None and day >= self.end and self.how:
            return "met_late" if self.how == "met" and self.late_from else self.how
        if self.late_from is not None and day >= self.late_from:
            return "late"
        return "due" if day == self.due else "open"

    def days_late(self, day: str) -> int:
        """Calendar days past its day, on `day` or when it ended."""
        if self.late_from is None or day < self.late_from:
            return 0
        last = min(day, self.end) if self.end else day
        return max(days_between(self.late_from, last) + 1, 1)

    @property
    def never(self) -> bool:
        """Was it late and never done?"""
        return self.late_from is not None and self.how != "met"


@dataclass(frozen=True)
class Position:
    """How the case stood on one day."""

    day: str
    number: int
    """Counted from 1, the first day of the case."""
    events: tuple[Happened, ...]
    open: tuple[Owed, ...]
    """Owed on this day, the late ones first."""
    late: int
    became_late: tuple[Owed, ...]


@dataclass(frozen=True)
class Learned:
    """A whole case looked back on. Events and what was owed stand in order of time."""

    case: str
    reference: str
    title: str
    start: str
    end: str
    events: tuple[Happened, ...]
    owed: tuple[Owed, ...]
    landlord: str = ""
    officer: str = ""
    made_on: str = ""
    withheld: int = 0
    """Lines whose words were left out for whoever will see the paper."""

    @cached_property
    def days(self) -> int:
        """How many days it covers, both ends counted."""
        return days_between(self.start, self.end) + 1

    @cached_property
    def late(self) -> tuple[Owed, ...]:
        """What went late, the first to do so first."""
        return tuple(sorted((o for o in self.owed if o.late_from), key=lambda o: (o.late_from or "", o.due, o.key)))

    @cached_property
    def never(self) -> int:
        """How many of the late things were never done."""
        return sum(o.never for o in self.late)

    def day(self, number: int) -> str:
        """The day so many after the first."""
        return (dt.date.fromisoformat(self.start) + dt.timedelta(days=number)).isoformat()

    def on(self, day: str) -> Position:
        """How the case stood on a day."""
        standing = [(o, o.standing(day)) for o in self.owed]
        open_ = [o for o, how in standing if how in ("open", "due", "late")]
        late = [o for o, how in standing if how == "late"]
        behind = {id(o) for o in late}  # to compare them field by field takes half a second where hundreds are owed
        return Position(
            day,
            days_between(self.start, day) + 1,
            tuple(e for e in self.events if e.day == day),
            tuple(sorted(open_, key=lambda o: (id(o) not in behind, o.late_from or o.due, o.key))),
            len(late),
            tuple(o for o in self.late if o.late_from == day),
        )

    @cached_property
    def turns(self) -> tuple[str, ...]:
        """The days on which something happened or went late."""
        marks = {e.day for e in self.events} | {o.late_from for o in self.late if o.late_from}
        return tuple(sorted(marks | {self.start, self.end}))
