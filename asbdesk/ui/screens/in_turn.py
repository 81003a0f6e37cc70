"""A first start: one question after another on a card, and what is slow done beside; for a desk of one's own or not."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QProgressBar, QWidget

from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.door import Door
from asbdesk.ui.errands import Errands
from asbdesk.ui.problems import Problems
from asbdesk.ui.screens.first_questions import Step
from asbdesk.ui.widgets.banner import Banner
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import Bar, Card, Scroll, column, holder, row
from asbdesk.ui.widgets.leaves import Leaves
from asbdesk.ui.widgets.text import Heading, Icon, Muted

CARD = 760
"""Pixels at 100 % text that the card takes at most."""


class InTurn(QWidget):
    """`done(desk)` when it is over. A subclass makes its `steps` and calls `_lay_out`."""

    done = Signal(object)
    steps: list[Step]
    across = CARD
    """Pixels at 100 % text that the page takes at most: the card, and what stands beside it."""

    def __init__(self, door: Door, errands: Errands, problems: Problems) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.door, self.errands, self.problems = door, errands, problems
        self.desk: Any = None
        self.banner, self.bar = Banner(), QProgressBar()
        self.at_words = Muted("", wrap=False)
        self.back = Button("Back", icon="chevron-left", big=True, on=self.go_back)
        self.go = PrimaryButton("Continue", big=True, on=self.onward)

    def _lay_out(self, title: str, *, beside: tuple[QWidget, ...] = (), before_go: tuple[QWidget, ...] = ()) -> None:
        """`beside` stands right of the title, `before_go` left of the button that goes on."""
        self.pages = Leaves(*self.steps)
        for step in self.steps:
            step.onward.connect(self.onward)
        self.bar.setRange(0, len(self.steps))
        self.bar.setTextVisible(False)
        brand = row(Icon("shield-alert", "accent", 30), Heading(title, 1), None, *beside, gap=12)
        head = column(brand, row((self.bar, 1), self.at_words, gap=14), gap=12, margins=(28, 18, 28, 16))
        card = Card(self.pages, margins=(36, 28, 36, 28))
        card.setMaximumWidth(theme.current().px(CARD))
        self.body = Scroll(holder(self._middle(card)))
        foot = row(self.back, None, *before_go, self.go, gap=12, margins=(28, 12, 28, 12))
        self.setLayout(
            column(
                Bar("header", head, self.across), self.banner, (self.body, 1), Bar("footer", foot, self.across), gap=0
            )
        )

    def _middle(self, card: Card) -> QLayout:
        """How the card lies on the page."""
        return column(row((card, 1)), None, margins=(28, 26, 28, 22))

    # ---- going on
    @property
    def at(self) -> int:
        return self.pages.at

    def show_step(self, at: int) -> None:
        """Ask question `at`, counted from 0."""
        step = self.steps[at]
        self.pages.show_leaf(at)
        self.body.verticalScrollBar().setValue(0)
        self.bar.setValue(at + 1)
        self.at_words.setText(f"Question {at + 1} of {len(self.steps)}")
        self.go.say(step.go_on)
        step.take_focus()

    def take_focus(self) -> None:
        self.steps[self.at].take_focus()

    def go_back(self) -> None:
        self.show_step(self.at - 1)

    def onward(self) -> None:
        """Check this question and go on."""
        if self.steps[self.at].ready():
            self.show_step(self.at + 1)

    # ---- slow work
    def _failed(self, problem: Exception) -> None:
        self._free()
        if isinstance(problem, UserError):
            self.banner.say("problem", str(problem))
        else:
            self.problems.tell(problem)

    def _held(self) -> tuple[QWidget, ...]:
        """What cannot be touched while something slow is done."""
        return self.pages, self.go, self.back

    def _busy(self, words: str) -> None:
        self.banner.say("note", words)
        for part in self._held():
            part.setEnabled(False)

    def _free(self) -> None:
        self.banner.hide()
        for part in self._held():
            part.setEnabled(True)
