"""What is wrong with one question: words that do not go with its kind, options, points, ends of a scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from asbdesk.forms.answers import UNANSWERED
from asbdesk.forms.definition import CHOICES, SCORED
from asbdesk.forms.faults import Place, Trouble

if TYPE_CHECKING:
    from asbdesk.forms.schema import QuestionShape


def troubles(question: QuestionShape, place: Place) -> Iterator[Trouble]:
    """Every fault of one question whose shape is right."""
    kind = question.kind
    if question.text is None and kind != "part":
        yield place, f"question “{question.id}” has no “text”", "write the words to ask"
    if kind == "part" and not question.part:
        yield place, f"part “{question.id}” does not say which panel", "add “part: …”"
    if kind != "part" and question.part:
        yield (*place, "part"), f"“part” does not go with kind “{kind}”", "write “kind: part”, or take it out"
    if question.points is not None and kind != "yes_no":
        mend = "give points to its options" if kind in SCORED else "only single, multi and yes_no can be scored"
        yield (*place, "points"), f"points on a question of kind “{kind}”", mend
    yield from _options(question, place)
    yield from _numbers(question, place)


def _options(question: QuestionShape, place: Place) -> Iterator[Trouble]:
    options, kind = question.options or [], question.kind
    if question.options is not None and kind not in CHOICES:
        yield (*place, "options"), f"options do not go with kind “{kind}”", "write “kind: single” or “kind: multi”"
        return
    if question.pick and (kind not in ("single", "multi") or options):
        yield (*place, "pick"), "“pick” stands in place of options", "take it out, or take the options out"
    if kind in ("single", "multi") and len(options) < 2 and not question.pick:
        yield place, f"question “{question.id}” has fewer than two options", "add the answers to choose from"
    for n, option in enumerate(options):
        where = (*place, "options", n)
        if any(option.value == earlier.value for earlier in options[:n]):
            yield (*where, "value"), f"option “{option.value}” is there twice", "give this one another value"
        if option.value in UNANSWERED:
            what = f"“{option.value}” is kept for an answer that is not one"
            yield (*where, "value"), what, "take this option out: every question has it"
        if option.exclusive and kind != "multi":
            yield (*where, "exclusive"), "“exclusive” goes only with kind “multi”", "take it out"
    if kind == "yes_no" and question.options is not None:
        yield from _yes_and_no(question, place)
    unscored = [n for n, option in enumerate(options) if option.points is None]
    if unscored and any(option.points for option in options):
        what = "this option has no points and others have"
        yield (*place, "options", unscored[0]), what, "add “points: 0” if it counts nothing"


def _yes_and_no(question: QuestionShape, place: Place) -> Iterator[Trouble]:
    """A yes_no question that writes its two options out, for other labels."""
    options = question.options or []
    for n, option in enumerate(options):
        if option.value not in ("yes", "no"):
            what, mend = "a yes_no question has only “yes” and “no”", "write “kind: single” for other answers"
            yield (*place, "options", n, "value"), what, mend
    if {option.value for option in options} != {"yes", "no"}:
        what, mend = "a yes_no question needs both “yes” and “no”", "add the other, or take the options out"
        yield (*place, "options"), what, mend
    if question.points is not None:
        what = "points stand on the question and it has options too"
        yield (*place, "points"), what, "give the points to the options"


def _numbers(question: QuestionShape, place: Place) -> Iterator[Trouble]:
    for name in ("min", "max"):
        if getattr(question, name) is not None and question.kind not in ("number", "scale"):
            yield (*place, name), f"“{name}” does not go with kind “{question.kind}”", "take it out"
    for name in ("min_label", "max_label"):
        if getattr(question, name) is not None and question.kind != "scale":
            yield (*place, name), f"“{name}” goes only with kind “scale”", "take it out"
    if question.rows is not None and question.kind != "long_text":
        yield (*place, "rows"), "“rows” goes only with kind “long_text”", "take it out"
    if question.kind == "scale" and (question.min is None or question.max is None):
        yield place, f"scale “{question.id}” has no ends", "add “min:” and “max:”"
    elif question.min is not None and question.max is not None and question.min >= question.max:
        yield (*place, "max"), f"“max” {question.max} is not more than “min” {question.min}", "change one of them"
    if question.kind == "scale" and (question.max or 0) - (question.min or 0) > 10:
        yield (*place, "max"), "a scale of more than 11 steps cannot be tapped", "write “kind: number”"
