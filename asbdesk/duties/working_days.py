"""England's working days: Monday to Friday without bank holidays and the landlord's own closing days.

Bank holidays are worked out here: a library that knows every country's days takes half a second to import, and the
memory of three hundred modules. One-off days that are yet to be declared nobody knows: hence days added and removed by
the landlord or its head office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from asbdesk.clock import london_day, london_time

TABLE = ("closed", "added", "removed")
ONE_DAY = dt.timedelta(days=1)
MONDAY, FRIDAY = 0, 4
SINCE = 1978
"""The first year with all eight (the Banking and Financial Dealings Act 1971, and May Day by proclamation)."""
MOVED = {  # by royal proclamation: the usual day, and when it was kept
    "1995-05-01": "1995-05-08",
    "2002-05-27": "2002-06-04",
    "2012-05-28": "2012-06-04",
    "2020-05-04": "2020-05-08",
    "2022-05-30": "2022-06-02",
}
ONCE = frozenset(  # days of one year alone: weddings, jubilees, the millennium, a funeral, a coronation
    (
        *("1981-07-29", "1999-12-31", "2002-06-03", "2011-04-29", "2012-06-05", "2022-06-03", "2022-09-19"),
        "2023-05-08",
    )
)


@cache
def bank_holidays(year: int) -> frozenset[dt.date]:
    """England's bank holidays of a year, substitute days among them; none before 1978."""
    if year < SINCE:
        return frozenset()
    easter = _easter(year)
    found = {
        *_kept(dt.date(year, 1, 1)),
        *(easter - 2 * ONE_DAY, easter + ONE_DAY),
        *(_moved(day) for day in (_monday_from(dt.date(year, 5, 1)), _monday_from(dt.date(year, 5, 25)))),
        _monday_from(dt.date(year, 8, 25)),
        *_kept(dt.date(year, 12, 25), dt.date(year, 12, 26)),
    }
    return frozenset(found | {day for text in ONCE if (day := dt.date.fromisoformat(text)).year == year})


def _kept(*days: dt.date) -> set[dt.date]:
    """Some days on end, and for each that falls on a weekend the next day after them that does not."""
    found = set(days)
    for day in days:
        if day.weekday() > FRIDAY:
            after = (day + n * ONE_DAY for n in range(1, 5))
            found.add(next(at for at in after if at.weekday() <= FRIDAY and at not in found))
    return found


def _monday_from(day: dt.date) -> dt.date:
    return day + (MONDAY - day.weekday()) % 7 * ONE_DAY


def _moved(day: dt.date) -> dt.date:
    return dt.date.fromisoformat(MOVED.get(day.isoformat(), day.isoformat()))


def _easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the rule printed in Nature, 20 April 1876)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    leaps = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + leaps + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    days = moon + sunday - 7 * ((golden + 11 * moon + 22 * sunday) // 451) + 21
    return dt.date(year, 3, 1) + days * ONE_DAY


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
        return day in self.removed or day not in bank_holidays(day.year)

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
