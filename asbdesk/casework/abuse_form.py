"""The landlord's own form for abuse at home, filled in outside the desk: what it came to, and what that asks for today.

The shipped matrix is for anti-social behaviour; its score says nothing of abuse at home (PRACTICE.md 2). A landlord
that brings its form as `domestic_abuse` among its own has it on the visit, in the matrix's place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework import reports, risk
from asbdesk.casework.internal import internal
from asbdesk.casework.told import words
from asbdesk.clock import london_day
from asbdesk.model import Case, Person
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

TRIGGER = "our own form for abuse at home"
SPECIALIST = "Ask the domestic abuse adviser and the multi-agency conference, today"


@action("risk.assessed")
def came_to(work: Work, case: str, person: str, band: str, *, by: str = "", note: str = "") -> str:
    """What the form came to for one person. It meets what the matrix would have met; a high result asks for the
    specialist adviser and the multi-agency conference the same day. The case is a welfare case from now on. Raises
    UserError for nobody, and for what is no level."""
    work.get(Person, words(person, "Choose whom the form is about."))
    if work.get(Case, case).stream != "domestic_abuse":
        reports.move_to_welfare(work, case)
    made = risk.record_outcome(work, case, person, band, trigger=TRIGGER, method=by, note=note)
    if band == "high":
        internal(work, case, "specialist", SPECIALIST, london_day(work.happened))
    return made
