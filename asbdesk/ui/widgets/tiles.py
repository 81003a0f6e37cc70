"""Touch tiles: a whole tile answers a finger, a pen, the mouse, Space or a number key. Drawn here, so no image files.

`Tile` is one of a group (radio), `TickTile` stands alone; `TileGroup(options, many=False)` lays them out in columns
that follow the width, emits `chosen(value)` (a value, or a list when many), and takes arrows within and Tab between.
An earlier answer that nobody has confirmed today is marked: `tile.set_earlier(True)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QGridLayout,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from asbdesk.ui import theme

WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


PAGE = 40
"""Options that get their tile at once, where there are many more; the others after "Show more"."""


@lru_cache(maxsize=8192)  # a layout asks for the same many times over
def _extent(text: str, size: int, scale: float) -> tuple[int, int]:
    """Width of the words in one line, and of the longest of them, at the text scale in force."""
    metrics = QFontMetrics(theme.current().font(size, 600))
    longest = max((metrics.horizontalAdvance(word) for word in text.split()), default=20)
    return metrics.horizontalAdvance(text), longest


@lru_cache(maxsize=8192)
def _tall(text: str, size: int, scale: float, room: int) -> int:
    """Height of the words, wrapped into so many pixels."""
    metrics = QFontMetrics(theme.current().font(size, 600))
    return metrics.boundingRect(QRect(0, 0, room, 10_000), int(WRAP), text).height()


if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object  # a widget has one Qt ancestor; the drawing is mixed in beside it


class _Drawn(_Button):
    """How both kinds of tile are drawn and measured."""

    round = True
    value: str = ""
    small = False
    quiet = False
    earlier = False

    def _begin(self, text: str, value: str, small: bool, quiet: bool) -> None:
        self.value, self.small, self.quiet = value or text, small, quiet
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_earlier(self, on: bool) -> None:
        self.earlier = on
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def _measure(self) -> tuple[int, int]:
        now = theme.current()
        pad = now.gap(10 if self.small or self.quiet else 16)
        return pad, pad + now.gap(22) + now.gap(10)

    def _extent(self) -> tuple[int, int]:
        return _extent(self.text(), 15 if self.small or self.quiet else 16, theme.current().scale)

    def _least(self) -> int:
        return theme.current().gap(44 if self.quiet else 48 if self.small else 60)

    def heightForWidth(self, width: int) -> int:
        pad, left = self._measure()
        now, room = theme.current(), max(40, width - left - pad)
        tall = _tall(self.text(), 15 if self.small or self.quiet else 16, now.scale, room)
        return max(self._least(), tall + now.gap(18))

    def sizeHint(self) -> QSize:
        pad, left = self._measure()
        return QSize(left + pad + self._extent()[0] + 4, self._least())

    def minimumSizeHint(self) -> QSize:
        pad, left = self._measure()
        return QSize(left + pad + self._extent()[1] + 4, self._least())

    def paintEvent(self, event: QPaintEvent) -> None:
        now, on = theme.current(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        self._ground(painter, box, now, on)
        pad, left = self._measure()
        side = now.gap(22)
        self._indicator(painter, QRectF(pad, (self.height() - side) / 2, side, side), now, on)
        painter.setPen(now.colour("ink" if self.isEnabled() and not (self.quiet and not on) else "muted"))
        weight = 600 if on else 500
        painter.setFont(now.font(15 if self.small or self.quiet else 16, weight))
        painter.drawText(self.rect().adjusted(left, 2, -pad // 2, -2), int(WRAP), self.text())
        painter.end()

    def _ground(self, painter: QPainter, box: QRectF, now: theme.Theme, on: bool) -> None:
        fill = "accentbg" if on else "hover" if self.underMouse() else "card"
        edge, width = ("accent", 2.0) if on else ("line" if self.quiet else "field", 1.0)
        pen = QPen(now.colour(edge), width)
        if on and self.earlier:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(Qt.GlobalColor.transparent) if self.quiet and not on else now.colour(fill))
        painter.drawRoundedRect(box, 10, 10)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(now.colour("focus"), 3))
            painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), 8, 8)
            painter.setPen(QPen(now.colour("ring"), 2))
            painter.drawRoundedRect(box, 10, 10)

    def _indicator(self, painter: QPainter, box: QRectF, now: theme.Theme, on: bool) -> None:
        painter.setPen(QPen(now.colour("accent" if on else "field"), 2))
        painter.setBrush(now.colour("input"))
        if self.round:
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
            if on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(now.colour("accent"))
                painter.drawEllipse(box.center(), box.width() * 0.25, box.width() * 0.25)
            return
        if on:
            painter.setBrush(now.colour("accent"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        if on:
            pen = QPen(now.colour("onaccent"), 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            at = [(0.28, 0.52), (0.44, 0.68), (0.74, 0.34)]
            painter.drawPolyline([QPointF(box.x() + box.width() * x, box.y() + box.height() * y) for x, y in at])


class Tile(_Drawn, QRadioButton):
    """One answer of several."""

    def __init__(self, text: str, value: str = "", *, small: bool = False, quiet: bool = False) -> None:
        QRadioButton.__init__(self, text)
        self._begin(text, value, small, quiet)
        self.setAutoExclusive(False)


class TickTile(_Drawn, QCheckBox):
    """An answer that may stand beside others."""

    round = False

    def __init__(self, text: str, value: str = "", *, small: bool = False, quiet: bool = False) -> None:
        QCheckBox.__init__(self, text)
        self._begin(text, value, small, quiet)


class TileGroup(QWidget):
    """A question's answers. `options` are (value, label) pairs; the first nine answer to the keys 1 to 9."""

    chosen = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        *,
        name: str,
        many: bool = False,
        columns: int = 2,
        small: bool = False,
        quiet: bool = False,
        exclusive: Iterable[str] = (),
    ) -> None:
        super().__init__()
        self.many, self.columns, self.alone = many, columns, frozenset(exclusive)
        self.quiet = quiet
        self._small = small
        self.tiles: list[Tile | TickTile] = []
        self._left = list(options)
        self.setAccessibleName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.current().gap(8 if small or quiet else 12))
        self._across = 0
        self._wide: tuple[int, int] | None = None
        self._of = len(self._left)
        self._more = QPushButton(self)
        self._more.setProperty("kind", "quiet")
        self._more.clicked.connect(lambda *_: self._show_more())
        self._admit(self._of if self._of < 2 * PAGE else PAGE)
        self._place(columns)
        self._rove(self.tiles[0] if self.tiles else None)

    def _admit(self, count: int) -> None:
        """Make the tiles of the next so many options."""
        kind = TickTile if self.many else Tile
        for value, label in self._left[:count]:
            tile = kind(label, value, small=self._small, quiet=self.quiet)
            self.tiles.append(tile)
            tile.setAccessibleDescription(f"{self.accessibleName()}. {len(self.tiles)} of {self._of}")
            tile.clicked.connect(lambda *_, t=tile: self._clicked(t))
            tile.installEventFilter(self)
        del self._left[:count]
        self._wide = None
        self._more.setText(f"Show more ({len(self._left)})")
        self._more.setVisible(bool(self._left))

    def _show_more(self) -> None:
        first = len(self.tiles)
        self._admit(PAGE)
        self._lay()
        for tile in self.tiles[first:]:
            tile.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._rove(self.tiles[first])
        self.take_focus()

    def value(self) -> str | list[str] | None:
        """What is chosen now; None (one) or [] (many) for nothing."""
        on = [tile.value for tile in self.tiles if tile.isChecked()]
        return on if self.many else (on[0] if on else None)

    def set_value(self, value: object, *, earlier: bool = False) -> None:
        """Show `value` without announcing it. `earlier` marks it as an answer given before today."""
        wanted = set(value) if isinstance(value, (list, tuple)) else {value}
        far = max((at for at, (each, _) in enumerate(self._left, 1) if each in wanted), default=0)
        if far:  # chosen before, and not among the first
            self._admit(far)
            self._lay()
        for tile in self.tiles:
            tile.setChecked(tile.value in wanted)
            tile.set_earlier(earlier and tile.isChecked())
        first = next((tile for tile in self.tiles if tile.isChecked()), self.tiles[0] if self.tiles else None)
        self._rove(first)

    def choose(self, value: str) -> None:
        """As if the tile had been pressed."""
        for tile in self.tiles:
            if tile.value == value:
                tile.click()

    def take_focus(self) -> None:
        for tile in self.tiles:
            if tile.focusPolicy() & Qt.FocusPolicy.TabFocus:
                tile.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _clicked(self, tile: Tile | TickTile) -> None:
        for other in self.tiles:
            if other is tile:
                continue
            if not self.many or tile.value in self.alone or (tile.isChecked() and other.value in self.alone):
                other.setChecked(False)
        if not self.many:
            tile.setChecked(True)
        for each in self.tiles:
            each.set_earlier(False)
        self._rove(tile)
        self.chosen.emit(self.value())

    def _rove(self, at: Tile | TickTile | None) -> None:
        for tile in self.tiles:
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tile is at else Qt.FocusPolicy.ClickFocus)

    def _step(self, tile: Tile | TickTile, by: int) -> None:
        to = self.tiles[(self.tiles.index(tile) + by) % len(self.tiles)]
        self._rove(to)
        to.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, (Tile, TickTile))
        ):
            return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, tile: Tile | TickTile, event: QKeyEvent) -> bool:
        key, step = (
            Qt.Key,
            {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: self._across, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -self._across},
        )
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in step:
            by = step[Qt.Key(event.key())]
            self._step(
                tile, by if abs(by) == 1 or 0 <= self.tiles.index(tile) + by < len(self.tiles) else by // abs(by)
            )
            return True
        if key.Key_1 <= event.key() <= key.Key_9 and event.key() - key.Key_1 < len(self.tiles):
            to = self.tiles[event.key() - key.Key_1]
            to.setFocus(Qt.FocusReason.TabFocusReason)
            to.click()
            return True
        if event.key() in (key.Key_Return, key.Key_Enter):
            tile.click()
            return True
        return self._spelled(tile, event.text())

    def _spelled(self, tile: Tile | TickTile, letter: str) -> bool:
        """A letter goes to the next answer that begins with it, as in any list."""
        if not letter.isalpha():
            return False
        here = self.tiles.index(tile)
        round_ = self.tiles[here + 1 :] + self.tiles[: here + 1]
        to = next((each for each in round_ if each.text().casefold().startswith(letter.casefold())), None)
        if to is not None:
            self._step(tile, self.tiles.index(to) - here)
        return to is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widest, usual = self._widest()
        gap = self._grid.spacing()
        fits = max(1, (self.width() + gap) // (max(widest, usual) + gap))
        self._place(min(self.columns, fits))

    def _widest(self) -> tuple[int, int]:
        """The least width of any tile, and the usual one."""
        if self._wide is None:
            widest = max((tile.minimumSizeHint().width() for tile in self.tiles), default=60)
            usual = max((min(tile.sizeHint().width(), theme.current().px(230)) for tile in self.tiles), default=60)
            self._wide = widest, usual
        return self._wide

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        for at in range(self._across + 1):
            self._grid.setColumnStretch(at, 0)
        self._across = across
        self._lay()
        for at in range(across):
            self._grid.setColumnStretch(at, 0 if self.quiet else 1)
        self._grid.setColumnStretch(across, 1 if self.quiet else 0)

    def _lay(self) -> None:
        across = self._across
        for at, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, at // across, at % across)
        if self._left:
            self._grid.addWidget(self._more, (len(self.tiles) - 1) // across + 1, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest()[0], super().minimumSizeHint().height())
