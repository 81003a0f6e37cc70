"""Risk assessments: one of each household, another when things change, and the steps that a level asks for."""

from __future__ import annotations

import pytest

from asbdesk.duties.facts import Person
from tests.duties.builders import NEXT_DOOR, RAHIMA, assessment, did, duties, edges, facts, one, report

DUE = [
    ({"serious": ("assault",)}, "2026-11-19"),
    ({"behaviours": ("noise",)}, "2026-11-23"),
    ({"behaviours": ("animals", "vehicles")}, "2026-11-25"),
    ({"hate": True}, "2026-11-19"),
]


@pytest.mark.parametrize(("what", "due"), DUE)
def test_risk_assessment_is_due_by_how_serious_it_is(what: dict[str, object], due: str) -> None:
    assert one(facts(report("2026-11-18", **what)), "risk_assessment").due == due


def test_risk_assessment_around_its_day_and_after_hours() -> None:
    edges(one(facts(report("2026-11-18")), "risk_assessment"), "2026-11-22", "2026-11-23", "2026-11-24")
    assert one(facts(report("2026-11-18 17:01", serious=("threat",))), "risk_assessment").due == "2026-11-20"


def test_risk_assessment_of_each_household() -> None:
    people = {"rahima": RAHIMA, "sam": Person("sam", "Sam Hill", ("reporter",))}
    told = [report("2026-11-18"), report("2026-11-19", "r2", by="sam"), report("2026-11-20", "r3")]
    first, second = duties(facts(*told, assessment("2026-11-19"), people=people), "risk_assessment")
    assert (first.about_id, first.met) == ("r1", "2026-11-19")
    assert (second.about_id, second.met) == ("r2", None)
    assert "Sam Hill" in second.why
    together = {name: Person(name, "", ("reporter",), home="h1") for name in ("rahima", "sam")}
    assert len(duties(facts(*told, people=together), "risk_assessment")) == 1


def test_risk_assessment_must_be_completed_and_come_after() -> None:
    told = report("2026-11-18 10:00", visit="v1")
    assert one(facts(told, assessment("2026-11-18 12:00", complete=False)), "risk_assessment").met is None
    assert one(facts(told, assessment("2026-11-18 09:00")), "risk_assessment").met is None
    assert one(facts(told, assessment("2026-11-18 09:58", visit="v1")), "risk_assessment").met == "2026-11-18"
    assert one(facts(told, assessment("2026-11-19", of="")), "risk_assessment").met == "2026-11-19"
    assert one(facts(told, assessment("2026-11-19", of="next_door")), "risk_assessment").met is None


def test_risk_assessment_is_brought_forward_by_a_serious_report() -> None:
    told = [report("2026-11-18", behaviours=("litter",)), report("2026-11-19", "r2", serious=("weapon",))]
    assert one(facts(*told), "risk_assessment").due == "2026-11-20"
    assert one(facts(*told, assessment("2026-11-18 12:00")), "risk_assessment").due == "2026-11-25"


def test_risk_assessment_of_whoever_is_affected_where_an_agency_reports() -> None:
    people = {
        "pc": Person("pc", "PC Lee", ("reporter", "agency_officer")),
        "sam": Person("sam", "Sam Hill", ("affected",)),
    }
    told = report("2026-11-18", by="pc")
    assert one(facts(told, assessment("2026-11-19", of="sam"), people=people), "risk_assessment").met == "2026-11-19"
    assert duties(facts(told, people={"pc": people["pc"]}), "risk_assessment") == []


def test_risk_reassessment_at_the_interval_of_its_level() -> None:
    found = [facts(report("2026-11-02"), assessment("2026-11-02 10:00", band=band)) for band in ("high", "standard")]
    edges(one(found[0], "risk_reassessment"), "2026-11-15", "2026-11-16", "2026-11-17")
    edges(one(found[1], "risk_reassessment"), "2026-11-29", "2026-11-30", "2026-12-01")
    done = [assessment("2026-11-02 10:00"), assessment("2026-11-20", "a2")]
    first, second = duties(facts(report("2026-11-02"), *done), "risk_reassessment")
    assert (first.met, second.met, second.due) == ("2026-11-20", None, "2026-12-18")


EVENTS = [
    (report("2026-11-18", "r2", serious=("assault",)), True),
    (report("2026-11-18", "r2", hate=True), True),
    (report("2026-11-18", "r2", behaviours=("threats",)), True),
    (report("2026-11-18", "r2", behaviours=("noise",)), False),
    (report("2026-11-18", "r2", hate_signs=True), False),
    (did("vulnerability_disclosed", "2026-11-18", "r2", who="rahima", words=("asthma",)), True),
    (did("vulnerability_disclosed", "2026-11-18", "r2", who="next_door", words=("asthma",)), False),
    (did("agency_information", "2026-11-18", "r2", what="Police", yes=True), True),
    (did("agency_information", "2026-11-18", "r2", what="Police", yes=False), False),
]


@pytest.mark.parametrize(("event", "raises"), EVENTS)
def test_risk_reassessment_when_something_changes_the_risk(event: object, raises: bool) -> None:
    found = facts(report("2026-11-02"), assessment("2026-11-02 10:00"), event)
    raised = [d for d in duties(found, "risk_reassessment") if d.about_id == "r2"]
    assert [d.due for d in raised] == (["2026-11-19"] if raises else [])
    assert duties(facts(report("2026-11-02"), event), "risk_reassessment") == [], "nothing to repeat yet"


def test_risk_reassessment_is_met_by_a_new_one() -> None:
    worse = report("2026-11-18 10:00", "r2", serious=("assault",))
    found = facts(report("2026-11-02"), assessment("2026-11-02 10:00"), worse, assessment("2026-11-18 12:00", "a2"))
    assert [d.met for d in duties(found, "risk_reassessment") if d.about_id == "r2"] == ["2026-11-18"]


def test_risk_actions_of_each_level() -> None:
    medium = facts(report("2026-11-02"), assessment("2026-11-18", band="medium"))
    edges(one(medium, "risk_actions"), "2026-11-24", "2026-11-25", "2026-11-26")
    high = [report("2026-11-02"), assessment("2026-11-18", band="high")]
    edges(one(facts(*high), "risk_actions"), "2026-11-18", "2026-11-19", "2026-11-20")
    assert duties(facts(report("2026-11-02"), assessment("2026-11-18", band="standard")), "risk_actions") == []
    steps = ("support_offered", "safety_measure", "manager_sign_off", "multi_agency_considered")
    taken = [did("risk_action", f"2026-11-18 1{n}:00", what=step, yes=n == 0) for n, step in enumerate(steps)]
    assert one(facts(*high, *taken[:3]), "risk_actions").met is None
    assert one(facts(*high, *taken), "risk_actions").met == "2026-11-18"
    before = [did("risk_action", "2026-11-17", what=step) for step in steps]
    assert one(facts(*high, *before), "risk_actions").met is None
    again = [assessment("2026-11-20", "a2", band="high")]
    assert [d.met for d in duties(facts(*high, *taken, *again), "risk_actions")] == ["2026-11-18", None]


def test_the_person_reported_is_owed_no_assessment() -> None:
    people = {"rahima": RAHIMA, "next_door": NEXT_DOOR}
    found = facts(report("2026-11-18", about=("next_door",)), people=people)
    assert {d.about_id for d in duties(found, "risk_assessment")} == {"r1"}
