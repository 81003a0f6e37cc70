"""The sheet of keys, shown by F1."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from asbdesk.ui import theme
from asbdesk.ui.tab_order import Dialog
from asbdesk.ui.widgets.buttons import PrimaryButton
from asbdesk.ui.widgets.layout import Card, Scroll, column, holder, row
from asbdesk.ui.widgets.text import Heading, Text

KEYS = (
    (
        "Everywhere",
        (
            ("Ctrl+L", "Lock now"),
            ("Ctrl+Z", "Undo what was just done"),
            ("F1", "This sheet"),
            ("Tab", "The next thing"),
            ("Esc", "Close, go back"),
        ),
    ),
    (
        "At the desk",
        (
            ("Ctrl+1", "Today"),
            ("Ctrl+2", "Cases"),
            ("Ctrl+3", "Visits"),
            ("Ctrl+4", "Hate incidents"),
            ("Ctrl+5", "Sharing"),
            ("Ctrl+6", "Settings"),
            ("Ctrl+F", "Search the list of cases"),
            ("Ctrl+K", "Search everything that is written, or what to do"),
            ("Ctrl+N", "New report"),
            ("Ctrl+Shift+N", "Add to the case that is shown"),
            ("Ctrl+Shift+F", "The case file of the case that is shown"),
        ),
    ),
    (
        "In a question",
        (
            ("Arrows", "Move among the answers"),
            ("A letter", "The next answer that begins with it"),
            ("Space", "Choose"),
            ("1 to 9", "Choose that answer"),
            ("Tab", "The next question"),
            ("Ctrl+Enter", "Save"),
            ("Esc", "Leave; what was typed is kept"),
        ),
    ),
    (
        "Looking at evidence",
        (
            ("Alt+Left", "The one before"),
            ("Alt+Right", "The next one"),
            ("Ctrl++", "Larger"),
            ("Ctrl+-", "Smaller"),
            ("Ctrl+R", "Turn a picture"),
            ("Space", "Play or pause a recording"),
            ("Left, Right", "Five seconds back, or on"),
            ("F8", "Play or pause while you write"),
            ("F7", "Five seconds back while you write"),
            ("Ctrl+Enter", "Looked at, and answered"),
            ("Ctrl+V", "Take a picture that was copied, where evidence is added"),
        ),
    ),
    (
        "On a visit",
        (
            ("F12", "Cover the screen at once"),
            ("Ctrl+F12", "Leave now: covered, saved, marked left early"),
            ("F9", "Show or hide what is only for you"),
            ("F11", "The whole screen, or a window again"),
            ("Ctrl+Enter", "Save and continue"),
            ("Alt+Left", "Back"),
            ("Ctrl+1 to 9", "That step"),
            ("Delete, Ctrl+Z", "On the pad: clear, take back a stroke"),
        ),
    ),
)

KEY = 130
"""Pixels at 100 % text for the names of the keys: one edge down the whole sheet."""


class KeysSheet(Dialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        cards = [self._card(title, keys) for title, keys in KEYS]
        done = PrimaryButton("Close", on=self.accept)
        body = column(Heading("Keys", 1), *cards, None, gap=12, margins=(24, 20, 24, 12))
        foot = row(None, done, margins=(24, 8, 24, 16))
        self.setLayout(column((Scroll(body), 1), holder(foot), gap=0))
        self.resize(theme.current().gap(560), 680)
        done.setFocus()

    @staticmethod
    def _card(title: str, keys: tuple[tuple[str, str], ...]) -> Card:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().gap(24))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, theme.current().px(KEY))
        for at, (key, what) in enumerate(keys):
            grid.addWidget(Text(key, "strong", wrap=False), at, 0)
            grid.addWidget(Text(what), at, 1)
        return Card(Heading(title, 3), grid, gap=10)
