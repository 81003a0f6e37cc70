"""The side bar: the screens, what is saved and where, who works here, and the lock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from asbdesk.ui import icons, theme
from asbdesk.ui.screens import ScreenLine
from asbdesk.ui.widgets.layout import Scroll, column, holder, row
from asbdesk.ui.widgets.text import Icon, Text

if TYPE_CHECKING:
    from asbdesk.ui.screens.sync.words import Said

WIDE, NARROW = 208, 72


class NavButton(QPushButton):
    """One screen. With `narrow` its icon alone stands there; its name stays."""

    asks = False

    def __init__(self, title: str, icon: str) -> None:
        super().__init__("  " + title)
        self.title, self.icon_name = title, icon
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(lambda _: self.draw())
        self.draw()

    def draw(self) -> None:
        size = theme.current().gap(20)
        token = "navsign" if self.asks else "navink" if self.isChecked() else "navtext"
        self.setIcon(icons.icon("circle-alert" if self.asks else self.icon_name, token, size))
        self.setIconSize(QSize(size, size))

    def attend(self, on: bool) -> None:
        """Something here asks for the officer: the icon says so, also where it stands alone."""
        if on != self.asks:
            self.asks = on
            self.draw()

    def be_narrow(self, narrow: bool) -> None:
        self.setText("" if narrow else "  " + self.title)
        self.setToolTip(self.title if narrow else "")
        self.setProperty("compact", "true" if narrow else "false")
        self.style().unpolish(self)
        self.style().polish(self)


class SharePanel(QFrame):
    """The words of sharing in the side bar: a press leads there, as the button above does for the keyboard."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("offline")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()


class Nav(QFrame):
    """`chosen(screen id)`; `lock` when the lock was pressed."""

    chosen = Signal(str)
    lock = Signal()

    def __init__(self, screens: Sequence[ScreenLine], officer: str) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setAccessibleName("Screens")
        self._narrow: bool | None = None
        self._brand, self._words, self._name = (
            Text("asbdesk", "brand", wrap=False),
            Text("", "panelsmall"),
            Text(officer),
        )
        self._title, self._sign = Text("", "panel"), Icon("folder-open", "navmark", 18)
        self._panel = SharePanel()
        self._panel.pressed.connect(lambda: self.chosen.emit("sync"))
        head = row(self._sign, (self._title, 1), gap=8)
        self._panel.setLayout(column(head, self._words, gap=5, margins=(12, 10, 12, 12)))
        self._lock = NavButton("Lock now", "lock-keyhole")
        self._lock.setCheckable(False)
        self._lock.setText("")
        self._lock.setToolTip("Lock now (Ctrl+L)")
        side = theme.current().gap(48)
        self._lock.setFixedSize(side, side)
        self._lock.setStyleSheet("padding: 0; text-align: center;")
        self._lock.clicked.connect(self.lock)
        self._buttons = self._make_buttons(screens)
        self._lay_out()
        self._shares = False
        self._panel.hide()

    def _make_buttons(self, screens: Sequence[ScreenLine]) -> dict[str, NavButton]:
        group = QButtonGroup(self)
        buttons = {}
        for line in screens:
            button = NavButton(line.title, line.icon)
            button.clicked.connect(lambda *_, id=line.id: self.chosen.emit(id))
            group.addButton(button)
            buttons[line.id] = button
        return buttons

    def _lay_out(self) -> None:
        self._mark = Icon("shield-alert", "navmark", 26)
        self._head = holder(row(self._mark, (self._brand, 1), gap=10))
        self._who = holder(row(Icon("user-round", "navtext", 20), (self._name, 1), gap=8))
        self._foot = row((self._who, 1), self._lock, gap=4)
        places = Scroll(column(*self._buttons.values(), None, gap=8), bar=False)  # large text in a low window
        self.setLayout(column(self._head, 12, (places, 1), self._panel, self._foot, gap=8, margins=(12, 18, 12, 10)))

    def be_narrow(self, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.setFixedWidth(theme.current().gap(NARROW if narrow else WIDE))
        for part in (self._brand, self._who):
            part.setVisible(not narrow)
        self._panel.setVisible(self._shares and not narrow)
        for layout, part in ((self._head.layout(), self._mark), (self._foot, self._lock)):
            if layout is not None:  # what is left of a narrow bar stands in its middle
                layout.setContentsMargins(0 if narrow else theme.current().gap(8), 0, 0, 0)
                layout.setAlignment(part, Qt.AlignmentFlag.AlignCenter if narrow else Qt.AlignmentFlag(0))
        for button in self._buttons.values():
            button.be_narrow(narrow)

    def show_chosen(self, id: str) -> None:
        for each, button in self._buttons.items():
            button.setChecked(each == id)

    def say_share(self, said: Said | None) -> None:
        """Where everything is, above the officer's name; None: nothing, for a desk that works by itself."""
        self._shares = said is not None
        self._panel.setVisible(self._shares and not self._narrow)
        button = self._buttons.get("sync")
        if button is None:
            return
        if said is None:
            button.attend(False)
            return
        if (said.title, said.words) != (self._title.text(), self._words.text()):
            self._title.setText(said.title)
            self._words.setText(said.words)
            self._panel.setAccessibleName(f"{said.title}. {said.words}")
        self._sign.set(said.icon, "navsign" if said.loud else "navmark")
        button.setAccessibleDescription(f"{said.title}. {said.words}")
        button.attend(said.loud)

    def buttons(self) -> list[QWidget]:
        return [*self._buttons.values(), self._lock]
