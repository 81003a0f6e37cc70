"""Days and times as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asbdesk.clock import DAYS, MONTHS, full_day, long_day, plain_day, short_day, short_moment, understand
from asbdesk.ui.plain_dates import parse_day, parse_time
from tests.ui.conftest import Opened

TODAY = "2026-11-21"  # a Saturday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(
            ("today", "2026-11-21"),
            ("Tomorrow", "2026-11-22"),
            ("yesterday", "2026-11-20"),
            ("last night", "2026-11-20"),
        ),
        *(
            ("Fri 27 Nov", "2026-11-27"),
            ("27/11", "2026-11-27"),
            ("27/11/26", "2026-11-27"),
            ("27-11-2026", "2026-11-27"),
        ),
        *(("27 November", "2026-11-27"), ("27th of November 2026", "2026-11-27"), ("on Friday", "2026-11-27")),
        *(("Friday", "2026-11-27"), ("next Saturday", "2026-11-28"), ("last friday", "2026-11-20")),
        *(("in 2 weeks", "2026-12-05"), ("a week", "2026-11-28"), ("3 days ago", "2026-11-18")),
        *(("Nov 27", "2026-11-27"), ("Friday 27th", "2026-11-27"), ("27 / 11 / 2026", "2026-11-27")),
        *(("a week on Friday", "2026-12-04"), ("2026/11/27", "2026-11-27"), ("november 31", None), ("tue 31", None)),
        *(("2026-12-01", "2026-12-01"), ("1/2", "2027-02-01"), ("29 feb", None), ("29/2/2028", "2028-02-29")),
        *(
            ("", None),
            ("soon", None),
            ("31/2", None),
            ("0/0", None),
            ("tu", None),
            ("99999 days", None),
            ("1/1/1800", None),
        ),
    ],
)
def test_days(text: str, day: str | None) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("27/12", "2025-12-27"), ("Saturday", "2026-11-14"), ("last Tuesday", "2026-11-17"), ("3/11", "2026-11-03")),
        *(("yesterday 9pm", "2026-11-20"), ("Tuesday evening", "2026-11-17"), ("3.11. at 21:00", "2026-11-03")),
        *(("Thu night 11.30pm", "2026-11-19"), ("a fortnight ago", "2026-11-07"), ("two weeks ago", "2026-11-07")),
        *(("a month ago", "2026-10-21"), ("the 30th", "2026-10-30"), ("monday last week", "2026-11-09")),
        *(
            ("this morning", "2026-11-21"),
            ("last night at 11pm", "2026-11-20"),
            ("9pm", None),
            ("night", None),
            ("last winter", None),
        ),
    ],
)
def test_a_day_in_the_past(text: str, day: str | None) -> None:
    assert parse_day(text, TODAY, past=True) == day


def test_a_day_ahead_as_people_say_it() -> None:
    said = {"Friday week": "2026-12-04", "monday next week": "2026-11-23", "in three months": "2027-02-21"}
    said |= {"a fortnight": "2026-12-05", "the 1st": "2026-12-01", "day after tomorrow": "2026-11-23"}
    assert {text: parse_day(text, TODAY) for text in said} == said


@pytest.mark.parametrize(
    ("text", "time"),
    [
        *(
            ("14:30", "14:30"),
            ("2.30pm", "14:30"),
            ("9 am", "09:00"),
            ("12am", "00:00"),
            ("noon", "12:00"),
            ("9", "09:00"),
        ),
        *(
            ("25:00", None),
            ("13pm", None),
            ("0am", None),
            ("half two", None),
            ("", None),
            ("14:61", None),
            ("1430", "14:30"),
            ("half past two", "02:30"),
            ("quarter to 1 pm", "12:45"),
            ("about nine o’clock", "09:00"),
            ("half to nine", None),
        ),
    ],
)
def test_times(text: str, time: str | None) -> None:
    assert parse_time(text) == time


@given(st.dates(dt.date(1950, 1, 1), dt.date(2150, 1, 1)))
def test_what_the_program_writes_it_can_read(day: dt.date) -> None:
    iso = day.isoformat()
    assert parse_day(long_day(iso), TODAY) == iso
    assert parse_day(f"{day.day}/{day.month}/{day.year}", TODAY) == iso


@given(st.integers(0, 300))
def test_the_short_forms_mean_the_next_such_day(ahead: int) -> None:
    iso = (dt.date.fromisoformat(TODAY) + dt.timedelta(days=ahead)).isoformat()
    assert parse_day(short_day(iso), TODAY) == iso
    assert parse_day(plain_day(iso), TODAY) == iso


@given(st.text(max_size=30))
def test_nothing_typed_breaks_it(text: str) -> None:
    for found in (parse_day(text, TODAY), parse_day(text, TODAY, past=True)):
        assert found is None or dt.date.fromisoformat(found)
    assert parse_time(text) is None or len(parse_time(text) or "") == 5


def test_names_are_english_whatever_the_locale() -> None:
    for at, name in enumerate(DAYS):
        found = parse_day(name, TODAY)
        assert found is not None and dt.date.fromisoformat(found).weekday() == at
    for at, name in enumerate(MONTHS, 1):
        assert parse_day(f"1 {name} 2030", TODAY) == f"2030-{at:02d}-01"


def test_a_day_of_another_year_has_its_year() -> None:
    assert short_day("2025-12-01") == "Mon 1 Dec" and full_day("2025-12-01") == "Monday 1 December"
    understand("2026")
    assert short_day("2026-12-01") == "Tue 1 Dec" and full_day("2026-12-01") == "Tuesday 1 December"
    assert short_day("2025-12-01") == "Mon 1 Dec 2025" and full_day("2025-12-01") == "Monday 1 December 2025"
    assert short_moment("2025-07-01T13:05:00.000Z") == "Tue 1 Jul 2025, 14:05"
    assert short_day("2026-12-01", "2027-01-04") == "Tue 1 Dec 2026"
    assert short_day("2027-01-01", "2027-01-04") == "Fri 1 Jan"


def test_the_window_understands_the_year_of_its_desk(opened: Opened) -> None:
    assert opened.window.frame is not None
    today = opened.window.frame.desk.today
    assert short_day("2025-12-01") == "Mon 1 Dec 2025" and today[:4] not in short_day(today)
