"""What of a case is kept from who reads it: a complaint about themselves, and all that hangs on it (PRACTICE.md 19).

The case stays theirs. That a complaint is open is said to them as to every officer who does not answer it (PRACTICE.md
7): silence would have them tell the resident that there is none, or write it down a second time. Whom it is about, what
was said and how it is answered is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.documents.naming import may_be_same
from asbdesk.model import (
    Complaint,
    ConflictDecision,
    FinishedForm,
    LaterSeal,
    Letter,
    Member,
    Progress,
    Record,
    Redress,
    Rest,
    Waiver,
)
from asbdesk.store.roles import MANAGER

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

READER = "member"
"""Under this name a reading Session says who reads (`Store.ask`); one that says nobody is shown everything."""
_KNOWN = "kept from them"
HANGS: dict[type[Record], Any] = {
    Progress: Progress.about,
    Redress: Redress.complaint,
    Letter: Letter.about,
    Waiver: Waiver.about,
    Rest: Rest.about,
    ConflictDecision: ConflictDecision.about,
    LaterSeal: LaterSeal.document,
    FinishedForm: FinishedForm.about,
}
"""The kinds that may hang on a complaint, and the field that names what they hang on: its id, or `kind/ID`."""
KINDS = frozenset((Complaint, *HANGS))
DEPTH = 2
"""A letter hangs on a complaint, and its second seal on the letter."""


def kept_from_reader(session: Session, *cases: str) -> frozenset[str]:
    """Ids of the records in these cases that are not for whoever reads."""
    reader = session.info.get(READER)
    if not reader:
        return frozenset()
    known: dict[str, frozenset[str]] = session.info.setdefault(_KNOWN, {})
    if asked := [case for case in dict.fromkeys(cases) if case not in known]:
        known |= dict.fromkeys(asked, frozenset())
        for case, complaints in _complaints(session, reader, asked).items():
            known[case] = _with_what_hangs(session, case, complaints)
    return frozenset().union(*(known[case] for case in cases))


def names_reader(told: Iterable[str], hidden: Collection[str]) -> bool:
    """Does an entry set one of these records? `told`: the `kind/ID` that it sets."""
    return bool(hidden) and any(record.partition("/")[2] in hidden for record in told)


def answered_by_others(session: Session, case: str) -> tuple[tuple[str, bool], ...]:
    """Of each complaint kept from the reader: who answers it, by name, and is it open still."""
    hidden = kept_from_reader(session, case)
    found = session.scalars(sa.select(Complaint).where(Complaint.id.in_(hidden), Complaint.struck.is_(None)))
    return tuple((c.handler or "", _is_open(session, c.id)) for c in found) if hidden else ()


def _is_open(session: Session, complaint: str) -> bool:
    which = sa.select(Progress.what).where(Progress.about == complaint, Progress.struck.is_(None))
    said = list(session.scalars(which))
    return said.count("complaint_answered") < (2 if "complaint_escalated" in said else 1)


def keeps_from(member: str, name: str, staff: str, handler: str, working: Collection[tuple[str, str, str]]) -> bool:
    """Is a complaint about `staff` kept from this member? Only where somebody else has it: whoever answers it, or a
    manager. `working`: (id, name, role) of all who work with this desk."""
    if not staff or not name or not may_be_same(staff, name):
        return False
    answers = handler.strip().casefold()
    return any(id != member and (role == MANAGER or (answers and other.casefold() == answers))
               for id, other, role in working)  # fmt: skip


def _complaints(session: Session, reader: str, cases: list[str]) -> dict[str, set[str]]:
    files = [f"case/{case}" for case in cases]
    which = sa.select(Complaint.id, Complaint.file, Complaint.staff, Complaint.handler)
    found = session.execute(which.where(Complaint.file.in_(files), Complaint.staff.is_not(None))).all()
    if not found:
        return {}
    members = sa.select(Member.id, Member.name, Member.role).where(Member.left_on.is_(None), Member.struck.is_(None))
    working = [(id, (name or "").strip(), role or "") for id, name, role in session.execute(members)]
    me = next((name for id, name, _ in working if id == reader), "")
    kept: dict[str, set[str]] = {}
    for id, file, staff, handler in found:
        if keeps_from(reader, me, staff or "", handler or "", working):
            kept.setdefault((file or "")[5:], set()).add(id)
    return kept


def _with_what_hangs(session: Session, case: str, complaints: set[str]) -> frozenset[str]:
    hidden, file = set(complaints), f"case/{case}"
    for _ in range(DEPTH):
        for kind, field in HANGS.items():
            rows = session.execute(sa.select(kind.id, field).where(kind.file == file, field.is_not(None)))
            hidden |= {id for id, of in rows if of.rpartition("/")[2] in hidden}
    return frozenset(hidden | set(_tied_to_none(session, file, complaints)))


def _tied_to_none(session: Session, file: str, complaints: set[str]) -> Iterable[str]:
    """Offers that name no complaint: they are of these, where no other stood when they were made."""
    every = session.scalars(sa.select(Complaint.id).where(Complaint.file == file, Complaint.struck.is_(None)))
    first = min(set(every) - complaints, default="")
    alone = sa.select(Redress.id).where(Redress.file == file, sa.func.coalesce(Redress.complaint, "") == "")
    return [offer for offer in session.scalars(alone) if offer > min(complaints) and not (first and first < offer)]
