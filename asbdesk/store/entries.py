"""An entry's exact text: how it is written, read, named, and strictly checked when it comes from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from asbdesk.clock import parse_instant
from asbdesk.store.fold import known

BIGGEST = 2**53
"""No whole number this large or larger: other readers of JSON would round it."""

ID = re.compile(r"[a-z2-7]{16}\.[0-9a-f]{18}\.[1-9][0-9]{0,8}")
FILE = re.compile(r"(case|person|home|landlord)/[0-9A-Za-z_-]{1,64}")
RECORD = re.compile(r"[a-z][a-z0-9_]{0,63}/[0-9A-Za-z:_-]{1,128}")
HLC = re.compile(r"[0-9a-f]{16}")


class Misshapen(ValueError):
    """Text that is no entry at all; str() says what is wrong. There is nothing to file it under."""


def dumps(value: Any) -> str:
    """JSON as entries are written: sorted keys, no spaces, text as it is, no NaN."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False, check_circular=False
)


def split_id(entry_id: str) -> tuple[str, int]:
    """`(session id, k)` of an entry's id."""
    session, k = entry_id.rsplit(".", 1)
    return session, int(k)


@cache
def fields(kind: str) -> tuple[str, ...]:
    """The fields of a kind that are journalled: every mapped column but `id` and `file`."""
    return tuple(c.key for c in known()[kind].__table__.columns if c.key not in ("id", "file"))


@cache
def types(kind: str) -> dict[str, type]:
    """What Python type each field of a kind holds."""
    hints = get_type_hints(known()[kind])
    plain = {"list": list, "dict": dict, "str": str, "int": int, "bool": bool}
    return {field: plain[_inner(hints[field])] for field in fields(kind)}


def _inner(hint: Any) -> str:
    """`Mapped[list[Any] | None]` as `list`."""
    value = get_args(get_args(hint)[0])[0]
    name: str = (get_origin(value) or value).__name__
    return name


def wrong_value(kind: str, field: str, value: Any) -> str | None:
    """Why `value` cannot stand in this field, or None. Unknown kinds and fields may hold any JSON without floats."""
    if fault := _not_plain(value):
        return f"{kind}.{field} {fault}"
    return _wrong_type(kind, field, value)


def _wrong_written(kind: str, field: str, value: Any) -> str | None:
    """`wrong_value` of JSON without escaped characters: it holds no half of one, no float, and no key but text."""
    if type(value) is not str and _too_large(value):
        return f"{kind}.{field} holds a number too large"
    return _wrong_type(kind, field, value)


def _too_large(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) >= BIGGEST
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(_too_large(one) for one in inner if type(one) is not str)


def _wrong_type(kind: str, field: str, value: Any) -> str | None:
    expected = types(kind).get(field) if kind in known() else None
    if value is None or expected is None or type(value) is expected:
        return None
    right = isinstance(value, expected) and isinstance(value, bool) == (expected is bool)
    return None if right else f"{kind}.{field} should be {expected.__name__}, not {type(value).__name__}"


def without_nul(value: Any) -> Any:
    """A value as rows hold it: PostgreSQL's text has no character 0, so the mark of an unknown one stands for it, on
    every desk alike. What was written stays in the entry."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, list):
        return [without_nul(one) for one in value]
    return {without_nul(k): without_nul(v) for k, v in value.items()} if isinstance(value, dict) else value


def _not_plain(value: Any) -> str | None:
    if isinstance(value, dict):
        if not all(isinstance(k, str) for k in value):
            return "has a key that is not text"
        return next(filter(None, map(_not_plain, value.values())), None)
    if isinstance(value, list):
        return next(filter(None, map(_not_plain, value)), None)
    if isinstance(value, str):
        return "holds half a character" if any("\ud800" <= c <= "\udfff" for c in value) else None
    if isinstance(value, int):
        return "holds a number too large" if abs(value) >= BIGGEST else None
    return None if value is None else f"holds a {type(value).__name__}"


def read_foreign(text: str) -> dict[str, Any]:
    """An entry from elsewhere, as far as it must be right to be filed at all. Raises Misshapen."""
    try:
        text.encode()
        body = _DECODER.decode(text)
    except (ValueError, RecursionError, AttributeError) as error:
        raise Misshapen(f"not an entry: {error}") from None
    if not isinstance(body, dict):
        raise Misshapen("not an entry: not an object")
    for name, pattern in (("id", ID), ("file", FILE), ("hlc", HLC)):
        if not (isinstance(body.get(name), str) and pattern.fullmatch(body[name])):
            raise Misshapen(f"not an entry: its {name} is missing or wrong")
    return body


def _no_float(text: str) -> Any:
    raise ValueError(f"{text[:20]} is not a whole number")


_DECODER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


def fault(body: Mapping[str, Any], text: str) -> str | None:
    """Why a filed entry from elsewhere must be set aside, or None when it may be folded."""
    if dumps(body) != text:
        return "not written as entries are written"
    for name in ("do", "by"):
        if not isinstance(body.get(name), str):
            return f"{name} is missing or wrong"
    for name in ("happened", "recorded"):
        try:
            parse_instant(body[name])
        except (KeyError, ValueError, TypeError):
            return f"{name} is not an instant"
    sets = body.get("set", {})
    if not isinstance(sets, dict):
        return "set is not an object"
    wrong = wrong_value if "\\u" in text else _wrong_written
    return next(filter(None, (_fault_in(what, values, wrong) for what, values in sets.items())), None)


def _fault_in(what: str, values: Any, wrong: Callable[[str, str, Any], str | None]) -> str | None:
    if not RECORD.fullmatch(what):
        return f"{what[:80]!r} names no record"
    if not isinstance(values, dict):
        return f"{what} is not an object"
    kind = what.partition("/")[0]
    for field, version in values.items():
        if not isinstance(version, list) or not version:
            return f"{what} {field} holds no value"
        if len(version) > 1 and not all(isinstance(r, str) and ID.fullmatch(r) for r in version[1:]):
            return f"{what} {field} replaces something that is no entry"
        if said := wrong(kind, field, version[0]):
            return f"{what}: {said}"
    return None
