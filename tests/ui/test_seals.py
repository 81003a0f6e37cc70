"""The page about seals: a paper dropped or chosen is checked in words; the authority goes out; time stamps come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from asbdesk.casework.identity import OFFICER_KEY, keep_secret
from asbdesk.casework.landlord import change_member
from asbdesk.casework.plan_papers import current_plan
from asbdesk.casework.raising import time_authority as named
from asbdesk.clock import instant
from asbdesk.documents.authority import fingerprint, issue
from asbdesk.documents.known import read
from asbdesk.documents.verify import verify
from asbdesk.exchange.practice import FIRST, practice_case
from asbdesk.sync.seal_care import _renewed, authority_of
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.seals import SealsPage, open_seals
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.text import Heading, Text
from tests.documents.time_authority import TimeAuthority, time_authority
from tests.ui.conftest import Opened
from tests.ui.walking import beyond_tab, cut_off, settle, small, unnamed


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimeAuthority]:
    with time_authority(tmp_path_factory.mktemp("tsa")) as here:
        yield here


def frame_of(opened: Opened) -> Frame:
    assert opened.window.frame is not None
    return opened.window.frame


@pytest.fixture
def plan(opened: Opened, tmp_path: Path) -> Path:
    """The practice case's sealed plan, as a file."""
    desk = frame_of(opened).desk.desk
    path = tmp_path / "plan.pdf"
    path.write_bytes(current_plan(desk, desk.read(practice_case, FIRST)).pdf)
    return path


def said(page: SealsPage) -> str:
    return " ".join(each.text() for each in page.checking.answer.findChildren(Text))


def told(opened: Opened) -> str:
    return " ".join(each.text() for each in opened.window.banner.findChildren(Text))


def checked(qtbot: QtBot, page: SealsPage) -> str:
    qtbot.waitUntil(lambda: "Reading …" not in said(page), timeout=10_000)
    settle()
    return said(page)


def test_what_cannot_be_checked_is_said(opened: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "note.txt").write_text("Dear Ms Begum", encoding="utf-8")
    page = open_seals(frame_of(opened), tmp_path / "note.txt")
    assert "This file is not a PDF." in checked(qtbot, page)
    page.check(tmp_path / "gone.pdf")
    qtbot.waitUntil(lambda: "cannot be opened" in told(opened), timeout=10_000)
    assert not page.checking.answer.isVisible()


def _drop(frame: Frame, *paths: Path) -> bool:
    told = QMimeData()
    told.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (QPointF(300, 300), Qt.DropAction.CopyAction, told, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDropEvent(*how, QEvent.Type.DragEnter)
    enter.ignore()
    QApplication.sendEvent(frame, enter)
    if enter.isAccepted():
        QApplication.sendEvent(frame, QDropEvent(*how))
    return enter.isAccepted()


def test_a_pdf_dropped_anywhere_on_the_desk_is_checked(opened: Opened, plan: Path, qtbot: QtBot) -> None:
    frame = frame_of(opened)
    assert not _drop(frame, plan.with_suffix(".txt")) and not _drop(frame, plan, plan) and frame.over is None
    assert _drop(frame, plan)
    page = frame.over
    assert isinstance(page, SealsPage)
    words = checked(qtbot, page)
    for part in (
        "Whole, and ours",
        "plan.pdf",
        "Locked (sealed) by Dami Okafor on",
        "That is the authority of this desk.",
    ):
        assert part in words
    assert "This desk keeps the very same copy: plan 1 of case" in words
    changed = plan.with_name("changed.pdf")
    changed.write_bytes(plan.read_bytes() + b"more")
    assert _drop(frame, changed) and frame.over is page, "the page that is open takes the next one"
    words = checked(qtbot, page)
    assert "Not whole" in words and "something was added after it was locked (sealed)" in words


def test_a_file_is_chosen_by_keyboard_and_our_authority_goes_out_with_its_mark(
    opened: Opened, plan: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(plan), ""))
    frame = frame_of(opened)
    frame.go("settings")
    page = open_seals(frame)
    settle()
    focus = QApplication.focusWidget()
    assert focus is page.checking.choose
    qtbot.keyClick(focus, Qt.Key.Key_Space)
    assert "Whole, and ours" in checked(qtbot, page)
    out = plan.with_name("ours.pem")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    (save,) = [b for b in page.findChildren(Button) if b.accessibleName() == "Save it as a file"]
    save.click()
    shown = next(each.text() for each in page.findChildren(Text) if each.property("role") == "code")
    assert shown == fingerprint(read(out.read_bytes()).authority)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert frame.over is None


