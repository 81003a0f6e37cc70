"""What the rules of duties may know of one case: its records by kind, each in order of time, and who is in it.

No `now` is among them: an event alone raises, meets, moves or waives a duty, so midnight works nothing out again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from asbdesk.duties.events import (
    Action,
    Assessment,
    Clash,
    Contact,
    Event,
    Happening,
    Mention,
    Plan,
    Report,
    day_words,
    written_day,
)

ALLEGED = "alleged_perpetrator"
BANDS = ("standard", "medium", "high")
"""Lowest first."""


class Pace(NamedTuple):
    """How often somebody chose to hear from us."""

    at: str
    """The day they chose."""
    days: int
    """0: only if something happens."""
    until: str = ""
    """The day it is asked again."""
    agreed: bool = False
    """Did a manager agree that it holds at a high risk level too."""


@dataclass(frozen=True)
class Person:
    """A person in the case."""

    id: str
    name: str = ""
    roles: tuple[str, ...] = ()
    reachable: bool = True
    children: int = 0
    """Under 18, in their home."""
    home: str = ""
    not_to: frozenset[str] = frozenset()
    """Persons who must not be told about them."""
    updates: str = ""
    """`own`, `none`, or the person who speaks for them; empty: the case's one clock (PRACTICE.md 17)."""
    pace: tuple[Pace, ...] = ()
    """How often they chose to hear from us, in order of time."""
    key: str = ""
    """Their key in a case history."""


