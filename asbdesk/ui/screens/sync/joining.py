"""The first start of a laptop that was invited: the file and the code, who works at it, a passphrase, the sheet."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from asbdesk.errors import UserError
from asbdesk.ui.asking import ask_folder
from asbdesk.ui.door import Door, Joining, Sheet
from asbdesk.ui.errands import Errands
from asbdesk.ui.problems import Problems
from asbdesk.ui.screens.first_questions import PassphraseStep, SheetStep, Step
from asbdesk.ui.screens.in_turn import InTurn
from asbdesk.ui.screens.sync.words import ROLES
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.fields import Field, Labelled
from asbdesk.ui.widgets.layout import column, holder, row
from asbdesk.ui.widgets.text import Heading, Muted, Text


class InvitationStep(Step):
    short = "The invitation"

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.file = Field(name="The invitation file", hint="Its name ends in .asborg", limit=400)
        self.code = Field(name="The code you were told", hint="Five groups of letters and digits", limit=80)
        self.folder = Field(name="The shared folder, on this laptop", limit=400)
        choose = Button("Choose …", icon="folder-open", name="Choose the invitation file", on=self._choose)
        self.chosen, self.coded = (
            Labelled("The invitation file", self.file),
            Labelled("The code you were told", self.code),
        )
        help_ = "It is not where the invitation says. What is it called on this laptop?"
        self.shared = Labelled("Where is the shared folder?", self.folder, help=help_)
        find = Button("Find it …", icon="folder-open", name="Find the shared folder", on=self._find)
        self.lost = holder(column(self.shared, row(find, None), gap=8))
        self.lost.hide()
        self.told = Text("", "strong", tone="green")
        self.told.hide()
        self.file.said.connect(lambda _: self._look())
        self.file.returnPressed.connect(self.code.setFocus)
        self.code.returnPressed.connect(self.onward)
        words = Muted("You were sent a file, and told a code by telephone or on paper.")
        lines = (words, self.chosen, row(choose, None), self.told, self.coded, self.lost)
        self.setLayout(column(Heading("Your invitation", 1), *lines, None, gap=14))

    def _choose(self) -> None:
        found, _ = QFileDialog.getOpenFileName(self, "Choose the invitation", "", "Invitation (*.asborg)")
        if found:
            self.file.set_quietly(found)
            self._look()

    def _find(self) -> None:
        found = ask_folder(self, "Where is the shared folder?")
        if found is not None:
            self.folder.set_quietly(str(found))

    def _look(self) -> bool:
        """Read the file; what it says, or what is wrong with it, stands below."""
        text = self.file.text().strip()
        try:
            told = self.door.invitation(Path(text).expanduser()) if text else None
            problem = "" if text else "Choose the file that you were sent."
        except UserError as wrong:
            told, problem = None, str(wrong)
        self.chosen.say_wrong(problem)
        self.told.setVisible(told is not None)
        if told is not None:
            self.told.setText(f"From {told.landlord}, as: {ROLES.get(told.role, told.role)}. Good until {told.until}.")
            self.lost.setVisible(not told.found)
        return told is not None

    def ready(self) -> bool:
        if not self._look():
            self.file.setFocus()
            return False
        return self._needs((self.coded, "Type the code, too."))


class MeStep(Step):
    short = "You"

    def __init__(self) -> None:
        super().__init__()
        self.name = Field(name="Your name", limit=120)
        self.number = Field(name="The number residents should ring", limit=40)
        self.hours = Field("Monday to Friday, 9 to 5", name="When you can be reached", limit=80)
        for field, after in pairwise((self.name, self.number, self.hours)):
            field.returnPressed.connect(after.setFocus)
        self.hours.returnPressed.connect(self.onward)
        self.named = Labelled("Your name", self.name, help="As you sign: residents read it on their plan.")
        self.rung = Labelled("What number should residents ring?", self.number)
        self.when = Labelled("When can they reach you there?", self.hours)
        self.setLayout(column(Heading("You", 1), self.named, self.rung, self.when, None, gap=16))

    def ready(self) -> bool:
        return self._needs(
            (self.named, "Write your name."),
            (self.rung, "Write the number residents should ring."),
            (self.when, "Write when they can reach you."),
        )


class JoinStart(InTurn):
    """`done(desk)` when it has asked to join; `back` to the first start of a desk of one's own."""

    back_ = Signal()

    def __init__(self, door: Door, errands: Errands, problems: Problems) -> None:
        super().__init__(door, errands, problems)
        self.invitation, self.me = InvitationStep(door), MeStep()
        self.secret, self.paper = PassphraseStep(self._strength), SheetStep()
        self.steps: list[Step] = [self.invitation, self.me, self.secret, self.paper]
        self._lay_out("Join your colleagues")
        self.show_step(0)

    def _strength(self, text: str) -> Any:
        return self.door.strength(text, (self.me.name.text(),))

    # ---- going on
    def show_step(self, at: int) -> None:
        super().show_step(at)
        step = self.steps[at]
        self.bar.setAccessibleName(f"{self.at_words.text()}: {step.short}")
        self.back.setVisible(step is not self.paper)
        if step is self.secret:
            self.go.say("Ask to join")

    def go_back(self) -> None:
        if self.at:
            self.show_step(self.at - 1)
        else:
            self.back_.emit()

    def onward(self) -> None:
        """Check this question and go on; the third makes the desk, the last one ends it."""
        step = self.steps[self.at]
        if not step.ready():
            return
        if step is self.secret:
            self._make()
        elif step is self.paper:
            self.done.emit(self.desk)
        else:
            self.show_step(self.at + 1)

    def answers(self) -> Joining:
        """What was answered."""
        asked, me = self.invitation, self.me
        folder = asked.folder.text().strip() if asked.lost.isVisibleTo(asked) else ""
        return Joining(
            Path(asked.file.text().strip()).expanduser(),
            asked.code.text().strip(),
            folder,
            me.name.text().strip(),
            me.number.text().strip(),
            me.hours.text().strip(),
            self.secret.new.text(),
            self.secret.quick.isChecked(),
        )

    def _make(self) -> None:
        answers = self.answers()
        self._busy("Making your desk and its keys. This takes a few seconds …")
        self.errands.later(lambda: self.door.join(answers), self._made, self._failed, owner=self)

    def _made(self, made: tuple[Any, Sheet]) -> None:
        self.desk, sheet = made
        self.secret.new.clear()
        self._free()
        self.paper.show_sheet(sheet, "")
        self.show_step(3)
