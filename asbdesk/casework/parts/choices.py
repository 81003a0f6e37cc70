"""Answers that come from the case itself: its people, its reports, the landlord's members and agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.lists import list_of
from asbdesk.casework.records import case_file
from asbdesk.casework.words import ROLES
from asbdesk.clock import short_moment
from asbdesk.model import Agency, Involvement, Member, Person, Report

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Answers = tuple[tuple[str, str], ...]
ALLEGED = "alleged_perpetrator"
WORDS = 60
"""Characters of a report's words that name it in a list."""


def people(session: Session, case: str, *, alleged: bool | None = None) -> Answers:
    """The people of the case; `alleged`: only those named, or all but those."""
    rows = sa.select(Person.id, Person.name, Involvement.role).join(Involvement, Involvement.person == Person.id)
    rows = rows.where(Involvement.file == case_file(case), Involvement.struck.is_(None)).order_by(Involvement.id)
    return tuple(
        (id, f"{name or 'No name given'} ({ROLES.get(role or '', role or '').lower()})")
        for id, name, role in session.execute(rows)
        if alleged is None or (role == ALLEGED) is alleged
    )


def reports(session: Session, case: str) -> Answers:
    """The reports of the case, the newest first, by their day and first words."""
    which = sa.select(Report).where(Report.file == case_file(case), Report.struck.is_(None))
    found = sorted(session.scalars(which), key=lambda r: r.received or "", reverse=True)
    return tuple((r.id, f"{short_moment(r.received) if r.received else ''}: {(r.words or '')[:WORDS]}") for r in found)


def agencies(session: Session) -> Answers:
    """The bodies the landlord works with, by name, and those that every landlord knows."""
    which = sa.select(Agency).where(Agency.ended.is_(None), Agency.struck.is_(None)).order_by(Agency.name)
    own = [a.name for a in session.scalars(which) if a.name]
    return tuple((name, name) for name in dict.fromkeys((*own, *list_of(session, "agency").values())))


def members(session: Session) -> Answers:
    """Who works with the desk."""
    which = sa.select(Member).where(Member.left_on.is_(None), Member.struck.is_(None)).order_by(Member.name)
    return tuple((m.id, m.name or "") for m in session.scalars(which))


def member_names(session: Session) -> Answers:
    """Who works with the desk, recorded by name."""
    return tuple((name, name) for _, name in members(session) if name)
