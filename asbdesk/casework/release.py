"""The one door out: what leaves is looked at for its reader first, and is refused by name, thing and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa

from asbdesk.casework import contacts, people
from asbdesk.casework.records import case_file
from asbdesk.casework.unnamed import LEFT_OUT as LEFT_OUT
from asbdesk.casework.unnamed import address_at as address_at
from asbdesk.casework.unnamed import lists_without_names, named_in, without_names
from asbdesk.documents.paper import PlanPaper
from asbdesk.documents.released import Released
from asbdesk.errors import UserError
from asbdesk.model import Case, DisclosureRule, Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.letter_checks import Going
    from asbdesk.casework.way_out import Leaving
    from asbdesk.documents.casefile import CaseFile
    from asbdesk.documents.common_page import CommonPage
    from asbdesk.documents.give_along import GiveAlong
    from asbdesk.documents.governing_report import GoverningReport
    from asbdesk.documents.learned import Learned
    from asbdesk.documents.learning_statement import StatementPaper
    from asbdesk.documents.letter import LetterPaper
    from asbdesk.documents.never_on_it import Around, Finding
    from asbdesk.documents.visit_list import VisitList
    from asbdesk.documents.weekly_pack import WeeklyPack

T = TypeVar("T")
EVERYTHING = ("", "everything")
"""What a rule keeps from somebody, where it names nothing of its own."""


class Refused(UserError):
    """Nothing went out. `findings` names each thing, where it is, and why."""

    def __init__(self, to: str, findings: tuple[Finding, ...]) -> None:
        lines = " ".join(sentence(found) for found in findings)
        super().__init__(f"This cannot be given to {to} as it is. {lines}")
        self.to, self.findings = to, findings


def sentence(found: Finding) -> str:
    """A finding as the officer reads it."""
    return f"{found.place}: “{found.words}”. {found.why} {found.instead}"


def release_plan(session: Session, case: str, person: str, paper: PlanPaper, at: str) -> Released[PlanPaper]:
    """The plan for the resident's own eyes. Raises Refused, naming every word that may not be on it and why."""
    findings = findings_in(session, case, person, paper)
    if findings:
        raise Refused(paper.resident, findings)
    return Released(paper, person, "plan", at)


@dataclass(frozen=True)
class Override:
    """Why a letter goes all the same, and who agreed."""

    reason: str = ""
    by: str = ""


def release_case(session: Session, case: str, member: str, at: str, override: Override | None = None) -> Released[str]:
    """A whole case for the landlord itself, to the colleague who asked: nothing is taken out, so that nothing can be
    lost. It is not for anybody in the case; whoever hands on a part of it releases that part. Raises Refused where
    somebody must not be told of somebody in it, unless there is a reason."""
    from asbdesk.casework.way_out import WHOLE, Leaving

    session.get_one(Case, case)
    release_out(session, Leaving(case, member, WHOLE), case, "export", at, override)
    return Released(case, member, "export", at)


def release_out(
    session: Session, leaving: Leaving, what: T, purpose: str, at: str, override: Override | None = None
) -> Released[T]:
    """Whatever leaves by another way: a pack, a copy of evidence, a print, a list of visits. Raises Refused naming who,
    what and why; with a reason only for what no reason clears."""
    from asbdesk.casework.way_out import in_the_way

    reason = override.reason.strip() if override else ""
    left = tuple(found for found in in_the_way(session, leaving) if found.final or not reason)
    if left:
        raise Refused(leaving.to or "anybody", left)
    return Released(what, leaving.reader or leaving.to, purpose, at)


def release_letter(session: Session, going: Going, at: str, override: Override | None = None) -> Released[LetterPaper]:
    """A letter for one person's eyes. Raises Refused naming who, what and why; with an `override` only for what no
    reason clears: a welfare case without a safe way, a safeguarding decision that is waited for, and what takes a
    manager where no name is given."""
    from asbdesk.casework.letter_checks import in_the_way

    found = in_the_way(session, going)
    said = override or Override()
    left = [f for f in found if f.final or not said.reason.strip() or (f.manager and not said.by.strip())]
    if left:
        raise Refused(going.paper.text.dear.removeprefix("Dear "), tuple(left))
    return Released(going.paper, going.person, "letter", at)


