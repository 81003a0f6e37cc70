"""Risk assessments: one of each household that reports."""

from __future__ import annotations

import pytest

from asbdesk.duties import RULES, owed, policy
from asbdesk.duties.facts import Person
from tests.duties.builders import RAHIMA, assessment, duties, facts, one, report

DUE = [
    ({"serious": ("assault",)}, "2026-11-19"),
    ({"behaviours": ("noise",)}, "2026-11-23"),
    ({"hate": True}, "2026-11-19"),
]


@pytest.mark.parametrize(("what", "due"), DUE)
def test_risk_assessment_is_due_by_how_serious_it_is(what: dict[str, object], due: str) -> None:
    assert one(facts(report("2026-11-18", **what)), "risk_assessment").due == due


def test_risk_assessment_after_hours() -> None:
    assert one(facts(report("2026-11-18 17:01", serious=("threat",))), "risk_assessment").due == "2026-11-20"


def test_risk_assessment_of_each_household() -> None:
    people = {"rahima": RAHIMA, "sam": Person("sam", "Sam Hill", ("reporter",))}
    told = [report("2026-11-18"), report("2026-11-19", "r2", by="sam"), report("2026-11-20", "r3")]
    first, second = duties(facts(*told, assessment("2026-11-19"), people=people), "risk_assessment")
    assert (first.about_id, first.met) == ("r1", "2026-11-19")
    assert (second.about_id, second.met) == ("r2", None)
    assert "Sam Hill" in second.why


def test_risk_assessment_must_be_completed_and_come_after() -> None:
    told = report("2026-11-18 10:00", visit="v1")
    assert one(facts(told, assessment("2026-11-18 12:00", complete=False)), "risk_assessment").met is None
    assert one(facts(told, assessment("2026-11-18 09:00")), "risk_assessment").met is None
    assert one(facts(told, assessment("2026-11-18 09:58", visit="v1")), "risk_assessment").met == "2026-11-18"
    assert one(facts(told, assessment("2026-11-19", of="")), "risk_assessment").met == "2026-11-19"


def test_risk_assessment_is_brought_forward_by_a_serious_report() -> None:
    told = [report("2026-11-18", behaviours=("litter",)), report("2026-11-19", "r2", serious=("weapon",))]
    assert one(facts(*told), "risk_assessment").due == "2026-11-20"


def test_every_duty_says_why_in_one_sentence_and_from_where() -> None:
    from tests.duties.builders import contact, plan, step

    found = facts(
        report("2026-11-18"),
        plan("2026-11-19", next_contact="2026-11-25"),
        step(by="2026-11-30"),
        contact("2026-11-20", next_by="2026-11-27"),
    )
    all_owed = owed(found, policy.default())
    assert {d.code for d in all_owed} == {rule.__name__ for rule in RULES}
    assert len({d.key for d in all_owed}) == len(all_owed)
    for duty in all_owed:
        assert duty.why[0].isupper() and duty.why.endswith(".") and duty.source.startswith("Our timescales")
        assert duty.about and duty.about_id and duty.key == f"{duty.code}/{duty.about_id}"
    assert [d.due for d in all_owed] == sorted(d.due for d in all_owed)
