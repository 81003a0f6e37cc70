"""Published cases lived through: what they failed in goes late by the day it should, what they did in time does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from asbdesk.casework.desk import Desk
from asbdesk.duties import CODES, THEME, policy
from asbdesk.errors import UserError
from asbdesk.exchange.history_read import parse
from asbdesk.exchange.replay import Replay, replay, replay_history, replaying

HISTORIES = Path(__file__).parents[1] / "histories"
CASES = sorted(HISTORIES.glob("*.json"))
OWED = {"duty", "theme", "about", "arose", "due", "met", "overdue_from", "waived", "why", "source"}


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with replaying() as made:
        yield made


def lived(desk: Desk, events: list[dict[str, Any]], **more: Any) -> Replay:
    """A history of a few events, replayed."""
    people = [
        {"key": "resident", "roles": ["reporter"]},
        {"key": "neighbour", "roles": ["alleged_perpetrator"]},
    ]
    told = {"format": "asbdesk-case-history/1", "reference": "made-up", "people": people, "events": events, **more}
    return replay_history(desk, parse(json.dumps(told).encode(), "made-up.json"), "made-up.json")


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_a_published_case(desk: Desk, path: Path) -> None:
    expected = json.loads((HISTORIES / "expected" / path.name).read_text("utf-8"))
    found = replay(desk, path)
    late: dict[str, list[str]] = {}
    for duty in found.duties:
        if duty.overdue_from:
            late.setdefault(duty.duty, []).append(duty.overdue_from)
    assert found.reference == expected["reference"]
    for one in expected["expects"]:
        on = [since for code in one["any_of"] for since in late.get(code, ())]
        assert on and min(on) <= one["overdue_on_or_before"], one["failing"]
    for one in expected["must_not"]:
        assert one["duty"] not in late, one["reason"]
    if expected.get("zero_overdue"):
        assert late == {}


def test_the_answer_is_as_it_is_written_down(desk: Desk) -> None:
    import dataclasses

    found = dataclasses.asdict(replay(desk, HISTORIES / "202013105.json"))
    assert set(found) == {"reference", "duties"}
    first = next(d for d in found["duties"] if d["duty"] == "risk_assessment")
    assert set(first) == OWED
    assert (first["about"], first["arose"], first["due"]) == ("report of 3 Mar 2020", "2020-03-03", "2020-03-04")
    assert (first["met"], first["overdue_from"], first["waived"]) == (None, "2020-03-05", None)
    for duty in found["duties"]:
        assert duty["duty"] in CODES and duty["theme"] == THEME[duty["duty"]]
        assert duty["why"].endswith(".") and duty["why"].count(". ") <= 1 and duty["source"], duty


def test_nothing_is_owed_after_until(desk: Desk) -> None:
    report = {"on": "2026-03-02", "kind": "report", "by": "resident", "behaviours": ["noise"]}
    late = {"on": "2026-05-01", "kind": "report", "by": "resident", "serious": ["assault"]}
    found = lived(desk, [report, late], until="2026-03-05")
    assert {d.arose for d in found.duties} == {"2026-03-02"} and not found.late
    assert [d.overdue_from for d in lived(desk, [report], until="2026-03-06").late] == ["2026-03-06", "2026-03-06"]


def test_a_landlords_own_profile_and_the_historys_over_it(desk: Desk) -> None:
    report = {"on": "2026-03-02", "kind": "report", "by": "resident", "behaviours": ["noise"]}
    found = lived(desk, [report], policy={"first_contact.medium_wd": 1})
    assert next(d for d in found.duties if d.duty == "first_contact").due == "2026-03-03"
    history = parse(
        json.dumps(
            {
                "format": "asbdesk-case-history/1",
                "reference": "own",
                "people": [{"key": "resident", "roles": ["reporter"]}],
                "events": [report],
                "policy": {"first_contact.medium_wd": 1},
            }
        ).encode(),
        "own.json",
    )
    own = policy.default().changed({"first_contact.medium_wd": 9, "action_plan.medium_wd": 1})
    dues = {d.duty: d.due for d in replay_history(desk, history, "own.json", own).duties}
    assert (dues["first_contact"], dues["action_plan"]) == ("2026-03-03", "2026-03-03")
    with pytest.raises(
        UserError, match=r"made-up.json: policy: “first_contakt.medium_wd” is not one of the timescales"
    ):
        lived(desk, [report], policy={"first_contakt.medium_wd": 1})


def test_an_action_that_was_moved_late_keeps_its_lateness(desk: Desk) -> None:
    plan = {"on": "2026-03-02", "at": "10:00", "kind": "plan"}
    step = {"id": "a1", "who": "landlord", "what": "Change the lock", "by": "2026-03-10"}
    moved = {"on": "2026-03-13", "kind": "action_moved", "action": "a1", "to": "2026-03-20", "told": True}
    events = [
        {"on": "2026-03-02", "kind": "report", "by": "resident"},
        {**plan, "actions": [step]},
        moved,
        {"on": "2026-03-19", "kind": "action_done", "action": "a1"},
    ]
    (duty,) = [d for d in lived(desk, events).duties if d.duty == "plan_action"]
    assert (duty.due, duty.met, duty.overdue_from) == ("2026-03-20", "2026-03-19", "2026-03-11")
    (in_time,) = [
        d
        for d in lived(desk, [*events[:2], {**moved, "on": "2026-03-10"}, events[3]]).duties
        if d.duty == "plan_action"
    ]
    assert (in_time.due, in_time.overdue_from) == ("2026-03-20", None)
    (untold,) = [d for d in lived(desk, [*events[:2], {**moved, "told": False}]).duties if d.duty == "plan_action"]
    assert (untold.due, untold.overdue_from) == ("2026-03-10", "2026-03-11")


def test_a_waiver_names_the_event_or_all_of_the_code(desk: Desk) -> None:
    events = [
        {"on": "2026-03-02", "kind": "report", "id": "r1", "by": "resident", "serious": ["assault"]},
        {"on": "2026-03-09", "kind": "report", "id": "r2", "by": "resident", "serious": ["assault"]},
        {"on": "2026-03-10", "kind": "waive", "duty": "police_question", "of": "r2", "reason": "Asked at once"},
    ]
    waived = [d.waived for d in lived(desk, events).duties if d.duty == "police_question"]
    assert waived == [None, "2026-03-10"]
    del events[2]["of"]
    both = [(d.waived, d.overdue_from) for d in lived(desk, events).duties if d.duty == "police_question"]
    assert both == [("2026-03-10", "2026-03-04"), ("2026-03-10", None)]


def test_a_report_into_a_closed_case(desk: Desk) -> None:
    events = [
        {"on": "2026-03-02", "kind": "report", "by": "resident", "behaviours": ["noise"]},
        {"on": "2026-03-03", "kind": "contact", "with": "resident", "direction": "out"},
        {"on": "2026-03-04", "kind": "close", "reason": "It stopped", "told": True},
        {"on": "2026-03-16", "kind": "report", "id": "again", "by": "resident", "serious": ["assault"]},
    ]
    new = [d for d in lived(desk, events, until="2026-03-31").duties if d.arose == "2026-03-16"]
    assert {(d.duty, d.overdue_from) for d in new} == {("first_contact", "2026-03-18"), ("reopen_review", "2026-03-18")}
    opened = [*events, {"on": "2026-03-17", "kind": "reopen"}]
    again = {d.duty: d for d in lived(desk, opened, until="2026-03-31").duties if d.arose >= "2026-03-16"}
    assert again["reopen_review"].met == "2026-03-17" and again["police_question"].due == "2026-03-17"
    assert again["closure_check" if "closure_check" in again else "support_offer"].duty == "support_offer"


def test_two_hundred_events_are_lived_through(desk: Desk) -> None:
    events: list[dict[str, Any]] = [{"on": "2025-01-02", "kind": "report", "by": "resident", "about": "neighbour"}]
    for n in range(199):
        day = f"2025-{1 + n // 20:02d}-{3 + n % 20:02d}"
        kind = ("report", "contact", "risk_assessment", "evidence_received")[n % 4]
        fields = {
            "report": {"by": "resident", "about": "neighbour", "behaviours": ["noise"]},
            "contact": {"with": "resident", "direction": "out"},
            "risk_assessment": {"band": "medium"},
            "evidence_received": {"from": "resident", "type": "diary"},
        }[kind]
        events.append({"on": day, "kind": kind, **fields})
    assert len(lived(desk, events).duties) > 200


def test_a_second_copy_does_not_move_the_day_of_the_first(desk: Desk) -> None:
    events = [
        {"on": "2026-03-02", "kind": "report", "by": "resident"},
        {"on": "2026-03-02", "at": "08:00", "kind": "report", "by": "resident"},
        {"on": "2026-03-03", "kind": "plan", "copy_given": True},
        {"on": "2026-03-20", "kind": "plan_copy_given"},
    ]
    (duty,) = [d for d in lived(desk, events).duties if d.duty == "plan_copy"]
    assert (duty.met, duty.overdue_from) == ("2026-03-03", None)
    assert lived(desk, [events[0], events[3]]).late, "a copy of a plan that nobody wrote down breaks nothing"
