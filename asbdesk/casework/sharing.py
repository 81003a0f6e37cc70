"""Sharing with another body: what is chosen, on what terms, written out locked, and kept as a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import release
from asbdesk.casework.landlord import landlord_view
from asbdesk.casework.records import case_file, put
from asbdesk.casework.saved import save
from asbdesk.casework.told import NOTHING, Said, became, happen, in_case, words
from asbdesk.casework.way_out import Leaving
from asbdesk.clock import instant, london_day, short_moment
from asbdesk.documents.share_pack import Attached, Pack, Told
from asbdesk.errors import UserError
from asbdesk.model import Case, DiaryEntry, Evidence, Report, Share
from asbdesk.store.work import action

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.casework.parts import Part, PartCard
    from asbdesk.documents.released import Released
    from asbdesk.store.journal import Done
    from asbdesk.store.work import Work

MOST = 250_000_000
"""Bytes of all files in one pack: more is handed over on a stick, which is a step in their keeping."""
NOT_SHARED = ("sharing", "letters", "complaints", "crossing_out", "course")
"""Parts of a case that no pack offers: our own affairs."""
WITHOUT_YES = ("no", "not_possible")
WAYS = {
    "pack": "A share pack",
    "spoken": "Told",
    "export": "The whole case, exported",
    "casefile": "The case file",
    "print": "Printed",
    "copy": "A copy saved",
    "visits": "The list of visits",
}


@dataclass(frozen=True)
class Terms:
    """To whom, what for, and why we may."""

    to: str
    purpose: str
    permission: str
    until: str
    person: str = ""
    basis: str = ""
    decided_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Chosen:
    """What of the case goes: ids of records and of evidence, and why where something stood in the way."""

    told: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    override: release.Override = field(default_factory=release.Override)


# ---- what can be chosen
def offered(session: Session, case: str, today: str) -> tuple[Told, ...]:
    """Every record that may be shared, in the words of the file: reports first, then part by part."""
    from asbdesk.casework.parts import parts

    found = [_report(r) for r in session.scalars(_reports(case))]
    for part in parts():
        if part.name not in NOT_SHARED:
            cards = [card for card in part.cards(session, case, today) if card.about]
            found += [_told(part, card) for card in cards if part.name != "evidence" or _is_diary(session, card)]
    return tuple(found)


def _told(part: Part, card: PartCard) -> Told:
    stands = ", ".join(pill.text for pill in card.pills)
    lines = tuple(line for line in (stands, *card.lines) if line)
    return Told(card.about, part.title, card.title, card.when, lines, card.text)


def _is_diary(session: Session, card: PartCard) -> bool:
    """A diary's entry is words; other evidence goes as its file."""
    return session.get(DiaryEntry, card.about) is not None


def _reports(case: str) -> sa.Select[Report]:
    found = sa.select(Report).where(Report.file == case_file(case), Report.struck.is_(None))
    return found.order_by(Report.received.desc(), Report.id.desc())


def _report(report: Report) -> Told:
    lines = tuple(t for t in (report.happened, report.place) if t)
    when = short_moment(report.received) if report.received else ""
    return Told(report.id, "What was reported", "Report", when, lines, report.words or "")


def files_of(session: Session, case: str) -> tuple[Attached, ...]:
    """The evidence of a case whose file lies here, newest first."""
    found = sa.select(Evidence).where(Evidence.file == case_file(case), Evidence.struck.is_(None))
    kept = session.scalars(found.where(Evidence.blob.is_not(None)).order_by(Evidence.received.desc(), Evidence.id))
    return tuple(_attached(e) for e in kept)


def _attached(e: Evidence) -> Attached:
    came = short_moment(e.received) if e.received else ""
    return Attached(e.id, e.name or "file", e.size or 0, e.sha256 or "", came)


# ---- making it
def new_password() -> str:
    """Words that are easily said over the telephone. They are kept nowhere."""
    from asbdesk.store.passphrase import suggested

    return suggested()


def release_pack(session: Session, case: str, member: str, terms: Terms, chosen: Chosen, at: str) -> Released[Pack]:
    """What was chosen, released for its reader. Raises UserError for what is missing, `release.Refused` with who, what
    and why."""
    _check(terms, chosen)
    told = tuple(each for each in offered(session, case, london_day(at)) if each.id in chosen.told)
    files = tuple(each for each in files_of(session, case) if each.id in chosen.evidence)
    if sum(each.size for each in files) > MOST:
        raise UserError("These files are larger than 250 MB together. Leave some out, and hand them over on a stick.")
    us = landlord_view(session, member)
    reference = session.get_one(Case, case).reference or ""
    how = {name: getattr(terms, name) for name in ("to", "person", "purpose", "permission", "basis", "until")}
    pack = Pack(reference, us.name, us.officer, us.officer_number, told=told, files=files, **how)
    return release.release_out(session, _leaving(case, member, terms, pack), pack, "pack", at, chosen.override)


def _leaving(case: str, member: str, terms: Terms, pack: Pack) -> Leaving:
    """The pack about to leave; nobody can look through a picture or a recording for whom it shows."""
    texts = None if pack.files else (*(each.words for each in pack.told), terms.purpose)
    return Leaving(case, member, "The pack", terms.to, terms.person, texts=texts, basis=terms.basis)