def release_given(
    session: Session, case: str, person: str, paper: GiveAlong, name: str, at: str
) -> Released[GiveAlong]:
    """A paper to give along, which says whom to ring and nothing of the case. Raises Refused where nothing may be left
    with them."""
    from asbdesk.documents.never_on_it import Finding

    held = hold(session, case, person)
    if held:
        raise Refused(name, (Finding(name, "a paper to keep", held, "Write down how it is safe to reach them."),))
    return Released(paper, person, "given", at)


def release_visits(
    session: Session, leaving: Iterable[Leaving], paper: VisitList, member: str, at: str, override: Override | None
) -> Released[VisitList]:
    """A day's visits for the officer's buddy: each address that stands on it is looked at. Raises Refused."""
    for each in leaving:
        release_out(session, each, paper, "visits", at, override)
    return Released(paper, member, "visits", at)


def release_statement(session: Session, case: str, paper: StatementPaper, at: str) -> Released[StatementPaper]:
    """What we learned, for everybody to read. Raises Refused where it names anybody of the case, or says where they
    live."""
    _names_nobody(session, case, "What we learned", paper.texts)
    return Released(paper, "everybody", "statement", at)


def release_common(session: Session, case: str, paper: CommonPage, at: str) -> Released[CommonPage]:
    """The page for everyone at a place. Raises Refused as for what we learned."""
    _names_nobody(session, case, "The page for everyone", paper.texts)
    return Released(paper, "everybody", "common", at)


def _names_nobody(session: Session, case: str, what: str, texts: Iterable[str]) -> None:
    """Raises Refused where one of these texts names anybody of the case, or says where they live."""
    from asbdesk.documents.never_on_it import Finding

    why = "Everybody may read this. Nobody of the case is named in it, and no address."
    instead = "Say it without the name and the address."
    found = tuple(Finding(what, name, why, instead) for name in named_in(session, case, texts))
    if found:
        raise Refused("everybody", found)


def release_pack(session: Session, pack: WeeklyPack, member: str, at: str) -> Released[WeeklyPack]:
    """The week's cases for the managers' meeting. What names anybody of a case, or says where they live, is left out of
    its line: a paper lies about."""
    return Released(replace(pack, lists=lists_without_names(session, pack.lists)), member, "pack", at)


def release_report(session: Session, report: GoverningReport, at: str) -> Released[GoverningReport]:
    """A period in numbers for the governing body, and so for everybody: a sentence that names anybody of its case, or
    says where they live, is not in it."""
    well, learned = (without_names(session, told) for told in (report.well, report.learned))
    return Released(replace(report, well=well, learned=learned), "everybody", "report", at)


def letter_to_look_at(paper: LetterPaper, member: str, at: str) -> Released[LetterPaper]:
    """A letter for the eyes of the member who writes it, on the screen alone and marked as not sent."""
    return Released(paper, member, "preview", at)


def case_file_to_look_at(file: CaseFile, member: str, at: str) -> Released[CaseFile]:
    """A case file for the eyes of the member who makes it, on the screen alone."""
    return Released(file, member, "preview", at)


def sample_to_look_at(landlord: str, member: str, today: str, at: str) -> Released[PlanPaper]:
    """A plan of nobody, for the eyes of the member who looks at its fixed sentences, on the screen alone."""
    from asbdesk.documents.paper import plan_of_nobody

    return Released(plan_of_nobody(landlord, today), member, "preview", at)


def release_learning(session: Session, view: Learned, member: str, at: str, **told: str) -> Released[Learned]:
    """A case looked back on, for the landlord's own staff. Words that speak of anybody about whom something must not be
    told are left out line by line: a paper lies about, and a rule says nothing about who may find it."""
    from asbdesk.documents.naming import speaks_of

    rules = rules_of(session, view.case)
    kept = [p for rule in rules if rule.about and (p := session.get(Person, rule.about)) is not None]
    names = [p.name for p in kept if p.name]
    addresses = [a for p in kept if (a := address_at(session, p.home))]

    def clean(words: str) -> str:
        return LEFT_OUT if words and speaks_of(words, names, addresses) else words

    def line(one: Any, fields: tuple[str, ...]) -> Any:
        return replace(one, **{name: clean(getattr(one, name)) for name in fields})

    events = tuple(line(e, ("title", "text")) for e in view.events)
    owed = tuple(line(o, ("about", "why")) for o in view.owed)
    changed = [a for a, b in zip((*events, *owed), (*view.events, *view.owed), strict=True) if a != b]
    what = replace(view, events=events, owed=owed, title=clean(view.title), withheld=len(changed), **told)
    return Released(what, member, "learning", at)


