"""Taking files in at the desk: chosen, a whole folder, dropped or pasted; copied one after another, with a stop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from asbdesk.casework.evidence import take_in
from asbdesk.casework.views import PersonLine
from asbdesk.casework.words import number
from asbdesk.clock import instant, london_time
from asbdesk.errors import UserError
from asbdesk.ui.asking import ask_folder, ask_yes
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.visit.evidence_panel import NO_PICTURE, DropZone, pasted
from asbdesk.ui.things import Thing, clean_name
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, PrimaryButton, QuietButton
from asbdesk.ui.widgets.fields import Choice
from asbdesk.ui.widgets.layout import column, holder, row
from asbdesk.ui.widgets.text import Muted, Text
from asbdesk.ui.widgets.wrap import Wrap

IN_A_FOLDER = 2000
"""Most files taken of one folder."""


class TakeFiles(QWidget):
    """`took` when all that was given is dealt with. Each file is one record; one that fails does not stop the rest."""

    took = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame_, self.case = frame, ""
        self._queue: list[Thing] = []
        self._total = self._taken = 0
        self._failed: list[str] = []
        self.from_ = Choice([("", "From whom?")], name="From whom is it?")
        self.add = PrimaryButton("Add files", "paperclip", on=self._choose)
        folder = Button("Add a folder", icon="folder-open", on=self._choose_folder)
        paste = Button("Paste a picture", icon="copy", name="Paste a picture, Control V", on=self._paste)
        camera = Button("Take a picture", icon="camera", name="Take a picture with the camera", on=self._take_a_picture)
        hint = Muted("Or drop files here. A locked copy is made, and its mark; the original is not touched.")
        self.zone = DropZone(Wrap(self.from_, self.add, folder, paste, camera, gap=10), hint)
        self.zone.dropped.connect(self.take)
        self.doing = Text("", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Taking the copies")
        self.stop = QuietButton("Stop", on=self._stop)
        self.progress = holder(column(row((self.doing, 1), self.stop, gap=8), self.bar, gap=4))
        self.progress.hide()
        self.setLayout(column(self.zone, self.progress, gap=8))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self).activated.connect(self._paste)

    def leads(self, on: bool) -> None:
        """Whether adding files is the one thing to do next on this page."""
        self.add.be("primary" if on else "")

    def show_case(self, case: str, people: tuple[PersonLine, ...]) -> None:
        """Whose file it goes in, and who may have given it."""
        if case == self.case:
            return
        self.case = case
        self.from_.clear()
        for person in people:
            self.from_.addItem(f"From {person.name}", person.id)
        if not people:
            self.from_.addItem("From nobody named", "")

    # ---- what is given
    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Add evidence")
        self.take([Thing(Path(name).name, Path(name)) for name in names])

    def _choose_folder(self) -> None:
        found = ask_folder(self, "Add all files of a folder")
        if found is not None:
            self.take_folder(found)

    def take_folder(self, folder: Path) -> None:
        """Every file that lies in it, by name, once that was agreed; what lies in folders below is left, and said."""
        try:
            inside = sorted(folder.iterdir())
        except OSError:
            self.frame_.say("problem", f"The folder {folder.name} could not be read. Look whether it is still there.")
            return
        files = [path for path in inside if path.is_file() and not path.name.startswith(".")]
        below = sum(path.is_dir() for path in inside)
        if below:
            self.frame_.say("warning", f"{below} folders in {folder.name} were left out. Add each of them by itself.")
        if not files:
            self.frame_.say("warning", f"No file lies in {folder.name}.")
        files = files[:IN_A_FOLDER]
        if files and self._agreed(folder, files):
            self.take([Thing(path.name, path) for path in files])

    def _agreed(self, folder: Path, files: list[Path]) -> bool:
        """Whether these are the ones: a folder next to it is easily chosen, and evidence is never quite taken out."""
        named = [clean_name(path.name) for path in files]
        ends = " to ".join(dict.fromkeys((named[0], named[-1])))
        words = f"{number(len(files), 'file')}, {ends}. {self.from_.currentText()}."
        return ask_yes(self, f"Take all of “{clean_name(folder.name)}”?", words, "Take them")

    def _paste(self) -> None:
        picture = pasted(self._time())
        if picture is None:
            self.frame_.say("warning", NO_PICTURE)
            return
        self.take([picture])

    def _time(self) -> str:
        return f"{london_time(instant(self.frame_.desk.clock.now())):%H:%M}"

    def _take_a_picture(self) -> None:
        from asbdesk.ui.screens.case.camera import NO_CAMERA, CameraDialog, camera

        found = camera()
        if found is None:
            self.frame_.say("warning", NO_CAMERA)
            return
        dialog = CameraDialog(self, found, self._time())
        dialog.took.connect(lambda thing: self.take([thing]))
        dialog.exec()
        dialog.deleteLater()

    # ---- taking
    def take(self, things: list[Thing]) -> None:
        """Take copies of these, one after another, off the UI thread."""
        idle = not self._queue
        if idle:
            self._total = self._taken = 0
            self._failed = []
        self._queue += things
        self._total += len(things)
        if idle and self._queue:
            self._next()

    def _next(self) -> None:
        left = len(self._queue)
        self.progress.setVisible(bool(left))
        self.bar.setRange(0, max(1, self._total))
        self.bar.setValue(self._total - left)
        if not left:
            self._over()
            return
        thing, case, from_ = self._queue[0], self.case, self.from_.value()
        self.doing.setText(f"Copying {self._total - left + 1} of {self._total}: {thing.name}")
        desk = self.frame_.desk.desk
        job = self.frame_.desk.later
        job(lambda: _copy(desk, case, thing, from_), lambda _: self._one(), self._one_failed, owner=self)

    def _one(self) -> None:
        if self._queue:
            self._queue.pop(0)
        self._taken += 1
        self._next()

    def _one_failed(self, problem: Exception) -> None:
        thing = self._queue.pop(0) if self._queue else Thing("A file")
        known = isinstance(problem, UserError)
        self._failed.append(str(problem) if known else f"“{thing.name}” was not copied. Try it again.")
        self._next()

    def _stop(self) -> None:
        """What is copied stays; what waits is let go."""
        del self._queue[1:]

    def _over(self) -> None:
        words = f"{self._taken} taken." if self._taken != 1 else "Taken."
        announce(self, words)
        if self._failed:
            more = f" And {len(self._failed) - 3} more." if len(self._failed) > 3 else ""
            self.frame_.say("problem", " ".join([words, *self._failed[:3]]) + more)
        elif self._taken:
            self.frame_.say("done", f"{words} It waits to be looked at and answered.")
        self.took.emit()


def _copy(desk: object, case: str, thing: Thing, from_: str) -> None:
    with thing.opened() as content:
        take_in(desk, case, content, name=thing.name, from_=from_)  # type: ignore[arg-type]
