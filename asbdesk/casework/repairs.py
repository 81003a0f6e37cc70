"""Repairs tied to the behaviour, and graffiti: each with its own clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework.records import put
from asbdesk.casework.told import NOTHING, Said, became, happen, in_case, oldest_open, one_of, words
from asbdesk.clock import london_day
from asbdesk.model import Graffiti, Repair
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

LINKS = ("caused_by_asb", "would_reduce_asb", "security")


@action("repair.asked")
def ask_repair(
    work: Work, case: str, what: str, link: str, *, due: str = "", number: str = "", said: Said = NOTHING
) -> str:
    """A repair that the behaviour caused, that would reduce it, or that makes the home secure."""
    one_of(link, LINKS, "Choose how it is tied: caused by it, would reduce it, or keeps the home secure.")
    what = words(what, "Write what needs repairing.")
    return happen(work, Repair, case, said, what=what, link=link, due=due, number=number)


@action("repair.told")
def tell_repair_day(work: Work, repair: str, due: str) -> None:
    """The resident was told when it will be done."""
    put(work.get(Repair, repair), due=due, told=london_day(work.happened))


@action("repair.done")
def repair_done(work: Work, case: str, repair: str, *, said: Said = NOTHING) -> str:
    """It is finished."""
    in_case(work, Repair, repair, case)
    return became(work, case, "repair_done", repair, said)


@action("graffiti.found")
def graffiti(
    work: Work,
    case: str,
    *,
    offensive: bool | None = None,
    place: str = "",
    evidence: str = "",
    said: Said = NOTHING,
) -> str:
    """Graffiti was found; photograph it before it is taken off."""
    return happen(work, Graffiti, case, said, offensive=offensive, place=place, evidence=evidence)


@action("graffiti.removed")
def graffiti_removed(work: Work, case: str, found: str = "", *, said: Said = NOTHING) -> str:
    """It was taken off; the oldest standing where none is named."""
    about = in_case(work, Graffiti, found, case).id if found else oldest_open(work, Graffiti, case, "graffiti_removed")
    return became(work, case, "graffiti_removed", about, said)
