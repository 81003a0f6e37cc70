"""What one field of a case history may hold, and what to say when it holds something else."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from asbdesk.exchange.history_kinds import HATE, LISTS

Faults = Iterator[tuple[str, str]]
NAME_LENGTH = 200
MOST = 100_000
"""The largest count."""


def place_of(place: str, key: str) -> str:
    """`events[3]` and `on` as `events[3].on`."""
    return f"{place}.{key}" if place else key


def check(value: Any, what: str, place: str, people: frozenset[str]) -> Faults:
    """Whether `value` is a `what` (history_kinds). Yields (place, what is wrong and the mend)."""
    if what.endswith("?"):
        if value is not None:
            yield from check(value, what[:-1], place, people)
        return
    kind, _, of = what.partition(":")
    if kind in ("word", "words"):
        yield from _word(value, of, place) if kind == "word" else _words(value, of, place)
    elif kind in _PEOPLE:
        yield from _PEOPLE[kind](value, place, people)
    elif kind == "hate":
        yield from _hate(value, place, people)
    elif kind in _SIMPLE:
        fine, wrong = _SIMPLE[kind]
        if not fine(value):
            yield place, f"{shown(value)} {wrong}."


def shown(value: Any) -> str:
    """A value as a refusal quotes it."""
    text = f'"{value}"' if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 62 else f"{text[:60]}…"


def _word(value: Any, of: str, place: str) -> Faults:
    if not isinstance(value, str) or value not in LISTS[of]:
        yield place, f"{shown(value)} is not known here; use one of {', '.join(LISTS[of])}."


def _words(value: Any, of: str, place: str) -> Faults:
    if not isinstance(value, list):
        yield place, f'{shown(value)} is not a list; write ["{LISTS[of][0]}"].'
        return
    for n, word in enumerate(value):
        yield from _word(word, of, f"{place}[{n}]")


def _person(value: Any, place: str, people: frozenset[str]) -> Faults:
    if not isinstance(value, str) or value not in people:
        yield place, f"{shown(value)} is nobody's key in people; add the person, or write another key."


def _persons(value: Any, place: str, people: frozenset[str]) -> Faults:
    if isinstance(value, list):
        for n, one in enumerate(value):
            yield from _person(one, f"{place}[{n}]", people)
    else:
        yield from _person(value, place, people)


def _person_or_text(value: Any, place: str, people: frozenset[str]) -> Faults:
    if not isinstance(value, str) or not value:
        yield place, f"{shown(value)} is not text; write a person's key, or words."


def _updates(value: Any, place: str, people: frozenset[str]) -> Faults:
    if value not in ("own", "none"):
        yield from _person(value, place, people)


def _hate(value: Any, place: str, people: frozenset[str]) -> Faults:
    if not isinstance(value, dict):
        yield place, f'{shown(value)} is not an object; write {{"perceived_by": "victim"}}.'
        return
    for key, inner in value.items():
        if key not in HATE:
            yield place_of(place, key), f"this field is not known here; use {', '.join(HATE)}, or leave it out."
        else:
            yield from check(inner, HATE[key], place_of(place, key), people)


def _perceived(value: Any, place: str, people: frozenset[str]) -> Faults:
    """Who perceives it so: in general, or one person by their key."""
    if not isinstance(value, str) or value not in (*LISTS["perceived"], *people):
        words = ", ".join(LISTS["perceived"])
        yield place, f"{shown(value)} is not known here; use one of {words}, or a person's key."


_PEOPLE: dict[str, Callable[[Any, str, frozenset[str]], Faults]] = {
    "person": _person,
    "persons": _persons,
    "person_or_text": _person_or_text,
    "updates": _updates,
    "perceived": _perceived,
}


def _is_date(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return False
    try:
        return dt.date.fromisoformat(value).year >= 1900
    except ValueError:
        return False


def _is_time(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value, re.ASCII) is not None


def _is_whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= NAME_LENGTH


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_policy(value: Any) -> bool:
    dotted = re.compile(r"[a-z_]+\.[a-z_]+")
    plain = (int, str, bool)
    return isinstance(value, dict) and all(dotted.fullmatch(k) and isinstance(v, plain) for k, v in value.items())


def _is_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


_SIMPLE: dict[str, tuple[Callable[[Any], bool], str]] = {
    "text": (lambda v: isinstance(v, str), "is not text; write it between quotation marks"),
    "name": (_is_name, "is not a name of 1 to 200 characters; write one"),
    "id": (_is_name, "is not an id of 1 to 200 characters; write one"),
    "ref": (_is_name, "is not an id; write the id of an earlier event"),
    "texts": (_is_texts, 'is not a list of texts; write ["…"]'),
    "date": (_is_date, "is not a date; write YYYY-MM-DD"),
    "time": (_is_time, "is not a time; write HH:MM"),
    "bool": (lambda v: isinstance(v, bool), "is not true or false; write one of them, without quotation marks"),
    "count": (lambda v: _is_whole(v, 1, MOST), "is not a count; write a whole number from 1 to 100000"),
    "children": (lambda v: _is_whole(v, 0, MOST), "is not a count of children; write a whole number from 0"),
    "score": (lambda v: _is_whole(v, 0, MOST), "is not a score; write a whole number from 0"),
    "stage": (lambda v: _is_whole(v, 1, 2), "is not a stage; write 1 or 2"),
    "policy": (_is_policy, 'is not a table of timescales; write {"evidence_review.wd": 3}'),
    "people": (lambda v: isinstance(v, list), "is not a list of people; write []"),
    "events": (lambda v: isinstance(v, list), "is not a list of events; write []"),
    "actions": (_is_objects, 'is not a list of actions; write [{"what": "…"}]'),
}
