"""Filling a form in: which questions are open now, which are missing, and what a finished form keeps.

Only questions that come earlier are named in a `when` (load checks it), so one pass in order decides all. An answer to
a question that is no longer asked counts for nothing, but stays in the drafts until the form is finished.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from asbdesk.forms.answers import is_unanswered, misfit, unanswered
from asbdesk.forms.definition import Form, Option, Question

NOBODY_INTERPRETS = (None, "", False, "no", "none", "not_needed", "professional")
"""Values of the fact `interpreter` that leave a conversation private."""

Answers = Mapping[str, Any]


def with_choices(form: Form, choices: Mapping[str, Sequence[tuple[str, str]]]) -> Form:
    """The form with the answers of its `pick` questions filled in; one that has none to choose from is left out."""
    sections = []
    for section in form.sections:
        questions = (_picked(question, choices) for question in section.questions)
        sections.append(replace(section, questions=tuple(q for q in questions if q is not None)))
    return replace(form, sections=tuple(sections))


def _picked(question: Question, choices: Mapping[str, Sequence[tuple[str, str]]]) -> Question | None:
    if not question.pick:
        return question
    options = tuple(Option(value, label) for value, label in choices.get(question.pick, ()))
    return replace(question, options=options) if options else None


def is_private_now(facts: Mapping[str, Any]) -> bool:
    """May private questions be asked: alone, safe to talk, no child who understands in earshot, and nobody interprets
    but a professional (PRACTICE.md 2). What has not been said counts as not private.
    """
    yes, no = (True, "yes"), (False, "no")
    return (
        facts.get("alone") in yes
        and facts.get("safe_to_talk") in yes
        and facts.get("child_hears") in no
        and facts.get("interpreter") in NOBODY_INTERPRETS
    )


def room_allows(question: Question, facts: Mapping[str, Any]) -> bool:
    """May this question be asked in the room as it is: see `Question.private` and `Question.professional`."""
    if question.professional and facts.get("interpreter") not in NOBODY_INTERPRETS:
        return False
    return not question.private or is_private_now(facts)


def asked(form: Form, answers: Answers, facts: Mapping[str, Any]) -> Iterator[Question]:
    """The questions whose conditions hold, in order, private ones and parts among them."""
    values: dict[str, Any] = dict(facts)
    for section in form.sections:
        if section.when is not None and not section.when.holds(values):
            continue
        for question in section.questions:
            if question.when is None or question.when.holds(values):
                yield question
                if question.id in answers and not misfit(question, answers[question.id]):
                    values[question.id] = answers[question.id]


def open_questions(form: Form, answers: Answers, facts: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions to show now, in order. Private ones are among them only while the room allows."""
    return tuple(q for q in asked(form, answers, facts) if room_allows(q, facts))


def missing(form: Form, answers: Answers, facts: Mapping[str, Any]) -> tuple[Question, ...]:
    """Open questions that must be answered (or marked *does not want to say* or *don't know*) and are not yet.

    *Not asked* does not settle a required question, and neither does a value that cannot stand.
    """
    return tuple(q for q in open_questions(form, answers, facts) if q.required and not _settled(q, answers.get(q.id)))


def _settled(question: Question, value: object) -> bool:
    if isinstance(value, dict):
        return not misfit(question, value) and value["unanswered"] != "not_asked"
    return not is_unanswered(value) and not misfit(question, value)


def finished_answers(form: Form, answers: Answers, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a finished form keeps: one value for each question asked, and for no other.

    Nothing given is *not asked*; what the room did not allow is *not alone*, unless something was said earlier, while
    it did. Parts keep their own records and are left out.
    """
    kept: dict[str, Any] = {}
    for question in asked(form, answers, facts):
        if question.kind == "part":
            continue
        value = answers.get(question.id)
        if misfit(question, value) or value is None or (is_unanswered(value) and not isinstance(value, dict)):
            value = unanswered("not_asked")
        if value == unanswered("not_asked") and not room_allows(question, facts):
            value = unanswered("not_alone")
        kept[question.id] = value
    return kept
