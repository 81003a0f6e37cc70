"""What the shape cannot say: ids used once, conditions that name what is there, levels without gaps."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from asbdesk.forms.answers import UNANSWERED
from asbdesk.forms.definition import CHOICES, REQUIRED_ACTIONS, SCORED
from asbdesk.forms.when import Compare, When, WhenError, comparisons, parse

if TYPE_CHECKING:
    from asbdesk.forms.schema import FormShape, QuestionShape

Place = tuple[str | int, ...]
Trouble = tuple[Place, str, str]
"""Where, what is wrong, the mend."""

ROOM = ("alone", "safe_to_talk", "child_hears", "interpreter", "by_phone")
"""What the room is like: conditions of every form may use these names."""


def near(word: str, known: list[str]) -> str:
    """The mend for a word that nobody knows: the nearest one, or all of them."""
    close = get_close_matches(word, known, 1)
    return f"did you mean “{close[0]}”?" if close else f"use one of: {', '.join(known)}"


def troubles(form: FormShape) -> Iterator[Trouble]:
    """Every fault of a form whose shape is right."""
    yield from _ids(form)
    for s, section in enumerate(form.sections):
        for q, question in enumerate(section.questions):
            yield from _question(question, ("sections", s, "questions", q))
    yield from _conditions(form)
    yield from _bands(form)
    for place, keys in _required(form):
        for n, key in enumerate(keys):
            if key not in REQUIRED_ACTIONS:
                yield (*place, "required", n), f"required step “{key}” is not known", near(key, list(REQUIRED_ACTIONS))


def _ids(form: FormShape) -> Iterator[Trouble]:
    seen: set[str] = set()
    for s, section in enumerate(form.sections):
        if any(section.id == earlier.id for earlier in form.sections[:s]):
            yield ("sections", s, "id"), f"section “{section.id}” is there twice", "give this one another id"
        for q, question in enumerate(section.questions):
            place = ("sections", s, "questions", q, "id")
            if question.id in seen:
                yield place, f"question “{question.id}” is there twice", "give this one another id"
            if question.id in (*form.facts, *ROOM):
                yield place, f"question “{question.id}” is also the name of a fact", "give one of them another name"
            seen.add(question.id)


def _question(question: QuestionShape, place: Place) -> Iterator[Trouble]:
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
    options, kind = question.options, question.kind
    if options is not None and kind not in CHOICES:
        yield (*place, "options"), f"options do not go with kind “{kind}”", "write “kind: single” or “kind: multi”"
        return
    if kind in ("single", "multi") and len(options or []) < 2:
        yield place, f"question “{question.id}” has fewer than two options", "add the answers to choose from"
    for n, option in enumerate(options or []):
        here = (*place, "options", n)
        if any(option.value == earlier.value for earlier in (options or [])[:n]):
            yield (*here, "value"), f"option “{option.value}” is there twice", "give this one another value"
        if option.value in UNANSWERED:
            yield (
                (*here, "value"),
                f"“{option.value}” is kept for an answer that is not one",
                "take this option out: every question has it",
            )
        if option.exclusive and kind != "multi":
            yield (*here, "exclusive"), "“exclusive” goes only with kind “multi”", "take it out"
        if kind == "yes_no" and option.value not in ("yes", "no"):
            yield (
                (*here, "value"),
                "a yes_no question has only “yes” and “no”",
                "write “kind: single” for other answers",
            )
    if kind == "yes_no" and options is not None and {o.value for o in options} != {"yes", "no"}:
        yield (
            (*place, "options"),
            "a yes_no question needs both “yes” and “no”",
            "add the other, or take the options out",
        )
    if kind == "yes_no" and question.points is not None and options is not None:
        yield (
            (*place, "points"),
            "points stand on the question and it has options too",
            "give the points to the options",
        )
    if any(o.points for o in options or []) and any(o.points is None for o in options or []):
        n = next(i for i, o in enumerate(options or []) if o.points is None)
        yield (
            (*place, "options", n),
            "this option has no points and others have",
            "add “points: 0” if it counts nothing",
        )


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


def _conditions(form: FormShape) -> Iterator[Trouble]:
    """A `when` names what comes before it, so that one pass decides and no circle can be written."""
    known: dict[str, QuestionShape | None] = dict.fromkeys([*ROOM, *form.facts])
    later = {q.id for s in form.sections for q in s.questions}
    for s, section in enumerate(form.sections):
        yield from _condition(section.when, ("sections", s, "when"), known, later)
        for q, question in enumerate(section.questions):
            yield from _condition(question.when, ("sections", s, "questions", q, "when"), known, later)
            known[question.id] = question
    for f, floor in enumerate(form.floors):
        yield from _condition(floor.when, ("floors", f, "when"), known, later)


def _condition(
    text: str | None, place: Place, known: dict[str, QuestionShape | None], later: set[str]
) -> Iterator[Trouble]:
    if text is None:
        return
    try:
        when: When = parse(text)
    except WhenError as error:
        yield place, error.what, error.mend
        return
    for test in comparisons(when):
        if test.name in known:
            yield from ((place, what, mend) for what, mend in _test(test, known[test.name]))
        elif test.name in later:
            yield place, f"“{test.name}” comes later than this", "move it before, or ask about an earlier one"
        else:
            names = [k for k in known if k not in ROOM] + [k for k in known if k in ROOM]
            yield place, f"there is no question or fact “{test.name}”", near(test.name, names)


def _test(test: Compare, question: QuestionShape | None) -> Iterator[tuple[str, str]]:
    """Faults of one comparison with a question (None: a fact, whose words are the screen's)."""
    if question is None or not test.op:
        return
    if test.op == "has" and question.kind != "multi":
        yield f"“has” goes only with several answers, and “{question.id}” takes one", "write “==”"
    if test.op in ("==", "!=", "in") and question.kind == "multi":
        yield f"“{test.op}” does not go with “{question.id}”, which takes several answers", "write “has”"
    if test.op in ("<", "<=", ">", ">=") and question.kind not in ("number", "scale"):
        yield f"“{test.op}” goes only with numbers, and “{question.id}” is not one", "write “==”"
    words = ["yes", "no"] if question.kind == "yes_no" else [o.value for o in question.options or []]
    if question.kind in CHOICES:
        for word in test.words:
            if word not in (*words, *UNANSWERED):
                yield f"“{question.id}” has no answer “{word}”", near(word, [*words, *UNANSWERED])


def most_points(form: FormShape) -> int:
    """The most points that the form can give."""
    total = 0
    for question in (q for s in form.sections for q in s.questions):
        options = [(o.points or 0, o.exclusive) for o in question.options or []]
        if question.kind == "yes_no":
            total += max([question.points or 0, *(p for p, _ in options)])
        elif question.kind == "single":
            total += max([p for p, _ in options], default=0)
        elif question.kind == "multi":
            total += max([sum(p for p, alone in options if not alone), *(p for p, alone in options if alone)])
    return total


def _bands(form: FormShape) -> Iterator[Trouble]:
    bands, most = form.bands, most_points(form)
    scored = most > 0
    if scored and not bands:
        yield ("sections",), "questions carry points and there are no “bands”", "add the levels, from 0 points up"
    if bands and not scored:
        yield (
            ("bands",),
            "there are bands and no question carries points",
            "give points to options, or take the bands out",
        )
    for b, band in enumerate(bands):
        start = bands[b - 1].max + 1 if b else 0
        if any(band.key == earlier.key for earlier in bands[:b]):
            yield ("bands", b, "key"), f"band “{band.key}” is there twice", "give this one another key"
        if band.max < band.min:
            yield (
                ("bands", b, "max"),
                f"band “{band.key}” ends ({band.max}) before it begins ({band.min})",
                "change one",
            )
        elif band.min > start:
            yield ("bands", b, "min"), f"{_points(start, band.min - 1)} in no band", f"write “min: {start}”"
        elif band.min < start:
            yield ("bands", b, "min"), f"{_points(band.min, start - 1)} in two bands", f"write “min: {start}”"
    if bands and scored and bands[-1].max != most:
        what = f"the last band ends at {bands[-1].max} and the questions can give {most}"
        yield ("bands", len(bands) - 1, "max"), what, f"write “max: {most}”"
    for f, floor in enumerate(form.floors):
        keys = [b.key for b in bands]
        if floor.band not in keys:
            yield (
                ("floors", f, "band"),
                f"there is no band “{floor.band}”",
                near(floor.band, keys) if keys else "add “bands”",
            )
        elif keys.index(floor.band) == 0:
            yield (
                ("floors", f, "band"),
                f"“{floor.band}” is the lowest level, so this lifts nothing",
                "name a higher one",
            )


def _points(first: int, last: int) -> str:
    return f"{first} points are" if first == last else f"{first} to {last} points are"


def _required(form: FormShape) -> Iterator[tuple[Place, list[str]]]:
    for b, band in enumerate(form.bands):
        yield ("bands", b), list(band.required)
    for f, floor in enumerate(form.floors):
        yield ("floors", f), list(floor.required)
