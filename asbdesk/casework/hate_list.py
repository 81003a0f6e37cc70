"""Hate incidents of every case, with how soon we answered. Why somebody was picked on is not on it (PRACTICE.md 13)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from json import dumps
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.records import all_rows, case_file, listed
from asbdesk.casework.words import WELFARE
from asbdesk.clock import london_day, short_day
from asbdesk.model import Case, HateRecord, PoliceReport, Report
from asbdesk.model.journal import case_line, due

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CLOCKS = {
    "first_contact": "First contact",
    "hate_record": "Hate record",
    "hate_action": "Decision about the person named",
    "graffiti_removal": "Offensive graffiti",
    "risk_assessment": "Risk assessment",
}
"""Codes whose days are the response times, in the order shown."""
GRAFFITI = "graffiti_removal"
POLICE = {
    "reported": "The police know",
    "offered": "We tell the police for them",
    "declined": "Police: they chose not to",
    "unsafe": "Police: not safe to ask",
}
CHOICE = {"yes": "They want the police told", "ask_first": "Police: ask them first", "no": "Police: they chose not to"}


@dataclass(frozen=True)
class Clock:
    """One response time: what, how it stands, and whether it is late."""

    title: str
    words: str
    tone: str


@dataclass(frozen=True)
class HateLine:
    """One report of hate, or one record where no report is known."""

    case: str
    reference: str
    title: str
    open: bool
    who: str
    address: str
    day: str
    day_text: str
    recorded: bool
    police: str
    clocks: tuple[Clock, ...]

    @property
    def late(self) -> bool:
        """Is anything of it late now."""
        return any(clock.tone == "danger" for clock in self.clocks)


@dataclass(frozen=True)
class _Read:
    """What the lines are made from, each read once for all of them: a row a case, and what stands under it."""

    cases: dict[str, Any]
    outcomes: dict[str, str]
    """Case → how the police question came out last."""
    owed: dict[tuple[str, str, str], tuple[str, str, str | None]]
    """(case, report, code) → state, due day and day met of the first such; graffiti belongs to every report."""


def hate_incidents(session: Session, today: str, *, status: str = "open") -> tuple[HateLine, ...]:
    """Every hate incident in cases that are `open` or `closed`: those with something late first, then the newest."""
    records, reports = all_rows(session, RECORDS), all_rows(session, REPORTS)
    by_report = {r.report: r for r in records if r.report}
    told = [(_case(r), r.received or "", r, by_report.get(r.id)) for r in reports]
    told += [(_case(r), r.at or "", None, r) for r in records if not r.report]
    read = _read(session, {case for case, *_ in told}, status == "open")
    wanted = [_line(read, *one, today) for one in told if one[0] in read.cases]
    return tuple(sorted(sorted(wanted, key=lambda one: one.day, reverse=True), key=lambda one: not one.late))


RECORDS = (
    sa.select(HateRecord.id, HateRecord.file, HateRecord.report, HateRecord.at, HateRecord.police)
    .where(HateRecord.struck.is_(None))
    .order_by(HateRecord.at)
)
REPORTS = (
    sa.select(Report.id, Report.file, Report.received)
    .where(Report.struck.is_(None), Report.same_as.is_(None), Report.hate.is_not(None))
    .order_by(Report.received, Report.id)
)
_CASES = (
    sa.select(Case.id, Case.reference, Case.title, Case.stream, Case.status, case_line.c.reporter, case_line.c.address)
    .outerjoin(case_line, case_line.c.case == Case.id)
    .where(Case.id.in_(listed("cases")), Case.struck.is_(None))
)
_OUTCOMES = (
    sa.select(PoliceReport.file, PoliceReport.outcome)
    .where(PoliceReport.file.in_(listed("files")), PoliceReport.struck.is_(None))
    .order_by(PoliceReport.at, PoliceReport.id)
)
_OWED = (
    sa.select(due.c.case, due.c.code, due.c.about_id, due.c.state, due.c.due_on, due.c.met_on)
    .where(due.c.case.in_(listed("cases")), due.c.code.in_(CLOCKS))
    .order_by(due.c.due_on, due.c.key)
)


def _read(session: Session, cases: set[str], open_: bool) -> _Read:
    found = all_rows(session, _CASES, cases=dumps(sorted(cases)))
    shown = {row.id: row for row in found if (row.status == "open") == open_}
    ids = sorted(shown)
    outcomes = all_rows(session, _OUTCOMES, files=dumps([case_file(case) for case in ids]))
    owed: dict[tuple[str, str, str], tuple[str, str, str | None]] = {}
    for case, code, about, *stands in all_rows(session, _OWED, cases=dumps(ids)):
        report = "" if code == GRAFFITI else (about or "").removeprefix("report/")
        owed.setdefault((case, report, code), tuple(stands))
    return _Read(shown, {_case(row): row.outcome or "" for row in outcomes}, owed)


def _case(row: Any) -> str:
    return (row.file or "/").partition("/")[2]


def _line(read: _Read, case: str, at: str, report: Any, record: Any, today: str) -> HateLine:
    known, day = read.cases[case], london_day(at)
    welfare = known.stream == "domestic_abuse"
    return HateLine(
        case=case,
        reference=known.reference or "",
        title=WELFARE if welfare else known.title or "",
        open=known.status == "open",
        who=known.reporter or "",
        address="" if welfare else known.address or "",
        day=day,
        day_text=f"Told {short_day(day)} {day[:4]}",
        recorded=record is not None,
        police=_police(read.outcomes.get(case, ""), (record.police if record is not None else "") or ""),
        clocks=_clocks(read, case, report.id if report is not None else "", today),
    )


def _police(outcome: str, choice: str) -> str:
    """How the police question stands; the person's own choice first."""
    if choice in CHOICE and choice != "yes":
        return CHOICE[choice]
    return POLICE.get(outcome) or CHOICE.get(choice, "Police: not asked yet")


def _clocks(read: _Read, case: str, report: str, today: str) -> tuple[Clock, ...]:
    found = ((code, read.owed.get((case, "" if code == GRAFFITI else report, code))) for code in CLOCKS)
    return tuple([_clock(CLOCKS[code], *stands, today) for code, stands in found if stands])


@lru_cache(4096)  # a list has few days, and many things of one
def _clock(title: str, state: str, due_on: str, met_on: str | None, today: str) -> Clock:
    by = short_day(due_on)
    if state == "waived":
        return Clock(title, "not needed", "plain")
    if state in ("met", "met_late"):
        late = state == "met_late"
        on = short_day(met_on[:10]) if met_on else ""
        return Clock(title, f"done {on}{f', late: due {by}' if late else ''}", "warning" if late else "good")
    late = due_on < today
    return Clock(title, f"was due {by}" if late else f"due {by}", "danger" if late else "info")