@dataclass(frozen=True)
class Facts:
    """One case."""

    case: str
    stream: str = "asb"
    category: str = ""
    opened: str = ""
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
    happened: Mapping[str, tuple[Happening, ...]] = field(default_factory=dict)
    """Every other kind of record, by its kind in a case history."""
    mentions: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    """For each person alleged in this case: every report about them anywhere, in order of time."""
    clashes: tuple[Clash, ...] = ()
    """Where two laptops wrote different things of this case and the people in it, decided or not."""

    def of(self, *kinds: str) -> list[Happening]:
        """The records of some plainer kinds, in order of time."""
        found = [event for kind in kinds for event in self.happened.get(kind, ())]
        return sorted(found, key=lambda e: e.at) if len(kinds) > 1 else found

    # ---- open and closed
    @cached_property
    def closed_spells(self) -> tuple[tuple[Happening, Happening | None], ...]:
        """Each closing with the reopening that ended it, or None while the case is closed."""
        spells: list[tuple[Happening, Happening | None]] = []
        for event in self.of("close", "reopen"):
            standing = bool(spells) and spells[-1][1] is None
            if event in self.happened.get("reopen", ()):
                if standing:
                    spells[-1] = (spells[-1][0], event)
            elif not standing:
                spells.append((event, None))
        return tuple(spells)

    def closed_at(self, at: str) -> bool:
        """Was the case closed at an instant?"""
        return any(c.at < at and (r is None or at < r.at) for c, r in self.closed_spells)

    # ---- who is who
    def name(self, person: str) -> str:
        """A person's name, or "the resident"."""
        known = self.people.get(person)
        return known.name if known and known.name else "the resident"

    def roles(self, person: str) -> tuple[str, ...]:
        known = self.people.get(person)
        return known.roles if known else ()

    def reachable(self, person: str) -> bool:
        """False for somebody who is owed no contact, assessment, plan or update: anonymous, or no safe way."""
        known = self.people.get(person)
        return known is None or known.reachable

    def alleged(self, person: str) -> bool:
        """Is this somebody whom a report is about?"""
        return ALLEGED in self.roles(person) or person in self._named

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(person for report in self.reports for person in report.about)

    @cached_property
    def reporters(self) -> tuple[str, ...]:
        """Who reported, in order of their first report; then who stands in the case as a reporter without one."""
        by = [report.by for report in self.reports if report.by]
        return tuple(dict.fromkeys((*by, *(p.id for p in self.people.values() if "reporter" in p.roles))))

    @cached_property
    def residents(self) -> tuple[str, ...]:
        """Whom the case's contact, plan and updates are owed to: those who reported, not the person reported (unless
        all of them report each other).
        """
        found = tuple(dict.fromkeys(p for by in self.reporters for p in self.owed_to(by)))
        return tuple(p for p in found if ALLEGED not in self.roles(p)) or found

    def owed_to(self, by: str) -> tuple[str, ...]:
        """To whom a contact about a report is owed: who reported it; where an agency or an advocate did, first of all
        those it is about; for an anonymous report the household affected, if known; nobody where nobody can be reached.
        """
        known = self.people.get(by)
        others = [p for p in self.people.values() if p.reachable and p.id != by and ALLEGED not in p.roles]
        affected = tuple(p.id for p in others if "affected" in p.roles)
        if known is None or not {"agency_officer", "advocate"} & {*known.roles}:
            return (by,) if self.reachable(by) else affected
        theirs = affected or tuple(p.id for p in others if "reporter" in p.roles)
        return (*theirs, by) if known.reachable else theirs

    def speaks_for(self, person: str, other: str) -> bool:
        """Does a contact with `other` count as one with `person`: themselves, or their advocate? Never somebody who
        must not be told about them.
        """
        if other == person:
            return True
        known = self.people.get(person)
        if (known and other in known.not_to) or ALLEGED in self.roles(other):
            return False
        return "advocate" in self.roles(other)

    def household(self, person: str) -> frozenset[str]:
        """Who lives with a person, as far as the case knows: at the same home, or recorded as of the household."""
        if person not in self._households:
            self._households[person] = self._living_with(person)
        return self._households[person]

    @cached_property
    def _households(self) -> dict[str, frozenset[str]]:
        return {}

    def _living_with(self, person: str) -> frozenset[str]:
        me = self.people.get(person)
        if me is None:
            return frozenset((person,))
        others = [p for p in self.people.values() if ALLEGED not in p.roles]
        living = {p.id for p in others if p.home and p.home == me.home}
        if ALLEGED not in me.roles:
            head = next(iter(self.reporters), person)
            members = {p.id for p in others if "household" in p.roles and "reporter" not in p.roles}
            if person == head or person in members:
                living |= {head, *members}
        return frozenset(living | {person})

    def children_with(self, person: str) -> int:
        """How many children live in a person's home."""
        return max((self.people[p].children for p in self.household(person) if p in self.people), default=0)

    # ---- risk
    def band_at(self, at: str, *, until: bool = False) -> str:
        """The case's risk level before an instant (or with it): the highest of each household's latest, two of which
        stand where they were made apart; "" if none."""
        levels: dict[str, dict[str, str]] = {}
        for assessment in self.assessments:
            stood = assessment.at < at or (until and assessment.at == at)
            if stood and assessment.complete and assessment.band in BANDS:
                gone = self.replaced_by(assessment)
                before = levels.get(assessment.of, {})
                standing = {} if gone is None else {id: band for id, band in before.items() if id not in gone}
                levels[assessment.of] = {**standing, assessment.id: assessment.band}
        return max((band for held in levels.values() for band in held.values()), key=BANDS.index, default="")

    def replaced_by(self, assessment: Assessment) -> frozenset[str] | None:
        """Ids of the assessments that this one takes the place of, also through others; None: all before it."""
        if assessment.follows is None:
            return None
        known = {each.id: each for each in self.assessments} if assessment.follows else {}
        found: set[str] = set()
        look = list(assessment.follows)
        while look:
            id = look.pop()
            if id not in found:
                found.add(id)
                look += (known[id].follows or ()) if id in known else ()
        return frozenset(found)

    def stream_at(self, at: str) -> str:
        """`hate`, `domestic_abuse` or what the case was opened as, as it stood at an instant."""
        if any(since <= at for since in self._abuse):
            return "domestic_abuse"
        if any(since <= at for since in self._hate):
            return "hate"
        return "asb" if self._abuse or self._hate else self.stream

    @cached_property
    def _abuse(self) -> tuple[str, ...]:
        return tuple(r.at for r in self.reports if "domestic_abuse" in (*r.behaviours, *r.serious))

    @cached_property
    def _hate(self) -> tuple[str, ...]:
        return tuple(r.at for r in self.reports if r.perceived_hate)

    @cached_property
    def own_reports(self) -> tuple[Report, ...]:
        """The reports that start clocks: all but those that are more of the same."""
        return tuple(r for r in self.reports if not r.same_as)

    @cached_property
    def serious_reports(self) -> tuple[Report, ...]:
        """Those of them whose own category is serious."""
        return tuple(r for r in self.own_reports if r.category == "serious")

    @cached_property
    def spoken(self) -> dict[tuple[str, ...], list[Contact]]:
        """Landlord contacts by whom they are with, as they are worked out (`spoken.landlord_contacts`)."""
        return {}


__all__ = [
    "Action",
    "Assessment",
    "Clash",
    "Contact",
    "Event",
    "Facts",
    "Happening",
    "Mention",
    "Person",
    "Plan",
    "Report",
    "day_words",
    "written_day",
]
