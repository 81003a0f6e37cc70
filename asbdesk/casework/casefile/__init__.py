"""The case file: a whole case for an investigator, for the resident, or for a court, put together and released.

Everything is read first, then seen through the reader's eyes (`eyes.py`): what they may not see is not in what is
handed on, so it cannot be in the file. Its order is PRACTICE.md 23.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from asbdesk.casework import people, release
from asbdesk.casework.casefile import eyes, whole
from asbdesk.casework.casefile.chapters import BEFORE, LACKS
from asbdesk.casework.casefile.exhibits import exhibits
from asbdesk.casework.casefile.front import front
from asbdesk.casework.casefile.lacks import lacks
from asbdesk.casework.casefile.reading import Reading, reading
from asbdesk.casework.landlord import landlord_view
from asbdesk.casework.way_out import CASE_FILE, Leaving
from asbdesk.clock import london_day
from asbdesk.documents.casefile import CaseFile, Chapter, Copy, Exhibit, Line
from asbdesk.errors import UserError
from asbdesk.model import Case

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.casefile.eyes import Eyes
    from asbdesk.documents.released import Released

TO = {"investigator": "the Housing Ombudsman", "court": "the court, and the other side"}
"""For whom a copy is, unless it is said otherwise."""
COPIES: tuple[Copy, ...] = ("investigator", "resident", "court")


@dataclass(frozen=True)
class Asked:
    """Which copy. `third_parties`: False takes the names and homes of others out of every copy; `looked` adds who
    looked at the case; `left` are ids of evidence that does not go; `missing` exhibits' blobs that are not here."""

    copy: Copy
    to: str = ""
    third_parties: bool = True
    looked: bool = False
    left: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()


def case_file(session: Session, case: str, member: str, asked: Asked, at: str) -> CaseFile:
    """The case as this reader may see it, before it is released: to be looked at by the member who gives it out.
    Raises UserError for a resident's copy of a case without one, NotWhole for a damaged entry."""
    found = session.get_one(Case, case)
    resident = people.reporter_of(session, case)
    if asked.copy == "resident" and resident is None:
        raise UserError("Nobody in this case can be given a copy of it: who reported it is not known.")
    theirs = eyes.residents(session, case)
    see = _eyes(session, case, asked, theirs)
    r = reading(session, case, london_day(at))
    kept = tuple(e for x in exhibits(session, case, theirs, asked.left) if (e := see.exhibit(x)))
    kept = tuple(
        replace(e, number=n, private=e.private and asked.copy == "investigator") for n, e in enumerate(kept, 1)
    )
    r.numbers.update({e.id: e.number for e in kept})
    chapters = [see.chapter(c) for c in _chapters(r, asked, member, kept)]
    if asked.copy == "investigator":
        chapters = [replace(c, tables=tuple(theirs.table(t) for t in c.tables)) for c in chapters]
    else:
        chapters = [_unmarked(c) for c in chapters]
    lacking = next(c.lines for c in chapters if c.id == "lacks")
    us = landlord_view(session, member)
    to = asked.to.strip() or TO.get(asked.copy) or (resident.name if resident else "") or "the resident"
    return CaseFile(
        asked.copy, found.reference or "", see.words(found.title or ""), us.name, us.officer, us.officer_number, to,
        r.today, see.front(front(r, lacking, LACKS)), tuple(chapters), kept, tuple(sorted(see.left.items())),
    )  # fmt: skip


def _eyes(session: Session, case: str, asked: Asked, theirs: Eyes) -> Eyes:
    if asked.copy == "resident":
        return theirs
    if asked.copy == "court":
        return eyes.strangers(session, case, third_parties=asked.third_parties)
    return eyes.all_eyes() if asked.third_parties else eyes.without_names(session, case)


def _chapters(r: Reading, asked: Asked, member: str, kept: tuple[Exhibit, ...]) -> list[Chapter]:
    made = [make(r) for make in BEFORE]
    missing = tuple(
        Line((r.say.bare("lacks.not_here", number=str(e.number), name=e.name),)) for e in kept if e.id in asked.missing
    )
    made += [lacks(r, missing), whole.chronology(r), whole.integrity(r, len(kept) - len(missing), member)]
    return [*made, whole.looked(r)] if asked.looked else made


def _unmarked(chapter: Chapter) -> Chapter:
    tables = (replace(t, lines=tuple(replace(x, private=False) for x in t.lines)) for t in chapter.tables)
    return replace(chapter, tables=tuple(tables))


def leaving(session: Session, case: str, member: str, file: CaseFile) -> Leaving:
    """The file about to leave. A court's papers go to the other side as well: nobody can say who will see them."""
    if file.copy == "resident":
        resident = people.reporter_of(session, case)
        reader = resident.id if resident is not None else ""
        return Leaving(case, member, CASE_FILE, file.to, reader=reader, texts=file.texts())
    if file.copy == "court":
        return Leaving(case, member, CASE_FILE, texts=file.texts())
    return Leaving(case, member, CASE_FILE, file.to, basis="An investigation of our service")


def release_case_file(
    session: Session,
    case: str,
    member: str,
    asked: Asked,
    at: str,
    override: release.Override | None = None,
) -> Released[CaseFile]:
    """The file for its reader. Raises `release.Refused` with who, what and why."""
    file = case_file(session, case, member, asked, at)
    return release.release_out(session, leaving(session, case, member, file), file, "casefile", at, override)
