"""The score of an assessment: points, level, the floors that lift it, and what the level requires.

Incomplete is never low: while a scored question has no answer, the points so far and the floors say only "at least".
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from asbdesk.forms.answers import is_unanswered, misfit
from asbdesk.forms.definition import Band, Form, Question
from asbdesk.forms.filling import asked


@dataclass(frozen=True)
class FloorHit:
    """A floor that applies: the level is at least `band`, because of `reason`."""

    band: str
    reason: str


@dataclass(frozen=True)
class Score:
    """What an assessment comes to."""

    points: int
    out_of: int
    complete: bool
    missing: tuple[str, ...]
    """Ids of the scored questions without an answer."""
    computed: str | None
    """The level's key; None while incomplete."""
    floors: tuple[FloorHit, ...]
    at_least: str | None
    """The highest floor; while incomplete also what the points so far already reach. Never the lowest level."""
    required: tuple[str, ...]
    """Keys of `definition.REQUIRED_ACTIONS`, for the level (or the least it can be) and the floors."""
    bands: tuple[Band, ...] = ()
    """The form's levels, lowest first."""

    @property
    def level(self) -> str | None:
        """The level to show: computed, else at least; None where nothing can be said yet."""
        return self.computed or self.at_least

    def label(self, key: str | None) -> str:
        """A level in words; empty for none."""
        return next((b.label for b in self.bands if b.key == key), "")

    def rank(self, key: str | None) -> int:
        """A level's place, lowest 0; -1 for none or a stranger."""
        return next((n for n, b in enumerate(self.bands) if b.key == key), -1)


def score(
    form: Form,
    answers: Mapping[str, Any],
    flags: AbstractSet[str] = frozenset(),
    facts: Mapping[str, Any] | None = None,
) -> Score:
    """The score of `answers`. `flags` are what the case already knows (`violence`, `weapon` …); `facts` those of the
    room, for forms whose `when` asks for them.
    """
    known: dict[str, Any] = {**(facts or {}), **dict.fromkeys(flags, "yes")}
    questions = list(asked(form, answers, known))
    scored = [q for q in questions if q.scored]
    missing = tuple(q.id for q in scored if _no_answer(q, answers.get(q.id)))
    points = sum(_points(q, answers[q.id]) for q in scored if q.id not in missing)
    values = known | {q.id: answers[q.id] for q in questions if q.id in answers}
    hits = tuple(FloorHit(f.band, f.reason) for f in form.floors if f.when.holds(values))
    asked_for = tuple(key for f in form.floors if f.when.holds(values) for key in f.required)
    floor = _highest(form, [h.band for h in hits])
    by_points = _by_points(form, points)
    complete = not missing and bool(scored)
    computed = _highest(form, [by_points, floor]) if complete else None
    at_least = floor if complete else _highest(form, [floor, None if by_points == _lowest(form) else by_points])
    band = form.band(computed or at_least)
    required = tuple(dict.fromkeys((*(band.required if band else ()), *asked_for)))
    return Score(points, form.out_of, complete, missing, computed, hits, at_least, required, form.bands)


def in_words(result: Score) -> str:
    """The level as the officer reads it: never a low level, and no points, for an incomplete assessment."""
    why = "; ".join(hit.reason for hit in result.floors if result.rank(hit.band) == result.rank(result.at_least))
    if result.complete:
        label = result.label(result.computed)
        return f"{label}: {result.points} of {result.out_of} points" + (
            f". At least {label} because: {why}" if why else ""
        )
    left = len(result.missing)
    rest = f"{left} question{'' if left == 1 else 's'} without an answer"
    if result.at_least is None:
        return f"Not complete yet: {rest}, so there is no level"
    because = why or f"the answers so far already come to {result.points} points"
    return f"Not complete yet: at least {result.label(result.at_least)} because {because} ({rest})"


def check_override(result: Score, band: str, reason: str, approver: str) -> list[str]:
    """Why the officer's level cannot stand yet, as sentences; none when it can.

    Any change needs a reason; a lower level also a name that approves it; an incomplete one is never the lowest.
    """
    place, base = result.rank(band), result.rank(result.level)
    if place < 0:
        return ["Choose one of the levels: " + ", ".join(b.label for b in result.bands) + "."]
    problems = []
    if not result.complete and place == 0:
        problems.append(
            f"This assessment is not complete, so it cannot be {result.label(band)}. "
            "Ask the questions that are left, or leave it without a level."
        )
    if band != result.level and not reason.strip():
        problems.append("Say why you chose this level, in a few words.")
    if place < base and not approver.strip():
        problems.append(f"A lower level than {result.label(result.level)} needs someone who agrees. Write their name.")
    return problems


def _no_answer(question: Question, value: object) -> bool:
    return is_unanswered(value) or bool(misfit(question, value))


def _points(question: Question, value: Any) -> int:
    chosen = set(value) if isinstance(value, list) else {value}
    return sum(o.points for o in question.options if o.value in chosen)


def _by_points(form: Form, points: int) -> str | None:
    return next((b.key for b in form.bands if b.min <= points <= b.max), None)


def _lowest(form: Form) -> str | None:
    return form.bands[0].key if form.bands else None


def _highest(form: Form, keys: list[str | None]) -> str | None:
    order = [b.key for b in form.bands]
    ranks = [order.index(k) for k in keys if k is not None]
    return order[max(ranks)] if ranks else None
