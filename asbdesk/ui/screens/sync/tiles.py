"""Three places a change goes through, side by side with their counts: this laptop, the place to meet, head office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from asbdesk.clock import short_moment
from asbdesk.ui import theme
from asbdesk.ui.screens.sync.words import is_service
from asbdesk.ui.widgets.layout import Card, column, empty, holder, row
from asbdesk.ui.widgets.text import Bubble, Icon, Muted, Text

if TYPE_CHECKING:
    from asbdesk.sync.status import SyncStatus

NEEDS = 860
"""Pixels at 100 % text for the places beside each other."""


class ThreePlaces(QWidget):
    """`show_status(status)` draws them, each as wide as the others; below each other where it is narrow."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.current().gap(10))
        self._arrows: list[Icon] = []
        self.setLayout(self._layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        down = self.width() < theme.current().px(NEEDS)
        turned = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(turned)
        for arrow in self._arrows:
            arrow.set("chevron-down" if down else "chevron-right", "muted")

    def show_status(self, told: SyncStatus) -> None:
        empty(self._layout)
        self._arrows = []
        tiles = [self._here(told), self._there(told)]
        if not told.head_office:
            tiles.append(self._received(told))
        for at, tile in enumerate(tiles):
            if at:
                self._arrows.append(Icon("chevron-right", "muted", 20))
                self._layout.addWidget(self._arrows[-1], 0, Qt.AlignmentFlag.AlignCenter)
            self._layout.addWidget(tile, 1)
        self._turn()

    @staticmethod
    def _here(told: SyncStatus) -> QWidget:
        waits = told.on_this_laptop
        words = "Not copied anywhere else yet" if waits else "Nothing waits here"
        return _tile("lock-keyhole", "amber" if waits else "green", f"{waits:,}", "only on this laptop", words)

    @staticmethod
    def _there(told: SyncStatus) -> QWidget:
        where = "at head office" if is_service(told.place) else "in the shared folder"
        if told.head_office:
            return _tile(
                "folder-open", "green" if not told.on_this_laptop else "blue", "", "Shared", f"All else is {where}"
            )
        waits = told.in_depot
        words = "Head office has not read them yet" if waits else "Nothing waits there"
        return _tile("folder-open", "blue" if waits else "green", f"{waits:,}", where, words)

    @staticmethod
    def _received(told: SyncStatus) -> QWidget:
        if told.received is None:
            return _tile("circle-check", "grey", "", "Received by head office", "Not known yet")
        words = f"Up to {short_moment(told.received)}"
        whole = not told.on_this_laptop and not told.in_depot
        return _tile("circle-check", "green", "", "Received by head office", "Everything" if whole else words)


def _tile(icon: str, tone: str, number: str, title: str, words: str) -> QWidget:
    head = [Text(number, "h1", wrap=False)] if number else []
    said = column(
        row(*head, (Text(title, "strong", wrap=False), 1), gap=8), Muted(words, small=True, wrap=False), gap=2
    )
    card = Card(row(Bubble(icon, tone, 42), (holder(said), 1), gap=14), margins=(16, 12, 20, 12))
    card.setMinimumHeight(theme.current().px(74))
    card.setAccessibleName(f"{number} {title}. {words}".strip())
    return card
