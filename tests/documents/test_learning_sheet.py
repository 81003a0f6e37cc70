"""The learning sheet: in short first, every late thing with why, and a picture that words tell too."""

from __future__ import annotations

import io

import pikepdf
import pytest

from asbdesk.documents import learning_sheet
from tests.documents.learned import learned, owed, released
from tests.documents.test_plan import pages_of, text_of

pytestmark = pytest.mark.needs("pdftotext")


def test_it_says_in_short_what_was_late_and_never_done() -> None:
    text = text_of(learning_sheet.make(released()))
    assert "Owed: 6. Done in time, or not needed: 3." in text and "Late: 3. Of those, never done: 1." in text
    assert "For our own staff to talk over." in text and "Dami Okafor, Wharram Homes" in text
    assert text.index("In short") < text.index("What was late") < text.index("What happened Day")


def test_each_late_thing_has_its_days_and_the_lesson_stands_once() -> None:
    text = text_of(learning_sheet.make(released()))
    assert text.count("A talk about the report (report") == 3 and "Not done" in text and "6 days" in text
    assert text.count("People were left to wonder.") == 1 and "November 2024 report" in text
    assert "Shouting on the <stairs> & banging" in text


def test_a_case_where_nothing_was_late_says_so() -> None:
    text = text_of(learning_sheet.make(released(learned(owed=(owed(0, late=False),)))))
    assert "Nothing was late." in text and "What was late, and what it teaches" not in text
    assert "What was done in time" in text


def test_what_ended_without_being_done_is_said() -> None:
    some = (owed(0, how="waived"), owed(1, how="ended"))
    text = text_of(learning_sheet.make(released(learned(owed=some))))
    assert "Not needed after" in text and "Case closed" in text


def test_lines_left_out_are_counted() -> None:
    assert "Lines with words left out: 4." in text_of(learning_sheet.make(released(learned(withheld=4))))


def test_the_picture_is_told_in_words() -> None:
    with pikepdf.open(io.BytesIO(learning_sheet.make(released()))) as pdf:
        alts = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert any("Things that happened: 6. Things that were late: 3." in alt for alt in alts)


def test_an_empty_case_and_one_of_many_years() -> None:
    empty = learned(0, events=(), owed=(), end="2024-01-08")
    assert "Nothing was late." in text_of(learning_sheet.make(released(empty)))
    assert pages_of(learning_sheet.make(released(learned(150)))) > 5
