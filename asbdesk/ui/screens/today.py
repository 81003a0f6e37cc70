"""Today: cases first. Now, then late or due, each with the next act in words; beside it visits and what is coming."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from asbdesk.casework.begun import Begun, HalfTaken, begun_adds, half_taken
from asbdesk.casework.moments import THEMES
from asbdesk.casework.views import ComingDay, TodayCard, TodayView, VisitLine
from asbdesk.clock import short_moment
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens import Screen
from asbdesk.ui.screens.covering import cover_card
from asbdesk.ui.screens.notes import Notes
from asbdesk.ui.screens.numbers import NumbersCard
from asbdesk.ui.screens.oversight import open_oversight
from asbdesk.ui.screens.practice import load_practice
from asbdesk.ui.screens.today_cards import CaseCard, manager_card, waiting_card
from asbdesk.ui.widgets.buttons import Button, PrimaryButton, QuietButton
from asbdesk.ui.widgets.fields import Choice
from asbdesk.ui.widgets.layout import TOP, WIDE, Bar, Card, Columns, Scroll, capped, column, empty, holder, line, row
from asbdesk.ui.widgets.slices import soon
from asbdesk.ui.widgets.text import Bubble, Heading, Icon, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

SHOWN, EVERY = 12, 1000
"""Cards on the first page (PRACTICE.md 7, 4), and when all were asked for."""

KEPT = "what was typed is kept"
LARGE = 1.25
"""The text scale over which a question and its answer stand below each other."""


class TodayScreen(Screen):
    """Reads `casework.today.today` and draws it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame_ = frame
        self.all_shown = False
        self._view: TodayView | None = None
        self._half_taken: tuple[HalfTaken, ...] = ()
        self._half_looked: tuple[tuple[str, str], ...] = ()
        self._for_manager: list[TodayCard] = []
        self._begun_adds: tuple[Begun, ...] = ()
        self._lines: tuple[str, ...] = ()
        self._exceptions = column(gap=0)
        self.heading, self.counts = Heading("Today", 1), Muted("")
        self._search = Button("Search", icon="search", on=frame.search)
        new = PrimaryButton("New report", "plus", on=frame.new_report)
        words = column(self.heading, self.counts, gap=2)
        head = Bar(
            "header", row((holder(words), 1), self._search, new, gap=10, margins=(28, 14, 28, 14)), WIDE, left=True
        )
        self.whose = Choice((("", "My cases"), ("team", "The whole team")), name="Whose cases")
        themes = sorted((id, id.replace("_", " ").capitalize()) for id in THEMES)
        self.theme = Choice((("", "All that is due"), *themes), name="What kind")
        for choice in (self.whose, self.theme):
            choice.chosen.connect(lambda _: self.refresh())
        self._left, self._right = column(gap=8), column(gap=14)
        self._work = holder(self._left)
        body = Columns(self._work, holder(self._right), side_width=330, needs=800, gap=20)
        self.notes = Notes(frame)
        filters = row(self.whose, self.theme, None, gap=10)
        inside = column(self.notes, filters, body, None, gap=12, margins=(28, 16, 28, 20))
        self.setLayout(column(head, (Scroll(holder(capped(inside, WIDE, left=True))), 1), gap=0))

    def take_focus(self) -> None:
        """On the first thing to do, once its card stands there: what was just added shows itself a moment later."""
        super().take_focus()
        soon(self, self._to_first)

    def _to_first(self) -> None:
        first = next((b for b in self._work.findChildren(Button) if b.isVisible()), None)
        if first is not None and self.isVisible() and self.focusWidget() is self._search:
            first.setFocus()

    def refresh(self) -> None:
        from asbdesk.casework.first_look import FORM as FIRST_LOOK
        from asbdesk.casework.first_look import half_done
        from asbdesk.casework.now import for_manager as unanswered
        from asbdesk.casework.today import today

        desk = self.frame_.desk
        self.notes.refresh()
        look = {"team": self.whose.value() == "team", "theme": self.theme.value()}
        view = desk.read(today, desk.member, desk.today, cards=EVERY if self.all_shown else SHOWN, **look)
        here = {card.case for card in view.now}
        for_manager = [c for c in desk.read(unanswered, desk.member, desk.clock.now()) if c.case not in here]
        runs = desk.desk.drafts.open_runs()
        begun = desk.read(begun_adds, runs)
        halves = half_taken(desk.desk.drafts, runs)
        half_looked = desk.read(half_done, [run.case for run in runs if run.form == FIRST_LOOK])
        stands = (halves, half_looked, for_manager, begun)
        was = (self._half_taken, self._half_looked, self._for_manager, self._begun_adds)
        if view != self._view or stands != was:  # else the focus stays where it is
            self._half_taken, self._half_looked, self._for_manager, self._begun_adds = stands
            self.draw(view)
        self._look_for_exceptions()

    def _look_for_exceptions(self) -> None:
        """They are counted over every case, so beside the officer's work."""
        from asbdesk.casework.exceptions import for_the_manager

        desk = self.frame_.desk
        found = partial(desk.desk.read, for_the_manager, desk.member, desk.today)
        desk.later(found, self._show_exceptions, owner=self)

    def _show_exceptions(self, lines: tuple[str, ...]) -> None:
        if lines == self._lines and self._exceptions.count() == bool(lines):
            return
        self._lines = lines
        empty(self._exceptions)
        if lines:
            self._exceptions.addWidget(manager_card(lines, partial(open_oversight, self.frame_)))

    def draw(self, view: TodayView) -> None:
        """Show `view`."""
        self._view = view
        self.heading.setText(view.heading)
        self.counts.setText(view.counts)
        for box in (self._left, self._right):
            empty(box)
        if view.numbers_card:
            self._left.addWidget(NumbersCard(view.numbers_card, self.frame_))
        if view.empty:
            self._left.addWidget(self._nothing_yet())
        self._cards(view)
        self._left.addStretch(1)
        self._beside(view)
        self._right.addStretch(1)

    # ---- left: what to do first
    def _cards(self, view: TodayView) -> None:
        if view.now or self._for_manager:
            quiet = Muted("does not wait for a working day", small=True, wrap=False)
            self._left.addLayout(row(Heading("Now", wrap=False), quiet, None))
            for card in (*view.now, *self._for_manager):
                self._left.addWidget(self._now_card(card))
        self._begun(view)
        if not view.late_or_due:
            if not view.empty:
                self._left.addWidget(self._all_done(bool(view.now or self._for_manager)))
            return
        count = view.due_count
        pill = Pill(f"{count} case{'s' * (count != 1)}", "grey")
        self._left.addLayout(row(Heading("Late or due today", wrap=False), pill, None, gap=10))
        for card in view.late_or_due:
            self._left.addWidget(CaseCard(self.frame_, card))
        if view.more:
            self._left.addWidget(self._more(view.more))

    def _begun(self, view: TodayView) -> None:
        """Whose cases are with whom; then what was begun and not ended: it goes on where it was left."""
        for cover in view.cover:
            self._left.addWidget(cover_card(self.frame_, cover))
        for visit in view.visits:
            if visit.run:
                words = f"A visit is begun: {visit.address}"
                go_on = partial(self.frame_.start_visit, visit.case, visit.run)
                self._left.addWidget(self._go_on("clipboard-check", words, f"since {visit.time_text}", go_on))
        for half in self._half_taken:
            words, since = f"A report is half taken: {half.words}", f"{short_moment(half.saved)} · {KEPT}"
            go_on = partial(self.frame_.new_report, half.run)
            self._left.addWidget(self._go_on("notebook-pen", words, since, go_on))
        for case, words in self._half_looked:
            self._left.addWidget(self._go_on("filter", words, KEPT, partial(self._look, case)))

        for add in self._begun_adds:
            go_on = partial(self._add, add)
            self._left.addWidget(self._go_on("pen-line", add.title, f"{add.where} · {KEPT}", go_on))

    def _add(self, begun: Begun) -> None:
        from asbdesk.ui.screens.acting import go_on

        self.frame_.open_case(begun.case)
        go_on(self.frame_, begun)

    def _look(self, case: str) -> None:
        from asbdesk.ui.screens.first_look import open_first_look

        open_first_look(self.frame_, case)

    @staticmethod
    def _go_on(icon: str, words: str, since: str, act: Callable[[], object]) -> QWidget:
        text = column(Text(words, "strong"), Muted(since, small=True), gap=3)
        go = Button("Go on", name=f"Go on: {words}", on=act)
        go.setMinimumWidth(theme.current().gap(150))
        return Card(row(Icon(icon, "accent", 22), (holder(text), 1), go, gap=12), kind="soft", margins=(16, 8, 10, 8))

    def _now_card(self, card: TodayCard) -> QWidget:
        where = Muted(
            "  ·  ".join(b for b in (card.address, "stays here until each line is answered") if b), small=True
        )
        head = row((Bubble("bell", "red"), TOP), (holder(column(Text(card.title, "big"), where, gap=2)), 1), gap=12)
        act = PrimaryButton(
            card.button or "Open", name=f"{card.button or 'Open'}: {card.title}", on=partial(self._act, card)
        )
        body = row((holder(column(head, self._asked_now(card), gap=10)), 1), (act, TOP), gap=18)
        return Card(body, kind="now", margins=(18, 12, 14, 14))

    @staticmethod
    def _asked_now(card: TodayCard) -> QGridLayout:
        """Each question and what is known; below each other where there is no room for two columns of words."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().gap(10))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        under = theme.current().scale > LARGE
        for at, due in enumerate(card.behind):
            grid.addWidget(Icon("clock", theme.tone(due.tone), 18), 2 * at, 0, TOP)
            grid.addWidget(Text(due.title, "strong"), 2 * at, 1, 1, 2 if under else 1, TOP)
            answer = (2 * at + 1, 1, 1, 2) if under else (2 * at, 2, 1, 1)
            grid.addWidget(Text(due.why or due.when_text, "body"), *answer)
        return grid

    def _more(self, words: str) -> QWidget:
        show = QuietButton("Show them", "chevron-down", on=self._show_all)
        return holder(row(Text(words, "strong"), None, show, margins=(16, 0, 0, 0)))

    def _show_all(self) -> None:
        self.all_shown = True
        self.refresh()

    def _nothing_yet(self) -> QWidget:
        words = (
            "A case begins with what somebody told you. Take a report, or try everything first with invented people."
        )
        go = PrimaryButton("New report", "plus", on=self.frame_.new_report)
        practice = Button("Try it with practice cases", icon="notebook-pen", on=partial(load_practice, self.frame_))
        picture = row(
            (Bubble("folder-open", "blue", 46), TOP), (holder(column(Heading("No cases yet"), Muted(words))), 1), gap=14
        )
        return Card(picture, Wrap(go, practice, gap=10), gap=16, margins=(24, 20, 24, 22))

    @staticmethod
    def _all_done(now: bool) -> QWidget:
        words = "Nothing else is late or due today." if now else "Nothing is late or due today."
        return Card(row(Icon("circle-check", "green", 22), (Text(words, "strong"), 1), gap=10), kind="good")

    def _act(self, card: TodayCard) -> None:
        self.frame_.act(card.case, card.behind[0] if card.behind else None, card.do)

    # ---- right: visits, coming
    def _beside(self, view: TodayView) -> None:
        agreed = [visit for visit in view.visits if not visit.run]
        visits = Card(Heading("Visits"), gap=8, margins=(18, 14, 18, 16))
        box = visits.layout()
        assert isinstance(box, QVBoxLayout)
        if not agreed:
            box.addWidget(Muted("None agreed for today."))
        for at, visit in enumerate(agreed):
            if at:
                box.addWidget(line())
            box.addWidget(self._visit(visit))
        self._right.addWidget(visits)
        self._exceptions = column(gap=0)
        self._right.addLayout(self._exceptions)
        self._show_exceptions(self._lines)
        if view.coming:
            self._right.addWidget(self._coming(view.coming))
        if view.waiting:
            self._right.addWidget(waiting_card(self.frame_, view.waiting))

    def _visit(self, visit: VisitLine) -> QWidget:
        words = column(Text(visit.address, "strong"), gap=3)
        if visit.note:
            icon = "triangle-alert" if theme.tone(visit.tone) in ("amber", "red") else "info"
            tone = theme.tone(visit.tone)
            words.addLayout(row(Icon(icon, tone, 16), (Text(visit.note, "small", tone=tone), 1), gap=5))
        go = QuietButton("Open", name=f"Open: {visit.address}", on=partial(self.frame_.open_case, visit.case))
        words.addLayout(row(go, None))
        when = Text(visit.time_text, "strong", wrap=False)
        return holder(row((when, TOP), (holder(words), 1), gap=12))

    @staticmethod
    def _coming(days: tuple[ComingDay, ...]) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().gap(10))
        grid.setVerticalSpacing(theme.current().gap(7))
        grid.setColumnStretch(1, 1)
        for at, day in enumerate(days):
            grid.addWidget(Text(day.day_text, "strong", wrap=False), at, 0, TOP)
            grid.addWidget(Text(day.text, "body") if day.count else Muted(day.text), at, 1)
            if day.count:
                grid.addWidget(Muted(str(day.count), wrap=False), at, 2, TOP)
        return Card(Heading("Coming, five working days"), grid, gap=12, margins=(18, 14, 18, 16))
