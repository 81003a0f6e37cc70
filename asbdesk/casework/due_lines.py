"""What is due, in words an officer acts on: the next act, when, why, and what the button opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.records import plain_rows
from asbdesk.casework.views import DueLine
from asbdesk.casework.words import number
from asbdesk.clock import short_day
from asbdesk.model import Action
from asbdesk.model.journal import due

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ACTS: dict[str, tuple[str, str, str]] = {
    "first_contact": ("Ring {who}: a report to answer", "Record contact", "contact"),
    "next_contact": ("Ring {who}, as we agreed", "Record contact", "contact"),
    "regular_update": ("Ring {who} with what is new", "Record contact", "contact"),
    "risk_assessment": ("Ask {who} the risk questions", "Start visit", "visit"),
    "risk_reassessment": ("Ask {who} the risk questions again", "Start visit", "visit"),
    "risk_actions": ("Do what the risk level asks for", "Open risk", "risk"),
    "action_plan": ("Make a plan with {who}", "Start visit", "visit"),
    "plan_review": ("Look at the plan again with {who}", "Open plan", "plan"),
    "plan_copy": ("Give {who} a copy of the plan", "Record the copy", "copy"),
    "plan_action": ("{what}", "Mark as done", "action"),
}
"""Code → (the act in words, the button, what it opens)."""
WITH_RESIDENT = {"first_contact", "next_contact", "regular_update", "risk_assessment", "action_plan", "plan_copy"}
"""What a resident waits for comes before what only the file waits for (PRACTICE.md 7)."""


@dataclass(frozen=True)
class Owed:
    """One open line of `due`, with what its act needs."""

    case: str
    code: str
    due_on: str
    why: str
    source: str
    about: str
    what: str = ""
    step: str = ""
    """Code of the plan's step, for a step of ours that never prints."""


def open_due(session: Session, which: sa.ColumnElement[bool]) -> list[Owed]:
    """Open lines of `due`, the earliest first."""
    rows = sa.select(due).where(due.c.state == "open", which).order_by(due.c.due_on, due.c.key)
    found = plain_rows(session, rows)
    ids = [row["about_id"] for row in found if row["code"] == "plan_action"]
    steps = _steps(session, ids) if ids else {}
    return [_owed(row, steps) for row in found]


def _steps(session: Session, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    rows = session.execute(sa.select(Action.id, Action.what, Action.code).where(Action.id.in_(list(ids))))
    return {id_: (what or "", code or "") for id_, what, code in rows}


def _owed(row: dict[str, Any], steps: dict[str, tuple[str, str]]) -> Owed:
    what, step = steps.get(row["about_id"], ("", ""))
    kind = "action" if row["code"] == "plan_action" else ""
    about = f"{kind}/{row['about_id']}" if kind else row["about_id"] or ""
    told = (row["case"], row["code"], row["due_on"], row["why"] or "", row["source"] or "", about)
    return Owed(*told, what or row["about"] or "", step)


def line(owed: Owed, who: str, today: str) -> DueLine:
    """A line for the case page or a card."""
    act, button, do = ACTS.get(owed.code, (owed.code.replace("_", " ").capitalize(), "Open", "case"))
    if owed.step == "now":
        act, button, do = owed.what, "Answer", "now"
    title = act.format(who=who or "them", what=owed.what)
    when, tone = when_text(owed.due_on, today)
    return DueLine(owed.code, title, when, tone, owed.why, owed.source, button, do, owed.about, owed.due_on)


def when_text(day: str, today: str) -> tuple[str, str]:
    """("2 days late", "danger"), ("Due today", "warning"), ("Due tomorrow", "info"), ("Mon 30 Nov", "plain")."""
    days = days_late(day, today)
    if days > 0:
        return f"{number(days, 'day')} late", "danger"
    if days == 0:
        return "Due today", "warning"
    return ("Due tomorrow", "info") if days == -1 else (short_day(day), "plain")


def days_late(day: str, today: str) -> int:
    """Calendar days past the day; negative before it."""
    return (dt.date.fromisoformat(today) - dt.date.fromisoformat(day)).days
