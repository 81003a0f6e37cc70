"""A page over the window with a heading, a body and two buttons: for taking something down, kept as it is typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.clock import short_moment
from asbdesk.ui import theme
from asbdesk.ui.form_view import FormView
from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.beside import CARD, SIDE, Beside
from asbdesk.ui.widgets.buttons import Button, PrimaryButton, QuietButton
from asbdesk.ui.widgets.layout import Bar, Card, Scroll, column, holder, row
from asbdesk.ui.widgets.slices import AT_ONCE
from asbdesk.ui.widgets.text import Heading, Muted


class OverPage(QWidget):
    """`left` when it is over. A subclass asks its questions in `form` and does `finish`; `side`
    stands beside them."""

    left = Signal()

    def __init__(self, frame: Frame, title: str, words: str, finish: str, *, side: QWidget | None = None) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_ = frame
        self.form = FormView(frame.desk.today, at_once=AT_ONCE)
        self.form.answered.connect(self.answered)
        self.title, self.under = Heading(title, 1), Muted(words)
        across = CARD if side is None else CARD + SIDE
        head = Bar("header", column(self.title, self.under, gap=2, margins=(28, 14, 28, 14)), across)
        card = Card(self.form, margins=(28, 22, 28, 24))
        card.setMaximumWidth(theme.current().px(CARD))
        body = Beside(card, side) if side is not None else Scroll(holder(_alone(card)))
        self.cancel = Button("Leave without saving", big=True, on=self.left.emit)
        self.go = PrimaryButton(finish, big=True, on=self.finish)
        self.beside = QuietButton("Throw it away", big=True, on=self.throw_away)
        self.beside.hide()
        foot = Bar("footer", row(self.cancel, None, self.beside, self.go, gap=12, margins=(28, 10, 28, 10)), across)
        self.setLayout(column(head, (body, 1), foot, gap=0))
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.go.click)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.cancel.click)
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


class KeptPage(OverPage):
    """Each answer is kept as it is given, so that a lock or a flat battery loses nothing; opened again, it goes on.
    `run_as`: the name its answers are kept under; `hash` names the form they were asked with; `run`: which of those
    begun it goes on with, empty for none of them, None for the newest."""

    thrown = "Throw these answers away?"

    def __init__(
        self,
        frame: Frame,
        title: str,
        words: str,
        finish: str,
        *,
        run_as: str,
        case: str = "",
        hash: str = "",
        side: QWidget | None = None,
        run: str | None = None,
    ) -> None:
        super().__init__(frame, title, words, finish, side=side)
        self.case, self.run_as, self._hash = case, run_as, hash
        self._drafts = frame.desk.desk.drafts
        begun = next((r for r in self._drafts.open_runs(case) if r.form == run_as and run in (None, r.id)), None)
        self.run = begun.id if begun is not None else ""
        if begun is not None:
            self.under.setText(f"{words} Begun {short_moment(begun.saved)}: it goes on where it was left.".lstrip())
        self.values: dict[str, Any] = dict(self._drafts.values(self.run)) if self.run else {}
        self.cancel.say("Save and leave")
        self.beside.show()

    def answered(self, question: str, value: object) -> None:
        self.keep(question, value)

    def keep(self, question: str, value: object) -> None:
        """Keep one answer; None takes it away."""
        if value is None:
            self.values.pop(question, None)
        else:
            self.values[question] = value
        self.run = self.run or self._drafts.start(self.case, self.run_as, self._hash)
        self._drafts.save(self.run, question, value)

    def do(self, action: Any, *args: Any, **kwargs: Any) -> Any:
        """Carry out what was answered; with it what was kept of it ends."""
        return self.frame_.desk.do(action, *args, ends_run=self.run or None, **kwargs)

    def throw_away(self) -> None:
        from asbdesk.ui.asking import ask_yes

        if self.run and not ask_yes(self, self.thrown, "What was typed here is lost.", "Throw away"):
            return
        self.end_draft()
        self.left.emit()

    def end_draft(self) -> None:
        """Keep nothing of what was typed."""
        if self.run:
            self._drafts.end(self.run)
            self.run = ""


def _alone(card: Card) -> QVBoxLayout:
    """A page with nothing beside."""
    return column(row((card, 1)), None, margins=(28, 18, 28, 22))
