"""Action plans: the plan, its copy, our steps, and looking again."""

from __future__ import annotations

import pytest

from asbdesk.duties.duty import state
from tests.duties.builders import contact, duties, facts, one, plan, report, step

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
    assert duty.why.endswith(".") and "Our timescales (action_plan." in duty.source


def test_action_plan_is_brought_forward_by_a_serious_report_while_it_is_open() -> None:
    low, worse = report("2026-11-18", behaviours=("litter",)), report("2026-11-20", "r2", serious=("assault",))
    assert one(facts(low, worse), "action_plan").due == "2026-11-24"
    duty = one(facts(low, worse, plan("2026-11-19")), "action_plan")
    assert (duty.due, duty.met, duty.about_id) == ("2026-12-02", "2026-11-19", "r1")


def test_action_plan_the_tightest_clock_wins() -> None:
    slight = report("2026-11-18", behaviours=("litter",))
    assert one(facts(slight, stream="hate"), "action_plan").due == "2026-11-20"
    assert one(facts(slight, stream="domestic_abuse"), "action_plan").due == "2026-11-20"
    assert one(facts(slight, stream="repairs_noise"), "action_plan").due == "2026-12-02"


def test_action_plan_is_not_owed_to_somebody_who_cannot_be_reached_nor_for_more_of_the_same() -> None:
    assert duties(facts(report("2026-11-18", same_as="r0"))) == []
    from asbdesk.duties.facts import Person

    nobody = {"rahima": Person("rahima", roles=("reporter",), reachable=False)}
    assert duties(facts(report("2026-11-18"), people=nobody)) == []


def test_action_plan_is_met_by_a_plan_that_the_resident_does_not_agree() -> None:
    issued = plan("2026-11-19", agreed=False, signing="does_not_agree")
    assert one(facts(report("2026-11-18"), issued), "action_plan").met == "2026-11-19"
    assert duties(facts(report("2026-11-18"), issued), "plan_copy") == []


def test_plan_copy_is_owed_for_each_plan_agreed() -> None:
    duty = one(facts(plan("2026-11-20")), "plan_copy")
    assert (duty.due, duty.met) == ("2026-11-24", None)
    given = one(facts(plan("2026-11-20", copy_given="2026-11-20")), "plan_copy")
    assert state(given, "2026-12-01") == "met"
    assert len(duties(facts(plan("2026-11-20"), plan("2026-11-27", "p2")), "plan_copy")) == 2


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
    assert [state(duty, day) for day in ("2026-11-24", "2026-11-25", "2026-11-26")] == ["upcoming", "due", "overdue"]
    assert "Wednesday 25 November" in duty.why
    done = one(facts(plan("2026-11-18"), step(by="2026-11-25", done_on="2026-11-26")), "plan_action")
    assert state(done, "2026-11-26") == "met_late"


def test_plan_review_is_on_the_day_the_plan_names_or_after_four_weeks() -> None:
    assert one(facts(plan("2026-11-18", review_on="2026-12-01")), "plan_review").due == "2026-12-01"
    duty = one(facts(plan("2026-11-18")), "plan_review")
    assert (duty.due, duty.about) == ("2026-12-16", "plan 1 of 18 Nov 2026")


def test_plan_review_is_met_by_the_next_version_which_asks_for_its_own() -> None:
    first, second = duties(facts(plan("2026-11-18", review_on="2026-12-01"), plan("2026-12-03", "p2")), "plan_review")
    assert (first.met, state(first, "2027-01-01")) == ("2026-12-03", "met_late")
    assert (second.met, second.due) == (None, "2026-12-31")


def test_plan_review_is_sooner_after_a_serious_report() -> None:
    made = plan("2026-11-18", review_on="2026-12-16")
    worse = report("2026-11-27 18:00", "r2", serious=("assault",))
    named, sooner = sorted(duties(facts(made, worse), "plan_review"), key=lambda d: -len(d.about))
    assert {named.due, sooner.due} == {"2026-12-16", "2026-12-02"}
    quiet = report("2026-11-27", "r2", behaviours=("noise",))
    assert len(duties(facts(made, quiet), "plan_review")) == 1
    both = duties(facts(made, worse, plan("2026-11-30", "p2", review_on="2026-12-20")), "plan_review")
    assert [d.met for d in both] == ["2026-11-30", "2026-11-30", None]


def test_plan_review_a_serious_report_in_the_same_visit_is_what_the_plan_is_about() -> None:
    told = report("2026-11-18 10:30", serious=("assault",), visit="v1")
    assert len(duties(facts(plan("2026-11-18 10:20", visit="v1"), told), "plan_review")) == 1


def test_a_closed_case_owes_none_of_it_any_more() -> None:
    found = facts(report("2026-11-18"), plan("2026-11-20"), step(by="2026-12-10"), closed="2026-12-01")
    assert {state(d, "2027-02-01") for d in duties(found)} == {"met", "ended"}
    assert duties(facts(report("2026-12-02"), closed="2026-12-01")) == []


@pytest.mark.parametrize("day", ["2026-12-24", "2026-12-31", "2026-04-02", "2026-10-24"])
def test_plan_copy_over_easter_christmas_and_the_clocks(day: str) -> None:
    due = {
        "2026-12-24": "2026-12-30",
        "2026-12-31": "2027-01-05",
        "2026-04-02": "2026-04-08",
        "2026-10-24": "2026-10-27",
    }
    assert one(facts(plan(day)), "plan_copy").due == due[day]


def test_contacts_do_not_stand_for_plans() -> None:
    assert one(facts(report("2026-11-18"), contact("2026-11-19")), "action_plan").met is None
