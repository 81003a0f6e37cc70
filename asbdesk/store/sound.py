"""Entries in which nothing is wrong, told from all others at once: nearly every entry that comes is one.

It finds nothing that `entries.read_foreign` and `entries.fault` do not find, and says "sound" only where they have
nothing to say; whatever it doubts is for them. Why beside them: they must say what is wrong, in words and for any
text at all, and that takes three times as long as to see that all is well.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from itertools import combinations
from typing import Any

from pydantic_core import from_json, to_json

from asbdesk.clock import parse_instant
from asbdesk.store.entries import BIGGEST, FILE, HLC, ID, RECORD, types
from asbdesk.store.fold import known

_ALWAYS = ("by", "do", "file", "happened", "hlc", "id", "recorded")
_MORE = ("clock", "undoes", "with")
_SHAPES = frozenset(
    tuple(sorted((*_ALWAYS, *more))) for count in range(5) for more in combinations(("set", *_MORE), count)
)
"""What entries say, in its order. Others are looked at more closely."""
_UNKNOWN = dict[str, type]().get


def body_of(text: str) -> dict[str, Any]:
    """The body of an entry that is in the journal."""
    try:
        return from_json(text, allow_inf_nan=False, cache_strings="keys")  # type: ignore[no-any-return]
    except ValueError:  # nested deeper than this reader goes
        return json.loads(text)  # type: ignore[no-any-return]


def sound(text: str) -> dict[str, Any] | None:
    """The body of an entry from elsewhere in which nothing is wrong; None where it must be looked at more closely."""
    try:
        written = text.encode()
        body = from_json(written, allow_inf_nan=False, cache_strings="keys")
        return body if _is_sound(body) and to_json(body) == written else None
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None


def _is_sound(body: dict[str, Any]) -> bool:
    """Whether all that it says is right, its keys in their order. Raises as it comes on other shapes."""
    if tuple(body) not in _SHAPES:
        return False
    if not (ID.fullmatch(body["id"]) and FILE.fullmatch(body["file"]) and HLC.fullmatch(body["hlc"])):
        return False
    happened, recorded = body["happened"], body["recorded"]
    parse_instant(happened)
    if recorded != happened:
        parse_instant(recorded)
    if len(body) > len(_ALWAYS) + ("set" in body) and not all(type(body.get(name, "")) is str for name in _MORE):
        return False
    if type(body["by"]) is not str or type(body["do"]) is not str:
        return False
    sets = body.get("set")
    if sets is None:
        return "set" not in body
    for what, values in sets.items():
        if not _is_sound_of(what, values):
            return False
    return _in_order(sets)


def _is_sound_of(what: str, values: dict[str, list[Any]]) -> bool:
    """Whether what is said of one record is right."""
    if not RECORD.fullmatch(what):
        return False
    kind = what.partition("/")[0]
    expected = types(kind).get if kind in known() else _UNKNOWN
    last = ""
    for name, version in values.items():
        value, held = version[0], expected(name, str)
        if name < last or version.__class__ is not list or (value.__class__ is not held and value is not None):
            return False
        if held is not str and not _is_plain(value):
            return False
        if len(version) > 1:
            for replaced in version[1:]:
                if not ID.fullmatch(replaced):
                    return False
        last = name
    return True


def _is_plain(value: Any) -> bool:
    """Whether a value holds no broken number and none too large, its keys in their order."""
    if type(value) is dict:
        return _in_order(value) and all(map(_is_plain, value.values()))
    if type(value) is list:
        for one in value:  # noqa: SIM110 - a generator takes twice as long
            if type(one) is not str and not _is_plain(one):
                return False
        return True
    if type(value) is int:
        return -BIGGEST < value < BIGGEST
    return type(value) is str or type(value) is bool or value is None


def _in_order(keys: Collection[str]) -> bool:
    return len(keys) < 2 or (ordered := list(keys)) == sorted(ordered)
