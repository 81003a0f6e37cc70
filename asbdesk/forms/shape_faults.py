"""A fault of shape (pydantic's) in words that say how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asbdesk.forms import schema
from asbdesk.forms.faults import Fault, near

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from asbdesk.forms.yaml_text import Tree


def in_words(error: ErrorDetails, tree: Tree, name: str) -> Fault:
    """One of pydantic's errors, at its line in the file."""
    place = tuple(error["loc"])
    key = str(place[-1]) if place else "form"
    what, mend = _words(error["type"], key, error.get("input"), error.get("ctx", {}), _shape_at(place))
    where = place[:-1] if error["type"] == "missing" else place
    return Fault(tree.line(where), what, mend, name)


def _words(kind: str, key: str, given: Any, about: dict[str, Any], known: list[str]) -> tuple[str, str]:
    if kind == "extra_forbidden":
        return f"“{key}” is not known here", near(key, known)
    if kind == "missing":
        return f"“{key}” is missing", f"add “{key}: …”"
    if given is None:
        return f"“{key}” is empty", "write something after it, or take the line out"
    if kind == "literal_error":
        allowed = [w.strip("'") for w in str(about.get("expected", "")).replace(" or ", ", ").split(", ")]
        return f"“{key}: {_short(given)}” is not known", near(str(given), allowed)
    if kind == "string_type" and isinstance(given, bool | int):
        return f"“{key}” should be words", f'put it in quotes: "{str(given).lower()}"'
    return _more_words(kind, key, given, about)


def _more_words(kind: str, key: str, given: Any, about: dict[str, Any]) -> tuple[str, str]:
    if kind == "string_pattern_mismatch":
        if key == "version":
            return f"“version: {_short(given)}” is not a version", "write numbers, such as 1 or 2.1"
        return f"“{_short(given)}” cannot be used as “{key}”", "use small letters, digits and _, a letter first"
    if kind in ("int_type", "int_from_float", "int_parsing"):
        return f"“{key}: {_short(given)}” is not a whole number", f"write a number, such as “{key}: 2”"
    if kind == "bool_type":
        return f"“{key}: {_short(given)}” is neither true nor false", f"write “{key}: true”, or take the line out"
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = f"at least {about['ge']}" if "ge" in about else f"at most {about.get('le')}"
        return f"“{key}: {_short(given)}” is out of range", f"write a number of {bound}"
    if kind in ("string_too_long", "too_long"):
        return f"“{key}” is too long", f"keep it to {about.get('max_length')}"
    if kind in ("string_too_short", "too_short"):
        return f"“{key}” is empty", "write something after it, or take the line out"
    wanted = {"string_type": "words", "list_type": "a list: one “- …” to a line"}.get(kind, "“name: value” lines")
    return f"“{key}” should be {wanted}", "look at the indent, and write it like the forms that come with asbdesk"


def _short(given: Any) -> str:
    text = str(given).replace("\n", " ")
    return text if len(text) <= 40 else text[:40] + "…"


_INSIDE: dict[str, type[schema.Shape]] = {
    "sections": schema.SectionShape,
    "questions": schema.QuestionShape,
    "options": schema.OptionShape,
    "bands": schema.BandShape,
    "floors": schema.FloorShape,
}


def _shape_at(place: tuple[str | int, ...]) -> list[str]:
    """The words that may stand where `place` ends."""
    lists = [part for part in place[:-1] if isinstance(part, str) and part in _INSIDE]
    shape: type[schema.Shape] = _INSIDE[lists[-1]] if lists else schema.FormShape
    return list(shape.model_fields)
