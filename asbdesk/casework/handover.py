"""Another officer looks after the case; or somebody left and nobody is named, which is itself owed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.lists import list_of
from asbdesk.casework.records import put
from asbdesk.casework.told import NOTHING, Said, happen, words
from asbdesk.casework.way_out import barred_name
from asbdesk.errors import UserError
from asbdesk.model import Case, Handover, Member
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work


@action("case.handed_over")
def hand_over(work: Work, case: str, to: str, *, from_: str = "", member: str = "", said: Said = NOTHING) -> str:
    """Hand over to the officer named `to` (or to `member`); an empty `to` says that nobody is named. Raises UserError
    for somebody who must not be in touch with the people of the case."""
    held = "" if said.history_id else barred_name(work.session, case, to)  # a history tells what happened
    if held:
        raise UserError(held)
    known = member or member_called(work, to)
    put(work.get(Case, case), officer=known or (work.member if to else ""))
    return happen(work, Handover, case, said, from_=from_, to=to, member=known)


@action("case.handed_over")
def to_team(work: Work, case: str, team: str, *, from_: str = "", said: Said = NOTHING) -> str:
    """Hand over to a team: it waits there until one of them takes it, and a name is owed by the next working day
    (FEATURES.md G12)."""
    put(work.get(Case, case), team=words(team, "Choose which team."), officer="")
    told = replace(said, note=". ".join(t for t in (f"To {team}", said.note) if t))
    return happen(work, Handover, case, told, from_=from_)


def teams(session: Session) -> tuple[str, ...]:
    """The landlord's teams that take cases: those on its list, and those that have one."""
    has = sa.select(Case.team).where(Case.team.is_not(None), Case.struck.is_(None)).distinct()
    return tuple(dict.fromkeys((*list_of(session, "team").values(), *sorted(t for t in session.scalars(has) if t))))


def member_called(work: Work, name: str) -> str:
    """Id of the colleague with this name; empty for one who does not work with this desk."""
    if not name.strip():
        return ""
    found = sa.select(Member.id).where(sa.func.lower(Member.name) == name.strip().lower(), Member.struck.is_(None))
    return str(work.session.scalar(found.limit(1)) or "")
