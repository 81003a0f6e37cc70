"""Hate incidents of every case, with how soon we answered. Why somebody was picked on is not on it (PRACTICE.md 13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from json import dumps
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from asbdesk.casework.due_rows import fixed
from asbdesk.casework.records import case_file, listed
from asbdesk.casework.worded import Worded
from asbdesk.casework.words import WELFARE
from asbdesk.clock import dated, london_day, short_day
from asbdesk.model import Case, HateRecord, PoliceReport, Report
from asbdesk.model.journal import case_line, due
from asbdesk.store.prepared import Prepared

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
    """What the lines are made from, each read once for all of them."""

    today: str
    open: bool
    cases: dict[str, tuple[Any, ...]]
    """Case → the columns of `_CASES`."""
    outcomes: dict[str, str]
    """Case → how the police question came out last."""
    owed: dict[tuple[str, str, str], tuple[str, str, str | None]]
    """(case, report, code) → state, due day and day met of the first such; graffiti belongs to every report."""
    late: set[tuple[str, str]]
    """(case, report) of what is late now; the report is empty for graffiti."""


def hate_incidents(session: Session, today: str, *, status: str = "open") -> Sequence[HateLine]:
    """Every hate incident in cases that are `open` or `closed`: those with something late first, then the newest."""
    records, reports = RECORDS.rows(session), REPORTS.rows(session)
    by_report = {record[2]: record for record in records if record[2]}
    told = [_Told(_case(file), at or "", id, by_report.get(id)) for id, file, at in reports]
    told += [_Told(_case(record[1]), record[3] or "", "", record) for record in records if not record[2]]
    read = _read(session, {one.case for one in told}, status, today)
    wanted = sorted((one for one in told if one.case in read.cases), key=lambda one: london_day(one.at), reverse=True)
    late = read.late
    wanted.sort(key=lambda one: (one.case, one.report) not in late and (one.case, "") not in late)
    return Worded(wanted, partial(_line, read))


class _Told(NamedTuple):
    """A report of hate, or a record where no report is known."""

    case: str
    at: str
    report: str
    record: tuple[Any, ...] | None


RECORDS = Prepared(
    sa.select(HateRecord.id, HateRecord.file, HateRecord.report, HateRecord.at, HateRecord.police)
    .where(HateRecord.struck.is_(None))
    .order_by(HateRecord.at)
)
REPORTS = Prepared(
    sa.select(Report.id, Report.file, Report.received)
    .where(Report.struck.is_(None), Report.same_as.is_(None), Report.hate.is_not(None))
    .order_by(Report.received, Report.id)
)
_CASES = Prepared(
    sa.select(Case.id, Case.reference, Case.title, Case.stream, case_line.c.reporter, case_line.c.address)
    .outerjoin(case_line, case_line.c.case == Case.id)
    .where(Case.id.in_(listed("cases")), Case.struck.is_(None))
    .where((Case.status == "open") == sa.bindparam("open", type_=sa.Integer()))
)
_OUTCOMES = Prepared(
    sa.select(PoliceReport.file, PoliceReport.outcome)
    .where(PoliceReport.file.in_(listed("files")), PoliceReport.struck.is_(None))
    .order_by(PoliceReport.at, PoliceReport.id)
)
_OWED = Prepared(
    sa.select(due.c.case, due.c.code, due.c.about_id, due.c.state, due.c.due_on, due.c.met_on)
    .where(due.c.case.in_(listed("cases")), due.c.code.in_([fixed(code) for code in CLOCKS]))
    .order_by(due.c.due_on, due.c.key)
)


def _read(session: Session, cases: set[str], status: str, today: str) -> _Read:
    found = _CASES.rows(session, cases=dumps(sorted(cases)), open=int(status == "open"))
    shown = {row[0]: row for row in found}
    outcomes = _OUTCOMES.rows(session, files=dumps([case_file(case) for case in shown]))
    owed: dict[tuple[str, str, str], tuple[str, str, str | None]] = {}
    late: set[tuple[str, str]] = set()
    for case, code, about, state, due_on, met_on in _OWED.rows(session, cases=dumps([*shown])):
        report = "" if code == GRAFFITI else (about or "").removeprefix("report/")
        if (case, report, code) not in owed:
            owed[case, report, code] = state, due_on, met_on
            if state == "open" and due_on < today:
                late.add((case, report))
    return _Read(today, status == "open", shown, {_case(file): outcome or "" for file, outcome in outcomes}, owed, late)


def _case(file: str | None) -> str:
    return (file or "/").partition("/")[2]


def _line(read: _Read, told: _Told) -> HateLine:
    case, day = told.case, london_day(told.at)
    _, reference, title, stream, reporter, address = read.cases[case]
    record, welfare = told.record, stream == "domestic_abuse"
    return HateLine(
        case=case,
        reference=reference or "",
        title=WELFARE if welfare else title or "",
        open=read.open,
        who=reporter or "",
        address="" if welfare else address or "",
        day=day,
        day_text=f"Told {dated(day)}",
        recorded=record is not None,
        police=_police(read.outcomes.get(case, ""), (record[4] if record else "") or ""),
        clocks=_clocks(read, case, told.report),
    )


def _police(outcome: str, choice: str) -> str:
    """How the police question stands; the person's own choice first."""
    if choice in CHOICE and choice != "yes":
        return CHOICE[choice]
    return POLICE.get(outcome) or CHOICE.get(choice, "Police: not asked yet")


def _clocks(read: _Read, case: str, report: str) -> tuple[Clock, ...]:
    found = ((code, read.owed.get((case, "" if code == GRAFFITI else report, code))) for code in CLOCKS)
    return tuple([_clock(CLOCKS[code], *stands, read.today) for code, stands in found if stands])


@lru_cache(4096)  # a list has few days, and many things of one
def _clock(title: str, state: str, due_on: str, met_on: str | None, today: str) -> Clock:
    by = short_day(due_on, today)
    if state == "waived":
        return Clock(title, "not needed", "plain")
    if state in ("met", "met_late"):
        late = state == "met_late"
        on = short_day(met_on[:10], today) if met_on else ""
        return Clock(title, f"done {on}{f', late: due {by}' if late else ''}", "warning" if late else "good")
    late = due_on < today
    return Clock(title, f"was due {by}" if late else f"due {by}", "danger" if late else "info")
