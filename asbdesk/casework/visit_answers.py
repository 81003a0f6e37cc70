"""What the answers of a visit come to: needs, the four about the other person, how they want to be reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asbdesk.casework import contacts
from asbdesk.casework.contacts import Agreement
from asbdesk.casework.other_person import FourAnswers
from asbdesk.forms.answers import word_of


def told_needs(answers: Mapping[str, Any]) -> dict[str, str]:
    """The needs that the checklist's answers name, and who said so: the person, unless another is named."""
    found: dict[str, str] = {}
    for question, value in answers.items():
        if question.startswith("needs.needs_") and isinstance(value, list):
            for need in value:
                said = answers.get(f"needs.said_{need}")
                found[str(need)] = said if isinstance(said, str) else "person"
    found.pop("none", None)
    return found


def four_answers(answers: Mapping[str, Any]) -> FourAnswers:
    """The four questions; "does not want to say" and "don't know" are answers, "not asked" is none."""
    told = {}
    for question in ("may_speak", "may_know", "must_not_say", "feel_safe"):
        value = answers.get(question)
        word = word_of(value)
        told[question] = (value if isinstance(value, str) else "") if not word else word if word != "not_asked" else ""
    return FourAnswers(**{q: v if v != "not_alone" else "" for q, v in told.items()})


def agreement_of(a: Mapping[str, Any]) -> Agreement:
    """How they want to be reached, as far as they said."""
    often, days = contacts.OFTEN.get(text_of(a, "contact_often"), ("", ""))
    do_not = a.get("contact_do_not")
    return Agreement(
        method=text_of(a, "contact_method"),
        times=text_of(a, "contact_times"),
        how_often=often,
        days=days,
        safe=text_of(a, "safe_way"),
        do_not=tuple(do_not) if isinstance(do_not, list) else (),
        if_someone_answers=text_of(a, "if_someone_answers"),
    )


def text_of(answers: Mapping[str, Any], question: str) -> str:
    """What was written or chosen; empty where nothing was."""
    value = answers.get(question)
    return value.strip() if isinstance(value, str) else ""
