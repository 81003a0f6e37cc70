"""The people of a case, each with their part in it, and what is put right about them; secrets were left out before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.casework.named import Named, named_in
from asbdesk.casework.parts import PartCard, part
from asbdesk.casework.views import CasePage, PersonLine
from asbdesk.ui import theme
from asbdesk.ui.screens.case.adding import open_add
from asbdesk.ui.screens.case.named import NamedCard
from asbdesk.ui.screens.case.own_pages import own_pages
from asbdesk.ui.screens.case.tab import SeenTab
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.layout import GUTTER, TOP, Card, Scroll, column, holder, redrawn, row
from asbdesk.ui.widgets.text import Bubble, Heading, Icon, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

AT_ONCE = 30
"""People drawn at once; the rest after "Show more"."""


class PeopleTab(SeenTab):
    """Everybody with a part in the case; below, who has none any more, and who is named in several reports."""

    name, title = "people", "People"

    def __init__(self, frame: Any, view: Any) -> None:
        super().__init__(frame, view)
        self.many = AT_ONCE
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, theme.current().gap(GUTTER), 0)
        self._box.setSpacing(theme.current().gap(12))
        self.setLayout(column((Scroll(holder(self._box)), 1), gap=0))

    def count(self) -> int | None:
        return len(self.page.people) if self.page else None

    def another_case(self) -> None:
        self.many = AT_ONCE

    def draw(self) -> None:
        """Read again what is shown: nothing is read of a tab that nobody looks at."""
        if self.page is None:
            return
        page, desk = self.page, self.frame_.desk
        known = {card.about: card for card in desk.read(part("people").cards, page.line.id, desk.today)}
        named = desk.read(named_in, page.line.id, desk.today)
        if self.news(page.line.id, self.many, page.people, known, named):
            self._draw_all(page, known, named)

    def _draw_all(self, page: CasePage, known: Mapping[str, PartCard], named: Sequence[Named]) -> None:
        with redrawn(self._box):
            add = Button("Add somebody", icon="user-plus", on=partial(self._add, "person_added"))
            pages = [
                Button(words, icon=icon, on=partial(opens, self.frame_, page.line.id))
                for words, icon, opens in own_pages(self.name)
            ]
            self._box.addWidget(Wrap(add, *pages, gap=10))
            for person in page.people[: self.many]:
                self._box.addWidget(self._card(person, known.get(person.id)))
            if len(page.people) > self.many:
                more = Button(f"Show more ({len(page.people) - self.many})", on=self._more)
                self._box.addLayout(row(more, None))
            if not page.people:
                self._box.addWidget(Card(Muted(part("people").empty)))
            self._draw_gone([card for card in known.values() if card.tone == "plain"])
            for each in named:
                self._box.addWidget(NamedCard(each, page.line.id, self.frame_.open_case))
            self._box.addStretch(1)

    def _draw_gone(self, gone: list[PartCard]) -> None:
        """Who was in the case and is not any more."""
        if not gone:
            return
        words = column(Heading("Not in it any more", 3), gap=4)
        for card in gone:
            words.addWidget(Text(f"{card.title} ({', '.join(card.lines)})", "body"))
            if card.text:
                words.addWidget(Muted(card.text, small=True))
        self._box.addWidget(Card(row((Bubble("log-out", "grey"), TOP), (holder(words), 1), gap=14)))

    def _more(self) -> None:
        self.many += AT_ONCE
        self.draw()

    def _card(self, person: PersonLine, known: PartCard | None) -> QWidget:
        other = "alleged" in person.role.lower()
        words = _facts(person, other)
        if known is not None:
            if known.text:
                words.addWidget(Muted(known.text))
            words.addWidget(Wrap(*(self._act(person, id) for id in known.acts), gap=8))
        card = Card(row((Bubble("user-round", "amber" if other else "blue"), TOP), (holder(words), 1), gap=14))
        card.setAccessibleName(f"{person.name}, {person.role}")
        return card

    def _act(self, person: PersonLine, id: str) -> Button:
        add = part("people").add(id)
        name = f"{add.title}: {person.name}"
        return Button(add.title, icon=add.icon, name=name, on=partial(self._add, id, person.id))

    def _add(self, add: str, about: str = "") -> None:
        assert self.page is not None
        open_add(self.frame_, self.page.line.id, "people", add, about)


def _facts(person: PersonLine, other: bool) -> QVBoxLayout:
    words = column(row((Text(person.name, "big"), 1), Pill(person.role, "amber" if other else "blue"), gap=10), gap=6)
    for icon, text in (("phone", person.phone), ("map-pin", person.address), ("languages", person.language)):
        if text:
            words.addLayout(row(Icon(icon, "muted", 16), (Text(text, "body"), 1), gap=8))
    if person.home:
        words.addLayout(row(Icon("house", "muted", 16), (Text(person.home, "body"), 1), gap=8))
    for need in person.needs:
        words.addLayout(row(Icon("heart-handshake", "accent", 16), (Text(need, "body"), 1), gap=8))
    if person.shared_with:
        names = ", ".join(person.shared_with)
        words.addLayout(
            row(Icon("folder-open", "amber", 16), (Text(f"Also in {names}", "small", tone="amber"), 1), gap=8)
        )
    return words
