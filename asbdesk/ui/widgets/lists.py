"""Long lists that stay fast: rows fetched page by page, drawn by a delegate, read out by their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar, overload

from PySide6.QtCore import QAbstractListModel, QItemSelection, QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from asbdesk.ui import icons, theme

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
Page = tuple[Sequence[Row], Any]
"""Rows and what asks for the next page; None when there is none."""
ROW = Qt.ItemDataRole.UserRole


class Pages(Sequence[Row]):
    """Pages as one, left as they are: one may make each of its rows only as it is looked at."""

    def __init__(self, *pages: Sequence[Row]) -> None:
        self.pages = pages
        self._count = sum(map(len, pages))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        for page in self.pages:
            if at < len(page):
                return page[at]
            at -= len(page)
        raise IndexError(at)


class Rows(QAbstractListModel, Generic[Row]):
    """`load(after)` gives a page and what comes after it; `words(row)` is what a screen reader says."""

    def __init__(self, words: Callable[[Row], str]) -> None:
        super().__init__()
        self._words = words
        self._rows: Pages[Row] = Pages()
        self._after: Any = None
        self._load: Callable[[Any], Page[Row]] | None = None

    def start(self, load: Callable[[Any], Page[Row]]) -> None:
        """Begin again from the first page."""
        self.beginResetModel()
        page, self._after = load(None)
        self._rows, self._load = Pages(page), load
        self.endResetModel()

    def show(self, rows: Sequence[Row]) -> None:
        """All the rows at once."""
        self.start(lambda _: (rows, None))

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row)
        return row if role == ROW else None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._after is not None

    def fetchMore(self, parent: Index) -> None:
        if self._load is None or self._after is None:
            return
        page, self._after = self._load(self._after)
        at = len(self._rows)
        self.beginInsertRows(QModelIndex(), at, at + len(page) - 1)
        self._rows = Pages(*self._rows.pages, page)
        self.endInsertRows()


class FlowList(QListView):
    """A list whose rows may wrap: their heights are asked for again when the width changes. Return presses a row."""

    def __init__(self, name: str, *, choosing: bool = True) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(24)
        if not choosing:
            self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """A row that a screen reader selects is the one that is shown."""
        super().selectionChanged(selected, deselected)
        rows = selected.indexes()
        if rows and rows[0] != self.currentIndex():
            self.setCurrentIndex(rows[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            event.accept()  # a row may name somebody: the clipboard is a way out that no rule is looked at for
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class Drawn(QStyledItemDelegate):
    """The brushes that delegates share."""

    @staticmethod
    def ring(painter: QPainter, option: QStyleOptionViewItem, box: QRectF) -> None:
        """The focus, when the list has it and this is its row."""
        state = _state(option)
        if not state & QStyle.StateFlag.State_HasFocus:
            return
        now = theme.current()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(now.colour("focus"), 3))
        painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 8, 8)
        painter.setPen(QPen(now.colour("ring"), 1.6))
        painter.drawRoundedRect(box, 10, 10)

    @staticmethod
    def frame(painter: QPainter, option: QStyleOptionViewItem, box: QRectF) -> None:
        now, state = theme.current(), _state(option)
        selected, over = state & QStyle.StateFlag.State_Selected, state & QStyle.StateFlag.State_MouseOver
        painter.setPen(QPen(now.colour("accent" if selected else "line"), 1.6 if selected else 1))
        painter.setBrush(now.colour("accentbg" if selected else "hover" if over else "card"))
        painter.drawRoundedRect(box, 10, 10)

    @staticmethod
    def words(
        painter: QPainter,
        box: QRectF,
        text: str,
        *,
        size: float,
        weight: int = 400,
        token: str = "ink",
        right: bool = False,
    ) -> None:
        """One line, elided to fit."""
        now = theme.current()
        painter.setFont(now.font(size, weight))
        painter.setPen(now.colour(token))
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)

    @staticmethod
    def pill(painter: QPainter, x: float, y: float, text: str, tone: str, most: float) -> float:
        """A pill at (x, y); its width, or 0 when it does not fit in `most`."""
        now, tone = theme.current(), theme.tone(tone)
        font = now.font(12, 600)
        width = QFontMetrics(font).horizontalAdvance(text) + now.px(18)
        if width > most:
            return 0
        box = QRectF(x, y, width, now.px(22))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.colour(tone + "bg"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(now.colour(tone))
        painter.setFont(font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        return width

    @staticmethod
    def bubble(painter: QPainter, centre: QPointF, icon: str, tone: str, radius: float) -> None:
        now, tone = theme.current(), theme.tone(tone)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.tokens[tone + "bg"]))
        painter.drawEllipse(centre, radius, radius)
        side = round(radius * 1.05)
        painter.drawPixmap(QPointF(centre.x() - side / 2, centre.y() - side / 2), icons.pixmap(icon, tone, side))


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    state = option.state
    assert isinstance(state, QStyle.StateFlag)
    return state
