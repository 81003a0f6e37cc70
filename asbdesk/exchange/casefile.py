"""A case file written out, as one PDF or as a folder: a block at a time, whole or not at all, and kept in the case."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asbdesk.casework import casefile as case_files
from asbdesk.casework import release
from asbdesk.casework.casefile import Asked, release_case_file
from asbdesk.casework.casefile.exhibits import exhibits, lies
from asbdesk.casework.casefile.eyes import all_eyes
from asbdesk.casework.sharing import Terms, share, stood_in
from asbdesk.clock import instant
from asbdesk.errors import NotWhole, UserError
from asbdesk.exchange.bagit import Bag, Counted
from asbdesk.exchange.casefile_work import ROW, Outgoing, Told, fill, pdf_into
from asbdesk.exchange.whole import whole_or_nothing

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk
    from asbdesk.documents.casefile import CaseFile

WHAT = "The case file"
PURPOSE = {
    "investigator": "To look into how the case was handled",
    "resident": "Their own copy",
    "court": "Court proceedings",
}


@dataclass(frozen=True)
class Written:
    """What was written, and where."""

    place: Path
    entries: int
    files: int
    size: int
    sha256: str
    """Of the PDF, or of the folder's list of files."""
    missing: tuple[str, ...] = ()
    """Names of files that are not on this laptop, and so not in it."""


def write_pdf(
    desk: Desk, case: str, asked: Asked, place: Path, override: release.Override | None = None, told: Told | None = None
) -> Written:
    """The case file as one PDF with its files inside. Raises UserError where there is something already, or it cannot
    be written; `release.Refused` with who, what and why; NotWhole for a damaged file. Nothing is left of a failure."""
    if place.exists():
        raise UserError(f"{place}: there is a file of this name already. Choose another name.")
    work = _prepared(desk, case, asked, override, told)
    with whole_or_nothing(place, WHAT) as part, part.open("wb") as out:
        counted = Counted(out)
        pdf_into(work, counted, inside=True)
        out.flush()
        os.fsync(out.fileno())
        done = Written(place, work.file.entries, len(work.here), counted.size, counted.sha256, work.missing)
        work.finished()
        _keep(work, case, done, override)
    return done


def write_folder(
    desk: Desk, case: str, asked: Asked, place: Path, override: release.Override | None = None, told: Told | None = None
) -> Written:
    """The case file as a folder of open formats: the PDF, its tables, the files as they are, and a list that anybody
    can check (BagIt). Raises as `write_pdf`."""
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise UserError(f"{place}: there is something here already. Choose a new folder, or an empty one.")
    work = _prepared(desk, case, asked, override, told)
    with whole_or_nothing(place, WHAT) as part:
        bag = Bag(part)
        fill(work, case, bag)
        made = {"Source_Organization": work.file.landlord, "External_Identifier": work.file.reference}
        mark = bag.close(Bagging_Date=work.file.made_on, Bag_Software_Agent="asbdesk", **made)
        size = sum(f.stat().st_size for f in part.rglob("*") if f.is_file())
        done = Written(place, work.file.entries, len(work.here), size, mark, work.missing)
        work.finished()
        _keep(work, case, done, override)
    return done


def first_page(desk: Desk, case: str, asked: Asked) -> bytes:
    """The first page alone, for the member's own eyes on the screen."""
    from asbdesk.documents.bundle import make

    at = instant(desk.clock.now())
    file = desk.read(case_files.case_file, case, desk.member, asked, at)
    return make(release.case_file_to_look_at(file, desk.member, at), first_page_only=True)


# ---- before
def _prepared(desk: Desk, case: str, asked: Asked, override: release.Override | None, told: Told | None) -> Outgoing:
    at = instant(desk.clock.now())
    gone = desk.read(_not_here, desk, case)
    asked = replace(asked, missing=frozenset(gone))
    released = desk.read(release_case_file, case, desk.member, asked, at, override)
    work = Outgoing(desk, released, told or _silent)
    for exhibit in released.what.exhibits:
        if exhibit.id not in gone:
            work.lies[exhibit.number] = desk.read(lies, exhibit)
    work.missing = tuple(e.name for e in released.what.exhibits if e.id in gone)
    work.of = 2 * sum(each.size for each in work.lies.values()) + (released.what.entries + 1) * ROW
    return work


def _silent(done: int, of: int) -> None:
    """Nobody asked."""


def _not_here(session: Any, desk: Desk, case: str) -> dict[str, str]:
    """Exhibits whose files are not on this laptop: id to name."""
    found = {}
    for exhibit in exhibits(session, case, all_eyes()):
        try:
            desk.files.path(lies(session, exhibit).blob)
        except NotWhole:
            found[exhibit.id] = exhibit.name
    return found


# ---- after
def _keep(work: Outgoing, case: str, done: Written, override: release.Override | None) -> None:
    """Write down in the case that it left: what, to whom, its mark, and why although something stood in its way."""
    file, desk = work.file, work.desk
    stood = desk.read(_stood, case, desk.member, file)
    terms = Terms(to=file.to, purpose=PURPOSE[file.copy], permission="", until="")
    what = [f"The case file ({file.copy}): {file.entries} entries, {len(work.here)} files"]
    evidence = [e.id for e in work.here if e.kind == "evidence"]
    wrote: dict[str, Any] = {"sha256": done.sha256, "size": done.size, "encrypted": False, "evidence": evidence}
    desk.do(share, case, "casefile", terms, what, stood=stood, override=override if stood else None, **wrote)


def _stood(session: Any, case: str, member: str, file: CaseFile) -> tuple[str, ...]:
    return stood_in(session, case_files.leaving(session, case, member, file))
