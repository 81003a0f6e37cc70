"""Today: cases, not duties. One card a case, the next act in words first, the rest behind it (PRACTICE.md 7).

The database counts and puts in order, and only what the first page shows is read; the few cases where something rests,
or where a complaint or a cover is another's, are read whole and arranged by `moments`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from json import dumps
from typing import TYPE_CHECKING, Any, NamedTuple

from asbdesk.casework import today_rows as rows
from asbdesk.casework.cover import lines_today
from asbdesk.casework.due_lines import Owed
from asbdesk.casework.due_rows import owed
from asbdesk.casework.exceptions import manager_name
from asbdesk.casework.landlord import numbers
from asbdesk.casework.moments import FIRST_PAGE, RISK, Arranged, Card, arrange, card_of, more, shown_to
from asbdesk.casework.resting import Rests, record_of, resting, rests
from asbdesk.casework.today_cards import TELLING, Known, card_words, coming_words, waiting_words
from asbdesk.casework.views import ComingDay, TodayCard, TodayView, VisitLine
from asbdesk.casework.whose import Whose, whose
from asbdesk.casework.words import WELFARE, number
from asbdesk.clock import london_day, london_time, plain_day
from asbdesk.store.profile import profile

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

COMING_DAYS = 5
SECOND_DAY = 2
LAST_DAY = "9999-12-31"


@dataclass(frozen=True)
class Look:
    """Whose Today, of which day, and of which theme (empty: all)."""

    officer: str
    day: str
    team: bool
    theme: str
    whose: Whose
    soon: str
    """The last due day of what shows before its day (`rows.SOONER`)."""
    coming: list[str]
    """The landlord's next five working days."""

    @property
    def ask(self) -> rows.Statements:
        return rows.statements(self.team, bool(self.theme))

    def named(self, **more: Any) -> dict[str, Any]:
        """What the statements are given."""
        mine = {} if self.team else {"officer": self.officer, "officers": dumps(self.whose.officers)}
        return mine | {"soon": self.soon} | ({"theme": self.theme} if self.theme else {}) | more


def look_at(session: Session, officer: str, day: str, team: bool, theme: str) -> Look:
    """Whose Today it is, and what of it shows before its day: dissatisfaction from its second working day."""
    policy = profile(session.connection())
    soon = policy.days.add(day, max(0, policy.number(f"{rows.SOONER}.wd", day) - SECOND_DAY))
    theirs = whose(session, officer, day)
    if team:  # everybody's work: who of them has it today changes nothing
        theirs = replace(theirs, covered_away=frozenset(), covered_here=frozenset())
    coming = [policy.days.add(day, n) for n in range(1, COMING_DAYS + 1)]
    return Look(officer, day, team, theme, theirs, soon, coming)


class Rank(NamedTuple):
    """A case with something due: risk level; then what a resident waits for; then days late (PRACTICE.md 7.4)."""

    risk: int
    waits: int
    oldest: str
    reference: str
    case: str
    now: int


def today(
    session: Session, officer: str, day: str, *, cards: int = FIRST_PAGE, team: bool = False, theme: str = ""
) -> TodayView:
    """What one officer does today, or all of them (`team`). `cards` is how many show before the line "18 more";
    `theme` shows what is due of one theme alone."""
    look = look_at(session, officer, day, team, theme)
    special = _special(session, look, rests(session))
    ranks = _ranks(session, look, special)
    now = [case for *_, case, urgent in ranks if urgent]
    due = [(case, oldest) for _, _, oldest, _, case, urgent in ranks if not urgent]
    shown = [case for case, _ in due[:cards]]
    made = _cards(session, look, [*now, *shown], special)
    open_count, kept = _open_count(session, look), numbers(session)
    late = sum([oldest < day for _, _, oldest, *_ in ranks]) + special.resting_late
    return TodayView(
        day=day,
        heading=f"Today, {plain_day(day)}",
        counts=_counts(open_count, len(now), len(due), late, special.arranged),
        now=tuple(made[case] for case in now),
        late_or_due=tuple(made[case] for case in shown),
        coming=_coming(session, look, special),
        visits=_visits(session, look),
        cover=() if team else lines_today(session, officer, day),
        numbers_card=() if all(n.filled for n in kept) else kept,
        empty=not open_count and not rows.ANY.rows(session),
        more=more([oldest for _, oldest in due[cards:]], day),
        due_count=len(due),
        waiting=tuple(waiting_words(w, special.known) for w in special.arranged.waiting),
    )


