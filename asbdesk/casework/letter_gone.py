"""A letter left us: how and when, and what that settles; and one that was written elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from asbdesk.casework import acknowledging, closing, complaints
from asbdesk.casework.records import case_of, put
from asbdesk.casework.told import NOTHING, Said, happen, one_of, words
from asbdesk.clock import london_day
from asbdesk.letters.load import library
from asbdesk.model import Letter, Person
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

HOW = {
    "posted": "Posted",
    "handed": "Handed to them",
    "emailed": "Sent by e-mail, by hand",
    "kept": "Kept for them, as they asked",
}
"""How a letter reached them. Nothing is sent by the program itself."""


@action("post.gone")
def gone(work: Work, letter: str, how: str, *, on: str = "", meets: str = "", said: Said = NOTHING) -> None:
    """A letter left us. `meets`: what it settles. Raises UserError for a way that is none, and for one gone already."""
    found = work.get(Letter, letter)
    one_of(how, tuple(HOW), "Choose how it reached them: posted, handed over, sent by e-mail, or kept for them.")
    put(found, how=how, went_on=on or london_day(work.happened), note=said.note or None)
    if meets in MEETS:
        MEETS[meets](work, case_of(found), found)


@action("post.elsewhere")
def elsewhere(
    work: Work, case: str, person: str, title: str, text: str, *, how: str = "", on: str = "", said: Said = NOTHING
) -> str:
    """A letter that was not written here. Its id."""
    name = work.get(Person, person).name or ""
    title = words(title, "Write what the letter is.")
    if how:
        one_of(how, tuple(HOW), "Choose how it reached them, or that it has not gone yet.")
    day = (on or london_day(work.happened)) if how else ""
    told = {"person": person, "to": name, "title": title, "text": text.strip(), "how": how, "went_on": day}
    return happen(work, Letter, case, said, **told)


def meets_of(letter: str, own_folder: Any = None) -> str:
    """What a letter of these words settles when it has gone."""
    found = library(own_folder).get(letter)
    return found.meets if found is not None else ""


def _acknowledged(work: Work, case: str, letter: Letter) -> None:
    acknowledging.acknowledge(work, case, to=letter.person or "", method="letter")


def _closing_told(work: Work, case: str, letter: Letter) -> None:
    closing.tell_closing(work, case)


def _complaint_acknowledged(work: Work, case: str, letter: Letter) -> None:
    if letter.about:
        complaints.acknowledge(work, case, letter.about, stage=_stage(letter))


def _complaint_extended(work: Work, case: str, letter: Letter) -> None:
    told = letter.answers or {}
    if letter.about and told.get("answer_by"):
        reason = str(told.get("reason") or "")
        complaints.extend(work, case, letter.about, str(told["answer_by"]), stage=_stage(letter), reason=reason)


def _complaint_answered(stage: int) -> Callable[[Work, str, Letter], None]:
    def answered(work: Work, case: str, letter: Letter) -> None:
        if letter.about:
            upheld = str((letter.answers or {}).get("decision") or "")
            complaints.answer(work, case, letter.about, stage, upheld=upheld)

    return answered


def _stage(letter: Letter) -> int:
    return 2 if (letter.answers or {}).get("stage") == "two" else 1


MEETS: dict[str, Callable[[Work, str, Letter], None]] = {
    "acknowledged": _acknowledged,
    "closing_told": _closing_told,
    "complaint_acknowledged": _complaint_acknowledged,
    "complaint_extended": _complaint_extended,
    "complaint_answered_1": _complaint_answered(1),
    "complaint_answered_2": _complaint_answered(2),
}
"""What a letter settles once it has gone: `meets` in its file."""
