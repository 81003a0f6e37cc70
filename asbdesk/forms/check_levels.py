"""What is wrong with levels: gaps and overlaps of points, floors that lift nothing, required steps nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from asbdesk.forms.definition import REQUIRED_ACTIONS
from asbdesk.forms.faults import Place, Trouble, near

if TYPE_CHECKING:
    from asbdesk.forms.schema import FormShape


def troubles(form: FormShape) -> Iterator[Trouble]:
    """Every fault of the bands and floors of a form whose shape is right."""
    most = most_points(form)
    if most and not form.bands:
        yield ("sections",), "questions carry points and there are no “bands”", "add the levels, from 0 points up"
    if form.bands and not most:
        mend = "give points to options, or take the bands out"
        yield ("bands",), "there are bands and no question carries points", mend
    yield from _bands(form, most)
    yield from _floors(form)
    for place, keys in _required(form):
        for n, key in enumerate(keys):
            if key not in REQUIRED_ACTIONS:
                yield (*place, "required", n), f"required step “{key}” is not known", near(key, list(REQUIRED_ACTIONS))


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


def _bands(form: FormShape, most: int) -> Iterator[Trouble]:
    start = 0
    for b, band in enumerate(form.bands):
        if any(band.key == earlier.key for earlier in form.bands[:b]):
            yield ("bands", b, "key"), f"band “{band.key}” is there twice", "give this one another key"
        if band.max < band.min:
            what = f"band “{band.key}” ends ({band.max}) before it begins ({band.min})"
            yield ("bands", b, "max"), what, "change one of them"
        elif band.min > start:
            yield ("bands", b, "min"), f"{_points(start, band.min - 1)} in no band", f"write “min: {start}”"
        elif band.min < start:
            yield ("bands", b, "min"), f"{_points(band.min, start - 1)} in two bands", f"write “min: {start}”"
        start = band.max + 1
    if form.bands and most and start != most + 1:
        what = f"the last band ends at {start - 1} and the questions can give {most}"
        yield ("bands", len(form.bands) - 1, "max"), what, f"write “max: {most}”"


def _floors(form: FormShape) -> Iterator[Trouble]:
    keys = [band.key for band in form.bands]
    for f, floor in enumerate(form.floors):
        place = ("floors", f, "band")
        if floor.band not in keys:
            yield place, f"there is no band “{floor.band}”", near(floor.band, keys) if keys else "add “bands”"
        elif keys.index(floor.band) == 0:
            yield place, f"“{floor.band}” is the lowest level, so this lifts nothing", "name a higher one"


def _points(first: int, last: int) -> str:
    return f"{first} points are" if first == last else f"{first} to {last} points are"


def _required(form: FormShape) -> Iterator[tuple[Place, list[str]]]:
    for b, band in enumerate(form.bands):
        yield ("bands", b), list(band.required)
    for f, floor in enumerate(form.floors):
        yield ("floors", f), list(floor.required)
