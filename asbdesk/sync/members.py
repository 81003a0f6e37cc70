"""Members as records in the landlord's file: what enrolment writes down of whom, for people to read.

Who may what is the roster's to say; a Member record says it again in words that screens show beside a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.errors import UserError
from asbdesk.model import Landlord, Member
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work


def landlord(conn: sa.Connection) -> tuple[str, str]:
    """The landlord's id and name. UserError where there is none yet."""
    table = Landlord.__table__.c
    found = conn.execute(sa.select(table.id, table.name).order_by(table.id).limit(1)).first()
    if found is None:
        raise UserError("This desk has no landlord yet. Finish setting up, or let it exchange with the others first.")
    return found.id, found.name or ""


@action("member.admitted")
def admit_member(work: Work, member: str, file: str, role: str, told: dict[str, str]) -> None:
    """A new member, or one who comes back on another laptop."""
    known = work.find(Member, member)
    if known is None:
        known = work.add(Member(id=member, file=file))
    for name, value in {**told, "role": role}.items():
        if value and getattr(known, name) != value:
            setattr(known, name, value)


@action("member.role_given")
def give_role(work: Work, member: str, role: str) -> None:
    """What a member is from now on, in words for screens."""
    found = work.get(Member, member)
    if found.role != role:
        found.role = role


@action("member.left")
def has_left(work: Work, member: str, day: str) -> None:
    """A member no longer works here."""
    work.get(Member, member).left_on = day
