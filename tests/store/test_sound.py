"""What is called sound is never wrong; and nearly everything that is right is called so, or it would be in vain."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from asbdesk.store.entries import Misshapen, dumps, fault, read_foreign
from asbdesk.store.sound import body_of, sound
from tests.bench.sync_entries import Writing
from tests.sync.garbage import as_bytes, spoilt, strange

AT, OTHER = "2026-11-21T09:00:00.000Z", f"{'c' * 16}.01a1fd8abf38e51b7a.7"
BODY: dict[str, Any] = {
    "id": f"{'c' * 16}.01a1fd8abf38e51b7a.8", "file": "case/c1", "do": "x", "by": "m1", "happened": AT,
    "recorded": AT, "hlc": "01a1fdb2f8890000", "with": OTHER,
    "set": {
        "case/c1": {"title": ['Noise\n“at” \u0001 \\ 1.5 \u007f\U0001f600 "n"', OTHER], "struck": [None]},
        "report/r1": {"behaviours": [["noise", "dogs"]], "hate": [{"a": [1, None, {"b": False, "c": 2**53 - 1}]}]},
        "assessment/a1": {"score": [24], "answers": [{"q1": "yes", "q2": 3}]},
    },
}  # fmt: skip


def judged(text: str) -> str | None:
    """What the careful check says; None: nothing."""
    try:
        return fault(read_foreign(text), text)
    except Misshapen as error:
        return str(error)


def test_what_officers_write_is_sound() -> None:
    writing = Writing(f"{'k' * 16}.01a1fd8abf38e51b7a", "0" * 32)
    for text in (*writing.open(20), *writing.new(50), *writing.changed(50), dumps(BODY)):
        assert sound(text) == json.loads(text) == body_of(text) and judged(text) is None


def test_every_character_is_written_as_entries_are_written() -> None:
    for start in range(0, 0x110000, 0x100):
        said = "".join(chr(c) for c in range(start, start + 0x100) if not 0xD800 <= c < 0xE000)
        assert sound(dumps(BODY | {"set": {"case/c1": {"title": [said]}}})) is not None, hex(start)


@pytest.mark.parametrize(
    "spelt",
    ['"with":"x","with":"x"', '"with": "x"', '"with":"\\u0078"', '"with":1.5', '"a":1e400', '"a":9007199254740992',
     '"a":-0', '"a":{"b":1.5}', '"a":[9007199254740992]', '"z":NaN', '"with":"\\ud800"', '"with":7', '"set":[]',
     '"clock":null'],
)  # fmt: skip
def test_it_doubts_what_the_careful_check_refuses_or_sets_aside(spelt: str) -> None:
    text = dumps({name: value for name, value in BODY.items() if name not in ("with", "set")})
    assert sound(text) is not None
    for one in (f"{text[:-1]},{spelt}}}", f"{{{spelt},{text[1:]}", f"{text} ", f" {text}"):
        assert sound(one) is None


@pytest.mark.parametrize("seed", range(4))
def test_it_never_calls_sound_what_the_careful_check_finds_wrong(seed: int) -> None:
    chance = random.Random(seed)
    whole = 0
    for _ in range(2500):
        text = _text(chance)
        body = sound(text)
        if body is not None:
            whole += 1
            assert judged(text) is None and body == json.loads(text), text
    assert whole > 20


def _text(chance: random.Random) -> str:
    """The entry with something wrong in its values, in how it is spelt, or in its bytes."""
    how = chance.random()
    if how < 0.4:
        values = strange(BODY, chance)
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=chance.random() < 0.9)
    data = as_bytes(strange(BODY, chance), chance) if how < 0.5 else spoilt(dumps(BODY).encode(), chance)
    return data.decode("utf-8", "surrogateescape")


def test_a_body_nested_deeper_than_the_quick_reader_goes_is_read() -> None:
    deep = "[" * 300 + "]" * 300
    assert body_of(f'{{"a":{deep}}}') == json.loads(f'{{"a":{deep}}}')
    assert sound(f'{{"a":{deep}}}') is None
