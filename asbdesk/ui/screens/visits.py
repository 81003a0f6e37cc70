"""Visits: a day with each stop, what to know before knocking and the order the officer wants; beside it the month."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from asbdesk.casework.appointments import MonthDay, Stop, month, stops
from asbdesk.clock import MONTHS, full_day, instant, plain_day
from asbdesk.ui import theme
from asbdesk.ui.asking import warned_of_printers
from asbdesk.ui.screens import Screen
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, IconButton, QuietButton
from asbdesk.ui.widgets.layout import TOP, WIDE, Bar, Card, Columns, Scroll, capped, column, holder, redrawn, row
from asbdesk.ui.widgets.text import Bubble, Heading, Icon, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from asbdesk.casework.release import Override
    from asbdesk.documents.released import Released
    from asbdesk.documents.visit_list import VisitList
    from asbdesk.ui.frame import Frame

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ORDER = "order of the day "
"""The local setting, with the day after it: ids of the stops as the officer arranged them."""


class DayButton(QuietButton):
    """A day of the month: its number, and small below what is due and agreed."""

    def __init__(self, number: str, under: str, name: str, on: Callable[[], object]) -> None:
        super().__init__("", name=name, on=on)
        self.number, self.under = number, under
        self.setProperty("bare", "true")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        now, painter = theme.current(), QPainter(self)
        for words, size, weight, token, top in (
            (self.number, 15, 600, "ink" if self.isEnabled() else "muted", 6),
            (self.under, 11, 500, "muted", 6 + 20),
        ):
            painter.setFont(now.font(size, weight))
            painter.setPen(now.colour(token))
            room = self.rect().adjusted(0, now.px(top), 0, 0)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), words)
        painter.end()


class VisitsScreen(Screen):
    """`day` is shown; the arrows go a day back and on, the month goes to any."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame_ = frame
        self.day = self._known_today = frame.desk.today
        self.heading, self.counts = Heading("Visits", 1), Muted("")
        before = IconButton("chevron-left", "The day before", on=lambda: self._go(-1))
        after = IconButton("chevron-right", "The day after", on=lambda: self._go(1))
        self._today = Button("Today", on=lambda: self.show_day(frame.desk.today))
        words = column(self.heading, self.counts, gap=2)
        self._print = Button("Print for your buddy", icon="printer", on=self.print_it)
        acts = (self._print, before, self._today, after)
        head = Bar("header", row((holder(words), 1), *acts, gap=8, margins=(28, 14, 28, 14)), WIDE, left=True)
        self._list = column(gap=10)
        self._month = column(gap=10)
        body = Columns(holder(self._list), holder(self._month), side_width=404, needs=820, gap=20)
        inside = column(body, None, margins=(28, 16, 28, 20))
        self.setLayout(column(head, (Scroll(holder(capped(inside, WIDE, left=True))), 1), gap=0))

    def refresh(self) -> None:
        desk = self.frame_.desk
        if self._known_today != desk.today:  # midnight: who was looking at today looks at today
            self.day = desk.today if self.day == self._known_today else self.day
            self._known_today = desk.today
        found = desk.read(stops, desk.member, self.day, self._order())
        self.heading.setText(full_day(self.day))
        visits = sum(stop.visit for stop in found)
        others = len(found) - visits
        words = [f"{visits} visit{'s' * (visits != 1)}"] if visits else []
        words += [f"{others} other{'s' * (others != 1)}"] if others else []
        self.counts.setText(" · ".join(words) or "Nothing agreed for this day")
        self._today.setEnabled(self.day != desk.today)
        self._print.setEnabled(bool(visits))
        with redrawn(self._list):
            for at, stop in enumerate(found):
                self._list.addWidget(self._stop(stop, at, found))
            if not found:
                self._list.addWidget(self._nothing())
            self._list.addStretch(1)
            self._draw_month()

    def show_day(self, day: str) -> None:
        """Show this day and its month."""
        self.day = day
        self.refresh()

    def _go(self, days: int) -> None:
        self.show_day((dt.date.fromisoformat(self.day) + dt.timedelta(days)).isoformat())

    def _nothing(self) -> QWidget:
        words = "Nothing is agreed for this day. Book a visit from a case: “Add”, then “Book a visit or a meeting”."
        return Card(row((Bubble("calendar", "grey"), TOP), (Muted(words), 1), gap=12))

    # ---- one stop
    def _stop(self, stop: Stop, at: int, found: tuple[Stop, ...]) -> QWidget:
        title = _title(stop)
        words = column(row((Text(title, "strong"), 1), Pill(stop.what, "blue"), gap=8), gap=4)
        words.addWidget(Muted(" · ".join(t for t in (stop.reference, stop.note) if t), small=True))
        if stop.held:
            words.addLayout(row((Icon("circle-x", "red", 18), TOP), (Text(stop.held, "strong", tone="red"), 1), gap=8))
        for alert in stop.alerts:
            words.addLayout(row((Icon("triangle-alert", "amber", 18), TOP), (Text(alert, "body"), 1), gap=8))
        words.addWidget(Wrap(*self._acts(stop, first=not at), gap=8))
        clock = Heading(stop.time or "—", 2, wrap=False)
        clock.setAccessibleName(f"At {stop.time}" if stop.time else "No time agreed")
        clock.setMinimumWidth(theme.current().gap(64))
        up = IconButton("chevron-up", f"Earlier: {title}", on=partial(self._move, at, -1, found))
        down = IconButton("chevron-down", f"Later: {title}", on=partial(self._move, at, 1, found))
        up.setEnabled(at > 0)
        down.setEnabled(at < len(found) - 1)
        order = holder(column(up, down, None, gap=4))
        return Card(row((clock, TOP), (holder(words), 1), (order, TOP), gap=12), margins=(16, 12, 10, 12))

    def _acts(self, stop: Stop, *, first: bool) -> list[QWidget]:
        open_ = Button("Open", name=f"Open {stop.reference}", on=partial(self.frame_.open_case, stop.case))
        if stop.held or not stop.visit:
            return [*self._changes(stop), open_]
        start = partial(self.frame_.start_visit, stop.case)
        name = f"Start visit, {stop.reference}"
        go = Button("Start visit", "primary" if first else "", "clipboard-check", name=name, on=start)
        return [go, *self._changes(stop), open_]

    def _changes(self, stop: Stop) -> list[QWidget]:
        """Another day, or off: for what was booked, and not for what a plan promised."""
        from asbdesk.ui.screens.case.adding import open_add

        def opens(add: str) -> Callable[[], object]:
            return lambda: open_add(self.frame_, stop.case, "contacts", add, stop.id)

        if not stop.booked:
            return []
        move = Button("Another day", name=f"Another day, {stop.reference}", on=opens("appointment_moved"))
        return [move, Button("It is off", name=f"It is off, {stop.reference}", on=opens("appointment_off"))]

    # ---- the order of the day
    def _order(self) -> list[str]:
        kept = self.frame_.desk.remembered(ORDER + self.day)
        return [str(id) for id in json.loads(kept)] if kept else []

    def _move(self, at: int, by: int, found: tuple[Stop, ...]) -> None:
        ids = [stop.id for stop in found]
        ids[at], ids[at + by] = ids[at + by], ids[at]
        self.frame_.desk.remember(ORDER + self.day, json.dumps(ids))
        self.refresh()
        title = _title(found[at])
        names = (f"{'Later' if by > 0 else 'Earlier'}: {title}", f"{'Earlier' if by > 0 else 'Later'}: {title}")
        buttons = {each.accessibleName(): each for each in self.findChildren(IconButton) if each.isEnabled()}
        if (go_on := next((buttons[name] for name in names if name in buttons), None)) is not None:
            go_on.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{title}: now {at + by + 1} of {len(ids)}")

    def _away(self) -> None:
        """Who covers, and what they must know."""
        from asbdesk.ui.screens.covering import open_cover

        open_cover(self.frame_)

    # ---- on paper
    def print_it(self) -> None:
        """The day's visits for whoever listens out for you: where and when, and no word of why."""
        from asbdesk.casework.sharing import stood_in
        from asbdesk.casework.visit_list import leaving_on, visit_list
        from asbdesk.documents.visit_list import make
        from asbdesk.ui.papers import print_pages
        from asbdesk.ui.screens.case.leaving import Going, with_reason, write_down

        desk, at, whose = self.frame_.desk, instant(self.frame_.desk.clock.now()), self.frame_.desk.member
        reasons: list[str] = []

        def look(why: Override) -> Released[VisitList]:
            reasons.append(why.reason)
            return desk.read(visit_list, whose, self.day, self._order(), at, why)

        paper = with_reason(self, look)
        if paper is None or not warned_of_printers(self.frame_):
            return

        def made(pdf: bytes) -> None:
            printed = print_pages(self, pdf, "List", desk)
            if printed is None:
                return
            for each in desk.read(leaving_on, whose, self.day):
                stood = desk.read(stood_in, each) if reasons[-1] else ()
                why = Going(stood, reasons[-1] if stood else "")
                write_down(desk, each, "visits", f"Printed: {printed.words}", why)
            self.frame_.said.emit("done", "Sent to the printer, and written down in each case.", None)

        desk.later(lambda: make(paper), made, owner=self)

    # ---- the month
    def _draw_month(self) -> None:
        shown = dt.date.fromisoformat(self.day)
        weeks = self.frame_.desk.read(month, self.frame_.desk.member, shown.year, shown.month)
        with redrawn(self._month):
            grid = QGridLayout()
            grid.setSpacing(theme.current().gap(4))
            for at, name in enumerate(WEEK):
                grid.addWidget(Muted(name, small=True), 0, at, Qt.AlignmentFlag.AlignHCenter)
            for down, week in enumerate(weeks, 1):
                for at, day in enumerate(week):
                    grid.addWidget(self._day(day), down, at)
            title = Heading(f"{MONTHS[shown.month - 1]} {shown.year}", 3, wrap=False)
            back = IconButton("chevron-left", "The month before", on=lambda: self._go_month(-1))
            on = IconButton("chevron-right", "The month after", on=lambda: self._go_month(1))
            words = Muted("● a visit or a meeting is agreed", small=True)
            self._month.addWidget(Card(row(title, None, back, on), grid, words, gap=10, margins=(16, 12, 16, 14)))
            self._month.addLayout(row(Button("While I am away", icon="log-out", on=self._away), None))
            self._month.addStretch(1)

    def _day(self, day: MonthDay) -> DayButton:
        number = int(day.day[8:])
        under = " ".join(t for t in (f"{day.due} due" if day.due else "", "●" if day.stops else "") if t)
        told = [plain_day(day.day)]
        told += [f"{day.due} due"] if day.due else []
        told += [f"{day.stops} agreed"] if day.stops else []
        button = DayButton(str(number), under, ", ".join(told), partial(self.show_day, day.day))
        button.setCheckable(True)
        button.setChecked(day.day == self.day)
        button.setMinimumHeight(max(theme.current().gap(50), theme.current().px(48)))
        button.setMinimumWidth(theme.current().gap(44))
        button.setEnabled(day.inside or bool(under))
        return button

    def _go_month(self, by: int) -> None:
        shown = dt.date.fromisoformat(self.day)
        at = shown.year * 12 + shown.month - 1 + by
        self.show_day(dt.date(at // 12, at % 12 + 1, 1).isoformat())


def _title(stop: Stop) -> str:
    return ", ".join(t for t in (stop.who, stop.place) if t) or stop.reference


__all__ = ["VisitsScreen"]
