"""The timescales: every name of DUTIES.md with unit, source and the day it was read; changed, and from which day."""

from __future__ import annotations

from pathlib import Path

import pytest

from asbdesk.duties import policy
from asbdesk.errors import UserError

USUAL = policy.default()

NUMBERS = {
    "report_logged.wd": 1,
    "case_unowned.wd": 1,
    "first_contact.serious_wd": 1,
    "first_contact.medium_wd": 3,
    "first_contact.low_wd": 5,
    "risk_assessment.serious_wd": 1,
    "risk_assessment.medium_wd": 3,
    "risk_assessment.low_wd": 5,
    "risk_reassessment.event_wd": 1,
    "risk_reassessment.high_days": 14,
    "risk_reassessment.other_days": 28,
    "risk_actions.high_wd": 1,
    "risk_actions.medium_wd": 5,
    "vulnerability_record.wd": 2,
    "adjustment.wd": 5,
    "safeguarding.wd": 1,
    "support_offer.wd": 5,
    "plan_copy.wd": 2,
    "promise.wd": 5,
    "answer_resident.wd": 3,
    "action_plan.serious_wd": 2,
    "action_plan.medium_wd": 5,
    "action_plan.low_wd": 10,
    "plan_review.days": 28,
    "plan_review.serious_wd": 2,
    "handover.wd": 2,
    "evidence_capture.wd": 1,
    "regular_update.high_wd": 5,
    "regular_update.hate_wd": 10,
    "regular_update.medium_wd": 10,
    "regular_update.other_wd": 10,
    "evidence_secure.wd": 5,
    "evidence_review.wd": 5,
    "perpetrator_contact.serious_wd": 5,
    "perpetrator_contact.medium_wd": 7,
    "perpetrator_contact.low_wd": 10,
    "enforcement_considered.wd": 10,
    "persistent_perpetrator.wd": 5,
    "persistent_perpetrator.hate_reports": 2,
    "persistent_perpetrator.reports": 4,
    "persistent_perpetrator.months": 0,
    "police_question.wd": 1,
    "agency_request.risk_wd": 1,
    "agency_request.other_wd": 5,
    "agency_chase.wd": 5,
    "agency_update.wd": 5,
    "agent_oversight.first_wd": 5,
    "agent_oversight.then_wd": 20,
    "hate_question.wd": 1,
    "hate_record.wd": 1,
    "hate_action.wd": 5,
    "graffiti_removal.days": 1,
    "repair.security_days": 1,
    "repair.caused_by_asb_wd": 5,
    "repair.would_reduce_asb_days": 28,
    "complaint_triage.wd": 5,
    "complaint_acknowledge.wd": 5,
    "complaint_stage1.wd": 10,
    "complaint_stage1.extension_wd": 10,
    "complaint_stage2.wd": 20,
    "complaint_stage2.extension_wd": 20,
    "staff_conduct.wd": 1,
    "case_review_told.reports": 3,
    "case_review_told.months": 6,
    "case_review_told.wd": 5,
    "case_review.wd": 10,
    "move_answer.wd": 10,
    "data_breach.hours": 72,
    "ombudsman_request.wd": 10,
    "order_breach.wd": 1,
    "professional_letter.wd": 2,
    "move_step.wd": 5,
    "closure_told.wd": 1,
    "closure_check.days": 28,
    "reopen_review.months": 6,
    "reopen_review.wd": 1,
}


@pytest.mark.parametrize("name", NUMBERS)
def test_the_usual_number(name: str) -> None:
    assert USUAL.number(name) == NUMBERS[name]


def test_every_line_says_its_unit_what_it_is_for_its_source_and_when_it_was_read() -> None:
    for name, line in USUAL.lines.items():
        assert line.unit in policy.UNITS and len(line.what) > 10 and len(line.source) >= 20, name
        assert len(line.reviewed_on) == 10 and line.reviewed_on > "2026", name
        unit = {"wd": "working days", "days": "days", "hours": "hours", "months": "months", "reports": "reports"}
        assert unit.get(name.rpartition("_")[2].rpartition(".")[2], line.unit) == line.unit, name
    assert USUAL.source("action_plan.serious_wd").startswith(
        "Our timescales (action_plan.serious_wd): 2 working days. "
    )
    assert "1 working day." in USUAL.source("first_contact.serious_wd")


def test_due_days_follow_the_lines_own_unit() -> None:
    friday = "2026-11-20T10:00:00.000Z"
    assert USUAL.due("plan_copy.wd", friday) == "2026-11-24"
    assert USUAL.due("plan_review.days", friday) == "2026-12-18"


