"""Taking on a list in the window: from the file to the cases, back again, and the check that each owes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asbdesk.casework.cases import case_page, list_cases
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.case.taken_on import TakenOnPage
from asbdesk.ui.screens.cases import CasesScreen
from asbdesk.ui.screens.settings import SettingsScreen
from asbdesk.ui.screens.take_on import TakeOnPage
from asbdesk.ui.screens.take_on_parts import FactsCard
from asbdesk.ui.theme import Theme
from asbdesk.ui.widgets.text import Text
from tests.ui import walking
from tests.ui.conftest import Opened

LIST = "Tenant,Property,RAG,Last contact,Remarks\nMs Ada Invented,1 Row,Red,3/11/2026,Loud\nMr Bo Invented,2 Row,{},,\n"


@pytest.fixture
def frame(opened: Opened) -> Frame:
    assert opened.window.frame is not None
    return opened.window.frame


def listed(folder: Path, level: str = "Green") -> Path:
    file = folder / "cases.csv"
    file.write_text(LIST.format(level), encoding="utf-8")
    return file


def begun(frame: Frame, qtbot: QtBot, file: Path) -> TakeOnPage:
    screen = frame.go("settings")
    assert isinstance(screen, SettingsScreen)
    screen.listed.open_.click()
    page = frame.over
    assert isinstance(page, TakeOnPage)
    page.read(file)
    qtbot.waitUntil(lambda: page.look.isVisible() and page.look.isEnabled(), timeout=10_000)
    return page


def looked(page: TakeOnPage, qtbot: QtBot) -> None:
    page.look.click()
    qtbot.waitUntil(lambda: page.back.isVisible() and page.back.isEnabled(), timeout=10_000)


def words(page: TakeOnPage) -> str:
    walking.settle()
    return "\n".join(t.text() for t in page.findChildren(Text) if t.isVisible())


def test_a_list_is_taken_on_and_undone(frame: Frame, qtbot: QtBot, tmp_path: Path) -> None:
    before = frame.desk.read(list_cases, today=frame.desk.today).total
    page = begun(frame, qtbot, listed(tmp_path))
    assert page.columns is not None and page.columns.choices["level"].currentText() == "C: RAG"
    assert "Ms Ada Invented · Mr Bo Invented" in words(page)
    looked(page, qtbot)
    assert "2 rows: 2 cases can be taken on, 1 high, 1 standard." in words(page)
    assert not page.good.isVisible()
    page.all_.click()
    qtbot.waitUntil(lambda: page.undo.isVisible() and page.undo.isEnabled(), timeout=10_000)
    assert frame.desk.read(list_cases, today=frame.desk.today).total == before + 2
    from asbdesk.exchange.spreadsheet import newest_acts, undo_list

    undo_list(frame.desk.desk, newest_acts(frame.desk.desk))
    assert frame.desk.read(list_cases, today=frame.desk.today).total == before


def test_a_wrong_row_is_said_and_the_good_ones_can_be_taken(frame: Frame, qtbot: QtBot, tmp_path: Path) -> None:
    page = begun(frame, qtbot, listed(tmp_path, "Mauve"))
    looked(page, qtbot)
    assert "Row 3, RAG: “Mauve” is no level; write high, medium or standard." in words(page)
    assert page.good.isVisible() and not page.all_.isVisible()
    page.good.click()
    qtbot.waitUntil(lambda: page.undo.isVisible() and page.undo.isEnabled(), timeout=10_000)
    assert "1 case taken on" in words(page)


def test_a_list_without_a_level_asks_and_another_column_can_be_chosen(
    frame: Frame, qtbot: QtBot, tmp_path: Path
) -> None:
    page = begun(frame, qtbot, listed(tmp_path))
    assert page.columns is not None
    level = page.columns.choices["level"]
    level.setCurrentIndex(0)
    level.activated.emit(0)
    page.look.click()
    qtbot.waitUntil(lambda: page.ask.isVisible(), timeout=10_000)
    assert page.look.isEnabled() and "level" not in page.columns.mapping()


def test_the_check_is_done_from_what_is_due(frame: Frame, qtbot: QtBot, tmp_path: Path) -> None:
    page = begun(frame, qtbot, listed(tmp_path))
    looked(page, qtbot)
    page.all_.click()
    qtbot.waitUntil(lambda: page.undo.isVisible() and page.undo.isEnabled(), timeout=10_000)
    page.leave()
    case = frame.desk.read(list_cases, search="Ada", today=frame.desk.today).lines[0].id
    (due,) = frame.desk.read(case_page, case, frame.desk.today).due
    assert (due.code, due.do, due.button) == ("take_on_check", "taken_on", "Check it")
    frame.act(case, due, due.do)
    check = frame.over
    assert isinstance(check, TakenOnPage)
    for name in ("risk", "plan", "spoke", "promised"):
        check.answered(name, "Looked at.")
    check.finish()
    assert frame.over is check  # the day is still missing
    check.answered("speak_by", "2026-11-30")
    check.finish()
    assert frame.over is None
    assert [d.code for d in frame.desk.read(case_page, case, frame.desk.today).due] == ["promise"]


def test_an_empty_desk_offers_to_take_a_list_on(frame: Frame) -> None:
    screen = frame.go("cases")
    assert isinstance(screen, CasesScreen)
    assert not screen.list.take_on.isVisible()
    screen.list.begin.show()
    screen.list.take_on.click()
    assert isinstance(frame.over, TakeOnPage)


@pytest.mark.parametrize(("name", "scale", "size"), [("light", 1.0, (1440, 900)), ("high_contrast", 2.0, (1280, 720))])
def test_every_step_can_be_used_by_everybody(
    opened: Opened, qapp: QApplication, qtbot: QtBot, tmp_path: Path, name: str, scale: float, size: tuple[int, int]
) -> None:
    Theme.make(name, scale).apply(qapp)
    opened.window.resize(*size)
    opened.window._build("today")
    frame = opened.window.frame
    assert frame is not None
    page = begun(frame, qtbot, listed(tmp_path, "Mauve"))
    for step in ("columns", "found", "done"):
        if step == "found":
            looked(page, qtbot)
        if step == "done":
            page.good.click()
            qtbot.waitUntil(lambda: page.undo.isVisible() and page.undo.isEnabled(), timeout=10_000)
        walking.settle()
        for fault in (walking.unnamed, walking.small, walking.beyond_tab, walking.cut_off):
            assert not fault(opened.window), (step, fault.__name__)
    page.leave()
    case = frame.desk.read(list_cases, search="Ada", today=frame.desk.today).lines[0].id
    frame.act(case, None, "taken_on")
    walking.settle()
    for fault in (walking.unnamed, walking.small, walking.beyond_tab, walking.cut_off):
        assert not fault(opened.window), fault.__name__


def test_columns_are_kept_for_the_next_list_and_what_does_not_fit_is_said(
    frame: Frame, qtbot: QtBot, tmp_path: Path
) -> None:
    page = begun(frame, qtbot, listed(tmp_path))
    assert page.columns is not None
    level = page.columns.choices["level"]
    level.setCurrentIndex(level.findData("-1"))
    chosen = page.columns.mapping()
    page.keep_columns(tmp_path / "columns.json")
    page.show_columns()
    page.read(listed(tmp_path))
    qtbot.waitUntil(lambda: page.look.isVisible() and page.look.isEnabled(), timeout=10_000)
    assert page.columns is not None and page.columns.mapping() != chosen, "the guess again"
    page.use_columns(tmp_path / "columns.json")
    assert page.columns is not None and page.columns.mapping() == chosen and "level" not in chosen
    (tmp_path / "other.json").write_text('{"name": "Surname"}', encoding="utf-8")
    said: list[str] = []
    frame.said.connect(lambda kind, words, _: said.append(words))
    page.use_columns(tmp_path / "other.json")
    assert said and "has no column" in said[0] and page.columns.mapping() == chosen


def test_a_list_without_levels_is_asked_three_facts_a_case_here(frame: Frame, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "plain.csv"
    file.write_text("Tenant,Property\nMs Ada Invented,1 Row\nMr Bo Invented,2 Row\n", encoding="utf-8")
    page = begun(frame, qtbot, file)
    page.look.click()
    qtbot.waitUntil(lambda: page.here.isVisible(), timeout=10_000)
    page.here.click()
    card = page.findChild(FactsCard)
    assert card is not None and card.who.text() == "Ms Ada Invented\n1 Row"
    for fact, said in (("children", "yes"), ("harm", "no")):
        card._answered(fact, said)
    card.next.click()
    assert card.at == 0, "each case needs all three"
    card._answered("never", ["never"])
    card.next.click()
    assert card.at == 1 and card.who.text().startswith("Mr Bo")
    page.here.click()  # left, and gone on with
    card = page.findChildren(FactsCard)[-1]
    assert card.at == 1
    for fact, said in (("children", "no"), ("harm", "yes"), ("spoke", "2026-11-02")):
        card._answered(fact, said)
    card.next.click()
    qtbot.waitUntil(lambda: page.all_.isVisible() and page.all_.isEnabled(), timeout=10_000)
    assert "2 rows: 2 cases can be taken on, 1 high, 1 medium." in words(page)
