"""How Today is arranged: cases before duties, five moments, three loudnesses, in order, merged (PRACTICE.md 7).

Pure: from the lines of `due` and what rests, for one day. It changes nothing that is owed and nothing that is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from asbdesk.casework.due_acts import BY_MOMENT, DESK, HANDLER, OTHER, RESIDENT, SAID
from asbdesk.clock import days_between
from asbdesk.duties.codes import THEMES as BY_THEME

MOMENTS = {
    RESIDENT: "With the resident",
    SAID: "What we said we would do",
    OTHER: "The other person",
    DESK: "At the desk",
    HANDLER: "Complaint and data",
}
"""Moment → its name."""
MOMENT = {code: moment for moment, acts in BY_MOMENT.items() for code in acts}
THEMES = tuple(BY_THEME)
"""What a list may be narrowed to."""
OFFICERS_OWN = frozenset(("data_breach", "subject_access"))
"""What stands beside complaints and is nobody else's for that."""
TOLD = frozenset(
    (
        *("first_contact", "next_contact", "regular_update", "answer_resident", "agency_update", "handover"),
        *("agent_oversight", "case_review_told", "closure_check"),
    )
)
"""What one talk with the resident meets: the things to tell them."""
RESIDENT_WAITS = frozenset({RESIDENT, SAID})
RISK = {"high": 0, "medium": 1, "": 1, "standard": 2}
"""Not assessed yet is no low level: it stands with medium."""
FIRST_PAGE = 12
THIRD = 3
"""The wait in a row that goes to the manager."""


class Item(NamedTuple):
    """One open line of `due`, as far as it matters for the order."""

    key: str
    code: str
    due_on: str
    about: str = ""
    """In words, or the person it is about: what merges."""
    urgent: bool = False

    @property
    def moment(self) -> str:
        return MOMENT.get(self.code, DESK)

    @property
    def record(self) -> str:
        """The last part of the key: the id of the record (or round) that raised it."""
        return self.key.rpartition("/")[2]


class Wait(NamedTuple):
    """Something that is due and waits for somebody else."""

    code: str
    record: str
    waits_for: str
    until: str
    turn: int
    """How many times in a row."""

    @property
    def manager(self) -> bool:
        """Is it the manager's now?"""
        return self.turn >= THIRD


@dataclass(frozen=True)
class Resting:
    """What rests in one case: the day its card was planned for, and what waits, by (code, record)."""

    planned: str = ""
    waits: Mapping[tuple[str, str], Wait] = field(default_factory=dict)


class Group(NamedTuple):
    """The same code about the same thing: one line with a count and its oldest day."""

    items: tuple[Item, ...]
    """The oldest first."""

    @property
    def first(self) -> Item:
        return self.items[0]


@dataclass(frozen=True)
class Card:
    """One case on Today."""

    case: str
    groups: tuple[Group, ...]
    """Late or due, those of the resident first, then the oldest."""
    late: int
    """How many things are late."""
    worst: int
    """Days late of the oldest; 0 where nothing is."""
    planned: bool = False
    """It stands here because it was planned for this day, not because anything is due yet."""

    @property
    def resident_waits(self) -> bool:
        return any(group.first.moment in RESIDENT_WAITS for group in self.groups)


@dataclass(frozen=True)
class Waiting:
    """One line of the lane "Late, waiting"."""

    case: str
    item: Item
    wait: Wait
    days: int


@dataclass(frozen=True)
class Arranged:
    """A day, arranged."""

    now: tuple[Card, ...]
    due: tuple[Card, ...]
    """Late or due today, in order; all of them."""
    waiting: tuple[Waiting, ...]
    coming: Mapping[str, tuple[tuple[str, Item], ...]]
    """Day → (case, what is due or planned) in order."""
    late_cases: int
    """Cases with anything late, those that wait among them: resting changes no count."""


_BY_DAY = attrgetter("due_on", "key")


def days_late(day: str, today: str) -> int:
    """Calendar days past the day; negative before it."""
    return days_between(day, today)


def merged(items: Iterable[Item], today: str) -> tuple[Group, ...]:
    """One line for the same code about the same: what is urgent and what a resident waits for first, then the oldest.

    Steps and promises are each their own: two of them are two acts."""
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in sorted(items, key=_BY_DAY):
        own = item.key if MOMENT.get(item.code) == SAID else item.about
        groups.setdefault((item.code, own), []).append(item)
    # a dict keeps its order and a sort does not change it among equals: within each, the oldest comes first
    order = sorted(groups.values(), key=lambda g: (not g[0].urgent, MOMENT.get(g[0].code, DESK) != RESIDENT))
    return tuple([Group(tuple(g)) for g in order])


