"""The chronology of a case, newest first, fetched as it is scrolled, and narrowed by words, person or theme."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from asbdesk.casework.chronology import THEMES, Filter, chronology
from asbdesk.casework.views import CasePage, ChronologyLine
from asbdesk.ui import theme
from asbdesk.ui.screens.case.tab import Tab
from asbdesk.ui.widgets.buttons import Button, IconButton
from asbdesk.ui.widgets.fields import Choice, SearchField
from asbdesk.ui.widgets.layout import GUTTER, Card, holder, row
from asbdesk.ui.widgets.lists import ROW, FlowList, Page, Rows
from asbdesk.ui.widgets.text import Heading, Muted
from asbdesk.ui.widgets.timeline import TimelineDelegate, words_of
from asbdesk.ui.widgets.wrap import Wrap

A_PAGE = 100


HEAD = 440
"""Pixels at 100 % text that the heading and its buttons need beside one another."""


class ChronologyTab(Tab):
    """Return on a line opens the part of the case where its record stands."""

    name, title = "chronology", "Chronology"

    def __init__(self, frame: Any, view: Any) -> None:
        super().__init__(frame, view)
        self.model: Rows[ChronologyLine] = Rows(words_of)
        self.list = FlowList("Chronology, newest first", choosing=False)
        self.list.setModel(self.model)
        self.list.setItemDelegate(TimelineDelegate(self.list))
        self.list.activated.connect(lambda at: self._to_record(at.data(ROW)))
        add = Button("Record a contact", icon="plus", on=self._contact)
        right = IconButton("pen-line", "Put right what was written", on=self._correct)
        self.narrow = IconButton("filter", "Show only some of it", on=self._turn)
        doing = holder(row(self.narrow, right, add, None))
        self._head = head = row((Heading("Chronology", wrap=False), 1), doing)
        self._case = ""
        self._filters()
        card = Card(head, self.filters, self.none, margins=(20, 14, 12, 12), gap=10)
        box = card.layout()
        assert isinstance(box, QVBoxLayout)
        box.addWidget(self.list, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, theme.current().gap(GUTTER), 0)
        outer.addWidget(card)

    def _filters(self) -> None:
        self.search = SearchField("Words in the chronology", "Words")
        self.search.said.connect(lambda _: self._read())
        themes = [("", "Everything"), *((key, words) for key, (words, _) in THEMES.items())]
        self.theme = Choice(themes, name="What about")
        self.theme.chosen.connect(lambda _: self._read())
        self.person = Choice([("", "Anybody")], name="About whom")
        self.person.chosen.connect(lambda _: self._read())
        all_ = Button("Show everything", on=self._clear)
        self.filters = holder(row(Wrap(self.search, self.theme, self.person, all_, gap=8)))
        self.filters.hide()
        self.none = Muted("Nothing here fits. Take a word away, or show everything.")
        self.none.hide()

    # ---- reading
    def show_page(self, page: CasePage) -> None:
        super().show_page(page)
        if page.line.id != self._case:
            self._case = page.line.id
            self._people(page)
            self._reset()
        if self.wanted:
            self._read()
            return
        first = page.chronology
        if not self.news(page.line.id, first, self.wanted):
            return
        self.model.start(lambda after: self._older(after) if after else (first, self._after(first)))
        self.none.hide()

    def _people(self, page: CasePage) -> None:
        self.person.clear()
        for id, name in (("", "Anybody"), *((p.id, p.name) for p in page.people)):
            self.person.addItem(name, id)

    @property
    def wanted(self) -> Filter:
        """What of it is asked for."""
        return Filter(self.search.text().strip(), self.person.value(), self.theme.value())

    @staticmethod
    def _after(lines: tuple[ChronologyLine, ...]) -> int | None:
        return min(line.n for line in lines) if len(lines) >= A_PAGE else None

    def _older(self, before: int | None) -> Page[ChronologyLine]:
        desk = self.frame_.desk
        told = {"limit": A_PAGE, "today": desk.today, "only": self.wanted}
        lines = desk.read(chronology, self.view.case, before_n=before, **told)
        return lines, self._after(lines)

    def _read(self) -> None:
        if self.page is None:
            return
        self._drawn = None
        self.model.start(self._older)
        self.none.setVisible(not self.model.rows)

    # ---- narrowing
    def _turn(self) -> None:
        """Show what narrows it, or put it away and show everything."""
        if self.filters.isVisibleTo(self):
            self._clear()
            self.filters.hide()
            self.narrow.setFocus()
        else:
            self.filters.show()
            self.search.setFocus()

    def _clear(self) -> None:
        self._reset()
        self._read()

    def _reset(self) -> None:
        self.search.set_quietly("")
        for choice in (self.theme, self.person):
            choice.setCurrentIndex(0)

    # ---- going on
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside the heading, what can be done stands below it."""
        super().resizeEvent(event)
        way, narrow = QBoxLayout.Direction, self.width() < theme.current().px(HEAD)
        self._head.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def _to_record(self, line: ChronologyLine) -> None:
        if line.tab:
            self.view.open_tab(line.tab)

    def _correct(self) -> None:
        self.frame_.correct(self.view.case)

    def _contact(self) -> None:
        self.frame_.record_contact(self.view.case)
