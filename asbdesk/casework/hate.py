"""Hate incidents: a record of their own because somebody perceives it so; and the decision that nobody does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asbdesk.casework.records import put
from asbdesk.casework.reports import STREAMS, higher
from asbdesk.casework.told import NOTHING, Said, happen, one_of, words
from asbdesk.errors import UserError
from asbdesk.model import Case, HateRecord, NotHate
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

MONITORED = ("race", "religion", "sexual_orientation", "disability", "transgender")
"""The five strands of the regulator's return; others are recorded apart (DOMAIN.md 3.1)."""
STRANDS = (*MONITORED, "age", "sex", "other")
PERCEIVED = ("victim", "witness", "staff", "other")


@dataclass(frozen=True)
class HateTold:
    """What was told. The strand is what the other person seemed to be against; nobody is asked what they are."""

    strands: Sequence[str] = ()
    perceived_by: str = "victim"
    person: str = ""
    report: str = ""
    victim: str = ""
    who_knows: str = ""
    must_not_know: str = ""
    hidden: bool = True
    police: str = ""
    support: str = ""
    words_for_it: str = ""
    form: str = ""
    """Hash of the form it was taken with; `answers` are those of that form, whole."""
    answers: Mapping[str, Any] | None = None


@action("hate.recorded")
def record_hate(work: Work, case: str, told: HateTold, *, said: Said = NOTHING) -> str:
    """The separate record. A no to the police is kept in it; our own record, support and clock go on without them."""
    for strand in told.strands:
        one_of(strand, STRANDS, "Choose the strand from the list, or “something else”.")
    one_of(told.perceived_by, PERCEIVED, "Say who perceives it so: the victim, a witness, staff, or somebody else.")
    found = work.get(Case, case)
    put(found, stream=higher(STREAMS, found.stream, "hate"), category="serious")
    fields = {name: value for name, value in vars(told).items() if name not in ("strands", "answers")}
    fields["answers"] = dict(told.answers) if told.answers else None
    return happen(work, HateRecord, case, said, strands=list(told.strands), **fields)


@action("hate.not_perceived")
def not_hate(
    work: Work,
    case: str,
    reason: str,
    *,
    report: str = "",
    asked: str = "asked",
    officer_thinks: bool = False,
    said: Said = NOTHING,
) -> str:
    """Asked (or unsafe to ask), nobody perceives it as hate, and the officer does not think so. Raises UserError
    where the officer does: then it is recorded as hate, and nobody need be asked."""
    if officer_thinks:
        raise UserError("You think it may be hate: that is enough. Make the hate record; they need not be asked.")
    fields = {"report": report, "asked": asked, "officer_thinks": officer_thinks, "by": work.member}
    return happen(work, NotHate, case, said, reason=words(reason, "Write why nobody perceives it as hate."), **fields)
