"""Made-up desks of sixty cases, a quarter behind: is Today one page? Drawn from the practice histories on random days.

Each case is one history on one day of its life: three quarters from those handled in time (the `-well` twins), a
quarter from those as they were. What was open on that day is moved to a common day and arranged as Today does it.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from asbdesk.casework.moments import FIRST_PAGE, Arranged, Item, arrange, shown_to
from asbdesk.duties import Duty, Policy, owed, policy
from asbdesk.duties.facts import Facts
from asbdesk.exchange.history_read import read
from asbdesk.exchange.replay import lived, replaying
from tests.bench.measure import Measured

HISTORIES = Path(__file__).parents[1] / "histories"
CASES, BEHIND, DESKS = 60, 15, 200
DAY, COMING = "2026-11-23", ["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30"]


@dataclass(frozen=True)
class Life:
    """A case as it went: what it owed, its level, and the days it was open."""

    duties: tuple[Duty, ...]
    facts: Facts
    days: tuple[str, ...]


@cache
def lives(well: bool) -> tuple[Life, ...]:
    """All the histories that were handled in time, or all the others."""
    numbers = policy.default()
    return tuple(_life(path, numbers) for path in sorted(HISTORIES.glob("*.json")) if ("-well" in path.name) is well)


def _life(path: Path, numbers: Policy) -> Life:
    with replaying() as desk:
        facts = lived(desk, read(path), path.name)
    first = min(r.day for r in facts.reports)
    last = max(e.day for e in (*facts.reports, *facts.contacts))
    return Life(owed(facts, numbers), facts, tuple(d for d in _days(first, last) if _open(facts, d)))


def _days(first: str, last: str) -> list[str]:
    begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return [(begin + dt.timedelta(days=n)).isoformat() for n in range((end - begin).days + 1)]


def _open(facts: Facts, day: str) -> bool:
    return not any(c.day <= day and (again is None or again.day > day) for c, again in facts.closed_spells)


def drawn(seed: int) -> Arranged:
    """One desk, arranged; the same for the same seed."""
    chance = random.Random(seed)
    bands: dict[str, str] = {}
    cases: dict[str, list[Item]] = {}
    for n in range(CASES):
        life = chance.choice([one for one in lives(n >= BEHIND) if one.days])
        day, case = chance.choice(life.days), f"c{n}"
        bands[case] = life.facts.band_at(f"{day}T23:59:59.999Z") or ""
        cases[case] = shown_to((_item(d, day) for d in life.duties if _owes(d, day)), mine=True, answers=False)
    return arrange(bands, cases, DAY, COMING)


def _owes(duty: Duty, day: str) -> bool:
    ends = min((d for d in (duty.met, duty.waived, duty.ended) if d), default="9999")
    return duty.arose <= day < ends


def _item(duty: Duty, day: str) -> Item:
    """As if `day` were the common day. What may be danger, told on the day itself, stands under Now."""
    moved = dt.date.fromisoformat(duty.due) + (dt.date.fromisoformat(DAY) - dt.date.fromisoformat(day))
    same = "" if duty.code == "next_contact" else duty.why
    urgent = duty.code == "safeguarding" and duty.arose == day
    return Item(duty.key, duty.code, moved.isoformat(), same, urgent)


def one_page(desks: int = DESKS) -> list[Measured]:
    """The figures: medians over the desks."""
    found = [drawn(seed) for seed in range(desks)]
    cards = statistics.median(len(a.due) + len(a.now) for a in found)
    page = statistics.median(min(len(a.due), FIRST_PAGE) for a in found)
    return [
        at_most("60 cases, a quarter behind: due or late", cards, 25),
        at_most("of them on the first page", page, FIRST_PAGE),
    ]


def at_most(name: str, value: float, goal: float) -> Measured:
    return Measured(name, value, "cards", None, f"{goal:g} cards", value <= goal)
