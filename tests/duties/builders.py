"""Facts of a case in a few words: days and times are London's."""

from __future__ import annotations

from typing import Any

from asbdesk.clock import london_instant
from asbdesk.duties import Duty, Facts, owed, policy
from asbdesk.duties.duty import overdue_from, state
from asbdesk.duties.facts import Action, Assessment, Contact, Happening, Mention, Person, Plan, Report

RAHIMA = Person("rahima", "Ms Rahima Begum", ("reporter",))
NEXT_DOOR = Person("next_door", "A. N. Other", ("alleged_perpetrator",))
ADVOCATE = Person("advocate", "Jo Speaker", ("advocate",))
KINDS = {
    Report: "reports",
    Contact: "contacts",
    Assessment: "assessments",
    Plan: "plans",
    Action: "actions",
}


class Did(Happening):
    """A plainer record that knows its kind, so that a test can hand it over with the others."""

    kind: str


def at(moment: str) -> str:
    """ "2026-11-18 09:00", or only the day (09:00), as an instant."""
    day, _, time = moment.partition(" ")
    return london_instant(day, time or "09:00")


def report(moment: str, id: str = "r1", **what: Any) -> Report:
    return Report(id, at(moment), **{"by": "rahima", "logged": moment[:10], **what})


def contact(moment: str, id: str = "c1", **what: Any) -> Contact:
    return Contact(id, at(moment), **{"with_": "rahima", **what})


def assessment(moment: str, id: str = "a1", **what: Any) -> Assessment:
    return Assessment(id, at(moment), **{"of": "rahima", "band": "medium", **what})


def plan(moment: str, id: str = "p1", **what: Any) -> Plan:
    return Plan(id, at(moment), **{"person": "rahima", "number": "1", **what})


def step(id: str = "s1", **what: Any) -> Action:
    return Action(**{"id": id, "plan": "p1", "owner": "landlord", "what": "Change the lock", **what})


def did(kind: str, moment: str, id: str = "", **what: Any) -> Did:
    """Any other record, by its kind in a case history."""
    made = Did(id or f"{kind} {moment}", at(moment), **what)
    object.__setattr__(made, "kind", kind)
    return made


def facts(*records: Any, **case: Any) -> Facts:
    """The case these records make, each kind in order of time."""
    held: dict[str, list[Any]] = {name: [] for name in KINDS.values()}
    happened: dict[str, list[Did]] = {}
    for record in records:
        if isinstance(record, Did):
            happened.setdefault(record.kind, []).append(record)
        else:
            held[KINDS[type(record)]].append(record)
    rows: dict[str, Any] = {
        name: tuple(sorted(some, key=lambda r: getattr(r, "at", ""))) for name, some in held.items()
    }
    rows["happened"] = {kind: tuple(sorted(some, key=lambda e: e.at)) for kind, some in happened.items()}
    rows["reviews"] = rows["happened"].get("plan_review", ())
    rows["mentions"] = mentions(rows["reports"])
    people = {person.id: person for person in (RAHIMA, NEXT_DOOR, ADVOCATE)}
    return Facts(**{"case": "case1", "people": people, **rows, **case})


def mentions(reports: tuple[Report, ...]) -> dict[str, tuple[Mention, ...]]:
    """Who is named in these reports, and when."""
    named: dict[str, list[Mention]] = {}
    for one in reports:
        for person in one.about if not one.same_as else ():
            named.setdefault(person, []).append(Mention(one.id, one.at, one.perceived_hate))
    return {person: tuple(some) for person, some in named.items()}


def duties(found: Facts, code: str = "") -> list[Duty]:
    """What is owed, of one code or of all."""
    return [d for d in owed(found, policy.default()) if code in ("", d.code)]


def one(found: Facts, code: str) -> Duty:
    """The only duty of a code."""
    (duty,) = duties(found, code)
    return duty


def edges(duty: Duty, before: str, day: str, after: str) -> None:
    """The day before it is upcoming, on its day due, the day after late, and it stays so."""
    assert (state(duty, before), state(duty, day), state(duty, after)) == ("upcoming", "due", "overdue"), duty
    assert state(duty, "2035-01-01") == "overdue"
    assert (overdue_from(duty, day), overdue_from(duty, after)) == (None, after)
