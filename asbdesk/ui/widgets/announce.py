"""Saying something to a screen reader at once, and the roles of headings and alerts.

What Qt knows of screen readers is brought in by the functions that need it: a start says nothing yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface

_SAID_AS = {"Heading": "Heading", "AlertCard": "AlertMessage"}
"""Class → the role it has for a screen reader."""
_KNOWN: dict[int, QAccessibleInterface] = {}
"""Qt asks for an interface once and does not own what Python made: it is kept here until its label goes."""


def announce(source: QWidget, words: str) -> None:
    """Read `words` out now, over whatever is being read: an error, or that something was saved."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(source, words)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def _make(key: str, thing: QObject) -> QAccessibleInterface | None:
    from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget

    turned = isinstance(thing, QAbstractButton) and thing.isCheckable()
    if (key not in _SAID_AS and not turned) or not isinstance(thing, QWidget):
        return None
    from PySide6.QtGui import QAccessible

    at = id(thing)
    if at not in _KNOWN:
        if isinstance(thing, QAbstractButton):
            from asbdesk.ui.widgets.pressing import Pressing

            _KNOWN[at] = Pressing(thing)
        else:
            text = getattr(thing, "text", thing.accessibleName)()
            _KNOWN[at] = QAccessibleWidget(thing, QAccessible.Role[_SAID_AS[key]], text)
        thing.destroyed.connect(lambda *_: _let_go(at))
    return _KNOWN[at]


def _let_go(at: int) -> None:
    """Qt's side keeps the description for ever, which must not keep the button, and with it all its window."""
    gone = _KNOWN.pop(at, None)
    if gone is not None:
        vars(gone).clear()


def teach_headings() -> None:
    """Headings are announced as headings, alerts as alerts, from now on; call once a process."""
    from PySide6.QtGui import QAccessible

    QAccessible.installFactory(_make)
