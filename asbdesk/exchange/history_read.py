"""Reading a case history strictly: a bad file is refused whole, with the place counted from 0, and the mend."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asbdesk.clock import london_instant
from asbdesk.errors import UserError
from asbdesk.exchange.history_fields import check, place_of
from asbdesk.exchange.history_kinds import ACTION, COMMON, KINDS, PERSON, TOP

FORMAT = "asbdesk-case-history/1"
BIGGEST = 16 * 1024 * 1024
DEEPEST = 8
LONGEST_TEXT = 100_000
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class BadHistory(UserError):
    """Nothing of the file was taken. The sentence names the file, the place, what is wrong, and the mend."""


class Twice(dict[str, Any]):
    """An object of the file, which knows a key that stood in it twice."""

    twice: str | None = None


@dataclass(frozen=True)
class Event:
    """One event, in the order it is lived."""

    place: str
    kind: str
    at: str
    """The instant it happened."""
    told: dict[str, Any]


@dataclass(frozen=True)
class History:
    """A file that was found right."""

    reference: str
    title: str
    people: tuple[dict[str, Any], ...]
    events: tuple[Event, ...]
    """Those to be lived, in order: none after `until`."""
    text: str = field(repr=False)
    """The file as it was."""


def read(path: Path) -> History:
    """The history in a file. Raises BadHistory."""
    try:
        with path.open("rb") as file:
            data = file.read(BIGGEST + 1)
    except OSError as error:
        raise UserError(
            f"{path}: it cannot be read ({error.strerror or error}). Check its name and who may read it."
        ) from None
    return parse(data, path.name)


def parse(data: bytes, name: str) -> History:
    """The history in the bytes of a file called `name`. Raises BadHistory for the first thing that is wrong."""
    if len(data) > BIGGEST:
        raise BadHistory(f"{name}: it is larger than 16 MB. Split it, or leave out what is not the case.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadHistory(f"{name}: byte {error.start} is not UTF-8. Save the file as UTF-8.") from None
    tree = _tree(text, name)
    for place, what in faults(tree):
        raise BadHistory(f"{name}: {place + ': ' if place else ''}{what}")
    return _history(tree, text)


def _tree(text: str, name: str) -> Any:
    depth = deepest = 0
    for sign in _STRINGS.sub('""', text):
        depth += (sign in "[{") - (sign in "]}")
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise BadHistory(f"{name}: it is nested {deepest} deep; at most {DEEPEST}. Write it as CASE-HISTORY.md shows.")
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadHistory(f"{name}: {place}: this is not JSON ({error.msg.lower()}). Mend it there.") from None
    except (ValueError, RecursionError) as error:
        if "digits" in str(error):
            raise BadHistory(f"{name}: a number in it has too many digits. Mend it.") from None
        raise BadHistory(
            f"{name}: this is not JSON that can be read ({error}). Mend it, or make the file anew."
        ) from None


def _object(pairs: list[tuple[str, Any]]) -> Twice:
    found = Twice(pairs)
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            found.twice = key
        seen.add(key)
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is not a number")


# ---- what is wrong
def faults(tree: Any) -> Iterator[tuple[str, str]]:
    """(place, what and mend) of everything wrong; the first is enough to refuse a file."""
    if not isinstance(tree, dict):
        yield "", 'it is not one object in { }. Begin with {"format": …}.'
        return
    yield from _everywhere(tree, "")
    if tree.get("format") != FORMAT:
        yield "format", f"{_shown(tree.get('format'))} is not known here; write “{FORMAT}”."
        return
    yield from _fields(tree, TOP, "", frozenset())
    if not isinstance(tree.get("events"), list):
        return
    yield from _in_lists(tree)


def _everywhere(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Keys twice, control characters, texts that are too long, wherever they are."""
    if isinstance(value, Twice):
        if value.twice is not None:
            yield place_of(place, value.twice[:60]), "this key stands twice in one object; keep one of them."
        for key, inner in value.items():
            if len(key) > 200 or _CONTROL.search(key):
                yield place, "a key is longer than 200 characters, or has control characters in it; mend the key."
            yield from _everywhere(inner, place_of(place, key[:60]))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _everywhere(inner, f"{place}[{n}]")
    elif isinstance(value, str):
        if _CONTROL.search(value) or any("\ud800" <= c <= "\udfff" for c in value):
            yield place, "it has control characters in it; only line breaks and tabs may stand in a text."
        if len(value) > LONGEST_TEXT:
            yield place, f"it is longer than {LONGEST_TEXT:,} characters; shorten it."


def _fields(
    told: dict[str, Any], known: dict[str, str], place: str, people: frozenset[str]
) -> Iterator[tuple[str, str]]:
    for key, value in told.items():
        if key not in known:
            yield (
                place_of(place, key),
                f"this field is not known here; use {', '.join(sorted(known))}, or leave it out.",
            )
        else:
            yield from check(value, known[key].rstrip("*"), place_of(place, key), people)
            if known[key].endswith("*") and _says_nothing(value):
                yield place_of(place, key), "it is empty; write what it is."
    for key, what in known.items():
        if what.endswith("*") and key not in told:
            yield place_of(place, key), "it is missing; add it."


