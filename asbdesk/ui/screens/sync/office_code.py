"""The lock screen's way in over the telephone: what to read out to head office, and the code they answer with."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from asbdesk.ui.door import Strength
from asbdesk.ui.widgets.buttons import PrimaryButton, QuietButton
from asbdesk.ui.widgets.fields import Field, Labelled
from asbdesk.ui.widgets.layout import Card, column, holder, row
from asbdesk.ui.widgets.new_passphrase import NewPassphrase
from asbdesk.ui.widgets.text import Heading, Muted, Text

WORDS = "Ring head office, and read this out. They know you, and read out a code. No connection is needed."


class OfficeCode(QWidget):
    """`entered(code, new passphrase)` when both are there."""

    entered = Signal(str, str)

    def __init__(self, challenge: str, letter: str, strength: Callable[[str], Strength]) -> None:
        super().__init__()
        shown = Text(challenge, "code")
        shown.setAccessibleName(f"Read out: {challenge}")
        desk = Muted(f"Your desk is {letter}.", small=True) if letter else Muted("", small=True)
        paper = Card(Text("Read this out", "overline"), shown, desk, kind="soft", margins=(18, 12, 18, 12))
        self.code = Field(name="The code head office reads out", hint="Five groups of letters and digits", limit=80)
        self.asked = Labelled("The code they read out", self.code)
        self.new = NewPassphrase(strength)
        self.new.entered.connect(self._go)
        self.back = QuietButton("Back", "chevron-left")
        go = PrimaryButton("Open, with the new passphrase", on=self._go)
        lines = (
            Heading("Ring head office"),
            Muted(WORDS),
            paper,
            self.asked,
            Labelled("Your new passphrase", self.new),
        )
        self.setLayout(column(*lines, holder(row(self.back, None, go)), gap=12))

    def _go(self) -> None:
        code = self.code.text().strip()
        self.asked.say_wrong("" if code else "Type the code that head office reads out.")
        if not code:
            self.code.setFocus()
        elif self.new.good():
            self.entered.emit(code, self.new.text())
