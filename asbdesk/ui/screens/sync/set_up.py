"""Setting up a place to meet: a shared folder, or head office's service; a small landlord finishes it alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from asbdesk.ui.asking import ask_folder
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.first_questions import Step
from asbdesk.ui.screens.sync.guided import Guided
from asbdesk.ui.screens.sync.kit import KitStep
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.fields import Field, Labelled
from asbdesk.ui.widgets.layout import Card, column, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text

KINDS_OF_FOLDER = (
    "A folder that you and your colleagues can all reach: on the network, one that OneDrive or the like copies, or a "
    "stick that goes round. It holds nothing that can be read without asbdesk and a laptop you admitted."
)
LIMIT = (
    "On a shared folder we can stop colleagues reading a case they were never given; we cannot make them forget one "
    "they were given."
)
SERVICE = (
    "The address and the code that were shown when head office’s service was made. The code is used once, by the first "
    "laptop; every other laptop joins with an invitation."
)
DONE = (
    "This laptop is head office from now on: it admits others, and shuts out a laptop that is lost. What you have "
    "written is on its way already, and you can go on working."
)


class FolderStep(Step):
    short = "Which folder"
    go_on = "Use this folder"

    def __init__(self) -> None:
        super().__init__()
        self.where = Field(name="The shared folder", hint="For example: S:\\asbdesk", limit=400)
        self.where.returnPressed.connect(self.onward)
        self.asked = Labelled("Which folder?", self.where, help="An empty one, or one made for this.")
        choose = Button("Choose …", icon="folder-open", name="Choose the shared folder", on=self._choose)
        limit = Card(row(Icon("info", "accent", 20), (Text(LIMIT), 1), gap=10), kind="soft", margins=(16, 12, 16, 12))
        lines = (Muted(KINDS_OF_FOLDER), self.asked, row(choose, None), limit)
        self.setLayout(column(Heading("A shared folder", 1), *lines, None, gap=14))

    def _choose(self) -> None:
        found = ask_folder(self, "Which folder do you share?", self.where.text())
        if found is not None:
            self.where.set_quietly(str(found))

    def ready(self) -> bool:
        text = self.where.text().strip()
        problem = "" if text and Path(text).is_dir() else "There is no such folder. Is it connected?"
        self.asked.say_wrong(problem if text else "Choose the folder that you share.")
        if not text or problem:
            self.where.setFocus()
        return bool(text) and not problem

    def answer(self) -> tuple[str, str]:
        return self.where.text().strip(), ""


class ServiceStep(Step):
    short = "Where head office is"
    go_on = "Connect"

    def __init__(self) -> None:
        super().__init__()
        self.where = Field(name="Head office’s address", hint="https://…", limit=400)
        self.code = Field(name="The code of the service", hint="Letters and numbers, in groups", limit=200)
        self.where.returnPressed.connect(self.code.setFocus)
        self.code.returnPressed.connect(self.onward)
        self.address = Labelled("Head office’s address", self.where, help="All of it, as it was shown.")
        self.asked = Labelled("The code", self.code)
        self.setLayout(column(Heading("Our head office", 1), Muted(SERVICE), self.address, self.asked, None, gap=14))

    def ready(self) -> bool:
        right = self.where.text().strip().startswith("https://")
        self.address.say_wrong("" if right else "The address begins with https://")
        if not right:
            self.where.setFocus()
        return right and self._needs((self.asked, "Write the code, too."))

    def answer(self) -> tuple[str, str]:
        return self.where.text().strip(), self.code.text().strip()


class DoneStep(Step):
    short = "Done"
    go_on = "Invite a colleague"

    def __init__(self) -> None:
        super().__init__()
        self.where = Text("", "strong")
        head = row(Icon("circle-check", "green", 30), (Heading("You share from now on", 1), 1), gap=12)
        self.setLayout(column(head, self.where, Text(DONE), None, gap=14))


class SetUpSharing(Guided):
    """The questions; `kind` is `folder` or `service`."""

    def __init__(self, frame: Frame, kind: str) -> None:
        self.place: FolderStep | ServiceStep = FolderStep() if kind == "folder" else ServiceStep()
        self.kit, self.end = KitStep(frame), DoneStep()
        super().__init__(frame, "Work with your colleagues", [self.place, self.kit, self.end])

    def can_go_back(self, step: Step) -> bool:
        return False  # what was founded stays; it can be moved from the sharing page

    def after(self, step: Step) -> None:
        if step is self.place:
            from asbdesk.sync.founding import create

            where, code = self.place.answer()
            store = self.frame_.desk.desk.store
            words = "Making keys, and writing to the place where you meet …"
            self.work(words, lambda: create(store, where, code), self._made)
        elif step is self.end:
            self.left.emit()
            from asbdesk.ui.screens.sync.invite import open_invite

            open_invite(self.frame_)
        else:
            self.next()

    def _made(self, made: Any) -> None:
        self.end.where.setText(f"You meet at {made.where}")
        self.frame_.began_sharing()
        self.kit.show_kit()
        self.next()


def open_set_up(frame: Frame, kind: str) -> None:
    """Set up a shared folder (`folder`) or head office's service (`service`), over the window."""
    page = SetUpSharing(frame, kind)
    page.left.connect(frame.close_over)
    frame.open_over(page)