def _says_nothing(value: Any) -> bool:
    """Empty words, or a list of them; roles and events may be none."""
    texts = value if isinstance(value, list) and all(isinstance(one, str) for one in value) else [value]
    return all(isinstance(one, str) and not one.strip() for one in texts) and value != []


def _in_lists(tree: dict[str, Any]) -> Iterator[tuple[str, str]]:
    everyone = tree.get("people") or []
    keys: list[str] = [p["key"] for p in everyone if isinstance(p, dict) and isinstance(p.get("key"), str)]
    people = frozenset(keys)
    for n, person in enumerate(everyone):
        place = f"people[{n}]"
        if not isinstance(person, dict):
            yield place, 'a person is written as an object, {"key": …}.'
            continue
        yield from _fields(person, PERSON, place, people)
        if person.get("key") in keys[:n]:
            yield f"{place}.key", f"{_shown(person['key'])} is another person's key already; give each their own."
    for n, event in enumerate(tree["events"]):
        yield from _event(event, f"events[{n}]", people)
    yield from _between(tree)


def _event(event: Any, place: str, people: frozenset[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(event, dict):
        yield place, 'an event is written as an object, {"on": …, "kind": …}.'
        return
    kind = event.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        wrong = "it is missing" if kind is None else f"{_shown(kind)} is not a kind of event"
        yield f"{place}.kind", f"{wrong}; use one of {', '.join(sorted(KINDS))}."
        return
    yield from _fields(event, {**COMMON, **KINDS[kind]}, place, people)
    actions = event.get("actions")
    for n, action in enumerate(actions if kind == "plan" and isinstance(actions, list) else ()):
        if isinstance(action, dict):
            yield from _fields(action, ACTION, f"{place}.actions[{n}]", people)


def _between(tree: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What only shows when the events stand in order: ids, what refers to them, the first report, `until`."""
    order = sorted(enumerate(tree["events"]), key=lambda pair: (*_when(pair[1]), pair[0]))
    yield from _ids_twice(tree["events"])
    known: dict[str, str] = {}
    for n, event in order:
        for name, what in KINDS.get(event.get("kind"), {}).items():
            if what.startswith("ref") and name in event:
                yield from _refers(event[name], what.rstrip("*"), f"events[{n}].{name}", known)
        known |= _ids(event)
    until = tree.get("until")
    if order and until is not None and until < order[0][1]["on"]:
        yield "until", f"“{until}” is before the first event; write a day on or after {order[0][1]['on']}."
    if not order:
        yield "events", "there is none; a history begins with a report."
    elif order[0][1]["kind"] != "report":
        yield f"events[{order[0][0]}].kind", "the first event lived is not a report; a history begins with one."


def _when(event: dict[str, Any]) -> tuple[str, str]:
    return str(event.get("on", "")), str(event.get("at", "09:00"))


def _ids(event: dict[str, Any]) -> dict[str, str]:
    """The ids that an event gives, and the kind each stands for."""
    found = {event["id"]: event["kind"]} if isinstance(event.get("id"), str) else {}
    for action in event.get("actions") or ():
        if isinstance(action, dict) and isinstance(action.get("id"), str):
            found[action["id"]] = "action"
    return found


def _ids_twice(events: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for n, event in enumerate(events):
        named = [(event.get("id"), f"events[{n}].id")]
        named += [(a.get("id"), f"events[{n}].actions[{i}].id") for i, a in enumerate(event.get("actions") or ())]
        for id_, place in named:
            if isinstance(id_, str) and id_ in seen:
                yield place, f"{_shown(id_)} is another event's id already; give each its own."
            seen.add(str(id_))


def _refers(id_: Any, what: str, place: str, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    wanted = what.partition(":")[2]
    if id_ not in known:
        yield place, f"{_shown(id_)} names no event before this one; write the id of an earlier one."
    elif wanted and known[id_] != wanted:
        yield place, f"{_shown(id_)} is the id of a {known[id_]}, not of a {wanted}; write the right one."


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else f'"{value}"'
    return text if len(text) <= 62 else f"{text[:60]}…"


def _history(tree: dict[str, Any], text: str) -> History:
    events = [
        Event(f"events[{n}]", told["kind"], london_instant(told["on"], told.get("at", "09:00")), dict(told))
        for n, told in sorted(enumerate(tree["events"]), key=lambda pair: (*_when(pair[1]), pair[0]))
        if told["on"] <= tree.get("until", "9999-12-31")
    ]
    people = tuple(dict(p) for p in tree.get("people") or ())
    return History(tree["reference"], tree.get("title") or "", people, tuple(events), text)
