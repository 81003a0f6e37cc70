"""The languages a plan may be printed in: their words, who approved them and when, and which one a person is offered.

A language's words are those of the landlord's own file in `words/` beside the store; else those it approved last, on
whatever desk; else the shipped ones, which are a draft. Approved is only what is, word for word, what was approved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from asbdesk.casework.records import landlord_of, new
from asbdesk.clock import london_day, long_day
from asbdesk.documents.paper import LAYOUTS
from asbdesk.documents.words import beside_english, file_of
from asbdesk.errors import UserError
from asbdesk.model import Adjustment, ApprovedWords, Person
from asbdesk.paths import read_given, resources
from asbdesk.store.work import action

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.documents.bilingual import Own
    from asbdesk.documents.words import Words
    from asbdesk.store.work import Work

CATALOGUES = ("plan", "pocket_card")
"""What a language consists of."""
LARGEST = 1 << 18
"""Bytes of one file of words."""
_CODE = re.compile(r"[a-z]{2,3}")
ALSO = {"bangla": "bn", "sylheti": "bn", "panjabi": "pa", "gurmukhi": "pa"}
"""Other names that people give a language."""
READS = {
    "large": ("large print", "bigger print", "big print", "large letters", "bigger letters"),
    "easy": ("easy read", "easy-read", "easy to read", "easier to read", "pictures", "short sentences"),
}
"""Words in an adjustment that ask for a layout."""
LAYOUT_NAMES = {"standard": "Usual print", "large": "Large print", "easy": "Easy to read"}


@dataclass(frozen=True)
class Language:
    """A language of the plan. `by` and `on`: who approved it, and the day; empty while it is a draft."""

    code: str
    english: str
    name: str
    by: str = ""
    on: str = ""
    own: bool = False
    """The landlord has a file of its own."""
    fault: str = ""
    """Why its own file cannot be used."""

    @property
    def state(self) -> str:
        """How it stands, in words."""
        if self.fault:
            return self.fault
        return f"Approved by {self.by} on {long_day(self.on)}" if self.by else "Draft, not approved"


@dataclass(frozen=True)
class Offer:
    """How a paper for somebody is offered first: a layout, and a language beside English (empty: none)."""

    layout: str = "standard"
    language: str = ""


def languages(desk: Desk) -> tuple[Language, ...]:
    """Every language there are words for, by its English name."""
    now = desk.ask(_nothing).as_of, _written(desk)
    kept = _KEPT.get(desk)
    if kept is None or kept[0] != now:  # a visit asks with each answer
        found = tuple(sorted((language(desk, code) for code in _codes(desk)), key=lambda found: found.english))
        kept = _KEPT[desk] = now, found
    return kept[1]


_KEPT: WeakKeyDictionary[Desk, tuple[object, tuple[Language, ...]]] = WeakKeyDictionary()


def _nothing(session: Session) -> None:
    """Only how far the journal is."""


def _written(desk: Desk) -> tuple[tuple[str, int, int], ...]:
    """The landlord's own files, as they lie there now."""
    files = ((path, path.stat()) for path in sorted(desk.store.paths.own_words.glob("*.yaml")))
    return tuple((path.name, told.st_mtime_ns, told.st_size) for path, told in files)


def _codes(desk: Desk) -> set[str]:
    files = [*(resources() / "words").glob("plan.*.yaml"), *desk.store.paths.own_words.glob("plan.*.yaml")]
    found = {path.name.split(".")[1] for path in files if path.is_file()}
    return {code for code in found if _CODE.fullmatch(code)} - {"en"}


def language(desk: Desk, code: str) -> Language:
    """One language. Raises UserError where there are no words in it."""
    texts, own = _texts(desk, code)
    approval = desk.read(_approval, code)
    try:
        plan = _read(texts, "plan", code)
        _read(texts, "pocket_card", code)
    except UserError as fault:
        return Language(code, code, code, own=own, fault=str(fault))
    stands = approval is not None and approval.hash == _hash(texts)
    by, on = (approval.by or "", approval.on or "") if approval is not None and stands else ("", "")
    return Language(code, plan.english, plan.name, by, on, own)


def own(desk: Desk, code: str) -> Own | None:
    """The words to print in a language; None for English alone. Raises UserError where there are none, or a fault."""
    from asbdesk.documents.bilingual import Own

    if code in ("", "en"):
        return None
    texts, _ = _texts(desk, code)
    approval = desk.read(_approval, code)
    approved = approval is not None and approval.hash == _hash(texts)
    return Own(_read(texts, "plan", code), _read(texts, "pocket_card", code), approved)


def _read(texts: Mapping[str, str], catalogue: str, code: str) -> Words:
    return beside_english(texts[catalogue], file_of(catalogue, code).name, catalogue)


