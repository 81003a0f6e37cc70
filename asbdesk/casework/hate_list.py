"""Hate incidents of every case, with how soon we answered. Why somebody was picked on is not on it (PRACTICE.md 13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.records import case_of
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


def hate_incidents(session: Session, today: str, *, status: str = "open") -> tuple[HateLine, ...]:
    """Every hate incident in cases that are `open` or `closed`: those with something late first, then the newest."""
    records = list(session.scalars(sa.select(HateRecord).where(HateRecord.struck.is_(None)).order_by(HateRecord.at)))
    by_report = {r.report: r for r in records if r.report}
    found: list[HateLine] = []
    reports = sa.select(Report).where(Report.struck.is_(None), Report.same_as.is_(None), Report.hate.is_not(None))
    for report in session.scalars(reports):
        found += _line(session, case_of(report), report.received or "", report, by_report.get(report.id), today)
    for record in records:
        if not record.report:
            found += _line(session, case_of(record), record.at or "", None, record, today)
    wanted = [line for line in found if line.open == (status == "open")]
    return tuple(sorted(sorted(wanted, key=lambda one: one.day, reverse=True), key=lambda one: not one.late))


def _line(
    session: Session, case: str, at: str, report: Report | None, record: HateRecord | None, today: str
) -> list[HateLine]:
    known, shown = (
        session.get(Case, case),
        session.execute(sa.select(case_line).where(case_line.c.case == case)).first(),
    )
    if known is None or known.struck:
        return []
    day = london_day(at)
    welfare = known.stream == "domestic_abuse"
    return [
        HateLine(
            case=case,
            reference=known.reference or "",
            title=WELFARE if welfare else known.title or "",
            open=known.status == "open",
            who=(shown.reporter if shown else "") or "",
            address="" if welfare else (shown.address if shown else "") or "",
            day=day,
            day_text=f"Told {short_day(day)} {day[:4]}",
            recorded=record is not None,
            police=_police(session, known.file or "", record),
            clocks=_clocks(session, case, report.id if report else "", today),
        )
    ]


def _police(session: Session, file: str, record: HateRecord | None) -> str:
    """How the police question stands; the person's own choice first."""
    if record is not None and record.police in CHOICE and record.police != "yes":
        return CHOICE[record.police]
    settled = sa.select(PoliceReport.outcome).where(PoliceReport.file == file, PoliceReport.struck.is_(None))
    outcome = session.scalar(settled.order_by(PoliceReport.at.desc(), PoliceReport.id.desc()).limit(1))
    return POLICE.get(outcome or "") or CHOICE.get((record.police if record else "") or "", "Police: not asked yet")


def _clocks(session: Session, case: str, report: str, today: str) -> tuple[Clock, ...]:
    rows = sa.select(due).where(due.c.case == case, due.c.code.in_(CLOCKS))
    said: dict[str, Any] = {}
    for row in session.execute(rows.order_by(due.c.due_on, due.c.key)):
        about = row.about_id or ""
        if about.removeprefix("report/") == report or row.code == "graffiti_removal":
            said.setdefault(row.code, row)
    return tuple(_clock(CLOCKS[code], said[code], today) for code in CLOCKS if code in said)


def _clock(title: str, row: Any, today: str) -> Clock:
    by = short_day(row.due_on)
    if row.state == "waived":
        return Clock(title, "not needed", "plain")
    if row.state in ("met", "met_late"):
        late = row.state == "met_late"
        on = short_day((row.met_on or "")[:10]) if row.met_on else ""
        return Clock(title, f"done {on}{f', late: due {by}' if late else ''}", "warning" if late else "good")
    late = row.due_on < today
    return Clock(title, f"was due {by}" if late else f"due {by}", "danger" if late else "info")
