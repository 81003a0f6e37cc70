"""Letters in the window: chosen, filled in, stopped with who, what and why, locked, and marked as gone."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asbdesk.casework.people import NewPerson, add_to_case, reporter_of
from asbdesk.model import Case
from asbdesk.ui.screens.case.adding import AddPage
from asbdesk.ui.screens.case.letter_page import LetterPage, open_letter
from asbdesk.ui.screens.case.letters import LettersTab
from asbdesk.ui.screens.cases import CasesScreen
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.text import Text
from tests.ui.conftest import Opened

REFERENCE = "ASB-2026-A0004"


def case_of(opened: Opened, reference: str = REFERENCE) -> str:
    frame = opened.window.frame
    assert frame is not None
    return str(frame.desk.desk.case(reference))


def reporter(opened: Opened, case: str) -> str:
    frame = opened.window.frame
    assert frame is not None
    return str(frame.desk.read(lambda session: (found := reporter_of(session, case)) and found.id))


def tab_of(opened: Opened, qtbot: QtBot) -> LettersTab:
    frame = opened.window.frame
    assert frame is not None
    frame.open_case(case_of(opened), "letters")
    assert isinstance(frame.shown, CasesScreen)
    tab = next(tab for tab in frame.shown.page.parts if isinstance(tab, LettersTab))
    qtbot.waitUntil(lambda: any(n.startswith("Write:") for n in names(tab)), timeout=20_000)
    return tab


def names(tab: LettersTab) -> list[str]:
    return [b.accessibleName() or b.text() for b in tab.findChildren(Button)]


def said(page: LetterPage) -> str:
    QApplication.processEvents()  # it is drawn a moment after the questions
    return " ".join(t.text() for t in page.side.findChildren(Text))


def test_an_update_is_written_locked_and_marked_as_gone(opened: Opened, qtbot: QtBot) -> None:
    tab = tab_of(opened, qtbot)
    frame = opened.window.frame
    assert frame is not None
    next(b for b in tab.findChildren(Button) if b.accessibleName() == "Write: Where we are").click()
    page = frame.over
    assert isinstance(page, LetterPage)
    page.finish()
    assert frame.over is page, "what is missing is asked for"
    page.answered("next_steps", "We fit a lock by Friday")
    page.answered("speak_by", "2026-11-27")
    page.answered("how", "ring")
    assert "We fit a lock by Friday" in said(page)
    page.finish()
    qtbot.waitUntil(lambda: frame.over is None, timeout=20_000)
    qtbot.waitUntil(lambda: any(n.startswith("It has gone: Where we are") for n in names(tab)), timeout=20_000)
    next(b for b in tab.findChildren(Button) if b.accessibleName().startswith("It has gone")).click()
    gone = frame.over
    assert isinstance(gone, AddPage)
    gone.answered("how", "posted")
    gone.finish()
    assert frame.over is None
    assert not any(n.startswith("It has gone") for n in names(tab))


def test_what_is_typed_is_there_again(opened: Opened) -> None:
    frame = opened.window.frame
    assert frame is not None
    case = case_of(opened)
    page = open_letter(frame, case, "update", reporter(opened, case))
    page.answered("next_steps", "We fit a lock")
    frame.close_over()
    again = open_letter(frame, case, "update", reporter(opened, case))
    assert again.values["next_steps"] == "We fit a lock" and "We fit a lock" in said(again)


def test_a_letter_with_somebody_elses_name_is_stopped_until_there_is_a_reason(opened: Opened, qtbot: QtBot) -> None:
    frame = opened.window.frame
    assert frame is not None
    case = case_of(opened)
    other = NewPerson(name="Mr Invented Stranger", address="99 Elsewhere Road")
    frame.desk.do(add_to_case, case, other, "alleged_perpetrator")
    page = open_letter(frame, case, "update", reporter(opened, case))
    for question, value in {"next_steps": "Speak to Mr Stranger", "speak_by": "2026-11-27", "how": "ring"}.items():
        page.answered(question, value)
    assert "This stops it" in said(page) and "names somebody else" in said(page)
    page.finish()
    assert frame.over is page and page.go.isEnabled(), "the reason is asked for at once, and the next try counts"
    page.answered("_why", "She asked us to write his name")
    page.finish()
    qtbot.waitUntil(lambda: frame.over is None, timeout=20_000)


def test_blaming_words_are_shown_to_be_looked_at_again(opened: Opened) -> None:
    frame = opened.window.frame
    assert frame is not None
    case = case_of(opened)
    page = open_letter(frame, case, "update", reporter(opened, case))
    page.answered("waiting", "We think that it was a misunderstanding.")
    assert "Look at these words again" in said(page) and "“misunderstanding”" in said(page)


def test_a_case_closes_with_its_letter(opened: Opened, qtbot: QtBot) -> None:
    frame = opened.window.frame
    assert frame is not None
    tab, case = tab_of(opened, qtbot), case_of(opened)
    next(b for b in tab.findChildren(Button) if b.accessibleName() == "Write: We are closing your case").click()
    form = frame.over
    assert isinstance(form, AddPage) and form.add.id == "closing", "the form comes before its letter"
    answers = {"spoken": "yes", "reason": "resolved_early", "reason_words": "It has stopped.", "second": "R Hughes"}
    form.save({**answers, "object_by": "2026-12-07", "manager": "Rosalind Hughes", "call": "yes"})
    page = frame.over
    assert isinstance(page, LetterPage)
    assert page.values["why"] == "stopped" and page.values["second"] == "R Hughes"
    assert frame.desk.read(lambda s: s.get(Case, case).status) == "open"
    for question, value in {"done": "We fitted a lock", "second_number": "01632 960101"}.items():
        page.answered(question, value)
    page.finish()
    qtbot.waitUntil(lambda: frame.over is None, timeout=20_000)
    assert frame.desk.read(lambda s: s.get(Case, case).status) == "closed"


@pytest.mark.parametrize("which", ["Diary sheet", "Contact card", "What happens next"])
def test_papers_to_give_along_are_offered(opened: Opened, qtbot: QtBot, which: str) -> None:
    from asbdesk.casework.papers import MAKE, make_paper
    from asbdesk.ui.screens.case.letters import PAPERS

    tab = tab_of(opened, qtbot)
    frame = opened.window.frame
    assert frame is not None and which in names(tab)
    key = next(key for key, words, _ in PAPERS if words == which)
    case = case_of(opened)
    assert set(MAKE) == {key for key, _, _ in PAPERS}
    assert make_paper(frame.desk.desk, key, case, reporter(opened, case)).startswith(b"%PDF")
