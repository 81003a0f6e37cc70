"""The cases of an earlier desk, brought to this one after it joined colleagues."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from asbdesk.ui.asking import ask_folder
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.first_questions import Step
from asbdesk.ui.screens.sync.guided import Guided
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.fields import Field, Labelled, Passphrase
from asbdesk.ui.widgets.layout import column, row
from asbdesk.ui.widgets.text import Heading, Muted

WORDS = (
    "Everything in them comes along: what happened, and when, photographs and sealed papers. It stays encrypted all "
    "the way, and the earlier desk stays as it is. Each case gets a number of this organisation; its old one is kept."
)


class EarlierStep(Step):
    short = "The earlier desk"
    go_on = "Bring its cases"

    def __init__(self) -> None:
        super().__init__()
        self.folder = Field(name="The folder of the earlier desk", limit=400)
        self.secret = Passphrase("Its passphrase")
        self.where = Labelled("Where is the earlier desk?", self.folder, help="The folder in which desk.db lies.")
        self.opened = Labelled("Its passphrase", self.secret)
        choose = Button("Choose …", icon="folder-open", name="Choose the folder of the earlier desk", on=self._choose)
        self.folder.returnPressed.connect(self.secret.setFocus)
        self.secret.entered.connect(self.onward)
        head = Heading("Bring the cases of an earlier desk", 1)
        self.setLayout(column(head, Muted(WORDS), self.where, row(choose, None), self.opened, None, gap=14))

    def _choose(self) -> None:
        found = ask_folder(self, "Where is the earlier desk?")
        if found is not None:
            self.folder.set_quietly(str(found))
            self.secret.setFocus()

    def ready(self) -> bool:
        if not self._needs((self.where, "Choose the folder.")):
            return False
        self.opened.say_wrong("" if self.secret.text() else "Type its passphrase, too.")
        if not self.secret.text():
            self.secret.setFocus()
        return bool(self.secret.text())


class BringPage(Guided):
    def __init__(self, frame: Frame) -> None:
        self.earlier = EarlierStep()
        super().__init__(frame, "Bring your cases", [self.earlier])
        self.bar.hide()
        self.at_words.hide()

    def after(self, step: Step) -> None:
        from asbdesk.exchange.bringing import bring_from

        folder, secret = Path(self.earlier.folder.text().strip()), self.earlier.secret.text()
        self.earlier.secret.clear()
        desk = self.frame_.desk.desk
        self.work(
            "Bringing the cases. This may take a few minutes …", lambda: bring_from(folder, secret, desk), self._end
        )

    def _end(self, done: Any) -> None:
        self.frame_.say("done", done.words)
        self.frame_.desk.carrier.go()
        self.left.emit()


def open_bring(frame: Frame) -> None:
    """Bring the cases of an earlier desk, over the window."""
    page = BringPage(frame)
    page.left.connect(frame.close_over)
    frame.open_over(page)