def due_counts(session: Session, officer: str, day: str) -> tuple[int, int]:
    """In how many of one officer's cases something is due by the end of `day`, and in how many of these it is late. As
    on Today: what is planned for another day, or waits, is left out."""
    look = look_at(session, officer, day, False, "")
    special = _special(session, look, rests(session))
    ranks = _ranks(session, look, special)
    return len(ranks), sum(rank.oldest < day for rank in ranks)


def _open_count(session: Session, look: Look) -> int:
    """How many open cases they have today, those covered for a colleague among them."""
    mine = {} if look.team else {"officer": look.officer}
    others = {"here": dumps(sorted(look.whose.covered_here)), "away": dumps(sorted(look.whose.covered_away))}
    found: int = look.ask.open.rows(session, **mine)[0][0]
    if look.whose.covered_here or look.whose.covered_away:
        here, away = rows.COVERED.rows(session, **others)[0]
        found += (here or 0) - (away or 0)
    return found


# ---- cases that are looked at one by one
@dataclass(frozen=True)
class Special:
    """The cases where something rests or is another's, arranged."""

    cases: frozenset[str]
    arranged: Arranged
    known: Known
    resting_late: int
    """Those that are late and rest whole: still late in every count."""


def _special(session: Session, look: Look, said: Rests) -> Special:
    elsewhere, away, here = look.whose.complaint_elsewhere, look.whose.covered_away, look.whose.covered_here
    own = _lines(session, look, look.ask, {rest[0] for rest in said} | elsewhere | away)
    mine = {row[6] for row in own} - away | here
    ask = rows.statements(True, bool(look.theme))
    answered = () if look.team else _lines(session, look, ask, look.whose.complaint_here | here)
    known = _known(look, (*own, *answered), manager_name(session) if own else "")
    owed_ = {case: [o.item for o in some] for case, some in known.by_case().items()}
    shown = {
        case: shown_to(items, mine=case in mine, answers=case not in elsewhere | away) for case, items in owed_.items()
    }
    still = resting(said, {(case, o.code, record_of(o.key)) for (case, _), o in known.owed.items()})
    bands = {case: row[1] or "" for case, row in known.lines.items()}
    sooner = {rows.SOONER: look.soon}
    arranged = arrange(
        bands, {case: items for case, items in shown.items() if items}, look.day, look.coming, still, sooner
    )
    standing = {card.case for card in (*arranged.now, *arranged.due)}
    resting_late = len({w.case for w in arranged.waiting} - standing)
    return Special(frozenset(owed_), arranged, known, resting_late)


def _lines(session: Session, look: Look, ask: rows.Statements, cases: Collection[str]) -> Sequence[Any]:
    """All that is open in some cases."""
    told = look.named(cases=dumps(sorted(cases)), day=LAST_DAY) | {"soon": LAST_DAY}
    return ask.lines.rows(session, **told) if cases else ()


def _ranks(session: Session, look: Look, special: Special) -> Sequence[Rank]:
    """In the order of the page. What `moments` arranged takes the place of what the database counted."""
    counted = list(map(Rank._make, look.ask.behind.rows(session, **look.named(day=look.day))))
    if not special.cases:
        return counted
    references = {rank.case: rank.reference for rank in counted}
    found = [rank for rank in counted if rank.case not in special.cases]
    for card in (*special.arranged.now, *special.arranged.due):
        band = special.known.lines[card.case][1] or ""
        oldest = min(g.first.due_on for g in card.groups)
        waits = int(not card.resident_waits)
        now = int(card.groups[0].first.urgent)
        found.append(Rank(RISK.get(band, 1), waits, oldest, references.get(card.case, ""), card.case, now))
    return sorted(found)


