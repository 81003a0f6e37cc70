"""Printing, asked on one page: exactly the pages that will come out beside which printer, how many, and how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.errands import Errands
from asbdesk.ui.printing import MOST_COPIES, SIDES, Wishes, print_to, printers
from asbdesk.ui.tab_order import Dialog
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.fields import Choice, Field, Labelled
from asbdesk.ui.widgets.layout import Scroll, column, holder, row
from asbdesk.ui.widgets.pdf_preview import PdfPreview
from asbdesk.ui.widgets.text import Heading, Muted, Text

PRINTER, BOTH_SIDES = "print.printer", "print.sides"
"""What is remembered from one print to the next."""
NO_PRINTER = "This laptop knows no printer. Add one in its settings, or save the page and print it elsewhere."
LOOKING = "Looking for printers …"
WAIT = "Sending it to the printer …"
RANGE = re.compile(r"(\d{1,4})(?:\s*(?:-|–|to)\s*(\d{1,4}))?")


class Memory(Protocol):
    """The part of `ui.desk.UiDesk` that remembers."""

    def remember(self, name: str, value: str) -> None: ...
    def remembered(self, name: str) -> str | None: ...


@dataclass(frozen=True)
class Printed:
    """What went to the printer."""

    pages: int
    copies: int

    @property
    def words(self) -> str:
        """As the sharing log says it: "2 pages, 3 copies"."""
        pages = "1 page" if self.pages == 1 else f"{self.pages} pages"
        return pages if self.copies == 1 else f"{pages}, {self.copies} copies"


def chosen_pages(words: str, of: int) -> tuple[int, ...]:
    """The pages that "1-3, 5" names; all of them for no words. Raises UserError, saying how it is written."""
    if not words.strip():
        return tuple(range(1, of + 1))
    found: set[int] = set()
    for part in re.split(r"[,;]", words.strip().rstrip(",;")):
        match = RANGE.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= of:
            there = "There is only page 1." if of == 1 else f"There are pages 1 to {of}."
            raise UserError(f"{there} Write the pages as 1-2, 4. Leave it empty for all of them.")
        found.update(range(first, last + 1))
    return tuple(sorted(found))


class PrintDialog(Dialog):
    """`pdf` is the flattened copy; `printed` says what went out, None while nothing has."""

    def __init__(self, parent: QWidget, pdf: bytes, title: str, memory: Memory | None = None) -> None:
        super().__init__(parent)
        self.pdf, self.title, self.memory = pdf, title, memory
        self.printed: Printed | None = None
        self.job = ""
        """What the print service calls it."""
        self._errands = Errands(self._failed, self)
        self.setWindowTitle("Print")
        self.view = PdfPreview("The pages as they come out of the printer")
        self.view.show_pdf(pdf)
        self.of = self.view.pages
        self.which = tuple(range(1, self.of + 1))
        self._shown = pdf
        self._fields()
        ask = column(Heading("Print"), self.count, *self.asked, self.state, None, gap=14, margins=(24, 20, 18, 12))
        side = Scroll(holder(ask))
        side.setFixedWidth(theme.current().gap(330))
        foot = row(None, self.cancel, self.go, gap=10, margins=(24, 10, 24, 16))
        self.setLayout(column((row(side, (self.view, 1), gap=0), 1), holder(foot), gap=0))
        self.resize(parent.window().size() * 0.88)
        self._choose_pages()
        self._errands.later(printers, self._found, owner=self)

    def _found(self, known: list[str]) -> None:
        """The printers there are; the one that was used last stands first."""
        for name in known:
            self.queue.addItem(name, name)
        self.queue.setCurrentIndex(max(0, self.queue.findData(self._last(PRINTER))) if known else -1)
        self.queue.setEnabled(bool(known))
        self.queue.updateGeometry()
        self.go.setEnabled(bool(known))
        self.state.setText("")
        if known:
            self.go.setFocus()
        else:
            self._say(NO_PRINTER)

    def _fields(self) -> None:
        self.queue = Choice([], name="Printer")
        self.queue.setEnabled(False)
        self.pages = Field(name="Pages", hint=f"All {self.of}" if self.of > 1 else "All", limit=60)
        self.copies = Field("1", name="Copies", limit=2)
        self.sides = Choice(SIDES, name="One side or both", value=self._last(BOTH_SIDES) or "as_set")
        asks = (("Printer", self.queue), ("Pages", self.pages), ("Copies", self.copies), ("Sides", self.sides))
        helps = {"Pages": "For example 1-2, 4. Empty: all of them."}
        self.asked = [Labelled(words, field, help=helps.get(words, "")) for words, field in asks]
        self.asked[1].setVisible(self.of > 1)
        self.count, self.state = Muted(""), Text("", "small", tone="red")
        self.cancel, self.go = Button("Do not print", on=self.reject), PrimaryButton("Print", icon="printer")
        self.go.clicked.connect(self.print_now)
        self.pages.textEdited.connect(lambda _: self._choose_pages())
        self.copies.textEdited.connect(lambda _: self._count())
        self.go.setEnabled(False)
        self.state.setText(LOOKING)

    def _last(self, name: str) -> str:
        return (self.memory.remembered(name) or "") if self.memory is not None else ""

    # ---- what comes out
    def _choose_pages(self) -> None:
        """Show exactly the pages that were chosen, as soon as their words make sense."""
        try:
            which = chosen_pages(self.pages.text(), self.of)
        except UserError as problem:
            self.asked[1].say_wrong(str(problem))
            return
        self.asked[1].say_wrong("")
        if which != self.which:
            from asbdesk.documents.preview import only

            self.which, self._shown = which, only(self.pdf, which)
            self.view.show_pdf(self._shown)
        self._count()

    def _copies(self) -> int:
        """How many, or 0 where that is no number."""
        words = self.copies.text().strip()
        return int(words) if words.isascii() and words.isdigit() and int(words) <= MOST_COPIES else 0

    def _count(self) -> None:
        copies = self._copies()
        self.asked[2].say_wrong("" if copies else f"Write a number from 1 to {MOST_COPIES}.")
        words = Printed(len(self.which), copies or 1).words
        self.count.setText(f"{words[0].upper()}{words[1:]}, just as you see them here.")

    # ---- out
    def print_now(self) -> None:
        """Send what is shown. The dialog stays, with the reason, where nothing was printed."""
        self._choose_pages()
        wrong = [each for each in self.asked if each.problem.isVisibleTo(self)]
        if wrong:
            wrong[0].field.setFocus()
            return
        wishes = Wishes(self.queue.value(), self.title, self._copies(), self.sides.value())
        data = self._shown
        self._sending(True)
        self._say(WAIT)
        self._errands.later(lambda: print_to(data, wishes), lambda job: self._gone(wishes, job), owner=self)

    def _gone(self, wishes: Wishes, job: str) -> None:
        self.job = job
        if self.memory is not None:
            self.memory.remember(PRINTER, wishes.queue)
            self.memory.remember(BOTH_SIDES, wishes.sides)
        self.printed = Printed(len(self.which), wishes.copies)
        self.accept()

    def _sending(self, now: bool) -> None:
        self.go.setEnabled(not now)
        self.cancel.setEnabled(not now)

    def _failed(self, problem: Exception) -> None:
        self._sending(False)
        if not isinstance(problem, UserError):
            self._say("This could not be printed. Save it and print it elsewhere.")
            raise problem
        self._say(str(problem))

    def _say(self, words: str) -> None:
        self.state.setText(words)
        announce(self.state, words)

    def reject(self) -> None:
        """Not while it is on its way: what came out of a printer is written down."""
        if self.cancel.isEnabled():
            super().reject()


__all__ = ["Memory", "PrintDialog", "Printed", "chosen_pages"]
