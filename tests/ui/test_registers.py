"""Our own records and reports by the keyboard: from Settings and from what can be added, a policy written down, a paper
saved (FEATURES.md C09, L02, L03, R20)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from asbdesk.casework.registers import register
from asbdesk.ui.screens.case.adding import open_menu
from asbdesk.ui.screens.registers import RegisterForm, RegistersPage
from asbdesk.ui.screens.reports import ReportsPage, open_reports
from asbdesk.ui.widgets.buttons import Button
from tests.documents.test_plan import text_of
from tests.ui.conftest import Opened
from tests.ui.test_oversight import framed, words

POLICY = {"what": "asb", "number": "4", "since": "2025-01-01", "agreed": "The board", "again": "2027-01-01"}


def press(button: Button) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def named(page: QWidget, name: str) -> Button:
    return next(b for b in page.findChildren(Button) if name in (b.accessibleName(), b.text()))


def test_a_policy_is_written_down_and_has_its_next_version(opened: Opened) -> None:
    frame, desk, _ = framed(opened)
    press(named(frame.go("settings"), "Our policies and records"))
    page = frame.over
    assert isinstance(page, RegistersPage) and "No policy is written down here" in " ".join(words(page))
    press(named(page, "Add: Our policies"))
    form = frame.over
    assert isinstance(form, RegisterForm)
    for question, value in {**POLICY, "risk_named": "yes", "doable": "yes"}.items():
        form.answered(question, value)
    QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    back = frame.over
    assert isinstance(back, RegistersPage) and "Anti-social behaviour, version 4" in words(back)
    press(named(back, "A new version: Anti-social behaviour, version 4"))
    again = frame.over
    assert isinstance(again, RegisterForm) and again.values == {"what": "asb"}
    QTest.keyClick(again, Qt.Key.Key_Escape)
    assert isinstance(frame.over, RegistersPage)
    (entry,) = desk.read(register, "policies", desk.today).entries
    assert entry.since == "2025-01-01"


def test_they_are_found_where_something_is_added(opened: Opened) -> None:
    frame, desk, case = framed(opened)
    for typed, kind in (("training log", RegistersPage), ("governing body", ReportsPage)):
        menu = open_menu(frame, case)
        menu.search.setText(typed)
        QTest.keyClick(menu.search, Qt.Key.Key_Return)
        page = frame.over
        assert isinstance(page, kind)
        desk.errands.wait(20)
        QTest.keyClick(page, Qt.Key.Key_Escape)
        assert frame.over is None


@pytest.mark.needs("pdftotext")
def test_both_papers_are_saved(opened: Opened, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame, _, _ = framed(opened)
    page = open_reports(frame)
    qtbot.waitUntil(lambda: "since Sunday 23 August 2026" in " ".join(words(page)))
    page.which.set_value("12")
    page.which.chosen.emit("12")
    qtbot.waitUntil(lambda: "since Sunday 23 November 2025" in " ".join(words(page)))
    assert "invented" in " ".join(words(page))
    for title, says in (("This week’s cases", "What we decide"), ("Report to the governing body", "23 November 2025")):
        place = tmp_path / f"{title}.pdf"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, to=place: (str(to), ""))
        press(named(page, f"Save a copy: {title}"))
        qtbot.waitUntil(place.exists)
        text = text_of(place.read_bytes())
        assert says in text and "Begum" not in text and "Quillstone" not in text
