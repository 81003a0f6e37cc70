"""An officer's tasks on the real window: first start by keyboard alone, locking, finding a case, trouble."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from asbdesk.casework.cases import list_cases
from asbdesk.errors import UserError
from asbdesk.settings import Settings, load, save
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.cases import CasesScreen
from asbdesk.ui.screens.first_start import FirstStart
from asbdesk.ui.screens.lock import LockScreen, copy_words
from asbdesk.ui.widgets import Field, Tile
from tests.ui.conftest import PASSPHRASE, Open, Opened

ENTER, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def page(opened: Opened) -> QWidget:
    found = opened.window._stack.currentWidget()
    assert found is not None
    return found


def write(qtbot: QtBot, *words: str) -> None:
    """Type each into the field that has the focus, and press Return."""
    for each in words:
        field = focus()
        assert isinstance(field, QLineEdit)
        field.selectAll()
        qtbot.keyClicks(field, each)
        qtbot.keyClick(field, ENTER)


def test_first_start_by_keyboard_alone(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    opened = open_window(tmp_path / "new")
    first = page(opened)
    assert isinstance(first, FirstStart)
    write(qtbot, "Wharram Homes", "340")
    write(qtbot, "Dami Okafor", "0113 496 0127", "Monday to Friday, 9 to 5", "0113 496 0199")
    tile = focus()
    assert isinstance(tile, Tile)
    qtbot.keyClick(tile, Qt.Key.Key_4)  # nobody yet
    qtbot.keyClick(focus(), TAB)
    while focus() is not first.go:
        qtbot.keyClick(focus(), TAB)
    qtbot.keyClick(first.go, SPACE)
    write(qtbot, "four quiet otters juggling")
    qtbot.waitUntil(lambda: first.at == 4, timeout=20_000)
    assert first.sheet is not None
    write(qtbot, "wrong")
    assert first.at == 4 and "not the last group" in first.paper.asked.problem.text()
    write(qtbot, first.sheet.code.split("-")[-1].split()[-1].lower())
    copies = tmp_path / "stick"
    copies.mkdir()
    write(qtbot, str(copies))
    qtbot.waitUntil(lambda: isinstance(page(opened), Frame), timeout=20_000)
    frame = opened.window.frame
    assert frame is not None and frame.now == "today"
    assert list(copies.iterdir())
    assert opened.door.state().copy_days == 0

    def shown(words: str) -> bool:
        return any(words in w.text() for w in frame.findChildren(QWidget) if hasattr(w, "text") and w.isVisible())

    qtbot.waitUntil(lambda: shown("Numbers to have before your first visit"), timeout=3000)
    qtbot.waitUntil(lambda: shown("Try it with practice cases"), timeout=3000)


def test_questions_left_empty_are_said_and_nothing_is_made(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    opened = open_window(tmp_path / "new")
    first = page(opened)
    assert isinstance(first, FirstStart)
    first.onward()
    assert first.at == 0 and "landlord" in first.landlord.named.problem.text()
    first.landlord.name.setText("Wharram Homes")
    first.landlord.homes.setText("lots")
    first.onward()
    assert first.at == 0 and "whole number" in first.landlord.counted.problem.text()
    first.show_step(3)
    first.secret.new.passphrase.field.setText("password1")
    first.onward()
    assert first.at == 3 and not (tmp_path / "new").exists()


def test_a_copy_into_the_stores_own_folder_is_refused(opened: Opened) -> None:
    assert "would be lost with it" in opened.door.place_problem(opened.door.paths.folder)
    assert "no such folder" in opened.door.place_problem(Path("/no/such/folder"))


def locked(open_window: Open, folder: Path, tmp_path: Path) -> tuple[Opened, LockScreen]:
    opened = open_window(Path(shutil.copytree(folder, tmp_path / "store")))
    lock = page(opened)
    assert isinstance(lock, LockScreen)
    return opened, lock


def test_unlock_lock_and_unlock_again(open_window: Open, practice_folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    opened, lock = locked(open_window, practice_folder, tmp_path)
    assert focus() is lock.passphrase.field
    qtbot.keyClicks(focus(), PASSPHRASE)
    qtbot.keyClick(focus(), ENTER)
    qtbot.waitUntil(lambda: opened.window.frame is not None, timeout=20_000)
    qtbot.keyClick(opened.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert opened.started == ["again"] and opened.window.locked and not opened.window.isVisible()
    again = open_window(opened.door.paths.folder)
    lock = page(again)
    assert isinstance(lock, LockScreen)
    again.window.open_desk(again.door.unlock(PASSPHRASE))
    assert again.window.frame is not None and again.window.frame.now == "today"


def test_locking_saves_what_is_being_typed(opened: Opened, qtbot: QtBot) -> None:
    frame = opened.window.frame
    assert frame is not None
    frame.go("settings")
    number = next(f for f in frame.findChildren(Field) if f.accessibleName() == "Your number")
    number.setFocus()
    number.selectAll()
    qtbot.keyClicks(number, "0113 496 0555")
    opened.window.watch.lock.emit("slept")
    assert opened.started == ["again"]
    from asbdesk.casework.desk import Desk
    from asbdesk.casework.landlord import landlord_view

    desk = opened.door.unlock(PASSPHRASE)
    assert isinstance(desk, Desk)
    assert desk.read(landlord_view, desk.member).officer_number == "0113 496 0555"
    desk.store.close()


def test_wrong_tries_slow_down_in_words(open_window: Open, practice_folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    opened, lock = locked(open_window, practice_folder, tmp_path)
    for _ in range(4):
        lock.passphrase.field.setText("not it at all")
        lock.unlock()
        qtbot.waitUntil(lock.pages.isEnabled, timeout=10_000)
        assert lock.said.isVisibleTo(lock) and lock.said.text()
    assert opened.door.wait() > 0
    lock.unlock()
    assert "Wait" in lock.said.text() and "Nothing is ever deleted" in lock.said.text()
    opened.clock.pass_time(minutes=2)
    lock.passphrase.field.setText(PASSPHRASE)
    lock.unlock()
    qtbot.waitUntil(lambda: opened.window.frame is not None, timeout=20_000)


def test_a_second_window_on_the_same_desk_gets_a_sentence(opened: Opened) -> None:
    import asbdesk.app.door as doors

    other = doors.StoreDoor(opened.door.paths, opened.clock, again=lambda: None)
    with pytest.MonkeyPatch.context() as patient:
        patient.setattr(doors, "PATIENCE", 0.1)
        with pytest.raises(UserError, match="open already"):
            other.unlock(PASSPHRASE)


@pytest.mark.parametrize("lost", ["slots.json", "desk.db"])
def test_a_store_with_a_file_missing_is_said_in_words(
    open_window: Open, practice_folder: Path, tmp_path: Path, lost: str
) -> None:
    folder = Path(shutil.copytree(practice_folder, tmp_path / "store"))
    (folder / lost).unlink()
    lock = page(open_window(folder))
    assert isinstance(lock, LockScreen) and lock.told.kind == "problem"
    assert lost in lock.told.sentence and "restore" in lock.told.sentence


def test_a_damaged_key_file_is_said_after_the_first_paint(
    open_window: Open, practice_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = Path(shutil.copytree(practice_folder, tmp_path / "store"))
    for path in folder.glob("slots.json*"):
        path.write_text("{}", encoding="utf-8")
    opened = open_window(folder)
    lock = page(opened)
    assert isinstance(lock, LockScreen)
    opened.window.warm()
    qtbot.waitUntil(lambda: lock.pages.count() == 2, timeout=20_000)
    assert opened.window.problems.unexpected == []


def test_forgotten_passphrase_and_a_restored_copy(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    opened = open_window(tmp_path / "new")
    from asbdesk.ui.door import SetUp

    answers = SetUp("Wharram Homes", 340, "Dami Okafor", "1", "9 to 5", "2", "", "", PASSPHRASE, False)
    desk, sheet = opened.door.set_up(answers)
    assert sheet.pdf.startswith(b"%PDF")
    copies = tmp_path / "stick"
    copies.mkdir()
    opened.door.make_copy(desk, copies, lambda *_: None)
    desk.store.close()
    opened.window.show_door()
    lock = page(opened)
    assert isinstance(lock, LockScreen)
    lock.show_recover()
    lock.code.setText(sheet.code.lower())
    lock.new.passphrase.field.setText("three slow herons cycling home")
    lock.recover()
    qtbot.waitUntil(lambda: opened.window.frame is not None, timeout=20_000)
    assert opened.window.desk is not None
    opened.window.desk.desk.store.close()
    found = opened.door.copies(copies)
    assert len(found) == 1
    assert "aside" in opened.door.restore(found[0].path) or found
    opened.window.desk = None
    opened.door.unlock(PASSPHRASE).store.close()  # the copy's own passphrase


def test_how_old_the_newest_copy_is() -> None:
    assert copy_words(None) == ("There is no copy of this desk outside this laptop yet.", "red")
    assert copy_words(0)[1] == copy_words(14)[1] == "grey"
    words, tone = copy_words(15)
    assert tone == "red" and "15 days ago" in words
    words, tone = copy_words(-3000)
    assert tone == "red" and "still to come" in words, "made while a clock was ahead"


def test_search_by_name_address_and_reference(opened: Opened, qtbot: QtBot) -> None:
    frame = opened.window.frame
    assert frame is not None
    qtbot.keyClick(focus(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    screen = frame.shown
    assert isinstance(screen, CasesScreen) and focus() is screen.list.search
    every = frame.desk.read(list_cases, limit=500, today=frame.desk.today).lines
    for wanted in ("begum", every[2].reference, every[1].address.split(",")[0]):
        screen.list.search.clear()
        qtbot.keyClicks(screen.list.search, wanted)
        qtbot.waitUntil(lambda: "found" in screen.list.count.text(), timeout=3000)
        screen.list.search.flush()
        assert 1 <= len(screen.list.model.rows) < len(every)
    screen.list.search.setText("")
    qtbot.keyClicks(screen.list.search, "zzzz no such")
    screen.list.search.flush()
    assert screen.list.none.isVisibleTo(screen) and not screen.list.model.rows
    qtbot.keyClick(screen.list.search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(screen.list.search, Qt.Key.Key_Delete)
    screen.list.search.flush()
    qtbot.keyClick(screen.list.search, ENTER)
    assert focus() is screen.list.view
    qtbot.keyClick(screen.list.view, Qt.Key.Key_Home)
    qtbot.keyClick(screen.list.view, Qt.Key.Key_Down)
    assert screen.page.case == screen.list.model.rows[1].id


def test_a_case_is_opened_from_a_report_and_a_contact_recorded(opened: Opened, qtbot: QtBot) -> None:
    from asbdesk.ui.screens.case.contact import ContactPage
    from asbdesk.ui.screens.first_look import FirstLookPage
    from asbdesk.ui.screens.new_report import NewReport

    frame = opened.window.frame
    assert frame is not None
    frame.new_report()
    report = frame.over
    assert isinstance(report, NewReport)
    report.finish()
    assert frame.over is report  # what is missing is marked
    for id, value in (("words", "He shouted at my door."), ("name", "Ms Invented"), ("address", "3 Made Up Row")):
        report.form.answered.emit(id, value)
    report.form.answered.emit("behaviours", ["threats"])
    report.form.answered.emit("threat", "yes")
    report.finish()
    assert isinstance(frame.over, FirstLookPage) and isinstance(frame.shown, CasesScreen)
    frame.over.cancel.click()
    assert frame.over is None
    case = frame.shown.page
    assert case.page is not None and case.page.line.title == "Threats"
    frame.record_contact(case.case)
    contact = frame.over
    assert isinstance(contact, ContactPage)
    for id, value in (("way", "out"), ("method", "phone"), ("note", "She is safe tonight.")):
        contact.form.answered.emit(id, value)
    contact.finish()
    assert "She is safe tonight." in [line.text for line in case.page.chronology]
    opened.window.banner._undo.click()
    assert case.page is not None


def test_a_report_half_taken_is_there_after_a_lock(opened: Opened, qtbot: QtBot) -> None:
    from asbdesk.ui.screens.new_report import NewReport
    from asbdesk.ui.widgets import Words
    from asbdesk.ui.widgets.buttons import Button

    frame = opened.window.frame
    assert frame is not None
    frame.new_report()
    assert isinstance(frame.over, NewReport)
    words = frame.over.findChildren(Words)[0]
    words.setFocus()
    qtbot.keyClicks(words, "He shouted at")
    opened.window.watch.lock.emit("sleep")
    desk = opened.door.unlock(PASSPHRASE)
    opened.window.locked = False
    opened.window.open_desk(desk)
    frame = opened.window.frame
    frame.new_report()
    assert isinstance(frame.over, NewReport)
    assert frame.over.findChildren(Words)[0].toPlainText() == "", "another caller's words come into no report begun"
    next(b for b in frame.over.findChildren(Button) if b.accessibleName().endswith("He shouted at")).click()
    assert isinstance(frame.over, NewReport)
    assert frame.over.findChildren(Words)[0].toPlainText() == "He shouted at"


def test_the_case_shows_what_is_chosen_and_the_plan_can_be_looked_at(opened: Opened, qtbot: QtBot) -> None:
    frame = opened.window.frame
    assert frame is not None
    line = next(c for c in frame.desk.read(list_cases, limit=50).lines if c.title == "Assault, then smashed windows")
    frame.open_case(line.id, "plan")
    screen = frame.shown
    assert isinstance(screen, CasesScreen) and screen.page.case == line.id == screen.list.current()
    plan = screen.page.parts[3]
    assert plan.page is not None and plan.page.plans[0].sealed
    assert plan._shown(plan.page.plans[0]).startswith(b"%PDF")
    step = next(a for a in plan.page.plans[0].actions if not a.done)
    plan._done(step)
    assert next(a for a in plan.page.plans[0].actions if a.id == step.id).done
    opened.window.banner._undo.click()
    assert not next(a for a in plan.page.plans[0].actions if a.id == step.id).done


def test_slow_work_answers_here_and_never_to_a_screen_that_is_gone(opened: Opened, qtbot: QtBot) -> None:
    desk = opened.window.desk
    assert desk is not None
    got: list[object] = []
    steps: list[tuple[int, int]] = []

    def work(told: object) -> str:
        told(1, 2)  # type: ignore[operator]
        return "done"

    desk.later(work, got.append, progress=lambda a, b: steps.append((a, b)))
    qtbot.waitUntil(lambda: got == ["done"], timeout=5000)
    assert steps == [(1, 2)]
    gone = QWidget()
    desk.later(lambda: 5, got.append, owner=gone)
    gone.deleteLater()
    import shiboken6

    shiboken6.delete(gone)
    qtbot.waitUntil(lambda: not desk.errands.busy, timeout=5000)
    assert got == ["done"]


def test_a_refusal_is_shown_as_written_and_our_own_fault_by_its_number(opened: Opened) -> None:
    problems, banner = opened.window.problems, opened.window.banner
    problems.tell(UserError("The stick is full. Take another."))
    assert banner.words() == "The stick is full. Take another."
    try:
        raise ValueError("Ms Rahima Begum")
    except ValueError as fault:
        problems.tell(fault)
    assert "quote the number" in banner.words() and "Begum" not in banner.words()
    log = opened.door.paths.log.read_text(encoding="utf-8")
    assert "ValueError" in log and "Begum" not in log and banner.words().split("number ")[1][:6] in log
    problems.unexpected.clear()


def test_a_theme_chosen_holds_at_the_next_start(opened: Opened) -> None:
    frame = opened.window.frame
    assert frame is not None
    frame.look_changed.emit("dark", 1.0)
    told, _ = load(opened.door.paths.settings)
    assert told.theme == "dark"
    save(Settings(), opened.door.paths.settings)
