"""The plan of a case in another form: large, easy to read, a card; in the person's language beside English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from asbdesk.casework.languages import LAYOUT_NAMES, Language, Offer, languages, offer
from asbdesk.casework.plan_papers import CARD, reader_of, to_read
from asbdesk.ui.screens.visit.plan_form import ENGLISH, language_options
from asbdesk.ui.tab_order import Dialog
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.fields import Choice, Labelled
from asbdesk.ui.widgets.layout import column, row
from asbdesk.ui.widgets.text import Heading, Muted
from asbdesk.ui.widgets.tiles import TileGroup

if TYPE_CHECKING:
    from asbdesk.casework.way_out import Leaving
    from asbdesk.ui.frame import Frame

WORDS = "It says the same as the locked copy, which stays as it is. What helps them to read is chosen already."


class PlanForms(Dialog):
    """What was chosen is in `layout_name` and `language` once it is accepted."""

    def __init__(self, frame: Frame, known: tuple[Language, ...], first: Offer) -> None:
        super().__init__(frame)
        self.setWindowTitle("The plan in another form")
        self.forms = TileGroup([*LAYOUT_NAMES.items(), (CARD, "Pocket card")], name="Which form?", small=True)
        self.forms.set_value(first.layout)
        options = language_options(known)
        self.languages = Choice(options, name="In which language?", value=first.language or ENGLISH)
        go = PrimaryButton("Look at it", icon="eye", on=self.accept)
        foot = row(Button("Cancel", on=self.reject), None, go, gap=10)
        ask = (Labelled("Which form?", self.forms), Labelled("Language", self.languages))
        body = column(Heading("The plan in another form", 2), Muted(WORDS), *ask, None, foot, gap=14)
        body.setContentsMargins(24, 20, 24, 20)
        self.setLayout(body)

    @property
    def layout_name(self) -> str:
        return str(self.forms.value() or "standard")

    @property
    def language(self) -> str:
        return self.languages.value()


def choose_form(frame: Frame, case: str, leaving: Leaving) -> None:
    """Ask for the form, make it, and show it, to be printed or saved from there."""
    from asbdesk.documents.preview import flattened
    from asbdesk.ui.screens.case.paper import show_paper

    desk = frame.desk.desk
    known = languages(desk)
    ask = PlanForms(frame, known, desk.read(offer, desk.read(reader_of, case), known))
    if ask.exec() != QDialog.DialogCode.Accepted:
        return
    form, language = ask.layout_name, ask.language
    frame.desk.later(
        lambda: flattened(to_read(desk, case, layout=form, language=language)),
        lambda pdf: show_paper(frame, pdf, "The plan, to read", leaving=leaving),
        owner=frame,
    )
