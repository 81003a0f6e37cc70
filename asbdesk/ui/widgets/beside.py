"""A long page with something beside it that stays in sight; where there is no room it stands below."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from asbdesk.ui import theme
from asbdesk.ui.widgets.layout import MARGIN, Scroll, capped, column, holder, row

SIDE, NEEDS, CARD = 388, 980, 980
"""Pixels at 100 % text: how wide the side is, how wide the whole must be for it to stand beside, and how wide the
main part is at most."""


class Beside(QWidget):
    """`main` scrolls; `side` has a column and a scroll of its own."""

    def __init__(self, main: QWidget, side: QWidget) -> None:
        super().__init__()
        self.side = side
        self._below, self._beside = column(gap=0), column(gap=0)
        self._column = Scroll(holder(column(self._beside, None, margins=(12, 18, MARGIN, 22))))
        body = column(row((main, 1)), 12, self._below, None, margins=(MARGIN, 18, MARGIN, 22))
        self._beside.addWidget(side)
        self._narrow = False
        self._column.setFixedWidth(theme.current().gap(SIDE))
        self.setLayout(capped(row((Scroll(holder(body)), 1), self._column, gap=0), CARD + SIDE))

    @property
    def narrow(self) -> bool:
        """Does the side stand below?"""
        return self._narrow

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.current().px(NEEDS)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        (self._below if narrow else self._beside).addWidget(self.side)
        self._column.setVisible(not narrow)
