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
    work: Work,
    case: str,
    what: str,
    link: str,
    *,
    due: str = "",
    number: str = "",
    sooner: str = "",
    said: Said = NOTHING,
) -> str:
    """A repair that the behaviour caused, that would reduce it, or that makes the home secure. `sooner`: why somebody
    there needs it sooner than usual, in words fit for whoever does the work."""
    one_of(link, LINKS, "Choose how it is tied: caused by it, would reduce it, or keeps the home secure.")
    what = words(what, "Write what needs repairing.")
    asked = happen(work, Repair, case, said, what=what, link=link, due=due, number=number)
    if sooner:
        needed_sooner(work, case, asked, sooner)
    return asked


@action("repair.sooner")
def needed_sooner(work: Work, case: str, repair: str, why: str) -> str:
    """Somebody's age, health or circumstances make it urgent: its clock is shorter from now on (FEATURES.md P07)."""
    in_case(work, Repair, repair, case)
    why = words(why, "Write what makes it urgent for them, without the name of an illness.")
    return became(work, case, "repair_sooner", repair, NOTHING, reason=why)


@action("repair.planned")
def planned_works(
    work: Work, case: str, repair: str, programme: str, *, ahead: bool, why: str, manager: str = "", day: str = ""
) -> str:
    """It is part of planned works: done ahead of them, or left to them because a manager says so. Its clock goes on
    either way (FEATURES.md P04). `day`: when the works are planned."""
    in_case(work, Repair, repair, case)
    if not ahead:
        words(manager, "Write which manager agreed that it waits for the planned works.")
    told = {"day": day, "result": "ahead" if ahead else "waits", "reason": words(why, "Write why.")}
    said = ". ".join(t for t in (words(programme, "Write which works."), manager and f"Agreed by {manager}") if t)
    return became(work, case, "repair_planned", repair, Said(note=said), **told)


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
