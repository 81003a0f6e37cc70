"""Search everything (Ctrl+K): people, addresses and every word, the newest first, and what can be done; as typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from asbdesk.casework.search import Hit, find, looked_at
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.doing import Doing, doings
from asbdesk.ui.widgets.buttons import Button, IconButton
from asbdesk.ui.widgets.fields import SearchField
from asbdesk.ui.widgets.layout import TOP, Bar, capped, column, holder, redrawn, row
from asbdesk.ui.widgets.lists import ROW, Drawn, FlowList, Index, Page, Rows
from asbdesk.ui.widgets.text import Heading, Muted, Text
from asbdesk.ui.widgets.wrap import Wrap

ACROSS = 1080
"""Pixels at 100 % text that what was found takes at most."""
HINT = "A name, an address, a reference, any word that was written, or what you want to do"


def words_of(hit: Hit) -> str:
    """What a screen reader says of a place where it was found."""
    closed = "closed" if hit.closed else ""
    return ", ".join(part for part in (hit.title, hit.text, hit.reference, closed, hit.under) if part)


class HitDelegate(Drawn):
    """Draws a `Hit`: what it is, the words around, and whose case it stands in."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, theme.current().px(62) + 28)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit = index.data(ROW)
        now = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(1, 4, -1, -4)
        self.frame(painter, option, box)
        self.ring(painter, option, box)
        side = now.px(18)
        self.bubble(painter, box.topLeft() + _middle(box, side), hit.icon, "plain" if hit.closed else "info", side)
        x, width = box.x() + 2 * side + 26, box.width() - 2 * side - 40
        y = box.y() + (10 if hit.text else (box.height() - now.px(46)) / 2)
        reference = f"{hit.reference} · closed" if hit.closed else hit.reference
        first = QRectF(x, y, width, now.px(22))
        self.words(painter, first.adjusted(0, 0, -now.px(190), 0), hit.title, size=15, weight=600)
        self.words(painter, first, reference, size=12, weight=600, token="muted", right=True)
        under = y + now.px(41 if hit.text else 26)
        self.words(painter, QRectF(x, y + now.px(22), width, now.px(20)), hit.text, size=13)
        self.words(painter, QRectF(x, under, width, now.px(18)), hit.under, size=13, token="muted")
        painter.restore()


def _middle(box: QRectF, side: float) -> Any:
    from PySide6.QtCore import QPointF

    return QPointF(side + 14, box.height() / 2)


class SearchBox(SearchField):
    """Down goes to what was found; Return opens the first."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.down.emit()
        else:
            super().keyPressEvent(event)


class SearchPage(QWidget):
    """`left` when it is over. What was looked at lately stands here until something is typed."""

    left = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_ = frame
        self.box = SearchBox("Search everything", HINT)
        self.box.textChanged.connect(lambda _: self._typed())
        self.box.returnPressed.connect(self._open_first)
        self.box.down.connect(self._to_rows)
        self.doings = column(gap=8)
        self.first: Button | None = None
        self.over = Muted("", wrap=False)
        self.none = Text("", "muted")
        self.none.setAlignment(TOP)
        self.model: Rows[Hit] = Rows(words_of)
        self.view = FlowList("What was found")
        self.view.setModel(self.model)
        self.view.setItemDelegate(HitDelegate(self.view))
        self.view.activated.connect(lambda at: self.open_hit(at.data(ROW)))
        self.view.clicked.connect(lambda at: self.open_hit(at.data(ROW)))
        close = IconButton("x", "Close the search", on=self.left.emit)
        head = column(row(Heading("Search", 1), None, close, gap=8), self.box, gap=10)
        inside = column(self.doings, self.over, (self.none, 1), (self.view, 1), gap=8, margins=(28, 14, 28, 18))
        top = Bar("header", column(head, margins=(28, 14, 28, 14)), ACROSS)
        self.setLayout(column(top, (holder(capped(inside, ACROSS)), 1), gap=0))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.left.emit)
        self.setFocusProxy(self.box)
        self._behind = self._opens = False
        self._follow()
        self.read()

    # ---- reading
    def _follow(self) -> None:
        """Bring the index up to what was written last, in the background, and read again if something was new."""
        store = self.frame_.desk.desk.store
        self._behind = True
        self.frame_.desk.later(store.index_words, self._followed, owner=self)

    def _followed(self, news: object) -> None:
        self._behind = False
        if news:
            self.read()
        if self._opens:
            self._open_first()

    def _typed(self) -> None:
        self._opens = False
        self.read()

    def read(self) -> None:
        """Look again for what is typed."""
        typed = self.box.text().strip()
        self._draw_doings(typed)
        self.model.start(self._page if typed else self._lately)
        found = bool(self.model.rows)
        self.over.setText(
            ("Found: people, addresses and cases, then the newest" if typed else "Cases you looked at lately")
            if found
            else ""
        )
        self.over.setVisible(found)
        self.none.setVisible(not found)
        self.none.setText(
            f"Nothing that is written holds all of “{typed}”. Try fewer words, or only their beginnings."
            if typed
            else "Type a name, an address, a reference, or any word that was written in a case. It finds as you type."
        )
        self.view.setVisible(found)
        if found:
            self.view.setCurrentIndex(self.model.index(0, 0))

    def _draw_doings(self, typed: str) -> None:
        """What can be done that is called so: for whoever looks here for the way to do it."""
        with redrawn(self.doings):
            found, self.first = doings(self.frame_, typed), None
            made = [self._do(each) for each in found if each.begin is not None]
            if made:
                self.first = made[0]
                self.doings.addWidget(Text("To do", "overline"))
                self.doings.addWidget(Wrap(*made, gap=10))
            elif found:
                self.doings.addWidget(Muted(f"“{found[0].words}” is done in a case: open it, then press Ctrl+Shift+N."))

    def _do(self, each: Doing) -> Button:
        def begin() -> None:
            self.left.emit()
            if each.begin is not None:
                each.begin()

        words = f"{each.words} · {each.where}" if each.where else each.words
        return Button(words, icon=each.icon, on=begin)

    def _page(self, after: Any) -> Page[Hit]:
        found = self.frame_.desk.read(find, self.box.text(), before=after)
        return found.hits, found.after

    def _lately(self, after: Any) -> Page[Hit]:
        return self.frame_.desk.read(looked_at, self.frame_.desk.member), None

    # ---- opening
    def _to_rows(self) -> None:
        if self.model.rows:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_first(self) -> None:
        """Open what is found first; where nothing is yet, as soon as what was written last can be found."""
        self._opens = self._behind and not self.model.rows
        if self.model.rows:
            self.open_hit(self.model.rows[0])
        elif self.first is not None and not self._behind:
            self.first.click()

    def open_hit(self, hit: Hit) -> None:
        """Leave the search for the case, at the part of it where this stands."""
        self.left.emit()
        self.frame_.open_case(hit.case, hit.tab)


def open_search(frame: Frame) -> SearchPage:
    """Lay the search over the window."""
    page = SearchPage(frame)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page
