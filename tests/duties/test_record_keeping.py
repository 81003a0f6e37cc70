"""The record itself, personal data, and what a closing and a reopening do to everything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asbdesk.duties import THEME, owed, policy
from asbdesk.duties.codes import OWED_WHEN_CLOSED
from asbdesk.duties.duty import overdue_from, state
from asbdesk.duties.facts import Person
from tests.duties.builders import NEXT_DOOR, RAHIMA, at, contact, did, duties, edges, facts, one, plan, report, step


def test_report_logged() -> None:
    never = report("2026-11-18", logged=None)
    edges(one(facts(never), "report_logged"), "2026-11-18", "2026-11-19", "2026-11-20")
    late = one(facts(report("2026-11-18", logged="2026-11-23")), "report_logged")
    assert (late.met, overdue_from(late, "2026-12-01")) == ("2026-11-23", "2026-11-20")
    assert one(facts(report("2026-11-18")), "report_logged").met == "2026-11-18"


def test_case_unowned() -> None:
    left = did("handover", "2026-11-18", "h1")
    edges(one(facts(left), "case_unowned"), "2026-11-18", "2026-11-19", "2026-11-20")
    named = did("handover", "2026-11-23", "h2", who="Dami Okafor")
    assert one(facts(left, named), "case_unowned").met == "2026-11-23"
    assert duties(facts(named), "case_unowned") == []


CLOSED = [report("2026-05-01"), did("close", "2026-06-01", yes=True)]


def test_reopen_review() -> None:
    again = report("2026-11-18", "r2")
    edges(one(facts(*CLOSED, again), "reopen_review"), "2026-11-18", "2026-11-19", "2026-11-20")
    for act in ("reopen", "case_linked"):
        assert one(facts(*CLOSED, again, did(act, "2026-11-19")), "reopen_review").met == "2026-11-19"
    assert len(duties(facts(*CLOSED, report("2026-12-01", "r2")), "reopen_review")) == 1
    assert duties(facts(*CLOSED, report("2026-12-02", "r2")), "reopen_review") == []
    sam = {"rahima": RAHIMA, "sam": Person("sam", "", ("reporter",))}
    assert duties(facts(*CLOSED, report("2026-11-18", "r2", by="sam"), people=sam), "reopen_review") == []


def test_data_breach_is_72_hours_to_the_minute() -> None:
    told = did("disclosure", "2026-10-23 17:30", who="next_door")
    duty = one(facts(told), "data_breach")
    edges(duty, "2026-10-25", "2026-10-26", "2026-10-27")
    assert duty.at == at("2026-10-26 16:30"), "the clocks went back, and hours are hours"
    assert one(facts(told, did("breach_reported", "2026-10-24")), "data_breach").met == "2026-10-24"


@pytest.mark.parametrize(
    ("person", "raises"),
    [
        (NEXT_DOOR, True),
        (Person("x", "", ("witness",)), False),
        (Person("x", "", ("agency_officer",)), False),
        (Person("x", "Ex-partner", ("witness",)), True),
        (Person("x", "", ("household",), key="ex_husband"), True),
        (Person("x", "Alex Tremain", ("witness",), key="alex"), False),
    ],
)
def test_data_breach_to_whom(person: Person, raises: bool) -> None:
    found = facts(did("disclosure", "2026-11-18", who=person.id), people={"rahima": RAHIMA, person.id: person})
    assert len(duties(found, "data_breach")) == raises
    hidden = {"rahima": replace(RAHIMA, not_to=frozenset({person.id})), person.id: person}
    assert len(duties(facts(did("disclosure", "2026-11-18", who=person.id), people=hidden), "data_breach")) == 1


def test_in_a_welfare_case_whoever_lives_there_may_be_the_one_they_fear() -> None:
    people = {"rahima": RAHIMA, "x": Person("x", "", ("household",))}
    told = did("disclosure", "2026-11-18", who="x")
    assert not duties(facts(report("2026-11-02"), told, people=people), "data_breach")
    abuse = report("2026-11-02", behaviours=("domestic_abuse",))
    assert len(duties(facts(abuse, told, people=people), "data_breach")) == 1


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-18", "2026-12-18"),
        ("2026-01-31", "2026-03-02"),  # the month's last day is a Saturday
        ("2026-11-25", "2026-12-29"),  # Christmas Day; the 28th is Boxing Day's substitute
        ("2026-03-03", "2026-04-07"),  # Good Friday
        ("2026-11-18 18:00", "2026-12-18"),
    ],
)
def test_subject_access_in_a_month_or_on_the_next_working_day(asked: str, due: str) -> None:
    assert one(facts(did("subject_access", asked, "q")), "subject_access").due == due


def test_subject_access_around_its_day() -> None:
    asked = did("subject_access", "2026-11-18", "q")
    edges(one(facts(asked), "subject_access"), "2026-12-17", "2026-12-18", "2026-12-19")
    assert one(facts(asked, did("subject_access_answered", "2026-12-01", of="q")), "subject_access").met


# ---- closed and open again
def test_a_closed_case_owes_the_closing_complaints_orders_repairs_and_breaches_alone() -> None:
    found = facts(
        report("2026-11-18", about=("next_door",)),
        plan("2026-11-20"),
        step(by="2026-12-10"),
        did("repair", "2026-11-20", "w", words=("would_reduce_asb",)),
        did("complaint", "2026-11-20", "c"),
        did("close", "2026-12-01", yes=True),
    )
    open_ = {d.code for d in duties(found) if state(d, "2027-02-01") == "overdue"}
    assert open_ == {"repair", "complaint_acknowledge", "complaint_stage1", "closure_check"} <= OWED_WHEN_CLOSED
    assert {state(d, "2027-02-01") for d in duties(found) if d.code not in OWED_WHEN_CLOSED} == {"met", "ended"}


def test_a_report_into_a_closed_case_owes_a_contact_and_a_look_at_it_and_the_rest_from_the_reopening() -> None:
    again = report("2026-07-01", "r2", serious=("assault",))
    found = facts(*CLOSED, again)
    assert {d.code for d in duties(found) if d.about_id == "r2"} == {"first_contact", "reopen_review"}
    opened = duties(facts(*CLOSED, again, did("reopen", "2026-07-06")))
    police = next(d for d in opened if d.code == "police_question")
    assert (police.arose, police.due, overdue_from(police, "2026-08-01")) == ("2026-07-06", "2026-07-02", "2026-07-06")
    support = next(d for d in opened if d.code == "support_offer")
    assert (support.due, overdue_from(support, "2026-08-01")) == ("2026-07-08", "2026-07-09")


def test_what_was_not_late_at_the_closing_counts_again_from_the_reopening() -> None:
    told = [report("2026-05-01"), plan("2026-05-05", review_on="2026-06-20"), did("close", "2026-06-01")]
    (review,) = duties(facts(*told, did("reopen", "2026-07-06")), "plan_review")
    assert (review.due, overdue_from(review, "2026-08-03")) == ("2026-08-03", None)
    late = next(d for d in duties(facts(*told, did("reopen", "2026-07-06"))) if d.code == "first_contact")
    assert overdue_from(late, "2026-08-01") == "2026-05-08"


def test_waived_by_a_named_person_with_a_reason_while_it_stood() -> None:
    told = report("2026-11-18", serious=("threat",))
    waived = one(
        facts(told, did("waive", "2026-11-19", what="police_question", reason="Asked at once")), "police_question"
    )
    assert (waived.waived, state(waived, "2027-01-01"), overdue_from(waived, "2027-01-01")) == (
        "2026-11-19",
        "waived",
        None,
    )
    late = one(facts(told, did("waive", "2026-11-23", what="police_question")), "police_question")
    assert overdue_from(late, "2027-01-01") == "2026-11-20"
    other = did("waive", "2026-11-19", what="police_question", of="r9")
    assert one(facts(told, other), "police_question").waived is None
    done = [did("police_report", "2026-11-18 10:00"), did("waive", "2026-11-19", what="police_question")]
    assert one(facts(told, *done), "police_question").met == "2026-11-18"
    early = [did("waive", "2026-11-10", what="police_question")]
    assert one(facts(told, *early), "police_question").waived is None


def test_every_duty_says_why_in_one_sentence_and_from_where() -> None:
    found = facts(
        report("2026-11-02", hate=True, about=("next_door",), to_agent=True),
        report("2026-11-18", "r2", hate=True, about=("next_door",)),
        plan("2026-11-19", next_contact="2026-11-25"),
        step(by="2026-11-30"),
        contact("2026-11-20", next_by="2026-11-27", dissatisfied=True),
        did("court_order", "2026-11-20", "co", by="2027-02-01"),
        did("promise", "2026-11-20", "pr"),
        did("agency_referral", "2026-11-20", "re", what="Police"),
        did("complaint", "2026-11-20", "cm", what="staff_conduct"),
    )
    all_owed = owed(found, policy.default())
    assert len({d.key for d in all_owed}) == len(all_owed)
    for duty in all_owed:
        assert duty.why[0].isupper() and duty.why.endswith(".") and duty.why.count(". ") == 0, duty
        assert duty.source and duty.about and duty.about_id and duty.theme == THEME[duty.code]
        assert duty.key.startswith(f"{duty.code}/{duty.about_id}")
    assert [d.due for d in all_owed] == sorted(d.due for d in all_owed)
