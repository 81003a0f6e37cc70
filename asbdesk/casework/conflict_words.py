"""Words for what two laptops may differ in: each record, each field, each value as an officer reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from asbdesk.casework.words import (
    BANDS,
    METHODS,
    OTHER_DECISIONS,
    ROLES,
    SIGNING,
    STREAMS,
    label,
    number,
    sentence,
)
from asbdesk.clock import plain_day, short_moment
from asbdesk.model import Member, Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

RECORDS = {
    "case": "the case",
    "report": "a report",
    "contact": "a contact",
    "assessment": "a risk assessment",
    "plan_version": "the plan",
    "action": "a step of the plan",
    "person": "a person",
    "home": "a home",
    "household": "a household",
    "vulnerability": "a need or circumstance",
    "contact_agreement": "how to reach somebody",
    "disclosure_rule": "what must not be told",
    "permission": "whom we may talk to",
    "letter_sent": "a letter",
    "other_person_decision": "speaking to the other person",
    "safeguarding_decision": "a safeguarding decision",
    "hate_record": "a hate incident",
    "involvement": "somebody’s part in the case",
    "member": "a colleague",
    "landlord": "the landlord",
    "agency": "an agency",
    "form_text": "a form or letter of our own",
    "list_word": "a word of our lists",
    "register_entry": "one of our own registers",
    "finished_form": "a form as it was filled in",
    "policy_profile": "our timescales",
    "useful_number": "a useful number",
    "order": "an Ombudsman’s order",
    "rest": "what waits",
    "now": "what cannot wait",
    "waiver": "something not needed",
}
"""Kind → what it is called; a kind that nobody named reads as itself."""
FIELDS = {
    "assessment.band": "the risk level",
    "landlord.name": "the landlord’s name",
    "landlord.closed_number": "the number when we are closed",
    "list_word.words": "how our lists call something",
    "policy_profile.numbers": "our timescales",
    "policy_profile.working_days": "the days on which we are closed",
    "case.officer": "who looks after the case",
    "case.status": "whether the case is open",
    "case.stream": "the type of case",
    "case.title": "the title",
    "case.category": "how serious it is",
    "case.home": "which home it is about",
    "report.words": "what was reported",
    "report.serious": "what is serious in a report",
    "report.behaviours": "what kind of thing was reported",
    "report.about": "whom a report is about",
    "contact.note": "what was said",
    "contact.next_by": "the day of the next contact",
    "person.phone": "the telephone number",
    "person.email": "the e-mail address",
    "person.name": "the name",
    "person.language": "the language",
    "person.interpreter": "whether an interpreter is needed",
    "person.home": "where somebody lives",
    "home.address": "the address",
    "household.children": "how many children live there",
    "contact_agreement.method": "how to reach somebody",
    "contact_agreement.safe": "what is safe",
    "contact_agreement.do_not": "what we must not do",
    "disclosure_rule.what": "what must not be told",
    "permission.answer": "whether we may talk to somebody",
    "other_person_decision.outcome": "the decision about speaking to the other person",
    "other_person_decision.look_again": "the day to look again",
    "safeguarding_decision.referred": "whether it was referred",
    "plan_version.next_contact": "the day of the next contact",
    "plan_version.review_on": "the day to look at the plan again",
    "action.by": "the day of a step",
    "action.done_on": "whether a step is done",
    "promise.by": "the day of a promise",
    "repair.due": "the day of a repair",
    "now.danger": "whether anyone is in danger",
}
"""`kind.field` → its words, after "both changed …"."""
_ID = re.compile(r"[0-9a-f]{32}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z")
_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LISTS = {"report.serious": "serious", "report.behaviours": "behaviour", "evidence.type": "evidence_type"}
NAMED: dict[str, dict[str, str]] = {
    "assessment.band": BANDS,
    "assessment.computed": BANDS,
    "case.stream": STREAMS,
    "involvement.role": ROLES,
    "plan_version.signing": SIGNING,
    "contact_agreement.method": METHODS,
    "other_person_decision.outcome": OTHER_DECISIONS,
    "permission.answer": {"yes": "Yes", "ask_first": "Ask first", "no": "No"},
    "case.status": {"open": "Open", "closed": "Closed"},
}
"""`kind.field` → the words for its codes."""
CODES = frozenset((*NAMED, *LISTS, "case.category", "case.officer", "person.tenure", "home.tenure", "member.role"))
FREE = frozenset(
    ("words", "note", "safe", "why", "reason", "event", "what", "meanwhile", "must_not_say", "feel_safe", "title")
)
"""Fields that hold somebody's words: two of them may be put together in words of one's own."""
NOTHING = "Nothing written"


def record_words(kind: str) -> str:
    """ "a contact"."""
    return RECORDS.get(kind) or f"a {kind.replace('_', ' ')}"


def field_words(kind: str, field: str) -> str:
    """What differs, after "both changed": "the risk level", "what was said"."""
    if field == "struck":
        return record_words(kind)
    return FIELDS.get(f"{kind}.{field}") or f"“{field.strip('_').replace('_', ' ')}” of {record_words(kind)}"


def is_free(kind: str, field: str, values: list[Any]) -> bool:
    """Whether a third value may be written: text in somebody's own words."""
    return field in FREE and f"{kind}.{field}" not in CODES and all(isinstance(v, str | None) for v in values)


def value_words(session: Session, kind: str, field: str, value: Any) -> str:
    """A value as people read it."""
    if value is None or value == "" or value == []:
        return NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return sentence(value_words(session, kind, field, part) for part in value)
    if isinstance(value, dict):
        return number(len(value), "answer")
    return _text(session, f"{kind}.{field}", str(value))


def _text(session: Session, name: str, text: str) -> str:
    if name in NAMED:
        return NAMED[name].get(text) or _plain(text)
    if name in LISTS:
        return label(LISTS[name], text)
    for pattern, words in SHAPES:
        if pattern.fullmatch(text):
            return words(session, text)
    return _plain(text) if name in CODES else text


def _named(session: Session, id: str) -> str:
    """The person or colleague of this id; a record of another kind has no name."""
    found = session.get(Member, id) or session.get(Person, id)
    return (found.name if found else "") or "Another record"


def _day(_: Session, day: str) -> str:
    try:
        return f"{plain_day(day)} {day[:4]}"
    except ValueError:
        return day


def _moment(_: Session, at: str) -> str:
    try:
        return short_moment(at)
    except ValueError:
        return at


def _plain(code: str) -> str:
    return code.replace("_", " ").capitalize() if _CODE.fullmatch(code) else code


SHAPES: tuple[tuple[re.Pattern[str], Callable[[Any, str], str]], ...] = (
    (_ID, _named),
    (_DAY, _day),
    (_INSTANT, _moment),
)
