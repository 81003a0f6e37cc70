"""What an answer may be, and the four answers that are not answers.

A value is text, a whole number, a list of option values, or ``{"unanswered": word}``. *Not asked*, *does not want
to say*, *don't know* and *no* are four different things; only the last is an answer.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asbdesk.forms.definition import Question

UNANSWERED = {
    "not_asked": "Not asked",
    "wont_say": "Does not want to say",
    "dont_know": "Don’t know",
    "not_alone": "Not asked: not alone",
}
"""Word kept → words shown."""

LONGEST_TEXT = 100_000
"""Characters in one answer; the same bound as an imported text (CASE-HISTORY.md)."""


def unanswered(word: str) -> dict[str, str]:
    """The value that says why there is no answer. Raises KeyError for a word that is not one of `UNANSWERED`."""
    UNANSWERED[word]
    return {"unanswered": word}


def is_unanswered(value: object) -> bool:
    """True for nothing at all, for empty text, for an empty list, and for every `{"unanswered": …}`."""
    return value is None or isinstance(value, dict) or (isinstance(value, str | list) and not value)


def written(answers: Mapping[str, Any], question: str) -> str:
    """What was written or chosen; empty where there is no answer, whatever the reason."""
    value = answers.get(question)
    return value.strip() if isinstance(value, str) else ""


def word_of(value: object) -> str:
    """Why there is no answer: one of `UNANSWERED`; empty for a real answer. Nothing given is *not asked*."""
    if not is_unanswered(value):
        return ""
    word = value.get("unanswered") if isinstance(value, dict) else None
    return word if isinstance(word, str) and word in UNANSWERED else "not_asked"


def misfit(question: Question, value: object) -> str:
    """Why `value` cannot stand as an answer to `question`, as a sentence; empty when it can."""
    if isinstance(value, dict):
        fine = list(value) == ["unanswered"] and value["unanswered"] in list(UNANSWERED)
        return "" if fine else "Choose one of the answers, or say why there is none."
    if is_unanswered(value):
        return ""
    check = _CHECKS.get(question.kind)
    return check(question, value) if check else ""


def _options(question: Question, value: Any) -> str:
    return "" if question.option(value) is not None else "Choose one of the answers shown."


def _several(question: Question, value: Any) -> str:
    if not isinstance(value, list) or any(question.option(v) is None for v in value):
        return "Choose from the answers shown."
    alone = [o.label for o in question.options if o.exclusive and o.value in value]
    if alone and len(set(value)) > 1:
        return f"“{alone[0]}” stands alone: take the other answers away, or this one."
    return ""


def _words(question: Question, value: Any) -> str:
    if not isinstance(value, str):
        return "Write the answer in words."
    return "" if len(value) <= LONGEST_TEXT else f"This is longer than {LONGEST_TEXT:,} characters. Make it shorter."


def _whole(question: Question, value: Any) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        return "Write a whole number."
    low = 0 if question.min is None else question.min
    if value < low:
        return f"The smallest number is {low}."
    if question.max is not None and value > question.max:
        return f"The largest number is {question.max}."
    return "" if value < 2**53 else "This number is too large."


def _day(question: Question, value: Any) -> str:
    try:
        fine = isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value and value >= "1900"
    except ValueError:
        fine = False
    return "" if fine else "This is not a date. Write the day, the month and the year."


def _time(question: Question, value: Any) -> str:
    fine = isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value)
    return "" if fine else "This is not a time. Write it like 14:30."


_CHECKS = {
    "single": _options,
    "yes_no": _options,
    "multi": _several,
    "text": _words,
    "long_text": _words,
    "person": _words,
    "number": _whole,
    "scale": _whole,
    "date": _day,
    "time": _time,
}
