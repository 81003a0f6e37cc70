"""A third script: what goes otherwise on an officer's day, and is put right, by keyboard alone."""

from __future__ import annotations

import pytest

from tests.journeys.stranger import CTRL, CTRL_SHIFT, KEY, Stranger

CASE = "Begum"


def test_a_promise_is_put_right_and_moved(officer: Stranger) -> None:
    officer.add("promise")
    officer.write("Ring on Friday")
    officer.fill("By when?", "Friday")
    officer.saved()
    officer.part("Contacts and promises")
    officer.button("Put right: We promised: Ring on Friday")
    officer.fill("By when?", "in 2 weeks")
    officer.saved("Put right")
    officer.add("postpone")
    officer.fill("Which day is it now?", "monday next week")
    officer.choose("Were they told?", "Yes")
    officer.fill("Why has it moved?", "He is away")
    officer.saved("The new day is written down")
    officer.tab("Chronology")
    assert officer.sees("It said: “Friday 27 November 2026”", "A promise has a new day")


@pytest.mark.long
def test_a_report_stands_in_the_wrong_case(officer: Stranger) -> None:
    officer.add("wrong case")
    officer.fill("Find it by a word", "Her neighbour hit")
    officer.choose("What is to be put right?", "Her neighbour hit")
    officer.choose("What is wrong with it?", "It belongs to another case")
    officer.fill("Which case does it belong to?", "ASB-2026-A0002")
    officer.saved("It stands in the other case")
    officer.press(KEY.Key_Z, CTRL)
    officer.waits_for("Undone")


@pytest.mark.long
def test_somebody_written_down_twice(officer: Stranger) -> None:
    officer.add("witness")
    officer.write("Rahima Begum")
    officer.choose("What is their part in it?", "Saw or heard")
    officer.saved()
    officer.tab("People")
    officer.button("Written down twice: Rahima Begum")
    officer.choose("Which one are they?", "Ms Rahima Begum")
    officer.saved("They are one person now")


def test_a_solicitor_acts_and_letters_stop(officer: Stranger) -> None:
    officer.add("solicitor")
    officer.write("Ms Lex Invented")
    officer.choose("What is their part in it?", "Supports them")
    officer.choose("With whom", "Begum")
    officer.choose("Are they their solicitor?", "Yes")
    officer.saved("has a solicitor, Ms Lex Invented")
    officer.tab("Letters")
    officer.waits_for("Write a letter")
    officer.button("Write: Where we are")
    officer.waits_for("This stops it", "letters go to the solicitor")


@pytest.mark.long
def test_nobody_answers_and_they_want_stage_2(officer: Stranger) -> None:
    officer.press(KEY.Key_N, CTRL_SHIFT)
    officer.write("chase")
    officer.waits_for("goes on from something in “Agencies”")
    officer.press(KEY.Key_Escape)
    officer.add("dissatisfied")
    officer.choose("What is it about?", "How we handled it")
    officer.fill("When did they first say so?", "last Tuesday")
    officer.saved()
    officer.add("stage 2")
    officer.write("Nobody has answered me")
    officer.saved("Stage 2 has begun")


@pytest.mark.long
def test_a_report_at_the_counter(officer: Stranger) -> None:
    officer.press(KEY.Key_N, CTRL)
    officer.write("Bins set alight behind the block")
    officer.fill("What are they called?", "Mr Counter Invented")
    officer.fill("Where do they live?", "3 Made-up Row")
    officer.fill("When was it?", "last Tuesday")
    officer.choose("What kinds of thing?", "Damage")
    officer.choose("How did they tell us?", "At the counter")
    officer.saved("First look")


@pytest.mark.long
def test_a_referral_is_chased_twice(officer: Stranger) -> None:
    officer.add("refer")
    officer.choose("Which agency?", "Police")
    officer.fill("What do we ask them to do?", "Say what happened on 3 May")
    officer.choose("What did they say about us", "Yes")
    officer.saved()
    for time in ("once", "twice"):
        officer.add("chase")
        officer.write(f"Chased PC 1234 {time}")
        officer.saved("The chase is written down")