def arrange(
    bands: Mapping[str, str],
    owed: Mapping[str, Sequence[Item]],
    today: str,
    coming: Sequence[str],
    resting: Mapping[str, Resting] | None = None,
    sooner: Mapping[str, str] | None = None,
) -> Arranged:
    """A day's cards. `bands`: case → risk level (empty: not assessed). `owed`: what is open in each case, as far as it
    is shown to this officer. `coming`: the next working days, none of them shown further than that. `sooner`: code →
    the due day up to which it shows before that day."""
    resting = resting or {}
    cards: list[Card] = []
    waiting: list[Waiting] = []
    late_cases = 0
    for case, items in owed.items():
        rest = resting.get(case, Resting())
        acting = [i for i in items if i.due_on <= (sooner.get(i.code, today) if sooner else today)]
        late_cases += any(i.due_on < today for i in acting)
        held = [i for i in acting if _waits(i, rest, today)]
        waiting += [Waiting(case, i, rest.waits[i.code, i.record], days_late(i.due_on, today)) for i in held]
        left = [i for i in acting if i not in held] if held else acting
        due_here = bool(left)
        if not left and not acting and rest.planned == today:
            left = [i for i in items if i.due_on > today]
        if left:
            cards.append(card_of(case, left, today, planned=not due_here))
    cards.sort(key=lambda card: _rank(card, bands.get(card.case, "")))
    waiting.sort(key=lambda w: (-w.days, w.item.key))
    return Arranged(
        now=tuple(c for c in cards if c.groups[0].first.urgent),
        due=tuple(c for c in cards if not c.groups[0].first.urgent),
        waiting=tuple(waiting),
        coming=_coming(owed, resting, today, coming),
        late_cases=late_cases,
    )


def _waits(item: Item, rest: Resting, today: str) -> bool:
    wait = rest.waits.get((item.code, item.record))
    return wait is not None and not item.urgent and today < wait.until


def card_of(case: str, items: Sequence[Item], today: str, *, planned: bool = False) -> Card:
    """One case's card."""
    late = [i.due_on for i in items if i.due_on < today]
    return Card(case, merged(items, today), len(late), days_late(min(late), today) if late else 0, planned)


def _rank(card: Card, band: str) -> tuple[int, bool, int, str]:
    """Risk level; then what a resident waits for before what only the file waits for; then days late."""
    return RISK.get(band, 1), not card.resident_waits, -card.worst, card.case


def _coming(
    owed: Mapping[str, Sequence[Item]], resting: Mapping[str, Resting], today: str, coming: Sequence[str]
) -> dict[str, tuple[tuple[str, Item], ...]]:
    """Each case under its planned day, else under the days its things are due; one line a case and day."""
    found: dict[str, list[tuple[str, Item]]] = {day: [] for day in coming}
    for case, items in owed.items():
        planned = resting.get(case, Resting()).planned
        later = [i for i in items if i.due_on > today]
        if later and planned in found:
            found[planned].append((case, later[0]))
            continue
        seen: set[str] = set()
        for item in later:
            day = next((d for d in coming if item.due_on <= d), "")
            if day and day not in seen:
                seen.add(day)
                found[day].append((case, item))
    return {day: tuple(some) for day, some in found.items()}


def more(oldest: Sequence[str], today: str) -> str:
    """ "18 more: 6 late, oldest 11 days": of the cases past the first page, by the oldest day of each."""
    if not oldest:
        return ""
    late, days = sum(day < today for day in oldest), days_late(min(oldest), today)
    words = f": {late} late, oldest {days} day{'s' * (days != 1)}" if late else ""
    return f"{len(oldest)} more{words}"


def shown_to(items: Iterable[Item], *, mine: bool, answers: bool) -> list[Item]:
    """What of a case one member sees: `mine`, its officer; `answers`, whoever its complaint is answered by. Personal
    data that went astray, or was asked for, stays with the officer whoever answers the complaint."""
    return [i for i in items if (answers if i.moment == HANDLER and i.code not in OFFICERS_OWN else mine)]
