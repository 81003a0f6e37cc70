"""What a landlord says in public that it learned from a determination of the Ombudsman (FEATURES.md L04)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.landlord import landlord_view
from asbdesk.casework.promises import promise
from asbdesk.casework.records import case_file
from asbdesk.casework.release import release_statement
from asbdesk.casework.told import NOTHING, Said, happen, words
from asbdesk.clock import instant, london_day, long_day
from asbdesk.documents.learning_statement import StatementPaper
from asbdesk.errors import UserError
from asbdesk.model import LearningStatement
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.documents.released import Released
    from asbdesk.store.work import Work

Change = tuple[str, str]
"""What we will do, and the day by which (YYYY-MM-DD)."""


@action("ombudsman.learned")
def state_learning(
    work: Work,
    case: str,
    found: str,
    wrong: str,
    differently: str,
    changes: Sequence[Change],
    agreed_by: str,
    *,
    said: Said = NOTHING,
) -> str:
    """The statement. Its id. Each change becomes a promise with its day. Raises UserError for a change without a day,
    a day without a change, and where nothing is said."""
    for what, by in changes:
        words(what, "Write what we will do by that day.")
        if not by:
            raise UserError(f"Say by when: {what}. A change without a day is not followed up.")
    told = {
        "found": words(found, "Write what the Ombudsman found."),
        "wrong": words(wrong, "Write what went wrong."),
        "differently": words(differently, "Write what we do differently now."),
        "agreed_by": words(agreed_by, "Write who agreed it."),
    }
    for what, by in changes:
        promise(work, case, what, by=by, said=Said(note="From what we learned from the Ombudsman."))
    lines = [f"{what}: by {long_day(by)}" for what, by in changes]
    return happen(work, LearningStatement, case, said, changes=lines, **told)


def newest(session: Session, case: str) -> LearningStatement | None:
    """The statement that was written last, where there is one."""
    found = sa.select(LearningStatement).where(
        LearningStatement.file == case_file(case), LearningStatement.struck.is_(None)
    )
    return session.scalars(found.order_by(LearningStatement.id.desc()).limit(1)).first()


def statement_pdf(desk: Desk, case: str) -> bytes:
    """The newest statement on paper. Raises UserError where there is none, and `release.Refused` where it names
    somebody of the case or says where they live."""
    from asbdesk.documents.learning_statement import make

    return make(desk.read(_released, case, desk.member, instant(desk.clock.now())))


def _released(session: Session, case: str, member: str, at: str) -> Released[StatementPaper]:
    found = newest(session, case)
    if found is None:
        raise UserError("No statement is written yet. Choose “What we learned from the Ombudsman” first.")
    paper = StatementPaper(
        landlord=landlord_view(session, member).name,
        day=london_day(found.at or at),
        found=found.found or "",
        wrong=found.wrong or "",
        differently=found.differently or "",
        changes=tuple(found.changes or ()),
        agreed_by=found.agreed_by or "",
    )
    return release_statement(session, case, paper, at)
