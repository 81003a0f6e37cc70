"""Lists that lead to cases: the manager's exceptions one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import exceptions, registers
from asbdesk.casework.kept import kept_from_reader
from asbdesk.casework.moments import days_late
from asbdesk.casework.records import case_of
from asbdesk.casework.words import BANDS, NOT_ASSESSED, WELFARE, number
from asbdesk.clock import long_day, short_day
from asbdesk.model import Action, Case, Member, Rest, Waiver
from asbdesk.model.journal import case_line, due

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


MOST = 200
"""Lines of one list: a desk with more has another trouble."""
C = case_line.c


@dataclass(frozen=True)
class Line:
    """One case of a list. `title` is fit to be seen ("Welfare" for abuse at home)."""

    case: str
    reference: str
    title: str
    text: str
    band: str = ""


@dataclass(frozen=True)
class Listed:
    """One kind of exception."""

    title: str
    why: str
    lines: tuple[Line, ...]


# ---- the manager's exceptions
def lists(session: Session, day: str) -> tuple[Listed, ...]:
    """Each exception with its cases, the oldest first; kinds without any are left out."""
    found = (
        Listed("High risk, late", "A high-risk case is never late.", _late(session, day, high=True)),
        Listed(
            f"Late for over {exceptions.LONG_LATE_WD} working days",
            "Ask what stands in the way, or give it to somebody else.",
            _late(session, day, high=False),
        ),
        Listed("Nobody looks after it", "Give it to somebody: nobody else will notice what it owes.", _alone(session)),
        Listed("Waits for a manager's word", "Read it, and write down what you say.", _for_manager(session)),
        Listed("Waiting for the third time", "Whatever it waits for is not coming by itself.", _thirds(session)),
        Listed(
            "Our own records, to look at again", "Whoever leads on it looks, and writes it down.", _own(session, day)
        ),
        Listed("Said to be not needed, last seven days", "Read each reason.", _waived(session, day)),
        Listed("Who carries how much", "Open cases of each officer.", _loads(session, day)),
    )
    return tuple(each for each in found if each.lines)


def _late(session: Session, day: str, *, high: bool) -> tuple[Line, ...]:
    from asbdesk.casework.lists import working_days

    oldest = sa.func.min(due.c.due_on).label("oldest")
    rows = sa.select(C.case, C.band, C.officer, oldest).join(due, due.c.case == C.case)
    rows = rows.where(due.c.state == "open", due.c.due_on < day)  # a closed case may owe something too
    days, found = working_days(session), []
    for case, band, officer, first in session.execute(rows.group_by(C.case, C.band, C.officer).order_by(oldest)):
        if (band == "high") is high and (high or days.add(first, exceptions.LONG_LATE_WD) < day):
            late = f"{number(days_late(first, day), 'day')} late"
            found.append(line_of(session, case, f"{late} · {_name(session, officer)}"))
    return tuple(found[:MOST])


def _alone(session: Session) -> tuple[Line, ...]:
    which = sa.select(C.case, C.next_due, Case.team).join(Case, Case.id == C.case).where(exceptions.nobodys())
    told = ((case, f"Waits with {team} · " if team else "", soon) for case, soon, team in
            session.execute(which.order_by(C.next_due, C.reference).limit(MOST)))  # fmt: skip
    return tuple(
        line_of(session, case, f"{waits}{f'The next thing is due {short_day(soon)}' if soon else 'Nothing is due'}")
        for case, waits, soon in told
    )


def _for_manager(session: Session) -> tuple[Line, ...]:
    which = sa.select(Action).where(exceptions.for_a_manager()).order_by(Action.by, Action.id)
    return tuple(
        line_of(session, case_of(step), f"{step.what or ''} · by {short_day(step.by)}" if step.by else step.what or "")
        for step in session.scalars(which.limit(MOST))
    )


def _thirds(session: Session) -> tuple[Line, ...]:
    which = sa.select(Rest).where(Rest.sort == "waiting", Rest.struck.is_(None)).order_by(Rest.id)
    turns: dict[tuple[str, str, str], list[Rest]] = {}
    for rest in session.scalars(which):
        turns.setdefault((rest.file or "", rest.duty or "", rest.about or ""), []).append(rest)
    found = []
    for (file, code, _), rests in turns.items():
        case = file.removeprefix("case/")
        still = sa.select(sa.func.count()).where(due.c.case == case, due.c.code == code, due.c.state == "open")
        if len(rests) >= exceptions.THIRD and session.scalar(still):
            found.append(line_of(session, case, f"Waits for {rests[-1].waits_for or 'something'}, {len(rests)} times"))
    return tuple(found[:MOST])


def _own(session: Session, day: str) -> tuple[Line, ...]:
    found = registers.to_look_at(session, day) if registers.late(session, day) else ()
    return tuple(Line("", title, entry.title, f"By {long_day(entry.again)}") for title, entry in found)


def _waived(session: Session, day: str) -> tuple[Line, ...]:
    import datetime as dt

    since = (dt.date.fromisoformat(day) - dt.timedelta(days=7)).isoformat()
    which = sa.select(Waiver).where(Waiver.at >= since, Waiver.struck.is_(None)).order_by(Waiver.at.desc())
    return tuple(
        line_of(session, case_of(w), f"{w.reason or 'No reason'} · {_name(session, w.by)}")
        for w in session.scalars(which.limit(MOST))
        if w.id not in kept_from_reader(session, case_of(w))
    )


def _loads(session: Session, day: str) -> tuple[Line, ...]:
    count = sa.func.count().label("many")
    late = sa.func.sum(sa.case((C.next_due < day, 1), else_=0))
    rows = sa.select(C.officer, count, late).where(C.status == "open", C.officer.is_not(None))
    return tuple(
        Line("", "", _name(session, officer), f"{number(many, 'open case')}, {behind or 0} late")
        for officer, many, behind in session.execute(rows.group_by(C.officer).order_by(count.desc()))
    )


def line_of(session: Session, case: str, text: str) -> Line:
    """One case of a list, with these words."""
    row = session.execute(sa.select(C.reference, C.title, C.stream, C.band).where(C.case == case)).first()
    if row is None:
        return Line(case, "", "A case that is not here", text)
    title = WELFARE if row.stream == "domestic_abuse" else row.title or ""
    return Line(case, row.reference or "", title, text, BANDS.get(row.band or "", NOT_ASSESSED))


def _name(session: Session, member: str | None) -> str:
    found = session.get(Member, member) if member else None
    return (found.name if found else "") or "nobody"
