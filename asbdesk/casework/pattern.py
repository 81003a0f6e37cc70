"""When it happens: diary entries and reports by weekday and hour, the gaps between them, told in words as well."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from asbdesk.casework.parts.reading import standing
from asbdesk.casework.words import number, sentence
from asbdesk.clock import DAYS, london_time, plain_day
from asbdesk.model import DiaryEntry, Report

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WEEK = DAYS
SPAN = 3
"""Hours of one cell of the table."""
SPANS = tuple(f"{at:02}:00 to {at + SPAN:02}:00" for at in range(0, 24, SPAN))
GAP = 7
"""Days without anything that are told as a gap."""
_BEGAN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}):(\d{2}))?")


@dataclass(frozen=True)
class Moment:
    """One thing that happened. `hour` is None where nobody wrote the time."""

    day: dt.date
    hour: int | None


@dataclass(frozen=True)
class Pattern:
    """`hours[weekday][hour]` and how many have no time; `words` tell all of it."""

    moments: tuple[Moment, ...]
    hours: tuple[tuple[int, ...], ...]
    words: tuple[str, ...]

    @property
    def most(self) -> int:
        """The fullest hour."""
        return max((count for row in self.hours for count in row), default=0)

    def span(self, weekday: int, at: int) -> int:
        """How many in one cell of the table."""
        return sum(self.hours[weekday][at * SPAN : (at + 1) * SPAN])


def pattern(session: Session, case: str) -> Pattern:
    """Of diary entries as they were written, and of reports by when they were told to us."""
    diary = [_of_diary(d.began or "") for d in standing(session, DiaryEntry, case)]
    told = [_of_instant(r.received) for r in standing(session, Report, case) if r.received]
    return of_moments([m for m in (*diary, *told) if m is not None], sum(m is None for m in diary), len(told))


def _of_diary(began: str) -> Moment | None:
    found = _BEGAN.match(began.strip())
    if found is None:
        return None
    try:
        hour = int(found[2]) if found[2] else None
        return Moment(dt.date.fromisoformat(found[1]), hour if hour is None or hour < 24 else None)
    except ValueError:
        return None


def _of_instant(at: str) -> Moment:
    moment = london_time(at)
    return Moment(moment.date(), moment.hour)


def of_moments(moments: Iterable[Moment], unread: int = 0, reports: int = 0) -> Pattern:
    """The pattern of these; `unread`: diary entries whose day cannot be told; `reports`: how many are reports."""
    found = tuple(sorted(moments, key=lambda m: (m.day, m.hour or 0)))
    counted = Counter((m.day.weekday(), m.hour) for m in found if m.hour is not None)
    hours = tuple(tuple(counted[day, hour] for hour in range(24)) for day in range(7))
    return Pattern(found, hours, tuple(_words(found, hours, unread, reports)))


def _words(found: tuple[Moment, ...], hours: tuple[tuple[int, ...], ...], unread: int, reports: int) -> Iterable[str]:
    if not found:
        yield "Nothing with a day is written down yet. Key in a diary sheet, and it shows here."
        return
    first, last = found[0].day, found[-1].day
    yield f"{number(len(found), 'time')} from {plain_day(first.isoformat())} to {plain_day(last.isoformat())}."
    timed = sum(map(sum, hours))
    if timed:
        yield _mostly(hours, timed)
        night = sum(sum(row[22:]) + sum(row[:7]) for row in hours)
        yield f"At night, 22:00 to 07:00: {night} of {timed}."
    days = sorted({m.day for m in found})
    gaps = [((b - a).days - 1, a, b) for a, b in pairwise(days)]
    longest = max(gaps, default=(0, first, last))
    if longest[0] >= GAP:
        between = f"{plain_day(longest[1].isoformat())} and {plain_day(longest[2].isoformat())}"
        yield f"The longest gap: {longest[0]} days with nothing, between {between}. Ask what was different."
    if reports:
        yield f"{number(reports, 'report')} among them, at the time when it was told to us."
    if len(found) - timed:
        yield f"{number(len(found) - timed, 'time')} without an hour: not in the picture."
    if unread:
        yield f"{number(unread, 'diary entry', 'diary entries')} without a day that can be read: not counted."


def _mostly(hours: tuple[tuple[int, ...], ...], timed: int) -> str:
    days = [sum(row) for row in hours]
    spans = [sum(sum(row[at : at + SPAN]) for row in hours) for at in range(0, 24, SPAN)]
    often = [WEEK[at] for at in range(7) if days[at] == max(days)]
    when = SPANS[spans.index(max(spans))]
    most = max(spans)
    if len(often) == 7:
        return f"On every day alike; most often from {when}: {most} of {timed}."
    many = f"{max(days)} each" if len(often) > 1 else f"{max(days)}"
    return f"Most often on {sentence(often)} ({many}); most often from {when}: {most} of {timed}."
