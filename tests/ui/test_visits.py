"""The day and the month: what is booked and agreed, with what to know, in the officer's own order."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asbdesk.casework.appointments import book
from asbdesk.casework.cautions import warn
from asbdesk.casework.people import NewPerson, add_to_case
from asbdesk.model import Case
from asbdesk.ui.new_day import NewDay
from asbdesk.ui.print_dialog import PrintDialog
from asbdesk.ui.screens.case.adding import AddPage, open_add
from asbdesk.ui.screens.visit.screen import VisitScreen
from asbdesk.ui.screens.visiting import WhomPage
from asbdesk.ui.screens.visits import VisitsScreen
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.text import Text
from tests.ui.conftest import Opened

DAY = "2026-11-24"


def screen_of(opened: Opened) -> VisitsScreen:
    assert opened.window.frame is not None
    screen = opened.window.frame.go("visits")
    assert isinstance(screen, VisitsScreen)
    return screen


def names(screen: VisitsScreen) -> list[str]:
    return [b.accessibleName() for b in screen.findChildren(Button)]


def test_whom_a_visit_is_to_is_asked_where_several_households_live_with_it(opened: Opened, qtbot: QtBot) -> None:
    frame = opened.window.frame
    assert frame is not None
    desk = frame.desk
    case = desk.desk.case("ASB-2026-A0004")
    desk.desk.do(add_to_case, case, NewPerson(name="Mr Lev Adler", address="20 Harrow Court"), "reporter")
    frame.start_visit(case)
    page = frame.over
    assert isinstance(page, WhomPage) and len(page.asked[0].options) == 2
    page.finish()
    assert frame.over is page, "it must be said"
    page.answered("whom", page.asked[0].options[1].value)
    page.finish()
    qtbot.waitUntil(lambda: isinstance(frame.over, VisitScreen))
    assert isinstance(frame.over, VisitScreen) and frame.over.visit.path.resident == "Mr Lev Adler"


def test_a_visit_is_booked_from_a_case_and_stands_on_its_day_with_what_to_know(opened: Opened) -> None:
    frame = opened.window.frame
    assert frame is not None
    desk = frame.desk
    case = desk.desk.case("ASB-2026-A0004")
    home = desk.read(lambda s: s.get(Case, case).home)
    desk.do(warn, f"home/{home}", "A dog went for the postman on 3 November", what_to_do=["dogs"])
    page = open_add(frame, case, "contacts", "appointment")
    for question, value in (("day", DAY), ("time", "14:30"), ("how", "visit")):
        page.answered(question, value)
    page.finish()
    assert not isinstance(frame.over, AddPage)
    screen = screen_of(opened)
    screen.show_day(DAY)
    assert "Start visit, ASB-2026-A0004" in names(screen)
    assert any("Dogs" in text.text() for text in screen.findChildren(Text))
    day = next(b for b in screen.findChildren(Button) if b.accessibleName().startswith("Tuesday 24 November"))
    assert "1 agreed" in day.accessibleName() and day.isChecked()


def test_the_officers_own_order_is_kept(opened: Opened) -> None:
    frame = opened.window.frame
    assert frame is not None
    for reference, time in (("ASB-2026-A0004", "09:00"), ("ASB-2026-A0005", "10:00"), ("ASB-2026-A0002", "11:00")):
        frame.desk.do(book, frame.desk.desk.case(reference), DAY, time=time)
    screen = screen_of(opened)
    screen.show_day(DAY)
    order = [name for name in names(screen) if name.startswith("Open ")]
    assert [name for name in order if name != "Open ASB-2026-A0001"] == [f"Open ASB-2026-A000{n}" for n in (4, 5, 2)]
    last = order.index("Open ASB-2026-A0002")
    [b for b in screen.findChildren(Button) if b.accessibleName().startswith("Earlier:")][last].click()
    again = [name for name in names(screen) if name.startswith("Open ")]
    assert again == [*order[: last - 1], order[last], order[last - 1], *order[last + 1 :]]
    assert screen.focusWidget() is not None and screen.focusWidget().accessibleName().startswith("Earlier:")
    day = next(b for b in screen.findChildren(Button) if b.accessibleName().startswith("Wednesday 25 November"))
    day.setFocus()
    day.click()
    assert screen.day == "2026-11-25" and screen.focusWidget().accessibleName().startswith("Wednesday 25 November")


def test_months_and_days_go_on_over_the_year(opened: Opened) -> None:
    screen = screen_of(opened)
    screen.show_day("2026-12-31")
    next(b for b in screen.findChildren(Button) if b.accessibleName() == "The day after").click()
    assert screen.day == "2027-01-01"
    next(b for b in screen.findChildren(Button) if b.accessibleName() == "The month before").click()
    assert screen.day == "2026-12-01"


def test_the_list_for_the_buddy_is_offered_where_there_is_a_visit(opened: Opened, qtbot: QtBot) -> None:
    frame = opened.window.frame
    assert frame is not None
    screen = screen_of(opened)
    screen.show_day("2026-12-30")
    assert not screen._print.isEnabled()
    frame.desk.do(book, frame.desk.desk.case("ASB-2026-A0004"), "2026-12-30", time="10:00")
    screen.show_day("2026-12-30")
    assert screen._print.isEnabled()
    frame.told_about_printers = True
    seen: list[str] = []

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, PrintDialog):
            seen.append(f"{dialog.title}: {dialog.view.view.accessibleDescription()}")
            dialog.reject()

    looking = QTimer()
    looking.timeout.connect(close)
    looking.start(20)
    screen.print_it()
    qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    assert seen[0].startswith("List: Where I am on Wednesday 30 December")


def test_midnight_while_the_window_stands_open(opened: Opened) -> None:
    frame = opened.window.frame
    assert frame is not None
    case = frame.desk.desk.case("ASB-2026-A0004")
    frame.desk.desk.do(book, case, DAY, time="09:30")
    screen, watch = screen_of(opened), frame.findChild(NewDay)
    assert watch is not None and screen.day == "2026-11-23" and "Start visit, ASB-2026-A0004" not in names(screen)
    opened.clock.put("2026-11-24T00:00:10.000Z")
    watch.look()
    assert screen.day == DAY and "Start visit, ASB-2026-A0004" in names(screen)
    move = next(b for b in screen.findChildren(Button) if b.accessibleName() == "Another day, ASB-2026-A0004")
    move.click()
    page = frame.over
    assert isinstance(page, AddPage) and page.values["day"] == DAY and page.values["time"] == "09:30"
    frame.close_over()
