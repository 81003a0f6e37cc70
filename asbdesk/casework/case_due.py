"""What is due in one case, as its panel shows it: merged, with what waits, and what a talk may tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import telling
from asbdesk.casework.due_lines import Owed, line, open_due
from asbdesk.casework.moments import Resting, merged
from asbdesk.casework.resting import record_of, resting, rests
from asbdesk.casework.views import DueLine
from asbdesk.clock import short_day
from asbdesk.model import Case
from asbdesk.model.journal import due

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class ToTell:
    """Something that waits to be told. `value` is what the contact's list keeps."""

    value: str
    text: str


def case_due(session: Session, case: str, who: str, today: str) -> tuple[DueLine, ...]:
    """All that is open in the case: what is urgent, what waits with the resident, then the rest, the oldest first."""
    owed = {o.key: o for o in open_due(session, due.c.case == case)}
    rest = resting(rests(session, case), {(case, o.code, record_of(o.key)) for o in owed.values()}).get(case, Resting())
    groups = merged([o.item for o in owed.values()], today)
    lines = [line(owed[g.first.key], who, today, count=len(g.items)) for g in groups]
    welfare = session.scalar(sa.select(Case.stream).where(Case.id == case)) == "domestic_abuse"
    return tuple(_with_wait(_own_form(found) if welfare else found, rest, today) for found in lines)


def _own_form(found: DueLine) -> DueLine:
    """The matrix is not the form for abuse at home (PRACTICE.md 2)."""
    if found.code not in ("risk_assessment", "risk_reassessment"):
        return found
    again = " again" if found.code == "risk_reassessment" else ""
    title = f"Go through your own form for abuse at home{again}: not the risk matrix"
    return replace(found, title=title, button="Write what it came to", do="add:safety.abuse_form")


def _with_wait(found: DueLine, rest: Resting, today: str) -> DueLine:
    wait = rest.waits.get((found.code, record_of(found.key)))
    if wait is not None and today < wait.until:
        third = ", for the third time: it is the manager's now" if wait.manager else ""
        return replace(found, waits=f"Waits for {wait.waits_for}{third}. Look again {short_day(wait.until)}.")
    if rest.planned >= today and rest.planned and found.due_on >= today:
        return replace(found, waits=f"Planned for {short_day(rest.planned)}.")
    return found


def to_tell(session: Session, case: str) -> tuple[ToTell, ...]:
    """What waits to be told in the next talk: what an agency said, what was decided on evidence, a new day, the ASB
    Case Review. Unticked, it stays owed."""
    owed = open_due(session, due.c.case == case)
    agencies = tuple(_telling(o) for o in owed if o.code in ("agency_update", "case_review_told"))
    return agencies + tuple(ToTell(value, text) for value, text in telling.waiting(session, case))


def _telling(owed: Owed) -> ToTell:
    if owed.code == "case_review_told":
        return ToTell("case_review", "That they may ask for an ASB Case Review")
    about = owed.what or "what an agency said"
    return ToTell(owed.about_id, f"What the agency said ({about})")
