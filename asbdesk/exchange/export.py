"""A whole case as a folder of files that anybody can read for ever without asbdesk: history, records, documents."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.release import Override, release_case
from asbdesk.casework.seals import PAPERS, SEAL, TIME_STAMP, copies
from asbdesk.casework.sharing import left, stood_in
from asbdesk.casework.way_out import WHOLE, Leaving
from asbdesk.errors import UserError
from asbdesk.exchange.history_out import history_of
from asbdesk.exchange.whole import whole_or_nothing
from asbdesk.model import Evidence, Involvement, Letter, Person, PlanVersion, kinds
from asbdesk.model.journal import body, entry

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.documents.released import Released

ABOUT = (
    "Everything that asbdesk holds of one case. records: each record as it stands, by kind. entries: the journal's "
    "own lines, as they were written: who did what, when it happened and when it was recorded, and each value set. "
    "Instants are UTC; days are London's."
)

CALLED = {PlanVersion.kind: "plan", Letter.kind: "letter"}
BEARS = {"": "", SEAL: "-sealed-twice", TIME_STAMP: "-time-stamped"}
"""What a copy bears beside its first seal → how the end of its file's name says so."""


@dataclass(frozen=True)
class Exported:
    """What was written."""

    folder: Path
    events: int
    records: int
    entries: int
    files: int


def export_case(desk: Desk, case: str, folder: Path, reason: str = "") -> Exported:
    """Write a case whole into a new or empty folder, and keep in the case that it was. Raises UserError when something
    is in the folder, it cannot be written, or a file is damaged; `release.Refused` where somebody must not be told of
    somebody in it, and no `reason` says why it goes all the same. Nothing is left of a failure."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder}: there is something here already. Choose a new folder, or an empty one.")
    released = desk.read(release_case, case, desk.member, _now(desk), Override(reason))
    stood = desk.read(stood_in, Leaving(case, desk.member, WHOLE))
    with whole_or_nothing(folder, WHOLE) as part:
        part.mkdir()
        done = _write(desk, released, part)
        desk.do(left, case, "export", WHOLE, stood=stood, reason=reason if stood else "")
    return replace(done, folder=folder)


def _now(desk: Desk) -> str:
    from asbdesk.clock import instant

    return instant(desk.clock.now())


def _write(desk: Desk, released: Released[str], folder: Path) -> Exported:
    case = released.what
    history = desk.read(history_of, case)
    told = desk.read(records_of, case)
    (folder / "history.json").write_text(history, encoding="utf-8", newline="\n")
    told["files"] = [_copy_out(desk, folder, place, blob, key) for place, blob, key in desk.read(_files, case)]
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (folder / "records.json").write_text(text, encoding="utf-8", newline="\n")
    records = sum(len(rows) for rows in told["records"].values())
    events = len(json.loads(history)["events"])
    return Exported(folder, events, records, len(told["entries"]), len(told["files"]))


def records_of(session: Session, case: str) -> dict[str, Any]:
    """Every record and every entry of the case's files: the case, its people, their homes."""
    files = case_files(session, case)
    records = {kind: rows for kind, cls in sorted(kinds().items()) if (rows := _rows(session, cls, files))}
    lines = sa.select(body.c.text).join(entry, entry.c.n == body.c.n).where(entry.c.file.in_(files))
    entries = [json.loads(text) for text in session.scalars(lines.order_by(entry.c.n))]
    return {"about": ABOUT, "case": case, "files": [], "records": records, "entries": entries}


def case_files(session: Session, case: str) -> list[str]:
    """The case, and the people and homes in it."""
    involved = sa.select(Involvement.person).where(Involvement.file == f"case/{case}").distinct()
    people = sorted(p for p in session.scalars(involved) if p)
    homes = session.scalars(sa.select(Person.home).where(Person.id.in_(people)).distinct())
    return [f"case/{case}", *(f"person/{p}" for p in people), *sorted(f"home/{h}" for h in homes if h)]


def _rows(session: Session, cls: Any, files: list[str]) -> list[dict[str, Any]]:
    """The records of a kind, struck ones too; fields that say nothing are left out."""
    names = [c.key for c in sa.inspect(cls).columns]
    found = session.scalars(sa.select(cls).where(cls.file.in_(files)).order_by(cls.id))
    return [{n: value for n in names if (value := getattr(row, n)) is not None} for row in found]


def _files(session: Session, case: str) -> list[tuple[str, str, str]]:
    """(place, name in the store, key) of each document and piece of evidence."""
    mine = f"case/{case}"
    found: list[tuple[str, str, str]] = []
    cls: Any
    for kind, cls in PAPERS.items():
        sealed = sa.select(cls).where(cls.file == mine, cls.sealed.is_not(None))
        for paper in session.scalars(sealed.order_by(cls.id)):
            name = paper.number if isinstance(paper, PlanVersion) else paper.title
            for copy in copies(session, f"{kind}/{paper.id}"):
                place = f"documents/{CALLED[kind]}-{_plain(name or '')}{BEARS[copy.last]}.pdf"
                found.append((place, copy.blob, copy.key))
    kept = sa.select(Evidence).where(Evidence.file == mine, Evidence.blob.is_not(None)).order_by(Evidence.id)
    for n, thing in enumerate(session.scalars(kept), 1):
        found.append((f"evidence/{n:03d}-{_plain(thing.name or 'file')}", thing.blob or "", thing.key or ""))
    return found


def _plain(name: str) -> str:
    """A name that every system takes as one file's: letters, figures, dots and dashes, at most 80."""
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-")
    return stem[-80:] or "file"


def _copy_out(desk: Desk, folder: Path, place: str, blob: str, key: str) -> dict[str, Any]:
    """Copy one file out, a piece at a time, never over another. What it is and its hash."""
    import hashlib
    import shutil

    target = _free(folder / place)
    target.parent.mkdir(exist_ok=True)
    with desk.files.open(blob, key) as kept, target.open("xb") as out:
        shutil.copyfileobj(kept, out, 1 << 20)
    with target.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    return {"file": target.relative_to(folder).as_posix(), "stored_as": blob, "sha256": digest}


def _free(place: Path) -> Path:
    """The place, or the next free name beside it (two versions of a plan may share a number)."""
    n, found = 1, place
    while found.exists():
        n += 1
        found = place.with_name(f"{place.stem}-{n}{place.suffix}")
    return found
