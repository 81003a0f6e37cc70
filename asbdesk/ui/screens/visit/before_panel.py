"""Before you knock: what is known and matters at the door, and the PIN that opens the cover today."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from asbdesk.casework.visit_views import FactCard
from asbdesk.ui import theme
from asbdesk.ui.screens.visit.beside import fact_card
from asbdesk.ui.screens.visit.context import Visit
from asbdesk.ui.screens.visit.leads import Leads
from asbdesk.ui.screens.visit.out_watch import NO_ALARM
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.fields import Field, Labelled
from asbdesk.ui.widgets.layout import Card, column, row
from asbdesk.ui.widgets.text import Icon, Muted, Text

ALONE = (
    "You have not said who knows that you are here, and when you expect to be out. "
    "Ring your buddy. Press Going in again to go in all the same."
)


FACTS = 12
"""Cards drawn at once; the rest after "Show more"."""


class FactsGrid(QWidget):
    """Warnings, safe contact, what was promised: two beside one another."""

    def __init__(self, cards: Sequence[FactCard]) -> None:
        super().__init__()
        self._cards, self._shown = cards, 0
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.current().gap(12))
        for at in range(2):
            self._grid.setColumnStretch(at, 1)
        self._more = Button("", on=self._show_more)
        self.setLayout(column(self._grid, row(self._more, None), gap=12))
        self._show_more()

    def _show_more(self) -> None:
        for at, card in enumerate(self._cards[self._shown : self._shown + FACTS], self._shown):
            self._grid.addWidget(fact_card(card), at // 2, at % 2)
        self._shown += FACTS
        left = len(self._cards) - self._shown
        self._more.say(f"Show more ({left})")
        self._more.setVisible(left > 0)


class BeforePanel(Leads):
    """Drawn on the officer's own face alone."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit
        alarm = Card(
            row(Icon("phone-call", "amber", 22), (Text(f"{NO_ALARM} before you go in.", "strong"), 1), gap=12),
            kind="ask",
            margins=(18, 12, 18, 12),
        )
        self.pin = Field(name="A PIN for the cover, today only", hint="Four digits or more", limit=12)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaximumWidth(theme.current().gap(320))
        self.pin.said.connect(self._pin)
        self.said = Muted(
            "F12 covers the screen. This PIN, or your passphrase, opens it. It is forgotten after the visit."
        )
        pin = column(Labelled("A PIN for the cover, today only", self.pin, optional=True), self.said, gap=4)
        self.setLayout(column(FactsGrid(visit.path.step("before").cards), alarm, pin, gap=16))

    def _pin(self, pin: str) -> None:
        if pin and (len(pin) < 4 or not pin.isdigit()):
            self.said.setText("Use four digits or more.")
            return
        self.visit.set_pin(pin)
        self.said.setText(
            "This PIN opens the cover until the visit ends." if pin else "Your passphrase opens the cover."
        )

    def onward(self) -> bool:
        """Going in with nobody told is said once; the officer may still go in."""
        said = {a.question.id: a.value for a in self.visit.path.step("before").questions}
        alone = not self.visit.path.by_phone and not (said.get("in_told") and said.get("in_back_by"))
        if alone and "alone" not in self.visit.stages:
            self.visit.stages["alone"] = "said"
            self.visit.say("warning", ALONE)
            return True
        return False

    def words(self) -> tuple[str, str]:
        return ("Start the talk" if self.visit.path.by_phone else "Going in", "Come back to this later")
