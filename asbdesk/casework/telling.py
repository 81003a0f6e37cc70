"""What waits to be told beside what agencies said: the decision on evidence, and the new day of one of our steps. What
is ticked in a contact is told with it; what is not waits on, and a day not told of moves nothing (PRACTICE.md 7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import contacts, evidence_told, plans
from asbdesk.casework.records import case_file
from asbdesk.clock import plain_day
from asbdesk.model import Action, Evidence, Progress
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work


def decided(case: str) -> sa.Select[Any]:
    """Evidence that somebody looked at and decided on; which of it was told is in `told_ids`."""
    found = sa.select(Evidence).where(Evidence.file == case_file(case), Evidence.struck.is_(None))
    return found.where(Evidence.reviewed.is_not(None), Evidence.decision.is_not(None)).order_by(Evidence.id)


def moved(case: str) -> sa.Select[Any]:
    """Open steps of ours with a new day that the resident was not told of."""
    found = sa.select(Action).where(Action.file == case_file(case), Action.struck.is_(None), Action.done_on.is_(None))
    return found.where(Action.moved_told.is_(False)).order_by(Action.by, Action.id)


def waiting(session: Session, case: str) -> tuple[tuple[str, str], ...]:
    """(value of the contact's list, words) of each."""
    done = _told_ids(session, case)
    found = [(e.id, f"What we decided on {e.name or 'the evidence'}") for e in session.scalars(decided(case))]
    found = [(id, words) for id, words in found if id not in done]
    steps = [(a.id, f"The new day, {plain_day(a.by)}: {a.what}") for a in session.scalars(moved(case)) if a.by]
    return (*found, *steps)


def _told_ids(session: Session, case: str) -> set[str]:
    told = sa.select(Progress).where(Progress.file == case_file(case), Progress.what == "evidence_reviewed")
    rows = list(session.scalars(told.where(Progress.struck.is_(None))))
    return {str(one) for row in rows for one in (row.about, *(row.items or ())) if one}


@action("contact.recorded")
def record(work: Work, case: str, with_: str, told: Sequence[str] | None, **fields: Any) -> str:
    """A contact with what was ticked in it; `told` None: nothing waited, and the contact tells all. Fields as
    `contacts.record_contact`. A try, or a word from them that nobody answered, tells nothing."""
    ticked: dict[str, Any] = {} if told is None else {"told": list(told)}
    made = contacts.record_contact(work, case, with_, **fields, **ticked)
    if told and fields.get("made", True):
        done = _told_ids(work.session, case)
        for one in work.select(decided(case)):
            if one.id in told and one.id not in done:
                evidence_told.reviewed(work, case, one.id, one.decision or "")
        for step in work.select(moved(case)):
            if step.id in told and step.by:
                plans.move_action(work, step.id, step.by, told=True)
    return made
