"""The screens of the side bar, in order. A new screen is its own file and one line here; loaded when first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from asbdesk.ui.widgets.slices import soon

if TYPE_CHECKING:
    from asbdesk.ui.frame import Frame


MOMENT = 20
"""Milliseconds between two things that are done before anybody waits for them."""


@dataclass(frozen=True)
class ScreenLine:
    """Where a screen is found: `module:Class`, whose objects are made with the `Frame` they stand in."""

    id: str
    title: str
    icon: str
    where: str

    def make(self, frame: Frame) -> Screen:
        module, name = self.where.split(":")
        made = getattr(import_module(module), name)(frame)
        assert isinstance(made, Screen)
        return made


class Screen(QWidget):
    """One screen. `refresh()` reads again: when shown, and after an action changed something."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")

    def refresh(self) -> None:
        """Read again and draw."""

    def style_parts(self, then: Callable[[], object]) -> None:
        """Look up how each part is drawn, a good part of a first showing; `then`, a moment later, what comes next."""
        for each in self.findChildren(QWidget):
            each.ensurePolished()
        soon(self, then, MOMENT)

    def flush(self) -> None:
        """Save what is being typed, now."""

    def take_focus(self) -> None:
        """Put the focus where work begins: on the first thing that takes it."""
        for each in self.findChildren(QWidget):
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisibleTo(self) and each.isEnabled():
                each.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def regain_focus(self) -> None:
        """What lay over it is gone: put the focus where work goes on."""
        self.take_focus()


SCREENS = (
    ScreenLine("today", "Today", "house", "asbdesk.ui.screens.today:TodayScreen"),
    ScreenLine("cases", "Cases", "folder-open", "asbdesk.ui.screens.cases:CasesScreen"),
    ScreenLine("visits", "Visits", "calendar-clock", "asbdesk.ui.screens.visits:VisitsScreen"),
    ScreenLine("hate", "Hate incidents", "flag", "asbdesk.ui.screens.hate:HateScreen"),
    ScreenLine("sync", "Sharing", "send", "asbdesk.ui.screens.sync.screen:SyncScreen"),
    ScreenLine("settings", "Settings", "settings", "asbdesk.ui.screens.settings:SettingsScreen"),
)
