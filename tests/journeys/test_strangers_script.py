"""A stranger's script: an officer's day by keyboard alone, each task found by its words on the screen."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from asbdesk.casework.landlord import add_member
from tests.journeys.stranger import CTRL, KEY, Stranger
from tests.ui.conftest import Opened, light, open_window, opened, practice_folder

__all__ = ["light", "open_window", "opened", "practice_folder"]

CASE = "Begum"
Step = tuple[str, ...]
"""`("choose", question, answer)` or `("fill", question, text)`."""


@pytest.fixture
def officer(qtbot: QtBot, opened: Opened) -> Stranger:
    frame = opened.window.frame
    assert frame is not None
    frame.desk.desk.store.index_words()
    frame.desk.desk.do(add_member, "Rosalind Hughes")
    return Stranger(qtbot, opened)


TASKS: dict[str, tuple[str, tuple[Step, ...], str]] = {
    "refer to the police": (
        "refer",
        (
            ("choose", "Which agency?", "olice"),
            ("fill", "What do we ask them to do?", "Tell us of incidents since May"),
            ("choose", "What did they say about us speaking to this agency?", "Yes"),
        ),
        "Another body was asked",
    ),
    "decide safeguarding": (
        "safeguarding",
        (
            ("choose", "Is it referred?", "Yes"),
            ("choose", "To whom?", "Children's social care"),
            ("fill", "Why, or why not?", "A child was in the room"),
        ),
        "Safeguarding decision",
    ),
    "write down a promise": (
        "promise",
        (("fill", "What did we say we would do?", "Ring on Friday before noon"),),
        "Ring on Friday before noon",
    ),
    "ask for a repair": (
        "repair",
        (
            ("fill", "What needs repairing?", "The front door's lock"),
            ("choose", "How is it tied to this case?", "It keeps the home secure"),
        ),
        "The front door's lock",
    ),
    "take a complaint about us": (
        "complain",
        (("choose", "What is it about?", "How we handled it, or did not"),),
        "A complaint about us",
    ),
    "warn of a weapon": (
        "warning",
        (
            ("choose", "What is it about?", "The home"),
            ("fill", "What happened, and when?", "A knife was shown on 3 May"),
            ("choose", "What do we do?", "Two officers go", "A weapon was seen"),
        ),
        "A knife was shown on 3 May",
    ),
    "keep a secret from the other person": (
        "must not be told",
        (
            ("choose", "Whom does it protect?", "Begum"),
            ("choose", "Who must not be told?", "alleged"),
            ("choose", "What must they not be told?", "Anything at all about them"),
        ),
        "Do not tell",
    ),
    "keep one of ours away": (
        "stays away",
        (
            ("choose", "Must somebody of ours stay away?", "Yes"),
            ("fill", "Who must not contact them?", "Al Invented"),
            ("choose", "Whom must they not contact?", "Begum"),
        ),
        "Al Invented must not contact",
    ),
    "write down a need": (
        "need",
        (("choose", "Whose?", "Begum"), ("choose", "Who said so?", "They did"), ("fill", "Something else", "Dialysis")),
        "",
    ),
    "settle the police question": (
        "police question",
        (("choose", "How was it settled?", "Reported to the police"),),
        "The police question",
    ),
    "book a visit": (
        "book",
        (("fill", "On which day?", "tomorrow"), ("choose", "What is it?", "A visit")),
        "A visit or meeting booked",
    ),
    "say that it is about a place": ("place", (("fill", "Which place?", "The bin store"),), ""),
    "record graffiti": (
        "graffiti",
        (("fill", "Where is it?", "The stair door"), ("choose", "Is it offensive or threatening?", "Yes")),
        "Graffiti found",
    ),
    "add somebody": (
        "somebody in this case",
        (
            ("fill", "What are they called?", "Sam Invented"),
            ("choose", "What is their part in it?", "Saw or heard it"),
        ),
        "",
    ),
    "hand the case over": (
        "hand the case over",
        (("choose", "To whom?", "Rosalind"), ("fill", "What must they know first?", "Ring only in the morning")),
        "Another officer looks after the case",
    ),
}


@pytest.mark.parametrize("task", TASKS, ids=[task.replace(" ", "-") for task in TASKS])
def test_something_is_added_to_a_case(task: str, officer: Stranger) -> None:
    typed, steps, seen = TASKS[task]
    officer.open_case(CASE)
    officer.add(typed)
    for how, question, *answers in steps:
        (officer.choose if how == "choose" else officer.fill)(question, *answers)
    officer.save()
    frame = officer.opened.window.frame
    assert frame is not None and frame.over is None, officer.opened.window.banner.words()
    assert not seen or officer.sees(seen)


def test_a_report_is_taken_by_telephone(officer: Stranger) -> None:
    officer.press(KEY.Key_N, CTRL)
    officer.fill("What happened, in their words", "He smashed my window again.")
    officer.choose("Who tells us?", "own")
    officer.fill("What are they called?", "Ms Ada Invented")
    officer.fill("Where do they live?", "9 Made-up Row")
    officer.choose("What kinds of thing?", "oise")
    officer.choose("How did they tell us?", "By telephone")
    officer.save()
    assert officer.sees("How long") or officer.sees("first look") or officer.sees("First look")
    assert officer.presses < 120, "two minutes at a key a second"


def test_a_failed_contact_is_recorded(officer: Stranger) -> None:
    officer.open_case(CASE)
    officer.add("contact")
    officer.choose("Who was it with?", "Begum")
    officer.choose("Who spoke to whom?", "ried")
    officer.choose("How?", "elephone")
    officer.fill("What was said?", "Nobody answered.")
    officer.save()
    assert officer.sees("Nobody answered.", "tried, not reached")


def test_a_mistake_is_put_right_and_undone(officer: Stranger) -> None:
    officer.open_case(CASE)
    officer.add("promise")
    officer.fill("What did we say we would do?", "Paint the moon")
    officer.save()
    assert officer.sees("Paint the moon")
    officer.button("Undo")
    assert officer.sees("Undone")


def test_a_word_is_found(officer: Stranger) -> None:
    officer.press(KEY.Key_K, CTRL)
    officer.write("door")
    assert officer.sees("Found, the newest first")


def test_the_shortcuts_are_listed(officer: Stranger) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel

    seen: list[str] = []

    def look() -> None:
        sheet = QApplication.activeModalWidget() or QApplication.activeWindow()
        assert sheet is not None
        seen.extend(label.text() for label in sheet.findChildren(QLabel))
        sheet.close()

    QTimer.singleShot(300, look)
    officer.press(KEY.Key_F1)
    officer.qtbot.waitUntil(lambda: bool(seen), timeout=3000)
    assert any("Ctrl" in text for text in seen)


def test_a_diary_sheet_comes_in_on_paper_and_is_keyed_in(officer: Stranger) -> None:
    officer.open_case(CASE)
    officer.add("on paper")
    officer.choose("From whom?", "Begum")
    officer.choose("What is it?", "iary")
    officer.save()
    officer.add("key in a diary")
    officer.choose("Who wrote it?", "Begum")
    officer.fill("On which day?", "20/11")
    officer.fill("When did it begin?", "23:30")
    officer.fill("What was seen and heard, word for word?", "Banging on the wall")
    officer.save()
    assert officer.sees("Banging on the wall"), officer.opened.window.banner.words()
    officer.save()


def test_a_case_is_found_at_the_same_address_while_a_report_is_taken(officer: Stranger) -> None:
    officer.press(KEY.Key_N, CTRL)
    officer.fill("Where do they live?", "Flat 12, Quillstone Court")
    officer.press(KEY.Key_Tab)
    assert officer.sees("What we know already", "Assault, then smashed windows")


def test_what_was_begun_stands_on_today_and_goes_on(officer: Stranger) -> None:
    officer.open_case(CASE)
    officer.add("promise")
    officer.fill("What did we say we would do?", "Half a thought")
    officer.button("Save and leave")
    officer.press(KEY.Key_1, CTRL)
    officer.button("Go on: We promised something")
    officer.find("What did we say we would do?")
    assert officer.sees("Half a thought")


def test_thirty_recordings_are_answered_at_once(officer: Stranger) -> None:
    from asbdesk.casework.cases import case_page, list_cases
    from asbdesk.casework.evidence import take_in

    frame = officer.opened.window.frame
    assert frame is not None
    desk = frame.desk
    case = next(line.id for line in desk.read(list_cases, today=desk.today).lines if "Quillstone" in line.address)
    person = desk.read(case_page, case, desk.today).people[0].id
    for night in range(30):  # as dropping a folder does (tests/ui/test_evidence.py)
        take_in(desk.desk, case, f"night {night}".encode(), name=f"night {night}.mp3", from_=person)
    officer.open_case(CASE)
    officer.find("Chronology")
    for _ in range(4):
        officer.press(KEY.Key_Right)
    officer.button("Answer all that waits")
    officer.fill("What do we think of it, and what do we do now?", "It shows loud music on 30 nights.")
    officer.save()
    assert not officer.sees("Answer all that waits")


def test_a_visit_is_started(officer: Stranger) -> None:
    officer.open_case(CASE)
    officer.button("visit")
    assert officer.sees("Before")


def test_a_timescale_is_changed(officer: Stranger) -> None:
    officer.press(KEY.Key_6, CTRL)
    officer.button("imescales")
    assert officer.sees("imescale")
