"""The chronology of a case, newest first, fetched as it is scrolled."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from asbdesk.casework.views import CasePage, ChronologyLine
from asbdesk.ui.screens.case.tab import Tab
from asbdesk.ui.widgets.buttons import Button, IconButton
from asbdesk.ui.widgets.layout import Card, row
from asbdesk.ui.widgets.lists import FlowList, Page, Rows
from asbdesk.ui.widgets.text import Heading
from asbdesk.ui.widgets.timeline import TimelineDelegate, words_of

A_PAGE = 100


class ChronologyTab(Tab):
    name, title = "chronology", "Chronology"

    def __init__(self, frame: Any, view: Any) -> None:
        super().__init__(frame, view)
        self.model: Rows[ChronologyLine] = Rows(words_of)
        self.list = FlowList("Chronology, newest first", choosing=False)
        self.list.setModel(self.model)
        self.list.setItemDelegate(TimelineDelegate(self.list))
        add = Button("Record a contact", icon="plus", on=self._contact)
        right = IconButton("pen-line", "Put right what was written", on=self._correct)
        card = Card(row(Heading("Chronology", wrap=False), None, right, add), margins=(20, 14, 12, 12), gap=10)
        box = card.layout()
        assert isinstance(box, QVBoxLayout)
        box.addWidget(self.list, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    def show_page(self, page: CasePage) -> None:
        super().show_page(page)
        first = page.chronology
        self.model.start(lambda after: self._older(after) if after else (first, self._after(first)))

    @staticmethod
    def _after(lines: tuple[ChronologyLine, ...]) -> int | None:
        return min(line.n for line in lines) if len(lines) >= A_PAGE else None

    def _older(self, before: int) -> Page[ChronologyLine]:
        from asbdesk.casework.chronology import chronology

        desk = self.frame_.desk
        lines = desk.read(chronology, self.view.case, before_n=before, limit=A_PAGE, today=desk.today)
        return lines, self._after(lines)

    def _correct(self) -> None:
        self.frame_.correct(self.view.case)

    def _contact(self) -> None:
        self.frame_.record_contact(self.view.case)
