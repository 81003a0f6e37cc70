"""The documents and the evidence that go with a case file, numbered, and where their bytes lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from asbdesk.casework import people
from asbdesk.casework.casefile.eyes import Eyes, private_evidence, private_paper
from asbdesk.casework.casefile.reading import moment
from asbdesk.casework.parts.reading import standing
from asbdesk.casework.words import label, size
from asbdesk.clock import london_day
from asbdesk.documents.casefile import Exhibit
from asbdesk.model import Custody, Evidence, Letter, Person, PlanVersion

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

STEPS = {
    "taken": "Taken in", "copied": "Copied", "shown": "Shown", "handed_over": "A copy handed over",
    "redacted": "A redacted copy was made", "fetched": "Fetched",
}  # fmt: skip


@dataclass(frozen=True)
class Lies:
    """Where the bytes of an exhibit lie in the store."""

    blob: str
    key: str
    sha256: str
    size: int


def exhibits(session: Session, case: str, eyes: Eyes, left: frozenset[str] = frozenset()) -> tuple[Exhibit, ...]:
    """Everything with a file, plans and letters first, each in the order it came. `eyes` are the resident's: what is
    not for them is marked. `left`: evidence that the officer leaves out."""
    resident = people.reporter_of(session, case)
    found: list[Exhibit] = []
    for v in _by_time(standing(session, PlanVersion, case)):
        if v.sealed:
            found.append(_plan(len(found) + 1, v, private_paper(session, eyes, resident, v)))
    for x in _by_time(standing(session, Letter, case)):
        if x.sealed:
            found.append(_letter(len(found) + 1, x, private_paper(session, eyes, resident, x)))
    steps = defaultdict(list)
    for step in sorted(standing(session, Custody, case), key=lambda c: (c.at or "", c.id)):
        steps[step.evidence or ""].append(_step(step))
    for e in sorted(standing(session, Evidence, case), key=lambda e: (e.received or "", e.id)):
        if e.blob and e.id not in left:
            told = tuple(_told(session, e, steps[e.id]))
            found.append(_evidence(len(found) + 1, e, told, private_evidence(resident, e)))
    return tuple(found)


def _by_time(found: list) -> list:  # type: ignore[type-arg]  # of plans, or of letters
    return sorted(found, key=lambda x: (x.at or "", x.id))


def _plan(number: int, v: PlanVersion, private: bool) -> Exhibit:
    title = f"Plan {v.number or ''}{f', {moment(v.at)}' if v.at else ''}"
    name = f"plan-{v.number or number}.pdf"
    told = (f"Copy given {v.copy_given}",) if v.copy_given else ()
    rest = ("application/pdf", v.sealed_size or 0, v.sealed_sha256 or "")
    return Exhibit(number, v.id, "plan", title, name, *rest, told=told, private=private)


def _letter(number: int, x: Letter, private: bool) -> Exhibit:
    title = f"{x.title or 'Letter'}{f' to {x.to}' if x.to else ''}{f', {moment(x.at)}' if x.at else ''}"
    rest = ("application/pdf", x.sealed_size or 0, x.sealed_sha256 or "")
    return Exhibit(number, x.id, "letter", title, f"letter-{number:03d}.pdf", *rest, private=private)


def _evidence(number: int, e: Evidence, told: tuple[str, ...], private: bool) -> Exhibit:
    came = f"Came {moment(e.received)}" if e.received else ""
    name = e.name or "file"
    title = f"{label('evidence_type', e.type)}: {name}"
    rest = (e.media or "application/octet-stream", e.size or 0, e.sha256 or "", came)
    return Exhibit(number, e.id, "evidence", title, name, *rest, told, private)


def _told(session: Session, e: Evidence, steps: list[str]) -> Iterator[str]:
    giver = session.get(Person, e.from_) if e.from_ else None
    if giver is not None and giver.name:
        yield f"From {giver.name}"
    for words in (e.note, e.captured):
        if words:
            yield words
    if e.reviewed:
        yield f"Looked at {london_day(e.reviewed)}: {e.decision or ''}"
    yield f"{size(e.size)}, {e.media or 'kind not known'}"
    yield from steps


def _step(step: Custody) -> str:
    who = f" to {step.to}" if step.to else ""
    return f"{STEPS.get(step.what or '', step.what or 'A step')}{who}, {moment(step.at) if step.at else ''}"


def lies(session: Session, exhibit: Exhibit) -> Lies:
    """Where an exhibit's bytes lie."""
    if exhibit.kind == "evidence":
        e = session.get_one(Evidence, exhibit.id)
        return Lies(e.blob or "", e.key or "", e.sha256 or "", e.size or 0)
    kept: PlanVersion | Letter = (
        session.get_one(PlanVersion, exhibit.id) if exhibit.kind == "plan" else session.get_one(Letter, exhibit.id)
    )
    return Lies(kept.sealed or "", kept.sealed_key or "", kept.sealed_sha256 or "", kept.sealed_size or 0)


def file_name(exhibit: Exhibit) -> str:
    """A name that every system takes, which begins with the exhibit's number."""
    import re

    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", exhibit.name).strip(".-")[-70:] or "file"
    suffix = PurePath(exhibit.name).suffix
    return f"exhibit-{exhibit.number:03d}-{stem if stem.endswith(suffix) or not suffix.isascii() else stem + suffix}"
