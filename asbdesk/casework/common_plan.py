"""The common part of the plans of a place: what we do for everybody there, once, on a page with nobody's name.

Each household has its own plan, which is its private page (PRACTICE.md 17). What is done for the stair or the block
would otherwise stand in nine plans, be late nine times, and tell each household of the others'.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import release
from asbdesk.casework.landlord import landlord_view
from asbdesk.casework.records import case_file, new
from asbdesk.casework.told import words
from asbdesk.casework.way_out import Leaving
from asbdesk.clock import instant, plain_day
from asbdesk.errors import UserError
from asbdesk.model import Action, Case
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.documents.common_page import CommonPage
    from asbdesk.documents.released import Released
    from asbdesk.store.work import Work

CODE = "common"
"""Of a step that is for everybody at the place: owed once, and in nobody's own plan."""
PAGE = "The page for everyone"


@dataclass(frozen=True)
class CommonStep:
    """One step for everybody there. `by`: its day; `done`: the day it was done, or empty."""

    id: str
    what: str
    who: str
    by: str
    done: str

    @property
    def text(self) -> str:
        """ "Mend the street door, by Friday 4 December"."""
        if self.done:
            return f"{self.what}: done on {plain_day(self.done)}"
        return f"{self.what}, by {plain_day(self.by)}" if self.by else self.what


@action("plan.common_step")
def add_step(work: Work, case: str, what: str, by: str, *, who: str = "") -> str:
    """A step of ours for everybody at the place, with its day. Raises UserError for a case that is about no place, and
    for a step without words or day."""
    if not work.get(Case, case).place:
        raise UserError("Write first which place it is about. A step for one household stands in its own plan.")
    what = words(what, "Write what we will do for everybody there.")
    by = words(by, "Write by when: everybody there counts on it.")
    return new(work, Action, case_file(case), owner="landlord", code=CODE, what=what, by=by, who=who.strip()).id


def steps(session: Session, case: str) -> tuple[CommonStep, ...]:
    """What we do for everybody there: what is open first, by its day."""
    which = sa.select(Action).where(Action.file == case_file(case), Action.code == CODE, Action.struck.is_(None))
    found = session.scalars(which.order_by(Action.done_on.is_not(None), Action.by, Action.id))
    return tuple(CommonStep(a.id, a.what or "", a.who or "", a.by or "", (a.done_on or "")[:10]) for a in found)


def leaving(session: Session, case: str, member: str) -> Leaving:
    """The page about to leave: nobody can say who will read it."""
    texts = tuple(each.what for each in steps(session, case))
    return Leaving(case, member, PAGE, "everybody there", texts=texts)


def page_pdf(desk: Desk, case: str) -> bytes:
    """The page as a tagged PDF, to give along with each household's own plan or to hang up. Raises UserError where no
    step is written, and `release.Refused` where one names somebody of the case or says where they live."""
    from asbdesk.documents.common_page import make

    return make(desk.read(_released, case, desk.member, desk.today, instant(desk.clock.now())))


def _released(session: Session, case: str, member: str, today: str, at: str) -> Released[CommonPage]:
    from asbdesk.documents.common_page import CommonPage

    found = steps(session, case)
    if not found:
        raise UserError("Nothing is written yet that we do for everybody there. Add a step first.")
    ours = landlord_view(session, member)
    told = tuple((s.what, s.who, s.by, s.done) for s in found)
    place = session.get_one(Case, case).place or ""
    number = ours.officer_number
    paper = CommonPage(ours.name, place, today, told, number, ours.officer_hours, ours.closed_number)
    return release.release_common(session, case, paper, at)
