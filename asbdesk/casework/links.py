"""Cases tied to each other: people who report each other, an old case looked at again, one problem in many homes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.people import involved
from asbdesk.casework.records import case_file, put
from asbdesk.casework.told import NOTHING, Said, became, happen, one_of, words
from asbdesk.errors import UserError
from asbdesk.model import Case, CaseLink, Involvement
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

WHY = ("counter_report", "old_case", "same_problem", "same_place")
ALLEGED = "alleged_perpetrator"
NOTE = "file_note"
"""What a note for the file is called among what became of a case."""


@action("case.linked")
def link(work: Work, case: str, other: str, why: str, *, said: Said = NOTHING) -> None:
    """Tie two cases, in both: seen by their officers and managers alone."""
    one_of(why, WHY, "Choose how they are tied.")
    if case == other:
        raise UserError("A case cannot be tied to itself.")
    for one, its in ((case, other), (other, case)):
        happen(work, CaseLink, one, said, other=its, why=why)


@action("case.noted")
def note(work: Work, case: str, text: str) -> str:
    """What was seen, thought or done that has no form of its own. Its id. Raises UserError for nothing."""
    return became(work, case, NOTE, "", Said(note=words(text, "Write what you want to keep.")))


@action("case.made_a_place")
def place_case(work: Work, case: str, place: str) -> None:
    """One problem and many households: the stair, the block, the shop front, in words."""
    put(work.get(Case, case), place=place.strip())


@action("person.updates_agreed")
def agree_updates(work: Work, case: str, person: str, updates: str) -> None:
    """How a household hears of progress: `own`, `none` (notices only), or the id of who speaks for them."""
    if updates not in ("own", "none") and updates not in {i.person for i in involved(work.session, case)}:
        raise UserError("Choose one of the people in this case to speak for them.")
    if updates == person:
        updates = "own"
    found = sa.select(Involvement).where(Involvement.file == case_file(case), Involvement.person == person)
    for involvement in work.select(found.where(Involvement.struck.is_(None))):
        put(involvement, updates=updates)
