"""The one card of a new desk: numbers to have before the first visit. What is filled in prints on plans and letters."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from asbdesk.casework.views import NumberLine
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.tab_order import Dialog
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.fields import Field, Labelled
from asbdesk.ui.widgets.layout import TOP, Card, Scroll, column, holder, row
from asbdesk.ui.widgets.text import Bubble, Heading, Muted, Text
from asbdesk.ui.widgets.tiles import TickTile


class NumbersCard(Card):
    """How many are there still to find, and the page to write them in."""

    def __init__(self, lines: tuple[NumberLine, ...], frame: Frame) -> None:
        missing = [n.label for n in lines if not n.filled]
        count = len(lines) - len(missing)
        words = f"{count} of {len(lines)} are there. Still to find: {_listed(missing)}."
        go = Button("Write them in", icon="phone", on=partial(open_numbers, frame))
        head = column(Heading("Numbers to have before your first visit"), Muted(words), gap=4)
        super().__init__(
            row((Bubble("phone-call", "amber", 46), TOP), (holder(head), 1), go, gap=14), margins=(20, 16, 16, 16)
        )


def _listed(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "") if names else "none"


def open_numbers(frame: Frame) -> None:
    """The page of numbers, over the window."""
    from asbdesk.casework.landlord import numbers

    NumbersSheet(frame, frame.desk.read(numbers)).exec()


class NumbersSheet(Dialog):
    """Each number is saved as it is written."""

    def __init__(self, frame: Frame, lines: tuple[NumberLine, ...]) -> None:
        super().__init__(frame)
        self.frame_ = frame
        self.setWindowTitle("Numbers")
        now = theme.current()
        body = column(
            Heading("Numbers to have", 1),
            Muted("What is filled in prints on plans and letters. Each is saved as you write it."),
            gap=10,
            margins=(24, 20, 24, 12),
        )
        for each in lines:
            body.addWidget(self._line(each))
        body.addStretch(1)
        foot = row(None, PrimaryButton("Done", on=self.accept), margins=(24, 10, 24, 16))
        self.setLayout(column((Scroll(body), 1), holder(foot), gap=0))
        room = frame.window().size()
        self.resize(min(now.px(760), room.width() - 40), min(now.px(720), room.height() - 40))

    def _line(self, line: NumberLine) -> QWidget:
        day = Field(line.number, name=f"{line.label}: number", limit=60)
        night = Field(line.night, name=f"{line.label}: number at night", limit=60)
        none = TickTile("There is none here", small=True)
        none.setAccessibleName(f"{line.label}: there is none here")
        none.setChecked(line.none_here)
        keep = partial(self._keep, line, day, night, none)
        for field in (day, night):
            field.said.connect(lambda *_: keep())
        none.clicked.connect(lambda *_: keep())
        grid = QGridLayout()
        grid.setSpacing(theme.current().gap(10))
        grid.addWidget(Labelled("Number" if not line.wants_night else "By day", day), 0, 0)
        if line.wants_night:
            grid.addWidget(Labelled("At night", night), 0, 1)
        grid.addWidget(none, 0, 2, Qt.AlignmentFlag.AlignBottom)
        for at in (0, 1):
            grid.setColumnStretch(at, 1)
        return Card(Text(line.label, "strong"), grid, kind="inner", gap=6, margins=(16, 10, 16, 14))

    def _keep(self, line: NumberLine, day: Field, night: Field, none: TickTile) -> None:
        from asbdesk.casework.landlord import set_number
        from asbdesk.ui.problems import attempt

        def save() -> None:
            self.frame_.desk.do(set_number, line.key, day.text(), night=night.text(), none_here=none.isChecked())

        attempt(self.frame_, save)
