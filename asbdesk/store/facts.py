"""Reads the rows of one case or of many, one statement for each kind: what facts, lines and levels are made from."""

from __future__ import annotations

import json
from collections import defaultdict, namedtuple
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from asbdesk import model as m
from asbdesk.duties import facts as f
from asbdesk.model import journal as t
from asbdesk.store.clashes import clashes
from asbdesk.store.happenings import READ
from asbdesk.store.values import is_instant, words_of

FEW = 3
"""For so few cases it is quicker to ask first which kinds of record they have."""
SLICE = 400
"""Most ids named in one statement."""
Row = Any


@dataclass
class Read:
    """The rows of some cases, by case: what facts, lines and levels are made from."""

    cases: dict[str, Row] = field(default_factory=dict)
    people: dict[str, Row] = field(default_factory=dict)
    homes: dict[str, Row] = field(default_factory=dict)
    children: dict[str, int] = field(default_factory=dict)
    """Person → children under 18 in their home."""
    mentions: dict[str, list[f.Mention]] = field(default_factory=dict)
    of: dict[type[m.Record], dict[str, list[Row]]] = field(default_factory=dict)
    clashes: dict[str, tuple[f.Clash, ...]] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    """Contact or visit → the member who wrote it down, in the cases that changed officer."""

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
    m.DisclosureRule: "id",
    m.ContactAgreement: "id",
    **{kind: columns.at for kind, columns in READ.items()},
}
"""The kinds that are read, and the field that orders them."""
COLUMNS: dict[type[m.Record], tuple[str, ...]] = {
    m.Case: (
        "reference",
        "title",
        "stream",
        "category",
        "status",
        "opened",
        "closed",
        "officer",
        "home",
        "imported_from",
    ),
    m.Person: ("name", "phone", "home", "reachable"),
    m.Home: ("address", "postcode"),
    m.Household: ("person", "children", "until"),
    m.Report: (
        *("received", "by", "behaviours", "serious", "hate", "hate_signs", "to", "about", "dissatisfied", "same_as"),
        *("logged", "visit", "history_id"),
    ),
    m.Contact: (
        *("with_", "at", "direction", "made", "answered", "method", "next_by", "needs_reply", "dissatisfied", "told"),
        *("visit", "history_id"),
    ),
    m.Assessment: ("of", "at", "band", "complete", "answers", "visit", "follows"),
    m.PlanVersion: (
        *("person", "at", "number", "next_contact", "review_on", "agreed", "signing", "copy_given"),
        *("visit", "follows"),
    ),
    m.Action: ("plan", "owner", "what", "by", "done_on"),
    m.Visit: ("with_", "started", "ended", "out_safe", "by_phone", "left_early"),
    m.Involvement: ("person", "role", "key", "updates"),
    m.DisclosureRule: ("about", "not_to", "ended"),
    m.ContactAgreement: ("person", "days", "review_on", "agreed_by"),
    **{kind: columns.names for kind, columns in READ.items()},
}


def read(conn: sa.Connection, cases: Collection[str]) -> Read:
    """The rows of these cases. Ids that are no case are left out."""
    found = Read(cases={row.id: row for row in _rows(conn, m.Case, cases) if row.struck is None})
    files = [f"case/{case}" for case in found.cases]
    there = _kinds_there(conn, files) if len(files) <= FEW else None
    for kind, when in WHEN.items():
        found.of[kind] = _by_case(conn, kind, when, files) if there is None or kind.kind in there else {}
    people = {row.person for rows in found.of[m.Involvement].values() for row in rows if row.person}
    found.people = {row.id: row for row in _rows(conn, m.Person, people)}
    homes = {row.home for row in (*found.cases.values(), *found.people.values()) if row.home}
    found.homes = {row.id: row for row in _rows(conn, m.Home, homes)}
    found.children = _children(conn, people)
    found.mentions = _mentions(conn, found)
    found.authors = _authors(conn, found)
    found.clashes = clashes(conn, {case: _files_of(found, case) for case in found.cases})
    return found


