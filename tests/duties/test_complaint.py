"""Complaints by the Code, staff conduct, and the Ombudsman."""

from __future__ import annotations

import pytest

from asbdesk.duties import Duty
from asbdesk.duties.duty import overdue_from
from tests.duties.builders import Did, contact, did, duties, edges, facts, one, report

SAID = did("complaint", "2026-11-18", "c1", what="handling")


def test_complaint_triage() -> None:
    for unhappy in (
        contact("2026-11-18", out=False, dissatisfied=True),
        report("2026-11-18", dissatisfied=True),
        contact("2026-11-18", with_="next_door", out=False, dissatisfied=True),
    ):
        edges(one(facts(unhappy), "complaint_triage"), "2026-11-24", "2026-11-25", "2026-11-26")
        for kind in ("complaint", "complaint_declined"):
            assert one(facts(unhappy, did(kind, "2026-11-20", "k")), "complaint_triage").met == "2026-11-20"
    assert duties(facts(contact("2026-11-18", out=False)), "complaint_triage") == []


def test_complaint_acknowledge_from_the_day_it_was_first_said() -> None:
    edges(one(facts(SAID), "complaint_acknowledge"), "2026-11-24", "2026-11-25", "2026-11-26")
    earlier = did("complaint", "2026-11-18", "c1", what="handling", by="2026-11-11")
    found = one(facts(earlier), "complaint_acknowledge")
    assert (found.arose, found.due) == ("2026-11-11", "2026-11-18")
    evening = did("complaint", "2026-11-18 18:00", "c1", what="handling", by="2026-11-18")
    assert one(facts(evening), "complaint_acknowledge").due == "2026-11-26"
    answered = did("complaint_acknowledged", "2026-11-20", of="c1")
    assert one(facts(SAID, answered), "complaint_acknowledge").met == "2026-11-20"
    assert (
        one(facts(SAID, did("complaint_acknowledged", "2026-11-20", of="c1", stage=2)), "complaint_acknowledge").met
        is None
    )
    assert one(facts(SAID, did("complaint_acknowledged", "2026-11-20", of="c2")), "complaint_acknowledge").met is None


def stage(number: int, *events: Did) -> Duty:
    return one(facts(SAID, *events), f"complaint_stage{number}")


def test_complaint_stage1_from_its_acknowledgement_or_the_day_that_was_due() -> None:
    edges(stage(1), "2026-12-08", "2026-12-09", "2026-12-10")
    early = did("complaint_acknowledged", "2026-11-20", of="c1")
    assert stage(1, early).due == "2026-12-04"
    late = did("complaint_acknowledged", "2026-12-01", of="c1")
    assert stage(1, late).due == "2026-12-09"
    assert stage(1, early, did("complaint_answered", "2026-12-04", of="c1")).met == "2026-12-04"
    assert stage(1, early, did("complaint_answered", "2026-12-04", of="c1", stage=2)).met is None


def extended(moment: str, until: str, **what: object) -> Did:
    return did("complaint_extended", moment, **{"of": "c1", "by": until, "reason": "It is complex", **what})


def test_complaint_stage1_is_extended_once_with_reasons_and_no_longer_than_allowed() -> None:
    assert stage(1, extended("2026-12-08", "2026-12-15")).due == "2026-12-15"
    assert stage(1, extended("2026-12-08", "2027-03-01")).due == "2026-12-23"
    assert stage(1, extended("2026-12-08", "2026-12-15", reason="")).due == "2026-12-09"
    assert stage(1, extended("2026-12-08", "2026-12-15"), extended("2026-12-14", "2026-12-22")).due == "2026-12-15"
    assert stage(1, extended("2026-12-08", "2026-12-15", stage=2)).due == "2026-12-09"
    late = stage(1, extended("2026-12-14", "2026-12-18"))
    assert (late.due, overdue_from(late, "2026-12-14")) == ("2026-12-18", "2026-12-10")


def test_complaint_stage2_from_the_acknowledgement_of_the_escalation() -> None:
    up = did("complaint_escalated", "2026-11-18", "e1", of="c1")
    found = facts(SAID, up)
    assert [d.about_id for d in duties(found, "complaint_acknowledge")] == ["c1", "e1"]
    edges(one(found, "complaint_stage2"), "2026-12-22", "2026-12-23", "2026-12-24")
    told = did("complaint_acknowledged", "2026-11-20", of="c1", stage=2)
    assert one(facts(SAID, up, told), "complaint_stage2").due == "2026-12-18"
    longer = extended("2026-12-14", "2027-06-01", stage=2)
    assert one(facts(SAID, up, told, longer), "complaint_stage2").due == "2027-01-20"
    done = did("complaint_answered", "2026-12-18", of="c1", stage=2)
    assert one(facts(SAID, up, told, done), "complaint_stage2").met == "2026-12-18"
    assert duties(facts(SAID), "complaint_stage2") == []


def test_staff_conduct() -> None:
    about_staff = did("complaint", "2026-11-18", "c1", what="staff_conduct")
    edges(one(facts(about_staff), "staff_conduct"), "2026-11-18", "2026-11-19", "2026-11-20")
    for kind in ("no_contact", "no_contact_not_needed"):
        assert one(facts(about_staff, did(kind, "2026-11-19")), "staff_conduct").met == "2026-11-19"
    assert duties(facts(SAID), "staff_conduct") == []


def test_ombudsman_request() -> None:
    asked = did("ombudsman_request", "2026-11-18", "q")
    edges(one(facts(asked), "ombudsman_request"), "2026-12-01", "2026-12-02", "2026-12-03")
    assert one(facts(did("ombudsman_request", "2026-11-18", by="2026-11-27")), "ombudsman_request").due == "2026-11-27"
    assert one(facts(asked, did("ombudsman_answered", "2026-12-01", of="q")), "ombudsman_request").met


def test_order() -> None:
    ordered = did("order", "2026-11-18", "o", what="Pay £300", by="2026-12-16")
    edges(one(facts(ordered), "order"), "2026-12-15", "2026-12-16", "2026-12-17")
    assert one(facts(ordered, did("order_met", "2026-12-20", of="o")), "order").met == "2026-12-20"
    assert duties(facts(did("order", "2026-11-18")), "order") == []


@pytest.mark.parametrize("moment", ["2026-12-23 17:01", "2026-12-24", "2026-12-25"])
def test_complaint_acknowledge_over_christmas(moment: str) -> None:
    due = one(facts(did("complaint", moment, "c1")), "complaint_acknowledge").due
    assert due == "2027-01-05"
