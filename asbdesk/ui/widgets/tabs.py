"""Tabs that go on in a second line when the text is large, instead of hiding behind arrows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from asbdesk.ui.widgets.wrap import WrapLayout


class TabButton(QPushButton):
    """One tab. Arrows go to its neighbours."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setProperty("kind", "tab")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)


class Tabs(QWidget):
    """`chosen(index)` when another tab is chosen."""

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.buttons: list[TabButton] = []
        self.setLayout(WrapLayout(gap=2))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, text: str) -> None:
        button = TabButton(text)
        button.clicked.connect(lambda *_: self.chosen.emit(self.buttons.index(button)))
        button.setChecked(not self.buttons)
        self.buttons.append(button)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(button)
        self._count()

    def _count(self) -> None:
        """Each says which row it belongs to, and where in it."""
        for at, button in enumerate(self.buttons, 1):
            button.setAccessibleDescription(f"{self.accessibleName()}. {at} of {len(self.buttons)}")

    def drop_last(self) -> None:
        button = self.buttons.pop()
        layout = self.layout()
        if layout is not None:
            layout.removeWidget(button)
        button.hide()
        button.deleteLater()
        self._count()

    def say(self, at: int, text: str) -> None:
        self.buttons[at].setText(text)

    def choose(self, at: int) -> None:
        if not self.buttons[at].isChecked():
            self.buttons[at].click()

    def current(self) -> int:
        return next((at for at, button in enumerate(self.buttons) if button.isChecked()), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        at = (self.current() + step) % len(self.buttons)
        self.choose(at)
        self.buttons[at].setFocus(Qt.FocusReason.TabFocusReason)
