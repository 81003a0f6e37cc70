"""What stands in a case about the other person, as cards: who, each allegation with its finding, decisions, tools."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten
from typing import TYPE_CHECKING

from asbdesk.casework import counter, other_person
from asbdesk.casework.parts import PartCard
from asbdesk.casework.parts.choices import ALLEGED
from asbdesk.casework.parts.reading import newest_first, standing, when
from asbdesk.casework.people import involved
from asbdesk.casework.views import Pill
from asbdesk.casework.words import OTHER_DECISIONS, label
from asbdesk.clock import plain_day
from asbdesk.model import Enforcement, Finding, OtherAccount, OtherPersonDecision, Person, Proportion, Report

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FOUR = {
    "may_speak": "May we speak to them",
    "may_know": "May they know who reported",
    "must_not_say": "What must not be said",
    "feel_safe": "What would help on that day",
}
SAID = {"yes": "yes", "no": "no", "not_yet": "not yet", "wont_say": "they do not want to say", "dont_know": "not known"}
MOST = 200
"""Characters of a report's words that a card shows."""
BETWEEN = "+"
"""Stands between the person and the report that one allegation is."""


def who_and_which(about: str) -> tuple[str, str]:
    """The person and the report of an allegation."""
    person, _, report = about.partition(BETWEEN)
    return person, report


def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    """Who is named, then each allegation, then what was decided, the newest first."""
    found: list[tuple[str | None, PartCard]] = []
    found += [(d.at, _decision(d)) for d in standing(session, OtherPersonDecision, case)]
    found += [(a.at, _account(a)) for a in standing(session, OtherAccount, case)]
    found += [(p.at, _proportion(p)) for p in standing(session, Proportion, case)]
    found += [(e.at, _tool(e)) for e in standing(session, Enforcement, case)]
    both = [_both(c) for c in counter.tied(session, case)]
    return (*both, *_people(session, case), *_allegations(session, case), *newest_first(found))


def _both(tied: counter.Tied) -> PartCard:
    lines = ["Two officers, or separate visits on different days, and a manager who reads both plans."]
    lines += [f"A manager read both plans {when(tied.read)}"] if tied.read else []
    pill = Pill("Two officers", "good") if tied.two_officers else Pill("One officer for both", "warning")
    acts = ("both_plans_read",) if tied.two_officers else ("second_officer", "both_plans_read")
    title = f"They report each other: {tied.reference}"
    return PartCard(tied.case, "users", title, "", tuple(lines), pills=(pill,), tone="warning", acts=acts)


def _four(session: Session, case: str) -> tuple[str, ...]:
    """What whoever reported answered: shown before any letter, call or visit to the other person (PRACTICE.md 1)."""
    said = other_person.latest(session, case)
    if said is None or said.answers == other_person.FourAnswers():
        return ("The four questions about them were not asked yet.",)
    told = ((words, getattr(said.answers, name)) for name, words in FOUR.items())
    return tuple(f"{words}: {SAID.get(answer, answer)}" for words, answer in told if answer)


def _people(session: Session, case: str) -> Iterator[PartCard]:
    asked = _four(session, case)
    for one in dict.fromkeys(i.person or "" for i in involved(session, case) if i.role == ALLEGED):
        person = session.get(Person, one)
        name = (person.name if person else "") or "No name given"
        lines = ("Whoever reported is never named to them, nor that somebody did without a name.", *asked)
        yield PartCard(one, "user-round", name, "", lines, acts=("other_person", "proportion"))


def _allegations(session: Session, case: str) -> Iterator[PartCard]:
    """One card a report and person it is about, with all that was found; the last finding counts."""
    kept = {(f.person, f.report): f for f in sorted(standing(session, Finding, case), key=lambda f: (f.at or "", f.id))}
    for report in sorted(standing(session, Report, case), key=lambda r: r.received or "", reverse=True):
        for one in dict.fromkeys(str(p) for p in report.about or ()):
            person, finding = session.get(Person, one), kept.get((one, report.id))
            name = (person.name if person else "") or "No name given"
            text = shorten(report.words or "", MOST, placeholder=" …")
            pill = Pill(label("finding", finding.finding), "plain") if finding else Pill("No finding yet", "warning")
            lines = (finding.reason,) if finding and finding.reason else ()
            told = (f"{one}{BETWEEN}{report.id}", "scale", f"Said of {name}", when(report.received))
            yield PartCard(*told, lines, text, (pill,), acts=("finding",))


def _decision(decision: OtherPersonDecision) -> PartCard:
    lines = [f"Look again {plain_day(decision.look_again)}"] if decision.look_again else []
    lines += [f"Meanwhile: {decision.meanwhile}"] if decision.meanwhile else []
    lines += [f"With {decision.manager}"] if decision.manager else []
    title = OTHER_DECISIONS.get(decision.outcome or "", "Tried to speak to them")
    return PartCard(decision.id, "message-circle", title, when(decision.at), tuple(lines), decision.note or "")


def _account(account: OtherAccount) -> PartCard:
    lines = [f"Agreed: {account.agrees}"] if account.agrees else []
    lines += [f"They hear from us {plain_day(account.hears_by)}"] if account.hears_by else []
    lines += [f"Support: {account.support}"] if account.support else []
    told = (account.id, "ear", "What they say", when(account.at), tuple(lines), account.account or "")
    return PartCard(*told, acts=("other_support",))


def _proportion(weighed: Proportion) -> PartCard:
    lines = (f"Legal advice: {weighed.advice}",) if weighed.advice else ()
    title = f"Is it proportionate: {weighed.tool or ''}"
    return PartCard(weighed.id, "scale", title, when(weighed.at), lines, weighed.decision or "")


def _tool(tool: Enforcement) -> PartCard:
    used = Pill("Used", "info") if tool.used else Pill("Considered, not used", "plain")
    lines = (f"Look again {plain_day(tool.look_again)}",) if tool.look_again else ()
    return PartCard(tool.id, "gavel", label("tool", tool.tool), when(tool.at), lines, tool.reason or "", (used,))
