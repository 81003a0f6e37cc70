"""The only module that reads the time: UTC instants as fixed-width text, and Europe/London days.

An *instant* is text such as ``2026-11-21T10:42:07.113Z`` (always 24 characters, so instants sort as text);
a *day* is ``YYYY-MM-DD``. The day of an instant is London's, because that is the day an officer lived.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
KNOWN = 8192
"""Texts whose reading is kept: each write in a long case asks for the same days again."""
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


class Clock(Protocol):
    """What the rest of the program may know of time."""

    def now(self) -> dt.datetime:
        """The present moment, aware, UTC."""


class SystemClock:
    """The laptop's clock."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    def steady(self) -> float:
        """Seconds on a count that nobody can set and that goes on during sleep, to notice a clock that leaps."""
        # Linux counts sleep on one of its own, macOS and Windows on the plain one
        which = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
        return time.monotonic() if which is None else time.clock_gettime(which)


class SetClock:
    """A clock that stands where it is put: for tests, for replaying a history, for the demo's visit."""

    def __init__(self, start: dt.datetime | str) -> None:
        self.at = parse_instant(start) if isinstance(start, str) else start.astimezone(dt.UTC)

    def now(self) -> dt.datetime:
        return self.at

    def put(self, at: dt.datetime | str) -> None:
        self.at = parse_instant(at) if isinstance(at, str) else at.astimezone(dt.UTC)

    def pass_time(self, **delta: float) -> None:
        """Move by a `datetime.timedelta(**delta)`; negative values move back."""
        self.at += dt.timedelta(**delta)


def instant(moment: dt.datetime) -> str:
    """`moment` (aware) as fixed-width UTC text, to the millisecond."""
    utc = moment.astimezone(dt.UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def parse_instant(text: str) -> dt.datetime:
    """The moment an instant names, aware, UTC. Raises ValueError when it is not one."""
    if _INSTANT.fullmatch(text):
        return dt.datetime.fromisoformat(text)  # a tenth of strptime's time, and a case's duties ask often
    return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=dt.UTC)


@lru_cache(maxsize=KNOWN)
def london_time(text: str) -> dt.datetime:
    """An instant as the wall clock in London showed it."""
    return parse_instant(text).astimezone(LONDON)


@lru_cache(maxsize=KNOWN)
def london_day(text: str) -> str:
    """The London day (`YYYY-MM-DD`) of an instant."""
    return london_time(text).date().isoformat()


def london_instant(day: dt.date | str, at: dt.time | str = "09:00") -> str:
    """The instant of a London day and wall-clock time."""
    day = dt.date.fromisoformat(day) if isinstance(day, str) else day
    at = dt.time.fromisoformat(at) if isinstance(at, str) else at
    return instant(dt.datetime.combine(day, at, LONDON))


def today(clock: Clock) -> str:
    """The London day it is now."""
    return clock.now().astimezone(LONDON).date().isoformat()


def milliseconds() -> int:
    """Milliseconds since 1970 by the laptop's clock: only for making ids, never shown and never compared."""
    return time.time_ns() // 1_000_000


def monotonic() -> float:
    """Seconds on a clock that is never set back; for delays and time-outs only."""
    return time.monotonic()


# ---- dates as people write them (not strftime's %A: Qt sets the locale, and a Turkish desk still writes English plans)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@lru_cache(maxsize=KNOWN)
def days_between(first: str, last: str) -> int:
    """Calendar days from one day to another, both `YYYY-MM-DD`; negative where the second comes before."""
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days


def plain_day(day: str) -> str:
    """`2026-12-01` as "Tuesday 1 December", as the resident's papers write it."""
    d = dt.date.fromisoformat(day)
    return f"{DAYS[d.weekday()]} {d.day} {MONTHS[d.month - 1]}"


def long_day(day: str) -> str:
    """`2026-12-01` as "Tuesday 1 December 2026"."""
    return f"{plain_day(day)} {day[:4]}"


@lru_cache(maxsize=KNOWN)
def bare_day(day: str) -> str:
    """`2026-12-01` as "Tue 1 Dec", whatever year it is."""
    d = dt.date.fromisoformat(day)
    return f"{DAYS[d.weekday()][:3]} {d.day} {MONTHS[d.month - 1][:3]}"


def dated(day: str) -> str:
    """`2026-12-01` as "Tue 1 Dec 2026"."""
    return f"{bare_day(day)} {day[:4]}"


_understood = [""]


def understand(year: str) -> None:
    """Write the days of `year` without it from now on, and those of other years with theirs: it is this year at the
    desk that is open. Empty: each short day is written without, as where there is no window."""
    _understood[0] = year


def short_day(day: str, today: str = "") -> str:
    """`2026-12-01` as "Tue 1 Dec", and "Tue 1 Dec 2026" where it is of another year than `today`, or than the year
    that is understood."""
    year = today[:4] or _understood[0]
    return dated(day) if year and day[:4] != year else bare_day(day)


def full_day(day: str) -> str:
    """`2026-12-01` as "Tuesday 1 December", with its year where that is not the one that is understood."""
    year = _understood[0]
    return long_day(day) if year and day[:4] != year else plain_day(day)


def short_moment(text: str) -> str:
    """An instant as "Tue 1 Dec, 14:05", London time; with its year as `short_day` has it."""
    day, time_ = _day_and_time(text)
    return f"{short_day(day)}, {time_}"


@lru_cache(maxsize=KNOWN)
def _day_and_time(text: str) -> tuple[str, str]:
    at = london_time(text)
    return at.date().isoformat(), f"{at:%H:%M}"
