"""Taking the copy now: a file, a dropped or pasted picture; its fingerprint is made before anything else is done."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QVBoxLayout, QWidget

from asbdesk.casework.evidence import Taken, taken_on
from asbdesk.clock import london_time
from asbdesk.errors import UserError
from asbdesk.ui.screens.visit.context import Visit
from asbdesk.ui.things import Thing
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, PrimaryButton, QuietButton
from asbdesk.ui.widgets.fields import Field
from asbdesk.ui.widgets.layout import Card, column, empty, holder, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text

MISSED = "Not taken yet: "


def size_words(size: int) -> str:
    """A size in bytes, in words: "2.1 MB"."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, round(size / 1000))} kB"


def _copied(name: str, size: int, time: str, sha256: str) -> str:
    mark = " ".join(sha256[n : n + 4] for n in range(0, 16, 4))
    return f"{name} · {size_words(size)} · copied {time} · mark {mark}"


def _words(each: Taken) -> str:
    """As it was listed when it came in."""
    if not each.taken:
        return MISSED + each.note
    return _copied(each.name, each.size, f"{london_time(each.at):%H:%M}", each.sha256)


NO_PICTURE = "There is no picture to paste. Copy one first, or add a file."


def pasted(at: str) -> Thing | None:
    """The picture on the clipboard, named by the time of day `HH:MM`; None where there is none."""
    image = QGuiApplication.clipboard().image()
    if image.isNull():
        return None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt text
    return Thing(f"Pasted picture {at.replace(':', '.')}.png", None, bytes(buffer.data().data()))


class DropZone(QFrame):
    """Where files may be dropped. `dropped(list of Thing)`."""

    dropped = Signal(object)

    def __init__(self, *inside: QWidget) -> None:
        super().__init__()
        self.setProperty("card", "soft")
        self.setAcceptDrops(True)
        self.setLayout(column(*inside, gap=10, margins=(20, 18, 20, 18)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.dropped.emit([Thing(path.name, path) for path in paths if path.is_file()])
        event.acceptProposedAction()


class EvidencePanel(QWidget):
    """Add, paste or drop; or say that it could not be taken, so that it is asked for again."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit
        self._queue: list[Thing] = []
        self._total = 0
        add = Button("Add a photo, video or recording", icon="camera", on=self._choose)
        paste = Button("Paste a picture", icon="copy", name="Paste a picture, Control V", on=self._paste)
        hint = Muted("Or drop files here. The copy is locked on this laptop; the original stays with you.")
        self.zone = DropZone(holder(row(add, paste, None, gap=10)), hint)
        self.zone.dropped.connect(self.take)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Taking the copy")
        self.doing = Text("", "small")
        self._list = QVBoxLayout()
        self.missed, self.missed_box = self._could_not()
        parts = (Heading("Take the copy now", 3), self.zone, self.doing, self.bar, self._list)
        self.setLayout(column(*parts, row(self.missed, None), self.missed_box, gap=10))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.zone).activated.connect(self._paste)
        self._show_progress()
        self._take_up()
        self._show_taken()

    def _take_up(self) -> None:
        """What came in on this visit before it was gone on with is listed with what comes in now."""
        if not self.visit.taken:
            path = self.visit.path
            self.visit.taken += [_words(each) for each in path.desk.read(taken_on, path.visit)]

    def _could_not(self) -> tuple[QuietButton, Card]:
        self.note = Field(name="What was it, and why could it not be taken?", hint="What was it, and why not?")
        keep = PrimaryButton("Keep this", on=self._keep_missed)
        box = Card(row((self.note, 1), keep, gap=8), kind="inner", margins=(14, 10, 10, 10))
        box.hide()
        return QuietButton("I could not take it", icon="circle-help", on=self._open_missed), box

    def _open_missed(self) -> None:
        self.missed_box.setVisible(not self.missed_box.isVisible())
        self.note.setFocus()

    def _keep_missed(self) -> None:
        note = self.note.text().strip()
        if note and self.visit.tried(lambda: self.visit.path.evidence_not_taken(note)):
            self.visit.taken.append(MISSED + note)
            self.note.set_quietly("")
            self.missed_box.hide()
            self._show_taken()

    def _choose(self) -> None:
        """Qt's own dialog, not the system's, so that F12 covers it as well."""
        box = QFileDialog(self, "Add a photo, video or recording")
        box.setOption(QFileDialog.Option.DontUseNativeDialog)
        box.setFileMode(QFileDialog.FileMode.ExistingFiles)
        box.filesSelected.connect(lambda names: self.take([Thing(Path(name).name, Path(name)) for name in names]))
        box.open()

    def _paste(self) -> None:
        picture = pasted(self.visit.time())
        if picture is None:
            self.visit.say("warning", NO_PICTURE)
            return
        self.take([picture])

    def take(self, things: list[Thing]) -> None:
        """Take copies of these, one after another, off the UI thread."""
        idle = not self._queue
        self._queue += things
        self._total = len(self._queue) if idle else self._total + len(things)
        if idle and self._queue:
            self._next()

    def _next(self) -> None:
        self._show_progress()
        if not self._queue:
            self.visit.busy = False
            return
        self.visit.busy = True
        thing, path = self._queue[0], self.visit.path

        def copy() -> tuple[str, int]:
            with thing.opened() as content:
                path.add_evidence(content, name=thing.name)
            kept = path.desk.read(taken_on, path.visit)[-1]
            return kept.sha256, kept.size

        self.visit.desk.later(copy, self._took, self._failed)

    def _took(self, copied: tuple[str, int]) -> None:
        thing = self._queue.pop(0)
        self.visit.taken.append(_copied(thing.name, copied[1], self.visit.time(), copied[0]))
        announce(self, f"{thing.name} copied")
        self.visit.saved()
        self._show_taken()
        self._next()

    def _failed(self, problem: Exception) -> None:
        thing = self._queue.pop(0)
        known = isinstance(problem, UserError)
        self.visit.say("problem", str(problem) if known else f"“{thing.name}” was not copied. Try it again.")
        self._next()

    def _show_progress(self) -> None:
        left = len(self._queue)
        self.bar.setVisible(bool(left))
        self.doing.setVisible(bool(left))
        self.bar.setRange(0, max(1, self._total))
        self.bar.setValue(self._total - left)
        if left:
            self.doing.setText(f"Copying {self._total - left + 1} of {self._total}: {self._queue[0].name}")

    def _show_taken(self) -> None:
        empty(self._list)
        for words in self.visit.taken:
            missing = words.startswith(MISSED)
            icon = Icon("circle-alert" if missing else "file-check", "amber" if missing else "green", 18)
            self._list.addLayout(row(icon, (Text(words, "small"), 1), gap=8))
