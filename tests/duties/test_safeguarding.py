"""People in danger, people with needs, and support."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from asbdesk.duties.facts import Person
from tests.duties.builders import RAHIMA, did, duties, edges, facts, one, report

RAISES: list[tuple[dict[str, Any], int, bool]] = [
    ({"serious": ("child_at_risk",)}, 0, True),
    ({"serious": ("adult_at_risk",)}, 0, True),
    ({"serious": ("suicidal_statement",)}, 0, True),
    ({"serious": ("domestic_abuse",)}, 0, True),
    ({"behaviours": ("domestic_abuse",)}, 0, True),
    ({"serious": ("assault",)}, 0, False),
    ({"serious": ("assault",)}, 2, True),
    ({"hate": True}, 1, True),
    ({"behaviours": ("noise",)}, 3, False),
]


@pytest.mark.parametrize(("what", "children", "raises"), RAISES)
def test_safeguarding_of_a_report(what: dict[str, Any], children: int, raises: bool) -> None:
    people = {"rahima": replace(RAHIMA, children=children)}
    found = duties(facts(report("2026-11-18", **what), people=people), "safeguarding")
    assert [d.due for d in found] == (["2026-11-19"] if raises else [])


def test_safeguarding_around_its_day_and_what_meets_it() -> None:
    told = report("2026-11-18 10:00", serious=("child_at_risk",))
    edges(one(facts(told), "safeguarding"), "2026-11-18", "2026-11-19", "2026-11-20")
    for who in ("", "rahima", "next_door", "a child"):
        decided = did("safeguarding_decision", "2026-11-19", who=who, yes=False)
        assert one(facts(told, decided), "safeguarding").met == "2026-11-19"
    assert one(facts(told, did("safeguarding_decision", "2026-11-18 09:00")), "safeguarding").met is None
    sam = {"rahima": RAHIMA, "sam": Person("sam", "Sam Hill", ("reporter",))}
    theirs = [report("2026-11-17", "r0", by="sam"), did("safeguarding_decision", "2026-11-19", who="sam")]
    assert one(facts(told, *theirs, people=sam), "safeguarding").met is None


@pytest.mark.parametrize(
    ("words", "raises"),
    [
        (("suicidal thoughts",), True),
        (("Self-harm",), True),
        (("wants to kill herself",), True),
        (("says he will end his life",), True),
        (("domestic abuse",), True),
        (("anxiety", "self harming"), True),
        (("self_harm",), True),
        (("domestic_abuse",), True),
        (("anxiety", "OCD"), False),
        (("heart condition",), False),
    ],
)
def test_safeguarding_of_a_need_told(words: tuple[str, ...], raises: bool) -> None:
    told = did("vulnerability_disclosed", "2026-11-18", "n1", who="rahima", words=words)
    assert len(duties(facts(report("2026-11-02"), told), "safeguarding")) == raises


def test_safeguarding_looks_at_the_children_of_the_home_only() -> None:
    grave = report("2026-11-18", serious=("assault",))
    elsewhere = {"rahima": RAHIMA, "other": Person("other", "", ("alleged_perpetrator",), children=3, home="h1")}
    assert duties(facts(grave, people=elsewhere), "safeguarding") == []
    partner = {"rahima": RAHIMA, "partner": Person("partner", "", ("household",), children=1)}
    assert len(duties(facts(grave, people=partner), "safeguarding")) == 1


@pytest.mark.parametrize(
    ("event", "raises"),
    [
        (report("2026-11-18", hate=True), True),
        (report("2026-11-18", serious=("domestic_abuse",)), True),
        (report("2026-11-18", behaviours=("weapon",)), True),
        (report("2026-11-18", behaviours=("noise",)), False),
        (did("vulnerability_disclosed", "2026-11-18", who="rahima", words=("asthma",)), True),
    ],
)
def test_support_offer(event: Any, raises: bool) -> None:
    found = duties(facts(event), "support_offer")
    assert len(found) == raises
    if raises:
        edges(found[0], "2026-11-24", "2026-11-25", "2026-11-26")
        for declined in (None, True):
            offered = did("risk_action", "2026-11-20", what="support_offered", yes=declined)
            assert one(facts(event, offered), "support_offer").met == "2026-11-20"
        other = did("risk_action", "2026-11-20", what="safety_measure")
        assert one(facts(event, other), "support_offer").met is None


def test_support_offer_that_stands_is_asked_whether_it_is_still_right() -> None:
    from asbdesk.casework.due_acts import act_of

    first, again = report("2026-11-02", serious=("assault",)), report("2026-11-18", "r2", serious=("assault",))
    offered = did("risk_action", "2026-11-03", what="support_offered")
    found = duties(facts(first, again, offered), "support_offer")
    assert [d.met for d in found] == ["2026-11-03", None]
    assert "still right" in found[1].why
    assert act_of(found[1].code, "Ms Begum", found[1].about)[0].endswith("the support we offered is still right")
    declined = did("risk_action", "2026-11-03", what="support_offered", yes=True)
    assert "still right" not in duties(facts(first, again, declined), "support_offer")[1].why


def test_vulnerability_record() -> None:
    told = did("vulnerability_disclosed", "2026-11-18", "n1", who="rahima", words=("asthma",))
    edges(one(facts(told), "vulnerability_record"), "2026-11-19", "2026-11-20", "2026-11-21")
    kept = did("vulnerability_recorded", "2026-11-23", who="rahima")
    assert one(facts(told, kept), "vulnerability_record").met == "2026-11-23"
    other = did("vulnerability_recorded", "2026-11-19", who="next_door")
    assert one(facts(told, other), "vulnerability_record").met is None
    again = did("vulnerability_disclosed", "2026-11-25", "n2", who="rahima", words=("asthma",))
    assert [d.met for d in duties(facts(told, kept, again), "vulnerability_record")] == ["2026-11-23", None]


def test_adjustment() -> None:
    asked = did("adjustment_requested", "2026-11-18", "j1", who="rahima", what="Ring, do not write")
    other = did("adjustment_requested", "2026-11-18", "j2", who="rahima", what="Large print")
    edges(one(facts(asked), "adjustment"), "2026-11-24", "2026-11-25", "2026-11-26")
    made = did("adjustment_made", "2026-11-20", who="rahima", what="large print")
    assert {d.about_id: d.met for d in duties(facts(asked, other, made), "adjustment")} == {
        "j1": None,
        "j2": "2026-11-20",
    }
    loosely = did("adjustment_made", "2026-11-20", who="rahima", what="We ring now")
    assert one(facts(asked, loosely), "adjustment").met == "2026-11-20"
    somebody = did("adjustment_made", "2026-11-20", who="next_door", what="Ring, do not write")
    assert one(facts(asked, somebody), "adjustment").met is None
