"""What changed since the version before: said on the new plan, worked out where the officer wrote nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.plans import paper_from
from asbdesk.clock import plain_day
from asbdesk.errors import UserError
from asbdesk.model import Action, PlanVersion

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.documents.paper import PlanPaper, Step

AGAIN = "We went through it with you again."
"""What a later version says where nothing in it differs, or the one before came without a paper."""
MOST = 8
"""Lines that are printed; what is more is said in one."""


def with_changes(session: Session, follows: Sequence[str], paper: PlanPaper) -> PlanPaper:
    """`paper` with what changed since the versions it follows, where it says nothing of that yet."""
    if paper.changed or not follows:
        return paper
    return replace(paper, changed=since(session, follows, paper))


def since(session: Session, follows: Sequence[str], paper: PlanPaper) -> tuple[str, ...]:
    """What `paper` says otherwise than the versions it follows, in sentences for the resident; never nothing."""
    found: list[str] = []
    for before in follows:
        version = session.get(PlanVersion, before)
        try:
            old = paper_from((version.content or {}) if version is not None else {})
        except UserError:  # it came from a case history, which has no paper
            continue
        found += _differences(old, paper, _done(session, before))
    lines = list(dict.fromkeys(found))
    more = (f"We changed {len(lines) - MOST} more things.",) if len(lines) > MOST + 1 else ()
    return (*lines[: MOST if more else None], *more) or (AGAIN,)


def _done(session: Session, plan: str) -> set[str]:
    """What was done of a version's steps."""
    which = sa.select(Action.what).where(Action.plan == plan, Action.done_on.is_not(None))
    return {what for what in session.scalars(which) if what}


def _differences(old: PlanPaper, new: PlanPaper, done: set[str]) -> Iterator[str]:
    yield from _steps(old.ours, new.ours, done, "We added", "We took out")
    if new.speak and (old.speak is None or old.speak.day != new.speak.day):
        yield f"We speak next on {plain_day(new.speak.day)}."
    yield from _steps(old.yours, new.yours, done, "New for you, if you want to", "We took out")
    yield from _steps(old.others, new.others, done, "We ask others", "We no longer ask others")
    yield from _steps(old.cannot, new.cannot, done, "What we cannot do", "This no longer stands in the way")
    if new.review_by and old.review_by != new.review_by:
        yield f"We look at this plan again by {plain_day(new.review_by)}."
    for before, after, what in (
        (old.told_us, new.told_us, "We wrote down anew what you told us."),
        (old.wants, new.wants, "We wrote down anew what you want to happen."),
        (old.help, new.help, "The help for you has changed."),
        (old.may_talk, new.may_talk, "Who we may talk to has changed."),
    ):
        if before != after:
            yield what


def _steps(old: tuple[Step, ...], new: tuple[Step, ...], done: set[str], added: str, gone: str) -> Iterator[str]:
    before, after = ({step.what: step for step in steps} for steps in (old, new))
    for what in before:
        if what not in after:
            yield f"This is done: {what}." if what in done else f"{gone}: {what}."
    for what, step in after.items():
        if what not in before:
            yield f"{added}: {what}."
        elif step.by and step.by != before[what].by:
            yield f"The day has moved to {plain_day(step.by)}: {what}."
