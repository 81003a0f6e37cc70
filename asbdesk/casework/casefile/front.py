"""The case on one page: what an investigator must see in ten seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import people, release
from asbdesk.casework.casefile.reading import Reading, day, working_days
from asbdesk.casework.needs import needs_of
from asbdesk.casework.parts.reading import standing
from asbdesk.casework.risk import level_of
from asbdesk.casework.words import BANDS, NOT_ASSESSED, STREAMS, label, number, sentence
from asbdesk.clock import MONTHS, london_day
from asbdesk.documents.casefile import Front
from asbdesk.model import (
    Adjustment,
    Assessment,
    Case,
    Contact,
    Handover,
    Home,
    Household,
    PlanVersion,
    Report,
)

if TYPE_CHECKING:
    from asbdesk.model import Person

SHOWN_MONTHS = 14
TENANCY = "the day the tenancy began is not on file"
SAID = {"person": "them", "family": "their family", "professional": "a professional", "us": "our own view"}


def front(r: Reading, lacking: int, part: int) -> Front:
    """What stands on it. `lacking`: how many things the file lacks, as its part `part` lists them."""
    case = r.session.get_one(Case, r.case)
    resident = people.reporter_of(r.session, r.case)
    reports = sorted(standing(r.session, Report, r.case), key=lambda x: x.received or "")
    return Front(
        stands=tuple(_stands(r, case, lacking, part)),
        home=tuple(_home(r, resident)),
        household=tuple(_household(r, resident)),
        reported=tuple(_reported(r, reports)),
        months=_months(reports),
        marks=tuple(_marks(r, reports)),
        handled=tuple(_handled(r, case)),
    )


def _stands(r: Reading, case: Case, lacking: int, part: int) -> Iterator[str]:
    stream = STREAMS.get(case.stream or "", "")
    opened = f"since {day(london_day(case.opened))}" if case.opened else ""
    if case.status == "closed":
        closed = f" on {day(london_day(case.closed))}" if case.closed else ""
        reason = label("close_reason", case.close_reason).lower()
        yield f"{stream}. Closed{closed}{f': {reason}' if reason else ''}. It was open {opened}."
    else:
        yield f"{stream}. Open {opened}."
    level = level_of(r.session, r.case)
    yield f"Risk level: {BANDS.get(level, NOT_ASSESSED)}."
    late = [o for o in r.owed if o.late_from]
    open_ = [o for o in late if not o.how]
    never = [o for o in late if o.never and o.how]
    told = [f"{number(len(open_), 'thing is', 'things are')} late now"] if open_ else []
    told += [f"{len(late) - len(open_) - len(never)} done late"] if len(late) - len(open_) - len(never) else []
    told += [f"{len(never)} never done"] if never else []
    done = sum(1 for o in r.owed if o.how == "met" and not o.late_from)
    waits = sum(1 for o in r.owed if not o.how and not o.late_from)
    told += [f"{waits} not due yet"] if waits else []
    yield f"Of {number(len(r.owed), 'thing')} due, {done} were done in time{', ' + sentence(told) if told else ''}."
    yield f"This file lacks {number(lacking, 'thing')}: part {part} lists them." if lacking else "No gap was found."


def _home(r: Reading, resident: Person | None) -> Iterator[str]:
    if resident is None:
        return
    home = r.session.get(Home, resident.home) if resident.home else None
    if address := release.address_at(r.session, resident.home):
        yield address
    tenure = (resident.tenure or (home.tenure if home else "") or "").replace("_", " ")
    lives = _lives(r, resident)
    since = f"at this home on our file since {day(lives.since)}" if lives is not None and lives.since else ""
    yield "; ".join(t for t in (tenure.capitalize() or "Tenure not known", since, TENANCY) if t)


def _lives(r: Reading, resident: Person) -> Household | None:
    found = sa.select(Household).where(Household.person == resident.id, Household.struck.is_(None))
    return r.session.scalars(found.order_by(Household.since.desc())).first()


def _household(r: Reading, resident: Person | None) -> Iterator[str]:
    if resident is None:
        return
    lives = _lives(r, resident)
    children = f", {number(lives.children, 'child', 'children')}" if lives is not None and lives.children else ""
    speaks = f", speaks {resident.language}" if resident.language and resident.language != "English" else ""
    speaks += ", interpreter needed" if resident.interpreter else ""
    yield f"{resident.name or 'No name given'}{speaks}{children}"
    for need in needs_of(r.session, [resident.id]).get(resident.id, ()):
        known = f"known since {day(need.told_on)}" if need.told_on else "the day we knew is not on file"
        what = label("need", need.what)
        yield f"{what}: {known}, from {SAID.get(need.said_by or '', 'somebody who is not on file')}"
    asked = sa.select(Adjustment).where(Adjustment.person == resident.id, Adjustment.struck.is_(None))
    for one in r.session.scalars(asked.order_by(Adjustment.asked_on)):
        made = (
            f"made {day(one.made_on)}"
            if one.made_on
            else "not made" + (f", because {one.refused_why}" if one.refused_why else "")
        )
        yield f"Adjustment asked{f' {day(one.asked_on)}' if one.asked_on else ''}: {one.what}; {made}"


def _reported(r: Reading, reports: list[Report]) -> Iterator[str]:
    if not reports:
        yield "No report is on file."
        return
    first, last = (london_day(x.received or "") if x.received else "" for x in (reports[0], reports[-1]))
    between = f", {day(first)} to {day(last)}" if first and last != first else f", {day(first)}" if first else ""
    yield f"{number(len(reports), 'report')}{between}"
    sorts = Counter(label("behaviour", b).lower() for x in reports for b in x.behaviours or ())
    sorts += Counter(label("serious", s).lower() for x in reports for s in x.serious or ())
    if sorts:
        yield ", ".join(f"{what} ({count})" for what, count in sorts.most_common(8))
    if hate := sum(bool(x.hate) for x in reports):
        yield f"{number(hate, 'report')} perceived as hate"


def _months(reports: list[Report]) -> tuple[tuple[str, int], ...]:
    counted = Counter(london_day(x.received)[:7] for x in reports if x.received)
    if len(counted) < 2:
        return ()
    months = _every(min(counted), max(counted))
    told = [(f"{MONTHS[int(m[5:]) - 1][:3]} {m[2:4]}", counted.get(m, 0)) for m in months]
    if len(told) > SHOWN_MONTHS:
        before = sum(count for _, count in told[: 1 - SHOWN_MONTHS])
        told = [("Before", before), *told[1 - SHOWN_MONTHS :]]
    return tuple(told)


def _every(first: str, last: str) -> list[str]:
    """Every month from one to another, `YYYY-MM`."""
    year, month = int(first[:4]), int(first[5:])
    found = []
    while (at := f"{year:04d}-{month:02d}") <= last:
        found.append(at)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def _marks(r: Reading, reports: list[Report]) -> Iterator[tuple[str, str]]:
    first = next((london_day(x.received) for x in reports if x.received), "")
    if first:
        yield "First report", day(first)
    contacts = [c for c in standing(r.session, Contact, r.case) if c.made and c.direction != "in" and c.at]
    risks = [a for a in standing(r.session, Assessment, r.case) if a.at]
    plans = [p for p in standing(r.session, PlanVersion, r.case) if p.at]
    days = {
        "First spoken to by us": [london_day(c.at or "") for c in contacts],
        "First risk assessment": [london_day(a.at or "") for a in risks],
        "First plan": [london_day(p.at or "") for p in plans],
        "First copy of a plan": [p.copy_given for p in plans if p.copy_given],
    }
    for what, found in days.items():
        yield what, _after(r, first, min(found)) if found else "never"


def _after(r: Reading, first: str, then: str) -> str:
    if not first or then < first:
        return day(then)
    count = working_days(r.policy, first, then)
    return f"{day(then)}, {number(count, 'working day')} after the first report" if count else f"{day(then)}, that day"


def _handled(r: Reading, case: Case) -> Iterator[str]:
    handed = sorted(standing(r.session, Handover, r.case), key=lambda h: h.at or "")
    now = r.names.get(case.officer or "", "")
    begun = (handed[0].from_ if handed else now) or "Nobody is named"
    yield f"{begun}{f', from {day(london_day(case.opened))}' if case.opened else ''}"
    for h in handed:
        yield f"{h.to or r.names.get(h.member or '', '') or 'Nobody named'}, from {day(london_day(h.at or ''))}"
