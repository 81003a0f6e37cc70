"""Touch tiles: a whole tile answers a finger, a pen, the mouse, Space or a number key. Drawn here, so no image files.

`Tile` is one of a group (radio), `TickTile` stands alone; `TileGroup(options, many=False)` lays them out in columns
that follow the width, emits `chosen(value)` (a value, or a list when many), and takes arrows within and Tab between.
An earlier answer that nobody has confirmed today is marked: `tile.set_earlier(True)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QPushButton,
    QWidget,
)

from asbdesk.ui import theme
from asbdesk.ui.widgets.tile import TickTile, Tile

__all__ = ["TickTile", "Tile", "TileGroup"]
PAGE = 40
"""Options that get their tile at once, where there are many more; the others after "Show more"."""


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
        self._beside = QWidget(self)
        self._more = QPushButton(self)
        self._more.setProperty("kind", "quiet")
        self._more.clicked.connect(self._show_more)
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
            tile.clicked.connect(self._pressed)
            tile.installEventFilter(self)
        del self._left[:count]
        self._wide = None
        self._more.setText(f"Show more ({len(self._left)})")
        self._more.setVisible(bool(self._left))

    def _show_more(self, _: bool = False) -> None:
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

    def _pressed(self, _: bool = False) -> None:
        tile = self.sender()
        if isinstance(tile, (Tile, TickTile)):
            self._clicked(tile)

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
        if len(self.tiles) < across:  # a lone tile is as wide as those that have a neighbour
            self._grid.addWidget(self._beside, 0, across - 1)
        else:
            self._grid.removeWidget(self._beside)
        if self._left:
            self._grid.addWidget(self._more, (len(self.tiles) - 1) // across + 1, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest()[0], super().minimumSizeHint().height())
