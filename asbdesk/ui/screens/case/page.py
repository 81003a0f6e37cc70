"""One case: its header with alerts, its tabs, what is due, and what to know before a visit."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLayout, QStackedWidget, QVBoxLayout, QWidget

from asbdesk.casework.views import CasePage, DueLine
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.case.chronology import ChronologyTab
from asbdesk.ui.screens.case.due_card import DUE, DueCard
from asbdesk.ui.screens.case.evidence import EvidenceTab
from asbdesk.ui.screens.case.letters import LettersTab
from asbdesk.ui.screens.case.more import MoreTab, is_part
from asbdesk.ui.screens.case.own_pages import case_file
from asbdesk.ui.screens.case.people import PeopleTab
from asbdesk.ui.screens.case.plan import PlanTab
from asbdesk.ui.screens.case.resting import open_rest
from asbdesk.ui.screens.case.risk import RiskTab
from asbdesk.ui.screens.case.tab import Tab
from asbdesk.ui.widgets.alert import AlertCard, say_alerts
from asbdesk.ui.widgets.buttons import Button, IconButton, PrimaryButton, QuietButton
from asbdesk.ui.widgets.layout import GUTTER, TOP, WIDE, Bar, Card, Scroll, capped, column, holder, redrawn, row
from asbdesk.ui.widgets.slices import soon
from asbdesk.ui.widgets.tabs import Tabs
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

TABS: tuple[type[Tab], ...] = (ChronologyTab, PeopleTab, RiskTab, PlanTab, EvidenceTab, LettersTab, MoreTab)
SIDE = 316 + GUTTER
"""Pixels at 100 % text that what is due takes beside the tabs."""
NARROW = 700
"""Pixels at 100 % text under which what is due becomes a tab."""
ROOMY = 850
"""Pixels at 100 % text from which every tab and the words beside them stand in one line."""
LEARN = "What we can learn"
LONG = 100
"""Things due from which on a case counts as long."""
BODY = 260
"""Pixels that the tabs have at least: where large text leaves less, the whole page scrolls."""
ONE_LINE = 44
"""Letters of an alert that stands beside others."""
BANDS = {"high": ("High risk", "red"), "medium": ("Medium risk", "amber"), "standard": ("Standard", "grey")}


class _Body(QWidget):
    """The tabs and what is due: as tall as there is room for."""

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setLayout(layout)
        self.setMinimumHeight(theme.current().gap(BODY))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def hasHeightForWidth(self) -> bool:
        return False


class CaseView(QWidget):
    """`show_case(id)` reads it and notes that it was looked at; `back` in a narrow window."""

    back = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_ = frame
        self.case = ""
        self.page: CasePage | None = None
        self.as_of = 0
        self._head = QVBoxLayout()
        self._back = IconButton("chevron-left", "Back to the list", on=self.back.emit)
        self.tabs = Tabs("Parts of the case")
        self.pages = QStackedWidget()
        self.parts = [tab(frame, self) for tab in TABS]
        for part in self.parts:
            self.tabs.add(part.title)
            self.pages.addWidget(part)
        self.tabs.chosen.connect(self._tab)
        self._side = QVBoxLayout()
        self.due: DueCard | None = None
        self._side_case = ""
        self._head_drawn: object = None
        self._side_drawn: object = None
        self._narrow: bool | None = None
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+Shift+F"), self).activated.connect(lambda: case_file(self.frame_, self.case))

    def _lay_out(self) -> None:
        self._head.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(theme.current().gap(14))
        self._side.setContentsMargins(0, 0, theme.current().gap(GUTTER), 0)
        top = row((self._back, TOP), (holder(self._head), 1), gap=8)
        self.learns = QuietButton(LEARN, "lightbulb", on=self.learn)
        self.learns.setToolTip(LEARN)
        self.learns.hide()
        tabs = row((self.tabs, 1), (self.learns, TOP), gap=8)
        head = Bar("header", column(top, tabs, gap=8, margins=(22, 14, 22, 0)), WIDE, left=True)
        self.side = Scroll(holder(self._side))
        self._body = row((self.pages, 1), self.side, gap=0, margins=(22, 16, 22 - GUTTER, 0))
        body = _Body(capped(self._body, WIDE, left=True))
        self.setLayout(column((Scroll(holder(column(head, (body, 1), gap=0))), 1), gap=0))
        self._back.hide()

    def take_focus(self) -> None:
        """On the tab that is shown: arrows go to its neighbours, Tab goes into it."""
        self.tabs.buttons[self.tabs.current()].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_back(self, on: bool) -> None:
        self._back.setVisible(on)

    # ---- reading
    def show_case(self, case: str, *, again: bool = False) -> None:
        """Read `case` and draw it. Looked at for the first time since unlocking, it is noted (who saw what)."""
        from asbdesk.casework.cases import case_page

        desk = self.frame_.desk
        asked = desk.ask(case_page, case, desk.today)
        self.case, self.page, self.as_of = case, asked.value, asked.as_of
        if not again:
            desk.desk.store.journal.viewed(f"case/{case}")
        show = self.draw if again else partial(self._draw_opened, asked.value)
        if self.long:
            soon(self, show)  # to read and to draw a long case at once would hold the window up
        else:
            show()

    def _draw_opened(self, page: CasePage) -> None:
        self.draw()
        say_alerts(self, page.alerts)

    @property
    def long(self) -> bool:
        """A long case is read in a turn of its own, after what changed it, and drawn in the next."""
        return self.page is not None and len(self.page.due) > LONG

    def read_again(self) -> None:
        if self.case:
            self.show_case(self.case, again=True)

    def draw(self) -> None:
        assert self.page is not None
        self._draw_head(self.page)
        for part in self.parts:
            part.show_page(self.page)
        self.say_tabs()
        self._draw_side(self.page)

    def say_tabs(self) -> None:
        """The tabs' words: what stands in them may have changed."""
        for at, part in enumerate(self.parts):
            self.tabs.say(at, part.words())

    def _draw_head(self, page: CasePage) -> None:
        who = page.officer, page.covered, page.language
        what = page.line, page.alerts, page.home, who, page.open_visit, self._narrow
        if what == self._head_drawn:
            return
        self._head_drawn = what
        with redrawn(self._head):
            self._head_of(page)

    def _head_of(self, page: CasePage) -> None:
        line_ = page.line
        marks: list[QWidget] = [Text(line_.reference, "overline", wrap=False)]
        if line_.band in BANDS:
            marks.append(Pill(*BANDS[line_.band]))
        if line_.status != "open":
            marks.append(Pill(line_.status.capitalize(), "green"))
        facts = self._facts(page)
        words = column(Wrap(*marks, gap=10), Heading(line_.title, 1), gap=5)
        if facts:
            words.addWidget(Wrap(*facts, gap=18))
        run = page.open_visit
        start = partial(self.frame_.start_visit, self.case, run)
        go = PrimaryButton("Go on with the visit" if run else "Start visit", "clipboard-check", on=start)
        add = Button("Add", icon="plus", name="Add to this case", on=self.add)
        if self._narrow:
            self._head.addLayout(column(words, Wrap(add, go, gap=10), gap=8))
        else:
            self._head.addLayout(row((holder(words), 1), (holder(row(add, go, gap=10)), TOP), gap=14))
        self.learns.setVisible(line_.practice or line_.status == "closed")
        short = [alert for alert in page.alerts if len(alert.text) <= ONE_LINE]
        if short:
            self._head.addWidget(Wrap(*(AlertCard(alert, wrap=False) for alert in short), gap=8))
        for alert in page.alerts:
            if alert not in short:
                self._head.addWidget(AlertCard(alert))

    def add(self) -> None:
        """Everything that can be added to the case."""
        from asbdesk.ui.screens.case.adding import open_menu

        if self.case:
            open_menu(self.frame_, self.case)

    def learn(self) -> None:
        """Look back on a practice or closed case, day by day."""
        from asbdesk.ui.screens.case.learning import LearningPage

        page = LearningPage(self.frame_, self.case)
        page.left.connect(self.frame_.close_over)
        self.frame_.open_over(page)

    @staticmethod
    def _facts(page: CasePage) -> list[tuple[QWidget, ...]]:
        looks_after = page.officer or "Nobody looks after it"
        looks_after += f" · {page.covered}" if page.covered else ""
        known = (
            ("map-pin", page.home or page.line.address),
            ("user-round", looks_after),
            ("languages", page.language),
        )
        return [(Icon(icon, "muted", 16), Muted(words, wrap=False)) for icon, words in known if words]

    def _draw_side(self, page: CasePage) -> None:
        what = page.line.id, page.before_visit, page.shares_home_with
        if what == self._side_drawn and self.due is not None and self.due.stays(page.due):
            return
        self._side_drawn = what
        with redrawn(self._side):
            self._side_of(page)

    def _side_of(self, page: CasePage) -> None:
        shown = self.due.shown if self.due is not None and self._side_case == page.line.id else DUE
        still = bool(self.side.verticalScrollBar().value())
        self._side_case = page.line.id
        self.due = DueCard(page.due, shown, self._act, self._rest, still=still)
        self._side.addWidget(self.due)
        if page.before_visit:
            title = row(Icon("triangle-alert", "amber", 20), (Heading("Before you visit", 3), 1))
            self._side.addWidget(Card(title, Text(page.before_visit, "body"), gap=8, margins=(18, 14, 18, 16)))
        if page.shares_home_with:
            names = ", ".join(page.shares_home_with)
            also = Text(f"Other cases here: {names}", "body")
            self._side.addWidget(Card(row(Icon("house", "muted", 20), (also, 1)), margins=(18, 12, 18, 12)))
        self._side.addStretch(1)

    def _act(self, due: DueLine) -> None:
        self.frame_.act(self.case, due, due.do)

    def _rest(self, due: DueLine, how: str) -> None:
        open_rest(self.frame_, self.case, due, how)

    # ---- room
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside the tabs, what is due becomes the last of them."""
        super().resizeEvent(event)
        now = theme.current()
        self.learns.setText(f" {LEARN}" if self.width() >= now.px(ROOMY) else "")  # its name and its tip stay
        narrow = self.width() < now.px(NARROW)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if self.page is not None:
            self._draw_head(self.page)
        if narrow:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16777215)
            self.pages.addWidget(self.side)
            self.tabs.add("What is due")
        else:
            if len(self.tabs.buttons) > len(self.parts):
                self.tabs.choose(min(self.tabs.current(), len(self.parts) - 1))
                self.tabs.drop_last()
                self.pages.removeWidget(self.side)
            self._body.addWidget(self.side)
            self.side.setFixedWidth(now.gap(SIDE))
            self.side.show()

    # ---- tabs
    def _tab(self, at: int) -> None:
        self.flush()
        self.pages.setCurrentIndex(at)
        if at < len(self.parts):
            self.parts[at].opened()

    def open_tab(self, name: str) -> None:
        """Show the tab called `name` (chronology, people, risk, plan, evidence, letters), or a part under More."""
        named = {part.name: at for at, part in enumerate(self.parts)}
        at = named.get(name, named["more"] if is_part(name) else None)
        if at is None:
            return
        self.tabs.choose(at)
        part = self.parts[at]
        if isinstance(part, MoreTab):
            part.open_part(name if is_part(name) else "")

    def flush(self) -> None:
        for part in self.parts:
            part.flush()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(300), 300)
