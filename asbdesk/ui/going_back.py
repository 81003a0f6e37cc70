"""Back to what was pressed, when the page that it opened is left: by its name, for it may have been drawn anew."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

Pressed = tuple[str, str]
"""The kind and the name of what had the focus; empty where nothing had it that could be found again."""
NOTHING: Pressed = ("", "")


def pressed_in(window: QWidget) -> Pressed:
    """The button in `window` that has the focus now."""
    at = QApplication.focusWidget()
    if not isinstance(at, QAbstractButton) or not window.isAncestorOf(at):
        return NOTHING
    return type(at).__name__, at.accessibleName()


def go_back_to(pressed: Pressed, window: QWidget) -> bool:
    """Give it the focus again; whether it still stands there."""
    kind, name = pressed
    for each in window.findChildren(QAbstractButton) if name else ():
        if type(each).__name__ == kind and each.accessibleName() == name and each.isVisible() and each.isEnabled():
            each.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
    return False
