"""What the shape cannot say: ids used once, conditions that name what is there, levels without gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from asbdesk.forms import check_levels, check_questions
from asbdesk.forms.answers import UNANSWERED
from asbdesk.forms.definition import CHOICES
from asbdesk.forms.faults import Place, Trouble, near
from asbdesk.forms.when import Compare, When, WhenError, comparisons, parse

if TYPE_CHECKING:
    from asbdesk.forms.schema import FormShape, QuestionShape


ROOM = ("alone", "safe_to_talk", "child_hears", "interpreter", "by_phone")
"""What the room is like: conditions of every form may use these names."""


def troubles(form: FormShape) -> Iterator[Trouble]:
    """Every fault of a form whose shape is right."""
    yield from _ids(form)
    for s, section in enumerate(form.sections):
        for q, question in enumerate(section.questions):
            yield from check_questions.troubles(question, ("sections", s, "questions", q))
    yield from _conditions(form)
    yield from check_levels.troubles(form)


def of_parts(data: dict[str, Any]) -> Iterator[Trouble]:
    """Faults of the questions that can be looked at alone, where the shape of the whole is not right yet: so that one
    reading names as much as can be named.
    """
    from pydantic import ValidationError

    from asbdesk.forms.schema import QuestionShape

    for s, section in enumerate(_list(data.get("sections"))):
        for q, said in enumerate(_list(section.get("questions")) if isinstance(section, dict) else ()):
            place: Place = ("sections", s, "questions", q)
            try:
                question = QuestionShape.model_validate(said)
            except ValidationError:
                continue
            yield from check_questions.troubles(question, place)
            if question.when is not None:
                try:
                    parse(question.when)
                except WhenError as error:
                    yield (*place, "when"), error.what, error.mend


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


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
    if question.kind in CHOICES and not question.pick:
        for word in test.words:
            if word not in (*words, *UNANSWERED):
                yield f"“{question.id}” has no answer “{word}”", near(word, [*words, *UNANSWERED])
