"""Two people who report each other: a second officer is offered, and a manager reads both plans (PRACTICE.md 14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.records import case_file
from asbdesk.model import Case, CaseLink, ManagerReview

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Tied:
    """The other case of two that report each other. `read`: the instant a manager last read the plans, or empty."""

    case: str
    reference: str
    two_officers: bool
    read: str


def tied(session: Session, case: str) -> tuple[Tied, ...]:
    """The cases tied to this one as counter-reports; seen by their officers and managers alone."""
    links = sa.select(CaseLink.other).where(CaseLink.file == case_file(case), CaseLink.struck.is_(None))
    mine, found = session.get_one(Case, case), []
    for other in dict.fromkeys(session.scalars(links.where(CaseLink.why == "counter_report").order_by(CaseLink.id))):
        its = session.get(Case, other) if other else None
        if its is not None:
            apart = bool(mine.officer and its.officer and mine.officer != its.officer)
            found.append(Tied(its.id, its.reference or "", apart, _plans_read(session, case)))
    return tuple(found)


def _plans_read(session: Session, case: str) -> str:
    reviews = sa.select(sa.func.max(ManagerReview.at)).where(ManagerReview.file == case_file(case))
    return session.scalar(reviews.where(ManagerReview.of == "plan", ManagerReview.struck.is_(None))) or ""
