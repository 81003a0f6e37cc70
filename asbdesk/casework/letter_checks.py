"""What stands in the way of a letter to somebody, before it leaves: who, what and why; and words to look at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import contacts, other_person, people, release, safeguarding, way_out
from asbdesk.casework.letter_facts import role_of
from asbdesk.documents.never_on_it import Around, Finding
from asbdesk.letters.tone import Mark, marks
from asbdesk.model import Case, ListWord, Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.documents.letter import LetterPaper
    from asbdesk.letters.wording import Wording

TONE_WORDS = "tone_words"
"""The landlord's own list of words to look at again (`casework.lists.set_word`)."""


@dataclass(frozen=True)
class Obstacle(Finding):
    """One thing in the way. `final`: nothing but doing what it says clears it. `manager`: a reason is not enough."""

    final: bool = False
    manager: bool = False


@dataclass(frozen=True)
class Going:
    """A letter about to leave: to whom, by which member, posted or handed over."""

    case: str
    person: str
    member: str
    paper: LetterPaper
    wording: Wording
    today: str

    @property
    def posted(self) -> bool:
        """An address stands on it."""
        return bool(self.paper.address)


def in_the_way(session: Session, going: Going) -> tuple[Obstacle, ...]:
    """All that must be cleared, or be decided otherwise, before this letter leaves; empty: it may go."""
    role = role_of(session, going.case, going.person)
    found = [*_reach(session, going), *_barred(session, going)]
    if role == "other":
        found += _other(session, going)
    found += _read_by_others(session, going)
    found += _words(session, going)
    return tuple(dict.fromkeys(found))


# ---- whether anything may be sent to them at all
def _reach(session: Session, going: Going) -> Iterator[Obstacle]:
    name = _name(session, going.person)
    if not role_of(session, going.case, going.person):
        yield Obstacle(name, "a letter", "They have no part in this case.", "Add them to it first.", final=True)
        return
    if held := release.hold(session, going.case, going.person):
        yield Obstacle(name, "a letter", held, "Write down how it is safe to reach them.", final=True)
    if (acts := people.solicitor_of(session, going.case, going.person)) is not None:
        why = f"{name} has a solicitor, {acts.name}: letters go to the solicitor."
        yield Obstacle(name, "a letter", why, f"Choose {acts.name} under “Who is the letter for?”.")
    agreed = contacts.agreement(session, going.case, going.person)
    if agreed is None:
        return
    if going.posted and "letter" in agreed.do_not:
        why = "They said that a letter is not safe for them."
        yield Obstacle(name, "a letter by post", why, "Take the address off, and hand it over or keep it for them.")
    if agreed.method == "none":
        yield Obstacle(name, "a letter", "They asked us not to be in touch.", "Ask first what they want.")


def _barred(session: Session, going: Going) -> Iterator[Obstacle]:
    """Staff who must not contact them neither write a letter to them nor stand in it."""
    by_writer = {bar.id for bar in way_out.barred(session, going.case, going.member)}
    text = going.paper.text.plain.casefold()
    for bar in way_out.bars(session, going.case):
        staff = (bar.staff or "").strip()
        named = bar.id in by_writer or (staff and staff.casefold() in text)
        if named and bar.person in (None, going.person):
            why = f"{staff} must not be in touch with them until they say that they are content."
            yield Obstacle(_name(session, going.person), f"a letter from or about {staff}", why, "Let somebody else.")


# ---- the other person
def _other(session: Session, going: Going) -> Iterator[Obstacle]:
    name = _name(session, going.person)
    if held := safeguarding.hold(session, going.case):
        yield Obstacle(name, "a letter", held, "Decide that first.", final=True)
    case = session.get_one(Case, going.case)
    if case.stream == "domestic_abuse":
        why = "In a welfare case an officer trained in it decides this with a manager."
        yield Obstacle(name, "a letter", why, "Decide it together, and write who.", manager=True)
    decision = other_person.latest(session, going.case)
    if decision is None:
        why = (
            "Nobody has asked the four questions about them yet: may we speak to them, may they know, what not to say."
        )
        yield Obstacle(name, "a letter", why, "Ask them first, and write down what was decided.", manager=True)
        return
    waits = decision.outcome in other_person.STANDS_UNTIL_LOOKED_AT and decision.look_again >= going.today
    if waits or decision.answers.may_speak in ("no", "not_yet"):
        why = f"It was decided: {decision.text.lower() or 'not to speak to them'}."
        yield Obstacle(name, "a letter", why, "Wait until it is looked at again, or decide it anew.", manager=True)


