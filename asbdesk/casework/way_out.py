"""What stands in the way of something leaving us: who, what and why. Letters have checks of their own besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import people, release
from asbdesk.casework.kept import kept_from_reader
from asbdesk.casework.links import ALLEGED
from asbdesk.casework.records import case_file, case_of
from asbdesk.documents.naming import may_be_same, of_words, speaks_of
from asbdesk.documents.never_on_it import Finding
from asbdesk.model import DisclosureRule, Letter, Member, Permission, Person, PlanVersion, StaffBar
from asbdesk.spelling import search_text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WHOLE = "The whole case"
"""What an export is called."""
CASE_FILE = "The case file"


@dataclass(frozen=True)
class InTheWay(Finding):
    """One thing in the way. `final`: no reason clears it."""

    final: bool = False


@dataclass(frozen=True)
class Leaving:
    """Something about to leave: what it is, by which member, and for whom as far as that is known."""

    case: str
    member: str
    what: str
    """As a sentence calls it: "the pack", "a copy of door.jpg"."""
    to: str = ""
    """The body or the person it is for; empty where nobody can say who will see it."""
    person: str = ""
    """Who receives it there, by name."""
    reader: str = ""
    """Id of the person in the case whom it is for."""
    texts: tuple[str, ...] | None = None
    """Its words; None where it holds what nobody can look through."""
    basis: str = ""
    """The power used without a yes."""


def in_the_way(session: Session, leaving: Leaving) -> tuple[InTheWay, ...]:
    """All that must be cleared, or be decided otherwise with a reason; empty: it may go."""
    found = [
        *_not_whole(session, leaving),
        *_by_staff(session, leaving),
        *_welfare(session, leaving),
        *(tuple(_ruled(session, leaving)) or _who_it_is_about(session, leaving)),
        *_said_no(session, leaving),
    ]
    return tuple(dict.fromkeys(found))


def must_not_hear(session: Session, leaving: Leaving) -> tuple[InTheWay, ...]:
    """Who must not be told of what is about to be said to a body, and to which body somebody said no."""
    return tuple(dict.fromkeys((*_ruled(session, leaving), *_said_no(session, leaving))))


def plan_leaving(session: Session, plan: str, member: str) -> Leaving:
    """A version's paper about to leave again, for the person it was made with."""
    v = session.get_one(PlanVersion, plan)
    reader = session.get(Person, v.person) if v.person else None
    name = (reader.name if reader else "") or "whoever it was made with"
    return Leaving(case_of(v), member, "The plan", name, reader=v.person or "", texts=tuple(texts_in(v.content or {})))


def letter_leaving(session: Session, letter: str, member: str) -> Leaving:
    """A letter that was kept as sent, about to leave again, for whom it was written to."""
    found = session.get_one(Letter, letter)
    to, title = found.to or "whoever it was written to", found.title or "The letter"
    return Leaving(case_of(found), member, title, to, reader=found.person or "", texts=(found.text or "",))


def given_leaving(session: Session, case: str, person: str, what: str, member: str) -> Leaving:
    """A paper to give along, which says nothing of the case, about to leave for this person."""
    reader = session.get(Person, person)
    return Leaving(case, member, what, (reader.name if reader else "") or "somebody", reader=person, texts=())


