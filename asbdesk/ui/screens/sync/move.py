"""Meeting somewhere else from now on: another folder, or head office's service."""

from __future__ import annotations

from functools import partial
from typing import Any

from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.first_questions import Step
from asbdesk.ui.screens.sync.guided import Guided
from asbdesk.ui.screens.sync.set_up import FolderStep, ServiceStep
from asbdesk.ui.widgets.layout import column
from asbdesk.ui.widgets.text import Heading, Muted
from asbdesk.ui.widgets.tiles import TileGroup

WORDS = (
    "Everything goes on as it is: what lies at the old place stays there, and is put at the new one too. Tell the "
    "others: each of them changes it on their own laptop."
)


class KindStep(Step):
    short = "What kind of place"

    def __init__(self) -> None:
        super().__init__()
        options = (("folder", "Another shared folder"), ("service", "Head office’s service"))
        self.kind = TileGroup(options, name="Where do you meet from now on?", columns=1, small=True)
        self.kind.set_value("folder")
        head = Heading("Where do you meet from now on?", 1)
        self.setLayout(column(head, Muted(WORDS), self.kind, None, gap=14))

    def take_focus(self) -> None:
        self.kind.take_focus()


class MovePage(Guided):
    def __init__(self, frame: Frame) -> None:
        self.kind, self.folder, self.service = KindStep(), FolderStep(), ServiceStep()
        super().__init__(frame, "Meet somewhere else", [self.kind, self.folder, self.service])
        self.bar.hide()
        self.at_words.hide()

    def can_go_back(self, step: Step) -> bool:
        return True

    def go_back(self) -> None:
        self.show_step(0)

    def after(self, step: Step) -> None:
        if step is self.kind:
            self.show_step(1 if self.kind.kind.value() == "folder" else 2)
            return
        assert isinstance(step, FolderStep | ServiceStep)
        from asbdesk.sync.founding import create

        where, code = step.answer()
        work = partial(create, self.frame_.desk.desk.store, where, code)
        self.work("Looking at the new place …", work, self._moved)

    def _moved(self, made: Any) -> None:
        self.frame_.began_sharing()
        self.frame_.say("done", f"You meet at {made.where} from now on.")
        self.left.emit()


def open_move(frame: Frame) -> None:
    """Choose another place to meet, over the window."""
    page = MovePage(frame)
    page.left.connect(frame.close_over)
    frame.open_over(page)
