"""Taking in what people show us: copied into the store at once, with its size and its hash."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

import sqlalchemy as sa

from asbdesk.casework.records import all_rows, case_file, new, put
from asbdesk.casework.views import EvidenceView
from asbdesk.casework.words import label, size
from asbdesk.clock import short_moment
from asbdesk.errors import UserError
from asbdesk.model import Case, Evidence, Person
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.store.files import Kept
    from asbdesk.store.work import Work


def take_in(
    desk: Desk, case: str, content: bytes | BinaryIO, *, name: str, from_: str, note: str = "", visit: str = ""
) -> str:
    """Take a copy of a file into the store and record it. The evidence's id. Raises UserError for an empty file."""
    kept = desk.files.keep(content)
    if kept.size == 0:
        raise UserError(f"The file {name} is empty. Nothing was taken.")
    media = mimetypes.guess_type(name)[0] or "application/octet-stream"
    done = desk.do(record_evidence, case, kept, name=name, from_=from_, media=media, note=note, visit=visit)
    return str(done.value)


@action("evidence.received")
def record_evidence(
    work: Work, case: str, kept: Kept, *, name: str, from_: str, media: str, note: str = "", visit: str = ""
) -> str:
    """The record of a file that lies in the store already."""
    work.get(Case, case)
    told = {
        "received": work.happened,
        "from_": from_,
        "type": type_of(media),
        "count": 1,
        "name": name,
        "note": note,
        "media": media,
    }
    stored = {"blob": kept.blob, "key": kept.key, "sha256": kept.sha256, "size": kept.size, "visit": visit}
    return new(work, Evidence, case_file(case), **told, **stored).id


@action("evidence.offered")
def record_not_taken(work: Work, case: str, from_: str, note: str, *, visit: str = "") -> str:
    """Something was shown or offered and could not be taken: it stays open until it is."""
    told = {
        "received": work.happened,
        "from_": from_,
        "type": "other",
        "note": note,
        "offered_not_taken": True,
        "visit": visit,
    }
    return new(work, Evidence, case_file(case), **told).id


@action("evidence.reviewed")
def review(work: Work, evidence: str, decision: str) -> None:
    """What we think of it, to be told to whoever gave it."""
    if not decision.strip():
        raise UserError("Write what you think of it: whoever gave it will be told.")
    put(work.get(Evidence, evidence), reviewed=work.happened, decision=decision.strip())


def open_evidence(desk: Desk, evidence: str) -> tuple[str, str, bytes]:
    """(name, media type, bytes) of a thing taken in; from memory, never through a temporary file."""
    found = desk.read(_where_it_lies, evidence)
    if found is None:
        raise UserError("This was offered and not taken: there is nothing to open.")
    name, media, blob, key = found
    return name, media, desk.files.read(blob, key)


def _where_it_lies(session: Session, evidence: str) -> tuple[str, str, str, str] | None:
    e = session.get(Evidence, evidence)
    return (e.name or "", e.media or "", e.blob, e.key) if e is not None and e.blob and e.key else None


def encrypted_name(session: Session, evidence: str) -> str:
    """The name under which a thing lies beside the store; empty for what was offered and not taken."""
    found = _where_it_lies(session, evidence)
    return found[2] if found else ""


def type_of(media: str) -> str:
    """The kind of evidence that a media type is, before anybody says otherwise."""
    start = media.split("/")[0]
    return {"image": "photo", "video": "video", "audio": "recording"}.get(start, "other")


def evidence_list(session: Session, case: str) -> tuple[EvidenceView, ...]:
    """What came in, newest first."""
    return tuple(_view(row) for row in all_rows(session, _OF_A_CASE, its_file=case_file(case)))


_OF_A_CASE = (
    sa.select(
        *(Evidence.id, Evidence.name, Evidence.note, Evidence.type, Evidence.received, Evidence.size, Evidence.media),
        Evidence.blob,
        Person.name.label("giver"),
    )
    .outerjoin(Person, Person.id == Evidence.from_)
    .where(Evidence.file == sa.bindparam("its_file"), Evidence.struck.is_(None))
    .order_by(Evidence.received.desc(), Evidence.id.desc())
)
"""Columns alone, with who gave it: a long case has hundreds, and its page is read anew after each write."""


@dataclass(frozen=True)
class Taken:
    """A thing taken in, or offered and not taken, on one visit."""

    name: str
    at: str
    """When, an instant."""
    size: int
    sha256: str
    note: str
    taken: bool


def taken_on(session: Session, visit: str) -> tuple[Taken, ...]:
    """What came in on one visit, in the order it came."""
    found = sa.select(Evidence).where(Evidence.visit == visit, Evidence.struck.is_(None))
    return tuple(
        Taken(e.name or "", e.received or "", e.size or 0, e.sha256 or "", e.note or "", bool(e.blob))
        for e in session.scalars(found.order_by(Evidence.received, Evidence.id))
    )


def _view(row: Sequence[Any]) -> EvidenceView:
    id_, name, note, type_, received, bytes_, media, blob, giver = row
    kind, when = label("evidence_type", type_), short_moment(received) if received else ""
    told = (id_, name or note or kind, kind, when, size(bytes_) if blob else "")
    return EvidenceView(*told, giver or "", media or "", bool(blob))
