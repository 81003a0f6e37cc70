"""What is owed in talking with the resident: the contact that was agreed."""

from __future__ import annotations

from collections.abc import Iterator

from asbdesk.clock import london_day, plain_day
from asbdesk.duties.duty import Duty
from asbdesk.duties.facts import Contact, Event, Facts, day_words
from asbdesk.duties.policy import Policy

SOURCE = (
    "Our timescales (next_contact): the day agreed. Housing Ombudsman, November 2024: a plan says when the resident "
    "will next hear."
)


def landlord_contacts(facts: Facts) -> list[Contact]:
    """Contacts made with the resident (or their advocate) by the landlord itself, in order of time: outbound and
    made, inbound and answered there and then, and visits made. Never one with the other person.
    """
    made = [c for c in facts.contacts if (c.made if c.out else c.answered) and facts.is_resident(c.with_)]
    return sorted((*made, *facts.visits), key=lambda c: c.at)


def attempts(facts: Facts) -> list[Contact]:
    """Outbound tries that reached nobody, in order of time."""
    return [c for c in facts.contacts if c.out and not c.made and facts.is_resident(c.with_)]


def next_contact(facts: Facts, policy: Policy) -> Iterator[Duty]:
    """The contact that a plan or an earlier contact agreed: on its day, met by a contact or by two attempts."""
    for plan in facts.plans:
        if plan.next_contact and facts.reachable(plan.person):
            yield _agreed(facts, plan, plan.person, plan.next_contact, f"plan of {day_words(plan.day)}")
    for contact in facts.contacts:
        if contact.next_by and facts.is_resident(contact.with_) and facts.reachable(contact.with_):
            yield _agreed(facts, contact, contact.with_, contact.next_by, f"contact of {day_words(contact.day)}")


def _agreed(facts: Facts, event: Event, person: str, agreed: str, about: str) -> Duty:
    due, at = (london_day(agreed), agreed) if len(agreed) > 10 else (agreed, None)
    met = _met(facts, event)
    return Duty(
        code="next_contact",
        theme="communication",
        key=f"next_contact/{event.id}",
        about=about,
        about_id=event.id,
        arose=event.day,
        due=due,
        at=at,
        met=met.day if met else None,
        written=written_late(met, due),
        ended=ended(facts),
        why=f"We said that we would speak to {facts.name(person)} on {plain_day(due)}.",
        source=SOURCE,
    )


def _met(facts: Facts, event: Event) -> Event | None:
    """The first landlord contact after `event`, or the second attempt, whichever came first.

    The visit in which it was agreed is not yet the next contact, whenever that visit was written down.
    """
    spoke = [c for c in landlord_contacts(facts) if _after(c, event)]
    tried = [c for c in attempts(facts) if _after(c, event)]
    candidates: list[Event] = [*spoke[:1], *tried[1:2]]
    return min(candidates, key=lambda c: c.at) if candidates else None


def _after(later: Event, event: Event) -> bool:
    same = later.id == event.id or bool(event.visit and event.visit in (later.visit, later.id))
    return later.at >= event.at and not same


def written_late(met: Event | None, due: str) -> str | None:
    """The day a record was written down, where that was after the duty was late though it happened in time."""
    return met.written if met and met.day <= due < met.written else None


def ended(facts: Facts) -> str | None:
    """The day a duty of an open case ends because the case closed."""
    return facts.closed or None
