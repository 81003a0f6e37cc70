"""Whatever a history says within the format is taken in, and goes out and comes back the same."""

from __future__ import annotations

import datetime as dt
import inspect
import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asbdesk.casework.desk import Desk
from asbdesk.clock import LONDON, SetClock
from asbdesk.exchange.demo import new_desk
from asbdesk.exchange.history import take_in
from asbdesk.exchange.history_kinds import KINDS, LISTS
from asbdesk.exchange.history_out import history_of
from asbdesk.exchange.history_plain import PLAIN as PLAIN_KINDS
from asbdesk.exchange.history_read import parse
from asbdesk.paths import StorePaths
from tests.builders import assert_whole

KEYS = ("resident", "neighbour", "witness")
ROLES = ("reporter", "alleged_perpetrator", "affected")
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
DAY = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)).map(str)
NUMBER = itertools.count()
PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXT,
    "name": TEXT,
    "date": DAY,
    "date?": st.none() | DAY,
    "text?": st.none() | TEXT,
    "bool": st.booleans(),
    "texts": st.lists(TEXT, min_size=1, max_size=3),
    "count": st.integers(1, 100_000),
    "score": st.integers(0, 100),
    "stage": st.sampled_from([1, 2]),
    "person": st.sampled_from(KEYS),
    "persons": st.sampled_from(KEYS) | st.lists(st.sampled_from(KEYS), min_size=2, max_size=2, unique=True),
    "person_or_text": st.sampled_from(KEYS) | TEXT,
    "perceived": st.sampled_from([*LISTS["perceived"], *KEYS]),
}


def field_of(what: str, known: dict[str, list[str]]) -> st.SearchStrategy[Any] | None:
    """A strategy for a field, or None where there is nothing yet that it could name."""
    kind, _, of = what.partition(":")
    if kind == "ref":
        ids = known.get(of, []) if of else [one for ids in known.values() for one in ids]
        return st.sampled_from(ids) if ids else None
    if kind == "word":
        return st.sampled_from(LISTS[of])
    if kind == "words":
        return st.lists(st.sampled_from(LISTS[of]), min_size=1, max_size=3, unique=True)
    if kind == "hate":
        strands = st.lists(st.sampled_from(LISTS["strands"]), min_size=1, max_size=2, unique=True)
        return st.fixed_dictionaries({"perceived_by": PLAIN["perceived"]}, optional={"strands": strands})
    if kind == "actions":
        step = {"id": st.builds(lambda: f"step {next(NUMBER)}"), "what": TEXT, "who": st.just("landlord"), "by": DAY}
        return st.lists(st.fixed_dictionaries(step), max_size=2)
    return PLAIN[what]


@st.composite
def histories(draw: st.DrawFn) -> dict[str, Any]:
    """A history within the format: ids come before what names them, and the first event is a report."""
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), max_size=14))
    known: dict[str, list[str]] = {}
    events = []
    moment = dt.datetime(2021, 1, 4, 9, 0, tzinfo=LONDON)
    for kind in ("report", *kinds):
        if kind == "plan_copy_given" and not any(e["kind"] == "plan" for e in events):
            continue
        moment += dt.timedelta(minutes=draw(st.sampled_from([0, 0, 1, 600, 1440, 40_000])))
        event: dict[str, Any] = {"on": moment.date().isoformat(), "at": f"{moment:%H:%M}", "kind": kind}
        for name, what in KINDS[kind].items():
            values = field_of(what.rstrip("*"), known)
            if values is not None and (what.endswith("*") or draw(st.booleans())):
                event[name] = draw(values)
        if all(name in event for name, what in KINDS[kind].items() if what.endswith("*")):
            if draw(st.booleans()):
                event["id"] = f"id {next(NUMBER)}"
                known.setdefault(kind, []).append(event["id"])
            known.setdefault("action", []).extend(step["id"] for step in event.get("actions", ()))
            events.append(event)
    people = [{"key": key, "roles": [role]} for key, role in zip(KEYS, ROLES, strict=True)]
    return {
        "format": "asbdesk-case-history/1",
        "reference": f"any {next(NUMBER)}",
        "people": people,
        "events": events,
    }


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk]]:
    folder = tmp_path_factory.mktemp("any")
    made = [new_desk(StorePaths(folder / name), SetClock("2026-11-23T09:00:00.000Z")) for name in "ab"]
    yield made[0], made[1]
    for desk in made:
        assert_whole(desk.store)
        desk.close()


@pytest.mark.parametrize("kind", sorted(set(PLAIN_KINDS) - {"handover"}))
def test_an_action_takes_every_field_and_asks_only_for_those_that_must_be_there(kind: str) -> None:
    action, names = PLAIN_KINDS[kind]
    takes = inspect.signature(action).parameters
    assert {names.get(name, name) for name in KINDS[kind]} <= set(takes)
    must = {names.get(name, name) for name, what in KINDS[kind].items() if what.endswith("*")}
    asks = {p.name for p in takes.values() if p.default is p.empty and p.kind is not p.VAR_KEYWORD}
    assert asks - {"work", "case"} <= must


@settings(max_examples=40)
@given(told=histories())
def test_any_history_goes_out_and_comes_back_the_same(desks: tuple[Desk, Desk], told: dict[str, Any]) -> None:
    first, second = desks
    imported = take_in(first, parse(json.dumps(told).encode(), "any.json"), "any.json")
    once = first.read(history_of, imported.case)
    again = take_in(second, parse(once.encode(), "again.json"), "again.json")
    assert second.read(history_of, again.case) == once
    events = json.loads(once)["events"]
    assert [(e["kind"], e["on"], e.get("at", "09:00")) for e in events] == [
        (e["kind"], e["on"], e["at"]) for e in told["events"]
    ]
    assert {e["id"] for e in told["events"] if "id" in e} <= {e["id"] for e in events if "id" in e}
