"""A hard visit offers the manager a debrief to arrange (PRACTICE.md 5). What is hard is the landlord's own list; why it
was stands on no list of cases, and how the officer says they are has no part in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.exceptions import FOR_MANAGER
from asbdesk.casework.internal import internal
from asbdesk.casework.lists import list_of
from asbdesk.clock import london_day, plain_day
from asbdesk.model import Member, Report, Visit
from asbdesk.store.profile import profile
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

LIST = "hard_case"
LEFT, THREATENED = "left_early", "threat_to_staff"
WITHIN_WD = 2


def is_hard(session: Session, told: Iterable[str], words: str) -> bool:
    """Does anything of a visit stand on the landlord's list: by its code, or, for a line of its own, by its words."""
    codes, heard = set(told), words.casefold()
    return any(code in codes or line.casefold() in heard for code, line in list_of(session, LIST).items())


def told_on(session: Session, visit: Visit) -> tuple[set[str], str]:
    """What was told on a visit, in the codes of the lists and in words, and whether it was left early."""
    which = sa.select(Report).where(Report.visit == visit.id, Report.struck.is_(None))
    reports = list(session.scalars(which))
    codes = {code for report in reports for code in (*(report.behaviours or ()), *(report.serious or ()))}
    words = "\n".join(report.words or "" for report in reports)
    return codes | ({LEFT} if visit.left_early else set()), words


@action("debrief.asked_for")
def offer(work: Work, case: str, visit: str, more: Iterable[str] = ()) -> str:
    """A manager is asked to offer the officer a debrief, where the visit was hard; the step's id, or nothing. `more`:
    codes that are known besides."""
    record = work.get(Visit, visit)
    codes, words = told_on(work.session, record)
    if not is_hard(work.session, codes | set(more), words):
        return ""
    me = work.find(Member, work.member)
    day = plain_day(london_day(record.started or work.happened))
    by = profile(work.session.connection()).days.due(work.happened, WITHIN_WD)
    what = f"Offer {(me.name if me else '') or 'the officer'} a debrief after the visit of {day}"
    return internal(work, case, "debrief", what, by, FOR_MANAGER)
