"""A question that must be answered before going on: yes or not now, or which folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from asbdesk.ui import theme
from asbdesk.ui.tab_order import Dialog
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import column, row
from asbdesk.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from asbdesk.ui.frame import Frame


class Question(Dialog):
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


def ask_printer(parent: QWidget) -> bool:
    """Whether the printer is one that nobody else reads."""
    words = (
        "A shared printer may keep what it prints, and others may pick it up. Stand by it, or use another. "
        "This computer’s own print service may keep a copy for a day. asbdesk takes it away once it is printed, "
        "where your account may do so and asbdesk is still open."
    )
    return ask_yes(parent, "Is the printer safe?", words, "Print")


def warned_of_printers(frame: Frame) -> bool:
    """Once a session: shared printers keep what they print. False when the officer would rather not print."""
    frame.told_about_printers = frame.told_about_printers or ask_printer(frame)
    return frame.told_about_printers


def ask_folder(parent: QWidget, title: str, start: str = "") -> Path | None:
    """Which folder; None when they changed their mind."""
    from PySide6.QtWidgets import QFileDialog  # here: nothing of it is seen before somebody asks

    dialog = QFileDialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    if not dialog.exec():
        return None
    return Path(dialog.selectedFiles()[-1])  # of a path that is typed Qt's own dialog keeps its beginning too, first
