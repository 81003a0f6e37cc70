"""How a visit ends, or is broken off: left early, the other person came, out and safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework import cautions, contacts, debrief, plans
from asbdesk.casework.internal import internal
from asbdesk.casework.records import put
from asbdesk.casework.words import SAFE_TIME
from asbdesk.clock import london_day
from asbdesk.model import Case, Visit
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work


SPOKEN = {"who", "happened", "affects", "safe", "wants", "sign"}
"""Steps that need somebody to speak with: without one of them it was a try, and counts as one."""


@action("visit.left_early")
def left_early(work: Work, visit: str) -> None:
    """*Leave now*. All is saved already; why is asked later."""
    put(work.get(Visit, visit), left_early=work.happened)


@action("visit.other_person_came")
def other_person_came(work: Work, case: str, visit: str, day: str) -> None:
    """The other person came in: the visit stops, and the list says no more than "find a safe time to talk"."""
    put(work.get(Visit, visit), left_early=work.happened)
    internal(work, case, "safe_time", SAFE_TIME, day)


@action("visit.why_left")
def why_left(work: Work, case: str, visit: str, why: str, *, threat_to_staff: bool, reach_safely: str) -> None:
    """Why the visit was left early. A threat to staff becomes a warning about the home, with a review."""
    record = work.get(Visit, visit)
    put(record, left_why=why.strip())
    if reach_safely.strip() and record.with_:
        contacts.record_safe_way(work, case, record.with_, reach_safely)
    home = work.get(Case, case).home
    if threat_to_staff:
        about = f"home/{home}" if home else f"person/{record.with_}"
        cautions.warn(work, about, why, what_to_do=["two_officers"], told="Not told yet: decide with a manager")
        debrief.offer(work, case, visit, [debrief.THREATENED])


@action("visit.copy_given")
def copy_given(work: Work, visit: str, plan: str, how: str, *, form: str, note: str) -> None:
    """The copy, on the plan's version and on the visit."""
    plans.give_copy(work, plan, how, form=form, note=note)
    put(work.get(Visit, visit), copy={"how": how, "form": form, "note": note})


@action("visit.out_safe")
def out_safe(work: Work, case: str, visit: str, *, warning: str = "", talk_to: str = "", note: str = "") -> None:
    """Out and safe: the visit has ended. How the officer is goes to nobody unless they said who should know; where the
    visit was hard, a manager is asked to offer a debrief whatever they said."""
    record = work.get(Visit, visit)
    put(record, out_safe=work.happened, ended=record.ended or work.happened)
    if warning and note.strip():
        cautions.review_warning(work, warning, words=note.strip())
    if talk_to.strip():
        internal(work, case, "talk_to", f"Talk with {talk_to.strip()} about this visit", london_day(work.happened))
    debrief.offer(work, case, visit)
    method = "telephone" if record.by_phone else "visit"
    spoke = bool(SPOKEN & set(record.answers or {}))
    contacts.record_contact(work, case, record.with_ or "", made=spoke, method=method, visit=visit)
