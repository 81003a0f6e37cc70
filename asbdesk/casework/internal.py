"""Steps that are ours alone: owed and shown like any other, never printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.records import case_file, new, put
from asbdesk.clock import london_day
from asbdesk.model import Action
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

CODES = {
    "now": "what cannot wait for a working day",
    "safe_time": "find a safe time to talk",
    "safeguarding": "a safeguarding decision",
    "specialist": "the specialist adviser and the conference, after a high result of the form for abuse at home",
    "manager_reads": "what somebody wants instead of the plan",
    "ask_again": "somebody wanted time to sign",
    "understanding": "doubt that the plan was understood",
    "contact_pace": "how often we speak, at a high level",
    "proportion": "whether a tool used in urgent danger was proportionate",
    "find_owner": "who owns or manages a home",
    "talk_to": "how the officer is after a visit",
    "debrief": "a debrief that a manager offers after a hard visit",
    "common": "what we do for everybody at a place: on the page for everyone, in nobody's own plan",
    "what_can_be_done": "what can be done where nobody can be spoken to",
}
"""Codes of such steps, and what each is about."""


def internal(work: Work, case: str, code: str, what: str, by: str, who: str = "") -> str:
    """A step of ours that never prints; an open one of the same code is not written twice."""
    known = sa.select(Action).where(Action.file == case_file(case), Action.code == code, Action.done_on.is_(None))
    for found in work.select(known.where(Action.struck.is_(None))):
        put(found, what=what, by=min(by, found.by or by))
        return str(found.id)
    return new(work, Action, case_file(case), owner="landlord", code=code, what=what, by=by, who=who).id


@action("step.done")
def internal_done(work: Work, case: str, code: str, note: str = "") -> None:
    """Such a step is no longer owed."""
    known = sa.select(Action).where(Action.file == case_file(case), Action.code == code, Action.done_on.is_(None))
    for found in work.select(known.where(Action.struck.is_(None))):
        put(found, done_on=london_day(work.happened), note=note or None)
