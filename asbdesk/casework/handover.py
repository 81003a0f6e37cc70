"""Another officer looks after the case; or somebody left and nobody is named, which is itself owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.records import put
from asbdesk.casework.told import NOTHING, Said, happen
from asbdesk.casework.way_out import barred_name
from asbdesk.errors import UserError
from asbdesk.model import Case, Handover, Member
from asbdesk.store.work import action

if TYPE_CHECKING:
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


def member_called(work: Work, name: str) -> str:
    """Id of the colleague with this name; empty for one who does not work with this desk."""
    if not name.strip():
        return ""
    found = sa.select(Member.id).where(sa.func.lower(Member.name) == name.strip().lower(), Member.struck.is_(None))
    return str(work.session.scalar(found.limit(1)) or "")
