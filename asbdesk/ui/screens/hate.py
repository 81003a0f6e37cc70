"""Hate incidents: each with how soon we answered. Why somebody was picked on is never on this list."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from asbdesk.casework.hate_list import HateLine, hate_incidents
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens import Screen
from asbdesk.ui.screens.hate_incident import open_hate_incident
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import TOP, WIDE, Bar, Card, Scroll, capped, column, holder, redrawn, row
from asbdesk.ui.widgets.text import Bubble, Heading, Icon, Muted, Pill, Text
from asbdesk.ui.widgets.tiles import TileGroup
from asbdesk.ui.widgets.wrap import Wrap

WHICH = (("open", "Open cases"), ("closed", "Closed cases"))
AT_ONCE = 40
"""Cards drawn at once; the rest after "Show more"."""


class HateScreen(Screen):
    """The list, those with something late first."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame_, self.status, self.many = frame, "open", AT_ONCE
        self.count = Muted("", wrap=False)
        self.which = TileGroup(WHICH, name="Which cases", columns=2, small=True, quiet=True)
        self.which.set_value("open")
        self.which.chosen.connect(self._which)
        self.which.setMaximumWidth(theme.current().px(420))
        words = Muted("A record of its own because somebody sees it so. The reason stays in the record.")
        head = column(row(Heading("Hate incidents", 1), self.count, None, gap=12), words, gap=4)
        self._box = column(gap=12, margins=(28, 8, 28, 22))
        top = Bar("header", column(head, self.which, gap=10, margins=(28, 14, 28, 12)), WIDE, left=True)
        self.setLayout(column(top, (Scroll(holder(capped(self._box, WIDE, left=True))), 1), gap=8))

    def refresh(self) -> None:
        desk = self.frame_.desk
        lines = desk.read(hate_incidents, desk.today, status=self.status)
        self.count.setText(f"{len(lines):,}")
        with redrawn(self._box):
            for line in lines[: self.many]:
                self._box.addWidget(self._card(line))
            if len(lines) > self.many:
                self._box.addLayout(row(Button("Show more", on=self._more), None))
            if not lines:
                self._box.addWidget(self._none())
            self._box.addStretch(1)

    def _which(self, value: object) -> None:
        self.status, self.many = str(value), AT_ONCE
        self.refresh()

    def _more(self) -> None:
        self.many += AT_ONCE
        self.refresh()

    def _none(self) -> QWidget:
        words = "No hate incident stands here. When somebody thinks that it is because of who they are, it comes here."
        return Card(row(Bubble("hand-heart", "accent", 46), (Text(words, "body"), 1), gap=14))

    def _card(self, line: HateLine) -> Card:
        marks: list[QWidget] = [Text(line.reference, "overline", wrap=False), Muted(line.day_text, wrap=False)]
        if not line.recorded:
            marks.append(Pill("Record still to make", "amber"))
        where = " · ".join(t for t in (line.who, line.address) if t)
        times = [Pill(f"{clock.title}: {clock.words}", theme.tone(clock.tone)) for clock in line.clocks]
        said = column(Wrap(*marks, gap=10), Heading(line.title, 3), Text(where, "body"), gap=5)
        if times:
            said.addWidget(Wrap(*times, gap=8))
        said.addLayout(row(Icon("badge-check", "muted", 18), (Text(line.police, "body"), 1), gap=8))
        acts: list[QWidget] = []
        if line.open and not line.recorded:
            make = partial(open_hate_incident, self.frame_, line.case)
            acts.append(PrimaryButton("Make the record", name=f"Make the hate record, {line.reference}", on=make))
        opens = partial(self.frame_.open_case, line.case)
        acts.append(Button("Open the case", name=f"Open the case {line.reference}", on=opens))
        said.addWidget(Wrap(*acts, gap=10))
        card = Card(row((Bubble("flag", "red" if line.late else "blue"), TOP), (holder(said), 1), gap=14))
        card.setAccessibleName(f"{line.reference}, {line.title}, {line.day_text}")
        return card
