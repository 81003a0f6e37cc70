"""When it happens: a picture that is told in words too, and a table that a screen reader reads cell by cell."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from asbdesk.casework.evidence_told import DiaryLine, diary, received
from asbdesk.casework.pattern import Moment, of_moments, pattern
from asbdesk.casework.people import reporter_of
from asbdesk.ui.screens.case.adding import AddPage
from asbdesk.ui.screens.case.pattern import PatternPage, open_pattern
from asbdesk.ui.widgets.text import Text
from tests.ui.conftest import Opened
from tests.ui.test_parts import first_case


def nights(*days: int, hour: int = 23) -> list[Moment]:
    return [Moment(dt.date(2026, 11, day), hour) for day in days]


def test_it_tells_the_day_the_hour_the_night_and_the_gap() -> None:
    told = " ".join(of_moments([*nights(6, 13, 20), *nights(7, hour=2)], unread=1, reports=1).words)
    assert "4 times from Friday 6 November to Friday 20 November." in told
    assert "Most often on Friday (3); most often from 21:00 to 24:00: 3 of 4." in told
    assert "At night, 22:00 to 07:00: 4 of 4." in told
    assert "1 diary entry without a day" in told and "1 report among them" in told
    assert "gap" not in told and "The longest gap: 13 days" in " ".join(of_moments(nights(6, 20)).words)


def test_what_has_no_hour_is_counted_and_not_drawn() -> None:
    shown = of_moments([Moment(dt.date(2026, 11, 6), None)])
    assert shown.most == 0 and any("without an hour" in w for w in shown.words)
    assert of_moments([]).words == ("Nothing with a day is written down yet. Key in a diary sheet, and it shows here.",)


@pytest.mark.parametrize("began", ["2026-11-20 23:40", "2026-11-20", "late at night", "2026-13-40 10:00"])
def test_a_keyed_in_sheet_shows(opened: Opened, began: str) -> None:
    frame, case = opened.window.frame, first_case(opened)
    assert frame is not None
    desk, giver = frame.desk, frame.desk.read(reporter_of, case)
    assert giver is not None
    before = desk.read(pattern, case)
    sheet = desk.do(received, case, giver.id, type_="diary").value
    desk.do(diary, case, sheet, giver.id, DiaryLine(began, "Bass through the wall"))
    after = desk.read(pattern, case)
    assert after.hours[4][23] == before.hours[4][23] + (began == "2026-11-20 23:40")
    assert len(after.moments) == len(before.moments) + (began in ("2026-11-20 23:40", "2026-11-20"))


def test_the_page_says_the_same_three_times_and_leads_on(opened: Opened) -> None:
    frame, case = opened.window.frame, first_case(opened)
    assert frame is not None
    page = open_pattern(frame, case)
    words = [w.text() for w in page.findChildren(Text)]
    assert all(each in words for each in page.shown.words)
    assert page.picture.accessibleDescription() == " ".join(page.shown.words)
    total = 0
    for day in range(7):
        for at in range(8):
            item = page.table.item(day, at)
            assert item is not None and item.data(Qt.ItemDataRole.AccessibleTextRole)
            total += int(item.text() or 0)
    assert total == sum(map(sum, page.shown.hours))
    page._key_in()
    assert isinstance(frame.over, AddPage) and frame.over.add.id == "diary"
    frame.close_over()
    assert isinstance(page, PatternPage)
