"""Sharing: where everything is, what waits and why, what is to be decided, who belongs, and setting it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QWidget

from asbdesk.clock import short_moment
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens import Screen
from asbdesk.ui.screens.sync.alone import AloneCards
from asbdesk.ui.screens.sync.history import HistoryTab
from asbdesk.ui.screens.sync.people import PeopleTab
from asbdesk.ui.screens.sync.tiles import ThreePlaces
from asbdesk.ui.screens.sync.to_decide import DecideTab
from asbdesk.ui.screens.sync.waiting import WaitingTab
from asbdesk.ui.screens.sync.words import going_words, place_words
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import WIDE, Bar, Card, Scroll, capped, column, holder, row
from asbdesk.ui.widgets.leaves import Leaves
from asbdesk.ui.widgets.tabs import Tabs
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text

if TYPE_CHECKING:
    from asbdesk.sync.status import SyncStatus

TABS = (WaitingTab, DecideTab, PeopleTab, HistoryTab)


class SyncScreen(Screen):
    """Reads `sync.status` and draws it; follows the exchange while it runs."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame_ = frame
        self._ran = False
        self.under = Muted("")
        self.now = PrimaryButton("Exchange now", "refresh-cw", on=frame.desk.carrier.go)
        self.stop = Button("Stop", name="Stop the exchange", on=self._stop)
        self.words, self.bar = Text("", "body"), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far the exchange is")
        self.running = Card(row(self.words, gap=8), self.bar, kind="soft", gap=8)
        self.trouble = Text("", "strong", tone="amber")
        away = row(Icon("wifi-off", "amber", 22), (self.trouble, 1), gap=12)
        self.trouble_card = Card(away, kind="ask", margins=(16, 12, 16, 12))
        self.tiles, self.alone = ThreePlaces(), AloneCards(frame)
        self.tabs = Tabs("Parts of sharing")
        self.parts = [tab(frame) for tab in TABS]
        for part in self.parts:
            self.tabs.add(part.title)
        self.pages = Leaves(*self.parts)
        self.tabs.chosen.connect(self._tab)
        self._lay_out()
        frame.desk.carrier.changed.connect(self._tick)

    def _lay_out(self) -> None:
        words = column(Heading("Sending and receiving", 1), self.under, gap=2)
        acts = (self.stop, self.now)
        head = Bar("header", row((holder(words), 1), *acts, gap=10, margins=(28, 14, 28, 14)), WIDE, left=True)
        shared = column(self.running, self.trouble_card, self.tiles, self.tabs, self.pages, gap=14)
        self._shared = holder(shared)
        body = column(self.alone, self._shared, None, margins=(28, 16, 28, 22))
        self.setLayout(column(head, (Scroll(holder(capped(body, WIDE, left=True))), 1), gap=0))

    # ---- reading
    def refresh(self) -> None:
        from asbdesk.sync.status import status

        told = self.frame_.desk.read(status)
        self.show_status(told)
        if told.state == "alone":
            return
        for part in self.parts:
            part.refresh(told)
        self._words_on_tabs()

    def show_status(self, told: SyncStatus) -> None:
        """Where everything is; for a desk that works by itself what it may choose."""
        alone = told.state == "alone"
        self.alone.setVisible(alone)
        self._shared.setVisible(not alone)
        self.now.setVisible(not alone)
        if alone:
            self.under.setText("You work by yourself. Nothing leaves this laptop.")
            self.stop.hide()
            return
        self.under.setText(self._under(told))
        self.tiles.show_status(told)
        self._draw_running()

    @staticmethod
    def _under(told: SyncStatus) -> str:
        last = told.last_run
        when = f" · last exchange {short_moment(last.ended)}" if last else ""
        where = place_words(told.place)
        return f"{where[:1].upper()}{where[1:]}: {told.place}{when}. Nothing is lost while you wait."

    def _words_on_tabs(self) -> None:
        for at, part in enumerate(self.parts):
            self.tabs.say(at, f"{part.title} ({part.count})" if part.count else part.title)

    def _tick(self) -> None:
        """The exchange got on, began or ended."""
        if self.frame_.shown is not self:
            return
        running = self.frame_.desk.carrier.running
        if self._ran != running:
            self._ran = running
            self.refresh()
        else:
            self._draw_running()

    def _draw_running(self) -> None:
        carrier = self.frame_.desk.carrier
        self.running.setVisible(carrier.running)
        self.stop.setVisible(carrier.running)
        self.now.setEnabled(not carrier.running)
        self.words.setText(going_words(carrier.going))
        going = carrier.going
        unit = 1 if going is None or going.of < 1 << 30 else 1 << 10  # a bar counts in 32 bits
        self.bar.setRange(0, going.of // unit if going else 0)
        self.bar.setValue(going.done // unit if going else 0)
        self.trouble.setText(carrier.trouble)
        self.trouble_card.setVisible(bool(carrier.trouble) and not carrier.running)

    # ---- what the officer does
    def _stop(self) -> None:
        self.frame_.desk.carrier.stop()
        self.frame_.say("note", "Stopping. What came is kept, and the rest goes on the next time.")

    def _tab(self, at: int) -> None:
        self.pages.show_leaf(at)

    def open_tab(self, title: str) -> None:
        """Show the tab of this title."""
        for at, part in enumerate(self.parts):
            if part.title == title:
                self.tabs.choose(at)

    def take_focus(self) -> None:
        first: QWidget = self.now if self.now.isVisibleTo(self) and self.now.isEnabled() else self.tabs.buttons[0]
        (self.alone.first if self.alone.isVisibleTo(self) else first).setFocus()
