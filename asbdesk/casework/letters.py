"""Letters of a case: which fit, one drafted and looked at, checked, sealed and kept as sent, and the day it went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import release
from asbdesk.casework.identity import officer_identity
from asbdesk.casework.letter_checks import Going, Obstacle, in_the_way, to_look_at
from asbdesk.casework.letter_facts import address_of, facts_for, open_complaint, role_of
from asbdesk.casework.records import case_file, new
from asbdesk.casework.seals import newest
from asbdesk.clock import instant
from asbdesk.documents.letter import LetterPaper
from asbdesk.errors import UserError
from asbdesk.letters.facts import FACTS
from asbdesk.letters.fill import asked, fill, missing
from asbdesk.letters.load import library
from asbdesk.letters.tone import Mark
from asbdesk.letters.wording import Ask, Facts, Wording
from asbdesk.model import Case, Landlord, Letter
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.store.files import Kept
    from asbdesk.store.journal import Done
    from asbdesk.store.work import Work


@dataclass(frozen=True)
class LetterDraft:
    """A letter being written. `address`: the envelope's lines; None for the person's own, empty to hand it over."""

    case: str
    letter: str
    person: str
    answers: Mapping[str, object] = field(default_factory=dict)
    address: tuple[str, ...] | None = None
    large: bool = False
    override: release.Override = field(default_factory=release.Override)


@dataclass(frozen=True)
class LetterLook:
    """A draft as it stands: what it asks, the paper, and what is in its way."""

    wording: Wording
    asks: tuple[Ask, ...]
    facts: Facts
    paper: LetterPaper
    missing: tuple[str, ...]
    """What is to be filled in, in words."""
    missing_asks: tuple[str, ...]
    """Ids of the questions among them."""
    obstacles: tuple[Obstacle, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class LetterSent:
    """A letter sealed and kept. `done` can be undone."""

    id: str
    title: str
    pdf: bytes
    done: Done[Any]


def offered(desk: Desk, case: str, person: str) -> tuple[Wording, ...]:
    """The letters that fit this case and this person, in the order of their names."""
    facts = desk.read(facts_for, case, person, desk.member, desk.today)
    role = desk.read(role_of, case, person)
    every = library(desk.store.paths.own_letters).values()
    return tuple(sorted((w for w in every if w.to in ("anyone", role) and w.fits.holds(facts)), key=lambda w: w.name))


def wording(desk: Desk, letter: str) -> Wording:
    """The words of a letter. Raises UserError when there is none of that name."""
    found = library(desk.store.paths.own_letters).get(letter)
    if found is None:
        raise UserError(f"There is no letter called “{letter}”. Choose one from the list.")
    return found


def look(desk: Desk, draft: LetterDraft, given: Facts | None = None, before: LetterLook | None = None) -> LetterLook:
    """How a draft stands. `given`: facts of a form that is not saved yet (a closing), over the case's own. `before`:
    what was read a moment ago, while somebody types; whatever is in the way is looked for anew each time."""
    if before is not None:
        return desk.read(_look, desk, draft, before.wording, before.facts)
    words = wording(desk, draft.letter)
    facts = desk.read(facts_for, draft.case, draft.person, desk.member, desk.today)
    return desk.read(_look, desk, draft, words, {**facts, **(given or {})})


def _look(session: Session, desk: Desk, draft: LetterDraft, words: Wording, facts: Facts) -> LetterLook:
    paper = _paper(session, desk, draft, words, facts)
    left = missing(words, facts, draft.answers)
    going = Going(draft.case, draft.person, desk.member, paper, words, desk.today)
    return LetterLook(
        words,
        asked(words, facts, draft.answers),
        facts,
        paper,
        tuple(_what(words, name) for name in left),
        tuple(name for name in left if words.ask(name)),
        in_the_way(session, going),
        to_look_at(session, going),
    )


def _what(words: Wording, name: str) -> str:
    ask = words.ask(name)
    return ask.text if ask else f"{FACTS[name].what[:1].upper()}{FACTS[name].what[1:]} is not known yet"


def _paper(session: Session, desk: Desk, draft: LetterDraft, words: Wording, facts: Facts) -> LetterPaper:
    from asbdesk.documents.authority import fingerprint
    from asbdesk.documents.pocket_card import quiet

    other = role_of(session, draft.case, draft.person) == "other"
    if other and isinstance(facts.get("reference"), str):  # a number, and no word of what it is about
        facts = {**facts, "reference": quiet(str(facts["reference"]))}
    text = fill(words, facts, draft.answers)
    authority = session.scalar(sa.select(Landlord.authority).order_by(Landlord.id).limit(1))
    told = {name: str(facts.get(name) or "") for name in ("landlord", "reference", "officer", "today")}
    return LetterPaper(
        landlord=told["landlord"],
        reference=told["reference"],
        day=told["today"],
        address=address_of(session, draft.person) if draft.address is None else draft.address,
        text=text,
        signed_by=(told["officer"], told["landlord"]),
        authority=fingerprint(authority.encode()) if authority else "",
        letter=words.id,
    )


def preview(desk: Desk, draft: LetterDraft, given: Facts | None = None) -> bytes:
    """The draft as it prints, marked as not sent, for the screen alone."""
    from asbdesk.documents.letter import make

    paper = look(desk, draft, given).paper
    at = instant(desk.clock.now())
    return make(release.letter_to_look_at(paper, desk.member, at), large=draft.large, not_sent=True)


Then = Callable[[], object]


def send(desk: Desk, draft: LetterDraft, given: Facts | None = None, *, first: Then | None = None) -> LetterSent:
    """Check, seal and keep a letter as sent. `first` is done in the same breath (a case closes with its letter): both
    stand, or neither. Raises UserError for what is missing, and `release.Refused` for what stands in its way."""
    from asbdesk.documents.letter import make
    from asbdesk.documents.seal import seal

    seen = look(desk, draft, given)
    if seen.missing:
        raise UserError("This is still to be filled in: " + "; ".join(seen.missing))
    at = instant(desk.clock.now())
    going = Going(draft.case, draft.person, desk.member, seen.paper, seen.wording, desk.today)
    released = desk.read(release.release_letter, going, at, draft.override)
    identity, authority = officer_identity(desk)
    reason = f"Letter, case {seen.paper.reference}"
    pdf = seal(make(released, large=draft.large), identity, authority, reason=reason, at=at)
    kept = desk.files.keep(pdf)
    about = desk.read(_about, draft.case, seen.wording)
    with desk.store.journal.batch():
        if first is not None:
            first()
        done = desk.do(keep_letter, draft, seen, kept, about)
    return LetterSent(done.value, seen.paper.text.title, pdf, done)


def _about(session: Session, case: str, words: Wording) -> str:
    complaint = open_complaint(session, case) if words.meets.startswith("complaint_") else None
    return complaint.id if complaint is not None else ""


@action("post.sealed")
def keep_letter(work: Work, draft: LetterDraft, seen: LetterLook, kept: Kept, about: str) -> str:
    """The letter as it was sealed. Its id. What stood in its way and was decided otherwise is kept with why."""
    work.get(Case, draft.case)
    overridden = [release.sentence(each) for each in seen.obstacles]
    why = draft.override if overridden else release.Override()
    return new(
        work,
        Letter,
        case_file(draft.case),
        at=work.happened,
        letter=seen.wording.id,
        version=seen.wording.version,
        title=seen.paper.text.title,
        person=draft.person,
        to=seen.paper.text.dear.removeprefix("Dear "),
        text=seen.paper.text.plain,
        answers={name: list(v) if isinstance(v, tuple) else v for name, v in draft.answers.items()},
        form=seen.wording.hash,
        about=about,
        large=draft.large or None,
        sealed=kept.blob,
        sealed_key=kept.key,
        sealed_sha256=kept.sha256,
        sealed_size=kept.size,
        overridden=overridden,
        override=why.reason.strip(),
        override_by=why.by.strip(),
    ).id


def sealed_of(session: Session, letter: str) -> tuple[str, str, str] | None:
    """(title, blob, key) of the newest copy of a letter's sealed paper, or None where it was written elsewhere."""
    found, copy = session.get(Letter, letter), newest(session, f"{Letter.kind}/{letter}")
    return (found.title or "", *copy) if found is not None and copy else None


def sealed_pdf(desk: Desk, letter: str) -> bytes:
    """The locked copy, byte for byte. Raises UserError when it is not on this laptop."""
    found = desk.read(sealed_of, letter)
    if found is None:
        raise UserError("There is no locked copy of this letter: it was written elsewhere.")
    return desk.files.read(found[1], found[2])
