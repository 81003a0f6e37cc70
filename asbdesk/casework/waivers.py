"""Not needed, because: a named person says why something due is not, one line at a time (PRACTICE.md 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.risk import level_of
from asbdesk.casework.told import NOTHING, Said, happen, words
from asbdesk.documents.naming import may_be_same
from asbdesk.errors import UserError
from asbdesk.model import Action, Member, Waiver
from asbdesk.model.journal import due
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

SECOND = ("risk_assessment", "safeguarding", "hate_record", "action_plan", "data_breach")
"""What needs a second person, or the words that there is nobody."""
SECOND_PERSON = "This needs a second person. Write who agreed, or that nobody was there and why it cannot wait."


@action("due.not_needed")
def waive(
    work: Work, case: str, duty: str, reason: str, *, about: str = "", second: str = "", said: Said = NOTHING
) -> str:
    """Something due is not needed; `about` is the record that raised it, empty for all open ones of the code. Raises
    UserError without a reason, and without a second person where one is needed."""
    duty = words(duty, "Choose what is not needed.")
    reason, second = words(reason, "Write why it is not needed."), second.strip()
    me = work.find(Member, work.member)
    alone = not second or may_be_same(second, (me.name if me is not None else "") or "")
    if alone and (needs_second(duty, level_of(work.session, case)) or _step_of(work, about) == "safeguarding"):
        raise UserError(SECOND_PERSON)
    if _step_of(work, about) == "now":
        raise UserError("What stands under Now is answered: it is never not needed.")
    return happen(work, Waiver, case, said, duty=duty, reason=reason, about=about, by=work.member, second=second)


@action("due.not_needed")
def taken_over(work: Work, case: str, duty: str, reason: str, *, about: str = "", said: Said = NOTHING) -> str:
    """What a case history says was let go elsewhere, written as it was: who agreed to it there is not asked here."""
    reason = words(reason, "Write why it was not needed.")
    return happen(work, Waiver, case, said, duty=duty, reason=reason, about=about, by=work.member)


@action("due.not_needed")
def not_needed(work: Work, case: str, key: str, reason: str, *, second: str = "") -> str:
    """One line that is due is not needed, as an officer says it on screen. Raises UserError for what is no longer due,
    and as `waive` does."""
    found = work.session.execute(
        sa.select(due.c.code).where(due.c.case == case, due.c.key == key, due.c.state == "open")
    )
    code = found.scalar()
    if code is None:
        raise UserError("This is no longer due. Look at the case again.")
    return waive(work, case, code, reason, about=key.rpartition("/")[2], second=second)


def _step_of(work: Work, about: str) -> str:
    """The code of the step of ours that this is about, if it is one."""
    step = work.find(Action, about or None)
    return (step.code if step is not None else "") or ""


def needs_second(code: str, band: str) -> bool:
    """Whether one person alone may say that it is not needed."""
    return code in SECOND or band == "high"
