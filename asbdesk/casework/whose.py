"""Whose Today a thing stands on: one's own cases, those that nobody looks after, and complaints by who answers them.

What is owed stands on somebody's list whatever became of the case: its officer left, nobody is named, it is closed, or
its complaint is answered by somebody else (DESIGN.md, promise 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.cover import standing
from asbdesk.casework.exceptions import MANAGER
from asbdesk.casework.kept import keeps_from
from asbdesk.documents.naming import may_be_same
from asbdesk.model import Case, Complaint, Member
from asbdesk.store.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MEMBERS = Prepared(sa.select(Member.id, Member.name, Member.role, Member.left_on).where(Member.struck.is_(None)))
COMPLAINED = Prepared(
    sa.select(Complaint.file, Complaint.handler, Complaint.staff, Case.officer)
    .join(Case, sa.literal_column("'case/'") + Case.id == Complaint.file)
    .where(sa.or_(Complaint.handler.is_not(None), Complaint.staff.is_not(None)), Complaint.struck.is_(None))
    .order_by(Complaint.id)
)


@dataclass(frozen=True)
class Whose:
    """One member's share. `nobody`: ids of officers whose cases nobody looks after ("" for none named)."""

    officers: tuple[str, ...]
    """Whose cases stand on the list: their own, and nobody's where they see to these."""
    nobody: frozenset[str]
    complaint_elsewhere: frozenset[str]
    """Cases whose complaint somebody else answers, and sees."""
    complaint_here: frozenset[str]
    """Cases of others whose complaint this member answers."""
    covered_away: frozenset[str] = frozenset()
    """Their own cases that somebody covers today."""
    covered_here: frozenset[str] = frozenset()
    """Cases of others that they cover today."""


def whose(session: Session, member: str, day: str) -> Whose:
    """What stands on this member's Today. Nobody's cases are a manager's; where no manager is, everybody's."""
    found = MEMBERS.rows(session)
    managers = {id for id, _, role, left in found if role == MANAGER and not left}
    nobody = frozenset(("", *(id for id, _, _, left in found if left)))
    sees = member in managers or not managers
    desks = [(id, (name or "").strip(), role or "") for id, name, role, left in found if not left]
    elsewhere, here = _complaints(session, member, desks)
    now = standing(session, day).values()
    away = frozenset(c.case for c in now if c.officer == member)
    covered = frozenset(c.case for c in now if c.by == member)
    return Whose((member, *(sorted(nobody) if sees else ())), nobody, elsewhere, here, away, covered)


def _complaints(
    session: Session, member: str, desks: list[tuple[str, str, str]]
) -> tuple[frozenset[str], frozenset[str]]:
    """(cases whose complaint somebody else answers, cases of others whose complaint this member answers). One named to
    answer who has no desk of their own leaves it with the officer; the officer complained of never has it, as long as
    there is a manager who can: who answers it without a desk is reminded by that manager."""
    working = {id: name for id, name, _ in desks}
    managers, me = {id for id, _, role in desks if role == MANAGER}, working.get(member, "")
    others = {name.casefold() for id, name in working.items() if name and id != member}
    elsewhere, here = set(), set()
    for file, handler, staff, officer in COMPLAINED.rows(session):
        case, answers = (file or "")[5:], (handler or "").strip()
        of_me, of_officer = (bool(staff) and may_be_same(staff, name) for name in (me, working.get(officer or "", "")))
        if answers and me and answers.casefold() == me.casefold() and not of_me:
            here |= {case} if officer != member else set()
        elif answers.casefold() in others or keeps_from(member, me, staff or "", answers, desks):
            elsewhere.add(case)
        elif of_officer and member in managers:
            here.add(case)
    return frozenset(elsewhere), frozenset(here)
