"""Lines of `due` as the database gives them: the columns that make an `Owed`, beside the plan's step each is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.due_lines import Owed
from asbdesk.model import Action
from asbdesk.model.journal import due

if TYPE_CHECKING:
    from collections.abc import Sequence


def fixed(value: str | int) -> sa.ColumnElement[Any]:
    """One of our own codes, written into the statement: a value that is handed over each time costs each time."""
    return sa.literal_column(repr(value))


_step = Action.__table__
WITH_STEP = due.outerjoin(_step, sa.and_(due.c.code == fixed("plan_action"), _step.c.id == due.c.about_id))
_named = (due.c.case, due.c.code, due.c.due_on, due.c.why, due.c.source, due.c.about_id, due.c.about)
OWED = (*_named, _step.c.what, _step.c.code.label("step"), due.c.key)
"""What `owed` takes, in its order."""


def owed(columns: Sequence[Any]) -> Owed:
    """From the columns `OWED` of one row."""
    case, code, due_on, why, source, about_id, about, what, step, key = columns
    named = f"action/{about_id}" if code == "plan_action" else about_id or ""
    return Owed(
        case, code, due_on, why or "", source or "", named, what or about or "", step or "", key, about_id or ""
    )
