"""The people of a case, each with their part in it; what must not be shown was left out before."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.casework.named import named_in
from asbdesk.casework.views import CasePage, PersonLine
from asbdesk.ui import theme
from asbdesk.ui.screens.case.named import NamedCard
from asbdesk.ui.screens.case.tab import Tab
from asbdesk.ui.widgets.layout import TOP, Card, Scroll, column, empty, holder, row
from asbdesk.ui.widgets.text import Bubble, Icon, Muted, Pill, Text


class PeopleTab(Tab):
    name, title = "people", "People"

    def __init__(self, frame: Any, view: Any) -> None:
        super().__init__(frame, view)
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, 6, 0)
        self._box.setSpacing(theme.current().gap(12))
        self.setLayout(column((Scroll(holder(self._box)), 1), gap=0))

    def count(self) -> int | None:
        return len(self.page.people) if self.page else None

    def show_page(self, page: CasePage) -> None:
        super().show_page(page)
        empty(self._box)
        for person in page.people:
            self._box.addWidget(_card(person))
        if not page.people:
            self._box.addWidget(Card(Muted("Nobody is named in this case yet.")))
        for named in self.frame_.desk.read(named_in, page.line.id, self.frame_.desk.today):
            self._box.addWidget(NamedCard(named, page.line.id, self.frame_.open_case))
        self._box.addStretch(1)


def _card(person: PersonLine) -> QWidget:
    other = "alleged" in person.role.lower()
    head = row((Text(person.name, "big"), 1), Pill(person.role, "amber" if other else "blue"), gap=10)
    words = column(head, gap=6)
    for icon, text in (("phone", person.phone), ("map-pin", person.address), ("languages", person.language)):
        if text:
            words.addLayout(row(Icon(icon, "muted", 16), (Text(text, "body"), 1), gap=8))
    for need in person.needs:
        words.addLayout(row(Icon("heart-handshake", "accent", 16), (Text(need, "body"), 1), gap=8))
    if person.shared_with:
        names = ", ".join(person.shared_with)
        words.addLayout(
            row(Icon("folder-open", "amber", 16), (Text(f"Also in {names}", "small", tone="amber"), 1), gap=8)
        )
    card = Card(row((Bubble("user-round", "amber" if other else "blue"), TOP), (holder(words), 1), gap=14))
    card.setAccessibleName(f"{person.name}, {person.role}")
    return card