def findings_in(session: Session, case: str, person: str, paper: PlanPaper) -> tuple[Finding, ...]:
    """Everything on the paper that this reader may not see."""
    from asbdesk.documents.never_on_it import findings

    return findings(paper, around(session, case, person, paper))


def around(session: Session, case: str, person: str, paper: PlanPaper) -> Around:
    """Who else is in the case, and whom a rule keeps from this reader: none of them may stand on the paper."""
    from asbdesk.documents.never_on_it import Around

    resident = session.get_one(Person, person)
    others = [*_others(session, case, resident), *kept_from(session, case, resident)]
    second = paper.speak.second_name if paper.speak else ""
    inks = [ink.name for ink in paper.signing.inks]
    return Around(
        others=tuple(p.name for p in others if p.name),
        addresses=tuple(addresses(session, others, resident)),
        allowed=tuple(name for name in (paper.resident, paper.officer, second, paper.signing.name, *inks) if name),
        own_address=address_at(session, resident.home),
        untold=untold(session, case, resident),
    )


def _others(session: Session, case: str, resident: Person) -> Iterator[Person]:
    for involvement in people.involved(session, case):
        if involvement.person != resident.id and involvement.role != "advocate":
            other = session.get(Person, involvement.person)
            if other is not None:
                yield other


def kept_from(session: Session, case: str, reader: Person) -> Iterator[Person]:
    """People about whom nothing may reach this reader."""
    for rule in rules_of(session, case):
        about = session.get(Person, rule.about) if rule.about and rule.about != reader.id else None
        if about is not None and may_read(session, rule, reader):
            yield about


def untold(session: Session, case: str, reader: Person) -> tuple[str, ...]:
    """What must not reach this reader, in the words of the rules."""
    ruled = [rule for rule in rules_of(session, case) if may_read(session, rule, reader)]
    return tuple(words for rule in ruled if (words := (rule.what or "").strip()) not in EVERYTHING)


def may_read(session: Session, rule: DisclosureRule, reader: Person) -> bool:
    """Whether whoever must not be told is this reader, or lives with them, or may be: somebody known by name alone, or
    by an entry that was crossed out. Nobody is kept from what is about themselves."""
    if reader.id == rule.about:
        return False
    if rule.not_to == reader.id:
        return True
    kept = session.get(Person, rule.not_to) if rule.not_to else None
    if kept is None or kept.struck is not None:
        return True
    return bool(kept.home) and kept.home == reader.home


def rules_of(session: Session, case: str) -> Iterator[DisclosureRule]:
    """The do-not-disclose rules that stand in a case."""
    rules = sa.select(DisclosureRule).where(DisclosureRule.file == case_file(case), DisclosureRule.ended.is_(None))
    yield from session.scalars(rules.where(DisclosureRule.struck.is_(None)))


def addresses(session: Session, others: Iterable[Person], resident: Person) -> Iterator[str]:
    """Where the others live, but for the resident's own home."""
    for other in others:
        if other.home != resident.home and (address := address_at(session, other.home)):
            yield address


def held_copy(session: Session, case: str, how: str) -> None:
    """Raises UserError where a copy may not go to whoever reported in this way (PRACTICE.md 2)."""
    person = people.reporter_of(session, case)
    held = hold(session, case, person.id) if person is not None else ""
    if held and how != "kept":
        raise UserError(held)


def hold(session: Session, case: str, person: str) -> str:
    """Why no paper may be left, posted or sent to this person now; empty when it may (PRACTICE.md 2)."""
    found = session.get(Case, case)
    if found is None or found.stream != "domestic_abuse":
        return ""
    agreed = contacts.agreement(session, case, person)
    if agreed is not None and agreed.safe:
        return ""
    return "Nothing is left, posted, sent or rung until a safe way is recorded. Keep the copy for them."
