"""Taking a report, the first look and the hate incident on the screen: kept as typed, usable by keyboard and reader."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from asbdesk.casework.cases import case_page
from asbdesk.casework.hate_list import hate_incidents
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.case.named import NamedCard
from asbdesk.ui.screens.case.now import NowPage
from asbdesk.ui.screens.first_look import FirstLookPage
from asbdesk.ui.screens.hate import HateScreen
from asbdesk.ui.screens.hate_incident import HateIncidentPage
from asbdesk.ui.screens.new_report import NewReport
from asbdesk.ui.screens.report_questions import intake, questions, still_needed
from asbdesk.ui.widgets.beside import Beside
from tests.ui import walking
from tests.ui.conftest import Opened
from tests.ui.test_accessibility import assert_usable, look

__all__ = ["look"]


def press(page: QWidget, name: str) -> None:
    found = [b for b in page.findChildren(QAbstractButton) if b.accessibleName() == name and b.isVisible()]
    assert found, (name, [b.accessibleName() for b in page.findChildren(QAbstractButton)])
    found[0].click()
    walking.settle()


def begin(opened: Opened) -> tuple[Frame, NewReport]:
    frame = opened.window.frame
    assert frame is not None
    frame.new_report()
    assert isinstance(frame.over, NewReport)
    return frame, frame.over


def say(page: Any, **answers: object) -> None:
    for question, value in answers.items():
        page.form.answered.emit(question, value)
    walking.settle()


def take(opened: Opened, **answers: object) -> Frame:
    frame, page = begin(opened)
    say(page, **answers)
    page.finish()
    walking.settle()
    return frame


NOISE = {"words": "Music until three.", "behaviours": ["noise"]}
FARROW = {"name": "Mr Farrow", "address": "1 Mill Fold"}
LOOKED = {
    "outcome": "asb",
    "how_long": "weeks",
    "how_often": "weekly",
    "effect": "some",
    "others": "no",
    "afraid": "yes",
    "worse": "no",
}


def test_what_is_known_is_found_chosen_and_taken_into_the_case(opened: Opened) -> None:
    frame = take(opened, **NOISE, **FARROW, other_name="Mr Dent", other_address="3 Mill Fold")
    first = frame.over
    assert isinstance(first, FirstLookPage)
    case = first.case
    first.finish()
    assert frame.over is first, "what is missing is marked"
    say(first, **LOOKED)
    assert first.level.text().startswith("Medium")
    first.finish()
    assert frame.over is None
    frame, page = begin(opened)
    say(page, words="Again last night.", name="farrow")
    press(page, "Choose Mr Farrow: this caller")
    assert page.values["address"] == "1 Mill Fold"
    reference = frame.desk.read(case_page, case, frame.desk.today).line.reference
    held = QApplication.focusWidget()
    assert held is not None and held.accessibleName() == f"More of the same: {reference}", "on to their case"
    press(page, f"More of the same: {reference}")
    held = QApplication.focusWidget()
    assert held is not None and "worse" in held.accessibleDescription(), "and to what is asked of it"
    page.finish()
    assert frame.over is page, "whether it is worse is asked"
    say(page, worse="no")
    page.finish()
    assert frame.over is None, "more of the same needs no first look"
    page_now = frame.desk.read(case_page, case, frame.desk.today)
    assert "Again last night." in [line.text for line in page_now.chronology]


def test_what_is_known_stays_in_sight_and_stands_below_where_there_is_no_room(opened: Opened) -> None:
    _, page = begin(opened)
    (beside,) = page.findChildren(Beside)
    assert not beside.narrow and page.known.isVisible()
    opened.window.resize(900, 700)
    walking.settle()
    assert beside.narrow and page.known.isVisibleTo(page)
    opened.window.resize(1440, 900)
    walking.settle()
    assert not beside.narrow and page.known.isVisibleTo(page)


def test_a_choice_is_kept_like_an_answer(opened: Opened) -> None:
    frame = take(opened, **NOISE, **FARROW)
    frame.close_over()
    frame, page = begin(opened)
    say(page, name="farrow")
    press(page, "Choose Mr Farrow: this caller")
    person = page.values["person"]
    page.cancel.click()
    frame, anew = begin(opened)
    assert not anew.values.get("person"), "another call begins another report"
    press(anew, "Go on with the report: Mr Farrow")
    again = frame.over
    assert isinstance(again, NewReport) and again.values["person"] == person
    press(again, "Mr Farrow: not this one")
    assert not again.values.get("person")


def test_people_who_report_each_other_get_two_cases(opened: Opened) -> None:
    frame = take(opened, **NOISE, **FARROW, other_name="Mr Dent", other_address="3 Mill Fold")
    assert isinstance(frame.over, FirstLookPage)
    case = frame.over.case
    frame.close_over()
    frame, page = begin(opened)
    say(page, **NOISE, name="Dent")
    press(page, "Choose Mr Dent: this caller")
    assert not any("More of the same" in b.accessibleName() for b in page.known.findChildren(QAbstractButton))
    page.finish()
    assert isinstance(frame.over, FirstLookPage) and frame.over.case != case


def test_danger_first_then_the_first_look(opened: Opened) -> None:
    frame = take(opened, words="He hit me.", behaviours=["violence"], **FARROW)
    assert isinstance(frame.over, NowPage)
    frame.over.values = {"danger": "No", "told": "Manager, 10:30", "tonight": "His brother stays"}
    frame.over.finish()
    assert isinstance(frame.over, FirstLookPage)


def test_somebody_without_a_name_is_asked_for_none(opened: Opened) -> None:
    frame, page = begin(opened)
    say(page, **NOISE, teller="anonymous", affected_name="Ms Penn", affected_address="2 Mill Fold")
    shown = {w.objectName() for w in page.form.findChildren(QWidget) if w.isVisible()}
    assert "question-name" not in shown and "question-affected_name" in shown
    page.finish()
    assert isinstance(frame.over, FirstLookPage)


def hate(opened: Opened) -> tuple[Frame, str]:
    frame = take(opened, words="Because of my chair.", behaviours=["verbal_abuse"], reason="yes", **FARROW)
    assert isinstance(frame.over, FirstLookPage)
    case = frame.over.case
    frame.close_over()
    return frame, case


def test_a_hate_incident_is_recorded_from_its_list(opened: Opened) -> None:
    frame, case = hate(opened)
    screen = frame.go("hate")
    assert isinstance(screen, HateScreen)
    reference = frame.desk.read(case_page, case, frame.desk.today).line.reference
    press(screen, f"Make the hate record, {reference}")
    page = frame.over
    assert isinstance(page, HateIncidentPage)
    say(page, reason="yes", fits=["disability"], perceived_by="victim", police="no", may_say="no")
    page.cancel.click()
    walking.settle()
    press(screen, f"Make the hate record, {reference}")
    page = frame.over
    assert isinstance(page, HateIncidentPage) and page.values["fits"] == ["disability"]
    say(page, first_response="Rang back.")
    page.finish()
    (line,) = [one for one in frame.desk.read(hate_incidents, frame.desk.today) if one.case == case]
    assert line.recorded and line.police == "Police: they chose not to"
    frame.open_case(case)
    shown = str(frame.desk.read(case_page, case, frame.desk.today).chronology)
    assert "isabil" not in shown


def test_named_in_several_reports_stands_with_the_people(opened: Opened) -> None:
    dent = {"other_name": "Mr Dent", "other_address": "3 Mill Fold"}
    frame = take(opened, **NOISE, **FARROW, **dent)
    frame.close_over()
    frame, page = begin(opened)
    say(page, **NOISE, name="Ms Penn", address="2 Mill Fold", **dent)
    press(page, "Choose Mr Dent: the other person")
    page.finish()
    assert isinstance(frame.over, FirstLookPage)
    case = frame.over.case
    frame.close_over()
    frame.open_case(case, "people")
    (card,) = opened.window.findChildren(NamedCard)
    assert "No finding yet: 2" in card.accessibleName() and "Withdrawn: none" in card.accessibleName()


@pytest.mark.parametrize("which", ["report", "first look", "hate"])
def test_every_new_page_is_usable(look: tuple[int, int], opened: Opened, which: str, qapp: QApplication) -> None:
    window = opened.window
    window.resize(*look)
    window._build("today")
    frame, case = hate(opened)
    if which == "report":
        _, page = begin(opened)
        say(page, name="farrow", behaviours=["threats"], teller="self")
        press(page, "Choose Mr Farrow: this caller")
    elif which == "first look":
        from asbdesk.ui.screens.first_look import open_first_look

        open_first_look(frame, case)
    else:
        from asbdesk.ui.screens.hate_incident import open_hate_incident

        open_hate_incident(frame, case)
    assert_usable(window, which)


def test_a_first_look_left_half_done_is_gone_on_with_from_today_and_from_the_case(opened: Opened) -> None:
    from asbdesk.casework.people import NewPerson
    from asbdesk.casework.reports import Telling, open_case
    from asbdesk.ui.screens.case.adding import AddMenu, open_menu
    from asbdesk.ui.screens.first_look import FirstLookPage
    from asbdesk.ui.widgets.buttons import Button

    frame = opened.window.frame
    assert frame is not None
    who = NewPerson(name="Mr Sam Farrow", address="1 Mill Fold", postcode="ZZ1 1AB")
    case = str(frame.desk.do(open_case, who, Telling(words="Music", behaviours=("noise",))).value)
    menu = open_menu(frame, case)
    assert isinstance(menu, AddMenu)
    next(b for b in menu.offered if b.accessibleName() == "First look at a report").click()
    page = frame.over
    assert isinstance(page, FirstLookPage)
    page.answered("reason", "It frightens him.")
    frame.close_over()
    screen = frame.go("today")
    again = next(b for b in screen.findChildren(Button) if b.accessibleName().startswith("Go on: A first look"))
    assert "1 Mill Fold" in again.accessibleName()
    again.click()
    assert isinstance(frame.over, FirstLookPage) and frame.over.values["reason"] == "It frightens him."
    frame.close_over()


def test_a_report_asks_if_somebody_could_be_getting_hurt() -> None:
    known = {"words": "Shouting", "name": "Ms Fox", "address": "3 Low Row"}
    noise, abuse = ({**known, "behaviours": [what]} for what in ("noise", "domestic_abuse"))
    asked = {q.id: q for q in questions(noise)}
    assert "getting_hurt" not in {q.id for q in questions(known)} and not asked["getting_hurt"].required
    assert still_needed(noise) == [] and still_needed(abuse) == ["getting_hurt"]
    assert intake({**abuse, "getting_hurt": "not_sure"}).told.getting_hurt == "not_sure"
    assert intake({**known, "getting_hurt": "yes"}).told.getting_hurt == "", "not asked any more"
