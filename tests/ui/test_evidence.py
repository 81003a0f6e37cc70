"""Evidence at the desk: thirty recordings from a folder, answered at once; what cannot be taken is said, not lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asbdesk.casework.evidence import open_evidence
from asbdesk.ui.asking import Question
from asbdesk.ui.screens.case.adding import AddPage
from asbdesk.ui.screens.case.evidence import EvidenceTab
from asbdesk.ui.screens.cases import CasesScreen
from asbdesk.ui.things import Thing, clean_name
from asbdesk.ui.widgets.buttons import Button
from tests.ui.conftest import Opened


def tab_of(opened: Opened, reference: str = "ASB-2026-A0004") -> EvidenceTab:
    frame = opened.window.frame
    assert frame is not None
    frame.open_case(frame.desk.desk.case(reference), "evidence")
    assert isinstance(frame.shown, CasesScreen)
    return next(tab for tab in frame.shown.page.parts if isinstance(tab, EvidenceTab))


def titles(tab: EvidenceTab) -> list[str]:
    return [b.accessibleName() for b in tab.findChildren(Button)]


def test_thirty_recordings_of_a_folder_are_taken_and_answered(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    tab = tab_of(opened)
    frame = opened.window.frame
    assert frame is not None
    before = tab.count() or 0
    for n in range(30):
        (tmp_path / f"night {n:02}.m4a").write_bytes(b"sound" + bytes([n]) * 100)
    (tmp_path / "empty.m4a").write_bytes(b"")
    said: list[str] = []

    def agree() -> None:
        over = QApplication.activeModalWidget()
        assert isinstance(over, Question)
        said.append(over.accessibleName())
        over.accept()

    QTimer.singleShot(0, agree)
    with qtbot.waitSignal(tab.taking.took, timeout=20_000):
        tab.taking.take_folder(tmp_path)
    assert "31 files, empty.m4a to night 29.m4a. From " in said[0]
    assert tab.count() == before + 30
    assert "Answer all that waits" in titles(tab)
    view = next(e for e in tab.page.evidence if e.name == "night 07.m4a") if tab.page else None
    assert view is not None and open_evidence(frame.desk.desk, view.id)[2] == b"sound" + bytes([7]) * 100
    next(b for b in tab.findChildren(Button) if b.accessibleName() == "Answer all that waits").click()
    page = frame.over
    assert isinstance(page, AddPage)
    page.answered("decision", "We hear the bass after 23:00. We will speak to them, as you agreed.")
    page.finish()
    assert frame.over is None and "Answer all that waits" not in titles(tab)


def test_what_cannot_be_taken_is_said_and_the_rest_is_taken(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    tab = tab_of(opened)
    before = tab.count() or 0
    good = tmp_path / "a.txt"
    good.write_bytes(b"heard")
    gone = Thing("gone.wav", tmp_path / "gone.wav")
    empty = tmp_path / "nothing.jpg"
    empty.write_bytes(b"")
    said: list[str] = []
    assert opened.window.frame is not None
    opened.window.frame.said.connect(lambda kind, words, _: said.append(words))
    with qtbot.waitSignal(tab.taking.took, timeout=10_000):
        tab.taking.take([gone, Thing("nothing.jpg", empty), Thing("a.txt", good)])
    assert tab.count() == before + 1
    assert "gone.wav" in said[-1] and "nothing.jpg" in said[-1] and "Taken." in said[-1]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("E:\\from the phone\\photo.jpg", "photo.jpg"),
        ("a\x00b\u202egpj.exe", "abgpj.exe"),
        ("...", "file"),
        ("ł" * 300 + ".mp3", "ł" * 156 + ".mp3"),
    ],
)
def test_a_files_name_plays_no_tricks(given: str, shown: str) -> None:
    assert clean_name(given) == shown
