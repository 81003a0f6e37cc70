"""The state of a duty on a day: the day before, the day, the day after; met, met late, waived, ended."""

from __future__ import annotations

from typing import Any

import pytest

from asbdesk.duties.duty import Duty, kept_state, overdue_from, state
from asbdesk.duties.facts import written_day


def duty(**more: Any) -> Duty:
    words = {"about": "report of 3 Mar 2020", "about_id": "r1", "why": "Because.", "source": "Our timescales."}
    said = {
        "code": "plan_copy",
        "theme": "action_plan",
        "key": "plan_copy/r1",
        "arose": "2026-11-16",
        "due": "2026-11-18",
    }
    return Duty(**{**words, **said, **more})


STATES = [
    ({}, "2026-11-17", "upcoming", None),
    ({}, "2026-11-18", "due", None),
    ({}, "2026-11-19", "overdue", "2026-11-19"),
    ({}, "2027-11-19", "overdue", "2026-11-19"),
    ({"met": "2026-11-17"}, "2026-12-01", "met", None),
    ({"met": "2026-11-18"}, "2026-12-01", "met", None),
    ({"met": "2026-11-19"}, "2026-12-01", "met_late", "2026-11-19"),
    ({"met": "2026-11-25"}, "2026-12-01", "met_late", "2026-11-19"),
    ({"waived": "2026-11-18"}, "2026-12-01", "waived", None),
    ({"waived": "2026-11-20"}, "2026-12-01", "waived", "2026-11-19"),
    ({"ended": "2026-11-17"}, "2026-12-01", "ended", None),
    ({"ended": "2026-11-20"}, "2026-12-01", "ended", "2026-11-19"),
    ({"ended": "2026-11-30", "met": "2026-11-18"}, "2026-12-01", "met", None),
]


@pytest.mark.parametrize(("more", "day", "said", "late_from"), STATES)
def test_the_state_on_a_day(more: dict[str, str], day: str, said: str, late_from: str | None) -> None:
    assert state(duty(**more), day) == said
    assert overdue_from(duty(**more), day) == late_from


def test_the_kept_state_knows_no_today() -> None:
    kept = [kept_state(duty(**more)) for more in ({}, {"met": "2026-11-18"}, {"met": "2026-11-19"}, {"waived": "x"})]
    assert kept == ["open", "met", "met_late", "waived"]
    assert kept_state(duty(ended="2026-11-17")) == "ended"


def test_an_id_tells_the_day_it_was_written_down() -> None:
    assert written_day("019ec61a3c807abc8def0123456789ab") != ""
    made = f"{1_795_651_200_000:012x}"  # 26 November 2026, 00:00 UTC
    assert written_day(f"{made}7abc8def0123456789ab") == "2026-11-26"
    for other in ("", "r1", "x" * 32, "0" * 32, "f" * 12 + "7" + "f" * 19):
        assert written_day(other) in ("", "1970-01-01")
