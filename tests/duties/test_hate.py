"""Hate: asked, its own record, action, and one person across all homes."""

from __future__ import annotations

from typing import Any

from asbdesk.duties import owed, policy
from asbdesk.duties.facts import Mention
from tests.duties.builders import at, did, duties, edges, facts, one, report

HATE = report("2026-11-18", hate=True, about=("next_door",))


def test_hate_question() -> None:
    signs = report("2026-11-18", hate_signs=True)
    edges(one(facts(signs), "hate_question"), "2026-11-18", "2026-11-19", "2026-11-20")
    for kind in ("hate_record", "not_hate"):
        assert one(facts(signs, did(kind, "2026-11-19")), "hate_question").met == "2026-11-19"
    assert duties(facts(report("2026-11-18", hate_signs=True, hate=True)), "hate_question") == []
    assert duties(facts(report("2026-11-18")), "hate_question") == []


def test_hate_record() -> None:
    edges(one(facts(HATE), "hate_record"), "2026-11-18", "2026-11-19", "2026-11-20")
    assert one(facts(HATE, did("hate_record", "2026-11-19")), "hate_record").met == "2026-11-19"
    assert one(facts(HATE, did("not_hate", "2026-11-19")), "hate_record").met is None
    assert duties(facts(report("2026-11-18", hate_signs=True)), "hate_record") == []
    assert len(duties(facts(report("2026-11-18", behaviours=("hate",))), "hate_record")) == 1


def test_hate_action() -> None:
    edges(one(facts(HATE), "hate_action"), "2026-11-24", "2026-11-25", "2026-11-26")
    assert duties(facts(report("2026-11-18", hate=True)), "hate_action") == []
    for act in (
        did("perpetrator_contact", "2026-11-20", what="spoken", who="next_door"),
        did("enforcement", "2026-11-20", what="warning_letter", yes=True),
        did("enforcement", "2026-11-20", what="none_yet", yes=False, reason="She asked us to wait"),
    ):
        assert one(facts(HATE, act), "hate_action").met == "2026-11-20"
    tried = did("perpetrator_contact", "2026-11-20", yes=False)
    assert one(facts(HATE, tried), "hate_action").met is None


def about(n: int, **what: Any) -> Any:
    return report(f"2026-11-{n:02d}", f"r{n}", about=("next_door",), **what)


def test_persistent_perpetrator_at_the_second_hate_report_and_the_fourth_of_any_kind() -> None:
    assert duties(facts(about(2, hate=True)), "persistent_perpetrator") == []
    second = one(facts(about(2, hate=True), about(9, hate=True)), "persistent_perpetrator")
    edges(second, "2026-11-15", "2026-11-16", "2026-11-17")
    quiet = [about(n) for n in (2, 3, 4, 5, 6)]
    assert [d.about_id for d in duties(facts(*quiet), "persistent_perpetrator")] == ["r5"]
    mixed = [about(2, hate=True), about(3), about(4), about(5, hate=True), about(6, hate=True)]
    assert [d.about_id for d in duties(facts(*mixed), "persistent_perpetrator")] == ["r5", "r5"]
    for act in ("enforcement", "manager_review"):
        assert one(facts(*quiet, did(act, "2026-11-06")), "persistent_perpetrator").met == "2026-11-06"
        assert one(facts(*quiet, did(act, "2026-11-04")), "persistent_perpetrator").met is None
    same = [report(f"2026-11-1{n}", f"s{n}", about=("next_door",), same_as="r2") for n in range(4)]
    assert duties(facts(about(2), *same), "persistent_perpetrator") == []


def test_persistent_perpetrator_counts_the_reports_of_every_home() -> None:
    elsewhere = tuple(Mention(f"x{n}", at(f"2026-10-0{n}")) for n in (1, 2, 3))
    here = Mention("r9", at("2026-11-09"))
    found = facts(about(9), mentions={"next_door": (*elsewhere, here)})
    assert one(found, "persistent_perpetrator").about_id == "r9"
    theirs = facts(about(9), mentions={"next_door": (*elsewhere[:2], here, Mention("x4", at("2026-11-10")))})
    assert duties(theirs, "persistent_perpetrator") == [], "it is raised where the fourth was reported"


def test_persistent_perpetrator_within_the_landlords_window() -> None:
    year = policy.default().changed({"persistent_perpetrator.months": 12})
    long_ago = Mention("x1", at("2025-11-01"), True)
    here = [Mention("r2", at("2026-11-02"), True), Mention("r9", at("2026-11-09"), True)]
    found = facts(about(2, hate=True), about(9, hate=True), mentions={"next_door": (long_ago, *here)})
    raised = [d.about_id for d in owed(found, year) if d.code == "persistent_perpetrator"]
    assert raised == ["r9"]
    assert [d.about_id for d in duties(found, "persistent_perpetrator")] == ["r2"]
