"""Any history that the format allows is lived through: nothing crashes, and nothing is owed that has no reason."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from asbdesk.casework.desk import Desk
from asbdesk.duties import CODES
from asbdesk.exchange.history_kinds import KINDS, LISTS
from asbdesk.exchange.history_read import parse
from asbdesk.exchange.replay import replay_history, replaying

PEOPLE = [
    {"key": "resident", "roles": ["reporter"], "children": 2, "vulnerabilities": ["asthma"]},
    {"key": "neighbour", "roles": ["alleged_perpetrator"]},
    {"key": "sam", "roles": ["reporter"], "updates": "own"},
    {"key": "speaker", "roles": ["advocate"]},
    {"key": "nobody", "roles": ["reporter"], "reachable": False},
    {"key": "daughter", "roles": ["household"], "do_not_disclose_to": ["neighbour"]},
]
KEYS = [str(person["key"]) for person in PEOPLE]
OFTEN = ["report", "contact", "contact", "risk_assessment", "plan", "close", "reopen"]


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with replaying() as made:
        yield made


def value(r: random.Random, what: str, ids: list[tuple[str, str]], day: dt.date) -> Any:
    """Something that a field may hold; None where there is nothing to name."""
    kind, _, of = what.rstrip("*").rstrip("?").partition(":")
    if kind == "ref":
        return r.choice([i for i, k in ids if of in ("", k)] or [None])  # type: ignore[list-item]
    simple: dict[str, Any] = {
        "word": lambda: r.choice(LISTS[of]),
        "words": lambda: r.sample(LISTS[of], r.randint(0, 2)),
        "person": lambda: r.choice(KEYS),
        "person_or_text": lambda: r.choice([*KEYS, "the allotment"]),
        "persons": lambda: r.sample(KEYS, r.randint(1, 2)),
        "bool": lambda: r.random() < 0.5,
        "date": lambda: (day + dt.timedelta(r.randint(0, 40))).isoformat(),
        "texts": lambda: ["asthma", "self-harm"][: r.randint(1, 2)],
        "hate": lambda: {"perceived_by": "victim", "strands": ["race"]},
        "perceived": lambda: "witness",
        "stage": lambda: r.randint(1, 2),
        "count": lambda: r.randint(1, 50),
        "score": lambda: r.randint(1, 50),
        "actions": lambda: None,
    }
    return simple.get(kind, lambda: "in words")()


def event(r: random.Random, n: int, day: dt.date, ids: list[tuple[str, str]]) -> dict[str, Any] | None:
    kind = "report" if n == 0 else r.choice([*KINDS, *OFTEN])
    told: dict[str, Any] = {"on": day.isoformat(), "kind": kind, "id": f"i{n}"}
    if n and r.random() < 0.4:
        told["at"] = f"{r.randint(9, 23):02d}:{r.randint(0, 59):02d}"
    for field, what in KINDS[kind].items():
        if what.endswith("*") or r.random() < 0.5:
            found = value(r, what, ids, day)
            if found is None and what.endswith("*"):
                return None
            told |= {field: found} if found is not None else {}
    told |= {"duty": r.choice(CODES)} if kind == "waive" else {}
    if kind == "plan":
        told["actions"] = [
            {"id": f"a{n}", "who": "landlord", "what": "Lock", "by": (day + dt.timedelta(7)).isoformat()}
        ]
    return told


def history(seed: int) -> dict[str, Any]:
    r, day, ids, events = random.Random(seed), dt.date(2026, 2, 2), list[tuple[str, str]](), list[dict[str, Any]]()
    for n in range(r.randint(5, 60)):
        told = event(r, n, day, ids)
        if told is None:
            continue
        events.append(told | ({"at": "06:00", "by": "resident"} if n == 0 else {}))
        ids += [(told["id"], told["kind"]), *((a["id"], "action") for a in told.get("actions", ()))]
        day += dt.timedelta(r.choice((1, 1, 2, 5, 9)))  # a day each: what is named stands before it
    return {"format": "asbdesk-case-history/1", "reference": f"any {seed}", "people": PEOPLE, "events": events}


@pytest.mark.parametrize("seed", range(40))
def test_any_history_is_lived_through(desk: Desk, seed: int) -> None:
    name = f"any-{seed}.json"
    found = replay_history(desk, parse(json.dumps(history(seed)).encode(), name), name)
    assert found.duties
    for duty in found.duties:
        assert duty.duty in CODES and duty.why and duty.source and duty.about
        assert duty.overdue_from is None or duty.overdue_from >= duty.arose
        assert duty.met is None or duty.waived is None
