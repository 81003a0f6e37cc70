"""A problem said on the page it happened on, with Copy; and a short word that something was done."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from asbdesk.ui.problems import attempt
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, IconButton, QuietButton
from asbdesk.ui.widgets.layout import row
from asbdesk.ui.widgets.text import Icon, Text

LOOKS = {"problem": ("danger", "circle-alert", "red"), "warning": ("ask", "triangle-alert", "amber")}
LOOKS |= {"done": ("good", "circle-check", "green"), "note": ("soft", "info", "accent")}


UNDO_FOR = 60_000
"""Milliseconds for which what was done can be undone from here."""


class Banner(QFrame):
    """`say("problem", "The stick is full. …")` shows and announces it; it stays until closed. `say("done", …)` goes by
    itself after six seconds, or a minute when it can be undone (Ctrl+Z does it). `closed` when it has gone.
    """

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._back: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go)
        self._made = False
        self._left: QWidget | None = None
        self.hide()

    def _make(self) -> None:
        """Its parts, when there is something to say for the first time: a start has nothing to say."""
        self._made = True
        self._icon, self._words = Icon("info", "accent", 22), Text("", "strong")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = QuietButton("Copy", "copy", name="Copy this message", on=self._copy_words)
        self._close = IconButton("x", "Close this message", on=self._go)
        self._undo = Button("Undo", icon="undo-2", on=self._take_back)
        self._undo.setToolTip("Undo (Ctrl+Z)")
        ends = (self._undo, self._copy, self._close)
        self.setLayout(row(self._icon, (self._words, 1), *ends, gap=12, margins=(16, 4, 8, 4)))
        QApplication.instance().focusChanged.connect(self._entered)  # type: ignore[union-attr]

    def _entered(self, before: QWidget | None, now: QWidget | None) -> None:
        """Where the work stood when a key came in here: it goes on there."""
        if now is not None and before is not None and self.isAncestorOf(now) and not self.isAncestorOf(before):
            self._left = before

    def say(self, kind: str, words: str, undo: Callable[[], object] | None = None) -> None:
        if not self._made:
            self._make()
        card, icon, tone = LOOKS[kind]
        self.setProperty("card", card)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.set(icon, tone)
        self._words.setText(words)
        self._copy.setVisible(kind == "problem")
        self._back = undo
        self._undo.setVisible(undo is not None)
        self.setAccessibleName(words)
        self.show()
        announce(self, words)
        self._timer.stop()
        if kind == "done":
            self._timer.start(UNDO_FOR if undo else 6000)

    def words(self) -> str:
        return "" if self.isHidden() else self._words.text()

    def can_undo(self) -> bool:
        """Whether what it speaks of can still be undone from here."""
        return self._back is not None and not self.isHidden()

    def take_back(self) -> None:
        """Undo what it speaks of; nothing where there is nothing to undo."""
        if self.can_undo():
            self._take_back()

    def _take_back(self) -> None:
        back = self._back
        self._go()
        if back is not None:
            attempt(self, back)

    def _copy_words(self) -> None:
        QGuiApplication.clipboard().setText(self._words.text())

    def _go(self) -> None:
        self._timer.stop()
        self._back = None
        held, left = QApplication.focusWidget(), self._left
        inside = held is not None and self.isAncestorOf(held)
        self._left = None
        self.hide()
        if inside and left is not None and shiboken6.isValid(left) and left.isVisible():
            left.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
