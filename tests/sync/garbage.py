"""Garbage for readers: bytes spoilt at random, and JSON in which any value may be any other."""

from __future__ import annotations

import json
import random
import struct
from collections.abc import Iterator
from typing import Any

WEIRD: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 2**31, 2**53, 2**63, -(2**70), 1.5, float("inf"), "", "x", "x" * 5000, "\ud800", "\0",
    "a" * 32, "0" * 64, "٣" * 64, [], [[]], {}, {"": None}, [None] * 40, {"x": [[[[[[[[]]]]]]]]},
)  # fmt: skip


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, taken out, put in, or a length told wrongly."""
    out = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(6):
            case 0 if at < len(out):
                out[at] = chance.randrange(256)
            case 1:
                del out[at : at + chance.randrange(1, 60)]
            case 2:
                out[at:at] = chance.randbytes(chance.randrange(1, 30))
            case 3 if len(out) >= 12:
                out[8:12] = struct.pack(">I", chance.choice([0, 1, 2**31, 2**32 - 1, len(out), max(0, len(out) - 76)]))
            case 4:
                del out[at:]
            case _:
                out[at:at] = out[: chance.randrange(200)]
    return bytes(out)


def strange(value: Any, chance: random.Random) -> Any:
    """The same JSON with one or more of its values, keys or lengths changed."""
    for _ in range(chance.choice([1, 1, 1, 2, 5])):
        value = _changed(value, chance)
    return value


def _changed(value: Any, chance: random.Random) -> Any:
    if chance.random() < 0.15 or not isinstance(value, dict | list) or not value:
        return chance.choice(WEIRD)
    if isinstance(value, dict):
        return _changed_object(dict(value), chance)
    at = chance.randrange(len(value))
    match chance.randrange(5):
        case 0:
            return value[:at] + value[at + 1 :]
        case 1:
            return [*value, value[at]]
        case 2:
            return chance.sample(value, len(value))
        case _:
            return [*value[:at], _changed(value[at], chance), *value[at + 1 :]]


def _changed_object(value: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    at = chance.choice(sorted(value))
    match chance.randrange(6):
        case 0:
            del value[at]
        case 1:
            value[chance.choice(["", "x", "new/1", "case/" + "x" * 300, "\ud800", "v"])] = chance.choice(WEIRD)
        case 2:
            value[at.upper()] = value.pop(at)
        case _:
            value[at] = _changed(value[at], chance)
    return value


def as_bytes(value: Any, chance: random.Random) -> bytes:
    """JSON as some other program might write it: escapes, doubled keys, deep nesting, no JSON at all."""
    text = json.dumps(value, ensure_ascii=chance.random() < 0.3, sort_keys=chance.random() < 0.7)
    match chance.randrange(25):
        case 0:
            text = "[" * chance.choice([60, 900, 20_000]) + text
        case 1:
            text = text[: chance.randrange(len(text) + 1)]
        case 2:
            text = text.replace("{", '{"set":{},', 1)
        case 3:
            text = text.replace("1", chance.choice(["1e999", "NaN", "1.0", "-0", "9" * 5000]), 1)
        case 4:
            text = "\ufeff" + text
        case _:
            pass
    return text.encode("utf-8", "surrogatepass")


def seeds(count: int) -> Iterator[random.Random]:
    """As many sources of chance, always the same."""
    for number in range(count):
        yield random.Random(number)
