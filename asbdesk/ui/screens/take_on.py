"""Taking on a list of existing cases: choose the file, say what its columns hold, look through it, take it on."""

from __future__ import annotations

import dataclasses
import json
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from asbdesk.casework.saved import save
from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.asking import ask_yes
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.take_on_parts import ColumnsCard, FactsCard, FoundCard
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import TOP, Bar, Card, Scroll, column, empty, holder, row
from asbdesk.ui.widgets.text import Heading, Muted, Text
from asbdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from asbdesk.exchange.spreadsheet import CaseList, DryRun, TakenOn

FILES = "Lists of cases (*.csv *.txt *.tsv *.xlsx *.xlsm)"
COLUMNS = "Kept columns (*.json)"
ACROSS = 1080
"""Pixels at 100 % text that the page takes at most."""
FIRST = "A spreadsheet or CSV, one case a row, heads above. Nothing is written until you have seen what would be made."


def open_take_on(frame: Frame) -> None:
    """Lay the page over the window."""
    page = TakeOnPage(frame)
    page.left.connect(frame.close_over)
    frame.open_over(page)


class TakeOnPage(QWidget):
    """`left` when it is over. One step at a time: the file, its columns, what was found, the taking on."""

    left = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_, self._end = frame, Event()
        self.found: CaseList | None = None
        self.dry: DryRun | None = None
        self.columns: ColumnsCard | None = None
        head = Bar(
            "header",
            column(Heading("Take on a list of cases", 1), Muted(FIRST), gap=2, margins=(28, 14, 28, 14)),
            ACROSS,
        )
        self._box = column(gap=14)
        self._inside = inside = holder(self._box)
        inside.setMaximumWidth(theme.current().px(ACROSS))
        self._buttons()
        body = column(row((inside, 1)), None, margins=(28, 18, 28, 22))
        foot = Wrap(*self.buttons[1:], gap=12, at_end=True)
        self.setLayout(column(head, (Scroll(holder(body)), 1), self._doing(), self._foot(foot), gap=0))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.cancel.click)
        self.show_file()

    def _buttons(self) -> None:
        self.cancel = Button("Leave", big=True, on=self.leave)
        self.choose = PrimaryButton("Choose the file", "folder-open", big=True, on=self.ask_file)
        self.other = Button("Choose another file", icon="folder-open", big=True, on=self.ask_file)
        self.undo = Button("Undo the newest list", icon="undo-2", big=True, on=self.ask_undo)
        self.back = Button("Change the columns", big=True, on=self.show_columns)
        self.keep = Button("Keep these columns", icon="save", big=True, on=self.ask_keep)
        self.fetch = Button("Use kept columns", icon="folder-open", big=True, on=self.ask_fetch)
        self.look = PrimaryButton("Look through it", big=True, on=self.look_through)
        self.ask = Button("Save it with three questions", icon="save", big=True, on=self.save_asking)
        self.here = PrimaryButton("Ask me here, case by case", big=True, on=self.ask_here)
        self.good = Button("Take the good rows only", big=True, on=lambda: self.take(good_rows=True))
        self.all_ = PrimaryButton("Take them on", big=True, on=lambda: self.take(good_rows=False))
        self.stop = Button("Stop", big=True, name="Stop taking on the list", on=self._stop)
        self.buttons = (
            *(self.cancel, self.undo, self.other, self.choose, self.back),
            *(self.keep, self.fetch, self.ask, self.here, self.look, self.good, self.all_, self.stop),
        )

    def _foot(self, foot: QWidget) -> Bar:
        return Bar("footer", row((self.cancel, TOP), (foot, 1), margins=(28, 10, 28, 10)), ACROSS)

    def _doing(self) -> QWidget:
        self.bar, self.doing = QProgressBar(), Text("")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How much of the list is done")
        self._progress = holder(column(self.doing, self.bar, gap=6, margins=(28, 10, 28, 10)))
        self._progress.hide()
        return self._progress

    def _show(self, card: QWidget, *buttons: Button, said: str = "") -> None:
        empty(self._box)
        self._box.addWidget(card)
        self._progress.hide()
        for each in self.buttons:
            each.setVisible(each in buttons)
            each.setEnabled(True)
        buttons[-1].setFocus()
        if said:
            announce(self.doing, said)

    # ---- the steps
    def show_file(self) -> None:
        """Which file?"""
        from asbdesk.exchange.spreadsheet import newest_acts

        words = "Reference, name, address, postcode, telephone, opened, last contact, risk level, officer, notes …"
        more = (
            "Only the name and the risk level are needed. Where a list has no risk level, three facts a case are asked."
        )
        card = Card(Heading("Which list?"), Muted(words), Text(more), gap=10)
        undo = (self.undo,) if newest_acts(self.frame_.desk.desk) else ()
        self._show(card, self.cancel, *undo, self.choose)

    def ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Which list of cases?", "", FILES)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read the file in the background, then show its columns."""
        from asbdesk.exchange.spreadsheet import open_list

        self._run(f"Reading {path.name} …", lambda told: open_list(path), self._read)

    def _read(self, found: CaseList) -> None:
        self.found, self.columns = found, None
        self.show_columns()

    def show_columns(self) -> None:
        """Which column says what?"""
        assert self.found is not None
        if self.columns is not None:
            self.found = dataclasses.replace(self.found, mapping=self.columns.mapping())
        self.columns = ColumnsCard(self.found)
        steps = (self.cancel, self.other, self.fetch, self.keep, self.look)
        self._show(self.columns, *steps, said="Which column says what?")

    def ask_keep(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Where shall the columns go?", "columns.json", COLUMNS)
        if name:
            self.keep_columns(Path(name))

    def keep_columns(self, file: Path) -> None:
        """Which column says what, for the next list like this one; nothing of a case is in it."""
        from asbdesk.exchange.columns import mapping_text

        assert self.found is not None and self.columns is not None
        save(file, mapping_text(self.columns.mapping(), self.found.heads).encode(), "the columns", for_others=True)
        self.frame_.say("done", f"{file.name}: choose it for the next list with the same heads.")

    def ask_fetch(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Which kept columns?", "", COLUMNS)
        if name:
            self.use_columns(Path(name))

    def use_columns(self, file: Path) -> None:
        """The columns as they were kept from an earlier list. Says what does not fit."""
        from asbdesk.exchange.columns import read_mapping

        assert self.found is not None
        try:
            mapping = read_mapping(file, self.found.heads)
        except UserError as error:
            self.frame_.say("problem", str(error))
            return
        self.found, self.columns = dataclasses.replace(self.found, mapping=dict(mapping)), None
        self.show_columns()

    def look_through(self) -> None:
        """The dry run."""
        from asbdesk.exchange.spreadsheet import dry_run

        assert self.found is not None
        if self.columns is not None:
            self.found = dataclasses.replace(self.found, mapping=self.columns.mapping())
        found = self.found
        desk = self.frame_.desk.desk
        self._run("Looking through every row …", lambda told: dry_run(desk, found, told), self._looked, self._refused)

    def _looked(self, dry: DryRun) -> None:
        self.dry = dry
        good = (self.good,) if dry.faults and dry.good else ()
        whole = (self.all_,) if not dry.faults else ()
        self.columns = None  # its card goes with the step; the mapping is in `found`
        self._show(FoundCard(dry), self.cancel, self.other, self.back, *good, *whole, said=dry.words)

    def _refused(self, problem: Exception) -> None:
        from asbdesk.exchange.spreadsheet import ASK

        self._idle()
        if isinstance(problem, UserError) and str(problem) == ASK:
            self.ask.show()
            self.here.show()
            self.frame_.say("warning", f"{problem} Choose their columns, answer them here, or fill them into the list.")
        else:
            self.frame_.desk.errands.tell(problem)

    def ask_here(self) -> None:
        """Three facts a case, one case after another; each answer is kept until the list is taken on."""
        from asbdesk.exchange.three_facts import mark_of, to_ask, with_facts

        assert self.found is not None
        desk, mark = self.frame_.desk, mark_of(self.found)
        answers = {int(row): facts for row, facts in json.loads(desk.remembered(mark) or "{}").items()}
        card = FactsCard(to_ask(self.found), answers, desk.today)
        card.kept.connect(lambda *_: desk.remember(mark, json.dumps(answers)))

        def over() -> None:
            assert self.found is not None
            self.found, self.columns = with_facts(self.found, answers), None
            self.look_through()

        card.done.connect(over)
        self._show(card, self.cancel, self.back, said="Three facts of each case")
        card.form.setFocus()

    def save_asking(self) -> None:
        """The list again, with three columns to fill in."""
        from asbdesk.exchange.spreadsheet import write_asking

        assert self.found is not None
        name, _ = QFileDialog.getSaveFileName(self, "Where shall it go?", "cases-to-fill-in.csv", "CSV (*.csv)")
        if not name:
            return
        file = Path(name)
        new = file.with_name(f"{file.name}.new")
        try:
            new.unlink(missing_ok=True)
            write_asking(self.found, new)
            new.replace(file)  # the dialog has asked whether to; until this one is whole the old one stays
        except OSError as error:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            self.frame_.say("problem", f"{file.name} could not be written ({error.strerror}). Choose another folder.")
            return
        self.frame_.say("done", f"{file.name}: fill in the last columns, then choose it here. Delete it afterwards.")

    # ---- taking on
    def take(self, *, good_rows: bool) -> None:
        """Take the cases on in the background."""
        from asbdesk.exchange.spreadsheet import take_all

        assert self.dry is not None
        dry, desk = self.dry, self.frame_.desk.desk
        self._end = end = Event()

        def work(told: Any) -> TakenOn:
            return take_all(desk, dry, good_rows=good_rows, told=told, stop=end.is_set)

        self._run("Taking them on …", work, self._taken)
        self.stop.show()
        self.stop.setEnabled(True)
        self.stop.setFocus()

    def _taken(self, taken: TakenOn) -> None:
        more = Muted("If the list itself was wrong, undo it now: that works while nobody has worked on its cases.")
        undo = (self.undo,) if taken.cases else ()
        title = Heading("Taken on" if taken.cases == taken.of else "Stopped")
        self._show(Card(title, Text(taken.words), more, gap=10), *undo, self.cancel, said=taken.words)

    def _stop(self) -> None:
        self._end.set()
        self.stop.setEnabled(False)
        self.doing.setText("Stopping after the cases that are being written …")

    def ask_undo(self) -> None:
        """Put the newest list back, as a whole."""
        from asbdesk.exchange.spreadsheet import newest_acts, undo_list

        desk = self.frame_.desk.desk
        acts = newest_acts(desk)
        if acts and ask_yes(self, "Undo the newest list?", "All its cases go from the desk again.", "Undo it"):
            self._run("Undoing the list …", lambda told: undo_list(desk, acts), self._undone)

    def _undone(self, _: object) -> None:
        self.show_file()
        self.frame_.say("done", "The list is undone. None of its cases is on the desk.")

    # ---- work in the background
    def _run(self, words: str, work: Any, done: Any, failed: Any = None) -> None:
        self.doing.setText(words)
        self.bar.setRange(0, 0)
        self._progress.show()
        announce(self.doing, words)
        for each in self.buttons:
            each.setEnabled(False)
        self._inside.setEnabled(False)

        def ended(answer: Any) -> None:
            self._idle()
            done(answer)

        self.frame_.desk.later(work, ended, failed or self._failed, self._told, self)

    def _failed(self, problem: Exception) -> None:
        self._idle()
        self.frame_.desk.errands.tell(problem)

    def _told(self, done: int, of: int) -> None:
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(done)
        self.doing.setText(f"{done:,} of {of:,}")

    def _idle(self) -> None:
        self._progress.hide()
        self._inside.setEnabled(True)
        self.stop.hide()
        for each in self.buttons:
            each.setEnabled(True)

    def leave(self) -> None:
        self._end.set()
        self.left.emit()
