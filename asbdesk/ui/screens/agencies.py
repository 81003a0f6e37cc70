"""The agencies we work with: whom we speak to there, how, and what was agreed about sharing; one new, one no more."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from asbdesk.casework.agencies import AgencyLine, add_agency, change_agency, our_agencies
from asbdesk.casework.lists import list_of
from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.buttons import PrimaryButton, QuietButton
from asbdesk.ui.widgets.fields import Choice, Field, Labelled
from asbdesk.ui.widgets.layout import MARGIN, Bar, Card, Scroll, column, holder, redrawn, row
from asbdesk.ui.widgets.text import Heading, Muted, Pill, Text

ACROSS = 880
"""Pixels at 100 % text that the page takes at most."""
FIELDS = (
    ("name", "Name"),
    ("contact", "Whom we speak to there"),
    ("number", "Telephone"),
    ("email", "E-mail"),
    ("agreement", "Agreement to share, and its day"),
)


class AgenciesPage(QWidget):
    """`left` when it is over. Each change holds at once; what was written with an agency keeps its name."""

    left = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_ = frame
        self.new = Field(name="Add an agency", hint="Its name: Exampleton Police, Harbour Women’s Aid", limit=120)
        self.new.returnPressed.connect(self.add)
        kinds = frame.desk.read(list_of, "agency")
        self.sort = Choice([("", "Another kind"), *kinds.items()], name="What kind of agency is it?")
        words = Muted("They are offered first in a referral, a request and a share pack, with whom to ring.")
        head = column(Heading("Agencies we work with", 1), words, gap=2, margins=(28, 14, 28, 14))
        self._box = column(gap=10)
        more = column(
            Text("Add an agency", "strong"),
            row((self.new, 3), (self.sort, 2), PrimaryButton("Add", "plus", name="Add this agency", on=self.add)),
            gap=8,
        )
        body = holder(column(Card(more), self._box, None, gap=12, margins=(28, 18, 28, 22)))
        body.setMaximumWidth(theme.current().px(ACROSS) + 2 * theme.current().gap(MARGIN))
        foot = row(None, PrimaryButton("Done", big=True, on=self.left.emit), margins=(28, 10, 28, 10))
        scroll = Scroll(holder(row((body, 1))))
        self.setLayout(column(Bar("header", head, ACROSS), (scroll, 1), Bar("footer", foot, ACROSS), gap=0))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.left.emit)
        self.setFocusProxy(self.new)
        self.draw()

    def draw(self) -> None:
        """All that are on the list."""
        with redrawn(self._box):
            lines = self.frame_.desk.read(our_agencies)
            if not lines:
                self._box.addWidget(Muted("None is on your own list yet. Every landlord’s usual ones are offered."))
            for line in lines:
                self._box.addWidget(self._line(line))

    def _line(self, line: AgencyLine) -> QWidget:
        kinds = self.frame_.desk.read(list_of, "agency")
        marks = [Pill("We work with them no more", "grey")] if line.ended else []
        kind = [Muted(kinds[line.sort])] if line.sort in kinds else []
        words = "Work with them again" if line.ended else "Work with them no more"
        turn = QuietButton(words, name=f"{words}: {line.name}", on=partial(self._turn, line))
        title, grid = Heading(line.name, 3), QGridLayout()
        grid.setSpacing(theme.current().gap(10))
        for n, (key, label) in enumerate(FIELDS):
            field = Field(getattr(line, key), name=f"{line.name}: {label}", limit=200)
            field.said.connect(partial(self._keep, line, key, title))
            grid.addWidget(Labelled(label, field), n // 2, n % 2)
        for at in (0, 1):
            grid.setColumnStretch(at, 1)
        head = row(title, *marks, *kind, None, turn, gap=10)
        return Card(head, grid, gap=8, margins=(16, 12, 12, 16))

    def _keep(self, line: AgencyLine, key: str, title: Heading, words: str) -> None:
        self.frame_.desk.do(change_agency, line.id, **{key: words.strip()})
        if key == "name":
            title.setText(words.strip())

    def _turn(self, line: AgencyLine) -> None:
        ended = "" if line.ended else self.frame_.desk.today
        done = self.frame_.desk.do(change_agency, line.id, ended=ended)
        self.draw()
        self.frame_.say_done("The list of agencies is changed.", done)

    def add(self) -> None:
        """Add what was written. Raises UserError for nothing."""
        if not self.new.text().strip():
            raise UserError("Write the name of the agency to add.")
        done = self.frame_.desk.do(add_agency, self.new.text(), self.sort.value())
        self.new.set_quietly("")
        self.draw()
        self.new.setFocus()
        self.frame_.say_done("It is on your list. Write whom to ring there.", done)


def open_agencies(frame: Frame) -> AgenciesPage:
    """The page over the window."""
    page = AgenciesPage(frame)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page
