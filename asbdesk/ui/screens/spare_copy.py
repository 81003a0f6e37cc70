"""The spare copy in Settings: where it goes, how old the newest is, and one now, in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtWidgets import QProgressBar

from asbdesk.ui.asking import ask_folder
from asbdesk.ui.errands import Job
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.lock import copy_words
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.fields import Field, Labelled
from asbdesk.ui.widgets.layout import Card
from asbdesk.ui.widgets.text import Heading, Muted, Text
from asbdesk.ui.widgets.wrap import Wrap

COPY_FOLDER = "copies_folder"
"""The local setting that remembers where spare copies go, as the command `backup` has it too."""


class CopyCard(Card):
    """The spare copy: where it goes, how old it is, and one now."""

    def __init__(self, frame: Frame) -> None:
        self.frame_ = frame
        self.job: Job | None = None
        self._end = Event()
        self.age = Text("", "body")
        self.where = Field(name="Folder for the spare copy", hint="A USB stick, or a folder somewhere else", limit=400)
        self.labelled = Labelled("Where it goes", self.where, help="Not the folder asbdesk works in.")
        self.near = Text("", "small", tone="amber")
        self.near.hide()
        self.choose = Button("Choose …", icon="folder-open", name="Choose a folder for the spare copy", on=self._choose)
        self.make = PrimaryButton("Make a copy now", "save", on=self.start)
        self.stop = Button("Stop", name="Stop making the copy", on=self._stop)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.doing = Muted("", small=True)
        self.bar.setAccessibleName("How much of the copy is made")
        super().__init__(
            *(Heading("Spare copy"), self.age, self.labelled, self.near),
            *(Wrap(self.choose, self.make, self.stop, gap=10), self.bar, self.doing),
            gap=12,
        )
        for part in (self.stop, self.bar, self.doing):
            part.hide()
        self.where.said.connect(lambda text: self._remember(text))

    def refresh(self) -> None:
        words, tone = copy_words(self.frame_.door.state().copy_days)
        self.age.setText(words)
        self.age.set_tone(tone)
        if not self.where.hasFocus():
            self.where.set_quietly(self.frame_.desk.remembered(COPY_FOLDER) or "")
            self._say_near()

    def _remember(self, folder: str) -> None:
        self.frame_.desk.remember(COPY_FOLDER, folder)
        self._say_near()

    def _say_near(self) -> None:
        """A folder on the same disk may be used; what that means is said where it is chosen."""
        text = self.where.text().strip()
        words = self.frame_.door.place_note(Path(text)) if text else ""
        self.near.setText(words)
        self.near.setVisible(bool(words))

    def _choose(self) -> None:
        found = ask_folder(self, "Where shall the spare copy go?", self.where.text())
        if found is not None:
            self.where.set_quietly(str(found))
            self._remember(str(found))

    def start(self) -> None:
        """Make one in the background; the officer goes on working."""
        text = self.where.text().strip()
        problem = self.frame_.door.place_problem(Path(text)) if text else "Choose a folder first."
        self.labelled.say_wrong(problem)
        if problem:
            self.where.setFocus()
            return
        desk, door = self.frame_.desk, self.frame_.door
        self._say_near()
        self._end = end = Event()
        self.doing.setText("Looking at what there is to copy …")
        self._running(True)

        def work(told: Callable[[int, int], None]) -> Any:
            return door.make_copy(desk.desk, Path(text), told, end)

        self.job = desk.later(work, self._made, self._failed, self._told, self)

    def _told(self, done: int, of: int) -> None:
        self.bar.setRange(0, max(1, of // 1024))
        self.bar.setValue(done // 1024)
        self.doing.setText(f"{done / 1e6:.1f} of {of / 1e6:.1f} MB copied. You can go on working.")

    def _made(self, where: Path) -> None:
        self._running(False)
        self.refresh()
        self.frame_.say("done", f"The copy is made: {where.name}")

    def _failed(self, problem: Exception) -> None:
        self._running(False)
        self.frame_.desk.errands.tell(problem)

    def _stop(self) -> None:
        self._end.set()
        if self.job is not None:
            self.job.stop()
        self._running(False)
        self.frame_.say("note", "Stopped. Older copies are untouched.")

    def _running(self, on: bool) -> None:
        for part in (self.stop, self.bar, self.doing):
            part.setVisible(on)
        for other in (self.make, self.choose, self.labelled):
            other.setEnabled(not on)
