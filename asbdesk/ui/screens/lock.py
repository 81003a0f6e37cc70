"""The lock screen: passphrase, the computer's sign-in, the recovery sheet, a copy; and how old the newest copy is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.errands import Errands
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, PrimaryButton, QuietButton
from asbdesk.ui.widgets.fields import Field, Labelled, Passphrase
from asbdesk.ui.widgets.layout import Card, Scroll, column, empty, holder, line, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text

if TYPE_CHECKING:
    from asbdesk.ui.door import Door

OLD_COPY = 14
"""Days after which the newest copy off this laptop is spoken of in red (PRACTICE.md 22)."""


def copy_words(days: int | None) -> tuple[str, str]:
    """How old the newest copy is, and its tone; below 0 it was made while a clock was ahead."""
    if days is None:
        return "There is no copy of this desk outside this laptop yet.", "red"
    if days < -1:
        return "The newest copy outside this laptop bears a day that is still to come. Make one today.", "red"
    age = {-1: "today", 0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    if days > OLD_COPY:
        return f"The newest copy outside this laptop was made {age}. That is too long: make one today.", "red"
    return f"The newest copy outside this laptop was made {age}.", "grey"


class LockScreen(QWidget):
    """`opened(desk)` when the store is open; `again` when what stands behind the door has changed (a restored copy)."""

    opened = Signal(object)
    again = Signal()

    def __init__(self, door: Door, errands: Errands) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.door, self.errands = door, errands
        self.told = door.state()
        self.pages = QStackedWidget()
        self.said = Text("", "strong", tone="red")
        self.said.hide()
        card = Card(self._brand(), self.said, self.pages, self._foot(), gap=14, margins=(36, 30, 36, 24))
        card.setFixedWidth(theme.current().px(470))
        middle = column(None, row(None, card, None), None, margins=(20, 20, 20, 20))
        self.setLayout(column((Scroll(middle), 1), gap=0))
        self._wait = QTimer(self)
        self._wait.setInterval(500)
        self._wait.timeout.connect(self._count)
        self.passphrase = Passphrase("Passphrase")
        self._first = self._problem_page(self.told.sentence) if self.told.kind == "problem" else self._unlock_page()
        self.pages.addWidget(self._first)

    def take_focus(self) -> None:
        if self.passphrase.isVisibleTo(self):
            self.passphrase.field.setFocus()
        else:
            self.pages.setFocus()

    def _brand(self) -> QWidget:
        return holder(row(Icon("shield-alert", "accent", 34), Heading("asbdesk", 1), None, gap=12))

    def _foot(self) -> QWidget:
        words, tone = copy_words(self.told.copy_days)
        kept = Muted("Works offline. Nothing leaves this laptop while it is locked.", small=True)
        safe = row(Icon("wifi-off", "muted", 18), (kept, 1))
        return holder(column(line(), self._copy_line(words, tone), safe, gap=10))

    @staticmethod
    def _copy_line(words: str, tone: str) -> QWidget:
        icon = Icon("triangle-alert" if tone == "red" else "hard-drive", "red" if tone == "red" else "muted", 18)
        return holder(row(icon, (Text(words, "small", tone=tone), 1)))

    # ---- unlock
    def _unlock_page(self) -> QWidget:
        self.go = PrimaryButton("Open", big=True, on=self.unlock)
        self.passphrase.entered.connect(self.unlock)
        box = column(Labelled("Passphrase", self.passphrase), self.go, gap=14)
        if self.told.quick:
            words = "Open with this computer’s sign-in"
            box.addWidget(Button(words, icon="key-round", big=True, on=self.unlock_quickly))
        forgotten = QuietButton("I have forgotten it", on=self.show_recover)
        restore = QuietButton("Restore from a copy", on=self.show_restore)
        box.addLayout(row(forgotten, None, restore))
        return holder(box)

    def unlock(self) -> None:
        """Try the passphrase."""
        text = self.passphrase.text()
        if not text:
            self._say("Type your passphrase.")
        elif self.door.wait() > 0:
            self._count()
        else:
            self._work("Opening …", lambda: self.door.unlock(text))

    def unlock_quickly(self) -> None:
        self._work("Opening …", self.door.unlock_quickly)

    def _work(self, words: str, fn: Callable[[], Any]) -> None:
        def work() -> Any:
            from asbdesk.ui.warming import first

            return first(fn())

        self._say(words, "grey")
        self.pages.setEnabled(False)
        self.errands.later(work, self._opened, self._refused, owner=self)

    def _opened(self, desk: Any) -> None:
        self.passphrase.clear()
        self.opened.emit(desk)

    def _refused(self, problem: Exception) -> None:
        self.pages.setEnabled(True)
        if not isinstance(problem, UserError):
            self._say("")
            self.errands.tell(problem)
            return
        self._say(str(problem))
        self.passphrase.field.selectAll()
        self.passphrase.setFocus()
        if self.door.wait() > 0:
            self._wait.start()

    def _count(self) -> None:
        """Wrong tries slow down: say how long, and let go when it is over."""
        left = self.door.wait()
        if left <= 0:
            self._wait.stop()
            self._say("You can try again now.", "grey")
            return
        if not self._wait.isActive():
            self._wait.start()
        seconds = round(left) or 1
        told = f"{seconds} second{'s' * (seconds != 1)}" if seconds < 90 else f"{round(seconds / 60)} minutes"
        self.said.setText(f"That was not it. Wait {told}, then try again. Nothing is ever deleted.")
        self.said.set_tone("red")
        self.said.show()

    def _say(self, words: str, tone: str = "red") -> None:
        self.said.setText(words)
        self.said.set_tone(tone)
        self.said.setVisible(bool(words))
        if words:
            announce(self.said, words)

    # ---- in by the recovery sheet
    def show_recover(self) -> None:
        """The recovery sheet and a new passphrase; no connection is needed."""
        from asbdesk.ui.widgets.new_passphrase import NewPassphrase  # here: the lock screen comes up without it

        self._say("")
        self.code = Field(name="Code on the recovery sheet", hint="Letters and numbers, in groups", limit=200)
        self.new = NewPassphrase(self.door.strength)
        self.new.entered.connect(self.recover)
        words = Muted(
            "It is printed on paper, and the person who checks your work may hold a copy. No connection is needed."
        )
        back = QuietButton("Back", "chevron-left", on=self._back)
        go = PrimaryButton("Open, with the new passphrase", on=self.recover)
        page = column(Heading("Your recovery sheet"), words, Labelled("The code on it", self.code), gap=12)
        for item in (Labelled("Your new passphrase", self.new), holder(row(back, None, go))):
            page.addWidget(item)
        if self.door.challenge()[0]:
            ring = QuietButton("Ring head office instead", "phone", on=self.show_office)
            page.addLayout(row(ring, None))
        self._show(holder(page), self.code)

    # ---- in by head office's one-time code
    def show_office(self) -> None:
        """What to read out to head office, and the code they answer; no connection is needed."""
        from asbdesk.ui.screens.sync.office_code import OfficeCode

        before = self.pages.currentWidget()
        page = OfficeCode(*self.door.challenge(), self.door.strength)
        page.back.clicked.connect(self._back)
        page.entered.connect(self._open_by_office)
        self._say("")
        self._show(page, page.code)
        if before is not None and before is not self._first:
            self.pages.removeWidget(before)
            before.deleteLater()

    def _open_by_office(self, code: str, new: str) -> None:
        self._work("Opening …", lambda: self.door.open_by_head_office(code, new))

    def recover(self) -> None:
        if not self.code.text().strip():
            self._say("Type the code that is on your recovery sheet.")
        elif self.new.good():
            code, new = self.code.text(), self.new.text()
            self._work("Opening …", lambda: self.door.recover(code, new))

    # ---- back from a copy
    def show_restore(self) -> None:
        """Choose the folder that holds copies; then which of them."""
        self._say("")
        words = "The desk as it stands on this laptop is put aside, not thrown away. The passphrase is the copy’s."
        self.where = Field(name="Folder of the copies", hint="The stick, or the folder of the spare copy", limit=400)
        self.where.returnPressed.connect(self.find_copies)
        choose = Button("Choose …", icon="folder-open", name="Choose the folder of the copies", on=self._choose)
        self.found = QVBoxLayout()
        page = column(
            Heading("Restore from a copy"), Muted(words), Labelled("Where are the copies?", self.where), gap=12
        )
        page.addLayout(row(choose, PrimaryButton("Look there", on=self.find_copies), None))
        page.addLayout(self.found)
        page.addLayout(row(QuietButton("Back", "chevron-left", on=self._back), None))
        page.addStretch(1)
        self._show(holder(page), self.where)

    def _choose(self) -> None:
        from asbdesk.ui.asking import ask_folder

        found = ask_folder(self, "Choose the folder of the copies")
        if found is not None:
            self.where.set_quietly(str(found))
            self.find_copies()

    def find_copies(self) -> None:
        """List the whole copies in the folder."""
        empty(self.found)
        folder = Path(self.where.text().strip() or ".")
        lines = self.door.copies(folder) if self.where.text().strip() else ()
        if not lines:
            self._say("No whole copy lies there. Choose the folder named asbdesk-copy, or the one it lies in.")
        for copy in lines[:6]:
            words = f"Made {copy.made}"
            self.found.addWidget(Button(words, "card", "hard-drive", on=partial(self.restore, copy.path)))

    def restore(self, copy: Path) -> None:
        self._say("Restoring. This can take a minute …", "grey")
        self.pages.setEnabled(False)
        self.errands.later(lambda: self.door.restore(copy), lambda _: self.again.emit(), self._refused, owner=self)

    # ---- a store that cannot be opened
    def show_problem(self, sentence: str) -> None:
        """What is wrong with the store, in words, and the ways forward."""
        self._say("")
        self._show(self._problem_page(sentence), None)

    def _problem_page(self, sentence: str) -> QWidget:
        self.passphrase.setParent(self)
        self.passphrase.hide()
        box = column(Heading("This desk cannot be opened as it is"), Text(sentence), gap=12)
        box.addWidget(PrimaryButton("Look again", "refresh-cw", on=self.again.emit))
        if self.told.can_restore:
            box.addWidget(Button("Restore from a copy", icon="hard-drive", on=self.show_restore))
        box.addStretch(1)
        return holder(box)

    def _show(self, page: QWidget, focus: QWidget | None) -> None:
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        (focus or page).setFocus()

    def _back(self) -> None:
        page = self.pages.currentWidget()
        self.pages.setCurrentWidget(self._first)
        if page is not None and page is not self._first:
            self.pages.removeWidget(page)
            page.deleteLater()
        self._say("")
        self.passphrase.setFocus()
