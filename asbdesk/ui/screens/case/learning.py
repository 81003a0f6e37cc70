"""What we can learn: a practice or closed case replayed day by day, and the lesson beside what was owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from asbdesk.clock import dated, long_day, short_day
from asbdesk.ui import theme
from asbdesk.ui.screens.case.learning_line import HELP, KEY, LearningLine
from asbdesk.ui.screens.case.learning_time import late_words
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, IconButton, PrimaryButton
from asbdesk.ui.widgets.layout import Bar, Card, Columns, Scroll, column, holder, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from asbdesk.documents.learned import Happened, Learned, Owed, Position
    from asbdesk.ui.frame import Frame

WHOLE_PLAY, SLOWEST, FASTEST = 40_000, 700, 30
"""Milliseconds: a whole case plays in about the first; a day takes between the others."""
SAID = 5
"""Events of one day that stand in the card; the rest are counted."""


class LearningPage(QWidget):
    """Lies over the window. `left` when it is over."""

    left = Signal()

    def __init__(self, frame: Frame, case: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_, self.case = frame, case
        self.view: Learned | None = None
        self.line = LearningLine()
        self.line.moved.connect(lambda _: self._day())
        self.line.chose.connect(self._lesson)
        self.line.playing.connect(self.play)
        self.timer = QTimer(self)
        self.timer.timeout.connect(self._tick)
        self.setLayout(column(self._head(), (self._body(), 1), gap=0))
        self.setFocusProxy(self.line)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.left.emit)
        self._read()

    def _read(self) -> None:
        from asbdesk.casework.learning import learning

        desk = self.frame_.desk
        self.day_title.setText("Reading the case …")
        desk.later(lambda: desk.desk.read(learning, self.case, desk.today), self.show_view, self._failed, owner=self)

    def _failed(self, problem: Exception) -> None:
        self.left.emit()
        self.frame_.window().problems.tell(problem)  # type: ignore[attr-defined]

    # ---- laid out
    def _head(self) -> QWidget:
        self.title = Heading("What we can learn", 1)
        self.about = Muted("", wrap=True)
        back = IconButton("chevron-left", "Back to the case", on=self.left.emit)
        self.look = Button("Look at the page", icon="eye", on=self.look_at_it)
        self.print = Button("Print", icon="printer", on=self.print_it)
        words = holder(column(self.title, self.about, gap=2))
        return Bar("header", row(back, (words, 1), self.look, self.print, gap=12, margins=(22, 14, 22, 14)))

    def _body(self) -> QWidget:
        now = theme.current()
        self.play_button = PrimaryButton("Play", "play", on=self.play)
        before = IconButton("chevron-left", "A day back", on=lambda: self.line.go(self.line.at - 1))
        after = IconButton("chevron-right", "A day on", on=lambda: self.line.go(self.line.at + 1))
        closer = IconButton("zoom-in", "Closer", on=lambda: self.line.zoom_by(2))
        farther = IconButton("zoom-out", "Farther", on=lambda: self.line.zoom_by(0.5))
        tools = Wrap((self.play_button, before, after), (farther, closer), gap=10)
        card = Card(tools, (self.line, 1), Muted(f"{KEY} {HELP}", small=True), margins=(16, 12, 16, 10), gap=10)
        self.line.setMinimumHeight(now.gap(330))
        side = holder(column(self._day_card(), self._lesson_card(), None, gap=14))
        return Scroll(column((Columns(card, side, side_width=350, needs=900), 1), margins=(18, 16, 18, 18)))

    def _day_card(self) -> QWidget:
        self.day_title = Heading("", 2)
        self.day_number = Muted("", small=True)
        self.happened = Text("", "body")
        self.standing = Pill("", "grey")
        self.owed = Text("", "body")
        return Card(self.day_title, self.day_number, self.happened, row(self.standing, None), self.owed, gap=8)

    def _lesson_card(self) -> QWidget:
        self.lesson_title = Heading("", 2)
        self.lesson_state = Text("", "strong")
        self.lesson_days = Muted("", small=True)
        self.lesson_why = Text("", "body")
        self.lesson_taught = Text("", "strong")
        self.lesson_source = Muted("", small=True)
        bulb = row(Icon("lightbulb", "amber", 20), (Heading("What published cases teach", 3), 1))
        inner = Card(bulb, self.lesson_taught, self.lesson_source, kind="ask", gap=6, margins=(14, 12, 14, 12))
        card = Card(self.lesson_title, self.lesson_state, self.lesson_days, self.lesson_why, inner, gap=8)
        self.lesson_card = card
        card.hide()
        return card

    # ---- shown
    def show_view(self, view: Learned) -> None:
        """The case was read: the whole of it, on its last day."""
        self.view = view
        self.about.setText(f"{view.reference} · {view.title} · {in_short(view)}")
        self.line.show_view(view)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if view.late:
            self.line.choose(view.late[0])
        self._day()

    def _day(self) -> None:
        if self.view is None:
            return
        where = self.view.on(self.view.day(self.line.at))
        if where.became_late:
            self.line.choose(where.became_late[0])
        elif self.line.chosen is not None:
            self._lesson(self.line.chosen)
        self.day_title.setText(long_day(where.day))
        self.day_number.setText(f"Day {where.number:,} of {self.view.days:,}")
        self.happened.setText(_events(where.events))
        late = f"{where.late} late" if where.late else "Nothing late"
        self.standing.set(late, "red" if where.late else "green")
        self.owed.setText(_owed(where))
        words = day_words(where)
        self.line.setAccessibleDescription(f"{words} {HELP}")
        if not self.timer.isActive() and self.line.isVisible():
            announce(self.line, words)

    def _lesson(self, one: Owed) -> None:
        assert self.view is not None
        day = self.view.day(self.line.at)
        self.lesson_card.show()
        self.lesson_title.setText(one.name)
        words, tone = standing_words(one, day)
        self.lesson_state.setText(words)
        self.lesson_state.set_tone(tone)
        about = f"From {one.about}. " if one.about else ""
        self.lesson_days.setText(f"{about}Due {_dated(one.due)}.")
        self.lesson_why.setText(one.why)
        self.lesson_taught.setText(one.lesson)
        self.lesson_taught.setVisible(bool(one.lesson))
        self.lesson_source.setText(" ".join(part for part in (one.source, one.rule) if part))

    # ---- played
    def play(self) -> None:
        """Play the days one after the other, from the first when the last is shown; or pause."""
        if self.view is None:
            return
        if self.timer.isActive():
            self._pause()
            return
        if self.line.at >= self.view.days - 1:
            self.line.go(0)
        self.timer.start(min(max(WHOLE_PLAY // self.view.days, FASTEST), SLOWEST))
        self._say_play("Pause", "pause")

    def _pause(self) -> None:
        self.timer.stop()
        self._say_play("Play", "play")

    def _say_play(self, words: str, icon: str) -> None:
        self.play_button.icon_name = icon
        self.play_button.say(words)
        self.play_button._tint()

    def _tick(self) -> None:
        if self.view is None or self.line.at >= self.view.days - 1:
            self._pause()
        else:
            self.line.go(self.line.at + 1)

    # ---- on paper
    def pdf(self) -> bytes:
        """The page for our own staff. Slow: call it from a worker."""
        from asbdesk.casework.learning import learning_paper
        from asbdesk.clock import instant
        from asbdesk.documents.learning_sheet import make

        desk = self.frame_.desk.desk
        return make(desk.read(learning_paper, self.case, desk.member, desk.today, instant(desk.clock.now())))

    def look_at_it(self) -> None:
        """The page as it is printed."""
        from asbdesk.ui.screens.case.paper import show_paper

        title = "What we can learn"
        self.frame_.desk.later(self.pdf, lambda pdf: show_paper(self.frame_, pdf, title), owner=self)

    def print_it(self) -> None:
        """Print it for our own staff: what must not be told is left out of it already."""
        from asbdesk.casework.way_out import Leaving
        from asbdesk.ui.screens.case.leaving import Going, print_cleared

        leaving = Leaving(self.case, self.frame_.desk.member, "What we can learn", "Our own staff")
        print_cleared(self, self.frame_, leaving, self.pdf, "Page", Going())


def _events(events: tuple[Happened, ...]) -> str:
    lines = [f"{e.time}  {e.title}" + (f": {e.text[:90]}" if e.text else "") for e in events[:SAID]]
    more = [f"and {len(events) - SAID} more"] if len(events) > SAID else []
    return "\n".join([*lines, *more]) or "Nothing was written down for this day."


def _owed(where: Position) -> str:
    if not where.open:
        return "Nothing was owed."
    lines = []
    for one in where.open[:SAID]:
        mark = late_words(one, where.day) if one.standing(where.day) == "late" else f"due {short_day(one.due)}"
        lines.append(f"{one.name}: {mark}")
    more = [f"and {len(where.open) - SAID} more"] if len(where.open) > SAID else []
    return "\n".join([*lines, *more])


def in_short(view: Learned) -> str:
    """How the case went, in a sentence."""
    if not view.late:
        return "Nothing went late."
    never = f", and {view.never} {'was' if view.never == 1 else 'were'} never done" if view.never else ""
    return f"{len(view.late)} of {len(view.owed)} things owed went late{never}."


def day_words(where: Position) -> str:
    """A day as a screen reader says it."""
    happened = ". ".join(e.title for e in where.events) or "Nothing happened"
    turned = "".join(f" Late from today: {one.name}." for one in where.became_late)
    return f"{long_day(where.day)}. {happened}. {len(where.open)} owed, {where.late} late.{turned}"


def standing_words(one: Owed, day: str) -> tuple[str, str]:
    """How a thing stood on a day, and the tone of the words."""
    how = one.standing(day)
    if how in ("late", "met_late") or (how in ("waived", "ended") and one.late_from):
        return late_words(one, day).capitalize(), "red"
    words = {
        "not_yet": ("Not owed yet on this day", "grey"),
        "open": ("Owed, and still in time", "blue"),
        "due": ("Due on this day", "amber"),
        "met": ("Done in time", "green"),
        "waived": ("Not needed, with a reason", "grey"),
    }
    return words.get(how, ("No longer owed", "grey"))


def _dated(day: str) -> str:
    return dated(day)
