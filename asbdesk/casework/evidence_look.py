"""One piece of evidence as it is looked at: what it is, its mark, each step of its keeping, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.parts.evidence import STEPS, name_of
from asbdesk.casework.parts.reading import standing, when
from asbdesk.casework.records import case_of
from asbdesk.casework.words import size
from asbdesk.model import Custody, Evidence, Member, Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Look:
    """`facts` in one line; `kept`: its keeping, oldest first; `reviewed`: when, or empty."""

    id: str
    name: str
    facts: str
    sha256: str
    kept: tuple[str, ...]
    reviewed: str
    decision: str


def any_taken(session: Session) -> tuple[str, str] | None:
    """(case, evidence) of the newest thing whose file lies here; None where there is none."""
    kept = sa.select(Evidence).where(Evidence.blob.is_not(None), Evidence.struck.is_(None))
    e = session.scalars(kept.order_by(Evidence.id.desc()).limit(1)).first()
    return (case_of(e), e.id) if e is not None else None


def still_waiting(session: Session, ids: Sequence[str]) -> frozenset[str]:
    """Those of them that nobody has answered yet."""
    found = sa.select(Evidence.id).where(Evidence.id.in_(ids), Evidence.reviewed.is_(None))
    return frozenset(session.scalars(found.where(Evidence.struck.is_(None))))


def look(session: Session, case: str, evidence: str) -> Look:
    """What stands beside it. Raises sqlalchemy's NoResultFound for one that is not here."""
    e = session.get_one(Evidence, evidence)
    giver = session.get(Person, e.from_) if e.from_ else None
    who = f"from {giver.name}" if giver is not None and giver.name else ""
    facts = "  ·  ".join(t for t in (when(e.received), who, size(e.size) if e.size else "") if t)
    taken = f"Taken into the store {when(e.received)}" if e.blob else ""
    steps = [_step(session, s) for s in standing(session, Custody, case) if s.evidence == evidence]
    kept = tuple(t for t in (taken, *steps) if t)
    return Look(e.id, name_of(e), facts, e.sha256 or "", kept, when(e.reviewed), e.decision or "")


def _step(session: Session, step: Custody) -> str:
    by = session.get(Member, step.by) if step.by else None
    what = " ".join(t for t in (STEPS.get(step.what or "", "A step"), step.to) if t)
    who = f", by {by.name}" if by is not None and by.name else ""
    return f"{what} {when(step.at)}{who}"
