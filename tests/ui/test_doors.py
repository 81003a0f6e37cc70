"""Each door that something bad can come in by: evidence, a report, a note, the search, a list of cases."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from asbdesk.casework.cases import case_page, list_cases
from asbdesk.casework.chronology import chronology
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.case.contact import ContactPage
from asbdesk.ui.screens.cases import CasesScreen
from asbdesk.ui.screens.first_look import FirstLookPage
from asbdesk.ui.screens.new_report import NewReport
from asbdesk.ui.screens.search import SearchPage
from asbdesk.ui.things import MOST, Thing
from asbdesk.ui.widgets.fields import Field, Words
from asbdesk.ui.widgets.lists import FlowList
from tests.ui import walking
from tests.ui.conftest import Opened
from tests.ui.test_bad_input import LONG, STRANGE

PASTED = {"all that is strange": " ".join(STRANGE.values()), "1 MB": LONG}


@pytest.fixture
def frame(opened: Opened) -> Frame:
    assert opened.window.frame is not None
    return opened.window.frame


def first(frame: Frame) -> str:
    return str(frame.desk.read(list_cases, today=frame.desk.today).lines[0].id)


def paste(page: QWidget, question: str, text: str) -> None:
    """As Ctrl+V does."""
    walking.settle()
    views = (*page.findChildren(Field), *page.findChildren(Words))
    view = next(w for w in views if w.accessibleName() == question)
    view.selectAll()
    if isinstance(view, Field):
        view.insert(text)
    else:
        view.insertPlainText(text)
    view.flush()
    walking.settle()


def says(page: QWidget, words: str) -> bool:
    return any(words in label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_what_is_pasted_into_a_report(frame: Frame) -> None:
    for text in PASTED.values():
        frame.new_report()
        page = frame.over
        assert isinstance(page, NewReport)
        paste(page, "What happened, in their words", text)
        paste(page, "What are they called?", text)
        paste(page, "Where do they live?", text)
        page.go.click()
        if text is LONG:
            assert frame.over is page and says(page, "Make it shorter.")
            page.end_draft()
        else:
            assert isinstance(frame.over, FirstLookPage)
            frame.over.end_draft()
        frame.close_over()


@pytest.mark.parametrize("day", ["tomorrow", "1/1/1890"])
def test_a_report_of_what_cannot_have_happened_then(frame: Frame, day: str) -> None:
    frame.new_report()
    page = frame.over
    assert isinstance(page, NewReport)
    paste(page, "What happened, in their words", "Noise")
    paste(page, "What are they called?", "Ms Day")
    paste(page, "Where do they live?", "1 Mill Fold")
    paste(page, "When was it?", day)
    page.go.click()
    assert frame.over is page
    assert says(page, "not a date yet") or "still to come" in said(page)


def test_somebody_reports_themselves(frame: Frame) -> None:
    frame.new_report()
    page = frame.over
    assert isinstance(page, NewReport)
    paste(page, "What happened, in their words", "He says it was him and that it was done to him.")
    paste(page, "What are they called?", "Mr Both")
    paste(page, "Where do they live?", "1 Mill Fold")
    paste(page, "Who is it about, if they know?", "Mr Both")
    paste(page, "Where does that person live?", "1 Mill Fold")
    page.go.click()
    assert frame.over is page and "are the same" in said(page)


def test_what_is_pasted_into_a_note(frame: Frame) -> None:
    case = first(frame)
    for text in PASTED.values():
        frame.record_contact(case)
        page = frame.over
        assert isinstance(page, ContactPage)
        page.answered("way", "out")
        page.answered("method", "phone")
        paste(page, "What was said?", text)
        page.go.click()
        if text is LONG:
            assert frame.over is page and says(page, "Make it shorter.")
            page.end_draft()
            frame.close_over()
        else:
            assert frame.over is None and frame.desk.read(chronology, case)


def test_what_is_pasted_into_the_search(frame: Frame) -> None:
    frame.search_everything()
    page = frame.over
    assert isinstance(page, SearchPage)
    for text in (*PASTED.values(), '"', "*", "a AND", "(((", "-", "%", "' OR 1=1 --"):
        page.box.setText("")
        page.box.insert(text)
        walking.settle()
    frame.close_over()
    screen = frame.go("cases")
    assert isinstance(screen, CasesScreen)
    for text in PASTED.values():
        screen.list.search.setText("")
        screen.list.search.insert(text)
        screen.list.search.flush()
        walking.settle()


def test_files_that_cannot_be_evidence(frame: Frame, qtbot: QtBot, tmp_path: Path) -> None:
    frame.open_case(first(frame), "evidence")
    assert isinstance(frame.shown, CasesScreen)
    tab = next(each for each in frame.shown.page.parts if each.name == "evidence")
    taking = tab.taking  # type: ignore[attr-defined]
    huge, nothing, folder = tmp_path / "huge.mp4", tmp_path / "nothing.jpg", tmp_path / "folder.jpg"
    with huge.open("wb") as sparse:
        sparse.truncate(MOST + 1)
    nothing.touch()
    folder.mkdir()
    wrong = tmp_path / "‮gpj.exe"
    wrong.write_bytes(b"MZ not a picture")
    things = [Thing(path.name, path) for path in (huge, nothing, folder, tmp_path / "gone.wav", wrong)]
    if hasattr(os, "geteuid") and os.geteuid():  # root may read everything
        locked = tmp_path / "locked.pdf"
        locked.write_bytes(b"%PDF")
        locked.chmod(0)
        things.append(Thing(locked.name, locked))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")  # whoever opens it waits for ever
        things.append(Thing("pipe.jpg", tmp_path / "pipe.jpg"))
    said: list[str] = []
    frame.said.connect(lambda kind, words, _: said.append(words))
    before = len(frame.desk.read(case_page, taking.case, frame.desk.today).evidence)
    with qtbot.waitSignal(taking.took, timeout=20_000):
        taking.take(things)
    assert "larger than 2 GB" in said[-1] and "nothing.jpg" in said[-1] and "folder.jpg" in said[-1]
    after = frame.desk.read(case_page, taking.case, frame.desk.today).evidence
    assert len(after) == before + 1 and "‮" not in after[0].name + after[-1].name


@pytest.fixture
def lists(tmp_path: Path) -> Iterator[dict[str, Path]]:
    made = {name: tmp_path / name for name in ("empty.csv", "picture.csv", "book.xlsx", "long.csv", "gone.csv")}
    made["empty.csv"].touch()
    made["picture.csv"].write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    made["book.xlsx"].write_bytes(b"PK\x03\x04 not a workbook")
    made["long.csv"].write_text("Reference,Name\n" + "x" * 1_200_000 + ",y\n", encoding="utf-8")
    yield made
    shutil.rmtree(tmp_path, ignore_errors=True)


def test_lists_that_are_none(frame: Frame, qtbot: QtBot, lists: dict[str, Path]) -> None:
    from asbdesk.ui.screens.take_on import open_take_on

    for path in lists.values():
        open_take_on(frame)
        page = frame.over
        assert page is not None
        page.read(path)  # type: ignore[attr-defined]
        qtbot.waitUntil(lambda page=page: bool(said(page)) or says(page, "row"), timeout=5000)  # type: ignore[misc]
        frame.close_over()


def said(page: QWidget) -> str:
    """What the window's banner says."""
    from asbdesk.ui.widgets.banner import Banner

    banner = page.window().findChild(Banner)
    return banner.words() if isinstance(banner, Banner) else ""


def test_nothing_of_a_list_is_copied(frame: Frame) -> None:
    QApplication.clipboard().clear()
    frame.open_case(first(frame))
    for view in frame.findChildren(FlowList):
        view.setCurrentIndex(view.model().index(0, 0))
        QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == ""
