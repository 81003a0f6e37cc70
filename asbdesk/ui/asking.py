"""A question that must be answered before going on."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from asbdesk.ui import theme
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import column, row
from asbdesk.ui.widgets.text import Heading, Text


class Question(QDialog):
    """`yes` does it; Escape and "Not now" do nothing."""

    def __init__(self, parent: QWidget, title: str, words: str, yes: str, no: str = "Not now") -> None:
        super().__init__(parent)
        self.setWindowTitle("asbdesk")
        self.setAccessibleName(f"{title} {words}")
        self.yes, self.no = PrimaryButton(yes, on=self.accept), Button(no, on=self.reject)
        foot = row(None, self.no, self.yes, gap=10)
        self.setLayout(column(Heading(title), Text(words), 8, foot, gap=10, margins=(24, 20, 24, 18)))
        self.setMinimumWidth(theme.current().gap(460))
        self.no.setFocus()


def ask_yes(parent: QWidget, title: str, words: str, yes: str) -> bool:
    return bool(Question(parent, title, words, yes).exec())
