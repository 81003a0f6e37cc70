"""The case file: for whom, as what, what is left out and why; what stands in the way, a place, and it is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from asbdesk.casework.casefile import COPIES, TO, Asked, case_file, leaving
from asbdesk.casework.release import Override
from asbdesk.casework.words import number, size
from asbdesk.clock import instant
from asbdesk.ui.asking import ask_folder
from asbdesk.ui.papers import OPEN_PLACE
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, IconButton, PrimaryButton
from asbdesk.ui.widgets.fields import Field, Labelled
from asbdesk.ui.widgets.layout import Bar, Card, Scroll, capped, column, holder, redrawn, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text
from asbdesk.ui.widgets.tiles import TickTile, TileGroup
from asbdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from asbdesk.documents.casefile import CaseFile, Copy
    from asbdesk.exchange.casefile import Written
    from asbdesk.ui.errands import Job, Told
    from asbdesk.ui.frame import Frame

WHO: dict[Copy, str] = {
    "investigator": "An investigator: the whole case",
    "resident": "The resident: their own copy",
    "court": "A court: numbered papers and exhibits",
}
AS = (("pdf", "One PDF, with the files inside"), ("folder", "A folder of plain files, with a list to check them by"))
MOST_GAPS, MOST_EVIDENCE = 6, 60
SCALE = 1000
"""Steps of the bar: a count of bytes is too large for it."""

ACROSS = 1000
"""Pixels at 100 % text that the page takes at most."""


class CaseFilePage(QWidget):
    """Lies over the window. `left` when it is over."""

    left = Signal()

    def __init__(self, frame: Frame, case: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_, self.case = frame, case
        self.file: CaseFile | None = None
        self.job: Job | None = None
        self._asked = 0
        self.copy: Copy = "investigator"
        self._make()
        self.setLayout(column(self._head(), (Scroll(holder(capped(self._body(), ACROSS))), 1), gap=0))
        self.setFocusProxy(self.who)
        self._running(False)
        self.read()

    # ---- laid out
    def _make(self) -> None:
        self.who = TileGroup([(copy, WHO[copy]) for copy in COPIES], name="Whom is it for?")
        self.who.set_value(self.copy)
        self.who.chosen.connect(self._chose)
        self.form = TileGroup(AS, name="As what?")
        self.form.set_value("pdf")
        self.to = Field(TO["investigator"], name="Who receives it", limit=120)
        self.to.said.connect(lambda _: self.read())
        self.nameless = TickTile("Leave out who the others are", small=True)
        self.looked = TickTile("Add who looked at the case", small=True)
        for tick in (self.nameless, self.looked):
            tick.toggled.connect(lambda _: self.read())
        self.evidence = TileGroup([], many=True, name="Evidence that goes with it")
        self._said = column(gap=8)
        self.look = Button("Look at the first page", icon="eye", on=self.look_at_it)
        self.write = PrimaryButton("Write it out", "download", on=self.start)
        self.stop = Button("Stop", name="Stop writing the case file", on=self.stop_it)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, SCALE)
        self.bar.setAccessibleName("How much of the case file is written")
        self.doing = Muted("It is being written. You can go on when it is done, or stop it.", small=True)

    def _head(self) -> QWidget:
        back = IconButton("chevron-left", "Back to the case", on=self.leave)
        words = holder(column(Heading("Case file", 1), Muted("The whole case in order, for one reader."), gap=2))
        return Bar("header", row(back, (words, 1), gap=12, margins=(22, 14, 28, 14)), ACROSS)

    def _body(self) -> Any:
        self.receives = Labelled("Who receives it", self.to)
        whom = Card(Heading("Whom is it for?", 2), self.who, self.receives, Wrap(self.nameless, self.looked, gap=10))
        self.what = Card(Heading("What goes, and what does not", 2), holder(self._said))
        way = Card(Heading("As what?", 2), self.form)
        ends = Card(Wrap(self.look, self.write, self.stop, gap=10), self.bar, self.doing)
        return column(whom, self.what, way, ends, None, gap=14, margins=(28, 16, 28, 22))

    # ---- what is asked
    def _chose(self, value: Any) -> None:
        if value in COPIES and value != self.copy:
            self.copy = value
            self.to.set_quietly(TO.get(self.copy, ""))
            self.read()

    @property
    def asked(self) -> Asked:
        """What was chosen."""
        theirs = self.copy == "resident"
        return Asked(
            self.copy,
            "" if theirs else self.to.text(),
            third_parties=not (self.nameless.isChecked() or theirs),
            looked=self.looked.isChecked() and not theirs,
        )

    def read(self) -> None:
        """Put together what would go, elsewhere, and say it."""
        theirs = self.copy == "resident"
        for part in (self.receives, self.nameless, self.looked):
            part.setVisible(not theirs)
        self.file = None
        self._asked += 1
        now, asked, desk = self._asked, self.asked, self.frame_.desk
        at = instant(desk.clock.now())
        self._say([Muted("Reading the case …")])

        def show(file: CaseFile) -> None:
            if now == self._asked:
                self.show_file(file)

        desk.later(lambda: desk.desk.read(case_file, self.case, desk.member, asked, at), show, self._failed, owner=self)

    def show_file(self, file: CaseFile) -> None:
        """What goes and what does not, before it leaves."""
        self.file = file
        whole = sum(e.size for e in file.exhibits)
        counted = f"{number(len(file.exhibits), 'file')} ({size(whole)})" if file.exhibits else "no files"
        said: list[Any] = [Text(f"{number(file.entries, 'entry', 'entries')} and {counted}.", "strong")]
        said += self._left_out(file)
        gaps = next((c for c in file.chapters if c.id == "lacks"), None)
        lines = [line.cells[0] for table in gaps.tables for line in table.lines] if gaps is not None else []
        if lines:
            said.append(Text(f"What this file lacks ({len(lines)}), as it will say itself:", "strong"))
            said += [Text(f"•  {words}", "body") for words in lines[:MOST_GAPS]]
            said += [Muted(f"and {len(lines) - MOST_GAPS} more")] if len(lines) > MOST_GAPS else []
            said.append(Wrap(Button("Add a document to the case", icon="plus", on=self.add_document), gap=10))
        if file.copy == "court":
            said += self._evidence(file)
        self._say(said)
        announce(self, f"{number(file.entries, 'entry', 'entries')} and {counted}.")

    def _left_out(self, file: CaseFile) -> list[Any]:
        if file.copy == "investigator" and not file.left_out:
            return [Text("Nothing is left out. What is not for the resident is marked so in it.", "body")]
        said: list[Any] = [Text(f"Left out: {why.lower()} ({count}).", "body") for why, count in file.left_out]
        words = "A name that nobody wrote down as a person is not found. Read the copy through before you give it."
        return [*said, Card(row(Icon("triangle-alert", "amber", 18), (Text(words, "body"), 1)), kind="ask")]

    def _evidence(self, file: CaseFile) -> list[Any]:
        found = [(e.id, e.title) for e in file.exhibits if e.kind == "evidence"]
        if not found or len(found) > MOST_EVIDENCE:
            return []
        self.evidence = TileGroup(found, many=True, name="Evidence that goes with it", small=True)
        self.evidence.set_value([one for one, _ in found])
        return [Text("Evidence that goes with it:", "strong"), self.evidence]

    def _say(self, said: list[Any]) -> None:
        with redrawn(self._said):
            for part in said:
                if isinstance(part, QWidget):
                    self._said.addWidget(part)
                else:
                    self._said.addLayout(part)
        self.write.setEnabled(self.file is not None and self.job is None)
        self.look.setEnabled(self.file is not None)

    # ---- what it opens
    def look_at_it(self) -> None:
        """The first page, as it is printed."""
        from asbdesk.exchange.casefile import first_page

        desk, asked = self.frame_.desk, self.asked
        desk.later(lambda: first_page(desk.desk, self.case, asked), self.show_page, self._failed, owner=self)

    def show_page(self, pdf: bytes) -> None:
        from asbdesk.ui.screens.case.paper import show_paper

        show_paper(self.frame_, pdf, "The first page")

    def add_document(self) -> None:
        """Something that is kept elsewhere comes into the case, as evidence does."""
        from asbdesk.ui.screens.case.adding import open_menu

        frame, case = self.frame_, self.case
        self.leave()
        open_menu(frame, case).search.setText("evidence")

    # ---- writing
    def start(self) -> None:
        """Look what stands in the way, ask where, and write it elsewhere."""
        from asbdesk.ui.screens.case.leaving import cleared

        if self.file is None or self.job is not None:
            return
        desk, asked = self.frame_.desk, self._chosen()
        going = cleared(self, desk, desk.read(leaving, self.case, desk.member, self.file), "casefile")
        place = self.ask_place(f"{self.file.reference} case file, {self.copy}") if going is not None else None
        if going is None or place is None:
            return
        why = Override(going.reason)
        self._running(True)
        self.job = desk.later(
            lambda told: self._write(asked, place, why, told), self._made, self._failed, self._told, self
        )

    def _chosen(self) -> Asked:
        value = self.evidence.value() if self.copy == "court" else None
        if not isinstance(value, list) or self.file is None:
            return self.asked
        every = {e.id for e in self.file.exhibits if e.kind == "evidence"}
        return replace(self.asked, left=frozenset(every - set(value)))

    def _write(self, asked: Asked, place: Path, why: Override, told: Told) -> Written:
        from asbdesk.exchange.casefile import write_folder, write_pdf

        write = write_folder if self.form.value() == "folder" else write_pdf
        return write(self.frame_.desk.desk, self.case, asked, place, why, told)

    def ask_place(self, name: str) -> Path | None:
        """Where the officer wants it; None when they changed their mind."""
        if self.form.value() == "folder":
            found = ask_folder(self, "In which folder shall the case file go?")
            return None if found is None else found / name
        place, _ = QFileDialog.getSaveFileName(self, "Where shall the case file go?", f"{name}.pdf", "PDF (*.pdf)")
        return Path(place) if place else None

    def open_place(self, place: Path) -> None:
        """Show the officer where it is."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(place if place.is_dir() else place.parent)))

    def _told(self, done: int, of: int) -> None:
        self.bar.setValue(SCALE * done // max(of, 1))
        self.stop.setEnabled(done < of)  # from here on it is written down, and lies there

    def _made(self, done: Written) -> None:
        self.job = None
        self._running(False)
        self.frame_.desk.changed.emit(())
        missing = f" {number(len(done.missing), 'file is', 'files are')} not on this laptop." if done.missing else ""
        self.frame_.say("warning", f"The case file is “{done.place.name}”, and written down.{missing} {OPEN_PLACE}")
        self.open_place(done.place)
        self.left.emit()

    def _failed(self, problem: Exception) -> None:
        self.job = None
        self._running(False)
        self.frame_.desk.errands.tell(problem)

    def stop_it(self) -> None:
        """Nothing is left of what was written so far."""
        if self.job is not None:
            self.job.stop()
            self.job = None
        self._running(False)
        self.frame_.say("note", "Stopped. Nothing was given out.")

    def leave(self) -> None:
        if self.job is not None:
            self.stop_it()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _running(self, on: bool) -> None:
        for part in (self.stop, self.bar, self.doing):
            part.setVisible(on)
        for other in (self.who, self.form, self.what, self.to, self.nameless, self.looked):
            other.setEnabled(not on)
        self.stop.setEnabled(on)
        self.write.setEnabled(not on and self.file is not None)


def open_case_file(frame: Frame, case: str) -> CaseFilePage:
    """Over the window."""
    page = CaseFilePage(frame, case)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page
