"""The first start: six questions (PRACTICE.md 22), the recovery sheet proved, and where the spare copy goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.door import Door, SetUp, Sheet
from asbdesk.ui.errands import Errands
from asbdesk.ui.problems import Problems
from asbdesk.ui.screens.first_questions import (
    CopyStep,
    LandlordStep,
    OfficerStep,
    PassphraseStep,
    SecondStep,
    SheetStep,
    Step,
)
from asbdesk.ui.widgets.banner import Banner
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import TOP, Bar, Card, Scroll, column, empty, holder, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text


class Rail(QWidget):
    """The six questions by name: done, this one, still to come."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self.names = names
        self._box = column(gap=14, margins=(4, 10, 4, 0))
        self.setLayout(self._box)
        self.setFixedWidth(theme.current().gap(210))

    def show_at(self, at: int) -> None:
        empty(self._box)
        for number, name in enumerate(self.names):
            state = "done" if number < at else "now" if number == at else "todo"
            icon = {"done": "circle-check", "now": "circle-dot", "todo": "circle"}[state]
            tone = {"done": "green", "now": "accent", "todo": "muted"}[state]
            words = Text(name, "strong" if state == "now" else "", tone="grey" if state == "todo" else "")
            self._box.addLayout(row(Icon(icon, tone, 22), (words, 1), gap=12))
        self.setAccessibleName(f"Question {at + 1} of {len(self.names)}: {self.names[at]}")


class FirstStart(QWidget):
    """`done(desk)` when everything was answered; the desk is made after the fourth question."""

    done = Signal(object)
    invited = Signal()
    """They have an invitation: this laptop joins others."""

    def __init__(self, door: Door, errands: Errands, problems: Problems) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.door, self.errands, self.problems = door, errands, problems
        self.desk: Any = None
        self.sheet: Sheet | None = None
        self.landlord, self.officer = LandlordStep(), OfficerStep()
        self.second, self.secret = SecondStep(), PassphraseStep(self._strength)
        self.paper, self.copy = SheetStep(), CopyStep(door.place_problem, door.place_note)
        self.steps: list[Step] = [self.landlord, self.officer, self.second, self.secret, self.paper, self.copy]
        self._lay_out()
        for step in self.steps:
            step.onward.connect(self.onward)
        self.show_step(0)

    def _lay_out(self) -> None:
        self.bar = QProgressBar()
        self.bar.setRange(0, len(self.steps))
        self.bar.setTextVisible(False)
        self.at_words = Muted("", wrap=False)
        self.pages, self.banner = QStackedWidget(), Banner()
        for step in self.steps:
            self.pages.addWidget(step)
        self.back = Button("Back", icon="chevron-left", big=True, on=self.go_back)
        self.later = Button("Do this later", "quiet", big=True, on=self.skip)
        self.go = PrimaryButton("Continue", big=True, on=self.onward)
        self.join = Button("I have an invitation", "quiet", "mail", on=self.invited.emit)
        brand = row(Icon("shield-alert", "accent", 30), Heading("Set up your desk", 1), None, self.join, gap=12)
        head = column(brand, row((self.bar, 1), self.at_words, gap=14), gap=12, margins=(28, 18, 28, 16))
        card = Card(self.pages, margins=(36, 28, 36, 28))
        card.setMaximumWidth(theme.current().px(760))
        self.rail = Rail([step.short for step in self.steps])
        middle = column(row(None, (self.rail, TOP), (card, 8), None, gap=24), None, margins=(28, 26, 28, 22))
        foot = row(self.back, None, self.later, self.go, gap=12, margins=(28, 12, 28, 12))
        body = Scroll(holder(middle))
        self.setLayout(column(Bar("header", head), self.banner, (body, 1), Bar("footer", foot), gap=0))

    def _strength(self, text: str) -> Any:
        names = (self.landlord.name.text(), self.officer.name.text(), self.second.name.text())
        return self.door.strength(text, names)

    # ---- going on
    @property
    def at(self) -> int:
        return self.pages.currentIndex()

    def show_step(self, at: int) -> None:
        """Ask question `at`, counted from 0."""
        step = self.steps[at]
        self.pages.setCurrentIndex(at)
        self.rail.show_at(at)
        self.bar.setValue(at + 1)
        self.at_words.setText(f"Question {at + 1} of {len(self.steps)}")
        self.bar.setAccessibleName(self.at_words.text())
        self.back.setVisible(at in (1, 2, 3))
        self.later.setVisible(step is self.copy)
        self.join.setVisible(at == 0)
        self.go.say(step.go_on)
        step.take_focus()

    def take_focus(self) -> None:
        self.steps[self.at].take_focus()

    def go_back(self) -> None:
        self.show_step(self.at - 1)

    def onward(self) -> None:
        """Check this question and go to the next; the fourth makes the desk, the last makes the copy."""
        step = self.steps[self.at]
        if not step.ready():
            return
        if step is self.secret and self.desk is None:
            self._make()
        elif step is self.copy:
            self._copy()
        else:
            self.show_step(self.at + 1)

    def skip(self) -> None:
        """No spare copy now: the lock screen says so until there is one."""
        self.done.emit(self.desk)

    # ---- slow work
    def answers(self) -> SetUp:
        """What was answered."""
        checker, number = self.second.answer()
        return SetUp(
            self.landlord.name.text().strip(),
            self.landlord.homes_number(),
            self.officer.name.text().strip(),
            self.officer.number.text().strip(),
            self.officer.hours.text().strip(),
            self.officer.closed.text().strip(),
            checker,
            number,
            self.secret.new.text(),
            self.secret.quick.isChecked(),
        )

    def _make(self) -> None:
        answers = self.answers()
        self._busy("Making your desk and its keys. This takes a few seconds …")
        self.errands.later(lambda: self.door.set_up(answers), self._made, self._failed, owner=self)

    def _made(self, made: tuple[Any, Sheet]) -> None:
        self.desk, self.sheet = made
        self.secret.new.clear()
        self._free()
        self.paper.show_sheet(self.sheet, self.second.answer()[0])
        self.show_step(4)

    def _copy(self) -> None:
        folder = self.copy.folder
        assert folder is not None
        self._busy("Making the spare copy …")

        def told(done: int, of: int) -> None:
            self.copy.show_progress(done, of)

        self.errands.later(lambda t: self.door.make_copy(self.desk, folder, t), self._copied, self._failed, told, self)

    def _copied(self, where: Path) -> None:
        self._free()
        self.done.emit(self.desk)

    def _failed(self, problem: Exception) -> None:
        self._free()
        if isinstance(problem, UserError):
            self.banner.say("problem", str(problem))
        else:
            self.problems.tell(problem)

    def _busy(self, words: str) -> None:
        self.banner.say("note", words)
        for part in (self.pages, self.go, self.back, self.later):
            part.setEnabled(False)

    def _free(self) -> None:
        self.banner.hide()
        for part in (self.pages, self.go, self.back, self.later):
            part.setEnabled(True)
