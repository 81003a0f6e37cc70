"""Appointments: visits and meetings with a day, what a day holds and in which order, and a month at a glance."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import meeting_care
from asbdesk.casework.cautions import warning_text, warnings_about
from asbdesk.casework.cover import standing
from asbdesk.casework.records import all_rows, case_file, case_of, new, put
from asbdesk.casework.told import words
from asbdesk.casework.way_out import no_visit
from asbdesk.casework.words import WELFARE
from asbdesk.clock import london_day, short_day
from asbdesk.errors import UserError
from asbdesk.model import Appointment, Case, ContactAgreement, Person, PlanVersion
from asbdesk.model.journal import case_line, due
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

HOW = {"visit": "Visit", "office": "At the office", "phone": "Telephone", "meeting": "Meeting"}


@action("appointment.made")
def book(
    work: Work, case: str, day: str, *, time: str = "", how: str = "visit", with_: str = "", note: str = ""
) -> str:
    """A visit or a meeting on a day; who writes it goes. Raises UserError for a day that is past,
    and for somebody who must not be in touch with the people of the case."""
    if how not in HOW:
        raise UserError("Choose what it is: a visit, at the office, by telephone, a meeting.")
    _can_be(work, case, day)
    told = {"day": day, "time": time, "how": how, "with_": with_, "officer": work.member, "note": note}
    return new(work, Appointment, case_file(case), **told).id


def _can_be(work: Work, case: str, day: str) -> None:
    if day < london_day(work.now):
        raise UserError("That day is past. A visit that took place is written down as a contact or a visit.")
    work.get(Case, case)
    if held := no_visit(work.session, case, work.member):
        raise UserError(held)


@action("appointment.off")
def call_off(work: Work, appointment: str, why: str) -> None:
    """It does not take place. Raises UserError without why: the resident hears it."""
    if not why.strip():
        raise UserError("Write why it is off. They should hear it from us, before the day.")
    put(work.get(Appointment, appointment), off=why.strip())


@action("appointment.moved")
def move(work: Work, appointment: str, day: str, why: str, *, time: str = "") -> None:
    """It takes place on another day, or at another time. Raises UserError without why, for a day that is past, and for
    somebody who must not be in touch."""
    found = work.get(Appointment, appointment)
    why = words(why, "Write why it has moved. They should hear it from us, before the day.")
    if found.off:
        raise UserError("It is off already. Book a new one.")
    if (day, time) == (found.day or "", found.time or ""):
        raise UserError("That is when it is already. Write the new day, or the new time.")
    _can_be(work, case_of(found), day)
    before = ", ".join(each for each in (short_day(found.day) if found.day else "", found.time) if each)
    note = " ".join(each for each in (found.note, f"Moved from {before}: {why}") if each)
    found.day, found.time, found.note = day, time or None, note


@dataclass(frozen=True)
class Stop:
    """One thing on a day. `id` is what the officer's own order names; `booked` whether it can be called off."""

    id: str
    case: str
    reference: str
    time: str
    what: str
    """"Visit", or "Next contact"."""
    who: str
    place: str
    """Address; "Welfare" for abuse at home."""
    alerts: tuple[str, ...] = ()
    """What to know before knocking."""
    note: str = ""
    booked: bool = False
    visit: bool = False
    held: str = ""
    """Why this officer must not go or ring there; empty when they may."""


def stops(session: Session, member: str, day: str, order: Sequence[str] = ()) -> tuple[Stop, ...]:
    """What a member has on a day: booked, and agreed in a plan. In `order` (of ids) first, the rest by time."""
    mine = [*_booked(session, member, day), *_agreed(session, member, day)]
    found = _clashing([replace(stop, held=no_visit(session, stop.case, member)) for stop in mine])
    place = {id: at for at, id in enumerate(order)}
    return tuple(sorted(found, key=lambda s: (place.get(s.id, len(place)), s.time or "99", s.reference, s.id)))


def _theirs(session: Session, member: str, day: str, officer: Any, case: Any) -> sa.ColumnElement[bool]:
    """What is this member's on a day: their own, but for what a colleague covers then, and what they cover."""
    now = standing(session, day).values()
    away, here = [c.case for c in now if c.officer == member], [c.case for c in now if c.by == member]
    return sa.or_(sa.and_(officer == member, case.not_in(away)), case.in_(here))


def _clashing(found: list[Stop]) -> list[Stop]:
    """Two things at one time: said at each of them."""
    at = Counter(stop.time for stop in found if stop.time and not stop.held)
    told = [f"Something else is at {stop.time} as well" if at[stop.time] > 1 else "" for stop in found]
    return [replace(s, alerts=(words_, *s.alerts)) if words_ else s for s, words_ in zip(found, told, strict=True)]