def _check(terms: Terms, chosen: Chosen) -> None:
    words(terms.to, "Write to whom it goes.")
    words(terms.purpose, "Write what it is for: they may use it for nothing else.")
    words(terms.until, "Write until when they may keep it.")
    decided(terms)
    if not chosen.told and not chosen.evidence:
        raise UserError("Choose what of the case they need: at least one record or one file.")


def decided(terms: Terms) -> None:
    """Raises UserError where it is told without a yes, and not why or by whom that was decided."""
    if terms.permission in WITHOUT_YES and not (terms.basis.strip() and terms.decided_by.strip()):
        raise UserError("Without their yes, write the power used, why it is needed, and who decided.")


def may_be_told(
    session: Session, case: str, member: str, terms: Terms, what: Iterable[str], why: str = ""
) -> tuple[str, ...]:
    """What stood in the way of telling this to that body, in words; `why` it is told all the same. Raises
    `release.Refused` where something does and no reason is given."""
    from asbdesk.casework.way_out import must_not_hear

    leaving = Leaving(case, member, "What is told", terms.to, terms.person, texts=tuple(what), basis=terms.basis)
    found = must_not_hear(session, leaving)
    if found and not why.strip():
        raise release.Refused(terms.to, found)
    return tuple(release.sentence(each) for each in found)


@dataclass(frozen=True)
class Made:
    """A pack on its way out: the locked file, and what is to be written down of it."""

    data: bytes
    pack: Pack
    stood: tuple[str, ...]
    """What stood in the way and was decided otherwise."""


def make_pack(desk: Desk, case: str, terms: Terms, chosen: Chosen, password: str) -> Made:
    """The locked PDF, in memory alone. Raises as `release_pack`, and for a file that is damaged."""
    from asbdesk.casework.evidence import open_evidence
    from asbdesk.documents.share_pack import locked, make

    at = instant(desk.clock.now())
    released = desk.read(release_pack, case, desk.member, terms, chosen, at)
    pack = released.what
    files = [(each.name, open_evidence(desk, each.id)[2]) for each in pack.files]
    stood = desk.read(stood_in, _leaving(case, desk.member, terms, pack))
    return Made(locked(make(released), files, password), pack, stood)


def stood_in(session: Session, leaving: Leaving) -> tuple[str, ...]:
    """What stands in the way, in words, to be kept with the reason."""
    from asbdesk.casework.way_out import in_the_way

    return tuple(release.sentence(found) for found in in_the_way(session, leaving))


def hand_out(desk: Desk, case: str, terms: Terms, chosen: Chosen, made: Made, place: Path) -> Done[Any]:
    """Write the pack to the place the officer chose, and keep the record of it. Raises UserError where either cannot
    be done: then nothing was shared, and nothing is recorded."""
    import hashlib

    wrote: dict[str, Any] = {"sha256": hashlib.sha256(made.data).hexdigest(), "size": len(made.data), "encrypted": True}
    what = [f"{each.group}: {each.title}{f' ({each.when})' if each.when else ''}" for each in made.pack.told]
    what += [f"File: {each.name}" for each in made.pack.files]
    evidence = [each.id for each in made.pack.files]
    wrote |= {"stood": made.stood, "override": chosen.override if made.stood else release.Override()}
    save(place, made.data, "the pack", for_others=True)
    try:
        return desk.do(share, case, "pack", terms, what, evidence=evidence, **wrote)
    except BaseException:
        place.unlink(missing_ok=True)
        raise


# ---- the record
@action("share.made")
def share(
    work: Work,
    case: str,
    way: str,
    terms: Terms,
    what: Sequence[str],
    *,
    evidence: Iterable[str] = (),
    stood: Iterable[str] = (),
    override: release.Override | None = None,
    **wrote: Any,
) -> str:
    """Something left us. Keywords: `sha256`, `size`, `encrypted`. Each piece of evidence has a step in its keeping."""
    from asbdesk.casework.evidence_told import custody

    items = list(evidence)
    for one in items:
        found = in_case(work, Evidence, one, case)
        custody(work, case, one, "handed_over", to=terms.to, sha256=found.sha256 or "")
    told = {name: getattr(terms, name) for name in ("to", "person", "purpose", "permission", "basis", "decided_by")}
    why = {"overridden": list(stood), "override": override.reason if override else ""}
    rest = {"what": list(what), "evidence": items, "until": terms.until, **why, **wrote}
    return happen(work, Share, case, Said(note=terms.note), way=way, **told, **rest)


@action("share.left")
def left(
    work: Work, case: str, way: str, what: str, *, to: str = "", stood: Iterable[str] = (), reason: str = ""
) -> str:
    """Something left us although something stood in its way, or a whole case was exported: what, why, and for whom."""
    why = {"overridden": list(stood), "override": reason.strip()}
    return happen(work, Share, case, NOTHING, way=way, to=to, what=[what], **why)


@action("share.told")
def told_resident(work: Work, case: str, share_: str, *, said: Said = NOTHING) -> str:
    """The resident was told what was shared, with whom and why."""
    in_case(work, Share, share_, case)
    return became(work, case, "share_told", share_, said)


@action("share.ended")
def end(work: Work, case: str, share_: str, *, on: str = "") -> None:
    """They gave it back, or destroyed it, as they told us."""
    put(in_case(work, Share, share_, case), ended=on or london_day(work.happened))