def _read_by_others(session: Session, going: Going) -> Iterator[Obstacle]:
    """A rule about whoever the letter is for: nobody it names may open it at the address on the envelope."""
    person = session.get_one(Person, going.person)
    if not (going.posted and person.home):
        return
    for rule in release.rules_of(session, going.case):
        other = session.get(Person, rule.not_to) if rule.about == going.person and rule.not_to else None
        if other is not None and other.home == person.home:
            why = f"{other.name or 'Somebody'} lives there too, and must not be told {rule.what or 'anything'}."
            yield Obstacle(person.name or "", "a letter to that address", why, "Use another address, or hand it over.")


# ---- what it says
def _words(session: Session, going: Going) -> Iterator[Obstacle]:
    from asbdesk.documents.never_on_letter import refused

    said = list(going.paper.text.said)
    if going.wording.own:
        said += [("The letter", block.words) for block in going.wording.blocks if block.words]
    around = around_letter(session, going)
    for found in refused(said, around, going.wording.may_say):
        yield Obstacle(found.place, found.words, found.why, found.instead)


def around_letter(session: Session, going: Going) -> Around:
    """Who else is in the case: none of them may stand in the letter."""
    person = session.get_one(Person, going.person)
    others = [p for i in people.involved(session, going.case) if (p := _other_than(session, i.person, person, i.role))]
    others += release.kept_from(session, going.case, person)
    text = going.paper
    return Around(
        others=tuple(dict.fromkeys(p.name for p in others if p.name)),
        addresses=tuple(release.addresses(session, others, person)),
        allowed=tuple(name for name in (person.name, text.text.sign) if name),
        own_address=release.address_at(session, person.home),
        untold=release.untold(session, going.case, person),
    )


def _other_than(session: Session, id: str | None, person: Person, role: str | None) -> Person | None:
    return session.get(Person, id) if id and id != person.id and role not in ("advocate", "agency_officer") else None


def to_look_at(session: Session, going: Going) -> tuple[Mark, ...]:
    """Words to look at again: they blame, make light, defend us, or are on the landlord's own list."""
    from asbdesk.documents.never_on_letter import to_look_at as listed

    own = {w.code or "": w.words or "" for w in session.scalars(_own_words())}
    said = going.paper.text.said
    found = list(marks(said, own))
    found += [Mark(f.place, f.words, f.why, f.instead) for f in listed(said, going.wording.may_say)]
    seen: dict[tuple[str, str], Mark] = {}
    for mark in found:
        seen.setdefault((mark.place, mark.words.casefold()), mark)
    return (*_asked_not_to_say(session, going), *seen.values())


def _asked_not_to_say(session: Session, going: Going) -> tuple[Mark, ...]:
    """What the reporter said must not be told to the other person, shown before anything goes to them."""
    decision = other_person.latest(session, going.case)
    if role_of(session, going.case, going.person) != "other" or decision is None:
        return ()
    words = decision.answers.must_not_say.strip()
    if not words or words in ("no", "nothing"):
        return ()
    return (
        Mark("They asked us not to say", words, "Whoever told us asked for this.", "Read the letter with it in mind."),
    )


def _own_words() -> sa.Select[ListWord]:
    which = sa.select(ListWord).where(ListWord.list == TONE_WORDS, ListWord.struck.is_(None))
    return which.where(sa.or_(ListWord.off.is_(None), ListWord.off.is_(False)))


def _name(session: Session, person: str) -> str:
    found = session.get(Person, person)
    return (found.name if found else "") or "Whoever it is for"
