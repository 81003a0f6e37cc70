"""Rows, columns, cards and scrolling bodies: the few shapes every screen is laid out in.

Use: `column(a, b, None, row(c, (d, 1)), gap=12, margins=(20, 16, 20, 16))` where None is a stretch, a number is space,
and (item, 1) gives the item a stretch, (item, alignment) an alignment. Distances are scaled with the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QScrollBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from asbdesk.ui import theme

Item = QWidget | QLayout | int | None
Items = Item | tuple[QWidget | QLayout, int | Qt.AlignmentFlag]
Margins = tuple[int, int, int, int]
TOP = Qt.AlignmentFlag.AlignTop
MARGIN = 28
"""Pixels at 100 % text left and right of what stands on a page over the window."""
GUTTER = 16
"""Pixels at 100 % text that a body that scrolls leaves at its right, for the bar to stand in."""
LINE = 20
"""Pixels that a turn of the wheel goes by, over the bar as beside it."""
WIDE = 1400
"""Pixels at 100 % text that a screen at the desk takes at most."""


def column(*items: Items, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    layout = QVBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def row(*items: Items, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    layout = QHBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def _fill(layout: QBoxLayout, items: Sequence[Items], gap: int, margins: Margins) -> None:
    scaled = theme.current().gap
    layout.setSpacing(scaled(gap))
    layout.setContentsMargins(*(scaled(m) for m in margins))
    for item in items:
        _add(layout, item)


def _add(layout: QBoxLayout, item: Items) -> None:
    stretch, align = 0, Qt.AlignmentFlag(0)
    if isinstance(item, tuple):
        item, how = item
        stretch, align = (0, how) if isinstance(how, Qt.AlignmentFlag) else (how, align)
    if item is None:
        layout.addStretch(1)
    elif isinstance(item, int):
        layout.addSpacing(theme.current().gap(item))
    elif isinstance(item, QLayout):
        layout.addLayout(item, stretch)
    else:
        layout.addWidget(item, stretch, align)


def holder(layout: QLayout, name: str = "") -> QWidget:
    """A plain widget around a layout."""
    widget = QWidget()
    if name:
        widget.setObjectName(name)
    widget.setLayout(layout)
    return widget


def middle(layout: QLayout, width: int = 980) -> QWidget:
    """A page's body no wider than so many pixels at 100 % text, in the middle of whatever room there is."""
    inside = holder(layout)
    inside.setMaximumWidth(theme.current().px(width))
    return holder(row((inside, 1)))


def capped(layout: QLayout, width: int, *, left: bool = False) -> QHBoxLayout:
    """What is never wider than so many pixels at 100 % text and the page's margins: no line of words is as long as a
    large screen is wide. In the middle, or at the left."""
    inside = holder(layout)
    inside.setMaximumWidth(theme.current().px(width) + 2 * theme.current().gap(MARGIN))
    return row((inside, 1000), None) if left else row((inside, 1))


def line() -> QFrame:
    """A hairline between two rows."""
    frame = QFrame()
    frame.setProperty("rule", "line")
    return frame


def empty(layout: QLayout | None) -> None:
    """Take everything out of a layout and let it go."""
    while layout is not None and layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif item is not None and item.layout() is not None:
            empty(item.layout())


@contextmanager
def redrawn(layout: QLayout) -> Iterator[None]:
    """Take everything out of `layout`, for what is put in under `with`: laid out once at its end, not for each part.
    What had the focus has it again, where something of the same name stands there."""
    body, focus = layout.parentWidget(), QApplication.focusWidget()
    stays = body is None or _stays(body, layout, focus)
    held = focus.accessibleName() if focus is not None and not stays and _inside(layout, focus) else ""
    with aside(None if stays else body):
        empty(layout)
        yield
    if held and body is not None and body.isVisible():
        _hold(layout, held)


@contextmanager
def aside(body: QWidget | None) -> Iterator[None]:
    """Keep `body` from being laid out while much is put into it. None, or one that nobody sees: nothing to keep."""
    if body is None or not body.isVisible():
        yield
        return
    body.hide()
    try:
        yield
    finally:
        body.show()


