"""Landlord contacts: made with the resident (or their advocate) by the landlord itself. Never with the other person."""

from __future__ import annotations

from collections.abc import Collection

from asbdesk.duties.events import Contact, Event
from asbdesk.duties.facts import ALLEGED, Facts


def landlord_contacts(facts: Facts, people: Collection[str] | None = None) -> list[Contact]:
    """Contacts made with these people (the case's residents by default), in order of time: outbound and made, inbound
    and answered there and then, and visits.
    """
    whom = facts.residents if people is None else tuple(people)
    if whom in facts.spoken:
        return facts.spoken[whom]
    made = [c for c in (*facts.contacts, *facts.visits) if c.spoke and _with(facts, c, whom)]
    found = facts.spoken[whom] = sorted(made, key=lambda c: c.at)
    return found


def attempts(facts: Facts, people: Collection[str]) -> list[Contact]:
    """Outbound tries that reached nobody, in order of time."""
    return [c for c in facts.contacts if c.out and not c.made and _with(facts, c, people)]


def _with(facts: Facts, contact: Contact, people: Collection[str]) -> bool:
    return any(facts.speaks_for(person, contact.with_) for person in people)


def circle(facts: Facts, person: str) -> tuple[str, ...]:
    """Whom a reply or an agreed contact is owed to: the person; for an advocate, those they speak for as well."""
    if "advocate" in facts.roles(person):
        return (person, *facts.residents)
    return (person,)


def owed_contact(facts: Facts, person: str) -> bool:
    """Is this somebody to whom a contact can be owed: known to the case, reachable, and not the person reported?"""
    known = facts.people.get(person)
    if known is None or not known.reachable or ("agency_officer" in known.roles and "reporter" not in known.roles):
        return False
    return person in facts.reporters or ALLEGED not in known.roles


def same_visit(later: Event, event: Event) -> bool:
    """Do two records come from one visit (a visit's own record among them)?"""
    return later.id == event.id or bool(event.visit and event.visit in (later.visit, later.id))


def told_of(contact: Contact, event: Event, *words: str) -> bool:
    """Was this told in the contact? A contact without a list tells all that waited."""
    return contact.told is None or bool({event.id, *words} & {*contact.told})
