"""A few questions in a row over the window: one page each, back and on, and slow work between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QWidget

from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.first_questions import Step
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import Bar, Card, Scroll, column, holder, row
from asbdesk.ui.widgets.leaves import Leaves
from asbdesk.ui.widgets.text import Heading, Muted, Text

ACROSS = 800
"""Pixels at 100 % text that the page takes at most."""


class Guided(QWidget):
    """`left` when it is over. A subclass gives the steps and says in `after(step)` what follows each."""

    left = Signal()

    def __init__(self, frame: Frame, title: str, steps: list[Step]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_, self.steps = frame, steps
        self.pages = Leaves(*steps)
        for step in steps:
            step.onward.connect(self.onward)
        self.bar, self.at_words = QProgressBar(), Muted("", wrap=False)
        self.bar.setRange(0, len(steps))
        self.bar.setTextVisible(False)
        self.said = Text("", "strong", tone="red")
        self.said.hide()
        self.leave = Button("Leave", big=True, on=self.left.emit)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._leave_by_key)
        self.back = Button("Back", icon="chevron-left", big=True, on=self.go_back)
        self.go = PrimaryButton("Continue", big=True, on=self.onward)
        head = column(Heading(title, 1), row((self.bar, 1), self.at_words, gap=14), gap=10, margins=(28, 16, 28, 14))
        card = Card(self.said, self.pages, gap=14, margins=(32, 26, 32, 28))
        card.setMaximumWidth(theme.current().px(ACROSS))
        self.body = Scroll(holder(column(row((card, 1)), None, margins=(28, 22, 28, 22))))
        foot = Bar("footer", row(self.leave, None, self.back, self.go, gap=12, margins=(28, 10, 28, 10)), ACROSS)
        self.setLayout(column(Bar("header", head, ACROSS), (self.body, 1), foot, gap=0))
        self.show_step(0)

    def _leave_by_key(self) -> None:
        if self.leave.isVisible():
            self.leave.click()

    # ---- going on
    @property
    def step(self) -> Step:
        return self.steps[self.pages.at]

    def show_step(self, at: int) -> None:
        """Ask question `at`, counted from 0."""
        self.pages.show_leaf(at)
        self.body.verticalScrollBar().setValue(0)
        self.bar.setValue(at + 1)
        self.at_words.setText(f"{at + 1} of {len(self.steps)}")
        self.bar.setAccessibleName(f"Step {self.at_words.text()}: {self.step.short}")
        self.back.setVisible(at > 0 and self.can_go_back(self.step))
        self.leave.setVisible(self.can_leave(self.step))
        self.go.say(self.step.go_on)
        self.say("")
        self.step.take_focus()

    def can_go_back(self, step: Step) -> bool:
        return True

    def can_leave(self, step: Step) -> bool:
        return True

    def go_back(self) -> None:
        self.show_step(self.pages.at - 1)

    def onward(self) -> None:
        """Check this step, and do what follows it."""
        self.say("")
        if self.step.ready():
            self.after(self.step)

    def after(self, step: Step) -> None:
        """What follows a step that is ready: the next one, or the end."""
        at = self.pages.at + 1
        if at < len(self.steps):
            self.show_step(at)
        else:
            self.left.emit()

    def next(self) -> None:
        self.show_step(self.pages.at + 1)

    # ---- slow work
    def work(self, words: str, fn: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Do something slow, and say so; what goes wrong is said on the page, and can be tried again."""
        self.say(words, "grey")
        self._busy(True)

        def ended(answer: Any) -> None:
            self._busy(False)
            self.say("")
            done(answer)

        def failed(problem: Exception) -> None:
            self._busy(False)
            if isinstance(problem, UserError):
                self.say(str(problem))
            else:
                self.say("")
                self.frame_.desk.errands.tell(problem)
            self.step.take_focus()

        self.frame_.desk.later(fn, ended, failed, owner=self)

    def _busy(self, on: bool) -> None:
        for part in (self.pages, self.go, self.back, self.leave):
            part.setEnabled(not on)

    def say(self, words: str, tone: str = "red") -> None:
        self.said.setText(words)
        self.said.set_tone(tone)
        self.said.setVisible(bool(words))
        if words:
            announce(self.said, words)

    def take_focus(self) -> None:
        self.step.take_focus()
