"""The other parts of a case (agencies, repairs, complaints …): one tab, a tile for each, and its records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from asbdesk.casework.parts import NAMES, Part, PartCard, part, parts
from asbdesk.ui import theme
from asbdesk.ui.screens.case.adding import Mending, mendable, mending, open_add
from asbdesk.ui.screens.case.own_pages import own_pages
from asbdesk.ui.screens.case.tab import SeenTab
from asbdesk.ui.widgets.buttons import Button, QuietButton
from asbdesk.ui.widgets.layout import GUTTER, TOP, Card, Scroll, column, holder, redrawn, row
from asbdesk.ui.widgets.slices import put
from asbdesk.ui.widgets.text import Bubble, Heading, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

AT_ONCE = 10
"""Cards drawn at once; the rest after "Show more"."""


class MoreTab(SeenTab):
    """`open_part(name)` shows one part; the way back is at its top."""

    name, title = "more", "More"

    def __init__(self, frame: Any, view: Any) -> None:
        super().__init__(frame, view)
        self.part = ""
        self.many = AT_ONCE
        self._mending = Mending()
        self._tiles: list[tuple[Part, Muted, Pill, Bubble]] = []
        self._index, self._records = QVBoxLayout(), QVBoxLayout()
        self._stack = QStackedWidget()
        for box in (self._index, self._records):
            box.setContentsMargins(0, 0, theme.current().gap(GUTTER), 0)
            box.setSpacing(theme.current().gap(12))
            self._stack.addWidget(Scroll(holder(box)))
        self.setLayout(column((self._stack, 1), gap=0))

    def words(self) -> str:
        return self.title

    def another_case(self) -> None:
        self.part, self.many = "", AT_ONCE

    def open_part(self, name: str) -> None:
        """Show the records of the part called `name`; empty: all parts."""
        self.part, self.many = name, AT_ONCE
        self.draw()
        self.view.say_tabs()

    def draw(self) -> None:
        """Read again what is shown: nothing is read of a tab that nobody looks at."""
        if self.page is None:
            return
        if self.part:
            self._draw_part(part(self.part))
        else:
            self._draw_index()

    # ---- all parts
    def _draw_index(self) -> None:
        self._stack.setCurrentIndex(0)
        if self.news("", self.view.case):
            with redrawn(self._index):
                self._tiles = []
                for each in parts():
                    if not each.own_tab:
                        self._index.addWidget(self._tile(each))
                self._index.addStretch(1)
        self.slices.begin([partial(self._read_tile, *tile) for tile in self._tiles], 0)

    def _tile(self, each: Part) -> QWidget:
        under, count, icon = Muted(each.empty, small=True), Pill("0", "blue"), Bubble(each.icon, "grey")
        count.hide()
        words = column(Text(each.title, "strong"), under, gap=2)
        go = Button("Open", name=f"Open {each.title}", on=partial(self.open_part, each.name))
        self._tiles.append((each, under, count, icon))
        return Card(row(icon, (holder(words), 1), count, go, gap=12), margins=(16, 10, 12, 10))

    def _read_tile(self, each: Part, under: Muted, count: Pill, icon: Bubble) -> None:
        """What stands in one part, in a turn of its own, so that no other work waits for all of them."""
        if self.part or not self.isVisibleTo(self.view):
            self.slices.stop()
            return
        cards = self._cards(each)
        under.setText(", ".join(t for t in (cards[0].title, cards[0].when) if t) if cards else each.empty)
        count.setText(f"{len(cards)}")
        count.setVisible(bool(cards))
        icon.set(each.icon, "blue" if cards else "grey")
        icon.update()

    def _cards(self, each: Part) -> tuple[PartCard, ...]:
        assert self.page is not None
        desk = self.frame_.desk
        found: tuple[PartCard, ...] = desk.read(each.cards, self.page.line.id, desk.today)
        return found

    # ---- one part
    def _draw_part(self, each: Part) -> None:
        self._stack.setCurrentIndex(1)
        cards = self._cards(each)
        self._mending = mendable(self.frame_, self.view.case, cards[: self.many])
        if not self.news(each.name, self.view.case, self.many, cards, self._mending):
            return
        with redrawn(self._records):
            back = QuietButton("All parts", "chevron-left", name="Back to all parts", on=partial(self.open_part, ""))
            self._records.addLayout(row(back, (Heading(each.title, 2), 1), gap=10))
            adds = self._adds(each)
            if adds:
                self._records.addWidget(Wrap(*adds, gap=10))
            self.slices.begin(self._parts(each, cards), self.at_once())

    def _adds(self, each: Part) -> list[Button]:
        """What can be added here."""
        offered: list[tuple[str, str, Callable[[], object]]] = []
        for words, icon, opens in own_pages(each.name):
            offered.append((words, icon, partial(opens, self.frame_, self.view.case)))
        offered += [(add.title, add.icon, partial(self._add, each, add.id)) for add in each.adds]
        return [Button(words, icon=icon, on=on) for words, icon, on in offered]

    def _parts(self, each: Part, cards: tuple[PartCard, ...]) -> Iterator[Callable[[], object]]:
        for card in cards[: self.many]:
            yield lambda card=card: put(self._records, self._card(each, card))  # type: ignore[misc]
        if len(cards) > self.many:
            more = f"Show more ({len(cards) - self.many})"
            yield lambda: put(self._records, holder(row(Button(more, on=self._more), None)))
        if not cards:
            none = Card(row((Bubble(each.icon, "grey"), TOP), (Muted(each.empty), 1), gap=12))
            yield lambda: put(self._records, none)
        yield lambda: self._records.addStretch(1)

    def _more(self) -> None:
        self.many += AT_ONCE
        self.draw()

    def _card(self, each: Part, card: PartCard) -> QWidget:
        pills = [Pill(p.text, theme.tone(p.tone)) for p in card.pills]
        words = column(row((Text(card.title, "strong"), 1), *pills, gap=8), gap=4)
        if card.when:
            words.addWidget(Muted(card.when, small=True))
        for fact in card.lines:
            words.addWidget(Text(fact, "body"))
        if card.text:
            words.addWidget(Text(card.text, "body"))
        acts: list[QWidget] = [self._act(each, card, id) for id in card.acts]
        acts += mending(self.frame_, self.view.case, card, self._mending)
        if acts:
            words.addWidget(Wrap(*acts, gap=8))
        made = Card(row((Bubble(card.icon, theme.tone(card.tone)), TOP), (holder(words), 1), gap=14))
        made.setAccessibleName(", ".join(t for t in (card.title, card.when, *(p.text for p in card.pills)) if t))
        return made

    def _act(self, each: Part, card: PartCard, id: str) -> Button:
        add = each.add(id)
        on = partial(self._add, each, id, card.about)
        return Button(add.title, icon=add.icon, name=f"{add.title}: {card.title}", on=on)

    def _add(self, each: Part, add: str, about: str = "") -> None:
        assert self.page is not None
        open_add(self.frame_, self.page.line.id, each.name, add, about)


def is_part(name: str) -> bool:
    """Whether a part of that name stands under More."""
    return name in NAMES
