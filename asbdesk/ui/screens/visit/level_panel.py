"""The officer's own view of the risk level: higher with a reason, lower with a reason and who agreed. Mine alone."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from asbdesk.casework.words import BANDS
from asbdesk.ui.screens.visit.context import Visit
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.fields import Field, Labelled
from asbdesk.ui.widgets.layout import Card, column, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted
from asbdesk.ui.widgets.tiles import TileGroup

WORDS = "What the answers come to stands beside. Another level needs your reason; a lower one, who agreed to it."


class LevelPanel(QWidget):
    """Folded until asked for. Saved with the step's answers."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit
        self.open = Button("Set another level", icon="scale", on=self._open)
        self.band = TileGroup(list(BANDS.items()), name="Which level?", columns=3, small=True)
        self.reason = Field(name="Why?", hint="What the answers do not show")
        self.approver = Field(name="Who agreed to a lower level?")
        why, who = Labelled("Why?", self.reason), Labelled("Who agreed to a lower level?", self.approver, optional=True)
        head = row(Icon("scale", "amber", 20), (Heading("Your own view of the level", 3), 1), gap=8)
        keep = PrimaryButton("Keep this level", on=self._keep)
        parts = (head, Muted(WORDS), self.band, why, who, row(None, keep))
        self.box = Card(*parts, kind="inner", gap=12, margins=(18, 14, 18, 14))
        self.setLayout(column(row(self.open, None), self.box, gap=8))
        self.box.hide()

    def _open(self) -> None:
        self.box.setVisible(not self.box.isVisible())
        if self.box.isVisible():
            self.band.take_focus()

    def _keep(self) -> None:
        band, reason, approver = str(self.band.value() or ""), self.reason.text().strip(), self.approver.text().strip()
        if not band:
            self.visit.say("warning", "Please choose a level.")
            return
        if self.visit.tried(lambda: self.visit.path.set_level(band, reason, approver)):
            self.box.hide()
            self.open.say(f"Your level: {BANDS[band]}. Change it")
            self.visit.redraw()
