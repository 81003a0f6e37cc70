"""One thing that is owed: derived from records, never typed in. Its state is a pure function of it and a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from asbdesk.clock import KNOWN

FIRST, LAST = dt.date.min.isoformat(), dt.date.max.isoformat()
State = Literal["upcoming", "due", "overdue", "met", "met_late", "waived", "ended"]


@dataclass(frozen=True)
class Duty:
    """What is owed, by when, why, and from where we know. Days are `YYYY-MM-DD`, London's."""

    code: str
    theme: str
    key: str
    """The code and the id of the record that raised it (and the round, where it arms again)."""
    about: str
    """What raised it, in words: "report of 3 Mar 2020"."""
    about_id: str
    arose: str
    due: str
    why: str
    """One plain sentence."""
    source: str
    """The policy line, the law, or the published lesson."""
    at: str | None = None
    """The instant agreed, or the instant by which it is owed, where there is one."""
    met: str | None = None
    written: str | None = None
    """The day it was written down, where that was after the duty was late: backdating hides nothing."""
    waived: str | None = None
    """The day a named person said that it is not needed."""
    ended: str | None = None
    """The day after which it is no longer owed (the case closed)."""
    late_from: str | None = None
    """The first day it is late if nothing meets it before, where that is not the day after `due`: it was late before
    its day was moved, or its day passed while the case was closed."""


def state(duty: Duty, day: str) -> State:
    """What a duty is on a London day. Late is from the calendar day after the due day."""
    if duty.waived:
        return "waived"
    if duty.met:
        return "met_late" if overdue_from(duty, duty.met) else "met"
    if duty.ended:
        return "ended"
    if day > duty.due:
        return "overdue"
    return "due" if day == duty.due else "upcoming"


def kept_state(duty: Duty) -> str:
    """The state without a today, as the store keeps it: `open`, `met`, `met_late`, `waived` or `ended`."""
    now = state(duty, duty.due)
    return "open" if now == "due" else now


def overdue_from(duty: Duty, day: str) -> str | None:
    """The first day on which it was owed and late, as far as `day`; a duty met or moved late keeps it."""
    late = duty.late_from or day_after(duty.due)
    ends = [end for end in (duty.met, duty.waived, duty.ended) if end]
    if day < late or (ends and min(ends) < late):
        return None
    return late


@lru_cache(maxsize=KNOWN)
def day_after(day: str, days: int = 1) -> str:
    """The calendar day `days` after (before, where negative); no further than the calendar goes."""
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days=days)).isoformat()
    except OverflowError:
        return LAST if days > 0 else FIRST
