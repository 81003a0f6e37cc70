"""Settings, languages of plans: which there are, how each looks on paper, its words to edit, and who approved them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLayout, QWidget

from asbdesk.casework.languages import Language, approve, languages, sample, to_edit
from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.fields import Field
from asbdesk.ui.widgets.layout import MARGIN, Bar, Card, Scroll, column, holder, redrawn, row
from asbdesk.ui.widgets.text import Heading, Muted, Pill, Text

WORDS = (
    "Each language stands beside the English, never alone. Until somebody who reads it well has approved it, every "
    "page says that it is a draft."
)
ASK = "Who read these words and approves them?"

ACROSS = 880
"""Pixels at 100 % text that the page takes at most."""


class LanguagesPage(QWidget):
    """`left` when it is over."""

    left = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("page")
        theme.load_scripts()
        self.frame_ = frame
        head = column(Heading("Languages of plans", 1), Muted(WORDS), gap=2, margins=(28, 14, 28, 14))
        self._box = column(gap=8)
        self.names: dict[str, Field] = {}
        body = holder(column(self._box, None, gap=12, margins=(28, 18, 28, 22)))
        body.setMaximumWidth(theme.current().px(ACROSS) + 2 * theme.current().gap(MARGIN))
        self.done = PrimaryButton("Done", big=True, on=self.left.emit)
        foot = row(None, self.done, margins=(28, 10, 28, 10))
        scroll = Scroll(holder(row((body, 1))))
        self.setLayout(column(Bar("header", head, ACROSS), (scroll, 1), Bar("footer", foot, ACROSS), gap=0))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.left.emit)
        self.setFocusProxy(self.done)
        self.draw()

    def draw(self) -> None:
        """Every language and how it stands."""
        self.names = {}
        with redrawn(self._box):
            for one in languages(self.frame_.desk.desk):
                self._box.addWidget(self._card(one))

    def _card(self, one: Language) -> QWidget:
        pill = Pill("Approved", "green") if one.by else Pill("Cannot be used" if one.fault else "Draft", "amber")
        head = row(Heading(one.english, 3), Text(one.name, "body"), pill, None, gap=10)
        look = Button("Look at it", icon="eye", name=f"Look at {one.english}", on=partial(self._look, one))
        edit = Button("Edit the words", icon="pen-line", name=f"Edit {one.english}", on=partial(self._edit, one))
        parts: list[QWidget | QLayout] = [head, Muted(one.state)]
        if not one.fault:
            parts.append(row(look, edit, None, gap=10))
        if not one.by and not one.fault:
            field = self.names[one.code] = Field(name=f"{ASK} {one.english}", hint=ASK, limit=120)
            yes = Button("Approve", icon="badge-check", name=f"Approve {one.english}", on=partial(self._approve, one))
            parts.append(row((field, 1), yes, gap=10))
        return Card(*parts, margins=(18, 12, 18, 14), gap=8)

    def _look(self, one: Language) -> None:
        from asbdesk.ui.screens.case.paper import show_paper

        desk = self.frame_.desk.desk
        self.frame_.desk.later(
            lambda: sample(desk, one.code), lambda pdf: show_paper(self.frame_, pdf, one.english), owner=self
        )

    def _edit(self, one: Language) -> None:
        files = to_edit(self.frame_.desk.desk, one.code)
        self.frame_.say("done", f"Edit “{files[0].name}” and “{files[1].name}” in {files[0].parent}, then come back.")

    def _approve(self, one: Language) -> None:
        name = self.names[one.code].text().strip()
        if not name:
            raise UserError("Write who read these words and approves them.")
        approve(self.frame_.desk.desk, one.code, name)
        self.draw()


def open_languages(frame: Frame) -> LanguagesPage:
    """The page over the window."""
    page = LanguagesPage(frame)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page
