"""Facts of a case in a few words: days and times are London's."""

from __future__ import annotations

from typing import Any

from asbdesk.clock import london_instant
from asbdesk.duties import Duty, Facts, owed, policy
from asbdesk.duties.facts import Action, Assessment, Contact, Person, Plan, Report

RAHIMA = Person("rahima", "Ms Rahima Begum", ("reporter",))
NEXT_DOOR = Person("next_door", "A. N. Other", ("alleged_perpetrator",))


def at(moment: str) -> str:
    """ "2026-11-18 09:00", or only the day (09:00), as an instant."""
    day, _, time = moment.partition(" ")
    return london_instant(day, time or "09:00")


def report(moment: str, id: str = "r1", **what: Any) -> Report:
    return Report(id, at(moment), **{"by": "rahima", **what})


def contact(moment: str, id: str = "c1", **what: Any) -> Contact:
    return Contact(id, at(moment), **{"with_": "rahima", **what})


def assessment(moment: str, id: str = "a1", **what: Any) -> Assessment:
    return Assessment(id, at(moment), **{"of": "rahima", "band": "medium", **what})


def plan(moment: str, id: str = "p1", **what: Any) -> Plan:
    return Plan(id, at(moment), **{"person": "rahima", "number": "1", **what})


def step(id: str = "s1", **what: Any) -> Action:
    return Action(**{"id": id, "plan": "p1", "owner": "landlord", "what": "Change the lock", **what})


def facts(*records: Any, **case: Any) -> Facts:
    """The case these records make, each kind in order of time."""
    kinds = {Report: "reports", Contact: "contacts", Assessment: "assessments", Plan: "plans", Action: "actions"}
    held: dict[str, list[Any]] = {name: [] for name in kinds.values()}
    for record in records:
        held[kinds[type(record)]].append(record)
    rows = {name: tuple(sorted(some, key=lambda r: getattr(r, "at", ""))) for name, some in held.items()}
    people = {person.id: person for person in (RAHIMA, NEXT_DOOR)}
    return Facts(**{"case": "case1", "people": people, **rows, **case})


def duties(found: Facts, code: str = "") -> list[Duty]:
    """What is owed, of one code or of all."""
    return [d for d in owed(found, policy.default()) if code in ("", d.code)]


def one(found: Facts, code: str) -> Duty:
    """The only duty of a code."""
    (duty,) = duties(found, code)
    return duty
