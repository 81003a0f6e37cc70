"""What is due, in words an officer acts on: the next act, when, why, and what the button opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from asbdesk.casework.due_acts import STEPS, Act, act_of
from asbdesk.casework.kept import kept_from_reader
from asbdesk.casework.moments import MOMENTS, Item, days_late
from asbdesk.casework.records import all_rows
from asbdesk.casework.views import DueLine
from asbdesk.casework.words import number
from asbdesk.clock import short_day
from asbdesk.model import Action
from asbdesk.model.journal import due

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Owed(NamedTuple):
    """One open line of `due`, with what its act needs. A named tuple: Today makes one for each line it reads."""

    case: str
    code: str
    due_on: str
    why: str
    source: str
    about: str
    what: str = ""
    step: str = ""
    """Code of the plan's step, for a step of ours that never prints."""
    key: str = ""
    about_id: str = ""

    @property
    def item(self) -> Item:
        """As far as it matters for the order. What has the same reason is about the same person (its name is in it);
        days agreed are one agreement, kept or not."""
        same = "" if self.code == "next_contact" else self.why
        return Item(self.key, self.code, self.due_on, same, self.step == "now")


def open_due(session: Session, which: sa.ColumnElement[bool]) -> list[Owed]:
    """Open lines of `due`, the earliest first; without those about what is kept from whoever reads."""
    found = all_rows(session, _OPEN.where(which))
    hidden = kept_from_reader(session, *{row.case for row in found})
    found = [row for row in found if row.about_id not in hidden]
    ids = [row.about_id for row in found if row.code == "plan_action"]
    steps = _steps(session, ids) if ids else {}
    return [_owed(row, steps) for row in found]


_DUE = due.c
_OPEN = (
    sa.select(_DUE.case, _DUE.code, _DUE.due_on, _DUE.why, _DUE.source, _DUE.about, _DUE.key, _DUE.about_id)
    .where(_DUE.state == "open")
    .order_by(_DUE.due_on, _DUE.key)
)


def _steps(session: Session, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    rows = session.execute(sa.select(Action.id, Action.what, Action.code).where(Action.id.in_(list(ids))))
    return {id_: (what or "", code or "") for id_, what, code in rows}


def _owed(row: Sequence[Any], steps: dict[str, tuple[str, str]]) -> Owed:
    case, code, due_on, why, source, about, key, about_id = row
    what, step = steps.get(about_id, ("", ""))
    record = f"action/{about_id}" if code == "plan_action" else about_id or ""
    return Owed(case, code, due_on, why or "", source or "", record, what or about or "", step, key, about_id or "")


def act(owed: Owed, who: str, count: int = 1) -> Act:
    """The act in words, its button, what it opens."""
    title, button, do = act_of(owed.code, who, owed.what, count)
    return (title, *STEPS.get(owed.step, (button, do)))


def line(owed: Owed, who: str, today: str, *, count: int = 1) -> DueLine:
    """A line for the case page or a card; for `count` of the same, `owed` is the oldest."""
    title, button, do = act(owed, who, count)
    when, tone = when_text(owed.due_on, today)
    soon = f"{when[:1].lower()}{when[1:]}" if when.startswith("Due ") else when
    when = f"{count} of them, the oldest {soon}" if count > 1 else when
    told = (owed.code, title, when, tone, owed.why, owed.source, button, do, owed.about, owed.due_on)
    return DueLine(*told, key=owed.key, count=count, moment=MOMENTS[owed.item.moment])


@lru_cache(4096)  # a page has few days, and many things of one
def when_text(day: str, today: str) -> tuple[str, str]:
    """("2 days late", "danger"), ("Due today", "warning"), ("Due tomorrow", "info"), ("Mon 30 Nov", "plain")."""
    days = days_late(day, today)
    if days > 0:
        return f"{number(days, 'day')} late", "danger"
    if days == 0:
        return "Due today", "warning"
    return ("Due tomorrow", "info") if days == -1 else (short_day(day, today), "plain")
