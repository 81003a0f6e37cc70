"""Choosing a passphrase: the field, how good it is in words and a bar, and four random words offered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from asbdesk.ui.door import Strength
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.fields import Passphrase
from asbdesk.ui.widgets.layout import column
from asbdesk.ui.widgets.text import Muted, Text

TONES = ("red", "red", "amber", "green", "green")


class NewPassphrase(QWidget):
    """`judged` after each pause in typing; `good()` says whether it may be used."""

    judged = Signal()
    entered = Signal()

    def __init__(self, strength: Callable[[str], Strength], name: str = "New passphrase") -> None:
        super().__init__()
        self._strength, self._last = strength, Strength(0, "", False)
        self.passphrase = Passphrase(name)
        self.bar = QProgressBar()
        self.bar.setRange(0, 4)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How good the passphrase is")
        self.words = Text(" ", "small")
        hint = Muted("Four or more words that mean nothing together are good, and easy to remember.", small=True)
        self.setLayout(column(hint, self.passphrase, self.bar, self.words, gap=6))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(200)
        self._pause.timeout.connect(self.judge)
        self.passphrase.typed.connect(lambda _: self._pause.start())
        self.passphrase.entered.connect(self.entered)
        self.setFocusProxy(self.passphrase)

    def judge(self) -> None:
        """Judge what stands there now."""
        self._pause.stop()
        text = self.text()
        self._last = self._strength(text) if text else Strength(0, "", False)
        tone = TONES[self._last.level]
        self.bar.setValue(self._last.level)
        self.bar.setProperty("tone", tone)
        self.bar.style().unpolish(self.bar)
        self.bar.style().polish(self.bar)
        self.words.setText(self._last.words or " ")
        self.words.set_tone(tone if text else "")
        self.bar.setAccessibleDescription(self._last.words)
        self.judged.emit()

    def good(self) -> bool:
        """May it be used? Says why not, aloud, when it may not."""
        self.judge()
        if not self._last.enough:
            self.words.setText(self._last.words or "Choose a passphrase.")
            self.words.set_tone("red")
            announce(self.words, self.words.text())
            self.passphrase.setFocus()
        return self._last.enough

    def text(self) -> str:
        return self.passphrase.text()

    def clear(self) -> None:
        self.passphrase.clear()
