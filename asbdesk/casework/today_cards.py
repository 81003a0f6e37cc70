"""The words of Today's cards: the next act first, what stands behind it, what waits (PRACTICE.md 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from asbdesk.casework.due_acts import act_of, to_tell, tried, whom
from asbdesk.casework.due_lines import Owed, act, line
from asbdesk.casework.moments import TOLD, Card, Item, Waiting, days_late
from asbdesk.casework.views import ComingDay, DueLine, Pill, TodayCard, WaitingLine
from asbdesk.casework.words import BAND_TONES, BANDS, NOT_ASSESSED, SAFE_TIME, WELFARE, number
from asbdesk.clock import bare_day, short_day

MEANWHILE = "Look at what is due"
TELLING = TOLD


@dataclass(frozen=True)
class Known:
    """What the words are made from: each case's stream, level, resident, address, status and officer, and what it owes,
    by key."""

    day: str
    lines: Mapping[str, tuple[Any, ...]]
    owed: Mapping[tuple[str, str], Owed]
    hidden: frozenset[str] = frozenset()
    """Cases with a complaint that somebody else handles."""
    manager: str = ""
    nobody: frozenset[str] = frozenset()
    """Officers whose cases nobody looks after."""

    def who(self, case: str) -> str:
        return str(self.lines[case][2] or "")

    def welfare(self, case: str) -> bool:
        return bool(self.lines[case][0] == "domestic_abuse")

    def by_case(self) -> dict[str, list[Owed]]:
        """What is owed, a list a case, in its order."""
        found: dict[str, list[Owed]] = {}
        for (case, _), owed in self.owed.items():
            found.setdefault(case, []).append(owed)
        return found


class Behind(Sequence[DueLine]):
    """What stands behind a card, put into words one by one as it is looked at: most cards are never opened."""

    def __init__(self, card: Card, known: Known) -> None:
        self._card, self._known = card, known

    def __len__(self) -> int:
        return len(self._card.groups)

    @overload
    def __getitem__(self, at: int) -> DueLine: ...
    @overload
    def __getitem__(self, at: slice) -> list[DueLine]: ...
    def __getitem__(self, at: int | slice) -> DueLine | list[DueLine]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        case, group = self._card.case, self._card.groups[at]
        owed = self._known.owed[case, group.first.key]
        return line(owed, self._known.who(case), self._known.day, count=len(group.items))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Behind) and self._made_of == other._made_of

    def __hash__(self) -> int:
        return hash(self._made_of)

    @property
    def _made_of(self) -> tuple[object, ...]:
        """Where this is the same, the words are."""
        owed = (self._known.owed[self._card.case, item.key] for group in self._card.groups for item in group.items)
        return self._known.who(self._card.case), self._known.day, self._card.groups, *owed


def card_words(card: Card, known: Known, tries: list[tuple[str, str]]) -> TodayCard:
    """One case on Today. `tries`: those that reached nobody since somebody was last spoken to."""
    _, band, _, address, status, officer = known.lines[card.case]
    count = sum(len(g.items) for g in card.groups)
    plan = not card.worst
    if known.welfare(card.case):
        safe = any(known.owed[card.case, i.key].step == "safe_time" for g in card.groups for i in g.items)
        title = SAFE_TIME if safe else MEANWHILE
        marks = (Pill(WELFARE, "info"), *_marks(status, officer, known))
        return TodayCard(card.case, title, "", "", (), "Open", "case", True, marks, count, plan)
    who = known.who(card.case)
    behind = Behind(card, known)
    _, button, do = act(known.owed[card.case, card.groups[0].first.key], who, len(card.groups[0].items))
    band = band or ""
    pills = [Pill(BANDS.get(band, NOT_ASSESSED), BAND_TONES.get(band, "plain"))]
    pills += _marks(status, officer, known)
    pills += [Pill("Planned for today", "info")] if card.planned else []
    pills += [Pill("Complaint open", "plain")] if card.case in known.hidden else []
    again = bool(tries) and do == "contact"
    button = "Try again" if again else button
    told = (card.case, _title(card, known, who, tries if again else []), band, str(address or ""), behind)
    return TodayCard(*told, button, do, False, tuple(pills), count, plan)


def _marks(status: str | None, officer: str | None, known: Known) -> list[Pill]:
    """What is unusual about a case that still owes something."""
    marks = [Pill("Nobody looks after it", "danger")] if (officer or "") in known.nobody else []
    return marks + ([Pill("Closed case", "plain")] if status == "closed" else [])


def _title(card: Card, known: Known, who: str, tries: list[tuple[str, str]]) -> str:
    """ "Ring Ms Begum: 4 things to tell her, 1 is 2 days late"."""
    first = known.owed[card.case, card.groups[0].first.key]
    tell = [i for g in card.groups for i in g.items if i.code in TOLD]
    if first.step == "now":
        return f"{who or 'Somebody'} may be in danger: three questions to answer"
    if tries:
        return tried(who, tries)
    if first.code in TOLD and len(tell) > 1:
        return to_tell(who, len(tell), *_late(tell, known.day))
    count = len(card.groups[0].items)
    words = act_of(first.code, who, first.what, count)[0]
    if tell and first.code not in TOLD:
        words += f", {number(len(tell), 'thing')} to tell {whom(who)}"
    late = card.groups[0].first.due_on < known.day
    if late:
        days = _late([card.groups[0].first], known.day)[1]
        return f"{words}, {'oldest ' if count > 1 else ''}{number(days, 'day')} late"
    others = card.late
    return f"{words} · {others} other late" if others else words


def _late(items: Sequence[Item], day: str) -> tuple[int, int]:
    days = [days_late(i.due_on, day) for i in items if i.due_on < day]
    return len(days), max(days, default=0)


def waiting_words(waiting: Waiting, known: Known) -> WaitingLine:
    """ "Late 6 days · waits for the police · look again Wed 25 Nov"."""
    wait = waiting.wait
    parts = [f"Late {number(waiting.days, 'day')}"]
    if known.welfare(waiting.case):
        return WaitingLine(waiting.case, WELFARE, f"{parts[0]} · look again {short_day(wait.until)}", wait.manager)
    owed = known.owed[waiting.case, waiting.item.key]
    title = act_of(owed.code, known.who(waiting.case), owed.what)[0]
    parts += [f"waits for {wait.waits_for}", f"look again {short_day(wait.until)}"]
    parts += [f"third wait, so {known.manager or 'the manager'} has it"] if wait.manager else []
    return WaitingLine(waiting.case, title, " · ".join(parts), wait.manager)


def coming_words(day: str, count: int, first: tuple[str, str, Owed] | None) -> ComingDay:
    """One of the next five working days: how many cases, and the first thing (stream, resident, what) in words."""
    if first is None:
        return ComingDay(day, bare_day(day)[:-4], "Nothing due", 0)
    stream, who, what = first
    text = WELFARE if stream == "domestic_abuse" else act(what, who)[0]
    return ComingDay(day, bare_day(day)[:-4], text, count)
