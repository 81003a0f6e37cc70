"""Parts of a case and adding to them: every form opens, and what is written down stands in its part at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asbdesk.casework.cases import list_cases
from asbdesk.casework.parts import Add, Part, part, parts
from asbdesk.forms.load import one_form
from asbdesk.ui.screens.case.adding import AddMenu, AddPage, open_add, open_menu
from asbdesk.ui.screens.case.more import MoreTab
from asbdesk.ui.screens.cases import CasesScreen
from asbdesk.ui.widgets.buttons import Button
from tests.ui.conftest import Opened

EVERY = [(each, add) for each in parts() for add in (*each.adds, *each.follows)]


def first_case(opened: Opened) -> str:
    frame = opened.window.frame
    assert frame is not None
    return str(frame.desk.read(list_cases, today=frame.desk.today).lines[0].id)


def more_of(opened: Opened, case: str, name: str = "") -> MoreTab:
    frame = opened.window.frame
    assert frame is not None
    frame.open_case(case, name or "more")
    assert isinstance(frame.shown, CasesScreen)
    return next(tab for tab in frame.shown.page.parts if isinstance(tab, MoreTab))


def button(tab: MoreTab, name: str) -> Button:
    return next(b for b in tab.findChildren(Button) if b.accessibleName().startswith(name))


@pytest.mark.parametrize(("of", "add"), EVERY, ids=[add.id for _, add in EVERY])
def test_every_add_has_its_form_and_says_what_it_is(of: Part, add: Add) -> None:
    form = one_form(add.id)
    assert form.title == add.title and form.banner and form.source
    assert of.add(add.id) is add and add.done


def test_no_two_adds_share_an_id() -> None:
    ids = [add.id for _, add in EVERY]
    assert len(ids) == len(set(ids))


def test_every_add_opens_on_a_practice_case(opened: Opened) -> None:
    case, frame = first_case(opened), opened.window.frame
    assert frame is not None
    for each, add in EVERY:
        page = open_add(frame, case, each.name, add.id)
        assert page.form_.questions, add.id
        frame.close_over()


def test_a_referral_is_added_by_keyboard_and_answered_from_its_card(opened: Opened, qtbot: QtBot) -> None:
    case, frame = first_case(opened), opened.window.frame
    assert frame is not None
    more_of(opened, case)
    frame.add_to_case()
    menu = frame.over
    assert isinstance(menu, AddMenu)
    qtbot.keyClicks(menu.search, "referral")
    qtbot.keyClick(menu.search, Qt.Key.Key_Backspace)
    menu.search.setText("refer")
    qtbot.keyClick(menu.search, Qt.Key.Key_Return)
    page = frame.over
    assert isinstance(page, AddPage) and page.add.id == "agency_refer"
    for question, value in (("agency", "other"), ("agency_name", "Exampleton Police")):
        page.answered(question, value)
    page.answered("purpose", "Tell us of incidents since May")
    page.finish()
    assert frame.over is page, "what must be answered is asked for first"
    page.answered("permission", "yes")
    page.finish()
    assert frame.over is None
    tab = more_of(opened, case, "agencies")
    button(tab, "They answered").click()
    reply = frame.over
    assert isinstance(reply, AddPage)
    reply.answered("result", "Two incidents, both logged")
    reply.finish()
    said = [card for card in tab._cards(part("agencies")) if "Exampleton Police" in card.title]
    assert said[0].lines == ("They said: Two incidents, both logged",) and not said[0].acts


def test_what_was_typed_is_kept_for_each_record_apart(opened: Opened) -> None:
    case, frame = first_case(opened), opened.window.frame
    assert frame is not None
    page = open_add(frame, case, "agencies", "agency_refer")
    page.answered("purpose", "half a thought")
    frame.close_over()
    again = open_add(frame, case, "agencies", "agency_refer")
    assert again.values["purpose"] == "half a thought"
    frame.close_over()
    menu = open_menu(frame, case)
    assert menu.offered[0].accessibleName() == "Go on: Refer to an agency"
    menu.offered[0].click()
    assert isinstance(frame.over, AddPage) and frame.over.values["purpose"] == "half a thought"
    frame.close_over()
