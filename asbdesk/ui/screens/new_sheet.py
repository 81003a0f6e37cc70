"""A new recovery sheet from Settings: only for whoever knows the passphrase, and proved before it is put away."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from asbdesk.ui import theme
from asbdesk.ui.door import Sheet
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.first_questions import SheetStep
from asbdesk.ui.tab_order import Dialog
from asbdesk.ui.widgets.buttons import Button, PrimaryButton, QuietButton
from asbdesk.ui.widgets.fields import Labelled, Passphrase
from asbdesk.ui.widgets.layout import Card, Scroll, column, holder, row
from asbdesk.ui.widgets.text import Heading, Muted
from asbdesk.ui.widgets.wrap import Wrap

NOT_PROVED = (
    "The new recovery sheet has not been proved, and the former one opens nothing any more. "
    "Make another one before you need it."
)


class SheetCard(Card):
    """Ask for the passphrase, make the sheet, show it. `dialog` while it is shown."""

    def __init__(self, frame: Frame) -> None:
        self.frame_ = frame
        self.dialog: SheetDialog | None = None
        self.open_ = Button("Make a new recovery sheet", icon="file-lock", on=self._open)
        self.word = Passphrase("Your passphrase, for a new recovery sheet")
        self.word.entered.connect(self.make)
        self.asked = Labelled("Your passphrase", self.word, help="The sheet you have now opens nothing from then on.")
        self.go = PrimaryButton("Make the new sheet", on=self.make)
        buttons = Wrap(self.go, QuietButton("Not now", on=self.reset), gap=10)
        self.fields = holder(column(self.asked, buttons, gap=12))
        self.fields.hide()
        words = Muted(
            "It is the way back in when the passphrase is forgotten. Lost it, or seen by somebody? Make another."
        )
        super().__init__(Heading("Recovery sheet"), words, row(self.open_, None), self.fields, gap=10)

    def _open(self) -> None:
        self.fields.show()
        self.open_.hide()
        self.word.setFocus()

    def make(self) -> None:
        """Off the UI thread: the passphrase takes its second on purpose."""
        typed, door, desk = self.word.text(), self.frame_.door, self.frame_.desk
        self.asked.say_wrong("" if typed else "Type your passphrase.")
        if typed:
            self.fields.setEnabled(False)
            desk.later(lambda: door.new_sheet(desk.desk, typed), self._made, self._failed, owner=self)

    def _made(self, sheet: Sheet) -> None:
        self.reset()
        self.dialog = SheetDialog(self.frame_, sheet)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self, proved: int) -> None:
        self.dialog = None
        if proved:
            self.frame_.say("done", "The new recovery sheet is proved. Tear up the former one.")
        else:
            self.frame_.say("warning", NOT_PROVED)
        self.open_.setFocus()

    def _failed(self, problem: Exception) -> None:
        self.fields.setEnabled(True)
        self.frame_.desk.errands.tell(problem)
        self.word.field.selectAll()
        self.word.setFocus()

    def reset(self) -> None:
        """Put the passphrase's field away, empty."""
        self.word.clear()
        self.asked.say_wrong("")
        self.fields.setEnabled(True)
        self.fields.hide()
        self.open_.show()


class SheetDialog(Dialog):
    """The new sheet, printed or saved, and its last group typed. Accepted when it was proved."""

    def __init__(self, frame: Frame, sheet: Sheet) -> None:
        super().__init__(frame)
        self.setWindowTitle("Recovery sheet")
        self.step = SheetStep()
        self.step.show_sheet(sheet, frame.landlord().second_name)
        self.step.onward.connect(self.prove)
        self.done_ = PrimaryButton("It is printed, or written down", on=self.prove)
        foot = row(QuietButton("Close without proof", on=self.reject), None, self.done_, margins=(24, 10, 24, 16))
        body = column(self.step, margins=(28, 22, 28, 12))
        self.setLayout(column((Scroll(body), 1), holder(foot), gap=0))
        room: QWidget = frame.window()
        self.resize(min(theme.current().px(760), room.width() - 40), min(theme.current().px(640), room.height() - 40))
        self.step.take_focus()

    def prove(self) -> None:
        if self.step.ready():
            self.accept()
