"""How Today is arranged: pure, from lines of what is due."""

from __future__ import annotations

from asbdesk.casework.due_acts import ACTS, act_of, to_tell, tried
from asbdesk.casework.moments import MOMENT, Item, Resting, Wait, arrange, merged, more, shown_to
from asbdesk.duties import CODES

DAY, COMING = "2026-11-23", ["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30"]


def item(code: str, due_on: str, n: int = 1, about: str = "", *, urgent: bool = False) -> Item:
    return Item(f"{code}/r{n}", code, due_on, about, urgent)


def test_every_code_has_its_moment() -> None:
    assert {*CODES} <= {*MOMENT} and {*CODES} <= {*ACTS}


def test_one_card_a_case_and_now_before_all() -> None:
    owed = {
        "a": [item("first_contact", "2026-11-20"), item("risk_assessment", DAY)],
        "b": [item("plan_action", DAY, urgent=True)],
        "c": [item("first_contact", "2026-11-24")],
    }
    found = arrange({}, owed, DAY, COMING)
    assert [c.case for c in found.now] == ["b"] and [c.case for c in found.due] == ["a"]
    assert (found.due[0].late, found.due[0].worst) == (1, 3)
    assert [case for case, _ in found.coming["2026-11-24"]] == ["c"]


def test_the_order_is_risk_then_who_waits_then_days_late() -> None:
    owed = {
        "file": [item("agency_chase", "2026-11-10")],
        "new": [item("first_contact", DAY)],
        "old": [item("promise", "2026-11-19")],
        "high": [item("agency_chase", DAY)],
        "low": [item("first_contact", "2026-11-01")],
    }
    bands = {"high": "high", "low": "standard", "file": "medium"}
    assert [c.case for c in arrange(bands, owed, DAY, COMING).due] == ["high", "old", "new", "file", "low"]


def test_the_same_of_the_same_person_is_one_line_with_its_oldest_day() -> None:
    some = [item("evidence_review", f"2026-11-{10 + n}", n, "Mr A") for n in range(5)]
    lines = merged(
        [*some, item("evidence_review", DAY, 9, "Mr B"), item("promise", DAY, 1), item("promise", DAY, 2)], DAY
    )
    assert sorted(len(g.items) for g in lines) == [1, 1, 1, 5], "promises are each their own"
    assert max(lines, key=lambda g: len(g.items)).first.due_on == "2026-11-10"


def test_what_waits_rests_in_its_lane_and_stays_late() -> None:
    late = item("agency_chase", "2026-11-17")
    wait = Wait("agency_chase", "r1", "the police", "2026-11-25", 3)
    rest = {"a": Resting(waits={("agency_chase", "r1"): wait})}
    found = arrange({}, {"a": [late]}, DAY, COMING, rest)
    assert not found.due and found.waiting[0].days == 6 and found.late_cases == 1 and wait.manager
    assert arrange({}, {"a": [late]}, "2026-11-25", COMING, rest).due, "it comes back on the day of the next look"


def test_now_never_waits() -> None:
    urgent = item("plan_action", "2026-11-20", urgent=True)
    rest = {"a": Resting(waits={("plan_action", "r1"): Wait("plan_action", "r1", "x", "2026-11-25", 1)})}
    assert arrange({}, {"a": [urgent]}, DAY, COMING, rest).now


def test_a_planned_card_rests_under_its_day_and_comes_back_by_itself() -> None:
    owed = {"a": [item("first_contact", "2026-11-26")]}
    rest = {"a": Resting(planned="2026-11-25")}
    found = arrange({}, owed, DAY, COMING, rest)
    assert not found.due and found.coming["2026-11-25"] and not found.coming["2026-11-26"]
    assert arrange({}, owed, "2026-11-25", COMING, rest).due[0].planned
    assert not arrange({}, owed, "2026-11-26", COMING, rest).due[0].planned, "then it is due of its own"


def test_a_complaint_is_shown_to_its_handler_alone() -> None:
    items = [item("complaint_stage1", DAY), item("first_contact", DAY), item("data_breach", DAY)]
    assert [i.code for i in shown_to(items, mine=True, answers=False)] == ["first_contact", "data_breach"]
    assert shown_to(items, mine=True, answers=True) == items
    assert [i.code for i in shown_to(items, mine=False, answers=True)] == ["complaint_stage1"]


def test_the_line_after_the_first_page() -> None:
    assert more([], DAY) == ""
    assert more(["2026-11-23", "2026-11-12", "2026-11-22"], DAY) == "3 more: 2 late, oldest 11 days"
    assert more([DAY], DAY) == "1 more"


def test_first_lines_in_words() -> None:
    assert to_tell("Ms Begum", 4, 1, 2) == "Ring Ms Begum: 4 things to tell her, 1 is 2 days late"
    assert to_tell("Mr Farrow", 2, 2, 1) == "Ring Mr Farrow: 2 things to tell him, 1 day late"
    assert to_tell("Sam Bell", 3, 2, 4) == "Ring Sam Bell: 3 things to tell them, 2 are up to 4 days late"
    assert tried("Mr Adeyemi", [("phone", "2026-11-20")]) == "Tried Mr Adeyemi once: next, a text"
    twice = [("phone", "2026-11-20"), ("text", "2026-11-21")]
    assert tried("Mr Adeyemi", twice) == "Tried Mr Adeyemi twice: next, a letter. Are you worried about him?"
    assert "worried" not in tried("Mr A", [("phone", "2026-11-20"), ("phone", "2026-11-21")])
    assert act_of("evidence_review", "Mr A", "", 30)[0] == "30 pieces of evidence to look at"
