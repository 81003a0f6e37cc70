"""Contact with people in a case, made or tried, either way, and how each wants to be reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import pace
from asbdesk.casework.records import case_file, new, put
from asbdesk.casework.told import Said, became, in_case, words
from asbdesk.clock import london_day
from asbdesk.errors import UserError
from asbdesk.model import Case, Contact, ContactAgreement, DisclosureRule, Involvement, Person
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

OFTEN = {
    "weekly": ("every week", "7"),
    "fortnightly": ("every two weeks", "14"),
    "monthly": ("every four weeks", "28"),
    "only_news": ("only if something happens", "0"),
}
"""How often, as chosen → (the words, the number of days)."""


ABUSE = "Abuse at home was told or is feared"
PROTECTED = ("reporter", "affected", "household")
"""The parts in a welfare case of those about whom the person it is about hears nothing."""


@dataclass(frozen=True)
class Agreement:
    """How one person wants to be reached in this case."""

    method: str = "telephone"
    number: str = ""
    times: str = ""
    how_often: str = ""
    days: str = ""
    safe: str = ""
    do_not: tuple[str, ...] = ()
    if_someone_answers: str = ""
    review_on: str = ""
    """For "only if something happens": the day it is asked again."""
    agreed_by: str = ""
    """The manager who agreed to a slow pace at a high level."""


@action("contact.recorded")
def record_contact(work: Work, case: str, with_: str, *, direction: str = "out", made: bool = True, **told: Any) -> str:
    """A contact, or a try. Keywords: `method`, `note`, `answered`, `told`, `next_by`, `needs_reply`, `dissatisfied`,
    `visit`, `assumed`. Raises UserError for a contact with nobody."""
    work.get(Case, case)
    work.get(Person, with_)
    if direction not in ("in", "out"):
        raise UserError("Say whether we spoke to them or they spoke to us.")
    when = told.pop("at", None) or work.happened
    contact = new(work, Contact, case_file(case), with_=with_, at=when, direction=direction, made=made, **told)
    if told.get("told") == []:  # of what waited nothing was told; unsaid means all of it
        contact.told = []
    return contact.id


@action("contact.agreed")
def agree_contact(work: Work, case: str, person: str, agreement: Agreement) -> str:
    """How they want to be reached: kept in the case, because it must not travel to another one. How often is never
    written over: what was owed before keeps the pace that stood. Raises UserError for too slow a pace."""
    told = {
        "method": agreement.method,
        "number": agreement.number or None,
        "times": agreement.times,
        "how_often": agreement.how_often,
        "days": agreement.days,
        "safe": agreement.safe or None,
        "do_not": list(agreement.do_not),
        "if_someone_answers": agreement.if_someone_answers,
        "review_on": pace.asked_again(work, agreement.days, agreement.review_on) or None,
        "agreed_by": agreement.agreed_by or None,
    }
    known = work.select(agreements_of(case, person))
    standing = (known[-1].days or "", known[-1].review_on) if known else ("", None)
    chosen = bool(agreement.days) and (agreement.days, told["review_on"]) != standing
    if chosen and not agreement.agreed_by:
        pace.ask_manager(work, case, agreement.days, agreement.how_often)
    if known and not chosen:
        put(known[-1], **told)
        return str(known[-1].id)
    if known:
        told |= {name: told[name] or getattr(known[-1], name) for name in ("number", "safe")}
    return new(work, ContactAgreement, case_file(case), person=person, **told).id


@action("contact.safe_way")
def record_safe_way(work: Work, case: str, person: str, words: str) -> str:
    """How it is safe to reach them, in their words. Until then nothing is left, posted or sent in a held case."""
    if not words.strip():
        raise UserError("Write how it is safe to reach them.")
    known = work.select(agreements_of(case, person))
    if known:
        put(known[-1], safe=words.strip())
        return str(known[-1].id)
    return new(work, ContactAgreement, case_file(case), person=person, safe=words.strip()).id


@action("disclosure.ruled")
def do_not_disclose(
    work: Work, case: str, about: str, not_to: str, *, what: str = "everything", why: str = "", name: str = ""
) -> str:
    """Nothing (or not `what`) about one person may reach another: looked at at every way out. `name`: somebody who has
    no part in the case, or an agency, in place of `not_to`."""
    told = {"about": about, "not_to": not_to, "not_to_name": name.strip(), "what": what, "why": why}
    return new(work, DisclosureRule, case_file(case), **told).id


@action("disclosure.rule_ended")
def may_be_told_now(work: Work, case: str, rule: str, why: str, agreed_by: str) -> str:
    """A rule ends: a manager agreed, with why; both stay in the case. In a welfare case it comes back with the next
    thing that is told of the person it is about."""
    said = Said(note=f"{words(why, 'Write what they say to it.')} Agreed by {words(agreed_by, 'Write which manager.')}")
    put(in_case(work, DisclosureRule, rule, case), ended=london_day(work.happened))
    return became(work, case, "disclosure_ended", rule, said)


def protect(work: Work, case: str, others: Iterable[str] = ()) -> None:
    """In a welfare case nothing about whoever reported it, is affected, or lives with them may reach the person it is
    about, joint tenant or not, from the minute it is told (PRACTICE.md 2). `others`: more people it is about."""
    if work.get(Case, case).stream != "domestic_abuse":
        return
    file = case_file(case)
    standing = sa.select(Involvement).where(Involvement.file == file, Involvement.struck.is_(None))
    everyone = [*work.select(standing.order_by(Involvement.id)), *work.made(Involvement, file)]
    about = {*others, *(i.person or "" for i in everyone if i.role == "alleged_perpetrator")} - {""}
    safe = [i.person or "" for i in everyone if i.role in PROTECTED and i.person not in about]
    ruled = sa.select(DisclosureRule).where(DisclosureRule.file == file, DisclosureRule.ended.is_(None))
    rules = [*work.select(ruled.where(DisclosureRule.struck.is_(None))), *work.made(DisclosureRule, file)]
    known = {(rule.about, rule.not_to) for rule in rules}
    for person in dict.fromkeys(safe):
        for other in sorted(about - {person}):
            if (person, other) not in known:
                do_not_disclose(work, case, person, other, why=ABUSE)


def agreements_of(case: str, person: str) -> sa.Select[ContactAgreement]:
    """The standing agreement of one person in one case."""
    found = sa.select(ContactAgreement).where(
        ContactAgreement.file == case_file(case), ContactAgreement.person == person
    )
    return found.where(ContactAgreement.struck.is_(None)).order_by(ContactAgreement.id)


def agreement(session: Session, case: str, person: str) -> Agreement | None:
    """How one person wants to be reached, or None where nobody asked yet."""
    found = list(session.scalars(agreements_of(case, person)))
    if not found:
        return None
    a = found[-1]
    return Agreement(
        a.method or "",
        a.number or "",
        a.times or "",
        a.how_often or "",
        a.days or "",
        a.safe or "",
        tuple(a.do_not or ()),
        a.if_someone_answers or "",
        a.review_on or "",
        a.agreed_by or "",
    )
