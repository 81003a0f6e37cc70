"""What can be worked out, worked out again: `due` and `case_line` of some cases or of all. No entry is written.

Called inside each action's transaction (`store.cases` says for which cases), after a merge in slices from `due_stale`,
and by a rebuild. A pure function of the record tables, so the lines are the same whichever of the three wrote them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

import sqlalchemy as sa

from asbdesk.duties import Policy
from asbdesk.model import Case
from asbdesk.model import journal as t
from asbdesk.store import case_facts, due, facts, lines
from asbdesk.store.profile import profile as own_profile

_THESE: sa.BindParameter[Any] = sa.bindparam("these", expanding=True)
_GONE = [table.delete().where(table.c.case.in_(_THESE)) for table in (t.due, t.case_line, t.due_stale)]
SLICE = 50
"""Cases worked out together: of more, each takes longer."""
Lines = tuple[list[dict[str, Any]], list[dict[str, Any]]]
"""Lines of `due`, and of `case_line`."""


def refresh_cases(conn: sa.Connection, cases: Collection[str], profile: Policy | None = None) -> None:
    """Work the derived lines of these cases out again. Ids that are no case (any more) lose their lines."""
    ordered = sorted(set(cases))
    for start in range(0, len(ordered), SLICE):
        _refresh(conn, ordered[start : start + SLICE], profile or own_profile(conn))


refresh = refresh_cases


def refresh_all(conn: sa.Connection, profile: Policy | None = None, tell: Callable[[int], None] | None = None) -> None:
    """Empty the derived tables and work out every case. `tell` is given the number of cases done."""
    conn.execute(t.due.delete())
    conn.execute(t.case_line.delete())
    conn.execute(t.due_stale.delete())
    numbers = profile or own_profile(conn)
    every = conn.scalars(sa.select(Case.id).order_by(Case.id)).all()
    for start in range(0, len(every), SLICE):
        part = every[start : start + SLICE]
        _refresh(conn, part, numbers)
        if tell:
            tell(start + len(part))


def worked_out(conn: sa.Connection, cases: Iterable[str], profile: Policy | None = None) -> Lines:
    """The lines of `due` and `case_line` that these cases should have. Only reads."""
    profile = profile or own_profile(conn)
    found = facts.read(conn, list(cases))
    owed, shown = [], []
    for case in found.cases:
        mine = due.lines(case_facts.facts(found, case), profile)
        owed += mine
        shown.append(lines.line(found, case, mine))
    return owed, shown


def _refresh(conn: sa.Connection, cases: Iterable[str], profile: Policy) -> None:
    ids = list(cases)
    put(conn, ids, worked_out(conn, ids, profile))


def put(conn: sa.Connection, cases: Collection[str], worked: Lines) -> None:
    """Put what was worked out of these cases in the place of what stands; they wait no more."""
    ids, (owed, shown) = list(cases), worked
    for gone in _GONE:
        conn.execute(gone, {"these": ids})
    if owed:
        conn.execute(t.due.insert(), owed)
    if shown:
        conn.execute(t.case_line.insert(), shown)
