"""What is owed in repairs that are tied to the behaviour: each with its own clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from asbdesk.clock import plain_day
from asbdesk.duties.duty import Duty
from asbdesk.duties.events import Event, Happening, day_words
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import Due, answer, by_line, raised

LINES = {
    "security": ("repair.security_days", "A home that does not close is not safe tonight."),
    "caused_by_asb": (
        "repair.caused_by_asb_wd",
        "It was done to the resident's home, and stays in sight until mended.",
    ),
    "would_reduce_asb": ("repair.would_reduce_asb_days", "The repair would make less of it, whatever else we do."),
}
"""What ties a repair to the behaviour → its policy line, and why."""
NEEDED = {
    "repair.caused_by_asb_wd": "repair.caused_by_asb_needs_wd",
    "repair.would_reduce_asb_days": "repair.would_reduce_asb_needs_days",
}
"""Its line → the line of one that somebody's age, health or circumstances make urgent (FEATURES.md P07)."""
Duties = Iterator[Duty | None]


def graffiti_removal(facts: Facts, policy: Policy) -> Duties:
    """Offensive graffiti is removed; a removal that names none takes the oldest that stands."""
    removed = _removals(facts)
    for found in facts.of("graffiti"):
        if found.yes:
            why = "It is meant to hurt whoever reads it, each day that it stands."
            about = f"graffiti of {day_words(found.day)}"
            due = by_line(policy, "graffiti_removal.days", found)
            yield raised(facts, policy, "graffiti_removal", found, due, removed.get(found.id), why, about=about)


def _removals(facts: Facts) -> dict[str, Event]:
    """Graffiti → the removal that was of it."""
    removed: dict[str, Event] = {}
    for removal in facts.of("graffiti_removed"):
        standing = [g for g in facts.of("graffiti") if g.at <= removal.at and g.id not in removed]
        which = removal.of or (standing[0].id if standing else "")
        removed.setdefault(which, removal)
    return removed


def repair(facts: Facts, policy: Policy) -> Duties:
    """A repair tied to the behaviour is finished."""
    for asked in facts.of("repair"):
        line, why = LINES.get(asked.words[0] if asked.words else "", LINES["would_reduce_asb"])
        due = by_line(policy, line, asked)
        if asked.by:
            due = Due(
                max(asked.by, asked.day), source=f"The date given for the repair. {policy.source(line, asked.day)}"
            )
            why = f"{why} It was to be done by {plain_day(asked.by)}."
        if sooner := answer((s for s in facts.of("repair_sooner") if s.of), asked):
            due = _sooner(policy, NEEDED.get(line, line), sooner, due)
            why = f"{why} Somebody there needs it sooner than usual."
        met = answer((d for d in facts.of("repair_done") if d.of), asked)
        about = f"{asked.what.rstrip('. ') or 'repair'}, {day_words(asked.day)}"
        yield raised(facts, policy, "repair", asked, due, met, why, about=about)


def _sooner(policy: Policy, line: str, sooner: Happening, usual: Due) -> Due:
    """The earlier of its day and the one that the need asks for: a day given for it does not outweigh the need."""
    needed = by_line(policy, line, sooner)
    return replace(needed, moves=((sooner.day, usual.day),)) if needed.day < usual.day else usual
