"""Contacts made and tried, and every promise until it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asbdesk.casework import appointments, contacts, finished, meeting_care, plans, promises
from asbdesk.casework.parts import Add, Choices, Part, PartCard, Taking, choices
from asbdesk.casework.parts.reading import newest_first, standing, when
from asbdesk.casework.people import reporter_of
from asbdesk.casework.told import words
from asbdesk.casework.views import Pill
from asbdesk.casework.words import METHODS
from asbdesk.clock import plain_day, short_day
from asbdesk.model import Appointment, Contact, Promise
from asbdesk.store.work import action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from asbdesk.forms.definition import Form
    from asbdesk.store.journal import Done
    from asbdesk.store.work import Work

HOW = {**METHODS, "phone": "Telephone"}


def _promise(t: Taking) -> Done[Any]:
    return t.do(promises.promise, t.case, t.text("what"), by=t.text("by"), to=t.text("to"), said=t.said())


def _kept(t: Taking) -> Done[Any]:
    return t.do(promises.keep, t.case, t.about, said=t.said())


def _moved(t: Taking) -> Done[Any]:
    day, told = t.text("day"), {"told": t.yes("told") is True, "why": t.text("why")}
    if t.desk.read(lambda session: session.get(Promise, t.about) is not None):
        return t.do(promises.move_promise, t.case, t.about, day, **told)
    return t.do(plans.move_action, t.about, day, **told)


def _book(t: Taking) -> Done[Any]:
    told = {"time": t.text("time"), "how": t.text("how"), "with_": t.text("with"), "note": t.text("note")}
    left = t.desk.read(_without_care, t.case)
    if t.text("with") not in left:
        return t.do(appointments.book, t.case, t.text("day"), **told)
    care = words(t.text("care"), "They have a need that changes how we meet. Write how this meeting is run for them.")
    return t.do(_book_with_care, t.case, meeting_care.form(t.desk), care, t.text("day"), **told)


@action("appointment.made")
def _book_with_care(work: Work, case: str, form: Form, care: str, day: str, *, with_: str, **told: str) -> str:
    """A meeting with somebody whose need changes it, and how it is run for them."""
    finished.keep(work, case, form, {"person": with_, "know": care, "agreed": "not_yet"}, about=with_)
    return appointments.book(work, case, day, with_=with_, **told)


def _without_care(session: Session, case: str) -> tuple[str, ...]:
    return meeting_care.without(session, case, meeting_care.care_for(session, case))


def _care_needed(session: Session, case: str, about: str) -> Mapping[str, Any]:
    return {"care_needed": bool(_without_care(session, case))}


def _off(t: Taking) -> Done[Any]:
    return t.do(appointments.call_off, t.about, t.text("why"))


def _other_day(t: Taking) -> Done[Any]:
    return t.do(appointments.move, t.about, t.text("day"), t.text("why"), time=t.text("time"))


def _when(session: Session, case: str, about: str) -> Mapping[str, Any]:
    booked = session.get(Appointment, about)
    told = {"day": booked.day, "time": booked.time} if booked is not None else {}
    return {name: value for name, value in told.items() if value}


def _agreed(t: Taking) -> Done[Any]:
    often, days = contacts.OFTEN.get(t.text("often"), ("", ""))
    told = {name: t.text(name) for name in ("method", "number", "times", "if_someone_answers", "safe", "review_on")}
    agreed = contacts.Agreement(**told, how_often=often, days=days, do_not=tuple(t.many("do_not")))
    return t.do(contacts.agree_contact, t.case, t.text("person"), agreed)


def _standing(session: Session, case: str, about: str) -> Mapping[str, Any]:
    """What was agreed before with whom the case is worked for, to be changed."""
    person = reporter_of(session, case)
    known = contacts.agreement(session, case, person.id) if person is not None else None
    if person is None or known is None:
        return {"person": person.id} if person is not None else {}
    names = ("method", "number", "times", "if_someone_answers", "safe", "review_on")
    told: dict[str, Any] = {name: value for name in names if (value := getattr(known, name))}
    often = next((key for key, (_, days) in contacts.OFTEN.items() if days == known.days), "")
    return {"person": person.id, **told, **({"often": often} if often else {}), "do_not": list(known.do_not)}


def _to(session: Session, case: str, about: str) -> Choices:
    ours = choices.people(session, case, alleged=False)
    return {"to": ours, "person": ours, "with": choices.people(session, case)}


def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    names = dict(choices.people(session, case))
    found = [(c.at, _contact(c, names)) for c in standing(session, Contact, case)]
    found += [(p.at, _promise_card(p, today)) for p in standing(session, Promise, case)]
    found += [(f"{a.day}T{a.time or '00:00'}", _booked(a, names)) for a in standing(session, Appointment, case)]
    return newest_first(found)


def _booked(booked: Appointment, names: Mapping[str, str]) -> PartCard:
    what, who = appointments.HOW.get(booked.how or "", "Visit"), names.get(booked.with_ or "", "").partition(" (")[0]
    title = f"{what}, {who}" if who else what
    at = ", ".join(x for x in (plain_day(booked.day) if booked.day else "", booked.time) if x)
    pills = (Pill("Off", "plain"),) if booked.off else ()
    lines = (f"Off because: {booked.off}",) if booked.off else ()
    acts = () if booked.off else ("appointment_moved", "appointment_off")
    return PartCard(booked.id, "calendar", title, at, lines, booked.note or "", pills, acts=acts)


def _contact(contact: Contact, names: Mapping[str, str]) -> PartCard:
    who = names.get(contact.with_ or "", "somebody").partition(" (")[0]
    way = f"{who} spoke to us" if contact.direction == "in" else f"We spoke to {who}"
    title = way if contact.made else f"We tried to reach {who}"
    pills = (Pill("Not reached", "plain"),) if not contact.made else ()
    lines = (HOW[contact.method],) if contact.method in HOW else ()
    icon = "phone" if contact.method in ("phone", "telephone") else "message-square"
    return PartCard(contact.id, icon, title, when(contact.at), lines, contact.note or "", pills)


def _promise_card(promise: Promise, today: str) -> PartCard:
    late = not promise.kept_on and bool(promise.by) and (promise.by or "") < today
    pill = Pill("Kept", "good") if promise.kept_on else Pill("Late", "danger") if late else Pill("Open", "warning")
    lines = [f"By {plain_day(promise.by)}"] if promise.by else ["No day was named"]
    lines += [f"Kept on {short_day(promise.kept_on)}"] if promise.kept_on else []
    acts = () if promise.kept_on else ("promise_kept",) if late else ("promise_kept", "step_moved")
    title = f"We promised: {promise.what}"
    return PartCard(promise.id, "calendar-clock", title, when(promise.at), tuple(lines), "", (pill,), acts=acts)


PART = Part(
    name="contacts",
    title="Contacts and promises",
    icon="phone",
    empty="Nobody has been spoken to yet. Use “Record a contact” for every call and every try.",
    cards=cards,
    adds=(
        Add(
            "appointment",
            "Book a visit or a meeting",
            "calendar",
            "It is in the calendar.",
            _book,
            _to,
            facts=_care_needed,
        ),
        Add("contact_agreed", "How and when we speak", "phone", "It is written down.", _agreed, _to, begins=_standing),
        Add("promise", "We promised something", "calendar-clock", "The promise is written down.", _promise, _to),
    ),
    follows=(
        Add("promise_kept", "It is kept", "check", "The promise is kept.", _kept),
        Add("step_moved", "Another day", "calendar-clock", "The new day is written down.", _moved),
        Add(
            "appointment_moved",
            "Another day or time",
            "calendar",
            "The new day is written down. Tell them.",
            _other_day,
            begins=_when,
        ),
        Add("appointment_off", "It is off", "circle-x", "It is off. Tell them before the day.", _off),
    ),
)
