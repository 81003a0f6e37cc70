"""The column beside the questions: about this screen when shared; the officer's own notes behind F9."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.casework.visit_views import FactCard, StepView
from asbdesk.ui import theme
from asbdesk.ui.widgets.layout import Card, Items, redrawn, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text

TONES = {"danger": ("danger", "shield-alert", "red"), "warning": ("ask", "triangle-alert", "amber")}
TONES |= {"info": ("card", "info", "accent"), "good": ("card", "circle-check", "green")}
PLAIN = ("card", "info", "muted")
SHARED_WORDS = "They may read this screen. F12 covers it at once. F9 shows what is only for you."


def fact_card(card: FactCard) -> Card:
    """Something known, as a small card with its label as heading."""
    kind, icon, token = TONES.get(card.tone, PLAIN)
    head = row(Icon(icon, token, 18), (Heading(card.label, 3), 1), gap=8)
    words: list[Items] = [Text(line, "body") for line in card.text.splitlines() if line.strip()]
    return Card(head, *words, kind=kind, gap=6, margins=(16, 12, 16, 14))


class Beside(QWidget):
    """Shared: one quiet card. Mine: the step's help, what was put off, facts, warnings, what is not ready."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.current().gap(14))

    def show_step(self, view: StepView, mine: bool, problems: Sequence[str] = ()) -> None:
        with redrawn(self._lines):
            cards = self._mine(view, problems) if mine else [self._shared()]
            for card in cards:
                self._lines.addWidget(card)
            self._lines.addStretch(1)
            self.setAccessibleName("Only for you" if mine else "About this screen")

    def _shared(self) -> Card:
        head = row(Icon("lock-keyhole", "accent", 20), (Heading("This screen", 3), 1), gap=8)
        return Card(head, Text(SHARED_WORDS, "body"), gap=8, margins=(18, 16, 18, 16))

    def _mine(self, view: StepView, problems: Sequence[str]) -> list[Card]:
        cards: list[Card] = []
        if problems:
            head = row(Icon("circle-alert", "amber", 18), (Heading("Before you can sign", 3), 1), gap=8)
            cards.append(Card(head, *(Text(p, "body") for p in problems), kind="ask", gap=8, margins=(16, 12, 16, 14)))
        if view.put_away or view.note:
            cards.append(self._put_off(view))
        if view.help:
            head = row(Icon("info", "accent", 18), (Heading("For you", 3), 1), gap=8)
            cards.append(Card(head, Text(view.help, "body"), gap=6, margins=(16, 12, 16, 14)))
        if view.part != "before":  # there they stand in the page itself
            cards += [fact_card(card) for card in view.cards if card.face == "mine"]
        return cards or [Card(Muted("Nothing here is only for you."), gap=6, margins=(16, 12, 16, 14))]

    def _put_off(self, view: StepView) -> Card:
        count = view.put_away
        words = f"{count} question{'s' if count != 1 else ''} put off until nobody else can hear." if count else ""
        head = row(Icon("ear-off", "amber", 18), (Heading("Put off", 3), 1), gap=8)
        lines = [Text(text, "body") for text in (words, view.note) if text]
        return Card(head, *lines, kind="ask", gap=6, margins=(16, 12, 16, 14))
