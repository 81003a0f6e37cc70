"""Lists that lead to cases: a manager's exceptions, and an officer's cases handed to a cover while they are away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.casework.oversight import Covered, Line, Listed, cases_of, cover, lists
from asbdesk.casework.parts.choices import member_names
from asbdesk.casework.words import number
from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.plain_dates import parse_day
from asbdesk.ui.widgets.buttons import Button, IconButton, PrimaryButton
from asbdesk.ui.widgets.fields import Choice, Field, Labelled, Words
from asbdesk.ui.widgets.layout import MARGIN, TOP, Bar, Card, Scroll, column, holder, line, middle, row
from asbdesk.ui.widgets.slices import Slices, put
from asbdesk.ui.widgets.text import Heading, Muted, Pill, Text
from asbdesk.ui.widgets.tiles import TickTile
from asbdesk.ui.widgets.wrap import Wrap

BANDS = {"high": "red", "medium": "amber"}
SHOWN = 50
"""Lines drawn of one list; the rest is said in a number."""

MUST_KNOW = 6
"""Things to know of one case that are drawn each by itself; more of them stand together."""


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
        self.lists: tuple[Listed, ...] = frame.desk.read(lists, frame.desk.today)
        if not self.lists:
            self.body.addWidget(Card(Muted("Nothing wants a manager today.")))
        self.draw_cards([partial(self._list, each) for each in self.lists])

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


class CoverPage(ListPage):
    """My cases while I am away: to whom, until when, and what they must know; promises and next contacts first."""

    def __init__(self, frame: Frame) -> None:
        words = "Promises and next contacts come first. No clock stops, and each resident is told who it is now."
        super().__init__(frame, "While I am away", words)
        desk = frame.desk
        self.cases: tuple[Covered, ...] = desk.read(cases_of, desk.member)
        me = frame.landlord().officer
        others = [(name, name) for _, name in desk.read(member_names) if name != me]
        self.to = Choice([("", "Choose a colleague"), *others], name="Who covers for you?")
        self.until = Field(name="Until when?", hint="For example: Fri 4 Dec")
        self.note = Words(name="What must they know about all of these?", lines=3)
        self.ticks: dict[str, TickTile] = {}
        self.body.addWidget(self._asked(bool(others)))
        self.go.setEnabled(bool(self.cases))
        if not self.cases:
            self.body.addWidget(Card(Muted("No open case is with you.")))
        self.draw_cards([partial(self._case, each) for each in self.cases])

    def _asked(self, others: bool) -> QWidget:
        self.whom = Labelled("Who covers for you?", self.to)
        self.until_ = Labelled("Until when?", self.until, optional=True)
        self.told = Labelled("What must they know about all of these?", self.note)
        self.go = PrimaryButton("Hand these over", "arrow-right", on=self.hand_over)
        nobody = [] if others else [Muted("Nobody else works with this desk yet. Ask a colleague to join it first.")]
        return Card(Heading("To whom"), *nobody, self.whom, self.until_, self.told, Wrap(self.go), gap=10)

    def _case(self, one: Covered) -> QWidget:
        tick = TickTile("Hand over", small=True)
        tick.setChecked(True)
        tick.setAccessibleName(f"Hand over {one.line.reference}")
        self.ticks[one.line.case] = tick
        first, rest = one.must_know[:MUST_KNOW], one.must_know[MUST_KNOW:]
        more = [Text(words, "body") for words in (*first, *(["\n".join(rest)] if rest else []))]
        return Card(row((tick, TOP), (self.line(one.line, *more), 1), gap=8))

    def hand_over(self) -> None:
        """All that is ticked, in one act."""
        self.slices.rest()
        chosen = [case for case, tick in self.ticks.items() if tick.isChecked()]
        for field, given, wrong in (
            (self.whom, bool(self.to.value()), "Choose who covers for you."),
            (self.told, bool(self.note.toPlainText().strip()), "Write what the next officer must know."),
        ):
            field.say_wrong("" if given else wrong)
            if not given:
                return
        until = self.until.text().strip()
        day = parse_day(until, self.frame_.desk.today) if until else None
        if until and day is None:
            raise UserError("The day was not understood. Write it like “4 Dec”.")
        done = self.frame_.desk.do(cover, chosen, self.to.value(), str(day or ""), self.note.toPlainText())
        self.left.emit()
        self.frame_.say_done(f"{number(len(chosen), 'case')} handed over to {self.to.value()}.", done)


def _over(frame: Frame, page: ListPage) -> ListPage:
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page


def open_oversight(frame: Frame) -> ListPage:
    """The manager's lists, over the window."""
    return _over(frame, OversightPage(frame))


def open_cover(frame: Frame) -> ListPage:
    """An officer's cases for a cover, over the window."""
    return _over(frame, CoverPage(frame))
