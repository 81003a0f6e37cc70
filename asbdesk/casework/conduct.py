"""Staff who must not contact a resident, or the decision that this is not needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework.records import put
from asbdesk.casework.told import NOTHING, Said, happen, words
from asbdesk.clock import london_day
from asbdesk.model import Person, StaffBar
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work


@action("conduct.barred")
def bar(work: Work, case: str, staff: str, person: str, *, contractor: str = "", said: Said = NOTHING) -> str:
    """No contact between a member of staff and a resident, until the resident is content."""
    work.get(Person, person)
    staff = words(staff, "Write who must not contact them.")
    return happen(work, StaffBar, case, said, staff=staff, person=person, needed=True, contractor=contractor)


@action("conduct.bar_not_needed")
def no_bar(work: Work, case: str, reason: str, *, said: Said = NOTHING) -> str:
    """None is needed, and why."""
    return happen(work, StaffBar, case, said, needed=False, reason=words(reason, "Write why none is needed."))


@action("conduct.bar_ended")
def end_bar(work: Work, bar_: str, resident_words: str) -> None:
    """The resident says they are content, in their words; nothing else ends it."""
    why = words(resident_words, "It ends only when the resident says they are content. Write their words.")
    put(work.get(StaffBar, bar_), ended=london_day(work.happened), reason=why)
