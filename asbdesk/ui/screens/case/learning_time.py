"""The measures of the learning view's time line: days to pixels, months as bands, events that stand close as one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from asbdesk.clock import MONTHS, days_between
from asbdesk.documents.learned import Happened, Learned, Owed

LANES = 4
"""Most lanes of one kind; the rest are counted in one more."""


@dataclass(frozen=True)
class Band:
    """A month, or a year where months would be too narrow to read. Days counted from the first; the end is left out."""

    first: int
    end: int
    name: str
    odd: bool


@dataclass(frozen=True)
class Row:
    """All that was owed of one kind, in as many lanes as overlap."""

    name: str
    lanes: tuple[tuple[Owed, ...], ...]
    more: tuple[Owed, ...]
    """Those that would need more lanes than `LANES`: drawn as one."""
    late: bool

    def __contains__(self, one: object) -> bool:
        return one in self.more or any(one in lane for lane in self.lanes)

    @property
    def height(self) -> int:
        """In lanes."""
        return max(len(self.lanes) + bool(self.more), 1)

    @property
    def all(self) -> tuple[Owed, ...]:
        """Lane by lane."""
        return (*(one for lane in self.lanes for one in lane), *self.more)


def bands(view: Learned, per_day: float, narrowest: float) -> Iterator[Band]:
    """Months from the first day to the last; years where a month is narrower than `narrowest` pixels."""
    first, last = dt.date.fromisoformat(view.start), dt.date.fromisoformat(view.end)
    by_year = per_day * 30 < narrowest
    at = first.replace(day=1, month=1) if by_year else first.replace(day=1)
    while at <= last:
        following = at.replace(year=at.year + 1) if by_year else (at + dt.timedelta(days=32)).replace(day=1)
        begins = max((at - first).days, 0)
        month = MONTHS[at.month - 1][:3] + (f" {at.year}" if begins == 0 or at.month == 1 else "")
        odd = bool(at.year % 2 if by_year else at.month % 2)
        yield Band(begins, min((following - first).days, view.days), str(at.year) if by_year else month, odd)
        at = following


def rows(view: Learned) -> tuple[Row, ...]:
    """One row a kind of thing owed: those that went late first, the earliest at the top."""
    kinds: dict[str, dict[Owed, None]] = {}
    for one in (*view.late, *view.owed):
        kinds.setdefault(one.name, {})[one] = None
    return tuple(Row(name, *_lanes(view, some), any(o.late_from for o in some)) for name, some in kinds.items())


def _lanes(view: Learned, some: Iterable[Owed]) -> tuple[tuple[tuple[Owed, ...], ...], tuple[Owed, ...]]:
    lanes: list[list[Owed]] = []
    more: list[Owed] = []
    for one in sorted(some, key=lambda o: (o.arose, o.due, o.key)):
        lane = next((lane for lane in lanes if last_day(view, lane[-1]) < one.arose), None)
        if lane is not None:
            lane.append(one)
        elif len(lanes) < LANES:
            lanes.append([one])
        else:
            more.append(one)
    return tuple(map(tuple, lanes)), tuple(more)


def last_day(view: Learned, one: Owed) -> str:
    """The last day on which a thing is drawn: until it ended, else until the case is no longer looked at."""
    return max(one.end or view.end, one.arose)


def clusters(view: Learned, per_day: float, apart: float) -> Iterator[tuple[int, int, tuple[Happened, ...]]]:
    """(first day, last day, events): those that would stand closer than `apart` pixels are one."""
    held: list[Happened] = []
    first = last = 0
    for event in view.events:
        at = days_between(view.start, event.day)
        if held and (at - first) * per_day >= apart:
            yield first, last, tuple(held)
            held = []
        first = at if not held else first
        last = at
        held.append(event)
    if held:
        yield first, last, tuple(held)


def late_words(one: Owed, day: str) -> str:
    """ "12 days late", "1 day late, then done": as it stood on a day."""
    days = one.days_late(day) or 1
    words = f"{days} day{'s' if days != 1 else ''} late"
    standing = one.standing(day)
    if standing == "met_late":
        return f"{words}, then done"
    return f"{words}, never done" if standing in ("waived", "ended") else words


def more_words(some: tuple[Owed, ...], day: str) -> str:
    """ "121 more, 40 of them late": as it stood on a day."""
    known = [one for one in some if one.arose <= day]
    late = [one for one in known if one.standing(day) == "late"]
    if not late:
        return f"{len(known)} more"
    oldest = max(one.days_late(day) for one in late)
    return f"{len(known)} more, {len(late)} of them late, the oldest {oldest} day{'s' if oldest != 1 else ''}"