@pytest.mark.long
def test_a_letter_is_not_safe_any_more(officer: Stranger) -> None:
    officer.add("agreement")
    officer.choose("With whom?", "Begum")
    officer.choose("What is the best way", "By text")
    officer.choose("How often", "Every week")
    officer.choose("What must we not do?", "Send a letter")
    officer.saved()
    officer.tab("Letters")
    officer.waits_for("Write a letter")
    officer.button("Write: Where we are")
    officer.waits_for("This stops it", "a letter is not safe")


@pytest.mark.long
def test_an_order_is_not_kept_last_night(officer: Stranger) -> None:
    officer.add("hearing")
    officer.write("Injunction")
    officer.fill("On which day?", "12/12")
    officer.saved()
    officer.add("breached")
    officer.fill("What happened?", "Came back to the door")
    officer.fill("When did it happen?", "last night 11pm")
    officer.saved()
    officer.add("what we do about it")
    officer.write("The police were told")
    officer.saved()


@pytest.mark.long
def test_a_step_of_the_plan_moves(officer: Stranger) -> None:
    officer.tab("Action plan")
    officer.button("Another day: ")
    officer.fill("Which day is it now?", "next Friday")
    officer.choose("Were they told?", "Yes")
    officer.fill("Why has it moved?", "The fitter is ill")
    officer.saved("The new day is written down")


@pytest.mark.long
def test_permission_is_taken_back(officer: Stranger) -> None:
    officer.add("withdrew permission")
    officer.choose("Who answered?", "Begum")
    officer.choose("About whom?", "police")
    officer.choose("What did they say?", "No")
    officer.saved("Their answer is written down")


@pytest.mark.long
def test_a_diary_sheet_is_looked_at_to_print(officer: Stranger) -> None:
    officer.tab("Letters")
    officer.waits_for("To give along")
    with officer.asked(lambda: officer.press(KEY.Key_Escape)):
        officer.button("Diary sheet")


@pytest.mark.long
def test_an_alert_is_changed_and_ends(officer: Stranger) -> None:
    officer.add("knife")
    officer.choose("What is it about?", "Stroud")
    officer.fill("What happened, and when?", "A machete was shown on 3 May")
    officer.choose("What do we do?", "Two officers go")
    officer.saved("Two officers: A machete")
    officer.add("change alert")
    officer.choose("Does it still stand?", "reads otherwise")
    officer.fill("What happened, and when?", "A kitchen knife was shown on 3 May")
    officer.fill("Why?", "The police say so")
    officer.saved("Two officers: A kitchen knife")
    officer.add("lift the warning")
    officer.choose("Does it still stand?", "it ends")
    officer.fill("Why?", "He has moved away")
    officer.saved()
    officer.part("Needs, warnings and who must not know")
    assert officer.sees("Ended") and not officer.sees("Looked at again by")


@pytest.mark.long
def test_somebody_may_be_told_now(officer: Stranger) -> None:
    officer.add("must not be told")
    officer.choose("Whom does it protect?", "Begum")
    officer.choose("Who must not be told?", "alleged")
    officer.choose("What must they not be told?", "Anything")
    officer.saved("Do not tell")
    officer.add("no longer confidential")
    officer.write("He may know: she told him")
    officer.fill("Which manager agreed?", "R Hughes")
    officer.saved("The rule has ended")


def test_two_callers_one_after_the_other(officer: Stranger) -> None:
    officer.press(KEY.Key_N, CTRL)
    officer.write("He banged on my door")
    officer.fill("What are they called?", "Ms First Invented")
    officer.press(KEY.Key_Escape)
    officer.press(KEY.Key_N, CTRL)
    officer.write("The bins are on fire")
    assert not officer.sees("He banged on my door"), "nobody's words come into somebody else's report"
    officer.button("Go on with the report: Ms First Invented")
    assert officer.sees("He banged on my door", "it goes on where it was left")
    officer.press(KEY.Key_Escape)
    officer.press(KEY.Key_1, CTRL)
    assert officer.sees("A report is half taken: Ms First Invented", "A report is half taken: The bins are on fire")
