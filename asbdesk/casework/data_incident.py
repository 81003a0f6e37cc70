"""A personal data incident: the person first, then the form; five times are kept (PRACTICE.md 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework.records import case_of, put
from asbdesk.casework.told import NOTHING, Said, became, happen, still_open, words
from asbdesk.errors import UserError
from asbdesk.model import Disclosure, Person
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

TIMES = ("safe", "lead_told", "person_told", "corrected", "commissioner")
"""Is the person safe; the data protection lead told; the person told; the rule put right; the Commissioner decided."""


@action("data.reached")
def disclosed(
    work: Work, case: str, to: str, about: str, *, what: str = "", known: str = "", said: Said = NOTHING
) -> str:
    """Information about `about` (a person's id, or words) reached `to`. `known`: when anyone here first knew."""
    work.get(Person, to)
    about = words(about, "Write whom it is about.")
    return happen(work, Disclosure, case, said, to=to, about=about, what=what, known=known or work.happened)


@action("data.step")
def note_time(work: Work, incident: str, step: str, *, words_: str = "") -> None:
    """One of the five times, now. `words_`: how they are safe, why they were not told, or the decision."""
    if step not in TIMES:
        raise UserError("Choose which of the five it is.")
    found = work.get(Disclosure, incident)
    place = {"safe": "safe_how", "person_told": "person_told_why_not", "commissioner": "decision"}.get(step)
    put(found, **{step: work.happened}, **({place: words_} if place and words_ else {}))
    if step == "lead_told":  # it is this that the 72 hours wait for
        became(work, case_of(found), "breach_reported", incident, NOTHING, items=[incident])


@action("data.lead_told")
def report_incident(work: Work, case: str, *, said: Said = NOTHING) -> str:
    """The data protection lead was told of what is still open."""
    waiting = still_open(work, Disclosure, case, "breach_reported")
    for found in waiting:
        put(found, lead_told=work.happened)
    about = waiting[-1].id if waiting else ""
    return became(work, case, "breach_reported", about, said, items=[found.id for found in waiting])
