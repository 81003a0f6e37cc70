"""Needs and adjustments as events of a case: told of, put on the household record, asked for, made or refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.needs import ask_adjustment, needs_of, record_need
from asbdesk.casework.records import case_file, put
from asbdesk.casework.told import NOTHING, Said, happen, words
from asbdesk.clock import london_day
from asbdesk.model import Adjustment, NeedTold, Person
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

DISCLOSED, RECORDED = "vulnerability_disclosed", "vulnerability_recorded"
ASKED, MADE = "adjustment_requested", "adjustment_made"


@action("needs.told")
def told_of(work: Work, case: str, person: str, what: Sequence[str], *, by: str = "", said: Said = NOTHING) -> str:
    """Someone told us of a need or circumstance, in a call, a letter, a complaint: it waits to be put on the record."""
    work.get(Person, person)
    words(" ".join(what), "Write what they told you.")
    return happen(work, NeedTold, case, said, person=person, what=list(what), by=by, step=DISCLOSED)


@action("needs.put_on_record")
def put_on_record(
    work: Work, case: str, person: str, what: Sequence[str] = (), *, said_by: str = "", said: Said = NOTHING
) -> str:
    """It was put on the household record; without `what`, all that was told of this person."""
    told = work.select(_told(case, person, DISCLOSED))
    for need in what or [one for record in told for one in record.what or ()]:
        by = next((record.by or "" for record in reversed(told) if need in (record.what or ())), "")
        record_need(work, person, need, said_by=said_by or said_by_of(by))
    return happen(work, NeedTold, case, said, person=person, what=list(what), step=RECORDED)


@action("needs.put_on_record")
def take(work: Work, case: str, person: str, what: Sequence[str], *, said_by: str = "", said: Said = NOTHING) -> str:
    """A need that was told of and is put on the record at once. What the record did not have was told of now: it asks
    for support, another look at the risk, and a safeguarding decision where it speaks of danger."""
    known = {need.what for need in needs_of(work.session, [person]).get(person, ())}
    fresh = [need for need in what if need not in known]
    if fresh:
        told_of(work, case, person, fresh, by="" if said_by == "person" else said_by, said=said)
    return put_on_record(work, case, person, what, said_by=said_by, said=said)


def said_by_of(teller: str) -> str:
    """Who said it, as a need keeps it: the person, their family, a professional."""
    if teller in ("", "resident", "reporter", "person"):
        return "person"
    return "family" if teller in ("family", "relative", "household") else "professional"


@action("adjustment.requested")
def request(work: Work, case: str, person: str, what: str, *, said: Said = NOTHING) -> str:
    """A reasonable adjustment was asked for."""
    what = words(what, "Write what would make it easier.")
    ask_adjustment(work, person, what)
    return happen(work, NeedTold, case, said, person=person, what=[what], step=ASKED)


@action("adjustment.made")
def make(work: Work, case: str, person: str, what: str, *, refused_why: str = "", said: Said = NOTHING) -> str:
    """It was made; or refused, with why. One that nobody asked for is written down as made."""
    record = work.get(Adjustment, ask_adjustment(work, person, words(what, "Write which one.")))
    put(record, made_on=None if refused_why else london_day(work.happened), refused_why=refused_why or None)
    refused = True if refused_why else None
    return happen(work, NeedTold, case, said, person=person, what=[what], step=MADE, refused=refused)


def _told(case: str, person: str, step: str) -> sa.Select[NeedTold]:
    found = sa.select(NeedTold).where(NeedTold.file == case_file(case), NeedTold.person == person)
    return found.where(NeedTold.step == step, NeedTold.struck.is_(None)).order_by(NeedTold.id)
