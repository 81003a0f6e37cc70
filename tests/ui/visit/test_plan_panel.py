"""The plan editor: suggestions by one press, steps changed in place, what may not be printed marked where it stands."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from asbdesk.casework.desk import Desk
from asbdesk.casework.visit_views import PlanDraft
from asbdesk.ui.screens.visit.plan_marks import HIDDEN, step_marks, text_marks
from asbdesk.ui.screens.visit.plan_panel import PlanPanel
from asbdesk.ui.screens.visit.plan_speak import speak_words
from asbdesk.ui.screens.visit.plan_steps import ABOUT_OTHER, StepForm, StepSection
from asbdesk.ui.screens.visit.screen import VisitScreen
from tests.ui.visit import living


@pytest.fixture
def panel(screen: VisitScreen) -> PlanPanel:
    living.go_in(screen)
    screen.path.answer("happened", "words", "He banged on the door with a bat.")
    screen.go("plan")
    living.drawn(screen)
    found = screen.findChild(PlanPanel)
    assert isinstance(found, PlanPanel)
    return found


def ours(panel: PlanPanel) -> StepSection:
    return panel.steps["ours"]


def form(panel: PlanPanel) -> StepForm:
    found = ours(panel).findChild(StepForm)
    assert isinstance(found, StepForm)
    return found


def test_a_suggestion_is_added_by_one_press_and_saved(panel: PlanPanel, desk: Desk) -> None:
    offer = ours(panel).offers[0]
    ours(panel)._adds[0].click()
    assert panel.visit.path.plan.ours[0].what == offer.what
    assert desk.drafts.values(panel.visit.path.run)["_plan"]["ours"][0]["code"] == offer.code
    assert offer.code not in {o.code for o in ours(panel).offers}


def test_why_it_is_suggested_is_only_mine(qtbot: QtBot, panel: PlanPanel, screen: VisitScreen) -> None:
    why = next(offer.why for offer in ours(panel).offers if offer.why)
    assert why not in living.words_on(screen)
    screen.turn_face()
    qtbot.waitUntil(lambda: why in living.words_on(screen))


def test_nothing_about_the_other_person_before_the_four_questions(panel: PlanPanel) -> None:
    offers = panel.visit.path.suggestions()
    assert not [o for o in offers if o.about_other and o.what == ABOUT_OTHER[1]]


def test_a_step_is_written_changed_and_taken_away(qtbot: QtBot, panel: PlanPanel) -> None:
    section = ours(panel)
    section.add.click()
    form(panel).what.setPlainText("Fit a new door lock")
    form(panel).who.setText("Repairs team")
    form(panel).by._typed("Wed 25 Nov")
    form(panel)._keep()
    step = panel.visit.path.plan.ours[0]
    assert (step.what, step.who, step.by) == ("Fit a new door lock", "Repairs team", "2026-11-25")
    qtbot.waitUntil(lambda: "by Wed 25 Nov" in living.words_on(section))
    section._edit(0)
    form(panel).what.setPlainText("Fit a new door lock and a spy hole")
    form(panel)._keep()
    assert panel.visit.path.plan.ours[0].what == "Fit a new door lock and a spy hole"
    section._put(0, None)
    assert panel.visit.path.plan.ours == ()


def test_a_step_about_the_other_household_is_one_of_three_forms(panel: PlanPanel) -> None:
    ours(panel).add.click()
    form(panel).other.click()
    assert not form(panel).what.isEnabled()
    form(panel).by._typed("4 December")
    form(panel).forms.choose(ABOUT_OTHER[2])
    form(panel)._keep()
    step = panel.visit.path.plan.ours[0]
    assert step.about_other
    assert step.what == "Decide what we can do next, and tell you by Friday 4 December"


def test_words_that_may_not_be_printed_are_marked_in_place(qtbot: QtBot, panel: PlanPanel, screen: VisitScreen) -> None:
    for words in ("Fit a new door lock", f"Warn {living.OTHER} about the vulnerable resident"):
        ours(panel).add.click()
        form(panel).what.setPlainText(words)
        form(panel).by._typed("4 December")
        form(panel)._keep()
    assert list(ours(panel).marks) == [1]
    panel.lines["told_us"].words.setPlainText("She is high risk.")
    panel.lines["told_us"].flush()
    qtbot.waitUntil(lambda: living.words_on(screen).count(HIDDEN) == 2)
    assert "names somebody else" not in living.words_on(screen)
    screen.turn_face()
    qtbot.waitUntil(lambda: "Before you can sign" in living.words_on(screen))
    qtbot.waitUntil(lambda: HIDDEN not in living.words_on(screen))
    living.drawn(screen)
    again = screen.findChildren(PlanPanel)[-1]
    assert "Write “the other household”" in living.words_on(again.steps["ours"])
    assert "Write what we will do to keep them safe" in living.words_on(again.lines["told_us"])


def test_marks_are_found_by_their_place() -> None:
    said = [
        "What we will do, 2: “ASB”. Write it out.",
        "What we will do, 2: “Evict”. No.",
        "What you told us: “x”. Not.",
    ]
    assert step_marks(said) == {"ours": {1: "“ASB”. Write it out. “Evict”. No."}}
    assert text_marks([*said, "Say by when we will: Fit a lock."]) == {"told_us": "“x”. Not."}


def test_the_next_contact_is_written_out_in_words(panel: PlanPanel) -> None:
    assert panel.speak is not None
    panel.speak.day._typed("fri 27 nov")
    panel.speak.time._typed("2.30pm")
    panel.speak.after.chosen.emit("every week")
    assert panel.speak.reads.text().endswith("will ring you on Friday 27 November, 14:30. After that, every week.")
    panel.speak.review._typed("in 2 weeks")
    assert panel.visit.path.plan.review_by == "2026-12-05"


def test_a_day_that_has_gone_is_not_taken(panel: PlanPanel) -> None:
    assert panel.speak is not None
    before = panel.visit.path.plan.contact_day
    panel.speak.day._typed("1/11/2026")
    assert "has gone" in panel.speak.day.reads.text()
    panel.speak.day._typed("soon")
    assert "not a day" in panel.speak.day.reads.text()
    panel.speak.time._typed("half past")
    assert "not a time" in panel.speak.time.reads.text()
    assert panel.visit.path.plan.contact_day == before


def test_the_sentence_says_what_is_known() -> None:
    assert speak_words(PlanDraft()) == "Choose a day."
    plan = PlanDraft(contact_who="Dami", contact_how="visit", contact_day="2026-11-27")
    assert speak_words(plan) == "Dami will visit you on Friday 27 November."


def test_what_was_told_and_wanted_can_be_put_right(qtbot: QtBot, panel: PlanPanel) -> None:
    panel.lines["told_us"].words.setPlainText("He banged on the door.\n\nHe shouted.")
    panel.lines["told_us"].flush()
    assert panel.visit.path.plan.told_us == ("He banged on the door.", "He shouted.")
