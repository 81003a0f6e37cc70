"""The accessibility walk: what a screen reader and the Tab key meet in a window."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QTextEdit, QWidget
from PySide6.QtWidgets import QAbstractItemView as Items

from asbdesk.ui.tab_order import next_stop
from asbdesk.ui.theme import contrast
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.tiles import TileGroup

ROLE = QAccessible.Role
INTERACTIVE = {
    *(ROLE.Button, ROLE.CheckBox, ROLE.RadioButton, ROLE.EditableText, ROLE.ComboBox, ROLE.List, ROLE.PageTabList),
    *(ROLE.PageTab, ROLE.ProgressBar, ROLE.SpinBox, ROLE.Slider, ROLE.Table, ROLE.ListItem, ROLE.ButtonMenu),
}
PRESSED = (QAbstractButton, QLineEdit, QComboBox, QTextEdit)


def walk(found: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield found
    for at in range(found.childCount()):
        child = found.child(at)
        if child is not None and child.isValid():
            yield from walk(child)


def unnamed(window: QWidget) -> list[str]:
    """Controls that a screen reader would call nothing."""
    QAccessible.setActive(True)
    root = QAccessible.queryAccessibleInterface(window)
    assert root is not None and root.isValid()
    bad = []
    for each in walk(root):
        if each.role() in INTERACTIVE and not each.state().invisible and not each.text(QAccessible.Text.Name).strip():
            thing = each.object()
            bad.append(f"{each.role().name} {thing.metaObject().className() if thing is not None else '?'}")
    return bad


def controls(window: QWidget) -> list[QWidget]:
    """What can be pressed or typed in, as it is seen now."""
    found = [w for w in window.findChildren(QWidget) if isinstance(w, PRESSED) and w.isVisible() and w.isEnabled()]
    return [
        w for w in found if not (isinstance(w.parent(), QComboBox | Items) or w.parentWidget().inherits("QScrollBar"))
    ]


def small(window: QWidget) -> list[str]:
    """Targets under 44 pixels either way."""
    return [
        f"{type(w).__name__} {w.accessibleName() or w.objectName()}: {w.width()}x{w.height()}"
        for w in controls(window)
        if w.width() < 44 or w.height() < 44
    ]


def tab_chain(window: QWidget) -> list[QWidget]:
    """What Tab goes through, in order."""
    out, at = [], window.nextInFocusChain()
    while at is not None and at is not window:
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible() and at.isEnabled():
            out.append(at)
        at = at.nextInFocusChain()
    return out


def stops(window: QWidget) -> list[QWidget]:
    """Where Tab goes on the desk, as the eye goes."""
    met: list[QWidget] = []
    at = next_stop(window, None, forward=True)
    while at is not None and at not in met:
        met.append(at)
        at = next_stop(window, at, forward=True)
    return met


def beyond_tab(window: QWidget) -> list[str]:
    """Controls that neither Tab nor, within a group, the arrows reach."""
    chain = set(map(id, [*tab_chain(window), *stops(window)]))
    lost = []
    for each in controls(window):
        if id(each) in chain:
            continue
        group = each.parentWidget()
        arrows = isinstance(group, TileGroup) and any(id(tile) in chain for tile in group.tiles)
        mates = isinstance(each, QAbstractButton) and each.autoExclusive()
        friends = [b for b in group.findChildren(QAbstractButton) if b.autoExclusive()] if group is not None else []
        if not arrows and not (mates and any(id(b) in chain for b in friends)):
            lost.append(f"{type(each).__name__} {each.accessibleName()}")
    return lost


def cut_off(window: QWidget) -> list[str]:
    """Buttons narrower than their words."""
    return [
        f"{w.accessibleName()}: {w.width()} of {w.sizeHint().width()}"
        for w in controls(window)
        if isinstance(w, Button) and w.text() and w.width() < w.sizeHint().width() - 1
    ]


def parted(one: QImage, other: QImage) -> float:
    """The highest contrast between two pictures of one thing, over a grid of pixels: 1 to 21."""
    most = 1.0
    for x in range(0, one.width(), 1 if one.width() < 60 else 3):
        for y in (0, 1, 2, 3, 4, one.height() // 2):
            was, now = one.pixelColor(x, y), other.pixelColor(x, y)
            if was != now:
                most = max(most, contrast(was.name(), now.name()))
    return most


def out_of_sight(window: QWidget) -> list[str]:
    """Where Tab goes and the eye cannot follow: what has the focus lies beyond what is scrolled to, or is covered. What
    is taller than the page may go over its edge."""
    lost = []
    for each in stops(window):
        each.setFocus(Qt.FocusReason.TabFocusReason)
        region = each.visibleRegion()
        for child in each.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            region = region.united(child.visibleRegion().translated(child.pos()))  # what a child covers is seen too
        seen, least = region.boundingRect(), min(each.height(), 44)
        if not each.hasFocus() or seen.height() < least or seen.width() < min(each.width(), 44):
            lost.append(f"{_called(each)}: {seen.width()}x{seen.height()} of {each.width()}x{each.height()}")
    return lost


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def clipped(window: QWidget) -> list[str]:
    """Words that have less room than they need."""
    return [
        f"{label.text()[:40]!r}: {label.width()}x{label.height()} of {_needs(label)}"
        for label in window.findChildren(QLabel)
        if label.isVisible() and label.text() and _short_of_room(label)
    ]


def _needs(label: QLabel) -> str:
    if label.wordWrap():
        return f"height {label.heightForWidth(label.width())}"
    return f"{label.sizeHint().width()}x{label.sizeHint().height()}"


def _short_of_room(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width()) - 1
    return label.width() < label.sizeHint().width() - 1 or label.height() < label.sizeHint().height() - 1


def out_of_order(window: QWidget) -> list[str]:
    """Where Tab goes up the page, or back along a line, before what stands below it or right of it was reached. What
    stands in two columns is gone through one column after the other."""
    met = stops(window)
    return [f"{_called(one)} before {_called(next_)}" for one, next_ in pairwise(met) if _goes_back(window, one, next_)]


def _called(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}"


def _goes_back(window: QWidget, one: QWidget, other: QWidget) -> bool:
    """Whether the eye reads `other` before `one`: by the places of what holds the one and not the other."""
    first, second = _apart(window, one, other)
    a, b = _place(window, first), _place(window, second)
    over, before = b.bottom() < a.top(), b.right() < a.left()
    below, after = b.top() > a.bottom(), b.left() > a.right()  # one that overlaps is neither
    if first is one and second is other:  # two of one group: no column of its own stands around either
        return over or (before and not below)
    return (over and not after) or (before and not below)


def _apart(window: QWidget, one: QWidget, other: QWidget) -> tuple[QWidget, QWidget]:
    """The groups that hold one and not the other, right under what holds both."""
    ways = list(_way_up(window, one)), list(_way_up(window, other))
    held = next(each for each in ways[0] if each in ways[1])
    firsts = [way[at - 1] if (at := way.index(held)) else way[0] for way in ways]
    return firsts[0], firsts[1]


def _way_up(window: QWidget, at: QWidget) -> Iterator[QWidget]:
    while at is not window:
        yield at
        at = at.parentWidget()
    yield window


def _place(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
