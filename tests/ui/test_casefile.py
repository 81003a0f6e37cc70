"""The case file from the window: for whom, what is left out, progress, stop, and where it is."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asbdesk.casework.cases import list_cases
from asbdesk.casework.parts import part
from asbdesk.ui.screens.case.adding import open_menu
from asbdesk.ui.screens.case.casefile import CaseFilePage
from asbdesk.ui.screens.cases import CasesScreen
from asbdesk.ui.widgets.text import Text
from tests.ui.conftest import Opened

LIVED = "Assault, then smashed windows"


class Placed(CaseFilePage):
    """Writes where it is told to, and opens no other program."""

    place: Path
    opened: Path | None = None
    shown = b""

    def ask_place(self, name: str) -> Path | None:
        assert name.endswith(f"case file, {self.copy}")
        return self.place

    def show_page(self, pdf: bytes) -> None:
        self.shown = pdf

    def open_place(self, place: Path) -> None:
        self.opened = place


def lived(opened: Opened) -> str:
    frame = opened.window.frame
    assert frame is not None
    lines = frame.desk.read(list_cases, today=frame.desk.today).lines
    return next(line.id for line in lines if line.title == LIVED)


def page_of(opened: Opened, qtbot: QtBot, place: Path) -> Placed:
    frame = opened.window.frame
    assert frame is not None
    page = Placed(frame, lived(opened))
    page.place = place
    frame.open_over(page)
    page.left.connect(frame.close_over)
    qtbot.waitUntil(lambda: page.file is not None)
    return page


def said(page: CaseFilePage) -> str:
    return "\n".join(text.text() for text in page.what.findChildren(Text))


def test_the_resident_s_copy_is_written_and_stands_in_the_log(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(opened, qtbot, tmp_path / "copy.pdf")
    assert "Nothing is left out" in said(page)
    page.who.choose("resident")
    qtbot.waitUntil(lambda: page.file is not None and page.file.copy == "resident")
    assert "Left out: " in said(page) and "Read the copy through" in said(page)
    assert "What this file lacks" in said(page) and not page.receives.isVisible()
    with qtbot.waitSignal(page.left, timeout=20_000):
        page.write.click()
    assert page.opened == tmp_path / "copy.pdf"
    with pikepdf.open(tmp_path / "copy.pdf") as pdf:
        assert len(pdf.pages) > 5 and len(pdf.attachments) == 3
    frame = opened.window.frame
    assert frame is not None
    cards = frame.desk.read(part("sharing").cards, page.case, frame.desk.today)
    assert cards[0].title.startswith("The case file: Ms Rahima Begum")


def test_stopped_it_leaves_nothing(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(opened, qtbot, tmp_path / "copy.pdf")
    page.write.click()
    assert page.stop.isVisible() and page.bar.isVisible()
    page.stop_it()
    assert opened.window.frame is not None
    assert opened.window.frame.desk.errands.wait(20)
    assert list(tmp_path.glob("*.pdf*")) == [] and not page.stop.isVisible()


def test_a_court_gets_the_evidence_that_is_chosen(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(opened, qtbot, tmp_path / "bundle")
    page.who.choose("court")
    qtbot.waitUntil(lambda: page.file is not None and page.file.copy == "court")
    page.evidence.tiles[0].click()
    page.form.choose("folder")
    with qtbot.waitSignal(page.left, timeout=20_000):
        page.write.click()
    exhibits = {f.name for f in (tmp_path / "bundle" / "data" / "exhibits").iterdir()}
    assert len(exhibits) == 2 and "exhibit-001-plan-1.pdf" in exhibits


def test_it_is_found_from_the_case_by_name_and_by_key(opened: Opened, qtbot: QtBot) -> None:
    frame = opened.window.frame
    assert frame is not None
    menu = open_menu(frame, lived(opened))
    menu.search.setText("case file")
    menu._draw()
    assert [button.text().strip() for button in menu.offered].count("Case file …") == 1
    frame.close_over()
    screen = frame.go("cases")
    assert isinstance(screen, CasesScreen)
    screen.open_case(lived(opened))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(opened.window, Qt.Key.Key_F, keys)
    page = frame.over
    assert isinstance(page, CaseFilePage) and page.focusProxy() is page.who
    qtbot.waitUntil(lambda: page.file is not None)
    page.leave()


def test_the_first_page_can_be_looked_at(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(opened, qtbot, tmp_path / "x.pdf")
    page.look.click()
    qtbot.waitUntil(lambda: bool(page.shown))
    with pikepdf.open(io.BytesIO(page.shown)) as pdf:
        assert len(pdf.pages) == 1
