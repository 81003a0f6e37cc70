"""Today: cases, not duties. One card a case, the next act in words first, the rest behind it (PRACTICE.md 7).

The database counts and puts in order; only what the first page shows is read. An officer may owe thousands of things.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.due_lines import WITH_RESIDENT, Owed, days_late, line
from asbdesk.casework.due_rows import OWED, STEP_CODE, WITH_STEP, owed
from asbdesk.casework.landlord import numbers
from asbdesk.casework.records import all_rows
from asbdesk.casework.views import ComingDay, DueLine, Pill, TodayCard, TodayView, VisitLine
from asbdesk.casework.words import BAND_TONES, BANDS, NOT_ASSESSED, SAFE_TIME, WELFARE, number
from asbdesk.clock import london_time, plain_day, short_day
from asbdesk.model.journal import case_line, due, form_run

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FIRST_PAGE = 12
COMING_DAYS = 5
RISK = {"high": 0, "standard": 2}
OTHER_RISK = 1
"""Medium; and not assessed yet, which is no low level."""
MEANWHILE = "Look at what is due"


def today(session: Session, officer: str, day: str, *, cards: int = FIRST_PAGE) -> TodayView:
    """What one officer does today. `cards` is how many show before the line "18 more"."""
    behind = all_rows(session, BEHIND, officer=officer, day=day)
    now = [case for case, _, urgent in behind if urgent]
    waiting = [(case, oldest) for case, oldest, urgent in behind if not urgent]
    shown = [case for case, _ in waiting[:cards]]
    made = _cards(session, officer, day, [*now, *shown])
    late = sum(oldest < day for _, oldest in waiting)
    open_count, kept = all_rows(session, OPEN, officer=officer)[0][0], numbers(session)
    return TodayView(
        day=day,
        heading=f"Today, {plain_day(day)}",
        counts=_counts(open_count, len(now), len(waiting), late),
        now=tuple(made[case] for case in now),
        late_or_due=tuple(made[case] for case in shown),
        coming=_coming(session, officer, next_days(day)),
        visits=_visits(session, officer),
        numbers_card=() if all(n.filled for n in kept) else kept,
        empty=not open_count and not all_rows(session, ANY),
        more=_more([oldest for _, oldest in waiting[cards:]], day),
    )


# ---- what is read: the statements, made once
C, D = case_line.c, due.c
_officer, _day = sa.bindparam("officer", type_=sa.Text()), sa.bindparam("day", type_=sa.Text())
_mine = sa.and_(C.case == D.case, C.officer == _officer, C.status == "open")
_open = sa.and_(D.officer == _officer, D.state == "open")
_with_resident = sa.or_(*(D.code == code for code in sorted(WITH_RESIDENT)))
_told = (
    sa.select(
        D.case,
        sa.func.min(D.due_on).label("oldest"),
        sa.func.min(sa.case((_with_resident, 0), else_=1)).label("waits"),
        sa.func.max(sa.case((STEP_CODE == "now", 1), else_=0)).label("now"),
    )
    .select_from(WITH_STEP)
    .where(_open, D.due_on <= _day)
    .group_by(D.case)
    .subquery()
)

BEHIND = (
    sa.select(_told.c.case, _told.c.oldest, _told.c.now)
    .join(case_line, C.case == _told.c.case)
    .where(C.officer == _officer, C.status == "open")
    .order_by(sa.case(RISK, value=C.band, else_=OTHER_RISK), _told.c.waits, _told.c.oldest, C.reference)
)
"""Every case with something due by a day: risk level; then what a resident waits for; then days late (PRACTICE 7.4)."""
LINES = (
    sa.select(C.stream, C.band, C.reporter, C.address, *OWED)
    .select_from(WITH_STEP.join(case_line, _mine))
    .where(D.case.in_(sa.bindparam("cases", expanding=True)), _open, D.due_on <= _day)
    .order_by(D.due_on, D.key)
)
"""What is due in some cases."""
COMING = (
    sa.select(D.due_on, sa.func.count(D.case.distinct()), sa.func.min(D.key + " " + D.case))
    .join(case_line, _mine)
    .where(D.due_on.in_(sa.bindparam("days", expanding=True)), _open)
    .group_by(D.due_on)
)
"""How many cases have something due on each of some days, and which line stands for them: its key and its case."""
FIRST = (
    sa.select(C.stream, C.reporter, *OWED)
    .select_from(WITH_STEP.join(case_line, C.case == D.case))
    .where(sa.or_(*(sa.and_(D.case == sa.bindparam(f"c{n}"), D.key == sa.bindparam(f"k{n}")) for n in range(5))))
)
OPEN = sa.select(sa.func.count()).select_from(case_line).where(C.officer == _officer, C.status == "open")
ANY = sa.select(C.case).limit(1)
VISITS = (
    sa.select(form_run.c.case, form_run.c.id, form_run.c.started, C.stream, C.address, C.reporter)
    .join(case_line, C.case == form_run.c.case)
    .where(form_run.c.form == "visit", C.officer == _officer, C.status == "open")
    .order_by(form_run.c.started)
)


def next_days(day: str) -> list[str]:
    """The next five working days."""
    from asbdesk.duties.working_days import WorkingDays

    calendar = WorkingDays()
    return [calendar.add(day, n) for n in range(1, COMING_DAYS + 1)]


def _counts(open_count: int, now: int, waiting: int, late: int) -> str:
    parts = [number(open_count, "open case"), f"{now} now" if now else "", f"{waiting} due or late" if waiting else ""]
    return " · ".join(p for p in (*parts, f"{late} late" if late else "") if p)


def _cards(session: Session, officer: str, day: str, cases: Sequence[str]) -> dict[str, TodayCard]:
    if not cases:
        return {}
    by_case: dict[str, list[Any]] = {}
    for row in all_rows(session, LINES, officer=officer, day=day, cases=cases):
        by_case.setdefault(row[4], []).append(row)
    return {case: _card(rows, day) for case, rows in by_case.items()}


def _card(rows: list[Any], day: str) -> TodayCard:
    stream, band, who, address = rows[0][:4]
    found = [owed(row[4:]) for row in rows]
    found.sort(key=lambda o: o.code not in WITH_RESIDENT)  # they come the earliest first
    behind = tuple(line(o, who or "", day) for o in found)
    case = found[0].case
    if stream == "domestic_abuse":
        title = SAFE_TIME if any(o.step == "safe_time" for o in found) else MEANWHILE
        return TodayCard(case, title, "", "", behind, "Open", "case", True, (Pill(WELFARE, "info"),))
    first, band = behind[0], band or ""
    pill = Pill(BANDS.get(band, NOT_ASSESSED), BAND_TONES.get(band, "plain"))
    return TodayCard(case, _title(behind), band, address or "", behind, first.button, first.do, False, (pill,))


def _title(behind: tuple[DueLine, ...]) -> str:
    """ "Ring Ms Begum, as we agreed, 2 days late"."""
    first = behind[0]
    late = [b for b in behind if b.tone == "danger"]
    if first.tone == "danger":
        return f"{first.title}, {first.when_text}"
    return f"{first.title} · {len(late)} other late" if late else first.title


def _coming(session: Session, officer: str, days: list[str]) -> tuple[ComingDay, ...]:
    counts, standing = {}, {}
    for n, (day, count, first) in enumerate(all_rows(session, COMING, officer=officer, days=days)):
        counts[day] = count
        standing[f"k{n}"], _, standing[f"c{n}"] = first.rpartition(" ")
    nothing = {f"{name}{n}": "" for name in "ck" for n in range(COMING_DAYS)}
    rows = all_rows(session, FIRST, **nothing | standing) if counts else ()
    found = {row.due_on: (row.stream, row.reporter or "", owed(row[2:])) for row in rows}
    return tuple(_coming_day(day, counts.get(day, 0), found.get(day)) for day in days)


def _coming_day(day: str, count: int, first: tuple[str, str, Owed] | None) -> ComingDay:
    if first is None:
        return ComingDay(day, short_day(day)[:-4], "Nothing due", 0)
    stream, who, what = first
    text = WELFARE if stream == "domestic_abuse" else line(what, who, day).title
    return ComingDay(day, short_day(day)[:-4], text, count)


def _visits(session: Session, officer: str) -> tuple[VisitLine, ...]:
    """Visits begun and not ended."""
    found = []
    for case, run, started, stream, address, reporter in all_rows(session, VISITS, officer=officer):
        place = WELFARE if stream == "domestic_abuse" else address or reporter or ""
        found.append(VisitLine(case, run, f"{london_time(started):%H:%M}", place, "Begun, not ended", "warning"))
    return tuple(found)


def _more(oldest: list[str], day: str) -> str:
    """Of the cases that the page does not show: how many, how many late, and how late."""
    if not oldest:
        return ""
    late = sum(on < day for on in oldest)
    days = number(days_late(min(oldest), day), "day")
    return f"{len(oldest)} more" + (f": {late} late, oldest {days}" if late else "")