def texts_in(told: Any) -> Iterator[str]:
    """Every text in a value, however deep: a version's content."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from texts_in(each)


# ---- a complaint about whoever gives it out
def _not_whole(session: Session, leaving: Leaving) -> Iterator[InTheWay]:
    """A whole case without its complaint would not be whole, and with it would be read by who must not (PRACTICE.md
    19)."""
    if leaving.what in (WHOLE, CASE_FILE) and kept_from_reader(session, leaving.case):
        why = "There is a complaint in this case that somebody else answers, and this would hold it."
        yield InTheWay(leaving.what, "a complaint", why, "Ask your manager to make it.", final=True)


# ---- staff who must not be in touch
def barred(session: Session, case: str, member: str) -> tuple[StaffBar, ...]:
    """The bars of a case that stand against this member."""
    found = session.get(Member, member)
    name = (found.name if found else "") or ""
    return tuple(bar for bar in bars(session, case) if may_be_same(bar.staff or "", name))


def barred_name(session: Session, case: str, name: str) -> str:
    """Why a colleague of this name may not take the case over; empty when they may."""
    for bar in bars(session, case):
        if may_be_same(bar.staff or "", name):
            return f"{_why_barred(session, bar)} Choose somebody else."
    return ""


def no_visit(session: Session, case: str, member: str) -> str:
    """Why this member may not visit or ring here; empty when they may."""
    for bar in barred(session, case, member):
        return f"{_why_barred(session, bar)} A colleague must go."
    return ""


def bars(session: Session, case: str) -> Iterator[StaffBar]:
    """The bars that stand in a case, against whomever."""
    every = sa.select(StaffBar).where(StaffBar.file == case_file(case), StaffBar.struck.is_(None))
    for bar in session.scalars(every.order_by(StaffBar.id)):
        if bar.needed and not bar.ended:
            yield bar


def _why_barred(session: Session, bar: StaffBar) -> str:
    return f"{bar.staff} must not be in touch with {_name(session, bar.person)} until they say that they are content."


def _by_staff(session: Session, leaving: Leaving) -> Iterator[InTheWay]:
    for bar in barred(session, leaving.case, leaving.member):
        yield InTheWay(leaving.what, bar.staff or "", _why_barred(session, bar), "Let a colleague do it.")


# ---- abuse at home
def _welfare(session: Session, leaving: Leaving) -> Iterator[InTheWay]:
    resident = people.reporter_of(session, leaving.case)
    held = release.hold(session, leaving.case, resident.id) if resident is not None else ""
    if resident is not None and held:
        instead = "Write down how it is safe to reach them."
        yield InTheWay(leaving.what, resident.name or "Whoever told us", held, instead)


# ---- who must not be told
def _ruled(session: Session, leaving: Leaving) -> Iterator[InTheWay]:
    for rule in release.rules_of(session, leaving.case):
        if not _may_reach(session, rule, leaving) or not _speaks(session, rule, leaving):
            continue
        who, about = _kept_from(session, rule), _name(session, rule.about)
        what = "anything" if (rule.what or "").strip() in release.EVERYTHING else f"“{rule.what}”"
        why = f"{who} must not be told {what} about {about}."
        unknown = "" if leaving.to else " Nobody can say who will see it once it has left."
        yield InTheWay(leaving.what, about, why + unknown, f"Leave it out, or make sure that {who} cannot see it.")


def _may_reach(session: Session, rule: DisclosureRule, leaving: Leaving) -> bool:
    if not leaving.to:
        return True
    reader = session.get(Person, leaving.reader) if leaving.reader else None
    if rule.not_to and reader is not None and release.may_read(session, rule, reader):
        return True
    to = search_text(leaving.to)
    for kept in _household(session, rule):
        if search_text(kept) in to or any(may_be_same(kept, name) for name in (leaving.to, leaving.person)):
            return True
    return False


def _household(session: Session, rule: DisclosureRule) -> Iterator[str]:
    """Who must not be told, and who of this case lives with them, but for whom the rule protects: by name."""
    yield _kept_from(session, rule)
    kept = session.get(Person, rule.not_to) if rule.not_to else None
    if kept is None or not kept.home:
        return
    for involved in people.involved(session, case_of(rule)):
        one = session.get(Person, involved.person) if involved.person else None
        if one is not None and one.id not in (rule.not_to, rule.about) and one.home == kept.home and one.name:
            yield one.name


def _speaks(session: Session, rule: DisclosureRule, leaving: Leaving) -> bool:
    if leaving.texts is None:
        return True
    about = session.get(Person, rule.about) if rule.about else None
    if about is None:
        return False
    if about.struck is not None:  # nobody can say by which name the words have them
        return True
    text = "\n".join(leaving.texts)
    words = (rule.what or "").strip()
    if words not in release.EVERYTHING and of_words(words).search(text):
        return True
    home = release.address_at(session, about.home)
    return speaks_of(text, [about.name] if about.name else [], [home] if home else [])


def _kept_from(session: Session, rule: DisclosureRule) -> str:
    return _name(session, rule.not_to) if rule.not_to else rule.not_to_name or "Somebody"


# ---- the other person, where no rule names them
def _who_it_is_about(session: Session, leaving: Leaving) -> Iterator[InTheWay]:
    """Whom a case is about never learns from us who spoke, or is affected (PRACTICE.md B1). What is written to them by
    us has checks of its own."""
    if leaving.reader or not leaving.to:
        return
    everybody = [(i.role, session.get(Person, i.person)) for i in people.involved(session, leaving.case) if i.person]
    others = [one for role, one in everybody if role != ALLEGED and one is not None]
    for role, one in everybody:
        if (
            role != ALLEGED
            or one is None
            or not any(may_be_same(one.name or "", n) for n in (leaving.to, leaving.person))
        ):
            continue
        told = [other.name or "" for other in others if _tells_of(session, other, leaving)]
        if told:
            why = f"This case is about {one.name}. They are never told who spoke to us, or is affected."
            yield InTheWay(leaving.what, told[0], why, f"Leave it out, or say why {one.name} may read it.")


def _tells_of(session: Session, one: Person, leaving: Leaving) -> bool:
    if leaving.texts is None:
        return True
    home = release.address_at(session, one.home)
    return speaks_of("\n".join(leaving.texts), [one.name] if one.name else [], [home] if home else [])


# ---- a no is kept
def _said_no(session: Session, leaving: Leaving) -> Iterator[InTheWay]:
    if not leaving.to or leaving.basis.strip():
        return
    told = sa.select(Permission).where(Permission.file == case_file(leaving.case), Permission.answer == "no")
    for answer in session.scalars(told.where(Permission.struck.is_(None)).order_by(Permission.id)):
        if _may_be_one(answer.body or "", leaving.to):
            why = f"{_name(session, answer.person)} said no to us speaking to {answer.body}."
            instead = "Keep to it, or write the power used and why it is needed."
            yield InTheWay(leaving.what, leaving.to, why, instead)


def _may_be_one(body: str, to: str) -> bool:
    """Whether a body somebody said no to may be who this goes to: "the police" and "Essex Police". A reason clears
    what was stopped wrongly; what was told cannot be taken back."""
    one, other = (set(search_text(words).split()) - {"the", "our", "of", "and", "for"} for words in (body, to))
    return bool(one and other) and (one <= other or other <= one)


def _name(session: Session, person: str | None) -> str:
    found = session.get(Person, person) if person else None
    return (found.name if found else "") or "somebody"
