"""What is pasted and typed by mistake: kept whole or refused in words, never with a traceback."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from asbdesk.casework.cases import case_page, list_cases
from asbdesk.casework.chronology import chronology
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.case.adding import AddPage, open_add
from asbdesk.ui.widgets.fields import Field, Words
from tests.ui import walking
from tests.ui.conftest import Opened

LONG = "long words " * 95_000
"""More than 1 MB."""
STRANGE = {
    "right to left": "\u0645\u0631\u062d\u0628\u0627 \u202eabc\u202c",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f525",
    "control signs": "a\x00b\x07c\x1bd\x7fe",
    "half a sign": "a\ud800b",
    "accents": "e\u0301\u0301\u0301" * 50,
}


def begin(opened: Opened, of: str, add: str) -> tuple[Frame, str, AddPage]:
    frame = opened.window.frame
    assert frame is not None
    case = str(frame.desk.read(list_cases, today=frame.desk.today).lines[0].id)
    return frame, case, open_add(frame, case, of, add)


def paste(page: AddPage, question: str, text: str) -> None:
    """As Ctrl+V does."""
    view = next(w for w in (*page.findChildren(Field), *page.findChildren(Words)) if w.accessibleName() == question)
    if isinstance(view, Field):
        view.insert(text)
    else:
        view.insertPlainText(text)
    view.flush()
    walking.settle()


def _says(page: AddPage, words: str) -> bool:
    return any(words in label.text() for label in page.findChildren(QLabel))


@pytest.mark.parametrize("text", [*STRANGE.values(), LONG], ids=[*STRANGE, "1 MB"])
def test_pasted_text_is_kept_in_one_line_as_far_as_it_goes(text: str, opened: Opened) -> None:
    frame, case, page = begin(opened, "contacts", "promise")
    paste(page, "What did we say we would do?", text)
    page.go.click()
    walking.settle()
    assert frame.over is None
    assert "romise" in frame.desk.read(chronology, case)[0].title


@pytest.mark.parametrize("text", [*STRANGE.values(), LONG], ids=[*STRANGE, "1 MB"])
def test_pasted_text_is_kept_in_many_lines(text: str, opened: Opened) -> None:
    frame, case, page = begin(opened, "safety", "safeguarding")
    page.answered("referred", "no")
    walking.settle()
    paste(page, "Why, or why not?", text)
    page.go.click()
    walking.settle()
    if text is LONG:
        assert frame.over is page and _says(page, "Make it shorter.")
        return
    assert frame.over is None
    assert frame.desk.read(chronology, case)[0].title == "Safeguarding decision"


@pytest.mark.parametrize("day", ["1890", "1/1/1890", "31/02", "1 January 2290"])
def test_a_day_that_cannot_be_is_said_so(day: str, opened: Opened) -> None:
    frame, _, page = begin(opened, "contacts", "appointment")
    page.answered("how", "visit")
    paste(page, "On which day?", day)
    assert _says(page, "not a date yet")
    page.go.click()
    walking.settle()
    assert frame.over is page


def test_nothing_has_happened_tomorrow(opened: Opened) -> None:
    frame, _, page = begin(opened, "safety", "safeguarding")
    page.answered("referred", "no")
    walking.settle()
    paste(page, "Why, or why not?", "The school knows.")
    paste(page, "When was it decided?", "tomorrow")
    page.go.click()
    walking.settle()
    assert frame.over is page and opened.window.banner.words()


def test_somebody_is_both_hurt_and_named(opened: Opened) -> None:
    from asbdesk.casework.people import involve

    frame = opened.window.frame
    assert frame is not None
    desk = frame.desk
    case = desk.read(list_cases, today=desk.today).lines[0].id
    person = desk.read(case_page, case, desk.today).people[0].id
    desk.do(involve, case, person, "alleged_perpetrator")
    frame.open_case(case, "people")
    (line,) = (p for p in desk.read(case_page, case, desk.today).people if p.id == person)
    assert "Reported it" in line.role and "Alleged perpetrator" in line.role
