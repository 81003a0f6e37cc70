"""Search everything: found as typed, opened where it stands, by keyboard alone, with nothing shown that should not."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asbdesk.casework.cases import list_cases
from asbdesk.paths import resources
from asbdesk.ui.screens.case.adding import AddPage
from asbdesk.ui.screens.cases import CasesScreen
from asbdesk.ui.screens.covering import CoverPage
from asbdesk.ui.screens.doing import PAGES
from asbdesk.ui.screens.search import SearchPage, words_of
from asbdesk.ui.widgets.text import Text
from tests.ui.conftest import Opened


def searched(opened: Opened, qtbot: QtBot) -> SearchPage:
    frame = opened.window.frame
    assert frame is not None
    frame.search_everything()
    page = frame.over
    assert isinstance(page, SearchPage)
    store = frame.desk.desk.store
    qtbot.waitUntil(lambda: not store.index_words())
    page.read()
    return page


def test_a_word_from_a_report_leads_to_its_case(opened: Opened, qtbot: QtBot) -> None:
    page = searched(opened, qtbot)
    page.box.setText("afraid words")
    hits = page.model.rows
    assert hits and all(hit.reference for hit in hits)
    assert any("afraid" in hit.text.casefold() for hit in hits)
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    screen = opened.window.frame and opened.window.frame.shown
    assert isinstance(screen, CasesScreen) and screen.page.case == hits[0].case
    assert opened.window.frame is not None and opened.window.frame.over is None


def test_a_person_an_address_and_a_reference_are_found(opened: Opened, qtbot: QtBot) -> None:
    page = searched(opened, qtbot)
    frame = opened.window.frame
    assert frame is not None
    line = next(c for c in frame.desk.read(list_cases, today=frame.desk.today).lines if c.reporter and c.address)
    page.box.setText(line.reporter)
    assert any(hit.kind == "person" and hit.case == line.id for hit in page.model.rows)
    page.box.setText(line.address.split(",")[0])
    assert any(hit.kind == "home" and hit.case == line.id for hit in page.model.rows)
    page.box.setText(line.reference.lower().replace("-", ""))
    assert any(hit.kind == "case" and hit.case == line.id for hit in page.model.rows)


def test_nothing_typed_shows_what_was_looked_at_and_nothing_found_says_what_to_do(opened: Opened, qtbot: QtBot) -> None:
    frame = opened.window.frame
    assert frame is not None
    first, second = frame.desk.read(list_cases, today=frame.desk.today).lines[:2]
    frame.open_case(first.id)
    frame.open_case(second.id)
    page = searched(opened, qtbot)
    assert [hit.case for hit in page.model.rows[:2]] == [second.id, first.id]
    page.box.setText("zzyzx")
    assert not page.model.rows and "fewer words" in page.none.text()


def test_a_welfare_case_shows_its_reference_alone(opened: Opened, qtbot: QtBot) -> None:
    """Over a shoulder, domestic abuse reads "Welfare" (PRACTICE.md 2)."""
    page = searched(opened, qtbot)
    frame = opened.window.frame
    assert frame is not None
    welfare = [c for c in frame.desk.read(list_cases, status="all").lines if c.stream == "domestic_abuse"]
    assert welfare
    page.box.setText(welfare[0].reference)
    mine = [hit for hit in page.model.rows if hit.case == welfare[0].id]
    assert mine and all(hit.under == "Welfare" and "abuse" not in words_of(hit).casefold() for hit in mine)


def test_keyboard_alone(opened: Opened, qtbot: QtBot) -> None:
    page = searched(opened, qtbot)
    page.box.setFocus()
    qtbot.keyClicks(page.box, "visit")
    qtbot.keyClick(page.box, Qt.Key.Key_Down)
    assert page.view.hasFocus() or page.view.currentIndex().isValid()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    page.left.emit()
    assert opened.window.frame is not None and opened.window.frame.over is None


def test_what_can_be_done_is_found_by_its_words_too(opened: Opened, qtbot: QtBot) -> None:
    frame = opened.window.frame
    assert frame is not None
    page = searched(opened, qtbot)
    page.box.setText("hand over a knife")
    assert page.first is None
    page.box.setText("warning")
    assert page.first is None and any("is done in a case" in t.text() for t in page.findChildren(Text))
    page.box.setText("annual leave")
    assert not page.model.rows
    qtbot.keyClick(page.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(frame.over, CoverPage))  # once what was written last can be found too
    frame.close_over()
    frame.open_case(frame.desk.read(list_cases, today=frame.desk.today).lines[0].id)
    page = searched(opened, qtbot)
    page.box.setText("window")
    assert page.model.rows and page.first is not None, "beside what is written, and after it for Return"
    page.first.click()
    assert isinstance(frame.over, AddPage) and frame.over.add.id == "repair"
    frame.close_over()
    page = searched(opened, qtbot)
    page.box.setText("sharing log")
    assert page.first is not None and page.first.text().strip().startswith("What was shared")


def test_every_page_of_the_desk_that_is_offered_is_there() -> None:
    for words, icon, place in PAGES:
        module, name = place.split(":")
        assert callable(getattr(import_module(f"asbdesk.ui.screens.{module}"), name)), words
        assert (resources() / "icons" / f"{icon}.svg").is_file()
