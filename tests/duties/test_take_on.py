"""A case taken on from a list owes one check, on the day it was given, and nothing for its past."""

from __future__ import annotations

import pytest

from asbdesk.duties import Facts, owed, policy, state
from asbdesk.duties.events import Happening
from asbdesk.duties.facts import Person

TAKEN = Happening("t1", "2026-11-23T09:00:00.000Z", what="high", by="2026-11-25")


def duties(*, checked: str = "", opened: str = "2026-11-23T09:00:00.000Z") -> list[tuple[str, str, str | None]]:
    done = (Happening("c1", checked, of="t1"),) if checked else ()
    people = {"p": Person("p", "Ms Invented", ("reporter",))}
    found = Facts("c", opened=opened, people=people, happened={"taken_on": (TAKEN,), "taken_on_checked": done})
    return [(d.code, d.due, d.met) for d in owed(found, policy.default())]


def test_take_on_check_is_all_that_is_owed() -> None:
    assert duties() == [("take_on_check", "2026-11-25", None)]


@pytest.mark.parametrize(("day", "now"), [("2026-11-24", "upcoming"), ("2026-11-25", "due"), ("2026-11-26", "overdue")])
def test_take_on_check_is_late_the_day_after(day: str, now: str) -> None:
    found = Facts("c", happened={"taken_on": (TAKEN,)})
    assert state(owed(found, policy.default())[0], day) == now


def test_take_on_check_is_met_by_its_own_check_alone() -> None:
    assert duties(checked="2026-11-24T10:00:00.000Z") == [("take_on_check", "2026-11-25", "2026-11-24")]
