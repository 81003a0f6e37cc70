"""England's working days: the table of DOMAIN.md 7, after hours, closing days, days added and removed."""

from __future__ import annotations

import datetime as dt

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asbdesk.clock import london_instant
from asbdesk.duties.working_days import WorkingDays, bank_holidays

DAYS = WorkingDays()

VECTORS = [
    ("2026-12-23", 1, "2026-12-24"),
    ("2026-12-23", 5, "2027-01-04"),
    ("2026-12-24", 10, "2027-01-12"),
    ("2026-04-02", 1, "2026-04-07"),
    ("2026-04-02", 5, "2026-04-13"),
    ("2026-05-22", 10, "2026-06-08"),
    ("2025-12-19", 20, "2026-01-21"),
    ("2027-12-24", 5, "2028-01-05"),
]


@pytest.mark.parametrize(("day", "number", "due"), VECTORS)
def test_the_nth_working_day_after(day: str, number: int, due: str) -> None:
    assert DAYS.add(day, number) == due


HOLIDAYS = {
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28",
    2028: "01-01 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_englands_bank_holidays(year: int) -> None:
    assert sorted(f"{d:%m-%d}" for d in bank_holidays() if d.year == year) == HOLIDAYS[year].split()


AFTER_HOURS = [
    ("2026-11-18", "09:00", 1, "2026-11-19"),
    ("2026-11-18", "17:00", 1, "2026-11-19"),  # at five is not after five
    ("2026-11-18", "17:01", 1, "2026-11-20"),
    ("2026-11-20", "17:30", 1, "2026-11-24"),  # Friday evening counts as Monday: due Tuesday
    ("2026-11-21", "10:00", 1, "2026-11-23"),  # Saturday's report is due on Monday
    ("2026-11-21", "18:00", 1, "2026-11-24"),
    ("2026-04-02", "17:01", 1, "2026-04-08"),  # the evening before Good Friday counts as Easter Tuesday
    ("2026-12-24", "17:01", 1, "2026-12-30"),
    ("2026-10-24", "23:30", 1, "2026-10-27"),  # the night the clocks go back
    ("2026-10-25", "01:30", 1, "2026-10-26"),
    ("2026-03-28", "23:59", 1, "2026-03-31"),  # the night they go forward
]


@pytest.mark.parametrize(("day", "at", "number", "due"), AFTER_HOURS)
def test_after_hours_counts_from_the_next_working_day(day: str, at: str, number: int, due: str) -> None:
    assert DAYS.due(london_instant(day, at), number) == due


def test_the_hour_is_londons_not_the_laptops() -> None:
    assert DAYS.counts_from("2026-07-15T16:30:00.000Z") == "2026-07-16"  # 17:30 in London
    assert DAYS.counts_from("2026-11-18T16:59:00.000Z") == "2026-11-18"
    assert DAYS.counts_from("2026-07-15T23:30:00.000Z") == "2026-07-16"  # half past midnight on the 16th


def test_the_hour_that_comes_twice() -> None:
    """25 October 2026, 01:30: before and after the clocks go back, the day is the same."""
    assert DAYS.due("2026-10-25T00:30:00.000Z", 1) == DAYS.due("2026-10-25T01:30:00.000Z", 1) == "2026-10-26"


def test_closing_days_and_days_declared_later() -> None:
    own = WorkingDays.of(closed=["2026-12-29", "2026-12-30"], added=["2026-06-12"], removed=["2026-08-31"])
    assert own.add("2026-12-24", 1) == "2026-12-31"
    assert own.add("2026-06-11", 1) == "2026-06-15"
    assert own.add("2026-08-28", 1) == "2026-08-31"
    assert WorkingDays.of(ends_at="15:00").due(london_instant("2026-11-18", "15:01"), 1) == "2026-11-20"


@pytest.mark.parametrize("wrong", [{"closed": ["29 December"]}, {"ends_at": "five"}, {"added": ["2026-02-30"]}])
def test_a_calendar_that_is_none_is_refused(wrong: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError):
        WorkingDays.of(**wrong)  # type: ignore[arg-type]


days = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)).map(dt.date.isoformat)


@given(days, st.integers(1, 30), st.integers(1, 30))
def test_counting_adds_up_and_never_lands_on_a_day_off(day: str, first: int, then: int) -> None:
    landed = DAYS.add(day, first)
    assert landed > day and DAYS.is_working(dt.date.fromisoformat(landed))
    assert DAYS.add(landed, then) == DAYS.add(day, first + then)
    passed = (dt.date.fromisoformat(landed) - dt.date.fromisoformat(day)).days
    between = [dt.date.fromisoformat(day) + dt.timedelta(days=n) for n in range(1, passed + 1)]
    assert sum(map(DAYS.is_working, between)) == first


def test_the_shipped_list_is_what_the_library_knows() -> None:
    known = set(holidays.country_holidays("GB", subdiv="ENG", years=range(1990, 2101)))
    assert bank_holidays() == known, "the library knows other days by now: run installer/bank_holidays.py"


def test_years_beyond_the_list_have_weekends_only() -> None:
    assert not any(day.year in (1989, 2101) for day in bank_holidays())
    assert DAYS.add("2101-12-23", 1) == "2101-12-26"  # a Friday, and the Monday after Christmas
