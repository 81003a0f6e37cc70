"""Action plans: the plan, its copy, our steps, and looking again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asbdesk.duties.duty import overdue_from, state
from tests.duties.builders import RAHIMA, contact, did, duties, edges, facts, one, plan, report, step

PLANS_DUE = [
    ({"serious": ("assault",)}, "2026-11-20"),
    ({"behaviours": ("noise",)}, "2026-11-25"),
    ({"behaviours": ("litter", "garden")}, "2026-12-02"),
    ({"behaviours": ("litter", "threats")}, "2026-11-25"),
    ({"hate": True}, "2026-11-20"),
    ({"behaviours": ("weapon",)}, "2026-11-20"),
    ({}, "2026-11-25"),
]


@pytest.mark.parametrize(("what", "due"), PLANS_DUE)
def test_action_plan_is_due_by_how_serious_it_is(what: dict[str, object], due: str) -> None:
    duty = one(facts(report("2026-11-18", **what)), "action_plan")
    assert (duty.arose, duty.due, duty.met, duty.about) == ("2026-11-18", due, None, "report of 18 Nov 2026")
    assert "Our timescales (action_plan." in duty.source


def test_action_plan_around_its_day_and_with_the_first_report_only() -> None:
    duty = one(facts(report("2026-11-18"), report("2026-12-01", "r2")), "action_plan")
    edges(duty, "2026-11-24", "2026-11-25", "2026-11-26")


def test_action_plan_is_brought_forward_by_a_serious_report_while_it_is_open() -> None:
    low, worse = report("2026-11-18", behaviours=("litter",)), report("2026-11-20", "r2", serious=("assault",))
    assert one(facts(low, worse), "action_plan").due == "2026-11-24"
    duty = one(facts(low, worse, plan("2026-11-19")), "action_plan")
    assert (duty.due, duty.met, duty.about_id) == ("2026-12-02", "2026-11-19", "r1")


def test_action_plan_is_not_owed_to_somebody_who_cannot_be_reached() -> None:
    nobody = {"rahima": replace(RAHIMA, reachable=False)}
    assert {d.code for d in duties(facts(report("2026-11-18"), people=nobody))} == {"report_logged"}


def test_action_plan_is_met_by_a_plan_that_the_resident_does_not_agree() -> None:
    issued = plan("2026-11-19", agreed=False, signing="does_not_agree")
    assert one(facts(report("2026-11-18"), issued), "action_plan").met == "2026-11-19"
    assert duties(facts(report("2026-11-18"), issued), "plan_copy") == []
    assert one(facts(report("2026-11-18"), contact("2026-11-19")), "action_plan").met is None


def test_plan_copy_is_owed_for_each_plan_agreed() -> None:
    edges(one(facts(plan("2026-11-20")), "plan_copy"), "2026-11-23", "2026-11-24", "2026-11-25")
    given = one(facts(plan("2026-11-20", copy_given="2026-11-20")), "plan_copy")
    assert state(given, "2026-12-01") == "met"
    both = duties(facts(plan("2026-11-20"), plan("2026-11-27", "p2", copy_given="2026-11-27")), "plan_copy")
    assert [d.met for d in both] == ["2026-11-27", "2026-11-27"], "a later version's copy stands for the earlier's"


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-12-24", "2026-12-30"),
        ("2026-12-31", "2027-01-05"),
        ("2026-04-02", "2026-04-08"),
        ("2026-10-24", "2026-10-27"),
    ],
)
def test_plan_copy_over_easter_christmas_and_the_clocks(day: str, due: str) -> None:
    assert one(facts(plan(day)), "plan_copy").due == due


def test_plan_action_is_our_step_on_its_day() -> None:
    found = facts(
        plan("2026-11-18"),
        step(by="2026-11-25"),
        step("s2", by="2026-11-25", owner="resident"),
        step("s3", by="2026-11-25", owner="agency"),
        step("s4"),
        step("s5", by="2026-11-20", plan="another"),
    )
    duty = one(found, "plan_action")
    assert (duty.about_id, duty.about, duty.due, duty.arose) == ("s1", "Change the lock", "2026-11-25", "2026-11-18")
    edges(duty, "2026-11-24", "2026-11-25", "2026-11-26")
    assert "Wednesday 25 November" in duty.why
    done = one(facts(plan("2026-11-18"), step(by="2026-11-25", done_on="2026-11-26")), "plan_action")
    assert state(done, "2026-11-26") == "met_late"


def test_plan_action_moved_keeps_the_lateness_before_the_move() -> None:
    moved = step(by="2026-12-02", moves=(("2026-11-27", "2026-11-25"),))
    duty = one(facts(plan("2026-11-18"), moved), "plan_action")
    assert (duty.due, state(duty, "2026-11-30"), overdue_from(duty, "2026-11-30")) == (
        "2026-12-02",
        "upcoming",
        "2026-11-26",
    )
    in_time = step(by="2026-12-02", moves=(("2026-11-25", "2026-11-25"),))
    assert overdue_from(one(facts(plan("2026-11-18"), in_time), "plan_action"), "2026-12-02") is None
    twice = step(by="2026-12-09", moves=(("2026-11-25", "2026-11-25"), ("2026-12-04", "2026-12-02")))
    assert overdue_from(one(facts(plan("2026-11-18"), twice), "plan_action"), "2026-12-31") == "2026-12-03"


def test_plan_review_is_on_the_day_the_plan_names_or_after_four_weeks() -> None:
    named = facts(report("2026-11-02"), plan("2026-11-18", review_on="2026-12-01"))
    edges(one(named, "plan_review"), "2026-11-30", "2026-12-01", "2026-12-02")
    duty = one(facts(report("2026-11-02"), plan("2026-11-18")), "plan_review")
    assert (duty.due, duty.about) == ("2026-12-16", "plan 1 of 18 Nov 2026")


def test_plan_review_arms_again_after_a_review() -> None:
    made = [report("2026-11-02"), plan("2026-11-18", review_on="2026-12-01"), did("plan_review", "2026-11-30")]
    first, second = duties(facts(*made), "plan_review")
    assert (first.met, second.met, second.due) == ("2026-11-30", None, "2026-12-28")
    named = did("plan_review", "2026-11-30", by="2026-12-11")
    assert duties(facts(*made[:2], named), "plan_review")[1].due == "2026-12-11"


def test_plan_review_is_met_by_the_next_version_which_asks_for_its_own() -> None:
    versions = [plan("2026-11-18", review_on="2026-12-01"), plan("2026-12-03", "p2")]
    first, second = duties(facts(report("2026-11-02"), *versions), "plan_review")
    assert (first.met, state(first, "2027-01-01")) == ("2026-12-03", "met_late")
    assert (second.met, second.due) == (None, "2026-12-31")


def test_plan_review_is_sooner_after_a_serious_report() -> None:
    made = [report("2026-11-02"), plan("2026-11-18", review_on="2026-12-16")]
    worse = report("2026-11-27 18:00", "r2", serious=("assault",))
    assert {d.due for d in duties(facts(*made, worse), "plan_review")} == {"2026-12-16", "2026-12-02"}
    quiet = report("2026-11-27", "r2", behaviours=("noise",))
    assert len(duties(facts(*made, quiet), "plan_review")) == 1
    both = duties(facts(*made, worse, plan("2026-11-30", "p2", review_on="2026-12-20")), "plan_review")
    assert [d.met for d in both] == ["2026-11-30", "2026-11-30", None]


def test_plan_review_a_serious_report_in_the_same_visit_is_what_the_plan_is_about() -> None:
    told = report("2026-11-18 10:30", serious=("assault",), visit="v1")
    assert len(duties(facts(plan("2026-11-18 10:20", visit="v1"), told), "plan_review")) == 1
