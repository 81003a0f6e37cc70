"""What is owed in talking with the resident: answers, what was agreed and promised, and what they must be told."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import replace

from asbdesk.clock import london_day, plain_day
from asbdesk.duties.clocks import clock
from asbdesk.duties.duty import Duty
from asbdesk.duties.events import Contact, Event, Happening, day_words
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import Due, after, answer, by_line, first, on_day, own_reports, raised
from asbdesk.duties.spoken import attempts, circle, landlord_contacts, owed_contact, same_visit

AGREED = (
    "Our timescales (next_contact): the day agreed. Housing Ombudsman, November 2024: a plan says when the resident "
    "will next hear."
)
PROMISED = "Our timescales (promise): the day promised. Housing Ombudsman, November 2024: what is promised is kept."
Duties = Iterator[Duty | None]


def first_contact(facts: Facts, policy: Policy) -> Duties:
    """Each report, to us or to our managing agent: a contact with who reported it, made by us."""
    for report in own_reports(facts):
        whom = facts.owed_to(report.by)
        if not whom:
            continue
        day, line = clock("first_contact", report, facts, policy)
        met = first(landlord_contacts(facts, whom), report)
        why = f"{facts.name(report.by)} reported something to us, and waits to be spoken to."
        came_closed = facts.closed_at(report.at)
        yield raised(facts, policy, "first_contact", report, Due(day, line), met, why, closed_too=came_closed)


def answer_resident(facts: Facts, policy: Policy) -> Duties:
    """A contact that needs a reply; and a message that is more of the same."""
    for contact in facts.contacts:
        if not contact.out and contact.needs_reply and owed_contact(facts, contact.with_):
            yield _reply(facts, policy, contact, contact.with_, f"message of {day_words(contact.day)}")
    for report in facts.reports:
        if report.same_as and facts.owed_to(report.by):
            yield _reply(facts, policy, report, report.by, f"report of {day_words(report.day)}")


def _reply(facts: Facts, policy: Policy, event: Event, person: str, about: str) -> Duty | None:
    whom = circle(facts, person) if isinstance(event, Contact) else facts.owed_to(person)
    made = landlord_contacts(facts, whom)
    if isinstance(event, Contact) and event in made:
        met: Event | None = event  # an officer spoke with them there and then
    else:
        met = first(made, event)
    why = f"{facts.name(person)} wrote or rang, and waits for an answer."
    due = by_line(policy, "answer_resident.wd", event)
    return raised(facts, policy, "answer_resident", event, due, met, why, about=about)


def next_contact(facts: Facts, policy: Policy) -> Duties:
    """The contact that a plan or an earlier contact agreed: on its day, met by a contact or by two attempts."""
    for plan in facts.plans:
        person = plan.person or next(iter(facts.residents), "")
        if plan.next_contact and facts.reachable(person):
            yield _agreed(facts, policy, plan, person, plan.next_contact, f"plan of {day_words(plan.day)}")
    for contact in facts.contacts:
        if contact.next_by and owed_contact(facts, contact.with_):
            about = f"contact of {day_words(contact.day)}"
            yield _agreed(facts, policy, contact, contact.with_, contact.next_by, about)


def _agreed(facts: Facts, policy: Policy, event: Event, person: str, agreed: str, about: str) -> Duty | None:
    day, at = (london_day(agreed), agreed) if len(agreed) > 10 else (agreed, None)
    whom = circle(facts, person)
    spoke = [c for c in after(landlord_contacts(facts, whom), event) if not same_visit(c, event)]
    tried = [c for c in after(attempts(facts, whom), event) if not same_visit(c, event)]
    # the visit in which it was agreed is not yet the next contact, whenever that visit was written down
    met: Event | None = min((*spoke[:1], *tried[1:2]), key=lambda c: c.at, default=None)
    why = f"We said that we would speak to {facts.name(person)} on {plain_day(day)}."
    return raised(facts, policy, "next_contact", event, Due(day, source=AGREED, at=at), met, why, about=about)


def promise(facts: Facts, policy: Policy) -> Duties:
    """Anything promised to the resident: on its day, or within the usual time."""
    for made in facts.of("promise"):
        due = on_day(made.by, PROMISED) if made.by else by_line(policy, "promise.wd", made)
        met = answer((k for k in facts.of("promise_kept") if k.of), made)
        what = made.what.rstrip(". ") or "something"
        why = "We promised it to the resident, and they count on it."
        yield raised(facts, policy, "promise", made, due, met, why, about=f"{what}, promised {day_words(made.day)}")


def handover(facts: Facts, policy: Policy) -> Duties:
    """Another officer looks after the case: their own first contact with the resident, or that of whoever had it from
    them. What the officer before them says meets nothing."""
    if not facts.residents:
        return
    changes = facts.of("handover")
    for n, event in enumerate(changes):
        if event.who:
            met = first((c for c in landlord_contacts(facts) if _by_new_officer(c, changes[n:])), event)
            why = "The case has a new officer, and the resident has not heard from them yet."
            about = f"handover of {day_words(event.day)}"
            due = by_line(policy, "handover.wd", event)
            yield raised(facts, policy, "handover", event, due, met, why, about=about)


def _by_new_officer(contact: Contact, changes: Sequence[Happening]) -> bool:
    """Was it one of those to whom it was handed over by then? Nobody is ruled out where it is not known who wrote the
    contact, or where it went to somebody who does not work with a desk."""
    by_then = [change.what for change in changes if change.at <= contact.at]
    return not contact.by or contact.by in by_then or "" in by_then


def case_review_told(facts: Facts, policy: Policy) -> Duties:
    """Several reports within some months: the resident is told once that they may ask for an ASB Case Review."""
    told: list[Event] = [*facts.of("case_review_told"), *_told_in_contact(facts)]
    for n, report in enumerate(facts.reports):
        if report.same_as or not facts.residents:
            continue
        if any(t.at < report.at for t in told):
            return
        since = months_before(report.day, policy.number("case_review_told.months", report.day))
        counted = sum(r.day >= since for r in facts.reports[: n + 1])
        if counted >= policy.number("case_review_told.reports", report.day):
            why = "It has been reported so often that the resident may ask for all bodies to look at it together."
            due = by_line(policy, "case_review_told.wd", report)
            yield raised(facts, policy, "case_review_told", report, due, first(told, report), why)
            return


def _told_in_contact(facts: Facts) -> list[Contact]:
    words = {"case_review", "case_review_told"}
    return [c for c in landlord_contacts(facts) if c.told and words & {*c.told}]


def move_answer(facts: Facts, policy: Policy) -> Duties:
    """A request for a management move is answered."""
    for asked in facts.of("move_request"):
        met = first(facts.of("move_answered"), asked)
        about = f"request to move of {day_words(asked.day)}"
        why = "The resident asked to be moved, and plans their life by our answer."
        yield raised(
            facts, policy, "move_answer", asked, by_line(policy, "move_answer.wd", asked), met, why, about=about
        )


def move_step(facts: Facts, policy: Policy) -> Duties:
    """A move that was agreed goes on: a step, told to the resident, and again after each."""
    steps = [s for s in facts.of("move_step") if s.yes is not False]
    for agreed in (a for a in facts.of("move_answered") if a.yes):
        about, why = f"move agreed {day_words(agreed.day)}", "A move was agreed, and it is ours to drive, not theirs."
        rounds: list[Happening] = [agreed, *after(steps, agreed)]
        for n, start in enumerate(rounds):
            due = by_line(policy, "move_step.then_wd" if n else "move_step.wd", start)
            met = rounds[n + 1] if n + 1 < len(rounds) else None
            mark = start.id if n else ""
            yield raised(facts, policy, "move_step", start, due, met, why, about=about, root=agreed, mark=mark)


def closure_told(facts: Facts, policy: Policy) -> Duties:
    """The case closed: the resident is told in writing, with reasons."""
    if not facts.residents:
        return
    for closing, _ in facts.closed_spells:
        met = closing if closing.yes else first(facts.of("closure_told"), closing)
        why = "The case is closed, and the resident has a right to know why, in writing."
        due = by_line(policy, "closure_told.wd", closing)
        yield raised(facts, policy, "closure_told", closing, due, met, why, about=_closing(closing))


def closure_check(facts: Facts, policy: Policy) -> Duties:
    """Some weeks after a closing that the resident was told of: a contact, to ask how things are."""
    for closing, reopening in facts.closed_spells:
        told = closing if closing.yes else first(facts.of("closure_told"), closing)
        if told is None or not facts.residents or (reopening and reopening.at < told.at):
            continue
        why = "We said that we would ask how things are once the case was closed."
        due = by_line(policy, "closure_check.days", told)
        met = first((c for c in landlord_contacts(facts) if c.id != closing.id), told)
        duty = raised(facts, policy, "closure_check", told, due, met, why, about=_closing(closing))
        if duty and reopening and not (met and met.at <= reopening.at):
            duty = replace(duty, met=None, written=None, ended=reopening.day)
        yield duty


def _closing(closing: Happening) -> str:
    return f"closing of {day_words(closing.day)}"


def months_before(day: str, months: int) -> str:
    """The same day so many months earlier; the month's last day where it has no such day."""
    year, month, of_month = int(day[:4]), int(day[5:7]), int(day[8:10])
    count = year * 12 + month - 1 - months
    year, month = divmod(count, 12)
    if year < 1:
        return "0001-01-01"
    if year > 9999:
        return "9999-12-31"
    return f"{year:04d}-{month + 1:02d}-{min(of_month, calendar.monthrange(year, month + 1)[1]):02d}"
