"""What the rules of duties may know of one case: small frozen facts, each kind in order of time.

No `now` is among them: an event alone raises, meets, moves or waives a duty, so midnight works nothing out again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from asbdesk.clock import MONTHS, london_day

RESIDENT = ("reporter", "affected", "advocate")
"""Roles whose contact is a contact with the resident."""


@dataclass(frozen=True)
class Event:
    """Anything that happened at an instant. `visit` is the visit it belongs to."""

    id: str
    at: str
    visit: str = ""

    @cached_property
    def day(self) -> str:
        """The London day it happened."""
        return london_day(self.at)

    @property
    def written(self) -> str:
        """The London day it was written down, which its id tells (UUIDv7); empty for an id that does not."""
        return written_day(self.id)


@dataclass(frozen=True)
class Report(Event):
    """A report: `at` is when it was received."""

    by: str = ""
    behaviours: tuple[str, ...] = ()
    serious: tuple[str, ...] = ()
    hate: bool = False
    about: tuple[str, ...] = ()
    same_as: str = ""


@dataclass(frozen=True)
class Contact(Event):
    """A contact, made or attempted."""

    with_: str = ""
    out: bool = True
    made: bool = True
    answered: bool = False
    next_by: str = ""


@dataclass(frozen=True)
class Assessment(Event):
    """A finished assessment of the household of `of`."""

    of: str = ""
    band: str = ""
    complete: bool = True


@dataclass(frozen=True)
class Plan(Event):
    """A version of the plan."""

    person: str = ""
    number: str = ""
    next_contact: str = ""
    review_on: str = ""
    agreed: bool = True
    copy_given: str = ""
    signing: str = ""
    follows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Action:
    """A step of a plan."""

    id: str
    plan: str
    owner: str
    what: str
    by: str = ""
    done_on: str = ""


@dataclass(frozen=True)
class Person:
    """A person in the case."""

    id: str
    name: str = ""
    roles: tuple[str, ...] = ()
    reachable: bool = True
    children: int = 0


@dataclass(frozen=True)
class Facts:
    """One case."""

    case: str
    stream: str = "asb"
    category: str = ""
    opened: str = ""
    closed: str = ""
    """The London day it closed; empty while open."""
    officer: str = ""
    people: Mapping[str, Person] = field(default_factory=dict)
    reports: tuple[Report, ...] = ()
    contacts: tuple[Contact, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    plans: tuple[Plan, ...] = ()
    reviews: tuple[Event, ...] = ()
    """Reviews of the plan that made no new version."""
    actions: tuple[Action, ...] = ()
    visits: tuple[Contact, ...] = ()
    """Visits made, as the contacts with the resident that they are."""

    def name(self, person: str) -> str:
        """A person's name, or "the resident"."""
        known = self.people.get(person)
        return known.name if known and known.name else "the resident"

    def reachable(self, person: str) -> bool:
        """False for somebody who is owed no contact, assessment, plan or update: anonymous, or no safe way."""
        known = self.people.get(person)
        return known is None or known.reachable

    def is_resident(self, person: str) -> bool:
        """Is a contact with this person one with the resident (or their advocate)?"""
        known = self.people.get(person)
        return known is not None and bool({*known.roles} & {*RESIDENT}) and "alleged_perpetrator" not in known.roles


def day_words(day: str) -> str:
    """`2020-03-03` as "3 Mar 2020"."""
    return f"{int(day[8:10])} {MONTHS[int(day[5:7]) - 1][:3]} {day[:4]}"


def written_day(record: str) -> str:
    """The London day a record's id was made; empty for an id that does not tell."""
    import datetime as dt

    from asbdesk.clock import instant

    if len(record) != 32 or record[12] != "7":
        return ""
    try:
        made = int(record[:12], 16) / 1000
        return london_day(instant(dt.datetime.fromtimestamp(made, dt.UTC)))
    except (ValueError, OverflowError, OSError):
        return ""