def _by_case(conn: sa.Connection, kind: type[m.Record], when: str, files: Collection[str]) -> dict[str, list[Row]]:
    """The standing records of a kind, by case, in the order of their field `when`."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _rows(conn, kind, files):
        if row.struck is None:
            found[row.file[5:]].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (getattr(row, when) or "", row.id))
    return dict(found)


def _children(conn: sa.Connection, people: Collection[str]) -> dict[str, int]:
    """Person → how many under 18 live with them now: of several households the most."""
    found: dict[str, int] = {}
    for row in _rows(conn, m.Household, people):
        if row.struck is None and not row.until and isinstance(row.children, int):
            found[row.person] = max(row.children, found.get(row.person, 0))
    return found


def _files_of(found: Read, case: str) -> set[str]:
    """The case's file, and those of the people in it and of their homes."""
    people = {row.person for row in found.of[m.Involvement].get(case, ()) if row.person}
    homes = {found.cases[case].home, *(found.people[p].home for p in people if p in found.people)}
    return {f"case/{case}", *(f"person/{p}" for p in people), *(f"home/{home}" for home in homes if home)}


def _kinds_there(conn: sa.Connection, files: Collection[str]) -> set[str]:
    """The kinds of record that entries about these files touched: most cases have a quarter of them."""
    touched = sa.select(t.touch.c.kind).distinct().join(t.entry, t.entry.c.n == t.touch.c.n)
    return set(conn.scalars(touched.where(t.entry.c.file.in_(files))))


def _authors(conn: sa.Connection, found: Read) -> dict[str, str]:
    """Who wrote down each contact and visit, in the cases that were handed to a colleague: nowhere else does it matter.
    What was taken from a case history was written down by whoever took it in, and tells nothing."""
    handed = [case for case, rows in found.of[m.Handover].items() if any(row.member for row in rows)]
    spoken = [row for case in handed for kind in (m.Contact, m.Visit) for row in found.of[kind].get(case, ())]
    ids = {row.id for row in spoken if not getattr(row, "history_id", None)}
    which = sa.select(t.touch.c.id, t.entry.c.hlc, t.body.c.text).join(t.entry, t.entry.c.n == t.touch.c.n)
    which = which.join(t.body, t.body.c.n == t.entry.c.n).where(t.touch.c.kind.in_((m.Contact.kind, m.Visit.kind)))
    first: dict[str, tuple[str, str]] = {}
    for part in _slices(ids):
        for record, hlc, text in conn.execute(which.where(t.touch.c.id.in_(part))):
            first[record] = min(first.get(record, (hlc, text)), (hlc, text))
    return {record: str(json.loads(text).get("by") or "") for record, (_, text) in first.items()}


def _mentions(conn: sa.Connection, found: Read) -> dict[str, list[f.Mention]]:
    """Every report about each person alleged in these cases, in whichever case: its instant, and whether it is hate."""
    alleged = {row.person for rows in found.of[m.Involvement].values() for row in rows if row.role == f.ALLEGED}
    alleged |= {person for rows in found.of[m.Report].values() for row in rows for person in words_of(row.about)}
    files: set[str] = set()
    for part in _slices(alleged):
        where = sa.select(m.Involvement.file).where(m.Involvement.person.in_(part), m.Involvement.struck.is_(None))
        files |= {file for file in conn.scalars(where) if file}
    mentions: defaultdict[str, list[f.Mention]] = defaultdict(list)
    for row in _rows(conn, m.Report, files):
        if row.struck is not None or row.same_as or not is_instant(row.received):
            continue
        hate = isinstance(row.hate, dict) or "hate" in words_of(row.behaviours)
        for person in alleged & {*words_of(row.about)}:
            mentions[person].append(f.Mention(row.id, row.received, hate))
    return {person: sorted(some, key=lambda one: (one.at, one.report)) for person, some in mentions.items()}


def _rows(conn: sa.Connection, kind: type[m.Record], values: Collection[str]) -> Iterator[Row]:
    """The rows of a kind by id, or by file for what lives in a case; crossed out or not."""
    for part in _slices(values):
        yield from map(_PLAIN[kind]._make, conn.execute(_STATEMENTS[kind], {"these": part}).all())


def _select(kind: type[m.Record]) -> sa.Select[Any]:
    names = ("id", "file", "struck", *COLUMNS[kind])
    these: sa.BindParameter[Any] = sa.bindparam("these", expanding=True)
    by = kind.file if kind in WHEN else m.Household.person if kind is m.Household else kind.id
    return sa.select(*(getattr(kind, name).label(name) for name in names)).where(by.in_(these))


_STATEMENTS = {kind: _select(kind) for kind in COLUMNS}
"""Made once: building them anew took longer than running them."""
_PLAIN: dict[type[m.Record], Any] = {
    kind: namedtuple(kind.__name__, ("id", "file", "struck", *names)) for kind, names in COLUMNS.items()
}
"""Plain tuples: reading a field of SQLAlchemy's own rows takes ten times as long, and each is read by many rules."""


def _slices(values: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), SLICE):
        yield ordered[start : start + SLICE]