def _booked(session: Session, member: str, day: str) -> list[Stop]:
    which = sa.select(Appointment).where(
        Appointment.day == day,
        _theirs(session, member, day, Appointment.officer, sa.func.substr(Appointment.file, len("case/") + 1)),
        Appointment.off.is_(None),
        Appointment.struck.is_(None),
    )
    return [
        _stop(session, a.id, case_of(a), HOW.get(a.how or "", "Visit"), a.time or "", a.with_, a.note, a.how == "visit")
        for a in session.scalars(which)
    ]


def _agreed(session: Session, member: str, day: str) -> list[Stop]:
    """The next contact that a current plan promised for the day."""
    which = (
        sa.select(PlanVersion)
        .join(due, due.c.about_id == PlanVersion.id)
        .where(due.c.code == "next_contact", due.c.state == "open", due.c.due_on == day)
        .where(_theirs(session, member, day, due.c.officer, due.c.case))
    )
    found = []
    for plan in session.scalars(which):
        speak = (plan.content or {}).get("speak") or {}
        how, time = str(speak.get("how", "")), str(speak.get("time", ""))
        what = "Visit" if how == "visit" else "Ring" if how == "ring" else "Next contact"
        found.append(
            _stop(session, plan.id, case_of(plan), what, time, plan.person, "As the plan says", how == "visit")
        )
    return found


def _stop(
    session: Session, id: str, case: str, what: str, time: str, with_: str | None, note: str | None, visit: bool
) -> Stop:
    line = next(iter(all_rows(session, sa.select(case_line).where(case_line.c.case == case))), None)
    person = session.get(Person, with_) if with_ else None
    welfare = line is not None and line.stream == "domestic_abuse"
    who = (person.name if person else None) or (line.reporter if line is not None else "") or ""
    place = WELFARE if welfare else (line.address if line is not None else "") or ""
    told = (line.reference or "" if line is not None else "", time, what, "" if welfare else who, place)
    booked = session.get(Appointment, id) is not None
    return Stop(id, case, *told, _alerts(session, case, with_), note or "", booked, visit)


def _alerts(session: Session, case: str, with_: str | None) -> tuple[str, ...]:
    found = session.get(Case, case)
    files = [f"home/{found.home}"] if found is not None and found.home else []
    files += [f"person/{with_}"] if with_ else []
    alerts = [warning_text(w, "") for w in warnings_about(session, files)]
    safe = sa.select(ContactAgreement.safe).where(ContactAgreement.file == case_file(case))
    safe = safe.where(ContactAgreement.safe.is_not(None), ContactAgreement.struck.is_(None))
    alerts += [f"Safe contact: {words}" for words in session.scalars(safe.order_by(ContactAgreement.id).limit(1))]
    person = session.get(Person, with_) if with_ else None
    if person is not None and person.interpreter:
        alerts.append(f"Interpreter: {person.language or 'language not written down'}")
    cared = meeting_care.care_for(session, case)
    told = [cared[with_]] if with_ in cared else cared.values() if not with_ else ()
    return (*alerts, *(f"When you meet: {'. '.join(lines)}" for lines in told))


@dataclass(frozen=True)
class MonthDay:
    """One day of a month's page: how many things are due, and how many visits are agreed."""

    day: str
    inside: bool
    """Of the month itself, not of its edges."""
    due: int = 0
    stops: int = 0


def month(session: Session, member: str, year: int, number: int) -> tuple[tuple[MonthDay, ...], ...]:
    """The weeks of a month, Monday first, each of seven days, with what is due to this member and what is booked."""
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(year, number)
    first, last = weeks[0][0].isoformat(), weeks[-1][-1].isoformat()
    owed = _counted(session, due.c.due_on, due.c.officer == member, due.c.state == "open", first=first, last=last)
    mine = (Appointment.officer == member, Appointment.off.is_(None), Appointment.struck.is_(None))
    booked = _counted(session, Appointment.__table__.c.day, *mine, first=first, last=last)
    return tuple(tuple(_month_day(day, number, owed, booked) for day in week) for week in weeks)


def _month_day(day: dt.date, number: int, owed: dict[str, int], booked: dict[str, int]) -> MonthDay:
    told = day.isoformat()
    return MonthDay(told, day.month == number, owed.get(told, 0), booked.get(told, 0))


def _counted(
    session: Session, day: sa.ColumnElement[str], *which: sa.ColumnElement[bool], first: str, last: str
) -> dict[str, int]:
    rows = sa.select(day, sa.func.count()).where(*which, day >= first, day <= last).group_by(day)
    counted: defaultdict[str, int] = defaultdict(int)
    for on, count in all_rows(session, rows):
        counted[on] = count
    return dict(counted)
