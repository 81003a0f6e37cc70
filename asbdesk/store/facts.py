"""Reads the facts of one case or of many: one statement for each kind, then small frozen facts (duties/facts.py)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from asbdesk import model as m
from asbdesk.clock import london_day, parse_instant
from asbdesk.duties import facts as f

SLICE = 400
"""Most ids named in one statement."""
Row = Any


@dataclass
class Read:
    """The rows of some cases, by case: what facts, lines and levels are made from."""

    cases: dict[str, Row] = field(default_factory=dict)
    people: dict[str, Row] = field(default_factory=dict)
    homes: dict[str, Row] = field(default_factory=dict)
    of: dict[type[m.Record], dict[str, list[Row]]] = field(default_factory=dict)

    def rows(self, kind: type[m.Record], case: str) -> list[Row]:
        """The case's records of a kind, in order of time, without those crossed out."""
        return self.of[kind].get(case, [])


WHEN: dict[type[m.Record], str] = {
    m.Report: "received",
    m.Contact: "at",
    m.Assessment: "at",
    m.PlanVersion: "at",
    m.Visit: "started",
    m.Action: "id",
    m.Involvement: "id",
}
"""The kinds that are read, and the field that orders them."""
COLUMNS: dict[type[m.Record], tuple[str, ...]] = {
    m.Case: ("reference", "title", "stream", "category", "status", "opened", "closed", "officer", "home"),
    m.Person: ("name", "phone", "home", "reachable"),
    m.Home: ("address", "postcode"),
    m.Report: ("received", "by", "behaviours", "serious", "hate", "about", "same_as", "visit"),
    m.Contact: ("with_", "at", "direction", "made", "answered", "next_by", "visit"),
    m.Assessment: ("of", "at", "band", "complete", "answers", "visit", "follows"),
    m.PlanVersion: (
        *("person", "at", "number", "next_contact", "review_on", "agreed", "signing", "copy_given"),
        *("visit", "follows"),
    ),
    m.Action: ("plan", "owner", "what", "by", "done_on"),
    m.Visit: ("with_", "started", "ended", "out_safe", "by_phone", "left_early"),
    m.Involvement: ("person", "role"),
}


def read(conn: sa.Connection, cases: Collection[str]) -> Read:
    """The rows of these cases. Ids that are no case are left out."""
    found = Read(cases={row.id: row for row in _rows(conn, m.Case, cases) if row.struck is None})
    files = [f"case/{case}" for case in found.cases]
    for kind, when in WHEN.items():
        by_case: defaultdict[str, list[Row]] = defaultdict(list)
        for row in _rows(conn, kind, files):
            if row.struck is None:
                by_case[row.file[5:]].append(row)
        for rows in by_case.values():
            rows.sort(key=lambda row, when=when: (getattr(row, when) or "", row.id))  # type: ignore[misc]
        found.of[kind] = dict(by_case)
    people = {row.person for rows in found.of[m.Involvement].values() for row in rows if row.person}
    found.people = {row.id: row for row in _rows(conn, m.Person, people)}
    homes = {row.home for row in (*found.cases.values(), *found.people.values()) if row.home}
    found.homes = {row.id: row for row in _rows(conn, m.Home, homes)}
    return found


def _rows(conn: sa.Connection, kind: type[m.Record], values: Collection[str]) -> Iterator[Row]:
    """The rows of a kind by id, or by file for what lives in a case; crossed out or not."""
    for part in _slices(values):
        yield from conn.execute(_STATEMENTS[kind], {"these": part})


def _select(kind: type[m.Record]) -> sa.Select[Any]:
    names = ("id", "file", "struck", *COLUMNS[kind])
    these: sa.BindParameter[Any] = sa.bindparam("these", expanding=True)
    by = kind.file if kind in WHEN else kind.id
    return sa.select(*(getattr(kind, name).label(name) for name in names)).where(by.in_(these))


_STATEMENTS = {kind: _select(kind) for kind in COLUMNS}
"""Made once: building them anew took longer than running them."""


def _slices(values: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), SLICE):
        yield ordered[start : start + SLICE]


