"""Cases: the list on the left, searched by name, address or reference; the case on the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from asbdesk.casework.views import CaseLine
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens import Screen
from asbdesk.ui.screens.case.page import CaseView
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.case_rows import CaseDelegate, words_of
from asbdesk.ui.widgets.fields import SearchField
from asbdesk.ui.widgets.layout import column, holder, row
from asbdesk.ui.widgets.lists import ROW, FlowList, Page, Rows
from asbdesk.ui.widgets.text import Bubble, Heading, Muted, Text
from asbdesk.ui.widgets.tiles import TileGroup

STATUSES = (("open", "Open"), ("closed", "Closed"))
NARROW = 780
"""Pixels at 100 % text under which the list and the case take turns."""


class CaseList(QFrame):
    """The list. `chosen(case id)` when a row becomes current or is pressed; `opened` when it is pressed."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("list")
        self.frame_ = frame
        self.status = "open"
        self.count = Muted("", wrap=False)
        self.search = SearchField("Search cases by name, address or reference", "Name, address, reference")
        self.search.said.connect(lambda _: self.read())
        self.search.returnPressed.connect(self._to_rows)
        self.which = TileGroup(STATUSES, name="Which cases", columns=2, small=True, quiet=True)
        self.which.set_value("open")
        self.which.chosen.connect(self._which)
        self.model: Rows[CaseLine] = Rows(words_of)
        self.view = FlowList("Cases")
        self.view.setModel(self.model)
        self.view.setItemDelegate(CaseDelegate(self.view))
        self.view.selectionModel().currentChanged.connect(lambda now, _: self._current(now))
        self.view.activated.connect(lambda now: self.opened.emit(now.data(ROW).id))
        self.view.clicked.connect(lambda now: self.opened.emit(now.data(ROW).id))
        self.none = Text("", "muted")
        self.none.setContentsMargins(20, 12, 20, 12)
        self.take_on = Button("Take on a list of cases", icon="download", on=self._take_on)
        self.begin = holder(row(self.take_on, None, margins=(20, 0, 20, 12)))
        new = PrimaryButton("New", "plus", name="New report", on=frame.new_report)
        head = row(Heading("Cases", 2, wrap=False), self.count, None, new, gap=10)
        top = column(head, self.search, self.which, gap=10, margins=(16, 14, 16, 8))
        self.setLayout(column(top, self.none, self.begin, (self.view, 1), gap=0))

    def _to_rows(self) -> None:
        self.view.setFocus()

    def read(self, keep: str = "") -> None:
        """Read the first page again; `keep` is the case to stay on."""
        keep = keep or self.current()
        self.model.start(self._page)
        self.none.setVisible(not self.model.rows)
        self.none.setText("No case fits what you typed." if self.search.text() else "No cases here yet.")
        self.begin.setVisible(not self.model.rows and not self.search.text() and self.status == "open")
        self._go_to(keep)

    def _take_on(self) -> None:
        from asbdesk.ui.screens.take_on import open_take_on

        open_take_on(self.frame_)

    def _page(self, after: Any) -> Page[CaseLine]:
        from asbdesk.casework.cases import list_cases

        desk, wanted = self.frame_.desk, self.search.text().strip()
        found = desk.read(list_cases, search=wanted, status=self.status, after=after, limit=100, today=desk.today)
        self.count.setText(f"{found.total:,} {'found' if self.search.text() else self.status}")
        return found.lines, found.after

    def _which(self, value: object) -> None:
        self.status = str(value)
        self.read()

    def current(self) -> str:
        index = self.view.currentIndex()
        return str(index.data(ROW).id) if index.isValid() else ""

    def _go_to(self, case: str) -> None:
        for at, each in enumerate(self.model.rows):
            if each.id == case:
                self.view.setCurrentIndex(self.model.index(at, 0))
                return

    def _current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(ROW).id)


class CasesScreen(Screen):
    """List and case side by side; one at a time where there is no room for both."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame_ = frame
        self.list = CaseList(frame)
        self.list.chosen.connect(self._show)
        self.list.opened.connect(self._opened)
        self.page = CaseView(frame)
        self.page.back.connect(self._to_list)
        self.right = QStackedWidget()
        self.right.addWidget(self._nothing())
        self.right.addWidget(self.page)
        self._case, self._read, self._listed = "", "", ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.page.read_again)
        self._narrow = False
        self.setLayout(row(self.list, (self.right, 1), gap=0))

    @staticmethod
    def _nothing() -> QWidget:
        words = column(
            Heading("Choose a case"), Muted("It opens here. Ctrl+K searches all, from anywhere.", wrap=False), gap=4
        )
        return holder(
            column(None, row(None, Bubble("folder-open", "blue", 46), holder(words), None, gap=14), None), "page"
        )

    def refresh(self) -> None:
        before, self._read = self._case, ""
        self.list.read(self._case)
        self._listed = self._case
        if not self._case or self._read == self._case:  # the list may have shown it already
            return
        if self.page.long and before == self.page.case:
            self._soon.start()
        else:
            self.page.show_case(self._case, again=before == self.page.case)

    def expect(self, case: str) -> None:
        """`case` is opened next: the one before it is not read again."""
        self._case = case

    def open_case(self, case: str, tab: str = "") -> None:
        """Show `case`, and one of its tabs."""
        self._case = case
        if not self._listed == case == self.list.current():  # it may have been read for it just now
            self.list.read(case)
        self._show(case)
        if tab:
            self.page.open_tab(tab)
        self._turn(to_case=True)
        self.page.take_focus()

    def _show(self, case: str) -> None:
        self.frame_.flush()
        self._case = case
        if case != self.page.case:
            self.page.show_case(case)
            self._read = case
        self.right.setCurrentWidget(self.page)

    def _opened(self, case: str) -> None:
        self._show(case)
        self._turn(to_case=True)

    def _to_list(self) -> None:
        self._turn(to_case=False)
        self.list.view.setFocus()

    def start_search(self) -> None:
        self._turn(to_case=False)
        self.list.search.setFocus()
        self.list.search.selectAll()

    def take_focus(self) -> None:
        (self.list.view if self.list.model.rows else self.list.search).setFocus()

    def regain_focus(self) -> None:
        if self._case and self.right.currentWidget() is self.page:
            self.page.take_focus()
        else:
            self.take_focus()

    def flush(self) -> None:
        self.page.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._narrow = self.width() < theme.current().px(NARROW)
        wide = min(theme.current().px(328), self.width() * 2 // 5)
        self.list.setMinimumWidth(0 if self._narrow else wide)
        self.list.setMaximumWidth(16777215 if self._narrow else wide)
        self._turn(to_case=self.right.isVisibleTo(self) and bool(self._case))

    def _turn(self, *, to_case: bool) -> None:
        self.list.setVisible(not self._narrow or not to_case)
        self.right.setVisible(not self._narrow or to_case)
        self.page.show_back(self._narrow)
