"""Seals: a paper checked, dropped here or chosen; the landlord's authority handed out; whom it asks for the time."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.seal_keeping import AuthorityCard, TimeCard
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import MARGIN, Bar, Card, Scroll, column, empty, holder, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk
    from asbdesk.documents.verify import Verdict

ASK = "Drop a PDF anywhere in the window, or choose it. It is only read; nothing is kept of it and nothing is sent."

ACROSS = 880
"""Pixels at 100 % text that the page takes at most."""


class SealsPage(QWidget):
    """`left` when it is over. `check(path)` looks at a file."""

    left = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_ = frame
        self.checking = CheckCard(frame)
        self.time = TimeCard(frame)
        head = column(Heading("Locked copies", 1), Muted("What shows that a paper is ours, and whole."), gap=2)
        cards = column(self.checking, AuthorityCard(frame), self.time, None, gap=14, margins=(28, 18, 28, 22))
        body = holder(cards)
        body.setMaximumWidth(theme.current().px(ACROSS) + 2 * theme.current().gap(MARGIN))
        foot = row(None, PrimaryButton("Done", big=True, on=self.left.emit), margins=(28, 10, 28, 10))
        top = Bar("header", column(head, margins=(28, 14, 28, 14)), ACROSS)
        self.setLayout(column(top, (Scroll(holder(row((body, 1)))), 1), Bar("footer", foot, ACROSS), gap=0))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.left.emit)
        self.setFocusProxy(self.checking.choose)

    def check(self, path: Path) -> None:
        self.checking.check(path)


class CheckCard(Card):
    """Choose a file, and read in words what its seal says."""

    def __init__(self, frame: Frame) -> None:
        self.frame_ = frame
        self.choose = Button("Choose a PDF", icon="file-check", on=self._choose)
        self.said = column(gap=8)
        self.answer = Card(self.said, kind="inner")
        self.answer.hide()
        super().__init__(Heading("Check a paper"), Muted(ASK), row(self.choose, None), self.answer, gap=12)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Check a paper", "", "PDF (*.pdf);;All files (*)")
        if name:
            self.check(Path(name))

    def check(self, path: Path) -> None:
        """Read the file beside the officer's work, then say what was found."""
        desk = self.frame_.desk
        self._show("clock", "muted", "Reading …", (path.name,))
        desk.later(
            lambda: looked_at(desk.desk, path), lambda found: self.show_verdict(path, found), self._no, owner=self
        )

    def _no(self, problem: Exception) -> None:
        empty(self.said)
        self.answer.hide()
        self.frame_.desk.errands.tell(problem)

    def show_verdict(self, path: Path, found: tuple[Verdict, str]) -> None:
        verdict, ours = found
        if not verdict.whole or verdict.refused:
            icon, token, title = "circle-x", "red", "Do not rely on it" if verdict.refused else "Not whole"
        elif verdict.known_authority:
            icon, token, title = "circle-check", "green", "Whole, and ours"
        else:
            icon, token, title = "circle-help", "amber", "Whole, but not ours"
        self._show(icon, token, title, (path.name, *verdict.words, *([ours] if ours else [])))
        announce(self.answer, f"{title}. {verdict.words[0]}")

    def _show(self, icon: str, token: str, title: str, lines: tuple[str, ...]) -> None:
        empty(self.said)
        self.said.addLayout(row(Icon(icon, token, 24), (Heading(title, 3), 1), gap=10))
        name, *rest = lines
        self.said.addWidget(Muted(name, small=True))
        for line in rest:
            words = Text(line)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.said.addWidget(words)
        self.answer.show()


def looked_at(desk: Desk, path: Path) -> tuple[Verdict, str]:
    """What the seal of a file says, and whether this desk keeps the very same copy. For a worker's thread."""
    from asbdesk.casework.seals import kept_here
    from asbdesk.documents.verify import LARGEST, verify_file
    from asbdesk.paths import read_given

    known = desk.store.paths.authority
    verdict = verify_file(path, known.read_bytes() if known.exists() else None)
    if not verdict.whole:
        return verdict, ""
    what = desk.read(kept_here, sha256(read_given(path, LARGEST)).hexdigest())
    return verdict, f"This desk keeps the very same copy: {what}." if what else ""


def open_seals(frame: Frame, path: Path | None = None) -> SealsPage:
    """The page over the window; with a file, that is looked at."""
    page = SealsPage(frame)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    if path is not None:
        page.check(path)
    return page
