"""What a person answered about each body: asked only where a no will be kept (PRACTICE.md 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.records import case_file, new, put
from asbdesk.clock import london_day
from asbdesk.errors import UserError
from asbdesk.model import Permission
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

ANSWERS = {"yes": "Yes", "ask_first": "Ask me first", "no": "No"}


@action("permission.answered")
def answer_permission(work: Work, case: str, person: str, body: str, answer: str, *, what_for: str = "") -> str:
    """Yes, ask me first, or no, for one body. People may change their mind: the newest answer stands."""
    if answer not in ANSWERS:
        raise UserError("Choose yes, ask me first, or no.")
    known = sa.select(Permission).where(Permission.file == case_file(case), Permission.person == person)
    found = work.select(known.where(Permission.body == body, Permission.struck.is_(None)))
    if found:
        put(found[-1], answer=answer, what_for=what_for or None, asked_on=london_day(work.happened))
        return str(found[-1].id)
    told = {
        "person": person,
        "body": body,
        "answer": answer,
        "what_for": what_for,
        "asked_on": london_day(work.happened),
    }
    return new(work, Permission, case_file(case), **told).id


def permissions(session: Session, case: str, person: str) -> tuple[tuple[str, str], ...]:
    """(body, answer) of one person in one case, in the order they were asked."""
    found = sa.select(Permission).where(Permission.file == case_file(case), Permission.person == person)
    kept = session.scalars(found.where(Permission.struck.is_(None)).order_by(Permission.id))
    return tuple((p.body or "", p.answer or "") for p in kept)
