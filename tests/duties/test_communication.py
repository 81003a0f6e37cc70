"""Talking with the resident: each duty around its edges, and what meets it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from asbdesk.clock import london_instant
from asbdesk.duties import Duty
from asbdesk.duties.communication import months_before
from asbdesk.duties.duty import overdue_from, state
from asbdesk.duties.facts import Contact, Person
from tests.duties.builders import (
    ADVOCATE,
    NEXT_DOOR,
    RAHIMA,
    assessment,
    at,
    contact,
    did,
    duties,
    edges,
    facts,
    one,
    plan,
    report,
)

CLOCKS = [
    # what was told, when, first contact by
    ({"serious": ("assault",)}, "2026-11-18", "2026-11-19"),
    ({"behaviours": ("hate",)}, "2026-11-18", "2026-11-19"),
    ({"hate": True}, "2026-11-18", "2026-11-19"),
    ({"behaviours": ("noise",)}, "2026-11-18", "2026-11-23"),
    ({"behaviours": ("litter", "garden")}, "2026-11-18", "2026-11-25"),
    ({}, "2026-11-18", "2026-11-23"),
    ({"serious": ("assault",)}, "2026-11-18 17:00", "2026-11-19"),
    ({"serious": ("assault",)}, "2026-11-18 17:01", "2026-11-20"),
    ({"serious": ("assault",)}, "2026-11-20 17:01", "2026-11-24"),  # Friday evening counts as Monday
    ({"serious": ("assault",)}, "2026-11-21 12:00", "2026-11-23"),  # Saturday
    ({"serious": ("assault",)}, "2026-04-02", "2026-04-07"),  # the Thursday before Easter
    ({"serious": ("assault",)}, "2026-12-24", "2026-12-29"),  # Boxing Day's substitute is the 28th
    ({"serious": ("assault",)}, "2026-10-23 16:59", "2026-10-26"),  # the clocks go back on the 25th
    ({"serious": ("assault",)}, "2026-03-27 17:01", "2026-03-31"),  # and forward on the 29th
]


@pytest.mark.parametrize(("what", "when", "due"), CLOCKS)
def test_first_contact_by_how_serious_it_is(what: dict[str, Any], when: str, due: str) -> None:
    assert one(facts(report(when, **what)), "first_contact").due == due


def test_first_contact_around_its_day() -> None:
    duty = one(facts(report("2026-11-18", serious=("threat",))), "first_contact")
    edges(duty, "2026-11-18", "2026-11-19", "2026-11-20")
    assert (duty.about, duty.theme) == ("report of 18 Nov 2026", "communication")


def test_first_contact_takes_the_tightest_of_category_level_and_stream() -> None:
    slight = report("2026-11-18", "r2", behaviours=("litter",))
    told = report("2026-11-02", behaviours=("litter",))
    dues = {
        band: duties(facts(told, slight, assessment("2026-11-03", band=band)), "first_contact")[1].due
        for band in ("standard", "medium", "high")
    }
    assert dues == {"standard": "2026-11-25", "medium": "2026-11-23", "high": "2026-11-19"}
    hate = facts(report("2026-11-02", hate=True), slight)
    assert duties(hate, "first_contact")[1].due == "2026-11-19"
    assert one(facts(slight, stream="domestic_abuse"), "first_contact").due == "2026-11-19"
    assert one(facts(slight, stream="repairs_noise"), "first_contact").due == "2026-11-25"


MEETS: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"made": False}, False),
    ({"out": False}, False),
    ({"out": False, "answered": True}, True),
    ({"with_": "advocate"}, True),
    ({"with_": "next_door"}, False),
    ({"with_": "stranger"}, False),
    ({"method": "acknowledgement letter"}, False),
    ({"method": "call by the managing agent"}, False),
]


@pytest.mark.parametrize(("what", "meets"), MEETS)
def test_first_contact_is_met_by_a_landlord_contact_only(what: dict[str, Any], meets: bool) -> None:
    duty = one(facts(report("2026-11-18"), contact("2026-11-19", **what)), "first_contact")
    assert duty.met == ("2026-11-19" if meets else None)


def test_first_contact_is_never_met_through_somebody_who_must_not_be_told() -> None:
    hidden = replace(RAHIMA, not_to=frozenset({"advocate"}))
    people = {"rahima": hidden, "advocate": ADVOCATE}
    found = facts(report("2026-11-18"), contact("2026-11-19", with_="advocate"), people=people)
    assert one(found, "first_contact").met is None


def test_first_contact_comes_after_the_report_and_each_report_has_its_own() -> None:
    first, second = report("2026-11-18 10:00"), report("2026-11-20 10:00", "r2")
    calls = [contact("2026-11-18 09:59"), contact("2026-11-20 09:00", "c2")]
    assert [d.met for d in duties(facts(first, second, *calls), "first_contact")] == ["2026-11-20", None]


def test_first_contact_with_those_who_can_be_reached() -> None:
    nobody = {"rahima": replace(RAHIMA, reachable=False)}
    assert duties(facts(report("2026-11-18"), people=nobody), "first_contact") == []
    victim = Person("sam", "Sam Hill", ("affected",))
    found = facts(report("2026-11-18"), contact("2026-11-19", with_="sam"), people={**nobody, "sam": victim})
    assert one(found, "first_contact").met == "2026-11-19"
    officer = {"pc": Person("pc", "PC Lee", ("reporter", "agency_officer")), "sam": victim}
    told = report("2026-11-18", by="pc")
    assert one(facts(told, contact("2026-11-19", with_="sam"), people=officer), "first_contact").met == "2026-11-19"


def test_answer_resident() -> None:
    asked = contact("2026-11-18", out=False, needs_reply=True)
    duty = one(facts(report("2026-11-16"), asked), "answer_resident")
    edges(duty, "2026-11-22", "2026-11-23", "2026-11-24")
    assert one(facts(report("2026-11-16"), asked, contact("2026-11-20", "c2")), "answer_resident").met == "2026-11-20"
    spoke = contact("2026-11-18", out=False, needs_reply=True, answered=True)
    assert one(facts(report("2026-11-16"), spoke), "answer_resident").met == "2026-11-18"
    other = contact("2026-11-18", with_="next_door", out=False, needs_reply=True)
    assert duties(facts(report("2026-11-16"), other), "answer_resident") == []


def test_answer_resident_is_all_that_more_of_the_same_owes() -> None:
    told = facts(report("2026-11-16"), report("2026-11-18", "r2", same_as="r1", serious=("assault",)))
    assert [d.code for d in duties(told) if d.about_id == "r2"] == ["answer_resident"]


AGREED = plan("2026-11-18 10:00", next_contact="2026-11-25", visit="v1")


def agreed(*records: Any) -> Duty:
    return one(facts(AGREED, *records), "next_contact")


def test_next_contact_is_due_on_its_day() -> None:
    found = agreed()
    assert (found.due, found.at, found.arose) == ("2026-11-25", None, "2026-11-18")
    edges(found, "2026-11-24", "2026-11-25", "2026-11-26")
    assert found.why == "We said that we would speak to Ms Rahima Begum on Wednesday 25 November."


def test_next_contact_with_a_time_keeps_it() -> None:
    moment = london_instant("2026-07-15", "00:30")  # the evening before, in UTC
    found = one(facts(plan("2026-07-01", next_contact=moment)), "next_contact")
    assert (found.due, found.at) == ("2026-07-15", moment)


MET = [
    (contact("2026-11-25"), "2026-11-25"),
    (contact("2026-11-18 15:00"), "2026-11-18"),
    (contact("2026-11-18 09:59"), None),
    (contact("2026-11-18 10:00"), "2026-11-18"),
    (contact("2026-11-25", made=False), None),
    (contact("2026-11-25", out=False, answered=True), "2026-11-25"),
    (contact("2026-11-25", with_="next_door"), None),
    (contact("2026-11-18 11:00", visit="v1"), None),  # the visit in which it was agreed, written down at its end
]


@pytest.mark.parametrize(("record", "met"), MET)
def test_next_contact_is_met_by_a_landlord_contact(record: Contact, met: str | None) -> None:
    assert agreed(record).met == met


def test_next_contact_is_met_by_two_attempts() -> None:
    tries = [contact("2026-11-25 10:00", "t1", made=False), contact("2026-11-25 16:00", "t2", made=False)]
    assert agreed(tries[0]).met is None
    assert agreed(*tries).met == "2026-11-25"
    assert agreed(*tries, contact("2026-11-25 12:00")).met == "2026-11-25"
    assert state(agreed(contact("2026-11-27")), "2026-12-01") == "met_late"


def test_next_contact_is_met_by_a_visit() -> None:
    visit = Contact("v2", at("2026-11-24"), "v2", with_="rahima")
    found = facts(AGREED, visits=(visit, Contact("v1", at("2026-11-18 10:01"), "v1", with_="rahima")))
    assert one(found, "next_contact").met == "2026-11-24"


def test_next_contact_agreed_on_the_telephone_is_owed_too() -> None:
    first, second = contact("2026-11-18", next_by="2026-11-20"), contact("2026-11-20", "c2", next_by="2026-11-27")
    met, owed = duties(facts(first, second), "next_contact")
    assert (met.met, owed.met, owed.due) == ("2026-11-20", None, "2026-11-27")
    assert duties(facts(contact("2026-11-18", with_="next_door", next_by="2026-11-20")), "next_contact") == []


def test_next_contact_written_down_late_says_so() -> None:
    """An id made on 26 November for a call said to be on the 25th."""
    made = f"{1_795_694_400_000:012x}7abc8def0123456789ab"
    found = agreed(contact("2026-11-25", made))
    assert (found.met, found.written) == ("2026-11-25", "2026-11-26")
    assert agreed(contact("2026-11-25")).written is None


def test_promise() -> None:
    edges(one(facts(did("promise", "2026-11-18")), "promise"), "2026-11-24", "2026-11-25", "2026-11-26")
    named = did("promise", "2026-11-18", "p", by="2026-11-20", what="Write to all flats.")
    assert one(facts(named), "promise").due == "2026-11-20"
    kept = facts(named, did("promise_kept", "2026-11-21", of="p"), did("promise_kept", "2026-11-19", of="other"))
    assert (one(kept, "promise").met, one(kept, "promise").about) == (
        "2026-11-21",
        "Write to all flats, promised 18 Nov 2026",
    )


def test_handover() -> None:
    named = did("handover", "2026-11-18", who="Dami Okafor")
    duty = one(facts(report("2026-11-02"), named), "handover")
    edges(duty, "2026-11-19", "2026-11-20", "2026-11-21")
    assert one(facts(report("2026-11-02"), named, contact("2026-11-19")), "handover").met == "2026-11-19"
    assert duties(facts(report("2026-11-02"), did("handover", "2026-11-18")), "handover") == []


def test_a_handover_is_met_by_the_new_officer_alone() -> None:
    first = did("handover", "2026-11-18", who="Dami Okafor", what="dami")
    before = contact("2026-11-19", "c1", by="rosalind")
    assert one(facts(report("2026-11-02"), first, before), "handover").met is None
    assert one(facts(report("2026-11-02"), first, before, contact("2026-11-20", "c2", by="dami")), "handover").met == (
        "2026-11-20"
    )
    then = did("handover", "2026-11-20", who="Jo Speaker", what="jo")
    owed = duties(facts(report("2026-11-02"), first, then, contact("2026-11-23", by="jo")), "handover")
    assert [duty.met for duty in owed] == ["2026-11-23"] * 2, "whoever had it from them has spoken for both"
    owed = duties(facts(report("2026-11-02"), first, then, contact("2026-11-23", by="dami")), "handover")
    assert [duty.met for duty in owed] == ["2026-11-23", None]
    nobody = did("handover", "2026-11-20", who="Somebody elsewhere")
    assert one(facts(report("2026-11-02"), nobody, contact("2026-11-23", by="dami")), "handover").met == "2026-11-23"


def test_case_review_told_at_the_third_report_in_six_months_once() -> None:
    reports = [report("2026-06-01"), report("2026-08-03", "r2"), report("2026-11-18", "r3"), report("2026-11-19", "r4")]
    duty = one(facts(*reports), "case_review_told")
    assert duty.about_id == "r3"
    edges(duty, "2026-11-24", "2026-11-25", "2026-11-26")
    assert duties(facts(*reports[:2]), "case_review_told") == []
    early = facts(report("2026-05-17"), *reports[1:3])
    assert duties(early, "case_review_told") == []
    told = did("case_review_told", "2026-11-20")
    assert one(facts(*reports, told), "case_review_told").met == "2026-11-20"
    assert duties(facts(*reports, did("case_review_told", "2026-09-01")), "case_review_told") == []
    assert one(facts(*reports, contact("2026-11-20")), "case_review_told").met is None
    said = contact("2026-11-20", told=("case_review",))
    assert one(facts(*reports, said), "case_review_told").met == "2026-11-20"


def test_case_review_told_counts_more_of_the_same_which_starts_no_clock() -> None:
    same = [report("2026-11-10", "r2", same_as="r1"), report("2026-11-11", "r3", same_as="r1")]
    assert duties(facts(report("2026-11-02"), *same), "case_review_told") == []
    assert one(facts(report("2026-11-02"), *same, report("2026-11-18", "r4")), "case_review_told").about_id == "r4"


def test_move_answer() -> None:
    asked = did("move_request", "2026-11-18")
    edges(one(facts(asked), "move_answer"), "2026-12-01", "2026-12-02", "2026-12-03")
    assert one(facts(asked, did("move_answered", "2026-12-04")), "move_answer").met == "2026-12-04"


def test_move_step_again_after_each_that_was_told() -> None:
    agreed_on = did("move_answered", "2026-11-02", "m", yes=True)
    edges(one(facts(agreed_on), "move_step"), "2026-11-08", "2026-11-09", "2026-11-10")
    steps = [did("move_step", "2026-11-09", yes=True), did("move_step", "2026-11-10", yes=False)]
    first, second = duties(facts(agreed_on, *steps), "move_step")
    assert (first.met, second.due, second.met) == ("2026-11-09", "2026-11-23", None)
    assert first.key != second.key and {first.about_id, second.about_id} == {"m"}
    assert duties(facts(did("move_answered", "2026-11-02", yes=False)), "move_step") == []
    assert duties(facts(did("move_answered", "2026-11-02")), "move_step") == []


def test_closure_told() -> None:
    silent = facts(report("2026-11-02"), did("close", "2026-11-18", "x"))
    edges(one(silent, "closure_told"), "2026-11-18", "2026-11-19", "2026-11-20")
    at_once = facts(report("2026-11-02"), did("close", "2026-11-18", "x", yes=True))
    assert one(at_once, "closure_told").met == "2026-11-18"
    later = facts(report("2026-11-02"), did("close", "2026-11-18", "x"), did("closure_told", "2026-11-23"))
    assert overdue_from(one(later, "closure_told"), "2026-12-01") == "2026-11-20"


def test_closure_check_four_weeks_after_a_closing_that_was_told() -> None:
    closed = did("close", "2026-11-18", "x", yes=True)
    duty = one(facts(report("2026-11-02"), closed), "closure_check")
    edges(duty, "2026-12-15", "2026-12-16", "2026-12-17")
    assert one(facts(report("2026-11-02"), closed, contact("2026-12-10")), "closure_check").met == "2026-12-10"
    assert duties(facts(report("2026-11-02"), did("close", "2026-11-18")), "closure_check") == []
    reopened = facts(report("2026-11-02"), closed, did("reopen", "2026-12-01"))
    assert state(one(reopened, "closure_check"), "2027-01-01") == "ended"


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-08-31", 6, "2026-02-28"),
        ("2024-08-31", 6, "2024-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-01-31", -1, "2026-02-28"),
        ("2026-12-31", -1, "2027-01-31"),
        ("0001-01-01", 1, "0001-01-01"),
        ("9999-12-31", -1, "9999-12-31"),
    ],
)
def test_months_before(day: str, months: int, before: str) -> None:
    assert months_before(day, months) == before


def test_nobody_is_owed_a_contact_who_is_the_person_reported() -> None:
    people = {"next_door": NEXT_DOOR}
    found = facts(contact("2026-11-18", with_="next_door", out=False, needs_reply=True), people=people)
    assert duties(found) == []


def test_first_contact_where_an_advocate_or_a_relative_reports_for_somebody() -> None:
    people = {"rahima": RAHIMA, "advocate": ADVOCATE}
    told = report("2026-11-18", by="advocate")
    for with_ in ("rahima", "advocate"):
        assert one(facts(told, contact("2026-11-19", with_=with_), people=people), "first_contact").met == "2026-11-19"
    assert one(facts(told, assessment("2026-11-19"), people=people), "risk_assessment").met == "2026-11-19"


def test_two_who_report_each_other_are_each_owed_theirs() -> None:
    both = ("reporter", "alleged_perpetrator")
    people = {name: Person(name, name.title(), both) for name in ("rahima", "next_door")}
    told = [report("2026-11-02", about=("next_door",)), report("2026-11-03", "r2", by="next_door", about=("rahima",))]
    found = facts(*told, contact("2026-11-04"), people=people)
    assert [d.met for d in duties(found, "first_contact")] == ["2026-11-04", None]
    assert [d.met for d in duties(found, "regular_update")] == ["2026-11-04", None]


def test_the_person_reported_never_stands_for_who_reported() -> None:
    counter = {"rahima": RAHIMA, "next_door": Person("next_door", "", ("alleged_perpetrator", "reporter"))}
    told = [report("2026-11-02", about=("next_door",)), report("2026-11-03", "r2", by="next_door")]
    found = facts(*told, contact("2026-11-04", with_="next_door"), people=counter)
    assert [(d.about_id, d.met) for d in duties(found, "first_contact")] == [("r1", None), ("r2", "2026-11-04")]
    assert [d.met for d in duties(found, "regular_update")] == [None]
