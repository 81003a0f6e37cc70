"""Tab goes as the eye goes: through what stands there now, in the order of the layouts, whatever was made first."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLayout,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

MARGIN = 60
"""Pixels above and below what has the focus that are seen too: what is asked stands over where it is answered."""


def go_on(window: QWidget, *, forward: bool) -> bool:
    """Tab, or Shift+Tab, in `window`; whether there was somewhere to go."""
    to = next_stop(window, QApplication.focusWidget(), forward=forward)
    if to is not None:
        to.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return to is not None


class InSight(QObject):
    """What has the focus is seen, whoever gave it: Tab, or a page that says what is missing."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._reveal)

    def _reveal(self, _: QWidget | None, now: QWidget | None) -> None:
        """Scroll to it in each part that scrolls and holds it; a press of the mouse moves nothing under it."""
        if now is None or QApplication.mouseButtons().value:
            return
        # from the inside out; not by asking for parents: PySide would bring in every class of widget to name one
        for around in reversed(now.window().findChildren(QScrollArea)):
            inside = around.widget()
            if inside is not None and inside.isAncestorOf(now):
                across = around.horizontalScrollBar()
                was = across.value()
                around.ensureWidgetVisible(now, 0, MARGIN)
                if around.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
                    across.setValue(was)  # nobody could bring it back


class Dialog(QDialog):
    """A dialog that Tab goes through as the eye does, and that is tall enough for its words."""

    def showEvent(self, event: QShowEvent) -> None:
        """Words that wrap need more room than the size that a dialog is given first."""
        super().showEvent(event)
        inside = self.layout()
        if inside is not None and inside.hasHeightForWidth():
            self.resize(self.width(), max(self.height(), inside.totalMinimumHeightForWidth(self.width())))

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab, and Shift+Tab."""
        return go_on(self, forward=next)


def next_stop(window: QWidget, at: QWidget | None, *, forward: bool) -> QWidget | None:
    """Where Tab goes from `at`, or Shift+Tab; None where nothing in the window takes it."""
    shown = list(_shown(window))
    where = next((n for n, widget in enumerate(shown) if widget is at), -1 if forward else len(shown))
    after = shown[where + 1 :] + shown[: max(where, 0)] if forward else shown[:where][::-1] + shown[where + 1 :][::-1]
    return next((widget for widget in after if _takes_tab(widget)), None)


def _takes_tab(widget: QWidget) -> bool:
    tabs = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(tabs) and widget.isEnabled() and widget.focusProxy() is None


def _shown(widget: QWidget) -> Iterator[QWidget]:
    """The widget, and all that is seen in it."""
    if not widget.isVisible():
        return
    yield widget
    for child in _inside(widget):
        yield from _shown(child)


def _inside(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QStackedWidget):
        yield from filter(None, [widget.currentWidget()])
    elif isinstance(widget, QScrollArea):
        yield from filter(None, [widget.widget()])
    elif not isinstance(widget, QAbstractScrollArea):
        laid = list(_laid_out(widget.layout()))
        yield from laid
        yield from (c for c in widget.children() if isinstance(c, QWidget) and not c.isWindow() and c not in laid)


def _laid_out(layout: QLayout | None) -> Iterator[QWidget]:
    for at in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(at) if layout is not None else None
        widget = item.widget() if item is not None else None
        if widget is not None:
            yield widget
        elif item is not None:
            yield from _laid_out(item.layout())
