"""How a plan is printed, chosen in the window: on the visit, in the case, and the languages in Settings."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from asbdesk.casework.desk import Desk
from asbdesk.casework.languages import Offer, language, languages
from asbdesk.casework.people import change_person
from asbdesk.errors import UserError
from asbdesk.ui.screens.case.plan_forms import PlanForms
from asbdesk.ui.screens.plan_languages import LanguagesPage
from asbdesk.ui.screens.visit.copy_panel import FORMS
from asbdesk.ui.screens.visit.plan_form import FormSection, language_options
from asbdesk.ui.screens.visit.plan_panel import PlanPanel
from asbdesk.ui.screens.visit.screen import VisitScreen
from tests.ui.visit import living


class Framed:
    """What the page asks of the frame."""

    def __init__(self, desk: Desk) -> None:
        self.desk = type("Ui", (), {"desk": desk})()
        self.said: list[str] = []

    def say(self, _kind: str, words: str) -> None:
        self.said.append(words)


def test_a_language_is_approved_by_name_and_worded_in_the_stores_own_folder(qtbot: QtBot, desk: Desk) -> None:
    frame = Framed(desk)
    page = LanguagesPage(frame)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    urdu = language(desk, "ur")
    with pytest.raises(UserError, match="Write who read"):
        page._approve(urdu)
    page.names["ur"].setText("Farid Haque")
    page._approve(urdu)
    assert language(desk, "ur").by == "Farid Haque" and "ur" not in page.names
    page._edit(urdu)
    assert (desk.store.paths.own_words / "plan.ur.yaml").exists() and "plan.ur.yaml" in frame.said[-1]


def test_what_helps_them_to_read_is_chosen_already(qtbot: QtBot, desk: Desk) -> None:
    section = FormSection(languages(desk), Offer("large", "ur"))
    qtbot.addWidget(section)
    told: list[dict[str, object]] = []
    section.changed.connect(told.append)
    assert section.layouts.value() == "large" and section.languages.value() == "ur"
    section.show_words("ur", (("Ring you on Friday", ""),))
    section.fields["Ring you on Friday"].setText("جمعے کو فون کریں گے")
    section.flush()
    assert told == [{"own": (("Ring you on Friday", "جمعے کو فون کریں گے"),)}]
    assert dict(language_options(languages(desk)))["pl"] == "Polish and English (draft)"


def test_the_case_offers_every_form(qtbot: QtBot, desk: Desk) -> None:
    dialog = PlanForms(None, languages(desk), Offer("easy", "bn"))  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    assert (dialog.layout_name, dialog.language) == ("easy", "bn")
    assert [form for form, _ in FORMS] == ["plan", "large", "easy", "pocket_card"]


def test_the_visits_plan_is_put_into_their_language_in_place(screen: VisitScreen) -> None:
    living.go_in(screen)
    desk = screen.path.desk
    desk.do(change_person, screen.path.state.person, language="Urdu")
    screen.path.answer("happened", "words", "He banged on the door with a bat.")
    screen.go("plan")
    living.drawn(screen)
    panel = screen.findChild(PlanPanel)
    assert isinstance(panel, PlanPanel) and panel.form is not None
    assert panel.form.languages.value() == "ur"
    said = "He banged on the door with a bat."
    panel.form.fields[said].setText("اس نے بلے سے دروازہ پیٹا۔")
    panel.flush()
    assert (said, "اس نے بلے سے دروازہ پیٹا۔") in screen.path.plan.own
