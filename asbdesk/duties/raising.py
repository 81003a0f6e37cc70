"""How a rule makes a duty: what meets it, what moves its day, and what a closing and a reopening do to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TypeVar

from asbdesk.clock import london_day
from asbdesk.duties.codes import OWED_WHEN_CLOSED, THEME
from asbdesk.duties.duty import Duty, day_after
from asbdesk.duties.events import Event, Happening, Report, day_words
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Due:
    """When something is due: its day, the policy line that says so, and the days it had before it was moved."""

    day: str
    line: str = ""
    """Empty where the record itself names the day."""
    source: str = ""
    """For a day that no line sets."""
    at: str | None = None
    moves: tuple[tuple[str, str], ...] = ()
    """(the day it was moved, its day until then), in order of time."""
    restarts: bool = True
    """Does it come back with a reopening? A clock that a reopening itself starts anew does not."""


def by_line(policy: Policy, line: str, event: Event) -> Due:
    """Due as a line of the timescales says, counted from an event."""
    return Due(policy.due(line, event.at), line)


def on_day(day: str, what: str) -> Due:
    """Due on a day that the record names. `what`: where that comes from, in a sentence."""
    return Due(day, source=what)


def raised(
    facts: Facts,
    policy: Policy,
    code: str,
    by: Event,
    due: Due,
    met: Event | None,
    why: str,
    *,
    about: str = "",
    root: Event | None = None,
    mark: str = "",
    closed_too: bool = False,
) -> Duty | None:
    """The duty that an event raises, or None where it came to a case that was closed and stayed so.

    `root`: the record that it is about, where `by` only starts another round. `mark`: what tells apart several that one
    record raises. `closed_too`: owed in a closed case whatever its code.
    """
    root = root or by
    duty = Duty(
        code=code,
        theme=THEME[code],
        key="/".join(part for part in (code, root.id, mark) if part),
        about=about or f"report of {day_words(root.day)}",
        about_id=root.id,
        arose=by.day,
        due=due.day,
        why=why,
        source=due.source or policy.source(due.line, by.day),
        at=due.at,
        met=met.day if met else None,
        written=written_late(met, due.day),
        late_from=_late(by.day, due.day, due.moves),
    )
    if closed_too or code in OWED_WHEN_CLOSED:
        return duty
    return _through_closings(facts, policy, duty, by.at, due, met)


def _late(arose: str, due: str, moves: Sequence[tuple[str, str]]) -> str | None:
    """The first day it is late, where a day that was moved (or lies before the duty) makes that another one."""
    next_day = day_after(due)
    since = arose
    for moved, before in moves:
        late = max(day_after(before), since)
        if late <= moved:
            return late
        since = moved
    return None if since <= next_day else since


def _through_closings(facts: Facts, policy: Policy, duty: Duty, since: str, due: Due, met: Event | None) -> Duty | None:
    """A closed case does not owe it. It is owed again from a reopening: what was not late yet counts from there."""
    for closing, reopening in facts.closed_spells:
        if (reopening and reopening.at <= since) or (met and met.at <= closing.at):
            continue
        arose_in_it = since > closing.at
        if reopening is None or not due.restarts:
            return None if arose_in_it else replace(duty, met=None, ended=closing.day)
        late = duty.late_from or day_after(duty.due)
        if arose_in_it:
            duty = replace(duty, arose=reopening.day, late_from=max(late, reopening.day))
        elif late > closing.day:
            again = policy.due(due.line, reopening.at) if due.line else reopening.day
            duty = replace(duty, due=max(duty.due, again), late_from=None)
        since = reopening.at
    return duty


def written_late(met: Event | None, due: str) -> str | None:
    """The day a record was written down, where that was after the duty was late though it happened in time."""
    return met.written if met and met.day <= due < met.written else None


# ---- what meets
_at = attrgetter("at")


def after(events: Iterable[E], by: Event) -> list[E]:
    """Those at or after an event, itself left out; time decides within a day."""
    return [e for e in events if e.at >= by.at and e.id != by.id]


def first(events: Iterable[E], by: Event) -> E | None:
    """The first of them at or after an event."""
    return min((e for e in events if e.at >= by.at and e.id != by.id), key=_at, default=None)


def answer(events: Iterable[Happening], to: Event) -> Happening | None:
    """The first that answers this record by its id, or that answers whatever waits."""
    return first((e for e in events if e.of in (to.id, "")), to)


def own_reports(facts: Facts) -> tuple[Report, ...]:
    """The reports that start clocks: all but those that are more of the same."""
    return facts.own_reports


def waived(duty: Duty, waivers: Iterable[Happening]) -> Duty:
    """The duty as a named person let it go, with a reason, while it stood."""
    for waiver in waivers:
        names_it = waiver.what == duty.code and (not waiver.of or waiver.of in duty.key.split("/"))
        ends = min((day for day in (duty.met, duty.ended) if day), default="9999")
        if names_it and duty.arose <= waiver.day < ends:
            return replace(duty, waived=waiver.day, met=None, written=None)
    return duty


def day_of(moment: str) -> str:
    """The London day of an instant, or the day itself."""
    return london_day(moment) if len(moment) > 10 else moment
