"""Cover: my cases while I am away, what I must know of those I cover, and what happened once I am back."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from asbdesk.casework.cover import Covered, Meanwhile, back, cases_of, cover, in_order, meanwhile
from asbdesk.casework.parts.choices import member_names
from asbdesk.casework.views import ChronologyLine, CoverLine
from asbdesk.casework.words import number
from asbdesk.clock import plain_day
from asbdesk.errors import UserError
from asbdesk.ui.frame import Frame
from asbdesk.ui.plain_dates import parse_day
from asbdesk.ui.screens.oversight import ListPage, over
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.fields import Choice, Field, Labelled, Words
from asbdesk.ui.widgets.layout import TOP, Card, column, holder, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text
from asbdesk.ui.widgets.tiles import TickTile
from asbdesk.ui.widgets.wrap import Wrap

MUST_KNOW = 6
"""Things to know of one case that are drawn each by itself; more of them stand together."""
HAPPENED = 6
"""Things that happened in one case that are drawn; the rest stands in its chronology."""
BUTTONS = {"here": "What to know", "away": "I am back", "back": "Read it"}


class CoverPage(ListPage):
    """My cases while I am away: to whom, until when, and what they must know; promises and next contacts first."""

    def __init__(self, frame: Frame) -> None:
        words = "Promises and next contacts come first. No clock stops. After the last day they are yours again."
        super().__init__(frame, "While I am away", words)
        desk = frame.desk
        self.cases: tuple[Covered, ...] = desk.read(cases_of, desk.member)
        me = frame.landlord().officer
        others = [(name, name) for _, name in desk.read(member_names) if name != me]
        self.to = Choice([("", "Choose a colleague"), *others], name="Who covers for you?")
        self.from_ = Field(name="From when?", hint="Today")
        self.until = Field(name="Until when?", hint="Your last day away: Fri 4 Dec")
        self.note = Words(name="What must they know about all of these?", lines=3)
        self.ticks: dict[str, TickTile] = {}
        self.body.addWidget(self._asked(bool(others)))
        self.go.setEnabled(bool(self.cases))
        if not self.cases:
            self.body.addWidget(Card(Muted("No open case is with you.")))
        self.draw_cards([partial(self._case, each) for each in self.cases])

    def _asked(self, others: bool) -> QWidget:
        self.whom = Labelled("Who covers for you?", self.to)
        self.begins = Labelled("From when?", self.from_, optional=True)
        self.until_ = Labelled("Until when?", self.until, help="Without a last day they are handed over for good.")
        self.told = Labelled("What must they know about all of these?", self.note)
        self.go = PrimaryButton("Give these to them", "arrow-right", on=self.give)
        nobody = [] if others else [Muted("Nobody else works with this desk yet. Ask a colleague to join it first.")]
        asked = (self.whom, self.begins, self.until_, self.told)
        return Card(Heading("To whom"), *nobody, *asked, Wrap(self.go), gap=10)

    def _case(self, one: Covered) -> QWidget:
        tick = TickTile("Give it", small=True)
        tick.setChecked(True)
        tick.setAccessibleName(f"Give them {one.line.reference}")
        self.ticks[one.line.case] = tick
        return Card(row((tick, TOP), (self.line(one.line, *to_know(one)), 1), gap=8))

    def give(self) -> None:
        """All that is ticked, in one act."""
        self.slices.rest()
        chosen = [case for case, tick in self.ticks.items() if tick.isChecked()]
        for field, given, wrong in (
            (self.whom, bool(self.to.value()), "Choose who covers for you."),
            (self.told, bool(self.note.toPlainText().strip()), "Write what they must know."),
        ):
            field.say_wrong("" if given else wrong)
            if not given:
                return
        begins, until = self._day(self.from_), self._day(self.until)
        done = self.frame_.desk.do(cover, chosen, self.to.value(), until, self.note.toPlainText(), begins)
        self.left.emit()
        many, to = number(len(chosen), "case"), self.to.value()
        back_ = f"{many} with {to} until {plain_day(until)}. They come back to you by themselves." if until else ""
        self.frame_.say_done(back_ or f"{many} handed over to {to}.", done)

    def _day(self, field: Field) -> str:
        typed = field.text().strip()
        day = parse_day(typed, self.frame_.desk.today) if typed else None
        if typed and day is None:
            raise UserError("The day was not understood. Write it like “4 Dec”.")
        return str(day or "")


class CoveredPage(ListPage):
    """What I must know of the cases I cover: promises and next contacts first."""

    def __init__(self, frame: Frame, told: CoverLine) -> None:
        super().__init__(frame, told.words, "What they promised and when they speak next, first.")
        found = frame.desk.read(lambda session: in_order(session, told.cases))
        self.draw_cards([partial(self._case, each) for each in found])

    def _case(self, one: Covered) -> QWidget:
        return Card(self.line(one.line, *to_know(one)))


class BackPage(ListPage):
    """I am back: what happened in my cases meanwhile, what was promised first; then they are mine again."""

    def __init__(self, frame: Frame, told: CoverLine) -> None:
        super().__init__(frame, "While you were away", "What was promised comes first. Then what happened, by whom.")
        self.covers = told.covers
        desk = frame.desk
        found: tuple[Meanwhile, ...] = desk.read(meanwhile, desk.member, told.covers, desk.today)
        read = PrimaryButton("I have read it", "check", on=self.read)
        ours = "They are yours again." if told.kind == "back" else "Once you have read it, they are yours again."
        self.body.addWidget(Card(row((Muted(ours), 1), read, gap=12), kind="soft"))
        self.draw_cards([partial(self._case, each) for each in found])

    def _case(self, one: Meanwhile) -> QWidget:
        promised = [Text(f"Promised: {words}", "strong") for words in one.promised]
        happened = [self._line(each) for each in one.lines[:HAPPENED]]
        more = len(one.lines) - HAPPENED
        left = [Muted(f"{more} more, in the chronology", small=True)] if more > 0 else []
        return Card(self.line(one.line, holder(column(*promised, *happened, *left, gap=10, margins=(0, 8, 0, 0)))))

    @staticmethod
    def _line(each: ChronologyLine) -> QWidget:
        when = Muted("  ·  ".join(part for part in (each.day_text, each.by) if part), small=True)
        words = [Text(each.title, "strong"), *([Text(each.text, "body")] if each.text else []), when]
        return holder(row((Icon(each.icon, "muted", 18), TOP), (holder(column(*words, gap=1)), 1), gap=8))

    def read(self) -> None:
        """It was read: the cover is over, and the cases leave the laptop that had them."""
        done = self.frame_.desk.do(back, list(self.covers))
        self.left.emit()
        self.frame_.say_done("Your cases are yours again.", done)


def to_know(one: Covered) -> list[QWidget]:
    """What must be known of one case, each by itself; what is more stands together."""
    first, rest = one.must_know[:MUST_KNOW], one.must_know[MUST_KNOW:]
    return [Text(words, "body") for words in (*first, *(["\n".join(rest)] if rest else []))]


def open_cover(frame: Frame) -> ListPage:
    """An officer's cases for a cover, over the window."""
    return over(frame, CoverPage(frame))


def open_line(frame: Frame, told: CoverLine) -> ListPage:
    """What a line of Today on cover opens."""
    return over(frame, CoveredPage(frame, told) if told.kind == "here" else BackPage(frame, told))


def cover_card(frame: Frame, told: CoverLine) -> QWidget:
    """One line of Today on cover."""
    go = Button(BUTTONS[told.kind], name=f"{BUTTONS[told.kind]}: {told.words}", on=partial(open_line, frame, told))
    go.setMinimumWidth(Button(BUTTONS["here"]).sizeHint().width())
    return Card(
        row(Icon("users", "accent", 22), (Text(told.words, "strong"), 1), go, gap=12),
        kind="soft",
        margins=(16, 8, 10, 8),
    )
