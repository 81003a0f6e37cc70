"""The safeguarding decision of a visit: asked for by what was said, settled by what the officer decided there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import safeguarding
from asbdesk.casework.internal import internal
from asbdesk.casework.safeguarding import AT_RISK, getting_hurt
from asbdesk.model import Report, Visit

if TYPE_CHECKING:
    from asbdesk.casework.visit_actions import Finished
    from asbdesk.store.work import Work

DECIDE = "Decide about safeguarding. Until then: no letter and no visit about noise"


def told_of(work: Work, done: Finished) -> set[str]:
    """What this visit said of danger when "What has happened" was last finished."""
    kept = (work.get(Visit, done.visit).answers or {}).get("happened", {})
    reports = work.select(sa.select(Report).where(Report.visit == done.visit, Report.struck.is_(None)))
    told = {word for report in reports for word in (*(report.serious or ()), *(report.behaviours or ()))}
    return {*AT_RISK & told} | ({"hurt"} if getting_hurt(kept.get("someone_hurt")) else set())


def ask(work: Work, done: Finished, before: set[str]) -> None:
    """Something new was said of danger: a decision is owed, also where an earlier one was made on this visit."""
    told = done.telling
    now = {*AT_RISK & {*told.flags(), *told.behaviours}}
    now |= {"hurt"} if getting_hurt(done.answers.get("someone_hurt")) else set()
    if now - before:
        open_decision(work, done)


def open_decision(work: Work, done: Finished) -> None:
    """A safeguarding decision is owed. Until it is made, letters and visits about noise to that home wait."""
    internal(work, done.case, "safeguarding", DECIDE, done.next_working_day)


def decided(done: Finished) -> bool:
    """Was it decided in this step: what it closes and what it would open are not seen together by one action."""
    return done.answers.get("safeguarding") in ("referred", "not_referred")


def settle(work: Work, done: Finished) -> None:
    """The written decision, once it is made: referred, or why not. "Not decided yet" leaves it owed."""
    if not decided(done):
        return
    said = done.answers["safeguarding"]
    since = work.get(Visit, done.visit).started or work.happened
    told = {q: done.answers.get(f"safeguarding_{q}") for q in ("why", "to", "told")}
    why, to, who = (value.strip() if isinstance(value, str) else "" for value in told.values())
    safeguarding.settle(work, done.case, since, said == "referred", why, person=done.person, to=to, told=who)
