"""Search over everything written: people, addresses, references and every word of every record, the newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.kept import kept_from_reader
from asbdesk.casework.words import WELFARE
from asbdesk.model import Case, Home, Household, Involvement, Person
from asbdesk.model.journal import case_line, entry
from asbdesk.model.journal import session as unlocked
from asbdesk.spelling import close_up, search_text
from asbdesk.store.fold import known
from asbdesk.store.search import question, texts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST = 50
"""Places found at a time."""
FIRST = ("person", "home", "case")
"""Kinds that stand before what was written, among those found first."""
NEWEST = 2**62
"""Before which row of the index everything stands."""
AROUND = 60
"""Characters shown before the word that was found."""
SHOWN = 180
"""Characters shown of a text."""


@dataclass(frozen=True)
class Hit:
    """One place where it was found. `tab` is the part of the case to open; `more` more cases hold the same person or
    address."""

    kind: str
    """`case`, `person`, `home`, or the kind of record."""
    icon: str
    title: str
    text: str
    case: str
    reference: str
    under: str
    """Whose case and where: "Ms R Begum, Flat 12, Harrow Court", or "Welfare"."""
    tab: str = ""
    closed: bool = False


@dataclass(frozen=True)
class Found:
    """What a search found. `after` starts the next page, or None."""

    hits: tuple[Hit, ...]
    after: int | None = None


KINDS: dict[str, tuple[str, str, str]] = {
    "case": ("Case", "folder-open", ""),
    "person": ("Person", "user-round", "people"),
    "home": ("Address", "house", "people"),
    "report": ("Report", "message-square", ""),
    "contact": ("Contact", "phone", ""),
    "promise": ("Promise", "calendar-clock", "plan"),
    "evidence": ("Evidence", "paperclip", "evidence"),
    "diary_entry": ("Diary sheet", "notebook-pen", "evidence"),
    "visit": ("Visit", "clipboard-check", ""),
    "assessment": ("Risk assessment", "shield-alert", "risk"),
    "plan_version": ("Plan", "file-text", "plan"),
    "letter_sent": ("Letter", "mail", "letters"),
    "finished_form": ("A form as it was filled in", "clipboard-check", ""),
    "action": ("Step of the plan", "list-checks", "plan"),
    "vulnerability": ("Needs", "heart-handshake", "people"),
    "adjustment": ("Adjustment", "heart-handshake", "people"),
    "household": ("Household", "house", "people"),
    "warning": ("Warning", "triangle-alert", "people"),
    "involvement": ("Part in the case", "user-round", "people"),
    "disclosure_rule": ("Do not disclose", "lock", "people"),
    "agency_referral": ("Referral", "handshake", ""),
    "agency_request": ("Asked an agency", "handshake", ""),
    "agency_information": ("Told by an agency", "handshake", ""),
    "police_report": ("Police report", "handshake", ""),
    "complaint": ("Complaint", "message-circle", ""),
    "enforcement": ("Enforcement", "gavel", ""),
    "case_review": ("Case review", "users", ""),
}
"""Kind → what it is called, its icon, the part of the case that holds it."""
_OTHER = ("Note", "file-text", "")

_PAGE = sa.text(
    "SELECT search_row.row AS row, search_row.kind AS kind, search_row.id AS id, search_row.file AS file "
    "FROM search CROSS JOIN search_row ON search_row.row = search.rowid "
    "WHERE search MATCH :asked AND search.rowid < :before ORDER BY search.rowid DESC LIMIT :most"
)


def find(session: Session, typed: str, *, before: int | None = None, limit: int = MOST) -> Found:
    """Where all the words of `typed` stand, each perhaps the beginning of a longer one; what was touched last first,
    and among the first of all people, addresses and cases before what was written.

    `before` is a former answer's `after`. Nothing typed finds nothing.
    """
    asked = question(typed)
    if not asked:
        return Found(())
    before = before if before is not None else NEWEST
    rows = session.execute(_PAGE, {"asked": asked, "before": before, "most": limit}).all()
    hits = _hits(session, [(r.kind, r.id, r.file) for r in rows], typed)
    if before == NEWEST:  # a name, an address or a reference is looked for more often than who wrote it down
        hits.sort(key=lambda hit: hit.kind not in FIRST)
    return Found(tuple(hits), rows[-1].row if len(rows) == limit else None)


LATELY = 8
_VIEWED = 400
"""Entries of views that are looked through for the last cases."""


def looked_at(session: Session, member: str, limit: int = LATELY) -> tuple[Hit, ...]:
    """The cases this member looked at last, the latest first."""
    viewed = (
        sa.select(entry.c.file)
        .join(unlocked, unlocked.c.n == entry.c.session)
        .where(unlocked.c.member == member, entry.c.file.startswith("case/"))
        .order_by(entry.c.n.desc())
        .limit(_VIEWED)
    )
    cases = [file.removeprefix("case/") for file in dict.fromkeys(session.scalars(viewed))][:limit]
    lines = _lines(session, set(cases))
    return tuple(_hit("case", None, lines[case], "") for case in cases if case in lines)


def _hits(session: Session, places: Sequence[tuple[str, str, str]], typed: str) -> list[Hit]:
    records = _records(session, places)
    cases = _cases_of(session, places, records)
    lines = _lines(session, {case for found in cases.values() for case in found})
    hidden = kept_from_reader(session, *(file[5:] for _, _, file in places if file.startswith("case/")))
    made: list[Hit] = []
    for kind, id, _ in places:
        record = records.get((kind, id)) if id not in hidden else None
        for case in cases.get((kind, id), []) if record is not None else []:
            if case in lines:
                made.append(_hit(kind, record, lines[case], typed))
    return list(dict.fromkeys(made))


def _records(session: Session, places: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str], Any]:
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, id, _ in places:
        by_kind[kind].append(id)
    found: dict[tuple[str, str], Any] = {}
    for kind, ids in by_kind.items():
        cls: Any = known()[kind]
        found |= {(kind, row.id): row for row in session.scalars(sa.select(cls).where(cls.id.in_(ids)))}
    return found


def _cases_of(
    session: Session, places: Sequence[tuple[str, str, str]], records: Collection[tuple[str, str]]
) -> dict[tuple[str, str], list[str]]:
    """The cases that each place belongs to: its own, or all that involve the person or the home."""
    people = {file.removeprefix("person/") for _, _, file in places if file.startswith("person/")}
    homes = {file.removeprefix("home/") for _, _, file in places if file.startswith("home/")}
    of = {f"person/{person}": cases for person, cases in _involving(session, people).items()}
    of |= {f"home/{home}": cases for home, cases in _at_home(session, homes).items()}
    return {
        (kind, id): [file.removeprefix("case/")] if file.startswith("case/") else of.get(file, [])
        for kind, id, file in places
        if (kind, id) in records
    }


def _involving(session: Session, people: set[str]) -> dict[str, list[str]]:
    if not people:
        return {}
    rows = sa.select(Involvement.person, Involvement.file).where(
        Involvement.person.in_(people), Involvement.struck.is_(None)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for person, file in session.execute(rows):
        found[str(person)].append(str(file).removeprefix("case/"))
    return found


def _at_home(session: Session, homes: set[str]) -> dict[str, list[str]]:
    if not homes:
        return {}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for home, case in session.execute(sa.select(Case.home, Case.id).where(Case.home.in_(homes))):
        found[str(home)].append(case)
    living = sa.select(Person.home, Involvement.file).join(Involvement, Involvement.person == Person.id)
    for home, file in session.execute(living.where(Person.home.in_(homes), Involvement.struck.is_(None))):
        found[str(home)].append(str(file).removeprefix("case/"))
    return {home: list(dict.fromkeys(cases)) for home, cases in found.items()}


def _lines(session: Session, cases: set[str]) -> dict[str, Any]:
    rows = session.execute(sa.select(case_line).where(case_line.c.case.in_(cases)))
    return {row.case: row for row in rows}


def _hit(kind: str, record: Any, line: Any, typed: str) -> Hit:
    name, icon, tab = KINDS.get(kind, _OTHER)
    welfare = line.stream == "domestic_abuse"
    under = WELFARE if welfare else ", ".join(t for t in (line.reporter, line.address) if t)
    text = "" if welfare and kind not in ("person", "home", "case") else _around(_said(kind, record), typed)
    title = {"person": getattr(record, "name", "") or name, "case": line.title or name}.get(kind, name)
    title += ", crossed out" if record is not None and record.struck else ""
    reference, closed = line.reference or "", line.status == "closed"
    return Hit(kind, icon, title, text, line.case, reference, under, tab, closed)


def _said(kind: str, record: Any) -> list[str]:
    """The texts of a record, those that people wrote first: the longer, the likelier."""
    if isinstance(record, Home):
        return [", ".join(t for t in (record.address, record.postcode) if t)]
    if isinstance(record, Person):
        return [", ".join(t for t in (record.phone, record.email) if t)]
    if record is None or isinstance(record, Case | Household):
        return []
    said = [text for name in _columns(kind) for text in texts(getattr(record, name, None))]
    return sorted((text for text in said if " " in text), key=len, reverse=True)


def _columns(kind: str) -> list[str]:
    return [c.key for c in known()[kind].__mapper__.column_attrs if c.key not in ("id", "file", "struck")]


def _around(said: Sequence[str], typed: str) -> str:
    """The text that holds what was typed, from a little before it; else the beginning of the first."""
    words = [form for word in typed.split() for form in (search_text(word), close_up(search_text(word))) if form]
    for text in said:
        for word in words:
            at = text.casefold().find(word)
            if at >= 0:
                return _cut(text, max(0, at - AROUND))
    return _cut(said[0], 0) if said else ""


def _cut(text: str, start: int) -> str:
    plain = " ".join(text.split())
    if start:
        start = plain.rfind(" ", 0, min(start, len(plain))) + 1
    piece = plain[start : start + SHOWN]
    return ("… " if start else "") + piece + (" …" if len(plain) > start + SHOWN else "")
