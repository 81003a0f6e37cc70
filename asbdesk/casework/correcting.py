"""Which records can be put right, and by which questions: those of the short form they were written with."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from asbdesk.casework.words import METHODS, OTHER_DECISIONS, label
from asbdesk.clock import london_day, london_instant
from asbdesk.forms.definition import Form, Option, Question
from asbdesk.forms.filling import with_choices
from asbdesk.model import Record, kinds
from asbdesk.store.entries import fields, types

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.parts import Choices

DAYS = ("at", "received", "told_on", "asked_on")
"""The field that says when a record was, in the order looked at."""


@dataclass(frozen=True)
class Kind:
    """A kind of record that can be put right. `form`: the short form whose questions are asked; `named`: question →
    field, where they are called differently; `leave`: questions that are not about this record's own fields."""

    kind: str
    form: str
    title: str
    named: Mapping[str, str]
    leave: tuple[str, ...] = ()

    @cached_property
    def pairs(self) -> dict[str, str]:
        """Question → field."""
        from asbdesk.forms.load import put_right_form

        own = set(fields(self.kind))
        when = next((name for name in DAYS if name in own), "")
        told = {**self.named, **({"on": when} if when else {})}
        asked = [q.id for q in put_right_form(self.form).questions if q.id not in self.leave]
        return {id: told.get(id, id) for id in asked if told.get(id, id) in own}

    @property
    def columns(self) -> frozenset[str]:
        """The fields that can be put right."""
        return frozenset(self.pairs.values())

    @cached_property
    def needed(self) -> frozenset[str]:
        """The fields that must say something."""
        from asbdesk.forms.load import put_right_form

        asked = put_right_form(self.form).by_id
        return frozenset(name for id, name in self.pairs.items() if asked[id].required and asked[id].when is None)


def _kind(kind: str, form: str, title: str, *leave: str, **named: str) -> Kind:
    return Kind(kind, form, title, named, leave)


_ALL = (
    _kind("report", "report", "Report"),
    _kind("contact", "contact", "Contact", **{"with": "with_"}),
    _kind("progress", "progress", ""),
    _kind("promise", "promise", "Promise"),
    _kind("appointment", "appointment", "Visit or meeting", **{"with": "with_"}),
    _kind("police_report", "police", "The police question"),
    _kind("risk_action", "risk_step", "Support or a safety step"),
    _kind("safeguarding_decision", "safeguarding", "Safeguarding decision", "to"),
    _kind("need_told", "need", "A need that was told", "what"),
    _kind("vulnerability", "need", "A need or circumstance", "what"),
    _kind("adjustment", "adjustment", "Something that makes it easier", "on"),
    _kind("warning", "warning", "A warning"),
    _kind("permission", "permission", "Whom we may speak to"),
    _kind("staff_bar", "staff_bar", "Somebody of ours stays away", "needed"),
    _kind("evidence", "evidence_paper", "Evidence", **{"from": "from_"}),
    _kind("evidence_elsewhere", "evidence_elsewhere", "Evidence that somebody else has"),
    _kind("custody", "evidence_custody", "A step in the keeping of evidence"),
    _kind("diary_entry", "diary", "An entry of a diary sheet", "began", "ended"),
    _kind("other_person_decision", "other_decided", "About speaking to the other person", "outcome"),
    _kind("other_account", "other_person", "What the other person says"),
    _kind("finding", "finding", "A finding on an allegation"),
    _kind("enforcement", "tool", "A tool, or none yet"),
    _kind("agency_referral", "agency_refer", "Referred to an agency"),
    _kind("agency_request", "agency_asked", "An agency asks us"),
    _kind("agency_information", "agency_told", "An agency told us something"),
    _kind("repair", "repair", "A repair"),
    _kind("graffiti", "graffiti", "Graffiti"),
    _kind("move_request", "move", "A move"),
    _kind("complaint", "complaint", "A complaint about us"),
    _kind("complaint_declined", "complaint_declined", "Not taken as a complaint"),
    _kind("redress", "redress", "Offered, to put it right"),
    _kind("court_order", "court", "A hearing, notice or order"),
    _kind("order_breach", "breach", "It was not kept"),
    _kind("case_review", "case_review", "ASB Case Review asked for"),
    _kind("ombudsman_request", "ombudsman_asked", "The Ombudsman asks us"),
    _kind("order", "ombudsman_order", "The Ombudsman's order"),
    _kind("learning_statement", "learning_statement", "What we learned"),
    _kind("professional_letter", "care_letter", "A letter about harm", **{"from": "from_", "about_whom": "about"}),
    _kind("subject_access", "own_data", "They ask for their own data"),
    _kind("disclosure", "data_reached", "Something reached the wrong person", about_whom="about"),
    _kind("manager_review", "manager_looked", "A manager looked at it"),
    _kind("case_link", "tie", "Tied to another case"),
    _kind("handover", "hand_over", "Handed over", "to"),
    _kind("reopening", "reopen", "Opened again"),
)
KINDS: Mapping[str, Kind] = {each.kind: each for each in _ALL}
"""Every kind that is put right by its own questions. What is signed, locked or closed is made anew instead; a hate
record has its own page."""
CAN_MOVE: Mapping[str, tuple[str, ...]] = {
    "report": ("by",),
    "contact": ("with_",),
    "promise": ("to",),
    "police_report": (),
    "agency_information": (),
    "professional_letter": ("about",),
    "agency_request": (),
}
"""Kinds that may have been written in the wrong case → their fields that name a person."""


