"""Two laptops wrote different things: somebody decides, what weighs within a day; the higher level counts meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from asbdesk.duties import Facts, owed, policy
from asbdesk.duties.events import Clash, Event
from tests.duties.builders import assessment, at, facts, plan

SECOND = "dddddddddddddddd.01a1fd8abf38e51b7a.3"


def clash(field: str = "phone", *, weighs: bool = False, decided: str = "") -> Clash:
    done = Event("d1", at(decided)) if decided else None
    return Clash(SECOND, at("2026-11-18 10:00"), record="person/p1", field=field, weighs=weighs, decided=done)


def duties(found: Facts) -> list[tuple[str, str, str | None]]:
    return [(d.key, d.due, d.met) for d in owed(found, policy.default()) if d.code == "conflict"]


@pytest.mark.parametrize(("weighs", "due"), [(True, "2026-11-19"), (False, "2026-11-25")])
def test_conflict_is_owed_sooner_where_it_weighs(weighs: bool, due: str) -> None:
    assert duties(Facts("c", clashes=(clash(weighs=weighs),))) == [(f"conflict/{SECOND}/p1.phone", due, None)]


def test_conflict_is_met_by_the_decision_and_stays_as_met() -> None:
    found = Facts("c", clashes=(clash(decided="2026-11-23 12:00"), clash("email")))
    assert duties(found) == [
        (f"conflict/{SECOND}/p1.email", "2026-11-25", None),
        (f"conflict/{SECOND}/p1.phone", "2026-11-25", "2026-11-23"),
    ]


APART = (
    assessment("2026-11-17", "a0", follows=(), band="standard"),
    assessment("2026-11-18 10:00", "a1", follows=("a0",), band="high"),
    assessment("2026-11-18 12:00", "a2", follows=("a0",), band="medium"),
)


def test_two_assessments_made_apart_are_a_conflict_until_one_follows_both() -> None:
    assert duties(facts(*APART)) == [("conflict/a2/assessment", "2026-11-19", None)]
    both = assessment("2026-11-20", "a3", follows=("a1", "a2"))
    assert duties(facts(*APART, both)) == [("conflict/a2/assessment", "2026-11-19", "2026-11-20")]


def test_two_plans_made_apart_are_a_conflict() -> None:
    made = (plan("2026-11-17", "p1", follows=()), plan("2026-11-18", "p2", follows=()))
    assert duties(facts(*made)) == [("conflict/p2/plan", "2026-11-19", None)]


@pytest.mark.parametrize(
    ("more", "level"),
    [
        ((), "high"),
        ((assessment("2026-11-20", "a3", follows=("a1", "a2"), band="standard"),), "standard"),
        ((assessment("2026-11-20", "a3", follows=("a2",), band="standard"),), "high"),
        (
            (
                assessment("2026-11-20", "a3", follows=("a1", "a2"), band="", complete=False),
                assessment("2026-11-21", "a4", follows=("a3",), band="standard"),
            ),
            "standard",
        ),
    ],
    ids=["the higher counts", "one that follows both", "one that follows the lower", "through one not complete"],
)
def test_the_higher_of_two_made_apart_counts_meanwhile(more: tuple[Any, ...], level: str) -> None:
    assert facts(*APART, *more).band_at(at("2026-11-22")) == level


def test_where_nobody_wrote_what_they_follow_the_latest_counts() -> None:
    told = facts(assessment("2026-11-17", "a0", band="high"), assessment("2026-11-18", "a1", band="standard"))
    assert told.band_at(at("2026-11-22")) == "standard" and duties(told) == []
