"""Not needed, because: a named person says why something due is not, one line at a time (PRACTICE.md 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework.told import NOTHING, Said, happen, words
from asbdesk.model import Waiver
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

SECOND = ("risk_assessment", "safeguarding", "hate_record", "action_plan", "data_breach")
"""What needs a second person, or the words that there is nobody."""


@action("due.not_needed")
def waive(
    work: Work, case: str, duty: str, reason: str, *, about: str = "", second: str = "", said: Said = NOTHING
) -> str:
    """Something due is not needed; `about` is the record that raised it, empty for all open ones of the code."""
    duty = words(duty, "Choose what is not needed.")
    reason = words(reason, "Write why it is not needed.")
    return happen(work, Waiver, case, said, duty=duty, reason=reason, about=about, by=work.member, second=second)
