"""The manager's Today: exceptions, not lists (PRACTICE.md 7, 12)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import registers
from asbdesk.casework.words import number
from asbdesk.model import Action, Member, Rest, Waiver
from asbdesk.model.journal import case_line, due

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONG_LATE_WD = 5
FOR_MANAGER = "Manager"
"""Who a step of ours is for, where it is a manager's."""
MANAGER = "manager"
"""The role of whoever is shown this; where nobody has it, everybody is."""
THIRD = 3


def manager_name(session: Session) -> str:
    """The manager who works with this desk, or empty."""
    which = sa.select(Member.name).where(Member.role == MANAGER, Member.left_on.is_(None), Member.struck.is_(None))
    return session.scalar(which.order_by(Member.id).limit(1)) or ""


def for_the_manager(session: Session, member: str, day: str) -> tuple[str, ...]:
    """The exceptions, where this member is a manager or nobody is. It looks at every case: not before Today stands."""
    who = session.get(Member, member)
    return exceptions(session, day) if (who and who.role == MANAGER) or not manager_name(session) else ()


def exceptions(session: Session, day: str) -> tuple[str, ...]:
    """High risk late at all; others late over 5 working days; third waits; this week's waivers; who carries most."""
    high, long = _late(session, day)
    waits, waived = _third_waits(session), _waived(session, day)
    asked = session.scalar(sa.select(sa.func.count()).select_from(Action).where(for_a_manager())) or 0
    own = registers.late(session, day)
    alone = session.scalar(sa.select(sa.func.count()).select_from(case_line).where(nobodys())) or 0
    lines = [
        f"{number(high, 'high-risk case')} late" if high else "",
        f"{number(long, 'other case')} late for over {LONG_LATE_WD} working days" if long else "",
        f"{number(alone, 'case')} that nobody looks after" if alone else "",
        f"{number(asked, 'thing')} that {'waits' if asked == 1 else 'wait'} for a manager's word" if asked else "",
        f"{number(own, 'record')} of our own to look at again" if own else "",
        f"{number(waits, 'thing')} waiting for the third time" if waits else "",
        f"{number(waived, 'thing')} said to be not needed in the last seven days" if waived else "",
        _carries(session),
    ]
    return tuple(line for line in lines if line)


def for_a_manager() -> sa.ColumnElement[bool]:
    """Open steps that are a manager's: what somebody wants instead of the plan, doubt that it was understood."""
    gone = sa.select(Waiver.about).where(Waiver.duty == "plan_action", Waiver.about.is_not(None))
    gone = gone.where(Waiver.struck.is_(None))
    standing = sa.and_(Action.done_on.is_(None), Action.struck.is_(None), Action.id.not_in(gone))
    return sa.and_(Action.who == FOR_MANAGER, Action.owner == "landlord", standing)


def nobodys() -> sa.ColumnElement[bool]:
    """Open cases without an officer, or whose officer has left."""
    C = case_line.c
    left = sa.select(Member.id).where(Member.left_on.is_not(None), Member.struck.is_(None))
    without = sa.func.coalesce(C.officer, "") == ""
    return sa.and_(C.status == "open", sa.or_(without, C.officer.in_(left)))


def _late(session: Session, day: str) -> tuple[int, int]:
    from asbdesk.casework.lists import working_days

    C, days, edge = case_line.c, working_days(session), day
    while days.add(edge, LONG_LATE_WD) >= day:  # the last day from which it is too long
        edge = (dt.date.fromisoformat(edge) - dt.timedelta(days=1)).isoformat()
    band = sa.func.coalesce(C.band, "")
    high, long = (sa.func.sum(sa.case((which, 1), else_=0)) for which in (band == "high", C.next_due <= edge))
    late = sa.select(band == "high", high, long).where(C.next_due < day)  # a closed case may owe something too
    found = {bool(is_high): (highs, longs) for is_high, highs, longs in session.execute(late.group_by(band == "high"))}
    return found.get(True, (0, 0))[0], found.get(False, (0, 0))[1]


def _third_waits(session: Session) -> int:
    """Of what is still open."""
    which = sa.select(Rest.file, Rest.duty, Rest.about).where(Rest.sort == "waiting", Rest.struck.is_(None))
    turns = Counter(tuple(row) for row in session.execute(which))
    third = {key for key, turn in turns.items() if turn >= THIRD}
    if not third:
        return 0
    cases = [(file or "")[5:] for file, _, _ in third]
    rows = session.execute(
        sa.select(due.c.case, due.c.code, due.c.key).where(due.c.state == "open", due.c.case.in_(cases))
    )
    return len(third & {(f"case/{case}", code, key.rpartition("/")[2]) for case, code, key in rows})


def _waived(session: Session, day: str) -> int:
    since = (dt.date.fromisoformat(day) - dt.timedelta(days=7)).isoformat()
    which = sa.select(sa.func.count()).select_from(Waiver).where(Waiver.at >= since, Waiver.struck.is_(None))
    return session.scalar(which) or 0


def _carries(session: Session) -> str:
    count = sa.func.count()
    which = sa.select(case_line.c.officer, count).where(case_line.c.status == "open", case_line.c.officer.is_not(None))
    rows = session.execute(which.group_by(case_line.c.officer).order_by(count.desc()).limit(2)).all()
    if len(rows) < 2:  # nobody to compare with
        return ""
    member = session.get(Member, rows[0][0])
    return f"{(member.name if member else '') or 'One officer'} carries most: {number(rows[0][1], 'open case')}"
