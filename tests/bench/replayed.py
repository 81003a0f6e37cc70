"""A case history of 200 events lived through, and what it owed worked out."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from tests.bench.measure import Measured, medians, within

EVENTS = 200
KINDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("report", {"by": "resident", "about": "neighbour", "behaviours": ["noise"]}),
    ("contact", {"with": "resident", "direction": "out"}),
    ("risk_assessment", {"band": "medium"}),
    ("evidence_received", {"from": "resident", "type": "diary"}),
    ("contact", {"with": "resident", "direction": "in", "needs_reply": True}),
    ("plan_review", {}),
    ("agency_information", {"agency": "Police"}),
    ("promise", {"what": "Ring on Friday"}),
)


def history() -> bytes:
    """As a file."""
    people = [{"key": "resident", "roles": ["reporter"]}, {"key": "neighbour", "roles": ["alleged_perpetrator"]}]
    events = []
    for n in range(EVENTS):
        kind, fields = KINDS[n % len(KINDS)]
        day = dt.date(2025, 1, 6) + dt.timedelta(2 * n)
        events.append({"on": day.isoformat(), "kind": kind, **fields})
    told = {"format": "asbdesk-case-history/1", "reference": "bench", "people": people, "events": events}
    return json.dumps(told).encode()


def replay(rounds: int) -> Measured:
    """In a desk in memory that is there already, as for the second file of a command."""
    from asbdesk.exchange.history_read import parse
    from asbdesk.exchange.replay import replay_history, replaying

    told = parse(history(), "bench.json")
    with replaying() as desk:
        (value,) = medians(rounds, lambda: replay_history(desk, told, "bench.json"))
    return within(f"replay of {EVENTS} events", value, "ms", 1000)
