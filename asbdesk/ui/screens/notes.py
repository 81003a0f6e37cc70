"""What the desk has to say about itself: quiet banners on Today and in Settings, each with what to do."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from asbdesk.ui.door import Note
from asbdesk.ui.frame import Frame
from asbdesk.ui.problems import attempt
from asbdesk.ui.widgets.buttons import Button, IconButton
from asbdesk.ui.widgets.layout import Card, column, empty, holder, row
from asbdesk.ui.widgets.text import Icon, Text
from asbdesk.ui.widgets.wrap import Wrap

ICONS = {"clock": "clock", "space": "hard-drive", "reserve": "hard-drive", "forms": "file-text", "conflict": "users"}


class Notes(QWidget):
    """The notes of the desk that were not put away. Nothing at all stands there when all is well."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame_ = frame
        self._shown: tuple[Note, ...] = ()
        self._box = column(gap=8)
        self.setLayout(self._box)
        self.hide()
        frame.noted.connect(self.refresh)

    def refresh(self) -> None:
        """Read again; drawn anew only when something changed, so that the focus stays."""
        notes = self.frame_.notes()
        if notes == self._shown:
            return
        self._shown = notes
        empty(self._box)
        for note in notes:
            self._box.addWidget(self._card(note))
        self.setVisible(bool(notes))

    def _card(self, note: Note) -> Card:
        tone = "amber" if note.kind == "ask" else "accent"
        words = column(Text(note.words), gap=8)
        if note.button:
            act = partial(attempt, self, partial(self._act, note))
            words.addWidget(Wrap(Button(note.button, on=act)))
        ends = []
        if note.closes:
            ends = [IconButton("x", "Put this message away", on=partial(self.frame_.put_away, note.id))]
        line = row(Icon(ICONS.get(note.id, "info"), tone, 22), (holder(words), 1), *ends, gap=12)
        card = Card(line, kind=note.kind, margins=(16, 10, 10, 10))
        card.setAccessibleName(note.words)
        return card

    def _act(self, note: Note) -> None:
        if note.id == "forms":
            self.frame_.go("settings")
            return
        if note.id == "conflict":
            self._decide()
            return
        if note.id == "clock":
            self.frame_.door.trust_clock(self.frame_.desk.desk)
            self.frame_.say("done", "Good. What you write is no longer marked “clock in doubt”.")
        self.frame_.noted.emit()

    def _decide(self) -> None:
        from asbdesk.casework.conflicts import of_the_landlord

        journal = self.frame_.desk.desk.store.journal
        for line in self.frame_.desk.read(of_the_landlord, journal.member, journal.role)[:1]:
            self.frame_.decide(id=line.id)
