"""The first start: six questions (PRACTICE.md 22), the recovery sheet proved, and where the spare copy goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

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
from asbdesk.ui.screens.in_turn import CARD, InTurn
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.layout import MARGIN, TOP, Card, capped, column, empty, row
from asbdesk.ui.widgets.text import Icon, Text

RAIL, BESIDE = 210, 24
"""Pixels at 100 % text: the names of the questions, and how far the card stands from them."""


class Rail(QWidget):
    """The six questions by name: done, this one, still to come."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self.names = names
        self._box = column(gap=14, margins=(0, 10, 0, 0))
        self.setLayout(self._box)
        self.setFixedWidth(theme.current().gap(RAIL))

    def show_at(self, at: int) -> None:
        empty(self._box)
        for number, name in enumerate(self.names):
            state = "done" if number < at else "now" if number == at else "todo"
            icon = {"done": "circle-check", "now": "circle-dot", "todo": "circle"}[state]
            tone = {"done": "green", "now": "accent", "todo": "muted"}[state]
            words = Text(name, "strong" if state == "now" else "", tone="grey" if state == "todo" else "")
            self._box.addLayout(row(Icon(icon, tone, 22), (words, 1), gap=12))
        self.setAccessibleName(f"Question {at + 1} of {len(self.names)}: {self.names[at]}")


class FirstStart(InTurn):
    """`done(desk)` when everything was answered; the desk is made after the fourth question."""

    across = RAIL + BESIDE + CARD
    invited = Signal()
    """They have an invitation: this laptop joins others."""

    def __init__(self, door: Door, errands: Errands, problems: Problems) -> None:
        super().__init__(door, errands, problems)
        self.sheet: Sheet | None = None
        self.landlord, self.officer = LandlordStep(), OfficerStep()
        self.second, self.secret = SecondStep(), PassphraseStep(self._strength)
        self.paper, self.copy = SheetStep(), CopyStep(door.place_problem, door.place_note)
        self.steps: list[Step] = [self.landlord, self.officer, self.second, self.secret, self.paper, self.copy]
        self.later = Button("Do this later", "quiet", big=True, on=self.skip)
        self.join = Button("I have an invitation", "quiet", "mail", on=self.invited.emit)
        self.rail = Rail([step.short for step in self.steps])
        self._lay_out("Set up your desk", beside=(self.join,), before_go=(self.later,))
        self.show_step(0)

    def _middle(self, card: Card) -> QLayout:
        inside = row((self.rail, TOP), (card, 1), gap=BESIDE, margins=(MARGIN, 26, MARGIN, 22))
        return column(capped(inside, self.across), None)

    def _strength(self, text: str) -> Any:
        names = (self.landlord.name.text(), self.officer.name.text(), self.second.name.text())
        return self.door.strength(text, names)

    # ---- going on
    def show_step(self, at: int) -> None:
        super().show_step(at)
        self.rail.show_at(at)
        self.bar.setAccessibleName(self.at_words.text())
        self.back.setVisible(at in (1, 2, 3))
        self.later.setVisible(self.steps[at] is self.copy)
        self.join.setVisible(at == 0)

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

    def _held(self) -> tuple[QWidget, ...]:
        return *super()._held(), self.later
