"""Saying something to a screen reader at once, and a heading's role.

What Qt knows of screen readers is brought in by the functions that need it: a start says nothing yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface

_HEADINGS: dict[int, QAccessibleInterface] = {}
"""Qt asks for an interface once and does not own what Python made: it is kept here until its label goes."""


def announce(source: QWidget, words: str) -> None:
    """Read `words` out now, over whatever is being read: an error, or that something was saved."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(source, words)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def _make(key: str, thing: QObject) -> QAccessibleInterface | None:
    if key not in ("Heading",) or not isinstance(thing, QWidget):
        return None
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QAccessibleWidget

    at = id(thing)
    if at not in _HEADINGS:
        text = getattr(thing, "text", lambda: "")()
        _HEADINGS[at] = QAccessibleWidget(thing, QAccessible.Role.Heading, text)
        thing.destroyed.connect(lambda *_: _HEADINGS.pop(at, None))
    return _HEADINGS[at]


def teach_headings() -> None:
    """Headings are announced as headings from now on; call once a process."""
    from PySide6.QtGui import QAccessible

    QAccessible.installFactory(_make)
