"""Today: cases, not duties. One card a case, the next act in words first, the rest behind it (PRACTICE.md 7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.due_lines import WITH_RESIDENT, Owed, days_late, line, open_due
from asbdesk.casework.landlord import numbers
from asbdesk.casework.records import plain_rows
from asbdesk.casework.views import ComingDay, DueLine, Pill, TodayCard, TodayView, VisitLine
from asbdesk.casework.words import BAND_TONES, BANDS, NOT_ASSESSED, SAFE_TIME, WELFARE, number
from asbdesk.clock import london_time, plain_day, short_day
from asbdesk.model.journal import case_line, due, form_run

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FIRST_PAGE = 12
COMING_DAYS = 5
RISK = {"high": 0, "medium": 1, "": 1, "standard": 2}
"""Not assessed yet is no low level: it stands with medium."""
MEANWHILE = "Look at what is due"


def today(session: Session, officer: str, day: str, *, cards: int = FIRST_PAGE) -> TodayView:
    """What one officer does today. `cards` is how many show before the line "18 more"."""
    lines = _lines(session, officer)
    coming_days = next_days(day)
    mine = sa.and_(due.c.officer == officer, due.c.due_on <= coming_days[-1])
    owed = [o for o in open_due(session, mine) if o.case in lines]
    by_case: dict[str, list[Owed]] = {}
    for o in owed:
        if o.due_on <= day:
            by_case.setdefault(o.case, []).append(o)
    urgent = {case for case, os in by_case.items() if any(o.step == "now" for o in os)}
    order = sorted(by_case, key=lambda case: _rank(lines[case], by_case[case], day))
    now = tuple(_card(lines[c], by_case[c], day) for c in order if c in urgent)
    waiting = [c for c in order if c not in urgent]
    shown = tuple(_card(lines[c], by_case[c], day) for c in waiting[:cards])
    open_count, kept = len(lines), numbers(session)
    late = sum(any(o.due_on < day for o in by_case[c]) for c in waiting)
    return TodayView(
        day=day,
        heading=f"Today, {plain_day(day)}",
        counts=_counts(open_count, len(now), len(waiting), late),
        now=now,
        late_or_due=shown,
        coming=tuple(_coming(d, [o for o in owed if o.due_on == d], lines) for d in coming_days),
        visits=_visits(session, lines),
        numbers_card=() if all(n.filled for n in kept) else kept,
        empty=not open_count and not session.scalar(sa.select(sa.func.count()).select_from(case_line)),
        more=_more(waiting[cards:], by_case, day),
    )


def _lines(session: Session, officer: str) -> dict[str, Mapping[str, Any]]:
    rows = sa.select(case_line).where(case_line.c.officer == officer, case_line.c.status == "open")
    return {row["case"]: row for row in plain_rows(session, rows)}


def next_days(day: str) -> list[str]:
    """The next five working days."""
    from asbdesk.duties.working_days import WorkingDays

    calendar = WorkingDays()
    return [calendar.add(day, n) for n in range(1, COMING_DAYS + 1)]


def _rank(row: Mapping[str, Any], owed: list[Owed], day: str) -> tuple[int, int, int, str]:
    """Risk level; then what a resident waits for; then days late (PRACTICE.md 7.4)."""
    waits = 0 if any(o.code in WITH_RESIDENT for o in owed) else 1
    return RISK.get(row["band"] or "", 1), waits, -max(days_late(o.due_on, day) for o in owed), row["reference"] or ""


def _counts(open_count: int, now: int, waiting: int, late: int) -> str:
    parts = [number(open_count, "open case"), f"{now} now" if now else "", f"{waiting} due or late" if waiting else ""]
    return " · ".join(p for p in (*parts, f"{late} late" if late else "") if p)


def _card(row: Mapping[str, Any], owed: list[Owed], day: str) -> TodayCard:
    welfare = row["stream"] == "domestic_abuse"
    who = str(row["reporter"] or "")
    behind = tuple(line(o, who, day) for o in sorted(owed, key=lambda o: (o.code not in WITH_RESIDENT, o.due_on)))
    if welfare:
        safe = any(o.step == "safe_time" for o in owed)
        title = SAFE_TIME if safe else MEANWHILE
        return TodayCard(row["case"], title, "", "", behind, "Open", "case", True, (Pill(WELFARE, "info"),))
    first = behind[0]
    band = row["band"] or ""
    pill = Pill(BANDS.get(band, NOT_ASSESSED), BAND_TONES.get(band, "plain"))
    told = (row["case"], _title(behind), band, str(row["address"] or ""))
    return TodayCard(*told, behind, first.button, first.do, False, (pill,))


def _title(behind: tuple[DueLine, ...]) -> str:
    """ "Ring Ms Begum, as we agreed, 2 days late"."""
    first = behind[0]
    late = [b for b in behind if b.tone == "danger"]
    if first.tone == "danger":
        return f"{first.title}, {first.when_text}"
    return f"{first.title} · {len(late)} other late" if late else first.title


def _coming(day: str, owed: list[Owed], lines: Mapping[str, Mapping[str, Any]]) -> ComingDay:
    cases = list(dict.fromkeys(o.case for o in owed))
    if not owed:
        return ComingDay(day, short_day(day)[:-4], "Nothing due", 0)
    first = lines[owed[0].case]
    welfare = first["stream"] == "domestic_abuse"
    text = WELFARE if welfare else line(owed[0], str(first["reporter"] or ""), day).title
    return ComingDay(day, short_day(day)[:-4], text, len(cases))


def _visits(session: Session, lines: Mapping[str, Mapping[str, Any]]) -> tuple[VisitLine, ...]:
    """Visits begun and not ended."""
    runs = sa.select(form_run).where(form_run.c.form == "visit").order_by(form_run.c.started)
    found = []
    for run in session.execute(runs).mappings():
        row = lines.get(run["case"])
        if row is not None:
            welfare = row["stream"] == "domestic_abuse"
            at = f"{london_time(run['started']):%H:%M}"
            place = WELFARE if welfare else str(row["address"] or row["reporter"] or "")
            found.append(VisitLine(run["case"], run["id"], at, place, "Begun, not ended", "warning"))
    return tuple(found)


def _more(rest: list[str], by_case: Mapping[str, list[Owed]], day: str) -> str:
    if not rest:
        return ""
    late = [max(days_late(o.due_on, day) for o in by_case[case]) for case in rest]
    behind = [d for d in late if d > 0]
    return f"{len(rest)} more" + (f": {len(behind)} late, oldest {number(max(behind), 'day')}" if behind else "")