def _stays(body: QWidget, layout: QLayout, focus: QWidget | None) -> bool:
    """Whether what has the focus stands in `body` and stays there: hidden, it would lose it."""
    if focus is None or not body.isAncestorOf(focus):
        return False
    return not _inside(layout, focus)


def _inside(layout: QLayout, focus: QWidget) -> bool:
    return any(part is focus or part.isAncestorOf(focus) for part in _widgets(layout))


def _hold(layout: QLayout, name: str) -> None:
    """Give the focus to what is called `name`, where it takes it."""
    for part in _widgets(layout):
        for each in (part, *part.findChildren(QWidget)):
            if each.accessibleName() == name and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
                each.setFocus(Qt.FocusReason.OtherFocusReason)
                return


def _widgets(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _widgets(inner)


class Card(QFrame):
    """A framed group. `kind`: card, inner, chosen, soft, ask, rule, danger, now, good."""

    def __init__(self, *items: Items, kind: str = "card", gap: int = 8, margins: Margins = (20, 16, 20, 16)) -> None:
        super().__init__()
        self.setProperty("card", kind)
        self.setLayout(column(*items, gap=gap, margins=margins))

    def set_kind(self, kind: str) -> None:
        self.setProperty("card", kind)
        self.style().unpolish(self)
        self.style().polish(self)


class Bar(QFrame):
    """The head or foot of a page: `Bar("header", row(...))`, `Bar("footer", row(...))`. With `width` its words stand
    over the edges of a body that is so wide at 100 % text and in the middle; `left`: at the left."""

    def __init__(self, name: str, layout: QLayout, width: int = 0, *, left: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        if width:
            layout = capped(layout, width, left=left)
        self.setLayout(layout)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)  # words in it may wrap
        self.setSizePolicy(policy)


class _MarginBar(QScrollBar):
    """Shown while there is more than is in sight. Tied to the bar it stands for by Qt's own slots alone: a slot of
    ours would be asked for while its owner is being let go."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.hide()

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        super().sliderChange(change)
        if change == QAbstractSlider.SliderChange.SliderRangeChange:
            self.setVisible(self.maximum() > self.minimum())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setPageStep(self.height())
        self.setSingleStep(LINE)


class Scroll(QScrollArea):
    """A body that scrolls down when the window is small or the text large, never sideways; follows the focus.

    Its bar stands in the margin at its right, which the body leaves (`GUTTER` or more): what is in it keeps its width
    and its place under the page's head, whether there is more below or not. `bar=False`: none is shown."""

    def __init__(self, body: QWidget | QLayout, *, bar: bool = True) -> None:
        super().__init__()
        inside = body if isinstance(body, QWidget) else holder(body)
        inside.setObjectName("scrollbody")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside
        inside.setParent(self)  # not its viewport: asked for that, PySide brings in every class of widget there is
        self.bar = _MarginBar(self)
        if bar:
            down = self.verticalScrollBar()
            down.rangeChanged.connect(self.bar.setRange)
            down.valueChanged.connect(self.bar.setValue)
            self.bar.valueChanged.connect(down.setValue)

    def event(self, event: QEvent) -> bool:
        """The body is put in when the page stands where it is shown: before, it would be laid out and styled twice."""
        if event.type() == QEvent.Type.Polish and super().widget() is None:
            self.setWidget(self._inside)
        return super().event(event)

    def widget(self) -> QWidget:
        return self._inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.bar.sizeHint().width()
        self.bar.setGeometry(self.width() - wide - 2, 0, wide, self.height())
        self.bar.raise_()


class Columns(QWidget):
    """A main part and a narrower side, which goes below the main part when there is not room for both."""

    def __init__(self, main: QWidget, side: QWidget, *, side_width: int = 310, needs: int = 760, gap: int = 16) -> None:
        super().__init__()
        self.side, self.side_width, self.needs = side, side_width, needs
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.current().gap(gap))
        self._box.addWidget(main, 1)
        self._box.addWidget(side)
        self.setLayout(self._box)
        self._turn()

    @property
    def narrow(self) -> bool:
        return self._box.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        narrow = self.width() < theme.current().px(self.needs)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._box.setDirection(down if narrow else across)
        if narrow:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16777215)
        else:
            self.side.setFixedWidth(theme.current().gap(self.side_width))
