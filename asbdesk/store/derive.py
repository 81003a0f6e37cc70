"""What can be worked out, worked out again: `due` and `case_line` of some cases or of all. No entry is written.

Called inside each action's transaction (`store.cases` says for which cases), after a merge in slices from `due_stale`,
and by a rebuild. A pure function of the record tables, so the lines are the same whichever of the three wrote them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from asbdesk.duties import Policy
from asbdesk.model import journal as t
from asbdesk.store import case_facts, due, facts, lines
from asbdesk.store.profile import profile as own_profile

_THESE: sa.BindParameter[Any] = sa.bindparam("these", expanding=True)
_NO_MORE = t.due_stale.delete().where(t.due_stale.c.case.in_(_THESE))
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
    _replace(conn, _DUE, ids, owed)
    _replace(conn, _SHOWN, ids, shown)
    conn.execute(_NO_MORE, {"these": ids})


class _Table:
    """A derived table: its lines of some cases, and the statements that change them, made once."""

    def __init__(self, table: sa.Table) -> None:
        self.names = [column.name for column in table.columns]
        self.keys = [column.name for column in table.primary_key]
        self.standing = sa.select(table).where(table.c.case.in_(_THESE))
        self.gone = table.delete().where(*(table.c[name] == sa.bindparam(f"its_{name}") for name in self.keys))
        self.insert = table.insert()


_DUE, _SHOWN = _Table(t.due), _Table(t.case_line)


def _replace(conn: sa.Connection, table: _Table, cases: list[str], lines: list[dict[str, Any]]) -> None:
    """Write what differs alone: most lines stay as they are, and their indexes are the dearest thing to write."""
    values = itemgetter(*table.names)
    standing = {tuple(row) for row in conn.execute(table.standing, {"these": cases}).all()}
    wanted = {values(line): line for line in lines}
    gone = [dict(zip(table.names, row, strict=True)) for row in standing - wanted.keys()]
    if gone:
        conn.execute(table.gone, [{f"its_{name}": line[name] for name in table.keys} for line in gone])
    fresh = [line for row, line in wanted.items() if row not in standing]
    if fresh:
        conn.execute(table.insert, fresh)
