"""A fourth script: a day of what is seldom, each found by an officer's own word for it, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.journeys.stranger import CTRL, KEY, Stranger, told_before

pytestmark = pytest.mark.long
CASE = "Begum"


def test_a_mother_who_lives_there_and_the_children(officer: Stranger) -> None:
    officer.add("mother")
    officer.write("Mrs Nur Begum")
    officer.choose("What is their part in it?", "Lives")
    officer.choose("With whom", "Begum")
    officer.saved("They are in the case")
    officer.add("baby")
    officer.fill("How many under 18", "2")
    officer.saved("It is written down")


def test_an_interpreter_is_needed_and_nobody_may_know_where(officer: Stranger) -> None:
    officer.tab("People")
    officer.button("Correct their details: Ms Rahima")
    officer.fill("Which language", "Sylheti")
    officer.choose("Do they need an interpreter?", "Yes")
    officer.choose("Are they in a refuge", "Yes")
    officer.saved("Speaks Sylheti – interpreter needed")
    assert officer.sees("lives where nobody must know", "Book an interpreter (Sylheti)")


def test_hate_for_somebody_perceived_as_on_two_grounds_and_no_police(officer: Stranger) -> None:
    officer.add("someone perceived as gay")
    officer.choose("Does any of these fit?", "Being gay", "Disability")
    officer.choose("Or is it about something else?", "Age")
    officer.choose("Who thinks it is hate?", "You, or a colleague")
    officer.fill("Who must not know?", "Her father")
    officer.choose("What about the police?", "No No")
    officer.fill("What have you done", "Rang her; it is on our record alone.")
    officer.saved("The hate incident is written down")
    officer.press(KEY.Key_4, CTRL)
    officer.waits_for("Police: they chose not to")
    assert not officer.sees("gay") and not officer.sees("Her father")


def test_nobody_called_back_and_there_is_drumming(officer: Stranger) -> None:
    officer.press(KEY.Key_N, CTRL)
    officer.write("Nobody came back to me. Drumming every night.")
    officer.fill("What are they called?", "Mr Abel Invented")
    officer.fill("Where do they live?", "30 Made-up Row")
    officer.choose("What kinds of thing?", "Noise")
    officer.choose("Are they unhappy with us too?", "Yes")
    officer.saved("First look", "They are unhappy with what we did")
    officer.choose("What is it, as far", "Everyday")
    officer.choose("Is any of it about what we did", "Yes")
    officer.choose("What is the complaint about?", "How we handled it")
    looked: tuple[tuple[str, str], ...] = (("How long", "weeks"), ("How often", "Most weeks"), ("How much", "bothers"))
    looked += (("Is anyone in your home", "No"), ("Are you afraid", "No"), ("Is it getting worse", "No"))
    for question, answer in looked:
        officer.choose(question, answer)
    officer.saved("The first look is written down")
    officer.part("Complaints about us")
    assert officer.sees("Said in the report of Monday 23 November.", "Acknowledge the complaint")
    assert not officer.sees("unanswered")


def test_the_same_again_goes_to_what_is_there(officer: Stranger) -> None:
    officer.press(KEY.Key_N, CTRL)
    officer.write("Again last night.")
    officer.fill("What are they called?", "Rahima Begum")
    officer.button("Choose Ms Rahima Begum (practice): this caller")
    officer.press(KEY.Key_Space)  # the focus stands on their case
    officer.choose("Anything worse, or different", "No")
    officer.saved("The report is written down")
    assert officer.presses <= 40 and officer.frame.over is None, "more of the same needs no first look"


def test_a_picture_from_the_clipboard_is_answered(officer: Stranger) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0xFF00FF)
    QApplication.clipboard().setImage(picture)
    officer.tab("Evidence")
    officer.press(KEY.Key_V, CTRL)
    officer.waits_for("Taken. It waits to be looked at and answered.")
    officer.button("Looked at, and answered: Pasted")
    officer.write("It shows the broken door.")
    officer.fill("How were they told?", "Rang her")
    officer.saved("It is answered", "We think: It shows the broken door.")


def test_the_police_ask_and_a_school_is_told_at_a_meeting(officer: Stranger) -> None:
    officer.add("police request")
    officer.choose("Which agency?", "Police")
    officer.choose("Is it about somebody's safety?", "Yes")
    officer.fill("What do they ask?", "Does he own a gun?")
    officer.saved("The request is written down")
    officer.add("told them verbally")
    officer.choose("Which body?", "School")
    officer.fill("Who there was told?", "Ms Head")
    officer.fill("What is it for?", "To keep the boy safe")
    officer.fill("What were they told?", "That he sleeps badly")
    officer.choose("What did the person it is about say?", "Yes")
    officer.fill("Which lawful basis", "A person at risk")
    officer.fill("Until when may they keep it?", "1/3/2027")
    officer.saved()
    officer.press(KEY.Key_K, CTRL)
    officer.write("sharing log")
    officer.press(KEY.Key_Return)
    assert officer.sees("Told: Ms Head, School")


def test_a_stair_with_three_homes(officer: Stranger) -> None:
    told_before(officer, "Mrs Ivy Invented", "7 Made-up Row")
    officer.open_case("Ivy")
    officer.add("stairwell")
    officer.write("The stair of 1 to 12")
    officer.saved("The stair of 1 to 12")
    for name, where in (("Mr Ed Invented", "8 Made-up Row"), ("Ms Fi Invented", "9 Made-up Row")):
        officer.add("neighbour")
        officer.write(name)
        officer.choose("What is their part in it?", "Affected")
        officer.fill("Where do they live?", where)
        officer.saved("They are in the case")
    officer.add("homes affected")
    officer.waits_for("3 households nobody has spoken to", "Mr Ed Invented", "Ms Fi Invented")
    officer.press(KEY.Key_Escape)


def test_money_back_for_a_lock(officer: Stranger) -> None:
    officer.add("reimburse")
    officer.choose("What do we offer?", "Money back")
    officer.fill("How much, in pounds?", "64.50")
    officer.fill("Why this?", "The lock that she paid for")
    officer.saved("The offer is written down")
    officer.part("Complaints about us")
    assert officer.sees("Money back: £64.50")


def test_a_case_that_is_open_is_not_opened_again(officer: Stranger) -> None:
    officer.add("reopen")
    officer.write("It began again")
    officer.save()
    assert officer.sees("This case is open.", "Open it again"), "what was typed stands there"
    with officer.asked(lambda: officer.button("Throw away")):
        officer.button("Throw it away")


def test_two_who_report_each_other_get_two_officers(officer: Stranger) -> None:
    officer.press(KEY.Key_N, CTRL)
    officer.write("Her boy bangs on my wall all day.")
    officer.fill("What are they called?", "Kester Stroud")
    officer.button("Choose Mr Kester Stroud (practice): this caller")
    officer.choose("What kinds of thing?", "Noise")
    officer.saved("First look")
    officer.press(KEY.Key_Escape)
    officer.add("tit for tat")
    officer.waits_for("One officer has both. Offer a second one")
    officer.button("A second officer takes")
    officer.choose("Which officer?", "Rosalind Hughes")
    officer.fill("What do they need to know?", "See them apart")
    officer.saved("The case has a new officer")


def test_annual_leave_begins_at_the_search(officer: Stranger) -> None:
    officer.press(KEY.Key_1, CTRL)
    officer.press(KEY.Key_K, CTRL)
    officer.write("annual leave")
    officer.press(KEY.Key_Return)
    officer.waits_for("Who covers for you?")
    officer.pick("Who covers for you?", "Rosalind")
    officer.fill("Until when?", "4 Dec")
    officer.fill("What must they know", "Ring me if it gets worse")
    officer.button("Give these to them")
    assert officer.frame.over is None
