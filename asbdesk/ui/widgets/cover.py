"""The covered face: the landlord's name on a plain page. Any key or touch asks for the PIN or the passphrase."""

from __future__ import annotations

import hmac
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

PIN_TRIES = 5
"""Wrong PINs before only the passphrase opens the cover."""

Answer = Callable[[bool], None]
Prove = Callable[[str, Answer], None]
"""Checks a passphrase off the UI thread and then calls back with whether it was right."""


class Cover(QWidget):
    """Laid over a screen that somebody must not read. Emits `opened` when the officer proved who they are."""

    opened = Signal()

    def __init__(self, landlord: str, prove: Prove, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prove, self._pin, self._wrong = prove, "", 0
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{landlord}. The screen is covered. Type your PIN or passphrase to go on.")
        self.name = QLabel(landlord)
        self.name.setProperty("role", "display")
        self.name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.name.setWordWrap(True)
        self.box = self._make_box()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 24, 24, 24)
        lines.addStretch(3)
        lines.addWidget(self.name)
        lines.addSpacing(32)
        lines.addWidget(self.box, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(4)
        self.box.hide()

    def _make_box(self) -> QFrame:
        box = QFrame()
        self.ask = QLabel()
        self.word = QLineEdit()
        self.word.setEchoMode(QLineEdit.EchoMode.Password)
        self.word.setMinimumWidth(320)
        self.word.returnPressed.connect(self.try_open)
        self.go = QPushButton("Go on")
        self.go.setProperty("kind", "primary")
        self.go.clicked.connect(self.try_open)
        self.said = QLabel(" ")
        self.said.setProperty("tone", "red")
        row = QHBoxLayout()
        row.addWidget(self.word, 1)
        row.addWidget(self.go)
        lines = QVBoxLayout(box)
        lines.addWidget(self.ask)
        lines.addLayout(row)
        lines.addWidget(self.said)
        self._say_what_opens()
        return box

    def set_pin(self, pin: str) -> None:
        """A PIN for this visit, kept in memory alone; empty for none."""
        self._pin, self._wrong = pin, 0
        self._say_what_opens()

    @property
    def _takes_pin(self) -> bool:
        return bool(self._pin) and self._wrong < PIN_TRIES

    def _say_what_opens(self) -> None:
        text = "PIN or passphrase" if self._takes_pin else "Passphrase"
        self.ask.setText(text)
        self.word.setAccessibleName(text)

    def covered(self) -> None:
        """Call when the cover was put on: nothing typed before is left in the field."""
        self.box.hide()
        self.word.clear()
        self.said.setText(" ")
        self.setFocus()

    def ask_for_word(self, typed: str = "") -> None:
        """Show the field, with what was typed already."""
        if not self.box.isVisible():
            self.box.show()
            self.word.setText(typed)
        self.word.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.covered()
        elif text and text.isprintable():
            self.ask_for_word(text)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.ask_for_word()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.ask_for_word()

    def try_open(self) -> None:
        """Compare with the PIN at once; a passphrase takes its half second elsewhere."""
        typed = self.word.text()
        if not typed:
            return
        if self._takes_pin and hmac.compare_digest(typed.encode(), self._pin.encode()):
            self._answered(True)
            return
        self.word.setEnabled(False)
        self.go.setEnabled(False)
        self.said.setText("Checking …")
        self._prove(typed, self._answered)

    def _answered(self, right: bool) -> None:
        self.word.setEnabled(True)
        self.go.setEnabled(True)
        self.word.clear()
        if right:
            self._wrong = 0
            self.covered()
            self.opened.emit()
            return
        self._wrong += 1
        self._say_what_opens()
        self.said.setText("That is not it. Try again.")
        self.word.setFocus()
