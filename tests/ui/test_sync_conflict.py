"""Deciding a conflict in the window: from Today and the case, both values, a reason that is asked for, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QWidget

from asbdesk.casework.conflicts import conflicts, count
from asbdesk.casework.corrections import correct
from asbdesk.casework.desk import Desk
from asbdesk.casework.landlord import change_landlord
from asbdesk.casework.people import NewPerson
from asbdesk.casework.reports import Telling, open_case
from asbdesk.casework.risk import record_outcome
from asbdesk.clock import SetClock
from asbdesk.model import Involvement, Report
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.notes import Notes
from asbdesk.ui.screens.sync.conflict import ConflictPage
from asbdesk.ui.screens.sync.sides import LongText, SideCard
from asbdesk.ui.widgets.buttons import Button
from tests.apart import carry, second_laptop
from tests.builders import assert_whole
from tests.ui.conftest import Opened
from tests.ui.walking import beyond_tab, cut_off, settle, small, unnamed

LONG = "He stood at the door and shouted that he would be back. " * 40


@pytest.fixture
def apart(opened: Opened, tmp_path: Path) -> Iterator[tuple[Frame, Desk, str]]:
    """The window, a colleague's laptop, and a case in which they differ about the risk and what was reported."""
    frame = opened.window.frame
    assert frame is not None
    opened.window.watch.stop()  # the clock is put forward here, which looks like sleep
    desk = frame.desk.desk
    who = NewPerson(name="Ms Rahima Begum", phone="01632 960111", address="12 Harrow Court", postcode="ZZ1 1AA")
    case = str(desk.do(open_case, who, Telling(words="He shouted.", behaviours=("verbal_abuse",))).value)
    sam = second_laptop(desk, tmp_path / "sam")
    clock = opened.clock
    assert isinstance(clock, SetClock)
    person = desk.read(lambda s: s.scalar(sa.select(Involvement.person).where(Involvement.file == f"case/{case}")))
    report = desk.read(lambda s: s.scalar(sa.select(Report.id).where(Report.file == f"case/{case}")))
    sam.do(record_outcome, case, person, "high", score=31, out_of=41, reason="Told that the flat would burn.")
    sam.do(correct, "report", report, {"words": LONG})
    clock.pass_time(minutes=20)
    desk.do(record_outcome, case, person, "medium", score=19, out_of=41, reason="Quiet for two weeks.")
    desk.do(correct, "report", report, {"words": "He shouted at the door."})
    clock.pass_time(minutes=20)
    carry(desk, sam)
    yield frame, sam, case
    assert_whole(sam.store)
    sam.close()


def page_of(frame: Frame) -> ConflictPage:
    assert isinstance(frame.over, ConflictPage)
    settle()
    return frame.over


def press(page: QWidget, words: str) -> None:
    next(b for b in page.findChildren(Button) if b.text().strip() == words and b.isVisible()).click()
    settle()


def test_from_todays_card_both_values_and_a_reason_that_is_asked_for(apart: tuple[Frame, Desk, str]) -> None:
    frame, sam, case = apart
    frame.go("today")
    frame.act(case, None, "conflict")
    page = page_of(frame)
    said = [card.accessibleName() for card in page.findChildren(SideCard)]
    assert len(said) == 2 and any("Sam Whitlock" in name and "counts for now" in name for name in said)
    press(page, "Keep Medium risk")
    assert "why" in page.asked.problem.text() and frame.desk.read(count) == 2, "nothing is decided without a reason"
    page.why.setPlainText("Spoke to Sam: it was another flat.")
    press(page, "Keep Medium risk")
    page = page_of(frame)  # the next one of the same case
    assert page.view is not None and "what was reported" in page.view.line.title and page.why.toPlainText() == ""
    page.why.setPlainText("Both were there.")
    page.text.setPlainText("He shouted at the door, for a long time.")
    press(page, "Keep these words")
    assert frame.over is None and frame.desk.read(count) == 0
    carry(frame.desk.desk, sam)
    assert sam.read(conflicts, sam.member) == ()


def test_what_is_typed_is_kept_when_it_is_left(apart: tuple[Frame, Desk, str]) -> None:
    frame, _, case = apart
    frame.decide(case)
    page = page_of(frame)
    page.why.setPlainText("I must ask Sam")
    page.flush()
    press(page, "Leave it for now")
    assert frame.over is None and frame.desk.read(count) == 2
    frame.decide(case)
    assert page_of(frame).why.toPlainText() == "I must ask Sam"


def test_long_text_is_folded_and_shown_whole(apart: tuple[Frame, Desk, str]) -> None:
    frame, _, _ = apart
    words = next(line.id for line in frame.desk.read(conflicts, frame.desk.member) if "report/" in line.id)
    frame.decide(id=words)
    page = page_of(frame)
    folded = next(t for t in page.findChildren(LongText) if t.whole == LONG.strip())
    assert len(folded.words.text()) < 800 and folded.more.isVisible()
    folded.more.click()
    assert folded.words.text() == LONG.strip() and not folded.more.isVisible()


def test_a_colleague_decided_meanwhile(apart: tuple[Frame, Desk, str]) -> None:
    frame, _, _ = apart
    frame.decide(id="report/0123/words")
    page = page_of(frame)
    assert page.view is None
    press(page, "Leave it for now")


def test_the_case_and_today_lead_to_it(apart: tuple[Frame, Desk, str]) -> None:
    frame, _, case = apart
    frame.open_case(case)
    settle()
    buttons = [b for b in frame.findChildren(Button) if b.isVisible() and b.accessibleName().startswith("Look at both")]
    assert buttons
    buttons[0].click()
    assert isinstance(frame.over, ConflictPage)


@pytest.mark.parametrize(("size", "scale"), [((1440, 900), 1.0), ((1280, 720), 2.0), ((720, 600), 1.0)])
def test_keyboard_names_and_sizes(apart: tuple[Frame, Desk, str], size: tuple[int, int], scale: float) -> None:
    frame, _, case = apart
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.Theme.make("light", scale).apply(app)
    frame.window().resize(*size)
    frame.decide(case)
    page = page_of(frame)
    assert unnamed(page) == [] and small(page) == [] and cut_off(page) == []
    assert beyond_tab(frame.window()) == []


def test_what_differs_in_the_landlords_own_records_stands_on_today(
    apart: tuple[Frame, Desk, str], opened: Opened
) -> None:
    """No case owes anybody to decide it, so Today says it itself, to those who may decide it."""
    frame, sam, _ = apart
    clock = opened.clock
    assert isinstance(clock, SetClock)
    frame.go("today")
    notes = frame.shown.findChild(Notes)
    assert notes is not None and not [n for n in frame.notes() if n.id == "conflict"]
    for desk, name in ((sam, "Wharram Homes Ltd"), (frame.desk.desk, "The Wharram Homes")):
        clock.pass_time(minutes=1)
        desk.do(change_landlord, name=name)
    carry(frame.desk.desk, sam)
    notes.refresh()
    (said,) = [n.words for n in frame.notes() if n.id == "conflict"]
    assert "landlord’s own records" in said and "until somebody decides" in said
    press(notes, "Look at both")
    page = page_of(frame)
    assert page.view is not None and page.view.line.case == ""
    page.why.setPlainText("So it stands on the letterhead.")
    press(page, "Keep The Wharram Homes")
    assert not [n for n in frame.notes() if n.id == "conflict"]
