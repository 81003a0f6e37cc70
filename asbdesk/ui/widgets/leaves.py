"""Several widgets in one place, one at a time, and as tall as that one: a QStackedWidget is as tall as its tallest."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from asbdesk.ui.widgets.layout import column


class Leaves(QWidget):
    """`show_leaf(at)`, counted from 0; at first the first."""

    def __init__(self, *leaves: QWidget) -> None:
        super().__init__()
        self._leaves, self.at = leaves, 0
        self.setLayout(column(*leaves, gap=0))
        self.show_leaf(0)

    def show_leaf(self, at: int) -> None:
        self.at = at
        for number, leaf in enumerate(self._leaves):
            leaf.setVisible(number == at)
