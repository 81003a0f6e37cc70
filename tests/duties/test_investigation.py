"""The other person and the court: decisions with a day, never a contact at any price."""

from __future__ import annotations

from typing import Any

import pytest

from tests.duties.builders import assessment, did, duties, edges, facts, one, report

NAMED = report("2026-11-18", behaviours=("noise",), about=("next_door",))


@pytest.mark.parametrize(
    ("what", "due"),
    [
        ({"serious": ("assault",)}, "2026-11-25"),
        ({"behaviours": ("noise",)}, "2026-11-27"),
        ({"behaviours": ("garden",)}, "2026-12-02"),
    ],
)
def test_perpetrator_contact_by_how_serious_it_is(what: dict[str, Any], due: str) -> None:
    assert one(facts(report("2026-11-18", about=("next_door",), **what)), "perpetrator_contact").due == due
    assert duties(facts(report("2026-11-18", **what)), "perpetrator_contact") == []


def test_perpetrator_contact_around_its_day_and_at_a_high_level() -> None:
    edges(one(facts(NAMED), "perpetrator_contact"), "2026-11-26", "2026-11-27", "2026-11-28")
    assert one(facts(assessment("2026-11-02", band="high"), NAMED), "perpetrator_contact").due == "2026-11-25"


@pytest.mark.parametrize(
    ("what", "meets"),
    [
        ({"yes": True}, True),
        ({}, True),
        ({"yes": False}, False),
        ({"yes": False, "what": "not_safe"}, True),
        ({"what": "spoken", "who": "next_door"}, True),
        ({"what": "reporter_asked_not"}, True),
        ({"what": "agency_asked_wait"}, True),
        ({"what": "not_known"}, True),
        ({"what": "spoken", "who": "somebody_else"}, False),
    ],
)
def test_perpetrator_contact_is_met_by_a_decision(what: dict[str, Any], meets: bool) -> None:
    found = duties(facts(NAMED, did("perpetrator_contact", "2026-11-20", **what)), "perpetrator_contact")
    assert [d.met for d in found] == ["2026-11-20" if meets else None]


def waits(until: str = "2026-12-01", **what: Any) -> Any:
    return did(
        "perpetrator_contact", "2026-11-20", "d1", **{"what": "not_safe", "by": until, "who": "next_door", **what}
    )


def test_perpetrator_contact_that_waits_arises_again_on_its_day() -> None:
    first, again = duties(facts(NAMED, waits()), "perpetrator_contact")
    assert (first.met, again.arose, again.due, again.met) == ("2026-11-20", "2026-12-01", "2026-12-10", None)
    spoken = did("perpetrator_contact", "2026-12-02", what="spoken")
    assert duties(facts(NAMED, waits(), spoken), "perpetrator_contact")[1].met == "2026-12-02"
    before = did("perpetrator_contact", "2026-11-25", what="spoken")
    assert len(duties(facts(NAMED, waits(), before), "perpetrator_contact")) == 1
    assert len(duties(facts(NAMED, waits("")), "perpetrator_contact")) == 1


def test_perpetrator_contact_a_wait_stands_for_later_reports_but_not_for_violence_threat_or_hate() -> None:
    for what, met in (
        ({"behaviours": ("noise",)}, "2026-11-24"),
        ({"behaviours": ("threats",)}, None),
        ({"serious": ("assault",)}, None),
        ({"hate": True}, None),
    ):
        later = report("2026-11-24", "r2", about=("next_door",), **what)
        found = [d for d in duties(facts(NAMED, waits(), later), "perpetrator_contact") if d.about_id == "r2"]
        assert [d.met for d in found] == [met]
    past = report("2026-12-03", "r2", about=("next_door",))
    assert [d.met for d in duties(facts(NAMED, waits(), past), "perpetrator_contact") if d.about_id == "r2"] == [None]


def test_perpetrator_contact_about_each_person_named() -> None:
    both = report("2026-11-18", about=("next_door", "upstairs"))
    found = duties(facts(both, did("perpetrator_contact", "2026-11-20", who="upstairs")), "perpetrator_contact")
    assert {d.key: d.met for d in found} == {
        "perpetrator_contact/r1/next_door": None,
        "perpetrator_contact/r1/upstairs": "2026-11-20",
    }


def test_enforcement_considered() -> None:
    grave = report("2026-11-18", serious=("assault",))
    edges(one(facts(grave), "enforcement_considered"), "2026-12-01", "2026-12-02", "2026-12-03")
    assert duties(facts(NAMED), "enforcement_considered") == []
    assert len(duties(facts(report("2026-11-18", hate=True)), "enforcement_considered")) == 1
    for what, meets in (
        ({"what": "warning_letter", "yes": True}, True),
        ({"what": "warning_letter"}, True),
        ({"what": "injunction", "yes": False, "reason": "Not right yet"}, True),
        ({"what": "injunction", "yes": False}, False),
        ({"what": "none_yet", "yes": False, "reason": "She asked us to wait"}, True),
    ):
        done = did("enforcement", "2026-11-20", **what)
        assert bool(one(facts(grave, done), "enforcement_considered").met) is meets


def test_enforcement_considered_at_the_third_report_about_one_person_once() -> None:
    reports = [report(f"2026-11-{10 + n}", f"r{n}", about=("next_door",)) for n in range(1, 6)]
    assert [d.about_id for d in duties(facts(*reports), "enforcement_considered")] == ["r3"]
    assert duties(facts(*reports[:2], report("2026-11-20", "r9")), "enforcement_considered") == []


def test_court_date_some_weeks_before_and_again_some_days_before() -> None:
    order = did("court_order", "2026-11-02", "c1", what="Possession hearing", by="2026-12-16")
    first, second = duties(facts(order), "court_date")
    edges(first, "2026-11-17", "2026-11-18", "2026-11-19")
    edges(second, "2026-12-10", "2026-12-11", "2026-12-12")
    met = did("court_order_met", "2026-11-10", of="c1")
    assert [d.met for d in duties(facts(order, met), "court_date")] == ["2026-11-10", "2026-11-10"]
    soon = did("court_order", "2026-12-07", "c1", by="2026-12-16")
    assert [d.due for d in duties(facts(soon), "court_date")] == ["2026-12-11"]
    tomorrow = did("court_order", "2026-12-15", "c1", by="2026-12-16")
    assert [d.due for d in duties(facts(tomorrow), "court_date")] == ["2026-12-15"]


def test_order_breach() -> None:
    breach = did("order_breach", "2026-11-18", "b1")
    edges(one(facts(breach), "order_breach"), "2026-11-18", "2026-11-19", "2026-11-20")
    decided = did("order_breach_decided", "2026-11-19", of="b1")
    assert one(facts(breach, decided), "order_breach").met == "2026-11-19"
    other = did("order_breach_decided", "2026-11-19", of="b2")
    assert one(facts(breach, other), "order_breach").met is None
