"""Lists that lead to cases: the page they stand on, and a manager's exceptions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.casework.oversight import Line, Listed, lists
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.buttons import Button, IconButton
from asbdesk.ui.widgets.layout import MARGIN, TOP, Bar, Card, Scroll, column, holder, line, middle, row
from asbdesk.ui.widgets.slices import Slices, put
from asbdesk.ui.widgets.text import Heading, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

BANDS = {"high": "red", "medium": "amber"}
SHOWN = 50
"""Lines drawn of one list; the rest is said in a number."""


class ListPage(QWidget):
    """Over the window: a heading, and a body that scrolls; Escape closes it."""

    left = Signal()
    wide = 980

    def __init__(self, frame: Frame, title: str, words: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_ = frame
        self.slices = Slices(self)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.current().gap(14))
        self.body.setContentsMargins(*(theme.current().gap(n) for n in (28, 18, 28, 22)))
        self.close_ = IconButton("x", "Close", on=self.left.emit)
        head = holder(column(Heading(title, 1), Muted(words), gap=2))
        top = Bar("header", row((head, 1), self.close_, gap=8, margins=(28, 14, 28, 14)), self.wide)
        self.setLayout(column(top, (Scroll(middle(self.body, self.wide + 2 * MARGIN)), 1), gap=0))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.left.emit)
        self.setFocusProxy(self.close_)

    def open_case(self, case: str, tab: str = "") -> None:
        """Close this, and show the case."""
        self.left.emit()
        self.frame_.open_case(case, tab)

    def draw_cards(self, makers: list[Callable[[], QWidget]]) -> None:
        """The cards one after another: while nobody waits."""
        cards = [partial(lambda make: put(self.body, make()), make) for make in makers]
        self.slices.begin([*cards, lambda: self.body.addStretch(1)], 0)

    def line(self, one: Line, *more: QWidget) -> QWidget:
        """One case with its button."""
        title = Text(" · ".join(t for t in (one.reference, one.title) if t), "strong")
        pills = [Pill(one.band, BANDS.get(one.band.split()[0].lower(), "grey"))] if one.band else []
        words = column(row((title, 1), *pills, gap=8), Text(one.text, "small"), *more, gap=3)
        end: list[QWidget] = []
        if one.case:
            end = [Button("Open", name=f"Open {one.reference}", on=partial(self.open_case, one.case))]
        return holder(row((holder(words), 1), *((each, TOP) for each in end), gap=12))


class OversightPage(ListPage):
    """The manager's exceptions, each with its cases."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "To look at as manager", "Exceptions, not lists: what is here wants somebody.")
        self.body.addWidget(Wrap(*self._more()))
        self.lists: tuple[Listed, ...] = frame.desk.read(lists, frame.desk.today)
        if not self.lists:
            self.body.addWidget(Card(Muted("Nothing wants a manager today.")))
        self.draw_cards([partial(self._list, each) for each in self.lists])

    def _more(self) -> tuple[Button, Button]:
        """What a manager makes of it: the week's pack and the board's report, our policies and reviews."""
        from asbdesk.ui.screens.registers import open_registers
        from asbdesk.ui.screens.reports import open_reports

        def go(opens: Callable[[Frame], object]) -> None:
            self.left.emit()
            opens(self.frame_)

        reports = Button("Reports, and the week’s pack", icon="file-text", on=lambda: go(open_reports))
        return reports, Button("Our own records", icon="list-checks", on=lambda: go(open_registers))

    def _list(self, each: Listed) -> Card:
        head = row(Heading(each.title, wrap=False), Pill(str(len(each.lines)), "blue"), None, gap=10)
        card = Card(head, Muted(each.why))
        box = card.layout()
        assert isinstance(box, QVBoxLayout)
        for one in each.lines[:SHOWN]:
            box.addWidget(line())
            box.addWidget(self.line(one))
        if len(each.lines) > SHOWN:
            box.addWidget(Muted(f"{len(each.lines) - SHOWN} more, later than these."))
        return card


def over(frame: Frame, page: ListPage) -> ListPage:
    """A page over the window, until it is left."""
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page


def open_oversight(frame: Frame) -> ListPage:
    """The manager's lists, over the window."""
    return over(frame, OversightPage(frame))
