"""England's working days: Monday to Friday without bank holidays and the landlord's own closing days.

The bank holidays are shipped as a list, made from the library `holidays` (installer/bank_holidays.py), which takes half
a second and 19 MiB to import. It cannot hold one-off days that are yet to be declared: hence days added and removed by
the landlord or its head office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from asbdesk import paths
from asbdesk.clock import london_day, london_time

TABLE = ("closed", "added", "removed")
ONE_DAY = dt.timedelta(days=1)


@cache
def bank_holidays() -> frozenset[dt.date]:
    """England's bank holidays from 1990 to 2100, substitute days among them."""
    listed = (paths.resources() / "bank_holidays.txt").read_text("utf-8")
    return frozenset(map(dt.date.fromisoformat, listed.split()))


@dataclass(frozen=True)
class WorkingDays:
    """The landlord's calendar. `closed` are its own closing days; `added` are bank holidays
    declared since; `removed` are bank holidays that are worked. `ends_at`: an event after this
    time of day counts as if it came on the next working day.
    """

    closed: frozenset[dt.date] = frozenset()
    added: frozenset[dt.date] = frozenset()
    removed: frozenset[dt.date] = frozenset()
    ends_at: dt.time = dt.time(17)
    _counted: dict[tuple[str, int], str] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `add` found: the duties of a long case ask for the same days over and over."""

    @classmethod
    def of(
        cls,
        closed: Iterable[str] = (),
        added: Iterable[str] = (),
        removed: Iterable[str] = (),
        ends_at: str = "17:00",
    ) -> WorkingDays:
        """From days and a time as text. Raises ValueError for text that is neither."""

        def days(some: Iterable[str]) -> frozenset[dt.date]:
            return frozenset(dt.date.fromisoformat(str(day)) for day in some)

        return cls(days(closed), days(added), days(removed), dt.time.fromisoformat(ends_at))

    def over(self, begins: str, days: Mapping[str, Iterable[str]]) -> WorkingDays:
        """With another table from a day on: days before it stay as they were. Raises ValueError for what is no day."""
        new = WorkingDays.of(days.get("closed", ()), days.get("added", ()), days.get("removed", ()))
        since = dt.date.fromisoformat(begins)

        def joined(before: frozenset[dt.date], after: frozenset[dt.date]) -> frozenset[dt.date]:
            return frozenset({d for d in before if d < since} | {d for d in after if d >= since})

        return replace(
            self,
            closed=joined(self.closed, new.closed),
            added=joined(self.added, new.added),
            removed=joined(self.removed, new.removed),
        )

    def is_working(self, day: dt.date) -> bool:
        """Is this a working day?"""
        if day.weekday() > 4 or day in self.closed or day in self.added:
            return False
        return day in self.removed or day not in bank_holidays()

    def add(self, day: str, days: int) -> str:
        """The n-th working day after `day`: the day after is day 1. With 0, the day itself."""
        found = self._counted.get((day, days))
        if found is None:
            found = self._counted[day, days] = self._add(dt.date.fromisoformat(day), days)
        return found

    def _add(self, at: dt.date, days: int) -> str:
        while days > 0 and at < dt.date.max:
            at += ONE_DAY
            days -= self.is_working(at)
        return at.isoformat()

    def on_or_after(self, day: str) -> str:
        """The day itself if it is worked, else the next working day."""
        at = dt.date.fromisoformat(day)
        return day if self.is_working(at) else self.add(day, 1)

    def counts_from(self, instant: str) -> str:
        """The day an event counts from: its London day, or the next working day when it came after hours."""
        day = london_day(instant)
        return self.add(day, 1) if london_time(instant).time() > self.ends_at else day

    def due(self, instant: str, days: int) -> str:
        """The day that is `days` working days after the day an event counts from."""
        return self.add(self.counts_from(instant), days)
