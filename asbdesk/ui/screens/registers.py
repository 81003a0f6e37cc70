"""Our own registers: policies and their versions, training, reviews; what each lacks, and a form to add to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.casework.registers import Entry, Register, registers, take_off, write
from asbdesk.clock import london_instant, long_day
from asbdesk.forms.answers import is_unanswered
from asbdesk.forms.load import one_form
from asbdesk.ui.asking import ask_yes
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.form_page import FormPage
from asbdesk.ui.screens.oversight import ListPage
from asbdesk.ui.widgets.buttons import Button, QuietButton
from asbdesk.ui.widgets.layout import TOP, Card, column, holder, line, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

AGAIN = {"policies": "A new version"}
"""What the button of a line that goes on says; elsewhere it is looked at, or held, again."""


class RegistersPage(ListPage):
    """Each register in a card of its own."""

    def __init__(self, frame: Frame) -> None:
        words = "Policies, training and reviews: what the board and the Ombudsman ask for. Nobody’s case is in them."
        super().__init__(frame, "Our own records", words)
        found = frame.desk.read(registers, frame.desk.today)
        self.draw_cards([partial(self._card, each) for each in found])

    def _card(self, each: Register) -> Card:
        add = Button("Add", icon="plus", name=f"Add: {each.title}", on=partial(self._write, each.id))
        count = [Pill(str(len(each.entries)), "blue")] if each.entries else []
        card = Card(row((Heading(each.title, 2), 1), *count, add, gap=10), Muted(each.words), gap=10)
        box = card.layout()
        assert isinstance(box, QVBoxLayout)
        if each.gaps:
            box.addWidget(_lacks(each.gaps))
        for entry in each.entries:
            box.addWidget(line())
            box.addWidget(self._entry(entry))
        return card

    def _entry(self, entry: Entry) -> QWidget:
        marks = [Pill(f"Look again: was {long_day(entry.again)}", "amber")] if entry.late else []
        again = partial(self._write, entry.register, entry)
        words = AGAIN.get(entry.register, "Again")
        acts = Wrap(
            Button(words, name=f"{words}: {entry.title}", on=again),
            QuietButton("Take it off", name=f"Take it off: {entry.title}", on=partial(self._off, entry)),
            gap=8,
        )
        told = column(*(Text(each, "small") for each in entry.lines), gap=2)
        return holder(
            column(row((Text(entry.title, "strong"), 1), *((m, TOP) for m in marks), gap=8), told, acts, gap=6)
        )

    def _write(self, register: str, follows: Entry | None = None) -> None:
        self.left.emit()
        open_register_form(self.frame_, register, follows)

    def _off(self, entry: Entry) -> None:
        words = "It is taken off this list, and stays in the journal."
        if ask_yes(self, f"Take “{entry.title}” off?", words, "Take it off"):
            done = self.frame_.desk.do(take_off, entry.id, "Written by mistake")
            self.left.emit()
            open_registers(self.frame_)
            self.frame_.say_done("It is off the list.", done)


def _lacks(gaps: tuple[str, ...]) -> Card:
    """What is missing, said once above what is there."""
    lines = (row((Icon("triangle-alert", "amber", 18), TOP), (Text(gap, "body"), 1), gap=8) for gap in gaps)
    return Card(*lines, kind="ask", gap=6, margins=(14, 10, 14, 10))


class RegisterForm(FormPage):
    """A line of a register; one that follows another begins with what that said, but for its version and its days."""

    def __init__(self, frame: Frame, register: str, follows: Entry | None) -> None:
        form = one_form(register, frame.desk.desk.store.paths.own_forms)
        self.follows = follows.id if follows else ""
        run_as = f"{register}:{self.follows}" if follows else register
        super().__init__(frame, "", form, form.banner, "Save", run_as=run_as)
        for question, value in (follows.answers if follows else {}).items():
            if question in ("what", "name", "who", "where", "scope"):
                self.values.setdefault(question, value)
        self.draw()

    def save(self, answers: Mapping[str, Any]) -> None:
        given = {question: value for question, value in answers.items() if not is_unanswered(value)}
        day = str(given.get("on") or "")
        happened = london_instant(day, "12:00") if day and day != self.frame_.desk.today else None
        done = self.do(write, self.form_, given, follows=self.follows, happened=happened)
        self.left.emit()
        self.frame_.say_done("It is written down.", done)


def open_registers(frame: Frame) -> RegistersPage:
    """The page over the window."""
    page = RegistersPage(frame)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page


def open_register_form(frame: Frame, register: str, follows: Entry | None = None) -> RegisterForm:
    """A form of one register over the window; back to the registers when it is left."""
    page = RegisterForm(frame, register, follows)
    page.left.connect(frame.close_over)
    page.left.connect(lambda: open_registers(frame))
    frame.open_over(page)
    return page
