"""Other bodies: asked, chased, answered, and the resident told."""

from __future__ import annotations

import pytest

from tests.duties.builders import contact, did, duties, edges, facts, one, report

OLD = report("2026-11-02", behaviours=("noise",))


def test_police_question() -> None:
    grave = report("2026-11-18", serious=("threat",))
    edges(one(facts(grave), "police_question"), "2026-11-18", "2026-11-19", "2026-11-20")
    for outcome in ("reported", "offered", "declined", "unsafe", ""):
        assert one(facts(grave, did("police_report", "2026-11-19", what=outcome)), "police_question").met
    assert one(facts(grave, did("police_report", "2026-11-17")), "police_question").met is None
    assert len(duties(facts(report("2026-11-18", hate=True)), "police_question")) == 1
    assert duties(facts(report("2026-11-18", behaviours=("threats", "noise"))), "police_question") == []


@pytest.mark.parametrize(
    ("agency", "risk", "due"),
    [
        ("Metropolitan Police", None, "2026-11-19"),
        ("Council", True, "2026-11-19"),
        ("Council", None, "2026-11-25"),
        ("School", False, "2026-11-25"),
    ],
)
def test_agency_request(agency: str, risk: bool | None, due: str) -> None:
    asked = did("agency_request", "2026-11-18", "q1", what=agency, yes=risk)
    assert one(facts(asked), "agency_request").due == due
    answered = did("agency_answered", "2026-11-19", of="q1")
    assert one(facts(asked, answered), "agency_request").met == "2026-11-19"
    assert one(facts(asked, did("agency_answered", "2026-11-19", of="q2")), "agency_request").met is None


def test_agency_chase_again_after_each_until_the_answer() -> None:
    asked = did("agency_referral", "2026-11-18", "f1", what="Police")
    edges(one(facts(asked), "agency_chase"), "2026-11-24", "2026-11-25", "2026-11-26")
    chased = did("agency_chase", "2026-11-25", "h1", of="f1")
    first, second = duties(facts(asked, chased), "agency_chase")
    assert (first.met, second.met, second.due) == ("2026-11-25", None, "2026-12-02")
    assert (first.key, second.key) == ("agency_chase/f1", "agency_chase/f1/h1")
    reply = did("agency_reply", "2026-12-01", of="f1")
    assert [d.met for d in duties(facts(asked, chased, reply), "agency_chase")] == ["2026-11-25", "2026-12-01"]
    after = did("agency_chase", "2026-12-05", of="f1")
    assert len(duties(facts(asked, chased, reply, after), "agency_chase")) == 2


def test_agency_update() -> None:
    for kind in ("agency_reply", "agency_information"):
        heard = did(kind, "2026-11-18", "h1", of="f1")
        edges(one(facts(OLD, heard), "agency_update"), "2026-11-24", "2026-11-25", "2026-11-26")
        assert one(facts(OLD, heard, contact("2026-11-20")), "agency_update").met == "2026-11-20"
        assert one(facts(OLD, heard, contact("2026-11-20", told=())), "agency_update").met is None
        for word in ("h1", kind):
            assert one(facts(OLD, heard, contact("2026-11-20", told=(word,))), "agency_update").met == "2026-11-20"
        assert one(facts(OLD, heard, contact("2026-11-20", with_="next_door")), "agency_update").met is None


def test_agent_oversight_and_again_while_the_case_is_open() -> None:
    told = report("2026-11-18", to_agent=True)
    edges(one(facts(told), "agent_oversight"), "2026-11-24", "2026-11-25", "2026-11-26")
    first, then = duties(facts(told, contact("2026-11-20")), "agent_oversight")
    assert (first.met, then.met, then.due) == ("2026-11-20", None, "2026-12-18")
    assert duties(facts(report("2026-11-18")), "agent_oversight") == []


def test_case_review() -> None:
    asked = did("case_review_request", "2026-11-18")
    edges(one(facts(asked), "case_review"), "2026-12-01", "2026-12-02", "2026-12-03")
    assert one(facts(asked, did("case_review_decided", "2026-12-02")), "case_review").met == "2026-12-02"