def test_a_duty_keeps_the_numbers_in_force_on_the_day_it_arose() -> None:
    changed = USUAL.changed({"plan_copy.wd": 5}, since="2026-12-01").changed({"plan_copy.wd": 1}, since="2027-01-01")
    assert [changed.number("plan_copy.wd", day) for day in ("2026-11-30", "2026-12-01", "2027-01-01")] == [2, 5, 1]
    assert changed.due("plan_copy.wd", "2026-11-30T10:00:00.000Z") == "2026-12-02"
    assert changed.due("plan_copy.wd", "2026-12-01T10:00:00.000Z") == "2026-12-08"
    assert USUAL.number("plan_copy.wd") == 2


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"plan_copi.wd": 2}, "“plan_copi.wd” is not one of the timescales. Did you mean “plan_copy.wd”?"),
        ({"plan_copy.wd": "two"}, "plan_copy.wd: “two” is not a number"),
        ({"plan_copy.wd": -1}, "is not a number from 0"),
        ({"plan_copy.wd": True}, "is not a number"),
        ({"plan_copy.wd": 1.5}, "is not a number"),
        ({"plan_copy.wd": 99999}, "is not a number"),
    ],
)
def test_a_number_that_cannot_stand_is_refused_in_words(numbers: dict[str, object], said: str) -> None:
    with pytest.raises(UserError) as refused:
        USUAL.changed(numbers)
    assert said in str(refused.value)


BROKEN = {
    "": "holds no “lines”",
    "lines: 5": "holds no “lines”",
    "lines: {": "cannot be read",
    "[" * 2000: "cannot be read",
    "lines: {a.wd: {value: 2}}": "a.wd: needs value, unit, what, source, reviewed_on",
    "lines: {a.wd: {value: x, unit: days, what: w, source: s, reviewed_on: r}}": "is not a number",
    "lines: {a.wd: {value: 1, unit: weeks, what: w, source: s, reviewed_on: r}}": "“weeks” is not a unit",
    "lines: {}\nworking_days: {ends_at: five}": "Write days as YYYY-MM-DD",
    "lines: {}\nworking_days: {holidays: []}": "Write days as YYYY-MM-DD",
    "lines: {}\nworking_days: 5": "Write days as YYYY-MM-DD",
}


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_profile_is_refused_in_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError) as refused:
        policy.load(path)
    assert BROKEN[text] in str(refused.value) and "ours.yaml" in str(refused.value)


OWN = {
    "first_contact.serious_wd: 2": 2,
    '{"first_contact.serious_wd": 2}': 2,
    "policy: {first_contact.serious_wd: 2}": 2,
    "numbers: {first_contact.serious_wd: 2}": 2,
    "begins: 2026-01-01\nnumbers: {first_contact.serious_wd: 2}": 2,
    "versions: [{begins: 2026-01-01, numbers: {first_contact.serious_wd: 2}}]": 2,
    "lines: {first_contact.serious_wd: {value: 2, unit: working days, what: w, source: s, reviewed_on: r}}": 2,
    "begins: 2027-01-01\nnumbers: {first_contact.serious_wd: 2}": 1,
    "title: Ours\nversion: 2\nfirst_contact.serious_wd: 2": 2,
    "{}": 1,
}


@pytest.mark.parametrize("text", OWN)
def test_a_landlords_own_profile_lies_over_the_usual_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(text, "utf-8")
    found = policy.own(path)
    assert found.number("first_contact.serious_wd", "2026-06-01") == OWN[text]
    assert found.number("first_contact.medium_wd", "2026-06-01") == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "no table of timescales"),
        ("first_contakt.serious_wd: 2", "Did you mean “first_contact.serious_wd”?"),
        ("first_contact.serious_wd: soon", "is not a number"),
        ("numbers: 5", "no table"),
        ("versions: [5]", "each is a table"),
        ("versions: 5", "each is a table"),
        ("working_days: 5", "Write days as YYYY-MM-DD"),
        ("begins: soon\nnumbers: {first_contact.serious_wd: 2}", "is not a day"),
        ("versions: {", "cannot be read"),
    ],
)
def test_an_own_profile_that_cannot_stand_is_refused_in_words(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError) as refused:
        policy.own(path)
    assert said in str(refused.value) and "ours.yaml" in str(refused.value)


def test_an_own_profile_has_closing_days_and_counts_as_set_what_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("working_days: {closed: [2026-11-19]}\nplan_copy.wd: 1", "utf-8")
    assert policy.own(path).due("plan_copy.wd", "2026-11-18T10:00:00.000Z") == "2026-11-20"
    line = "{value: 5, unit: working days, what: w, source: s, reviewed_on: r}"
    path.write_text(f"lines: {{regular_update.hate_wd: {line}}}", "utf-8")
    assert policy.own(path).is_set("regular_update.hate_wd") and not policy.own(path).is_set("regular_update.medium_wd")


def test_every_line_that_the_rules_name_is_there() -> None:
    """Each code has its lines, and each line is of a code."""
    from asbdesk.duties import CODES

    named = {name.partition(".")[0] for name in USUAL.lines}
    assert named - {*CODES} <= {"take_on_check"}, "owed as a step of our own"
    assert {*CODES} - named == {"plan_action", "next_contact", "order"}, "those whose record names the day"
