"""The parts of taking on a list: which column says what, and what looking through it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.fields import Choice, Labelled
from asbdesk.ui.widgets.layout import Card, row
from asbdesk.ui.widgets.text import Heading, Muted, Text

if TYPE_CHECKING:
    from asbdesk.exchange.spreadsheet import CaseList, DryRun

NOT_THERE = "-1"
MOST_LINES = 60
"""Faults or cases shown on the page; the rest are counted."""


class ColumnsCard(Card):
    """Each thing a list may say, the column it is in, and what the first three rows say there."""

    changed = Signal()

    def __init__(self, found: CaseList) -> None:
        from asbdesk.exchange.columns import FIELDS, letters

        self.found = found
        names = found.heads.names
        options = [(NOT_THERE, "Not in this list")]
        options += [
            (str(at), name if name.startswith("Column ") else f"{letters(at)}: {name}") for at, name in enumerate(names)
        ]
        self.choices: dict[str, Choice] = {}
        self._shown: dict[str, Labelled] = {}
        for field in FIELDS:
            at = str(found.mapping.get(field.id, NOT_THERE))
            choice = Choice([(value, words[:60]) for value, words in options], name=field.title, value=at)
            choice.chosen.connect(lambda _, id=field.id: self._chosen(id))
            self.choices[field.id] = choice
            self._shown[field.id] = Labelled(field.title, choice, help=self._samples(int(at)))
        words = "This is a guess from the heads. Put right what is wrong: the first three rows are shown."
        notes = [Text(note, tone="amber") for note in found.notes]
        super().__init__(Heading("Which column says what?"), Muted(words), *notes, *self._shown.values(), gap=14)

    def _samples(self, at: int) -> str:
        told = [each if len(each) < 40 else f"{each[:38]}…" for each in self.found.samples(at)] if at >= 0 else []
        return " · ".join(each or "(empty)" for each in told) or "Nothing is read."

    def _chosen(self, field: str) -> None:
        label = self._shown[field]
        label.help.setText(self._samples(int(self.choices[field].value())))
        self.changed.emit()

    def mapping(self) -> dict[str, int]:
        """Field → column, as chosen."""
        told = {field: int(choice.value()) for field, choice in self.choices.items()}
        return {field: at for field, at in told.items() if at >= 0}


class FoundCard(Card):
    """What looking through the list found, row by row. Nothing is written yet."""

    def __init__(self, dry: DryRun) -> None:
        wrong = [Text(fault.line) for fault in dry.faults[:MOST_LINES]]
        if len(dry.faults) > MOST_LINES:
            wrong.append(Muted(f"And {len(dry.faults) - MOST_LINES} more."))
        good = [Text(f"Row {number}: {case.name}, {case.level}") for number, case in dry.good[:MOST_LINES]]
        if len(dry.good) > MOST_LINES:
            good.append(Muted(f"And {len(dry.good) - MOST_LINES} more."))
        notes = [Text(note, tone="amber") for note in dry.notes]
        first = [Heading("What is wrong, and how to mend it", 3), *wrong] if wrong else []
        then = [Heading("What would be made", 3), *good] if good else []
        words = (
            "Each case begins today. Its old days are kept as history and owe nothing. It owes one check, and no "
            "officer gets more than five of those on one day."
        )
        super().__init__(Heading(dry.words), Muted(words), *notes, *first, *then, gap=8)


class ListCard(Card):
    """In Settings: the way to take a list on."""

    def __init__(self, frame: Frame) -> None:
        self.frame_ = frame
        words = Muted("A spreadsheet of cases that began elsewhere. You see what would be made before anything is.")
        self.open_ = Button("Take on a list of cases", icon="download", on=self._open)
        super().__init__(Heading("Cases from a list"), words, row(self.open_, None), gap=10)

    def _open(self) -> None:
        from asbdesk.ui.screens.take_on import open_take_on

        open_take_on(self.frame_)
