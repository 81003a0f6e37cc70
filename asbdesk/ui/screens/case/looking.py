"""Looking at evidence: it, its mark and its keeping side by side, the next and the one before, answered here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from asbdesk.casework import evidence_told
from asbdesk.casework.evidence import encrypted_name, open_evidence
from asbdesk.casework.evidence_kinds import what_it_is
from asbdesk.casework.evidence_look import Look, look, still_waiting
from asbdesk.casework.told import Said
from asbdesk.casework.way_out import Leaving
from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.papers import save_bytes
from asbdesk.ui.problems import attempt
from asbdesk.ui.screens.case.leaving import may_leave
from asbdesk.ui.screens.case.loudness import SKIP
from asbdesk.ui.screens.case.viewer_kinds import decoded, told_view, view_of
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, IconButton, PrimaryButton
from asbdesk.ui.widgets.fields import Field, Labelled, Words
from asbdesk.ui.widgets.layout import GUTTER, MARGIN, Bar, Card, Columns, Scroll, column, empty, holder, row
from asbdesk.ui.widgets.slices import soon
from asbdesk.ui.widgets.text import Heading, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QImage


class EvidencePage(QWidget):
    """One thing of several; `left` when it is over. Nothing of it is written to disk here."""

    left = Signal()
    shown = Signal(str)
    """Id of what stands on the page now."""

    def __init__(self, frame: Frame, case: str, ids: Sequence[str], at: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_, self.case, self.ids = frame, case, list(ids)
        self.at = self.ids.index(at)
        self.data = b""
        self.look: Look | None = None
        self.wait: frozenset[str] = frozenset()
        self.said_last: tuple[str, str] | None = None
        """What was thought of the one before, and how they were told: thirty recordings often have one answer."""
        self.view: QWidget | None = None
        self.title, self.count = Heading("", 1), Muted("")
        self.before = IconButton("chevron-left", "The one before, Alt Left", on=partial(self.go, -1))
        self.after = IconButton("chevron-right", "The one after, Alt Right", on=partial(self.go, 1))
        close = IconButton("x", "Close", on=self.leave)
        words = holder(column(self.title, self.count, gap=2))
        head = Bar("header", row((words, 1), self.before, self.after, close, gap=8, margins=(28, 14, 28, 14)))
        self._main, self._side = QVBoxLayout(), QVBoxLayout()
        for box in (self._main, self._side):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(theme.current().gap(12))
        self._side.setContentsMargins(0, 0, theme.current().gap(GUTTER), 0)
        self._beside = Scroll(holder(self._side))
        self._both = Columns(holder(self._main), self._beside, side_width=396, needs=900)
        body = Scroll(holder(column((self._both, 1), margins=(MARGIN, 14, MARGIN - GUTTER, 16))))
        self.setLayout(column(head, (body, 1), gap=0))
        self._keys()
        self.show_one()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        soon(self, self._fit)

    def _fit(self) -> None:
        """Where one stands below the other, the page is gone down as one; else the side alone."""
        narrow = self._both.narrow
        self._main.setContentsMargins(0, 0, theme.current().gap(GUTTER) if narrow else 0, 0)
        self._beside.setMinimumHeight(self._side.minimumSize().height() if narrow else 0)

    def _keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Alt+Left", partial(self.go, -1)),
            ("Alt+Right", partial(self.go, 1)),
            ("Ctrl++", partial(self._view, "step", 1)),
            ("Ctrl+=", partial(self._view, "step", 1)),
            ("Ctrl+-", partial(self._view, "step", -1)),
            ("Ctrl+R", partial(self._view, "turn", 90)),
            ("F7", partial(self._view, "skip", -SKIP)),
            ("F8", partial(self._view, "toggle", 0)),
            ("Ctrl+Return", self._answer_by_key),
            ("Esc", self.leave),
        )
        for key, fn in keys:
            QShortcut(QKeySequence(key), self).activated.connect(partial(attempt, self, fn))

    def _view(self, do: str, by: int) -> None:
        fn = getattr(self.view, do, None)
        if fn is not None:
            fn(by)

    # ---- which one
    def go(self, by: int) -> None:
        """The one before (-1) or after (1)."""
        to = self.at + by
        if 0 <= to < len(self.ids):
            self.at = to
            self.show_one()

    def show_one(self) -> None:
        """Read what is shown now, away from the window."""
        evidence, desk = self.ids[self.at], self.frame_.desk
        self.look = desk.read(look, self.case, evidence)
        self.title.setText(self.look.name)
        self.wait = desk.read(still_waiting, self.ids)
        waits = f"{len(self.wait)} still to be answered" if self.wait else "All of them are answered"
        self.count.setText(f"{self.at + 1} of {len(self.ids)}  ·  {waits}  ·  {self.look.facts}")
        self.before.setEnabled(self.at > 0)
        self.after.setEnabled(self.at < len(self.ids) - 1)
        self._draw_side(self.look)
        self._put(Muted("It is being opened …"))
        self.data = b""
        if not self._here(evidence):
            return
        desk.later(lambda: _opened(desk.desk, evidence), partial(self._opened, evidence), self._failed, owner=self)

    def _here(self, evidence: str) -> bool:
        from asbdesk.ui.screens.sync.fetching import is_asked_for

        away = is_asked_for(self.frame_, self.frame_.desk.read(encrypted_name, evidence))
        if away:
            self._put(told_view("cloud-off", "This is not on this laptop yet. Open it again in a moment."))
        return not away

    def _opened(self, evidence: str, found: tuple[str, bytes, QImage | str | None]) -> None:
        if evidence != self.ids[self.at]:
            return
        name, self.data, picture = found
        what = what_it_is(name, self.data)
        widgets = [Card(Text(what.warning, "strong"), kind="ask")] if what.warning and what.shown else []
        self.view = view_of(name, self.data, what, picture)
        self._put(*widgets, self.view)
        if not isinstance(QApplication.focusWidget(), Field | Words):  # who writes already goes on writing
            self.view.show()
            self.view.setFocus()
        announce(self, f"{name}. {what.warning}")
        self.shown.emit(evidence)

    def _failed(self, problem: Exception) -> None:
        known = isinstance(problem, UserError)
        self._put(told_view("circle-alert", str(problem) if known else "This could not be opened. Try it again."))
        if not known:
            raise problem

    def _put(self, *widgets: QWidget) -> None:
        if self.view not in widgets:
            getattr(self.view, "stop", lambda: None)()
            self.view = None
        empty(self._main)
        for widget in widgets:
            self._main.addWidget(widget, 1 if widget is widgets[-1] else 0)

    # ---- beside it
    def _draw_side(self, seen: Look) -> None:
        empty(self._side)
        self._side.addWidget(self._review(seen))
        self._side.addWidget(self._keeping(seen))
        self._side.addStretch(1)
        soon(self, self._fit)

    def _review(self, seen: Look) -> QWidget:
        if seen.reviewed:
            pill = row(Heading("Looked at", 3), None, Pill(seen.reviewed, "green"))
            return Card(pill, Text(seen.decision or "Nothing was written.", "body"), gap=8)
        self.words = Words(name="What do we think of it, and what do we do now?", lines=3)
        self.how = Field(name="How were they told?")
        self.decision = Labelled(
            "What do we think of it, and what do we do now?", self.words, help="Whoever gave it hears this."
        )
        told = Labelled("How were they told?", self.how, optional=True)
        acts: list[QWidget] = [PrimaryButton("Looked at, and answered", "check", on=self.answer)]
        if self.said_last:
            again = partial(self._say_again, *self.said_last)
            acts.insert(0, Button("The same words again", icon="copy", on=again))
        return Card(Heading("Decide and answer", 3), self.decision, told, Wrap(*acts, gap=8), gap=10, kind="ask")

    def _say_again(self, words: str, how: str) -> None:
        self.words.setPlainText(words)
        self.how.setText(how)
        self.words.setFocus()

    def _keeping(self, seen: Look) -> QWidget:
        card = Card(Heading("Its mark and its keeping", 3), gap=8)
        box = card.layout()
        assert box is not None
        for words in seen.kept or ("No step is written down yet.",):
            box.addWidget(Text(words, "small"))
        if seen.sha256:
            mark = Text(" ".join(seen.sha256[n : n + 8] for n in range(0, 64, 8)), "small")
            mark.setAccessibleName(f"Mark, SHA-256: {seen.sha256}")
            copy = partial(QGuiApplication.clipboard().setText, seen.sha256)
            box.addWidget(Muted("Mark (SHA-256) of the bytes as they were taken", small=True))
            box.addWidget(mark)
            box.addWidget(Wrap(Button("Copy the mark", icon="copy", on=copy), self._saving(), gap=8))
        return card

    def _saving(self) -> Button:
        return Button("Save a copy", icon="save", name="Save a copy of it", on=self.save)

    # ---- doing
    def _answer_by_key(self) -> None:
        if self.look is not None and not self.look.reviewed:
            self.answer()

    def answer(self) -> None:
        """Decide and answer, and go on to the next that waits."""
        words = self.words.toPlainText().strip()
        if not words:
            self.decision.say_wrong("Write what you think of it: whoever gave it hears this.")
            self.words.setFocus()
            return
        evidence, note = self.ids[self.at], self.how.text().strip()
        done = self.frame_.desk.do(evidence_told.reviewed, self.case, evidence, words, said=Said(note=note))
        self.said_last = (words, note)
        left = sorted(n for n, each in enumerate(self.ids) if each in self.wait and each != evidence)
        self.frame_.say_done("It is answered." if left else "It is answered. Nothing else waits here.", done)
        self.words.clearFocus()
        self.at = next((n for n in left if n > self.at), left[0] if left else self.at)
        self.show_one()

    def save(self) -> None:
        """A copy out of the store, where nothing stands in its way; a step in its keeping."""
        assert self.look is not None
        if not self.data:
            raise UserError("It is not open yet. Try again in a moment.")
        seen, desk = self.look, self.frame_.desk
        leaving = Leaving(self.case, desk.member, f"A copy of {seen.name}")
        if not may_leave(self, self.frame_, leaving, "copy"):
            return
        path = save_bytes(self, self.data, seen.name)
        if path is not None:
            desk.do(evidence_told.custody, self.case, seen.id, "copied", sha256=seen.sha256)
            self.frame_.say("warning", f"The copy {path.name} is not locked. Delete it when you have used it.")
            self._draw_side(desk.read(look, self.case, seen.id))

    def leave(self) -> None:
        """Let go of what is open."""
        self._put(Muted(""))
        self.data = b""
        self.left.emit()


def _opened(desk: Any, evidence: str) -> tuple[str, bytes, QImage | str | None]:
    """Its name, its bytes, and its picture or why there is none. Away from the window."""
    name, _, data = open_evidence(desk, evidence)
    if what_it_is(name, data).kind != "picture":
        return name, data, None
    try:
        return name, data, decoded(data)
    except UserError as problem:
        return name, data, str(problem)


def open_evidence_page(frame: Frame, case: str, ids: Sequence[str], at: str) -> EvidencePage:
    """Over the window, with its neighbours."""
    page = EvidencePage(frame, case, ids, at)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page
