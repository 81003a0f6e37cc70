"""A page over the window with a heading, a body and two buttons: for taking something down."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.ui import theme
from asbdesk.ui.form_view import FormView
from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.beside import Beside
from asbdesk.ui.widgets.buttons import Button, PrimaryButton, QuietButton
from asbdesk.ui.widgets.layout import Bar, Card, Scroll, column, holder, row
from asbdesk.ui.widgets.text import Heading, Muted


class OverPage(QWidget):
    """`left` when it is over. A subclass asks its questions in `form` and does `finish`; `side`
    stands beside them."""

    left = Signal()

    def __init__(self, frame: Frame, title: str, words: str, finish: str, *, side: QWidget | None = None) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_ = frame
        self.form = FormView(frame.desk.today)
        self.form.answered.connect(self.answered)
        head = Bar("header", column(Heading(title, 1), Muted(words), gap=2, margins=(28, 14, 28, 14)))
        card = Card(self.form, margins=(28, 22, 28, 24))
        card.setMaximumWidth(theme.current().px(980))
        body = Beside(card, side) if side is not None else Scroll(holder(_alone(card)))
        self.cancel = Button("Leave without saving", big=True, on=self.left.emit)
        self.go = PrimaryButton(finish, big=True, on=self.finish)
        self.beside = QuietButton("Throw it away", big=True, on=self.throw_away)
        self.beside.hide()
        foot = Bar("footer", row(self.cancel, None, self.beside, self.go, gap=12, margins=(28, 10, 28, 10)))
        self.setLayout(column(head, (body, 1), foot, gap=0))
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.go.click)
        self.setFocusProxy(self.form)

    def answered(self, question: str, value: object) -> None:
        """An answer was given."""

    def throw_away(self) -> None:
        """Leave without what was typed."""
        self.left.emit()

    def finish(self) -> None:
        """Save, and leave."""

    def flush(self) -> None:
        self.form.flush()


def _alone(card: Card) -> QVBoxLayout:
    """A page with nothing beside."""
    return column(row((card, 1)), None, margins=(28, 18, 28, 22))
