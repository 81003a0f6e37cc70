"""A button that is turned on, for a screen reader: turning it is pressing it.

Qt's own would turn it without a press: it would look chosen, and nothing would have heard of it.
"""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QRadioButton

PRESS = "Press"
"""What Qt calls the action."""


class Pressing(QAccessibleWidget):
    """One of several where the others go off by themselves; else a check box."""

    def __init__(self, button: QAbstractButton) -> None:
        one = isinstance(button, QRadioButton) or button.autoExclusive() or button.group() is not None
        super().__init__(button, QAccessible.Role.RadioButton if one else QAccessible.Role.CheckBox)
        self.button = button

    def state(self) -> QAccessible.State:
        state = super().state()
        state.checkable, state.checked = True, self.button.isChecked()
        return state

    def text(self, what: QAccessible.Text) -> str:
        found = super().text(what)
        if what == QAccessible.Text.Name and not found:
            return self.button.text().replace("&&", "&").strip()
        return found

    def actionNames(self) -> list[str]:
        return [PRESS]

    def doAction(self, name: str) -> None:
        if name == PRESS and self.button.isEnabled():
            self.button.click()
