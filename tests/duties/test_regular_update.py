"""The silence of an open case: what starts it, what shortens it, what ends it."""

from __future__ import annotations

from dataclasses import replace

from asbdesk.duties import owed, policy
from asbdesk.duties.duty import overdue_from, state
from asbdesk.duties.facts import Pace, Person
from tests.duties.builders import RAHIMA, assessment, contact, did, duties, edges, facts, one, report

NOISE = report("2026-11-02", behaviours=("noise",))


def dues(*records: object, **case: object) -> list[tuple[str, str | None]]:
    return [(d.due, d.met) for d in duties(facts(*records, **case), "regular_update")]


def test_regular_update_from_the_first_report_then_from_each_contact() -> None:
    edges(one(facts(NOISE), "regular_update"), "2026-11-15", "2026-11-16", "2026-11-17")
    assert dues(NOISE, contact("2026-11-05")) == [("2026-11-16", "2026-11-05"), ("2026-11-19", None)]
    assert dues(NOISE, contact("2026-11-05", made=False)) == [("2026-11-16", None)]
    assert dues(NOISE, report("2026-11-06", "r2")) == [("2026-11-16", None)]


def test_regular_update_is_sooner_at_a_high_level_and_for_a_serious_report_not_yet_assessed() -> None:
    grave = report("2026-11-02", serious=("assault",))
    assert dues(grave) == [("2026-11-09", None)]
    spoke = contact("2026-11-03")
    assert dues(grave, spoke, assessment("2026-11-03 08:00", band="high"))[1] == ("2026-11-10", None)
    assert dues(grave, spoke, assessment("2026-11-03 08:00", band="standard"))[1] == ("2026-11-17", None)


def test_regular_update_moves_when_the_level_changes_and_never_to_before_tomorrow() -> None:
    high = assessment("2026-11-04", band="high")
    assert dues(NOISE, high) == [("2026-11-09", None)]
    assert dues(NOISE, assessment("2026-11-12", band="high")) == [("2026-11-13", None)]
    grave = report("2026-11-02", serious=("assault",))
    late = one(facts(grave, assessment("2026-11-12", band="standard")), "regular_update")
    assert (late.due, overdue_from(late, "2026-12-01")) == ("2026-11-16", "2026-11-10")


def test_regular_update_from_a_reopening() -> None:
    closed = [did("close", "2026-11-04"), did("reopen", "2026-12-01")]
    first, again = duties(facts(NOISE, *closed), "regular_update")
    assert (state(first, "2027-01-01"), again.due, again.about) == ("ended", "2026-12-15", "reopening of 1 Dec 2026")


def test_regular_update_hate_and_medium_are_as_the_others_unless_set() -> None:
    hate = facts(report("2026-11-02", hate=True), assessment("2026-11-02 10:00", band="standard"))
    usual = policy.default()
    due = {d.due for d in owed(hate, usual) if d.code == "regular_update"}
    assert due == {"2026-11-16"}
    shorter = usual.changed({"regular_update.other_wd": 7})
    assert {d.due for d in owed(hate, shorter) if d.code == "regular_update"} == {"2026-11-11"}
    weekly = usual.changed({"regular_update.hate_wd": 5})
    assert {d.due for d in owed(hate, weekly) if d.code == "regular_update"} == {"2026-11-09"}


def test_regular_update_of_households_with_a_clock_of_their_own() -> None:
    sam = Person("sam", "Sam Hill", ("reporter",), updates="own")
    told = [NOISE, report("2026-11-03", "r2", by="sam"), contact("2026-11-05")]
    found = duties(facts(*told, people={"rahima": RAHIMA, "sam": sam}), "regular_update")
    assert [(d.due, d.met) for d in found] == [
        ("2026-11-16", "2026-11-05"),
        ("2026-11-17", None),
        ("2026-11-19", None),
    ]
    quiet = {"rahima": RAHIMA, "sam": replace(sam, updates="none")}
    assert len(duties(facts(*told, people=quiet), "regular_update")) == 2
    spoken_for = {"rahima": RAHIMA, "sam": replace(sam, updates="rahima")}
    assert len(duties(facts(*told, people=spoken_for), "regular_update")) == 2


def test_regular_update_at_the_pace_the_resident_chose() -> None:
    chosen = replace(RAHIMA, pace=(Pace("2026-11-01", 21),))
    assert dues(NOISE, people={"rahima": chosen}) == [("2026-11-23", None)]
    longer = replace(RAHIMA, pace=(Pace("2026-11-01", 90),))
    assert dues(NOISE, people={"rahima": longer}) == [("2026-11-30", None)]
    grave = report("2026-11-02", serious=("assault",))
    assert dues(grave, people={"rahima": chosen}) == [("2026-11-09", None)]


def test_regular_update_at_a_high_level_keeps_the_slower_pace_only_where_a_manager_agreed() -> None:
    grave = report("2026-11-02", serious=("assault",))
    agreed = replace(RAHIMA, pace=(Pace("2026-11-01", 14, agreed=True),))
    assert dues(grave, people={"rahima": agreed}) == [("2026-11-16", None)]
    sooner = replace(RAHIMA, pace=(Pace("2026-11-01", 3),))
    assert dues(grave, people={"rahima": sooner}) == [("2026-11-05", None)]


def test_regular_update_only_if_something_happens_is_asked_again_on_its_day_and_at_the_latest_in_four_weeks() -> None:
    only = replace(RAHIMA, pace=(Pace("2026-11-01", 0, "2026-11-20"),))
    assert dues(NOISE, people={"rahima": only}) == [("2026-11-20", None)]
    later = replace(RAHIMA, pace=(Pace("2026-11-01", 0, "2027-03-01"),))
    assert dues(NOISE, people={"rahima": later}) == [("2026-11-29", None)]
    past = replace(RAHIMA, pace=(Pace("2026-10-01", 0, "2026-10-20"),))
    assert dues(NOISE, people={"rahima": past}) == [("2026-11-16", None)], "nobody asked again: the usual days"
    grave = report("2026-11-02", serious=("assault",))
    assert dues(grave, people={"rahima": only}) == [("2026-11-09", None)]


def test_regular_update_is_owed_to_nobody_who_cannot_be_reached() -> None:
    assert dues(NOISE, people={"rahima": replace(RAHIMA, reachable=False)}) == []
