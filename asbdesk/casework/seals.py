"""Copies of a sealed paper that bear more than its first seal: a second officer's seal, a time stamp.

The paper as it was signed stays what it is; each later copy begins with every byte of the one it was put on, and is
kept beside it. What is handed out is the newest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.identity import officer_identity
from asbdesk.casework.records import case_of, new
from asbdesk.clock import instant, london_day, plain_day, short_moment
from asbdesk.errors import UserError
from asbdesk.model import Case, LaterSeal, Letter, PlanVersion
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.documents.authority import Identity
    from asbdesk.store.files import Kept
    from asbdesk.store.work import Work

PAPERS: dict[str, type[PlanVersion] | type[Letter]] = {PlanVersion.kind: PlanVersion, Letter.kind: Letter}
"""Records that name a sealed paper, all by the same four fields."""
SEAL, TIME_STAMP = "seal", "time_stamp"


@dataclass(frozen=True)
class Copy:
    """One copy of a sealed paper. `document`: `kind/id` of the record; `last`: what was put on it last."""

    document: str
    file: str
    blob: str
    key: str
    sha256: str
    last: str = ""


def copies(session: Session, document: str) -> tuple[Copy, ...]:
    """Every copy of a paper, as it was signed first, the newest last; empty where it was never sealed here."""
    kind, _, record = document.partition("/")
    paper = session.get(PAPERS[kind], record) if kind in PAPERS else None
    if not isinstance(paper, PlanVersion | Letter) or not (paper.sealed and paper.sealed_key):
        return ()
    first = Copy(document, paper.file or "", paper.sealed, paper.sealed_key, paper.sealed_sha256 or "")
    later = sa.select(LaterSeal).where(LaterSeal.file == paper.file, LaterSeal.document == document)
    found = list(session.scalars(later.where(LaterSeal.struck.is_(None)).order_by(LaterSeal.at, LaterSeal.id)))
    line = [first]
    while following := [each for each in found if each.onto == line[-1].sha256]:
        one = following[-1]
        line.append(
            Copy(
                document,
                paper.file or "",
                one.sealed or "",
                one.sealed_key or "",
                one.sealed_sha256 or "",
                one.what or "",
            )
        )
        found = [each for each in found if each.onto != one.onto]
    return tuple(line)


def newest(session: Session, document: str) -> tuple[str, str] | None:
    """(blob, key) of the newest copy of a paper, or None."""
    found = copies(session, document)
    return (found[-1].blob, found[-1].key) if found else None


@action("seal.time_stamped")
def keep_stamped(work: Work, onto: Copy, name: str, at: str, kept: Kept) -> str:
    """The copy with a time stamp of the authority called `name`, which certifies the instant `at`. Its id."""
    return _keep(work, onto, TIME_STAMP, name, at, kept)


@action("seal.second_put")
def keep_second(work: Work, onto: Copy, name: str, at: str, kept: Kept) -> str:
    """The copy with a second officer's seal. Its id."""
    return _keep(work, onto, SEAL, name, at, kept)


def _keep(work: Work, onto: Copy, what: str, name: str, at: str, kept: Kept) -> str:
    return new(
        work,
        LaterSeal,
        onto.file,
        document=onto.document,
        what=what,
        name=name,
        at=at,
        onto=onto.sha256,
        sealed=kept.blob,
        sealed_key=kept.key,
        sealed_sha256=kept.sha256,
        sealed_size=kept.size,
    ).id


def second_seal(desk: Desk, plan: str, identity: Identity | None = None) -> bytes:
    """Put this officer's own seal on a plan that another officer sealed. The new copy.

    `identity`: another than this desk's. Raises UserError: not sealed, sealed twice already, or by the same officer.
    """
    from asbdesk.documents.authority import common_name
    from asbdesk.documents.seal import SECOND, seal
    from asbdesk.documents.verify import verify

    found = desk.read(copies, f"{PlanVersion.kind}/{plan}")
    if not found:
        raise UserError("This plan has no locked copy yet, so nobody can lock it a second time.")
    own, authority = officer_identity(desk)
    own = identity or own
    pdf = desk.files.read(found[-1].blob, found[-1].key)
    before = verify(pdf, authority)
    if not before.passes:
        raise UserError(f"This plan was not locked again. {before.words[0]}")
    if common_name(own.cert_pem) in (name for name, _ in before.seals):
        raise UserError("You locked this plan yourself. A second officer locks it, on their own laptop.")
    at = instant(desk.clock.now())
    made = seal(pdf, own, authority, reason="Second seal", at=at, field=SECOND)
    desk.do(keep_second, found[-1], common_name(own.cert_pem), at, desk.files.keep(made))
    return made


def kept_here(session: Session, sha256: str) -> str:
    """Of which paper this is a copy, byte for byte, in words; empty where this desk keeps none like it."""
    for cls in (*PAPERS.values(), LaterSeal):
        found = session.scalars(sa.select(cls).where(cls.sealed_sha256 == sha256).limit(1)).first()
        if isinstance(found, LaterSeal):
            kind, _, record = (found.document or "").partition("/")
            found = session.get(PAPERS[kind], record) if kind in PAPERS else None
        if isinstance(found, PlanVersion | Letter):
            what = f"plan {found.number or ''}".strip() if isinstance(found, PlanVersion) else "a letter"
            case = session.get(Case, case_of(found))
            later = _in_its_place(session, found) if isinstance(found, PlanVersion) else ""
            return f"{what} of case {case.reference if case else ''}".strip() + later
    return ""


def _in_its_place(session: Session, plan: PlanVersion) -> str:
    """A later version voids nothing silently: it says which plan it takes the place of, and so does a check of that."""
    others = session.scalars(sa.select(PlanVersion).where(PlanVersion.file == plan.file, PlanVersion.struck.is_(None)))
    later = [each for each in others if plan.id in (each.follows or ())]
    if not later:
        return ""
    one = min(later, key=lambda each: (each.at or "", each.id))
    return f"; plan {one.number or ''} has taken its place on {plain_day(london_day(one.at))}" if one.at else ""


@dataclass(frozen=True)
class Sealing:
    """How a plan is sealed, in words; `may_follow`: this officer may seal it as the second one."""

    words: str
    may_follow: bool


def sealing(session: Session, plan: str, officer: str) -> Sealing | None:
    """What stands on the newest copy of a plan; None where it was never sealed."""
    found = copies(session, f"{PlanVersion.kind}/{plan}")
    if not found:
        return None
    record = session.get_one(PlanVersion, plan)
    first = str((record.content or {}).get("officer") or "")
    later = sa.select(LaterSeal).where(LaterSeal.file == record.file, LaterSeal.document == found[0].document)
    put_on = list(session.scalars(later.where(LaterSeal.struck.is_(None)).order_by(LaterSeal.at)))
    names = [first, *(each.name or "" for each in put_on if each.what == SEAL)]
    said = f"Locked by {' and '.join(name for name in names if name)}" if any(names) else "Locked"
    stamps = [each.at for each in put_on if each.what == TIME_STAMP and each.at]
    said += f", time stamp of {short_moment(stamps[-1])}" if stamps else ""
    return Sealing(said, len(names) == 1 and bool(officer) and officer != first)
