"""What must stand before a case closes: nobody in danger, somebody spoken to or tried, nothing open left unnamed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.records import case_file
from asbdesk.casework.words import sentence
from asbdesk.clock import london_day, plain_day
from asbdesk.duties.duty import day_after
from asbdesk.errors import UserError
from asbdesk.model import Action, Contact
from asbdesk.model.journal import due

if TYPE_CHECKING:
    from asbdesk.store.work import Work

OPEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "promises": ("a promise", ("promise",)),
    "repairs": ("a repair", ("repair", "graffiti_removal")),
    "referrals": ("another body's answer", ("agency_chase",)),
    "orders": ("an order", ("order", "court_date", "order_breach")),
    "complaints": (
        "a complaint",
        ("complaint_triage", "complaint_acknowledge", "complaint_stage1", "complaint_stage2", "staff_conduct"),
    ),
    "recordings": ("recordings not looked at", ("evidence_review", "evidence_capture", "evidence_secure")),
}
"""What the form asks about → its words, and what is due while it is open (PRACTICE.md 20)."""
OBJECT_DAYS = 7
TRIES, MEANS, DAYS = 3, 2, 2
"""What stands for a talk: so many tries, by so many means, on so many days at least."""
DANGER = {
    "now": "What stands under Now is not answered yet. Answer it before you close.",
    "safeguarding": "A safeguarding decision is owed. Write it before you close.",
}


def look(work: Work, case: str, answers: Mapping[str, Any], object_by: str) -> None:
    """Raises UserError for what stands in the way of closing, with what to do."""
    steps = sa.select(Action.code).where(Action.file == case_file(case), Action.done_on.is_(None))
    codes = set(work.session.scalars(steps.where(Action.struck.is_(None))))
    for code, why in DANGER.items():
        if code in codes:
            raise UserError(why)
    if answers.get("spoken") == "tried":
        _tried(work, case, answers)
    first = day_after(london_day(work.happened), OBJECT_DAYS)
    if object_by and object_by < first:
        raise UserError(f"Give them seven days to disagree: until {plain_day(first)} at least.")
    _open(work, case, answers.get("open_left"))


def _tried(work: Work, case: str, answers: Mapping[str, Any]) -> None:
    if answers.get("worried") == "yes":
        raise UserError("You are worried about them, so the case stays open. Go there, or ask the police for a check.")
    found = sa.select(Contact.method, Contact.at).where(Contact.file == case_file(case), Contact.struck.is_(None))
    tries = work.session.execute(found.where(Contact.made.is_(False), Contact.direction == "out")).all()
    means, days = {method for method, _ in tries}, {london_day(at) for _, at in tries if at}
    if len(tries) < TRIES or len(means) < MEANS or len(days) < DAYS:
        said = f"{len(tries)} {'try is' if len(tries) == 1 else 'tries are'} written down"
        raise UserError(f"{said}. Write down three, by two means, on different days, or try again.")


def _open(work: Work, case: str, ticked: Any) -> None:
    """What is open and was not ticked: nothing that is owed is forgotten because a case closes."""
    if not isinstance(ticked, list):
        return
    owed = set(work.session.scalars(sa.select(due.c.code).where(due.c.case == case, due.c.state == "open")))
    left = [words for kind, (words, codes) in OPEN.items() if kind not in ticked and owed & {*codes}]
    if left:
        raise UserError(f"Still open: {sentence(left)}. Tick it under “What is still open”, and write who has it now.")
