"""An open case in silence: how long since we last spoke to the resident (communication; a file of its own, because a
clock that each contact starts anew, and each change of risk moves, is the longest of the rules)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from asbdesk.duties.duty import Duty, day_after
from asbdesk.duties.events import Contact, Event, day_words
from asbdesk.duties.facts import ALLEGED, Facts, Pace
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import Due, raised
from asbdesk.duties.spoken import landlord_contacts

CHOSEN = "regular_update.chosen_days"
"""The resident chooses how often they hear from us, at most so many days apart (PRACTICE.md 7)."""
WHY = "The case is open, and nobody should have to wonder whether we are still working on it."


@dataclass(frozen=True)
class Clock:
    """One silence that is measured. `mark` tells it from the case's own."""

    people: tuple[str, ...]
    mark: str = ""


def regular_update(facts: Facts, policy: Policy) -> Iterator[Duty | None]:
    """From the first report, then from each landlord contact, and from a reopening."""
    for clock in clocks(facts):
        contacts = landlord_contacts(facts, clock.people)
        for start, until in _rounds(facts, clock, contacts):
            due = _due(facts, policy, clock, start, until)
            about = f"{_kind(facts, start)} of {day_words(start.day)}"
            met = until if isinstance(until, Contact) else None
            yield raised(facts, policy, "regular_update", start, due, met, WHY, about=about, mark=clock.mark)


def clocks(facts: Facts) -> list[Clock]:
    """The case's one clock, and those of households that have their own, or one who speaks for them."""
    shared = tuple(p for p in facts.residents if not _updates(facts, p))
    found = [Clock(shared)] if shared else []
    spoken_for: dict[str, list[str]] = {}
    for person in facts.people.values():
        if not person.reachable or ALLEGED in person.roles or person.updates in ("", "none"):
            continue
        through = person.id if person.updates == "own" else person.updates
        spoken_for.setdefault(through, []).append(person.id)
    for through, people in spoken_for.items():
        if through not in shared:
            found.append(Clock(tuple(dict.fromkeys((through, *people))), through))
    return found


def _updates(facts: Facts, person: str) -> str:
    known = facts.people.get(person)
    return known.updates if known else ""


def _rounds(facts: Facts, clock: Clock, contacts: list[Contact]) -> Iterator[tuple[Event, Event | None]]:
    """Each silence: what it began with, and the contact or the reopening that ended it."""
    theirs = [r for r in facts.reports if not r.same_as and {*facts.owed_to(r.by)} & {*clock.people}]
    waits = any("reporter" in facts.roles(person) for person in clock.people)  # their own first report starts it
    begun = theirs[0] if theirs else None if waits else next(iter(facts.reports), None)
    if begun is None:
        return
    again = [reopening for _, reopening in facts.closed_spells if reopening]
    later: list[Event] = [e for e in (*contacts, *again) if e.at >= begun.at]
    starts: list[Event] = [begun, *sorted(later, key=lambda e: e.at)]
    yield from zip(starts, [*starts[1:], None], strict=True)


def _due(facts: Facts, policy: Policy, clock: Clock, start: Event, until: Event | None) -> Due:
    """By the risk level at the start; a change of it during the silence moves the day, never to before tomorrow."""
    line = _line(facts, policy, start.at)
    day = _day(facts, policy, clock, line, start)
    moves: list[tuple[str, str]] = []
    for change in _changes(facts, start, until):
        new = _line(facts, policy, change.at)
        if new != line:
            wanted = max(_day(facts, policy, clock, new, start), policy.days.due(change.at, 1))
            moved = min(day, wanted) if _day(facts, policy, clock, new, start) < day else wanted
            moves.append((change.day, day))
            day, line = moved, new
    return Due(day, line, moves=tuple(moves), restarts=False)


def _changes(facts: Facts, start: Event, until: Event | None) -> list[Event]:
    """What may change the risk level during a silence: assessments and grave reports."""
    grave = [r for r in facts.reports if r.category == "serious" and not r.same_as]
    between = [e for e in (*facts.assessments, *grave) if start.at < e.at and (until is None or e.at < until.at)]
    return sorted(between, key=lambda e: e.at)


def _line(facts: Facts, policy: Policy, at: str) -> str:
    """The tightest of the lines that the case calls for at an instant."""
    band = facts.band_at(at, until=True)
    serious = any(r.at <= at for r in facts.serious_reports)
    assessed = any(a.complete and a.at <= at for a in facts.assessments)
    names = ["other_wd"]
    if band == "high" or (serious and not assessed):
        names.append("high_wd")
    if facts.stream_at(at) == "hate":
        names.append("hate_wd")
    if band == "medium":
        names.append("medium_wd")
    day = at[:10]
    numbers = {name: _number(policy, f"regular_update.{name}", day) for name in reversed(names)}
    return f"regular_update.{min(numbers, key=lambda name: numbers[name])}"


def _number(policy: Policy, name: str, day: str) -> int:
    """Hate and medium are as the others, unless the landlord set them."""
    if name.endswith((".hate_wd", ".medium_wd")) and not policy.is_set(name, day):
        return policy.number("regular_update.other_wd", day)
    return policy.number(name, day)


def _day(facts: Facts, policy: Policy, clock: Clock, line: str, start: Event) -> str:
    """The due day: the line's, or what the resident chose; at a high level never later than the line's,
    unless a manager agreed."""
    day = policy.days.due(start.at, _number(policy, line, start.day))
    pace = _chosen(facts, clock, start)
    if pace is None:
        return day
    most = policy.number(CHOSEN, start.day)
    if pace.days:
        theirs = day_after(start.day, min(pace.days, most))
    else:  # only if something happens, until the day it is asked again; after that the line's own
        until = min(pace.until or day_after(pace.at, most), day_after(pace.at, most))
        theirs = until if until > start.day else day
    return min(day, theirs) if line.endswith(".high_wd") and not pace.agreed else theirs


def _chosen(facts: Facts, clock: Clock, start: Event) -> Pace | None:
    """What stood chosen when a silence began."""
    chosen = [pace for p in clock.people if p in facts.people for pace in facts.people[p].pace if pace.at <= start.at]
    return chosen[-1] if chosen else None


def _kind(facts: Facts, start: Event) -> str:
    if isinstance(start, Contact):
        return "contact"
    return "report" if start in facts.reports else "reopening"
