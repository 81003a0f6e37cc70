"""A case as a case history: every event from its record, in the order they are lived again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.records import case_file
from asbdesk.clock import london_day, london_instant, london_time
from asbdesk.exchange.history_columns import classes, column, kind_of, when
from asbdesk.exchange.history_event import Naming, fields_of
from asbdesk.exchange.history_kinds import KINDS
from asbdesk.exchange.history_people_out import people_out
from asbdesk.exchange.history_read import FORMAT
from asbdesk.model import Action, Case, Closing, PlanVersion, Progress, Promise, Record
from asbdesk.model.journal import entry, touch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

NINE = "09:00"


@dataclass
class Draft:
    """An event about to be written."""

    kind: str
    at: str
    n: int
    record: Record
    refs: list[str] = field(default_factory=list)
    """Ids of the records it names, which must come before it."""


def history_of(session: Session, case: str) -> str:
    """The text of `history.json`: importing it and exporting that again gives the same text."""
    record = session.get_one(Case, case)
    drafts = _in_order(list(_drafts(session, case)))
    naming = Naming.of(session, case, [draft.record for draft in drafts])
    events = [_event(draft, naming) for draft in drafts]
    head = _head(record)
    told: dict[str, Any] = {"format": FORMAT, "reference": record.imported_from or record.reference}
    told |= {"title": record.title} if record.title else {}
    told |= {name: head[name] for name in ("landlord", "sources", "policy") if name in head}
    told["people"] = people_out(session, case, naming, told["reference"])
    told["events"] = events
    until = head.get("until")
    if until and all(event["on"] <= until for event in events):
        told["until"] = until
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _head(case: Case) -> dict[str, Any]:
    """What the history said of itself; empty for a case that began here."""
    try:
        told = json.loads(case.history or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _drafts(session: Session, case: str) -> Iterator[Draft]:
    order = _written_order(session, case)
    done: set[tuple[str, str]] = set()
    for cls in classes():
        found = sa.select(cls).where(cls.file == case_file(case), cls.struck.is_(None)).order_by(cls.id)
        for record in session.scalars(found):
            kind = kind_of(record)
            if not kind or not _can_be_said(kind, record):
                continue
            if isinstance(record, Progress):
                done.add((record.what or "", record.about or ""))
            yield Draft(kind, when(record), order.get(record.id, 0), record, _refs(kind, record))
    yield from _unwritten(session, case, done, order)


def _written_order(session: Session, case: str) -> dict[str, int]:
    rows = sa.select(touch.c.id, sa.func.min(touch.c.n)).join(entry, entry.c.n == touch.c.n)
    found = session.execute(rows.where(entry.c.file == case_file(case)).group_by(touch.c.id))
    return {row[0]: row[1] for row in found}


def _can_be_said(kind: str, record: Any) -> bool:
    """An assessment without a level, and "as agreed", have no words in a history; they are in records.json."""
    if kind == "risk_assessment":
        return bool(record.band)
    return not (kind == "perpetrator_contact" and record.outcome == "agreed")


def _refs(kind: str, record: Any) -> list[str]:
    named = [getattr(record, column(kind, name)) for name, what in KINDS[kind].items() if what.startswith("ref")]
    return [one for one in named if one]


def _unwritten(session: Session, case: str, done: set[tuple[str, str]], order: dict[str, int]) -> Iterator[Draft]:
    """What older versions kept as a day alone: a step done, a promise kept, a copy given, why and when it closed."""

    def of(cls: type[Any]) -> list[Any]:
        return list(session.scalars(sa.select(cls).where(cls.file == case_file(case), cls.struck.is_(None))))

    ends: list[tuple[str, Any, str]] = [("action_done", a, a.done_on) for a in of(Action) if a.plan]
    ends += [("promise_kept", p, p.kept_on) for p in of(Promise)]
    ends += [("plan_copy_given", p, p.copy_given) for p in of(PlanVersion) if p.copy_given != london_day(when(p))]
    for kind, record, day in ends:
        if day and (kind, record.id) not in done:
            made = Progress(id=f"{record.id} {kind}", about=record.id, what=kind, at=london_instant(day[:10], NINE))
            yield Draft(kind, str(made.at), order.get(record.id, 0), made, [record.id])
    closed = session.get_one(Case, case)
    if closed.status == "closed" and not of(Closing):
        told = Closing(id=case, at=closed.closed, reason=closed.close_reason or "Not said")
        yield Draft("close", closed.closed or "", order.get(case, 0), told)


def _in_order(drafts: list[Draft]) -> list[Draft]:
    """In order of time, then as written down. An event stands after what it names, and after the first report."""
    first = min((d.at for d in drafts if d.kind == "report"), default="")
    moments: dict[str, str] = {}
    for draft in sorted(drafts, key=lambda d: d.n):
        draft.at = max([draft.at, first, *(moments.get(ref, "") for ref in draft.refs)])
        moments.setdefault(draft.record.id, draft.at)
    kinds = list(KINDS)
    return sorted(drafts, key=lambda d: (*_on_at(d.at), d.n, kinds.index(d.kind), d.record.id))


def _on_at(at: str) -> tuple[str, str]:
    moment = london_time(at)
    return moment.date().isoformat(), f"{moment:%H:%M}"


def _event(draft: Draft, naming: Naming) -> dict[str, Any]:
    day, minute = _on_at(draft.at)
    told: dict[str, Any] = {"on": day} | ({"at": minute} if minute != NINE else {}) | {"kind": draft.kind}
    record: Any = draft.record
    if record.id in naming.ids:
        told["id"] = naming.ids[record.id]
    told |= fields_of(draft.kind, record, naming, day)
    note = record.words if draft.kind == "report" else getattr(record, "note", "")
    told |= {"note": note} if note else {}
    return told | ({"assumed": record.assumed} if getattr(record, "assumed", None) is not None else {})
