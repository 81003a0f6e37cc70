"""Ten fingers, no mouse and no manual: keys go to what has the focus, and what to press is found by its words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Opened

KEY = Qt.Key
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
MOST = 250
"""Presses of Tab after which somebody gives up."""


class Stranger:
    """Somebody who has never seen the program. `presses` counts every key but those of what is written."""

    def __init__(self, qtbot: QtBot, opened: Opened) -> None:
        self.qtbot, self.opened, self.presses = qtbot, opened, 0

    # ---- what is seen
    @property
    def at(self) -> QWidget:
        held = QApplication.focusWidget()
        assert held is not None, "nothing has the focus"
        return held

    @property
    def says(self) -> str:
        """What has the focus, as it is read out: its words, its question."""
        at = self.at
        own = at.text() if isinstance(at, QAbstractButton) else ""
        return " ".join(t for t in (own.replace("&&", "&"), at.accessibleName(), at.accessibleDescription()) if t)

    def sees(self, *words: str) -> bool:
        """Whether all of these stand in the window, on labels, buttons, in lists or fields that are shown."""
        seen = "\n".join(self._seen())
        return all(word in seen for word in words)

    def _seen(self) -> list[str]:
        window = self.opened.window
        found = [w.text() for w in window.findChildren(QLabel) if w.isVisible()]
        found += [w.text() for w in window.findChildren(QAbstractButton) if w.isVisible()]
        found += [w.text() for w in window.findChildren(QLineEdit) if w.isVisible()]
        for view in window.findChildren(QWidget):
            model = getattr(view, "model", None)
            if view.isVisible() and callable(model) and hasattr(view, "currentIndex"):
                rows = model()
                if rows is not None and hasattr(rows, "rowCount"):
                    found += [
                        str(rows.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for n in range(rows.rowCount())
                    ]
        return found

    # ---- what is pressed
    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.presses += 1
        self.qtbot.keyClick(self.at, key, modifier)
        for _ in range(3):
            QApplication.processEvents()

    def write(self, text: str) -> None:
        at = self.at
        assert isinstance(at, QLineEdit | QTextEdit), f"nothing to write in: {self.says}"
        self.qtbot.keyClicks(at, text)
        QApplication.processEvents()

    def find(self, words: str) -> None:
        """Tab until what has the focus says so."""
        for _ in range(MOST):
            if words in self.says:
                return
            self.press(KEY.Key_Tab)
        raise AssertionError(f"Tab never came to “{words}”; it stands at “{self.says}”")

    def button(self, words: str) -> None:
        self.find(words)
        self.press(KEY.Key_Space)

    def fill(self, question: str, text: str) -> None:
        self.find(question)
        self.write(text)

    def choose(self, question: str, *answers: str) -> None:
        """The answers of a question: Tab to it, arrows among them, Space to take one."""
        self.find(f"{question}. ")
        for answer in answers:
            for _ in range(60):
                if answer in self.says.partition(question)[0]:
                    break
                self.press(KEY.Key_Right)
            else:
                raise AssertionError(f"“{question}” has no answer “{answer}”")
            self.press(KEY.Key_Space)

    def save(self) -> None:
        self.press(KEY.Key_Return, CTRL)

    # ---- where things are
    def open_case(self, words: str) -> None:
        """Search everything for a case and open the first that is found."""
        self.press(KEY.Key_K, CTRL)
        self.write(words)
        self.press(KEY.Key_Return)

    def add(self, words: str) -> None:
        """What the case can be given, found by typing."""
        self.press(KEY.Key_N, CTRL_SHIFT)
        self.write(words)
        self.press(KEY.Key_Return)
