"""The statements of Today, made once for each way of looking at it (mine or the team's, all themes or one).

The database counts and puts in order; only what the first page shows is read. An officer may owe thousands of things.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from asbdesk.casework.due_rows import OWED, WITH_STEP, fixed
from asbdesk.casework.moments import MOMENT, RESIDENT_WAITS, RISK
from asbdesk.casework.records import listed
from asbdesk.model import Action, Contact
from asbdesk.model.journal import case_line, due, form_run
from asbdesk.store.prepared import Prepared

C, D = case_line.c, due.c
OFFICER, DAY, THEME, SOON = (sa.bindparam(name, type_=sa.Text()) for name in ("officer", "day", "theme", "soon"))
SOONER = "complaint_triage"
"""What shows before its day: from its second working day (PRACTICE.md 19)."""
_shows = sa.and_(D.due_on <= SOON, sa.or_(D.due_on <= DAY, D.code == fixed(SOONER)))  # so the index is a range
_waiting = sa.tuple_(*(fixed(code) for code, moment in sorted(MOMENT.items()) if moment in RESIDENT_WAITS))
_waits = D.code.op("IN", is_comparison=True)(_waiting)
_now = sa.and_(D.code == fixed("plan_action"), D.about_id.in_(sa.select(Action.id).where(Action.code == fixed("now"))))
OPEN = fixed("open")


@dataclass(frozen=True)
class Statements:
    """What Today asks. `special` are cases where something rests or a complaint is another's: looked at one by one."""

    behind: Prepared
    """Every case with something due by a day, open or closed, in the page's order, as a `Rank`."""
    lines: Prepared
    """What is due in some cases by a day."""
    coming: Prepared
    """How many cases have something due on each of some days, and which line stands for them: its key and its case."""
    open: Prepared
    """How many cases are open."""
    visits: Prepared
    """Those begun on this laptop, whoever looks after the case."""


def _told(standing: sa.ColumnElement[bool], team: bool) -> sa.Subquery:
    """Each case with something due: its oldest day, does a resident wait, is it Now."""
    found = sa.select(
        D.case,
        sa.func.min(D.due_on).label("oldest"),
        sa.func.min(sa.case((_waits, fixed(0)), else_=fixed(1))).label("waits"),
        sa.func.max(sa.case((_now, fixed(1)), else_=fixed(0))).label("now"),
    ).group_by(D.case)
    if team:
        return found.where(standing, _shows).subquery()
    # officer by officer, each in the index: asked for all at once, SQLite would read what everybody owes
    whose = sa.func.json_each(sa.bindparam("officers", type_=sa.Text())).table_valued("value")
    mine = sa.and_(D.officer == whose.c.value, standing, _shows)
    return found.select_from(whose.outerjoin(due, mine)).subquery()


def _rank(told: sa.Subquery) -> tuple[sa.ColumnElement[Any], ...]:
    """The columns of a `Rank`."""
    risk = sa.case(
        *((C.band == fixed(band), fixed(rank)) for band, rank in RISK.items() if band), else_=fixed(RISK[""])
    )
    reference = sa.func.coalesce(C.reference, fixed(""))
    return (risk.label("risk"), told.c.waits, told.c.oldest, reference.label("reference"), told.c.case, told.c.now)


@cache
def statements(team: bool, themed: bool) -> Statements:
    """One officer's, or everybody's; of all themes, or of one."""
    mine = [] if team else [C.officer == OFFICER]
    here = [] if team else [sa.func.coalesce(C.officer, fixed("")).in_(listed("officers"))]
    case = sa.and_(C.case == D.case, *here)
    standing = sa.and_(D.state == OPEN, *([D.theme == THEME] if themed else []))
    owed = sa.and_(standing, *([] if team else [D.officer.in_(listed("officers"))]))
    told = _told(standing, team)
    return Statements(
        behind=Prepared(sa.select(*_rank(told)).join(case_line, C.case == told.c.case).order_by(*_rank(told)[:5])),
        lines=Prepared(
            sa.select(C.stream, C.band, C.reporter, C.address, C.status, C.officer, *OWED)
            .select_from(WITH_STEP.join(case_line, case))
            .where(D.case.in_(listed("cases")), standing, _shows)  # nobody's: else all of the officer's are read
            .order_by(D.due_on, D.key)
        ),
        coming=Prepared(
            sa.select(D.due_on, sa.func.count(D.case.distinct()), sa.func.min(D.key + " " + D.case))
            .join(case_line, case)
            .where(D.due_on.in_(listed("days")), owed, D.case.not_in(listed("special")))
            .group_by(D.due_on)
        ),
        open=Prepared(sa.select(sa.func.count()).select_from(case_line).where(C.status == OPEN, *mine)),
        visits=Prepared(
            sa.select(form_run.c.case, form_run.c.id, form_run.c.started, C.stream, C.address, C.reporter)
            .join(case_line, C.case == form_run.c.case)
            .where(form_run.c.form == fixed("visit"), C.status.concat("") == OPEN)  # few forms: not by the index
            .order_by(form_run.c.started)
        ),
    )


FIRST = Prepared(
    sa.select(C.stream, C.reporter, *OWED)
    .select_from(WITH_STEP.join(case_line, C.case == D.case))
    .where(sa.or_(*(sa.and_(D.case == sa.bindparam(f"c{n}"), D.key == sa.bindparam(f"k{n}")) for n in range(5))))
)
COVERED = Prepared(
    sa.select(*(sa.func.sum(sa.case((C.case.in_(listed(which)), 1), else_=0)) for which in ("here", "away"))).where(
        C.status == OPEN, sa.or_(C.case.in_(listed("here")), C.case.in_(listed("away")))
    )
)
"""How many of some cases are open: covered for a colleague, and by one."""
ANY = Prepared(sa.select(C.case).limit(1))
TRIES = Prepared(
    sa.select(Contact.file, Contact.at, Contact.method, sa.type_coerce(Contact.made, sa.Integer), Contact.direction)
    .where(Contact.file.in_(listed("files")), Contact.struck.is_(None))
    .order_by(Contact.at, Contact.id)
)
