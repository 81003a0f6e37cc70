"""Promises: anything we said we would do, in writing or aloud, until it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework.records import case_file, new, put
from asbdesk.casework.told import NOTHING, Said, became, in_case, words
from asbdesk.clock import london_day
from asbdesk.errors import UserError
from asbdesk.model import Case, Promise
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work


@action("promise.made")
def promise(work: Work, case: str, what: str, *, by: str = "", to: str = "", said: Said = NOTHING) -> str:
    """Something promised to the resident, with its day where one was named."""
    work.get(Case, case)
    told = {"what": words(what, "Write what was promised."), "by": by, "to": to, "at": work.happened}
    return new(work, Promise, case_file(case), **told, made_on=london_day(work.happened), **said.fields()).id


@action("promise.moved")
def move_promise(work: Work, case: str, promise_: str, to: str, *, told: bool, why: str) -> str:
    """It has a new day; the one before stays in the record. Raises UserError for a day that has gone, and where they
    were not told and no reason is given."""
    if not told and not why.strip():
        raise UserError("Tell them before the day, or write why they were not told.")
    found = in_case(work, Promise, promise_, case)
    before = found.by
    if before and before < london_day(work.now):
        raise UserError("This day has gone: it is late, and stays so. Promise the new day as a promise of its own.")
    put(found, by=to)
    return became(work, case, "promise_moved", promise_, Said(note=why), day=to, was=before, told=told)


@action("promise.kept")
def keep(work: Work, case: str, promise_: str, *, said: Said = NOTHING) -> str:
    """It was kept."""
    put(in_case(work, Promise, promise_, case), kept_on=london_day(work.happened))
    return became(work, case, "promise_kept", promise_, said)
