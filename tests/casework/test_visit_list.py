"""The day's visits on paper: where and when, no word of why and no name; stopped where an address must not be told."""

from __future__ import annotations

import pytest

from asbdesk.casework.appointments import book, move, stops
from asbdesk.casework.desk import Desk
from asbdesk.casework.release import Override, Refused
from asbdesk.casework.visit_list import leaving_on, visit_list
from asbdesk.documents.visit_list import ListedVisit, make
from asbdesk.errors import UserError
from asbdesk.model import Case, Home
from tests.casework.test_sharing import ruled, to_welfare
from tests.documents.test_plan import pages_of, text_of

DAY, AT = "2026-12-01", "2026-11-21T09:00:00.000Z"


@pytest.fixture
def address(desk: Desk, case: str) -> str:
    """Of the case's home, with a visit booked there and a telephone call that is no visit."""
    desk.do(book, case, DAY, time="14:30", note="about the threats")
    desk.do(book, case, DAY, time="16:00", how="phone")
    return str(desk.read(lambda s: s.get_one(Home, s.get_one(Case, case).home).address))


@pytest.mark.needs("pdftotext")
def test_it_says_where_and_when_and_nothing_of_why(desk: Desk, case: str, address: str) -> None:
    paper = desk.read(visit_list, desk.member, DAY, (), AT)
    pdf = make(paper)
    text = text_of(pdf)
    assert pages_of(pdf) == 1 and "Where I am on Tuesday 1 December 2026" in text
    assert "14:30" in text and address.split(",")[0] in text and "16:00" not in text
    told = desk.read(lambda s: s.get_one(Case, case).reference)
    assert "threats" not in text and "Begum" not in text and str(told) not in text


def test_abuse_at_home_stands_there_without_its_address(desk: Desk, case: str, address: str) -> None:
    desk.do(to_welfare, case)
    paper = desk.read(visit_list, desk.member, DAY, (), AT)
    assert paper.what.visits == (ListedVisit("14:30", ""),)
    assert desk.read(leaving_on, desk.member, DAY) == ()


def test_an_address_that_must_not_be_told_stops_it_until_there_is_a_reason(desk: Desk, case: str, address: str) -> None:
    ruled(desk, case)
    with pytest.raises(Refused, match="must not be told anything about"):
        desk.read(visit_list, desk.member, DAY, (), AT)
    paper = desk.read(visit_list, desk.member, DAY, (), AT, Override("It stays in the office safe"))
    assert len(paper.what.visits) == 1


def test_a_day_without_visits(desk: Desk, case: str) -> None:
    assert "No visit on this day." in text_of(make(desk.read(visit_list, desk.member, DAY, (), AT)))


def test_a_visit_moves_to_another_day_with_why_and_two_at_one_time_are_said(desk: Desk, case: str) -> None:
    first = str(desk.do(book, case, DAY, time="14:30").value)
    desk.do(book, case, "2026-12-02", time="10:00")
    desk.do(move, first, "2026-12-02", "She works on Tuesdays", time="10:00")
    assert desk.read(stops, desk.member, DAY) == ()
    both = desk.read(stops, desk.member, "2026-12-02")
    assert [stop.alerts[0] for stop in both] == ["Something else is at 10:00 as well"] * 2
    assert "Moved from Tue 1 Dec, 14:30: She works on Tuesdays" in {stop.note for stop in both}
    for day, why, words in (
        ("2026-11-01", "x", "That day is past"),
        ("2026-12-02", "x", "when it is already"),
        (DAY, " ", "why"),
    ):
        with pytest.raises(UserError, match=words):
            desk.do(move, first, day, why, time="10:00")