def facts(found: Read, case: str) -> f.Facts:
    """The facts of one of the cases read. Records without a time raise and meet nothing."""
    row = found.cases[case]
    return f.Facts(
        case=case,
        stream=row.stream or "asb",
        category=row.category or "",
        opened=row.opened or "",
        closed=_day(row.closed) if row.status == "closed" else "",
        officer=row.officer or "",
        people=_people(found, case),
        reports=tuple(_report(r) for r in found.rows(m.Report, case) if _is_instant(r.received)),
        contacts=tuple(_contact(r) for r in found.rows(m.Contact, case) if _is_instant(r.at)),
        assessments=tuple(_assessment(r) for r in found.rows(m.Assessment, case) if _is_instant(r.at)),
        plans=tuple(_plan(r) for r in found.rows(m.PlanVersion, case) if _is_instant(r.at)),
        actions=tuple(_action(r) for r in found.rows(m.Action, case)),
        visits=tuple(
            _visit(r) for r in found.rows(m.Visit, case) if _is_instant(r.started) and (r.ended or r.out_safe)
        ),
    )


def _people(found: Read, case: str) -> dict[str, f.Person]:
    roles: defaultdict[str, list[str]] = defaultdict(list)
    for row in found.rows(m.Involvement, case):
        if row.person and row.role:
            roles[row.person].append(row.role)
    people = {}
    for person, held in roles.items():
        known = found.people.get(person)
        name, reachable = (known.name or "", known.reachable is not False) if known else ("", True)
        people[person] = f.Person(person, name, tuple(held), reachable)
    return people


def _is_instant(value: object) -> bool:
    """A merge may bring text that is no time: it raises and meets nothing."""
    try:
        return isinstance(value, str) and len(value) == 24 and bool(parse_instant(value))
    except ValueError:
        return False


def _day(value: object) -> str:
    """A day, or the London day of an instant; empty for text that is neither."""
    if not isinstance(value, str) or len(value) not in (10, 24):
        return ""
    try:
        return london_day(value) if len(value) == 24 else dt.date.fromisoformat(value).isoformat()
    except (ValueError, OverflowError):
        return ""


def _words(value: object) -> tuple[str, ...]:
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()


def _report(row: Row) -> f.Report:
    return f.Report(
        row.id,
        row.received,
        row.visit or "",
        by=row.by or "",
        behaviours=_words(row.behaviours),
        serious=_words(row.serious),
        hate=bool(row.hate),
        about=_words(row.about),
        same_as=row.same_as or "",
    )


def _contact(row: Row) -> f.Contact:
    return f.Contact(
        row.id,
        row.at,
        row.visit or "",
        with_=row.with_ or "",
        out=row.direction != "in",
        made=row.made is not False,
        answered=bool(row.answered),
        next_by=_day(row.next_by),
    )


def _assessment(row: Row) -> f.Assessment:
    complete = row.complete is not False or _all_asked(row.answers)
    return f.Assessment(row.id, row.at, row.visit or "", of=row.of or "", band=row.band or "", complete=complete)


def _all_asked(answers: object) -> bool:
    """Was every question put? One who does not want to say, or does not know, was asked: the score is not complete and
    shows no low level, but the assessment was made.
    """
    if not isinstance(answers, dict) or not answers:
        return False
    words = [value.get("unanswered") for value in answers.values() if isinstance(value, dict)]
    return not {"not_asked", "not_alone"} & {*words}


def _plan(row: Row) -> f.Plan:
    return f.Plan(
        row.id,
        row.at,
        row.visit or "",
        person=row.person or "",
        number=row.number or "",
        next_contact=row.next_contact if _is_instant(row.next_contact) else _day(row.next_contact),
        review_on=_day(row.review_on),
        agreed=row.agreed is not False,
        copy_given=_day(row.copy_given),
        signing=row.signing or "",
        follows=_words(row.follows),
    )


def _action(row: Row) -> f.Action:
    return f.Action(row.id, row.plan or "", row.owner or "", row.what or "", _day(row.by), _day(row.done_on))


def _visit(row: Row) -> f.Contact:
    return f.Contact(row.id, row.started, row.id, with_=row.with_ or "")


def tips(rows: Iterable[Row]) -> list[Row]:
    """Those that no other follows: one, or more where two were made apart."""
    known = list(rows)
    followed = {earlier for row in known for earlier in _words(row.follows)}
    return [row for row in known if row.id not in followed]
