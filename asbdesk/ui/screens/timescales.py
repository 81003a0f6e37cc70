"""The landlord's timescales: each number with what it is for and from where it comes, changed here or from a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from asbdesk.casework.saved import save
from asbdesk.casework.timescales import Read, Timescale, as_file, closing_days, read_file, timescales, versions
from asbdesk.clock import MONTHS, long_day
from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.plain_dates import parse_day
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.fields import Field, Labelled, SearchField
from asbdesk.ui.widgets.layout import MARGIN, Bar, Card, Scroll, column, holder, redrawn, row
from asbdesk.ui.widgets.slices import Slices, put
from asbdesk.ui.widgets.text import Heading, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

AT_ONCE = 30
"""Numbers drawn before something is typed."""

ACROSS = 980
"""Pixels at 100 % text that the page takes at most."""


class TimescalesPage(QWidget):
    """`left` when it is over. What is changed here holds from a day, once it is put in force."""

    left = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_ = frame
        desk = frame.desk
        asked = desk.ask(timescales, desk.today)
        self.lines: tuple[Timescale, ...] = asked.value
        self.as_of = asked.as_of
        self.days = {name: ", ".join(days) for name, days in desk.read(closing_days).items()}
        self.changed: dict[str, int] = {}
        self.shown_many = AT_ONCE
        self.search = SearchField("Find a timescale", "A word: complaint, evidence, plan …")
        self.search.setMinimumWidth(theme.current().px(340))
        self.search.textChanged.connect(lambda _: self.draw())
        load, save = Button("Read a file", icon="download", on=self._load), Button("Save as a file", on=self._save)
        words = Muted("How soon each thing is due. What arose before keeps the numbers that held then.")
        head = column(column(Heading("Timescales", 1), words, gap=2), Wrap(self.search, load, save, gap=10), gap=8)
        self._box, self.slices = column(gap=10), Slices(self)
        body = holder(column(self._in_force(), self._box, None, gap=14, margins=(28, 18, 28, 22)))
        body.setMaximumWidth(theme.current().px(ACROSS) + 2 * theme.current().gap(MARGIN))
        foot = row(Button("Leave", big=True, on=self.left.emit), None, self.adopt, gap=12, margins=(28, 10, 28, 10))
        top = Bar("header", column(head, margins=(28, 14, 28, 14)), ACROSS)
        self.setLayout(column(top, (Scroll(holder(row((body, 1)))), 1), Bar("footer", foot, ACROSS), gap=0))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.left.emit)
        self.setFocusProxy(self.search)
        self.draw()

    # ---- drawing
    def _in_force(self) -> Card:
        made = self.frame_.desk.read(versions)
        now = f"Version {made[0].version}, in force from {long_day(made[0].begins)}" if made else "The usual timescales"
        self.version = Field(name="Version", hint=str(len(made) + 1), limit=40)
        self.begins = Field(name="In force from", hint="Leave it for today", limit=40)
        self.reason = Field(name="Why, and who decided?", hint="The board, 3 November")
        hint = "For example: 24 Dec 2026, 29 Dec 2026"
        self.closed = Field(_as_read(self.days["closed"]), name="Our closing days", hint=hint, limit=2000)
        self.adopt = PrimaryButton("Put in force", big=True, on=self.put_in_force)
        fields = (Labelled(f.accessibleName(), f) for f in (self.version, self.begins, self.reason, self.closed))
        return Card(Heading(now, 3), *fields, gap=10)

    def draw(self) -> None:
        """The numbers that fit what is typed."""
        with redrawn(self._box):
            typed = self.search.text().casefold().split()
            fits = [x for x in self.lines if all(t in f"{x.name} {x.what} {x.source}".casefold() for t in typed)]
            made: list[Callable[[], object]] = [
                partial(lambda one: put(self._box, self._line(one)), each) for each in fits[: self.shown_many]
            ]
            if len(fits) > self.shown_many:
                more = f"Show all {len(fits)}"
                made.append(lambda: put(self._box, holder(row(Button(more, on=self._all), None))))
            self.slices.begin(made)
            if not fits:
                self._box.addWidget(Card(Muted("No timescale of that name. Try another word.")))

    def _all(self) -> None:
        self.shown_many = len(self.lines)
        self.draw()

    def _line(self, each: Timescale) -> QWidget:
        number = Field(
            str(self.changed.get(each.name, each.ours)), name=f"{each.unit.capitalize()}: {each.what}", limit=4
        )
        number.setFixedWidth(theme.current().gap(84))
        number.said.connect(lambda text, name=each.name: self._changed(name, text))
        title = f"{each.what[:1].upper()}{each.what[1:]}"
        ours = each.name in self.changed or each.own
        marks = [Pill(f"Usual: {each.usual}", "amber")] if ours and each.usual != each.ours else []
        words = column(row((Text(title, "strong"), 1), *marks, gap=8), Muted(each.source, small=True), gap=2)
        return Card(row((holder(words), 1), number, Muted(each.unit, wrap=False), gap=10), margins=(16, 10, 16, 10))

    # ---- changing
    def _changed(self, name: str, text: str) -> None:
        line = next(x for x in self.lines if x.name == name)
        if not text.strip().isdigit():
            self.frame_.say("warning", f"“{text}” is not a number. {line.what}: write how many {line.unit}.")
            return
        self.changed.pop(name, None)
        if int(text) != line.ours:
            self.changed[name] = int(text)

    def _load(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Read timescales", "", "Timescales (*.yaml *.yml *.json)")
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Take what a file says into what is changed here. Raises UserError."""
        found: Read = read_file(path, {x.name: x.ours for x in self.lines})
        self.changed |= found.numbers
        if found.working_days:
            self.days = {name: ", ".join(days) for name, days in found.working_days.items()}
            self.closed.set_quietly(_as_read(self.days.get("closed", "")))
        if found.begins:
            self.begins.set_quietly(found.begins)
        self.draw()
        self.frame_.say("done", f"{len(found.numbers)} numbers differ. Look at them, then put them in force.")

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Save our timescales", "timescales.yaml", "Timescales (*.yaml)")
        if name:
            ours = self.frame_.desk.read(as_file, self.frame_.desk.today)
            save(Path(name), ours, "our timescales", for_others=True)

    def _closed(self) -> str:
        """The closing days as they are kept. Raises UserError."""
        found = []
        for said in (each.strip() for each in self.closed.text().split(",")):
            day = parse_day(said, self.frame_.desk.today) if said else ""
            if day is None:
                raise UserError(f"“{said}” is no day. Write closing days as 24 Dec 2026, with a comma between them.")
            found += [day] if day else []
        return ", ".join(found)

    def put_in_force(self) -> None:
        """Adopt what was changed, from the day given. Raises UserError."""
        from asbdesk.casework.lists import adopt_policy

        self.search.setFocus()  # what is being typed is said
        days = {**self.days, "closed": self._closed()}
        tables = {name: [d.strip() for d in said.split(",") if d.strip()] for name, said in days.items()}
        before = {name: list(some) for name, some in self.frame_.desk.read(closing_days).items()}
        if not self.changed and tables == before:
            raise UserError("Nothing is changed yet. Change a number or a closing day first.")
        begins = parse_day(self.begins.text(), self.frame_.desk.today) if self.begins.text().strip() else ""
        if begins is None:
            raise UserError("Write the day as 3 November 2026, or leave it for today.")
        told = {"reason": self.reason.text(), "working_days": None if tables == before else tables}
        version = self.version.text().strip() or self.version.placeholderText()
        day = begins or self.frame_.desk.today
        done = self.frame_.desk.do(adopt_policy, version, day, self.changed, as_of=self.as_of, **told)
        self.left.emit()
        self.frame_.say_done("The timescales are in force. What is due is being worked out.", done)


def _as_read(days: str) -> str:
    """Days as people write them, always with their year: 24 Dec 2026."""
    found = [dt.date.fromisoformat(day.strip()) for day in days.split(",") if day.strip()]
    return ", ".join(f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}" for day in found)


def open_timescales(frame: Frame) -> TimescalesPage:
    """The page over the window."""
    page = TimescalesPage(frame)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page
