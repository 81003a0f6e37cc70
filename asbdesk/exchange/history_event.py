"""The fields of one event, read back from its record, with keys for people and ids for what is named again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.people import involved
from asbdesk.casework.records import case_file
from asbdesk.clock import london_day
from asbdesk.exchange.history_columns import column, kind_of
from asbdesk.exchange.history_kinds import KINDS
from asbdesk.exchange.history_take import NEVER
from asbdesk.model import Action, PlanVersion, Progress, Record

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass
class Naming:
    """What people and records are called in one history."""

    people: dict[str, str] = field(default_factory=dict)
    """Id of a person → their key."""
    ids: dict[str, str] = field(default_factory=dict)
    """Id of a record → its id in the history; only of those that have one, or that are named."""
    steps: dict[str, list[Action]] = field(default_factory=dict)
    """Id of a plan's version → its steps."""
    first_day: dict[str, str] = field(default_factory=dict)
    """Id of a step that was moved → the day it had at first."""

    @classmethod
    def of(cls, session: Session, case: str, records: list[Record]) -> Naming:
        """The names of everybody involved, and of every record that is named."""
        naming = cls(people=_keys(session, case))
        everything: list[Any] = list(records)
        found = sa.select(Action).where(Action.file == case_file(case), Action.struck.is_(None))
        for step in session.scalars(found.order_by(Action.id)):
            if step.plan:
                naming.steps.setdefault(step.plan, []).append(step)
                everything.append(step)
        for moved in sorted((r for r in records if isinstance(r, Progress)), key=lambda p: p.at or ""):
            if moved.what == "action_moved" and moved.about:
                naming.first_day.setdefault(moved.about, moved.was or "")
        naming._name(everything)
        return naming

    def _name(self, everything: list[Any]) -> None:
        self.ids = {r.id: r.history_id for r in everything if r.history_id}
        used, wanted = set(self.ids.values()), set(_named(everything))
        counts: dict[str, int] = {}
        for record in everything:
            if record.id in wanted and record.id not in self.ids:
                kind = kind_of(record) or "action"
                name = ""
                while not name or name in used:
                    counts[kind] = counts.get(kind, 0) + 1
                    name = f"{kind}-{counts[kind]}"
                self.ids[record.id] = name
                used.add(name)

    def person(self, id_: str | None) -> str | None:
        """A person's key; None for nobody."""
        return self.people.get(id_ or "")


def _named(everything: Iterable[Any]) -> list[str]:
    """Ids of the records that another one names."""
    found: list[str] = []
    for record in everything:
        kind = kind_of(record)
        refs = [name for name, what in KINDS.get(kind, {}).items() if what.startswith("ref")]
        found += [one for name in refs if (one := getattr(record, column(kind, name)))]
    return found


def _keys(session: Session, case: str) -> dict[str, str]:
    """Person → key: as it was imported, else by their part in the case."""
    everyone = involved(session, case)
    keys: dict[str, str] = {i.person: i.key for i in everyone if i.person and i.key}
    used = set(keys.values())
    for involvement in everyone:
        person = involvement.person or ""
        if person in keys:
            continue
        base = {"reporter": "resident", "alleged_perpetrator": "neighbour"}.get(
            involvement.role or "", involvement.role
        )
        n, key = 1, base or "person"
        while key in used:
            n += 1
            key = f"{base}_{n}"
        keys[person] = key
        used.add(key)
    return keys


# ---- the fields
def fields_of(kind: str, record: Any, naming: Naming, day: str) -> dict[str, Any]:
    """An event's own fields; those that say nothing are left out."""
    special = SPECIAL.get(kind)
    told = special(record, naming, day) if special else _plain(kind, record, naming)
    kept = {name: value for name, value in told.items() if value is not None and value not in ("", [])}
    if kind == "contact" and record.told == []:  # nothing was told, which is not the same as all of it
        kept["told"] = []
    if kind == "report" and record.logged == NEVER:
        kept["logged"] = None
    if kind == "handover" and not record.to:
        kept["to"] = None
    return kept


def _plain(kind: str, record: Any, naming: Naming) -> dict[str, Any]:
    return {
        name: _said(what.rstrip("*"), getattr(record, column(kind, name)), naming) for name, what in KINDS[kind].items()
    }


def _said(what: str, value: Any, naming: Naming) -> Any:
    """A value as a history says it."""
    if value is None:
        return None
    if what.startswith("ref"):
        return naming.ids.get(value)
    if what == "person":
        return naming.person(value)
    if what == "person_or_text":
        return naming.person(value) or value
    if what == "bool" and isinstance(value, str):
        return {"yes": True, "no": False}.get(value)
    if what == "date":
        return _day(value)
    if what == "text" and isinstance(value, list):
        return value[0] if value else None
    return value


def _day(value: str | None) -> str | None:
    """A day, or the London day of an instant."""
    return london_day(value) if value and len(value) > 10 else value


def _report(record: Any, naming: Naming, day: str) -> dict[str, Any]:
    told = _plain("report", record, naming)
    about = [key for one in record.about or () if (key := naming.person(one))]
    told["about"] = about[0] if len(about) == 1 else about
    told["to"] = record.to if record.to != "landlord" else None
    told["hate"] = _perceived(record.hate, naming) if record.hate is not None else None
    told["logged"] = _day(record.logged) if record.logged not in (day, NEVER) else None
    return told


def _perceived(told: dict[str, Any], naming: Naming) -> dict[str, Any]:
    by = naming.person(told.get("person")) or told.get("perceived_by")
    kept = {"perceived_by": by, "strands": told.get("strands")}
    return {name: value for name, value in kept.items() if value}


def _contact(record: Any, naming: Naming, day: str) -> dict[str, Any]:
    return _plain("contact", record, naming) | {"next_by": _day(record.next_by)}


def _plan(record: PlanVersion, naming: Naming, day: str) -> dict[str, Any]:
    agreed = record.agreed is not False
    usual = "agreed_aloud" if agreed else "not_asked"
    return {
        "actions": [_step(step, naming) for step in naming.steps.get(record.id, ())],
        "next_contact": _day(record.next_contact),
        "review_on": _day(record.review_on),
        "agreed": None if agreed else False,
        "signing": record.signing if record.signing != usual else None,
        "copy_given": True if record.copy_given and record.copy_given == day else None,
    }


def _step(step: Action, naming: Naming) -> dict[str, Any]:
    who = step.who or "agency" if step.owner == "agency" else step.owner
    by = naming.first_day.get(step.id, _day(step.by))
    told = {"id": naming.ids.get(step.id), "who": who, "what": step.what, "by": by}
    return {name: value for name, value in told.items() if value}


def _other(record: Any, naming: Naming, day: str) -> dict[str, Any]:
    implied = record.outcome == "spoken" and record.made
    told = {"who": naming.person(record.about), "made": record.made, "look_again": _day(record.look_again)}
    return told | {"outcome": None if implied else record.outcome}


def _hate(record: Any, naming: Naming, day: str) -> dict[str, Any]:
    perceived = {"perceived_by": record.perceived_by, "strands": record.strands, "person": record.person}
    return _perceived(perceived, naming)


def _complaint(record: Any, naming: Naming, day: str) -> dict[str, Any]:
    told = _plain("complaint", record, naming)
    return told | {"received": record.received if record.received != day else None}


SPECIAL: dict[str, Callable[[Any, Naming, str], dict[str, Any]]] = {
    "report": _report,
    "contact": _contact,
    "plan": _plan,
    "perpetrator_contact": _other,
    "hate_record": _hate,
    "complaint": _complaint,
}
"""Kinds that are not read back one field from one column."""
