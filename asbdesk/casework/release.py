"""The one door out: what leaves is looked at for its reader first, and is refused by name, thing and reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import contacts, people
from asbdesk.casework.records import case_file
from asbdesk.casework.suggestions import FIXED_FORMS
from asbdesk.documents.paper import PlanPaper, Step
from asbdesk.documents.released import Released
from asbdesk.errors import UserError
from asbdesk.model import Case, DisclosureRule, Home, Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TITLES = {
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "sir",
    "rev",
    "the",
    "and",
    "practice",
    "flat",
    "house",
    "unknown",
}
OTHER = re.compile(
    r"\b(other (household|person|people|party|neighbour)|perpetrator|neighbour(s|'s|’s)?)\b", re.IGNORECASE
)
"""What tells that a step of ours is about the other person, whoever wrote it."""


@dataclass(frozen=True)
class Found:
    """Something that may not go out: where it stands, the words, and why."""

    place: str
    words: str
    why: str

    @property
    def sentence(self) -> str:
        return f"{self.place}: “{self.words}”. {self.why}"


class Refused(UserError):
    """Nothing went out. `findings` names each thing, where it is, and why."""

    def __init__(self, to: str, findings: tuple[Found, ...]) -> None:
        lines = " ".join(found.sentence for found in findings)
        super().__init__(f"This cannot be given to {to} as it is. {lines}")
        self.to, self.findings = to, findings


def release_plan(session: Session, case: str, person: str, paper: PlanPaper, at: str) -> Released[PlanPaper]:
    """The plan for the resident's own eyes. Raises Refused, naming every word that may not be on it and why."""
    findings = tuple(findings_in(session, case, person, paper))
    if findings:
        raise Refused(paper.resident, findings)
    return Released(paper, person, "plan", at)


def findings_in(session: Session, case: str, person: str, paper: PlanPaper) -> Iterator[Found]:
    """Everything on the paper that this reader may not see."""
    texts = list(texts_of(paper))
    resident = session.get_one(Person, person)
    for name, why in _others(session, case, resident):
        yield from _mentions(texts, name, why)
    yield from _fixed_forms(paper)
    yield from _never_on_it(paper)


def _never_on_it(paper: PlanPaper) -> Iterator[Found]:
    from asbdesk.documents.never_on_it import findings

    for found in findings(paper):
        yield Found(found.place, found.words, found.why)


def _others(session: Session, case: str, resident: Person) -> Iterator[tuple[str, str]]:
    """Names and addresses that may not stand on this resident's paper, each with why."""
    own = set(_words(resident.name or ""))
    own_home = session.get(Home, resident.home) if resident.home else None
    for involvement in people.involved(session, case):
        other = session.get(Person, involvement.person) if involvement.person != resident.id else None
        if other is None or involvement.role == "advocate":
            continue
        why = WHY.get(involvement.role or "", WHY[""])
        for word in _words(other.name or ""):
            if word not in own:
                yield word, why
        home = session.get(Home, other.home) if other.home and other.home != resident.home else None
        if home is not None and home.address and (own_home is None or home.address != own_home.address):
            yield home.address.split(",")[0].lower(), "It is where somebody else lives."
    yield from _ruled_out(session, case, resident)


WHY = {
    "alleged_perpetrator": "The other person is never named on the plan.",
    "witness": "Nobody who saw or heard it is named, or that there is one.",
    "reporter": "Nobody else who told us is named, or that there is one.",
    "household": "A child or another person in the home is not named.",
    "": "Somebody else is not named on the plan.",
}


def _ruled_out(session: Session, case: str, resident: Person) -> Iterator[tuple[str, str]]:
    rules = sa.select(DisclosureRule).where(
        DisclosureRule.file == case_file(case), DisclosureRule.not_to == resident.id
    )
    for rule in session.scalars(rules.where(DisclosureRule.ended.is_(None), DisclosureRule.struck.is_(None))):
        about = session.get(Person, rule.about) if rule.about else None
        for word in _words((about.name if about else "") or ""):
            yield word, "A rule says that nothing about this person may reach them."


def _words(name: str) -> list[str]:
    words = re.findall(r"[^\W\d_][\w'’-]+", name.lower())
    return [w for w in words if len(w) > 2 and w not in TITLES]


def _mentions(texts: Iterable[tuple[str, str]], name: str, why: str) -> Iterator[Found]:
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    for place, text in texts:
        found = pattern.search(text)
        if found:
            yield Found(place, found[0], why)


def _fixed_forms(paper: PlanPaper) -> Iterator[Found]:
    """A step of ours about the other person prints in one of three forms, and no other."""
    for step in (*paper.ours, *paper.others):
        text = f"{step.what} {step.help}"
        if OTHER.search(text) and not is_fixed_form(step.what):
            why = "A step about the other person has fixed words. Choose one of the three."
            yield Found("What we will do", step.what, why)


def is_fixed_form(text: str) -> bool:
    """Whether the words are one of the three forms (with any day in the third)."""
    return any(re.fullmatch(re.escape(f).replace(r"\{date\}", r"[\w ]{6,40}"), text.strip(" .")) for f in FIXED_FORMS)


def texts_of(paper: PlanPaper) -> Iterator[tuple[str, str]]:
    """Every text somebody typed, with the heading it stands under."""
    lists = {"What you told us": paper.told_us, "What you want to happen": paper.wants, "Help for you": paper.help}
    for heading, lines in {**lists, "What changed": paper.changed}.items():
        for line in lines:
            yield heading, line
    steps: dict[str, tuple[Step, ...]] = {
        "What we will do": paper.ours,
        "What you can do": paper.yours,
        "What others will do": paper.others,
        "What we cannot do": paper.cannot,
    }
    for heading, kept in steps.items():
        for step in kept:
            yield heading, " · ".join(t for t in (step.what, step.who, step.until, step.help) if t)
    for body, _ in paper.may_talk:
        yield "Who we may talk to", body
    yield "Signing", paper.signing.note


def hold(session: Session, case: str, person: str) -> str:
    """Why no paper may be left, posted or sent to this person now; empty when it may (PRACTICE.md 2)."""
    found = session.get(Case, case)
    if found is None or found.stream != "domestic_abuse":
        return ""
    agreed = contacts.agreement(session, case, person)
    if agreed is not None and agreed.safe:
        return ""
    return "Nothing is left, posted, sent or rung until a safe way is recorded. Keep the copy for them."
