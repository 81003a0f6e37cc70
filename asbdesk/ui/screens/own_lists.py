"""The landlord's lists: each word as it is offered, worded otherwise, added, or offered no more."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from asbdesk.casework.lists import LISTS, ListLine, lines_of, set_word
from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.buttons import PrimaryButton, QuietButton
from asbdesk.ui.widgets.fields import Choice, Field
from asbdesk.ui.widgets.layout import MARGIN, Bar, Card, Scroll, column, holder, redrawn, row
from asbdesk.ui.widgets.text import Heading, Muted, Pill

ACROSS = 880
"""Pixels at 100 % text that the page takes at most."""


class ListsPage(QWidget):
    """`left` when it is over. Each change holds at once; what was recorded keeps its code and shows the new words."""

    left = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_ = frame
        self.which = Choice([(name, title) for name, title in LISTS.items()], name="Which list")
        self.which.chosen.connect(lambda _: self.draw())
        self.new = Field(name="Add to this list", hint="New words", limit=120)
        self.new.returnPressed.connect(self.add)
        words = Muted("A word that is no longer offered stays on what was recorded with it.")
        head = column(column(Heading("Lists", 1), words, gap=2), row(self.which, None), gap=8, margins=(28, 14, 28, 14))
        self._box = column(gap=8)
        more = row((self.new, 1), PrimaryButton("Add", "plus", name="Add to this list", on=self.add), gap=10)
        body = holder(column(self._box, Card(more), None, gap=12, margins=(28, 18, 28, 22)))
        body.setMaximumWidth(theme.current().px(ACROSS) + 2 * theme.current().gap(MARGIN))
        foot = row(None, PrimaryButton("Done", big=True, on=self.left.emit), margins=(28, 10, 28, 10))
        scroll = Scroll(holder(row((body, 1))))
        self.setLayout(column(Bar("header", head, ACROSS), (scroll, 1), Bar("footer", foot, ACROSS), gap=0))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.left.emit)
        self.setFocusProxy(self.which)
        self.draw()

    def draw(self) -> None:
        """The words of the list chosen."""
        with redrawn(self._box):
            for line in self.frame_.desk.read(lines_of, self.which.value()):
                self._box.addWidget(self._line(line))

    def _line(self, line: ListLine) -> QWidget:
        field = Field(line.words, name=f"Words for {line.words}", limit=120)
        field.said.connect(partial(self._word, line))
        marks = [Pill("Not offered", "grey")] if line.off else [Pill("Ours", "blue")] if line.own else []
        words = "Offer it again" if line.off else "Offer it no more"
        turn = QuietButton(words, name=f"{words}: {line.words}", on=partial(self._turn, line))
        return Card(row((field, 1), *marks, turn, gap=10), margins=(14, 8, 10, 8))

    def _word(self, line: ListLine, words: str) -> None:
        if words.strip() and words.strip() != line.words:
            self._set(line.code, words.strip(), off=line.off)

    def _turn(self, line: ListLine) -> None:
        self._set(line.code, line.words, off=not line.off)
        self.draw()

    def add(self) -> None:
        """Add what was written. Raises UserError for nothing."""
        words = self.new.text().strip()
        if not words:
            raise UserError("Write the words to add.")
        known = {line.code for line in self.frame_.desk.read(lines_of, self.which.value())}
        self._set(code_for(words, known), words, off=False)
        self.new.set_quietly("")
        self.draw()

    def _set(self, code: str, words: str, *, off: bool) -> None:
        done = self.frame_.desk.do(set_word, self.which.value(), code, words, off=off)
        self.frame_.say_done("The list is changed.", done)


def code_for(words: str, known: set[str]) -> str:
    """A code for new words: letters, figures and underscores, and not one of those known."""
    plain = "".join(c if c.isascii() and c.isalnum() else "_" for c in words.casefold())
    code = "_".join(part for part in plain.split("_") if part)[:32] or "own"
    return next(c for c in (code, *(f"{code}_{n}" for n in range(2, 1000))) if c not in known)


def open_lists(frame: Frame) -> ListsPage:
    """The page over the window."""
    page = ListsPage(frame)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page