def _texts(desk: Desk, code: str) -> tuple[dict[str, str], bool]:
    """The texts in use of a language, and whether the landlord's own file gave one of them."""
    if not _CODE.fullmatch(code) or code not in _codes(desk):
        raise UserError(f"There are no words for the language “{code}”. Settings, Languages of plans, lists them.")
    found = {name: _text(file_of(name, code, desk.store.paths.own_words)) for name in CATALOGUES}
    mine = any(found.values())
    approval = desk.read(_approval, code)
    before: Mapping[str, str] = (approval.texts or {}) if approval is not None and not mine else {}
    made = {name: found[name] or before.get(name) or _text(file_of(name, code)) for name in CATALOGUES}
    lacking = next((name for name, text in made.items() if not text), "")
    if lacking:
        raise UserError(f"The file “{file_of(lacking, code).name}” is missing. Put it beside the other one.")
    return made, mine


def _text(path: Path) -> str:
    """The text of a file; empty where there is none."""
    if not path.is_file():
        return ""
    try:
        raw = read_given(path, LARGEST + 1)
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UserError(f"{path.name}: it cannot be read. Save it as text (UTF-8).") from None
    if len(raw) > LARGEST:
        raise UserError(f"{path.name}: it is too long to be a list of sentences.")
    return text


def _hash(texts: Mapping[str, str]) -> str:
    whole = "\0".join(texts[name].replace("\r\n", "\n") for name in CATALOGUES)
    return f"sha256:{sha256(whole.encode()).hexdigest()}"


def _approval(session: Session, code: str) -> ApprovedWords | None:
    """The newest approval of a language. A row: for this module alone."""
    found = sa.select(ApprovedWords).where(ApprovedWords.language == code, ApprovedWords.struck.is_(None))
    return session.scalars(found.order_by(ApprovedWords.id.desc()).limit(1)).first()


# ---- editing and approving
def to_edit(desk: Desk, code: str) -> tuple[Path, ...]:
    """The landlord's own files of a language, made from the words in use where there are none yet."""
    texts, _ = _texts(desk, code)
    folder = desk.store.paths.own_words
    files = tuple(file_of(name, code, folder) for name in CATALOGUES)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, file in zip(CATALOGUES, files, strict=True):
            if not file.exists():
                file.write_text(texts[name], encoding="utf-8", newline="\n")
    except OSError as problem:
        raise UserError(f"The words could not be written: {problem.strerror}. Look at the folder {folder}.") from None
    return files


def approve(desk: Desk, code: str, by: str) -> Language:
    """The words in use are approved, by name. Raises UserError for a fault in them, or without a name."""
    if not by.strip():
        raise UserError("Write who read these words and approves them.")
    own(desk, code)
    texts, _ = _texts(desk, code)
    desk.do(keep_approval, code, texts, by.strip())
    return language(desk, code)


def sample(desk: Desk, code: str) -> bytes:
    """How a plan looks in a language, with nothing of any case on it: for the screen alone. Raises UserError."""
    from asbdesk.casework.landlord import landlord_view
    from asbdesk.casework.release import sample_to_look_at
    from asbdesk.clock import instant
    from asbdesk.documents.plan import make

    landlord = desk.read(landlord_view, desk.member)
    released = sample_to_look_at(landlord.name, desk.member, desk.today, instant(desk.clock.now()))
    return make(released, own=own(desk, code), draft=True)


@action("words.approved")
def keep_approval(work: Work, code: str, texts: Mapping[str, str], by: str) -> str:
    """Who approved which words, and when. The approval's id."""
    told = {"language": code, "texts": dict(texts), "hash": _hash(texts), "by": by, "on": london_day(work.happened)}
    return new(work, ApprovedWords, f"landlord/{landlord_of(work).id}", **told).id


# ---- what is offered
def offer(session: Session, person: str, known: Iterable[Language]) -> Offer:
    """A person's own language, where there are words in it, and the layout that they asked for."""
    found = session.get(Person, person)
    said = sa.select(Adjustment.what).where(Adjustment.person == person, Adjustment.refused_why.is_(None))
    asked = [what or "" for what in session.scalars(said.where(Adjustment.struck.is_(None)))]
    return Offer(layout_of(asked), code_of(found.language or "" if found is not None else "", known))


def layout_of(asked: Iterable[str]) -> str:
    """The layout that these words ask for."""
    said = " ".join(asked).casefold().replace("_", " ")
    return next((layout for layout in LAYOUTS if any(words in said for words in READS.get(layout, ()))), "standard")


def code_of(said: str, known: Iterable[Language]) -> str:
    """The language that somebody named, as a code; empty where there are no words in it."""
    words = set(re.findall(r"\w+", said.casefold()))
    for found in known:
        names = {found.english.casefold(), found.name.casefold()} | {
            also for also, c in ALSO.items() if c == found.code
        }
        if words & names:
            return found.code
    return ""
