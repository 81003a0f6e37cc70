"""Evidence and letters: taken, fetched, looked at, answered."""

from __future__ import annotations

from typing import Any

import pytest

from asbdesk.duties.duty import state
from tests.duties.builders import did, duties, edges, facts, one

OFFERED = did("evidence_offered", "2026-11-18 10:00", "o1", who="rahima", what="video")


def test_evidence_capture() -> None:
    edges(one(facts(OFFERED), "evidence_capture"), "2026-11-18", "2026-11-19", "2026-11-20")


@pytest.mark.parametrize(
    ("moment", "what", "meets"),
    [
        ("2026-11-19", {"who": "rahima", "what": "video"}, True),
        ("2026-11-19", {"who": "rahima", "what": "recording"}, True),
        ("2026-11-19", {"who": "rahima"}, True),
        ("2026-11-19", {"who": "rahima", "what": "diary"}, False),
        ("2026-11-19", {"who": "next_door", "what": "video"}, False),
        ("2026-11-18 09:59", {"who": "rahima", "what": "video"}, False),
    ],
)
def test_evidence_capture_is_met_by_that_evidence(moment: str, what: dict[str, Any], meets: bool) -> None:
    got = did("evidence_received", moment, **what)
    assert one(facts(OFFERED, got), "evidence_capture").met == ("2026-11-19" if meets else None)


def test_evidence_secure_the_day_before_it_is_lost() -> None:
    unknown = did("evidence_elsewhere", "2026-11-18", "e1", what="cctv")
    edges(one(facts(unknown), "evidence_secure"), "2026-11-24", "2026-11-25", "2026-11-26")
    known = did("evidence_elsewhere", "2026-11-18", "e1", what="cctv", by="2026-12-01")
    edges(one(facts(known), "evidence_secure"), "2026-11-29", "2026-11-30", "2026-12-01")
    today = did("evidence_elsewhere", "2026-11-18", "e1", what="cctv", by="2026-11-18")
    assert one(facts(today), "evidence_secure").due == "2026-11-18"
    fetched = did("evidence_received", "2026-11-20", who="rahima", what="cctv", of="e1")
    other = did("evidence_received", "2026-11-20", who="rahima", what="cctv")
    assert one(facts(known, fetched), "evidence_secure").met == "2026-11-20"
    assert one(facts(known, other), "evidence_secure").met is None


def test_evidence_review_of_each_or_of_all_that_wait() -> None:
    first = did("evidence_received", "2026-11-18", "e1", who="rahima", what="recording")
    second = did("evidence_received", "2026-11-19", "e2", who="rahima", what="recording")
    edges(one(facts(first), "evidence_review"), "2026-11-24", "2026-11-25", "2026-11-26")
    one_of_them = did("evidence_reviewed", "2026-11-20", of="e2")
    assert [d.met for d in duties(facts(first, second, one_of_them), "evidence_review")] == [None, "2026-11-20"]
    everything = did("evidence_reviewed", "2026-11-27")
    found = duties(facts(first, second, one_of_them, everything), "evidence_review")
    assert [(d.met, state(d, "2026-12-01")) for d in found] == [("2026-11-27", "met_late"), ("2026-11-20", "met")]
    later = did("evidence_received", "2026-11-30", "e3", who="rahima")
    assert one(facts(later, everything), "evidence_review").met is None


def test_professional_letter() -> None:
    letter = did("professional_letter", "2026-11-18", "l1")
    edges(one(facts(letter), "professional_letter"), "2026-11-19", "2026-11-20", "2026-11-21")
    answered = did("professional_letter_answered", "2026-11-19", of="l1")
    assert one(facts(letter, answered), "professional_letter").met == "2026-11-19"
