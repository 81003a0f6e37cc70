"""A row that goes on in the next line when there is no room: pills, facts, buttons."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from asbdesk.ui import theme
from asbdesk.ui.widgets.layout import holder, row


class WrapLayout(QLayout):
    """Items from left to right, wrapping; each line is as tall as its tallest."""

    def __init__(self, gap: int = 8, *, at_end: bool = False) -> None:
        super().__init__()
        self._at_end = at_end
        self._items: list[QLayoutItem] = []
        self._sizes: list[tuple[QLayoutItem, QSize]] = []
        """Of what is shown, as last asked for; empty: to be asked for again."""
        self._heights: dict[int, int] = {}
        """Width → height: a window's layout asks for the same many times over."""
        self._between = theme.current().gap(min(gap, 6))
        self.setSpacing(theme.current().gap(gap))
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        self._sizes.clear()
        self._heights.clear()
        super().invalidate()

    def _shown(self) -> list[tuple[QLayoutItem, QSize]]:
        """What takes room: a hidden item takes none, and leaves no gap."""
        if not self._sizes:
            self._sizes = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
        return self._sizes

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), moving=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, moving=True)

    def sizeHint(self) -> QSize:
        sizes = [size for _, size in self._shown()]
        whole = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(whole, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._items:
            least = least.expandedTo(item.minimumSize())
        return least

    def _place(self, rect: QRect, *, moving: bool) -> int:
        x, y, tall, gap, most = rect.x(), rect.y(), 0, self.spacing(), max(rect.width(), 1)
        row_: list[tuple[QLayoutItem, int, QSize]] = []
        for item, hint in self._shown():
            wide = min(hint.width(), most)
            size = QSize(wide, item.heightForWidth(wide) if item.hasHeightForWidth() else hint.height())
            if row_ and x + wide > rect.x() + most:
                self._set(row_, y, tall, moving, most - (x - gap - rect.x()))
                x, y, tall, row_ = rect.x(), y + tall + self._between, 0, []
            row_.append((item, x, size))
            x += wide + gap
            tall = max(tall, size.height())
        self._set(row_, y, tall, moving, most - (x - gap - rect.x()))
        return y + tall - rect.y()

    def _set(self, row_: list[tuple[QLayoutItem, int, QSize]], y: int, tall: int, moving: bool, left: int) -> None:
        """Place one line; `left`: the pixels that it leaves."""
        if moving:
            by = left if self._at_end else 0
            for item, x, size in row_:
                item.setGeometry(QRect(QPoint(x + by, y + (tall - size.height()) // 2), size))


class Wrap(QWidget):
    """`Wrap(a, b, c)`: each a widget, or a tuple of widgets that stay together; `at_end`: at the right of each line."""

    def __init__(self, *items: QWidget | tuple[QWidget, ...], gap: int = 8, at_end: bool = False) -> None:
        super().__init__()
        layout = WrapLayout(gap, at_end=at_end)
        for item in items:
            layout.addWidget(holder(row(*item, gap=6)) if isinstance(item, tuple) else item)
        self.setLayout(layout)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
