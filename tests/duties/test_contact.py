"""The contact agreed: its day, and what meets it."""

from __future__ import annotations

from typing import Any

import pytest

from asbdesk.clock import london_instant
from asbdesk.duties import Duty
from asbdesk.duties.duty import state
from asbdesk.duties.facts import Contact
from tests.duties.builders import at, contact, duties, facts, one, plan

AGREED = plan("2026-11-18 10:00", next_contact="2026-11-25", visit="v1")


def duty(*records: Any) -> Duty:
    return one(facts(AGREED, *records), "next_contact")


def test_next_contact_is_due_on_its_day() -> None:
    found = duty()
    assert (found.due, found.at, found.arose) == ("2026-11-25", None, "2026-11-18")
    assert [state(found, f"2026-11-{d}") for d in (24, 25, 26)] == ["upcoming", "due", "overdue"]
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
    (contact("2026-11-25", out=False), None),
    (contact("2026-11-25", out=False, answered=True), "2026-11-25"),
    (contact("2026-11-25", with_="next_door"), None),
    (contact("2026-11-25", with_="stranger"), None),
    (contact("2026-11-18 11:00", visit="v1"), None),  # the visit in which it was agreed, written down at its end
]


@pytest.mark.parametrize(("record", "met"), MET)
def test_next_contact_is_met_by_a_landlord_contact_only(record: Contact, met: str | None) -> None:
    assert duty(record).met == met


def test_next_contact_is_met_by_two_attempts() -> None:
    tries = [contact("2026-11-25 10:00", "t1", made=False), contact("2026-11-25 16:00", "t2", made=False)]
    assert duty(tries[0]).met is None
    assert duty(*tries).met == "2026-11-25"
    assert duty(*tries, contact("2026-11-25 12:00")).met == "2026-11-25"


def test_next_contact_late_is_met_late() -> None:
    assert state(duty(contact("2026-11-27")), "2026-12-01") == "met_late"


def test_next_contact_is_met_by_a_visit() -> None:
    visit = Contact("v2", at("2026-11-24"), "v2", with_="rahima")
    found = facts(AGREED, visits=(visit, Contact("v1", at("2026-11-18 10:01"), "v1", with_="rahima")))
    assert one(found, "next_contact").met == "2026-11-24"


def test_next_contact_agreed_on_the_telephone_is_owed_too() -> None:
    first, second = contact("2026-11-18", next_by="2026-11-20"), contact("2026-11-20", "c2", next_by="2026-11-27")
    met, owed = duties(facts(first, second), "next_contact")
    assert (met.met, owed.met, owed.due) == ("2026-11-20", None, "2026-11-27")


def test_next_contact_promised_to_the_other_person_is_not_one_with_the_resident() -> None:
    assert duties(facts(contact("2026-11-18", with_="next_door", next_by="2026-11-20")), "next_contact") == []


def test_what_was_written_down_late_says_so() -> None:
    """An id made on 26 November for a call said to be on the 25th."""
    made = f"{1_795_694_400_000:012x}7abc8def0123456789ab"
    found = duty(contact("2026-11-25", made))
    assert (found.met, found.written) == ("2026-11-25", "2026-11-26")
    assert duty(contact("2026-11-25")).written is None