# ---- words
def _cards(session: Session, look: Look, cases: Sequence[str], special: Special) -> dict[str, TodayCard]:
    """The cards of some cases, in words."""
    plain = [case for case in cases if case not in special.cases]
    found = look.ask.lines.rows(session, **look.named(cases=dumps(plain), day=look.day)) if plain else ()
    known = _known(look, found, "")
    made = {case: card_of(case, [o.item for o in some], look.day) for case, some in known.by_case().items()}
    arranged = {card.case: card for card in (*special.arranged.now, *special.arranged.due) if card.case in cases}
    tries = _tries(session, [*made.values(), *arranged.values()])
    words = {case: card_words(card, known, tries.get(case, [])) for case, card in made.items()}
    return words | {case: card_words(card, special.known, tries.get(case, [])) for case, card in arranged.items()}


def _known(look: Look, found: Iterable[Any], manager: str) -> Known:
    lines, kept = {}, {}
    for row in found:
        what = owed(row[6:])
        lines[what.case] = tuple(row[:6])
        kept[what.case, what.key] = what
    return Known(look.day, lines, kept, look.whose.complaint_elsewhere, manager, look.whose.nobody)


def _tries(session: Session, cards: Iterable[Card]) -> dict[str, list[tuple[str, str]]]:
    """The tries that reached nobody since somebody was last spoken to, of the cases where a talk is next."""
    files = [f"case/{card.case}" for card in cards if card.groups[0].first.code in TELLING]
    found: dict[str, list[tuple[str, str]]] = {}
    for file, at, method, made, direction in rows.TRIES.rows(session, files=dumps(files)) if files else ():
        tries = found.setdefault(file[5:], [])
        if made == 0 and direction == "out":
            tries.append((method or "telephone", london_day(at) if at else ""))
        else:
            tries.clear()
    return found


def _counts(open_count: int, now: int, due: int, late: int, arranged: Arranged) -> str:
    waiting = len({w.case for w in arranged.waiting})
    parts = [number(open_count, "open case"), f"{now} now" if now else "", f"{due} due or late" if due else ""]
    parts += [f"{late} late" if late else "", f"{waiting} late and waiting" if waiting else ""]
    return " · ".join(part for part in parts if part)


def _coming(session: Session, look: Look, special: Special) -> tuple[ComingDay, ...]:
    counts, standing, days = {}, {}, look.coming
    asked = look.named(days=dumps(days), special=dumps(sorted(special.cases)))
    for n, (day, count, first) in enumerate(look.ask.coming.rows(session, **asked)):
        counts[day] = count
        standing[f"k{n}"], _, standing[f"c{n}"] = first.rpartition(" ")
    nothing = {f"{name}{n}": "" for name in "ck" for n in range(COMING_DAYS)}
    found = rows.FIRST.rows(session, **nothing | standing) if counts else ()
    first_of: dict[str, tuple[str, str, Owed]] = {}
    for stream, reporter, *due in found:
        what = owed(due)
        first_of[what.due_on] = (stream, reporter or "", what)
    for day, some in special.arranged.coming.items():
        if some:
            counts[day] = counts.get(day, 0) + len({case for case, _ in some})
            line, what = special.known.lines[some[0][0]], special.known.owed[some[0][0], some[0][1].key]
            first_of.setdefault(day, (line[0], line[2] or "", what))
    return tuple(coming_words(day, counts.get(day, 0), first_of.get(day)) for day in days)


def _visits(session: Session, look: Look) -> tuple[VisitLine, ...]:
    """Visits begun and not ended."""
    found = []
    for case, run, started, stream, address, reporter in look.ask.visits.rows(session):
        place = WELFARE if stream == "domestic_abuse" else address or reporter or ""
        found.append(VisitLine(case, run, f"{london_time(started):%H:%M}", place, "Begun, not ended", "warning"))
    return tuple(found)
