"""Published cases, told as case histories: what they failed in shows as late, what they did in time does not.

Only the rules that there are so far are looked at; a history's other expectations wait for theirs.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asbdesk.clock import london_instant
from asbdesk.duties import CODES, Facts, owed, policy
from asbdesk.duties.duty import overdue_from
from asbdesk.duties.facts import Action, Assessment, Contact, Event, Person, Plan, Report

HISTORIES = sorted((Path(__file__).parents[1] / "histories").glob("*.json"))


def lived(history: dict[str, Any]) -> Facts:
    """The facts a history leaves, of the kinds that the rules so far look at."""
    last = history.get("until", "9999")
    events = [(n, e) for n, e in enumerate(history["events"]) if e["on"] <= last]
    events.sort(key=lambda one: (one[1]["on"], one[1].get("at", "09:00"), one[0]))
    people = {
        p["key"]: Person(p["key"], roles=tuple(p["roles"]), reachable=p.get("reachable", True))
        for p in history["people"]
    }
    reporter = next(key for key, person in people.items() if "reporter" in person.roles)
    found: dict[str, list[Any]] = {k: [] for k in ("report", "contact", "risk_assessment", "plan", "plan_review")}
    steps: dict[str, Action] = {}
    closed = ""
    for n, e in events:
        at, id, kind = london_instant(e["on"], e.get("at", "09:00")), e.get("id", f"e{n}"), e["kind"]
        if kind == "report":
            told = {k: tuple(e.get(k, ())) for k in ("behaviours", "serious")}
            found[kind].append(
                Report(id, at, by=e["by"], hate=bool(e.get("hate")), same_as=e.get("same_as", ""), **told)
            )
        elif kind == "contact":
            said = {"made": e.get("made", True), "answered": e.get("answered", False), "next_by": e.get("next_by", "")}
            found[kind].append(Contact(id, at, with_=e["with"], out=e["direction"] == "out", **said))
        elif kind == "risk_assessment":
            found[kind].append(Assessment(id, at, of=e.get("of", reporter), band=e["band"]))
        elif kind == "plan":
            dates = {"next_contact": e.get("next_contact", ""), "review_on": e.get("review_on", "")}
            copy = e["on"] if e.get("copy_given") else ""
            found[kind].append(Plan(id, at, person=reporter, agreed=e.get("agreed", True), copy_given=copy, **dates))
            for m, a in enumerate(e.get("actions", ())):
                step = a.get("id", f"{id}-{m}")
                steps[step] = Action(step, id, a["who"], a["what"], a.get("by", ""))
        elif kind == "plan_review":
            found[kind].append(Event(id, at))
        elif kind == "plan_copy_given":
            found["plan"][-1] = replace(found["plan"][-1], copy_given=found["plan"][-1].copy_given or e["on"])
        elif kind == "action_done":
            steps[e["action"]] = replace(steps[e["action"]], done_on=e["on"])
        elif kind == "action_moved":
            steps[e["action"]] = replace(steps[e["action"]], by=e["to"])
        elif kind in ("close", "reopen"):
            closed = e["on"] if kind == "close" else ""
    lists = {"report": "reports", "contact": "contacts", "risk_assessment": "assessments", "plan": "plans"}
    held = {name: tuple(found[kind]) for kind, name in (lists | {"plan_review": "reviews"}).items()}
    return Facts("case", people=people, actions=tuple(steps.values()), closed=closed, **held)


@pytest.mark.parametrize("path", HISTORIES, ids=lambda p: p.stem)
def test_a_published_case(path: Path) -> None:
    history = json.loads(path.read_text("utf-8"))
    expected = json.loads((path.parent / "expected" / path.name).read_text("utf-8"))
    until = history.get("until") or max(e["on"] for e in history["events"])
    numbers = policy.default().changed(history.get("policy", {}))
    late: dict[str, list[str]] = {}
    for duty in owed(lived(history), numbers):
        if since := overdue_from(duty, until):
            late.setdefault(duty.code, []).append(since)
    for one in expected.get("expects", ()):
        if set(one["any_of"]) <= set(CODES):
            on = [since for code in one["any_of"] for since in late.get(code, ())]
            assert on and min(on) <= one["overdue_on_or_before"], one["failing"]
    for one in expected.get("must_not", ()):
        assert one["duty"] not in late, one["reason"]
    if expected.get("zero_overdue"):
        assert late == {}