CODED = {"vulnerability": "need", "adjustment": ""}
"""Kinds whose `what` is a code → the list of its words."""
CODES: tuple[tuple[str, Callable[[Any], str]], ...] = (
    ("method", lambda code: METHODS.get(code, "")),
    ("outcome", lambda code: OTHER_DECISIONS.get(code) or label("police_outcome", code)),
    ("body", lambda code: label("permission_body", code)),
    ("decision", lambda code: label("", code)),
)
"""What is told of a record without words: the field, and how its code reads."""
WORDS = ("words", "event", "seen", "account", "purpose", "what", "note", "reason", "result")
"""The fields with words, the first that says anything first."""
TOLD = ("id", *DAYS, *WORDS, *(name for name, _ in CODES))
Told: Any = namedtuple("Told", TOLD)  # type: ignore[misc]  # its names are those above
"""What a list of records is told from, None for what a kind does not have: a long case has thousands of them."""


def own_file(kind: str) -> bool:
    """Whether a kind lies with the person or the home, not with the case."""
    return kind in ("vulnerability", "adjustment", "warning")


def instant_of(record: Any) -> str:
    """When a record was, as an instant; empty where it says nothing."""
    for name in DAYS:
        found = getattr(record, name, None)
        if isinstance(found, str) and found:
            return found if "T" in found else london_instant(found, "12:00")
    return ""


def title_of(known: Kind, record: Any) -> str:
    """What a record is called in a list; what became of something by its own code."""
    what = str(getattr(record, "what", None) or "")
    return known.title or what.replace("_", " ").capitalize() or "What came of it"


def words_of(known: Kind, record: Any) -> str:
    """What somebody wrote in it: its first field with words, else what was chosen."""
    if known.kind in CODED:
        what = str(getattr(record, "what", None) or "")
        return what if " " in what else label(CODED[known.kind], what)
    for name in WORDS:
        found = getattr(record, name, None)
        if isinstance(found, str) and found and (name != "what" or known.kind != "progress"):
            return found
    return next((w for name, words in CODES if (w := words(getattr(record, name, None)))), "")


def stood(known: Kind, record: Record) -> str:
    """What stood in a record of a person or a home, as the case tells it; what somebody needs stays out of it."""
    said = str(getattr(record, "note", None) or "") if known.kind == "vulnerability" else words_of(known, record)
    return ": ".join(t for t in (known.title, said) if t)


def to_put_right(session: Session, case: str, kind: str, id: str) -> tuple[Form, dict[str, Any]]:
    """The questions about one record, and what it says now, as answers. What became of something is asked only for
    what it said. Raises KeyError for a kind that is not put right."""
    from asbdesk.forms.load import put_right_form

    known = KINDS[kind]
    record = session.get(kinds()[kind], id)
    form = with_choices(put_right_form(known.form), _choices(session, case, known, id))
    said = {question: _answer(form, question, getattr(record, name, None)) for question, name in known.pairs.items()}
    said = {question: value for question, value in said.items() if value is not None}
    asked = [q for q in form.questions if q.id in (said if kind == "progress" else known.pairs)]
    first = form.sections[0]
    shown = tuple(replace(_with_what_stands(q, said.get(q.id)), section=first.id) for q in asked)
    return replace(form, sections=(replace(first, questions=shown, when=None),)), said


def changes(known: Kind, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Field → its new value, for each answer that is another one."""
    found = {}
    for question, name in known.pairs.items():
        old, now = before.get(question), after.get(question)
        if old != now:
            found[name] = _value(known, name, question, now)
    return found


def _choices(session: Session, case: str, known: Kind, id: str) -> Choices:
    """The answers that come from the case, as the form of the record has them."""
    from asbdesk.casework.lists import list_of
    from asbdesk.casework.parts import add_called, choices

    ours = {"with": choices.people(session, case), "about": choices.people(session, case, alleged=True)}
    ours["method"] = tuple(METHODS.items())
    ours["behaviours"] = tuple(list_of(session, "behaviour").items())
    called = add_called(known.form)
    return {**ours, **(called[1].choices(session, case, id) if called is not None else {})}


def _with_what_stands(question: Question, value: object) -> Question:
    """What was answered is asked whatever it hung on, what was not need not be; no answer of before is lost."""
    question = replace(question, when=None) if value is not None else replace(question, required=False)
    has = {o.value for o in question.options}
    stands = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    more = tuple(Option(str(v), str(v)) for v in stands if str(v) not in has)
    return replace(question, options=(*question.options, *more)) if question.options and more else question


def _answer(form: Form, question: str, value: Any) -> Any:
    """A field's value as the answer of its question; None where it says nothing."""
    kind = form.by_id[question].kind if question in form.by_id else "text"
    if value is None or value in ("", []):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if kind == "date":
        return london_day(value) if "T" in str(value) else value
    if isinstance(value, list) and kind != "multi":
        return "\n".join(str(each) for each in value)
    return value


def _value(known: Kind, name: str, question: str, answer: Any) -> Any:
    """An answer as its field keeps it."""
    if answer in (None, "", []):
        return None
    sort = types(known.kind)[name]
    if sort is bool:
        return answer == "yes"
    if sort is list and isinstance(answer, str):
        return [line.strip() for line in answer.splitlines() if line.strip()]
    if question == "on" and name in ("at", "received"):
        return london_instant(answer, "12:00")
    return answer