@pytest.mark.needs("openssl")
def test_who_is_asked_for_the_time_is_looked_at_and_papers_are_raised(
    opened: Opened, plan: Path, clock: TimeAuthority, qtbot: QtBot
) -> None:
    frame = frame_of(opened)
    raiser, before = frame.desk.raiser, clock.answers
    raiser.go()
    qtbot.waitUntil(lambda: not raiser.running, timeout=10_000)
    assert raiser.last is not None and not raiser.last.trouble and clock.answers == before, "nobody is named yet"
    page = open_seals(frame)
    card = page.time
    assert card.now.text() == "We ask nobody." and not card.use.isVisible()
    card.address.setText("timestamp.example")
    card.look.click()
    assert "beginning with https" in card.asked.problem.text()
    card.address.setText(clock.address)
    card.look.click()
    qtbot.waitUntil(card.use.isVisible, timeout=10_000)
    assert fingerprint(clock.root) in card.who.text()
    card.use.click()
    qtbot.waitUntil(lambda: raiser.last is not None and bool(raiser.last.done), timeout=20_000)
    assert raiser.last.waiting == 0
    assert card.waits.text() == "Every paper locked here has its time stamp." and clock.address in card.now.text()
    raised = plan.with_name("raised.pdf")
    desk = frame.desk.desk
    raised.write_bytes(current_plan(desk, desk.read(practice_case, FIRST)).pdf)
    assert raised.read_bytes().startswith(plan.read_bytes())
    page.check(raised)
    assert "That is whom this landlord asks for the time." in checked(qtbot, page)
    card.stop.click()
    assert frame.desk.read(named).address == "" and card.now.text() == "We ask nobody."


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_control_is_named_reached_and_large_enough(
    opened: Opened, plan: Path, qtbot: QtBot, scale: float
) -> None:
    opened.window.apply_look("light", scale)
    opened.window.resize(1280, 720)
    page = open_seals(frame_of(opened), plan)
    checked(qtbot, page)
    settle()
    assert (unnamed(page), small(page), beyond_tab(page), cut_off(page)) == ([], [], [], [])
    assert next(iter(page.findChildren(Heading))).level == 1


def test_a_second_officer_seals_the_plan_from_its_tab(opened: Opened, qtbot: QtBot) -> None:
    frame = frame_of(opened)
    desk = frame.desk.desk
    case = desk.read(practice_case, FIRST)
    assert "Locked by Dami Okafor" in plan_tab(frame, case) and not seal_too(frame), "their own plan"
    with desk.store.reader.connect() as conn:
        authority = authority_of(conn)
    assert authority is not None
    second = issue(authority, "Rosalind Hughes", "Invented Homes", at=instant(desk.clock.now()))
    keep_secret(desk, OFFICER_KEY, second.key_pem)
    desk.do(_renewed, desk.member, second.cert_pem.decode())
    desk.do(change_member, desk.member, name="Rosalind Hughes")
    plan_tab(frame, case)
    (button,) = seal_too(frame)
    button.click()
    qtbot.waitUntil(lambda: "second officer" in told(opened), timeout=10_000)
    pdf = current_plan(desk, case).pdf
    verdict = verify(pdf, desk.store.paths.authority.read_bytes())
    assert verdict.passes and [name for name, _ in verdict.seals] == ["Dami Okafor", "Rosalind Hughes"]


def plan_tab(frame: Frame, case: str) -> str:
    """The words of the plan's tab, read anew."""
    frame.go("today")
    frame.open_case(case, "plan")
    settle()
    return " ".join(each.text() for each in frame.findChildren(Text) if each.isVisible())


def seal_too(frame: Frame) -> list[Button]:
    return [b for b in frame.findChildren(Button) if b.accessibleName() == "Lock version 1 too" and b.isVisible()]
