"""After *Leave now*, or after the other person came: what is asked once the officer is safe, never before."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from asbdesk.ui.screens.visit.context import Visit
from asbdesk.ui.widgets.buttons import PrimaryButton, QuietButton
from asbdesk.ui.widgets.fields import Field, Labelled, Words
from asbdesk.ui.widgets.layout import Card, Scroll, column, holder, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text
from asbdesk.ui.widgets.tiles import TickTile

OTHER = "The other person came in."
SAY = "Say: “I will be in touch.” Then leave. Do not say why you came."


class LeavingPage(QWidget):
    """Why the visit was left early. `done` when it was told; `aside` to tell it later."""

    done = Signal()
    aside = Signal()
    go_on = Signal()

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit
        self.setObjectName("page")
        self.title = Heading("You left early", 1)
        self.lead = Text("Everything is saved. Are you safe? If you are in danger, ring 999. Ring your buddy.")
        self.why = Words(name="Why did you leave?", lines=3)
        self.threat = TickTile("Somebody threatened, hurt or frightened me", "threat")
        self.reach = Field(name="How can we reach the resident safely?", hint="For example: ring her at work, after 2")
        warns = Muted("A warning for staff is added to this home. It names what happened and is looked at again.")
        body = column(
            row(Icon("door-open", "accent", 28), (self.title, 1), gap=12),
            self.lead,
            Labelled("Why did you leave?", self.why),
            self.threat,
            warns,
            Labelled("How can we reach the resident safely?", self.reach, optional=True),
            self._buttons(),
            gap=14,
        )
        card = Card(body, gap=0, margins=(32, 28, 32, 28))
        card.setMaximumWidth(760)
        self.setLayout(column(Scroll(holder(column(None, row(None, (card, 8), None), None))), margins=(20, 20, 20, 20)))

    def _buttons(self) -> QWidget:
        keep = PrimaryButton("Keep this", big=True, on=self._keep)
        later = QuietButton("Ask me later", big=True, on=self.aside.emit)
        back = QuietButton("I am still here: go on with the visit", big=True, on=self.go_on.emit)
        return holder(column(row(None, later, keep, gap=8), row(None, back), gap=4))

    def open(self, other_person: bool) -> None:
        """Show it for *Leave now*, or for when the other person came in."""
        self.title.setText("The other person came in" if other_person else "You left early")
        self.lead.setText(
            SAY if other_person else "Everything is saved. If you are in danger, ring 999. Ring your buddy."
        )
        if other_person and not self.why.toPlainText():
            self.why.setPlainText(OTHER)
        (self.reach if other_person else self.why).setFocus()

    def _keep(self) -> None:
        why, threat, reach = self.why.toPlainText().strip(), self.threat.isChecked(), self.reach.text().strip()
        kept = self.visit.tried(lambda: self.visit.path.why_left(why, threat_to_staff=threat, reach_safely=reach))
        if kept:
            self.done.emit()
