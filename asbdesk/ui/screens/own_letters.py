"""The landlord's words for its letters: each paragraph to be worded anew, and the letter as it then reads beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.beside import CARD, SIDE, Beside
from asbdesk.ui.widgets.buttons import Button, PrimaryButton, QuietButton
from asbdesk.ui.widgets.fields import Choice, Field, Labelled, Words
from asbdesk.ui.widgets.layout import Bar, Card, column, empty, holder, row
from asbdesk.ui.widgets.text import Heading, Muted, Pill, Text

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk
    from asbdesk.letters.editing import LetterFile

HOW = (
    "Words in braces are filled in: {officer} becomes the officer’s name. Two stars make **bold**. Empty a paragraph "
    "to take it out."
)
LOST = "What was worded anew here is not kept yet."
LONGEST = 25
"""Words of a sentence on paper (PRACTICE.md B)."""


class OwnLettersPage(QWidget):
    """`left` when it is over. Nothing is changed before "Use these words"."""

    left = Signal()

    def __init__(self, frame: Frame) -> None:
        from asbdesk.casework.own_letters import may_write

        super().__init__()
        self.setObjectName("page")
        self.frame_, self.desk = frame, frame.desk.desk
        self.may = may_write(self.desk)
        self.file: LetterFile | None = None
        self.words: list[Words] = []
        self._titled()
        main, self._side = holder(self._box), _side()
        main.setMaximumWidth(theme.current().px(CARD))
        self.setLayout(column(self._head, (Beside(main, self._side[0]), 1), self._foot, gap=0))
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.keep.click)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.leave)
        self.setFocusProxy(self.which)
        self._list("")
        self._open(self.which.value())

    def _titled(self) -> None:
        from asbdesk.casework.own_letters import ELSEWHERE

        self.which = Choice([], name="Which letter")
        self.which.chosen.connect(self._turn_to)
        self.mark = Pill("Ours", "blue")
        words = Muted(HOW if self.may else ELSEWHERE)
        head = column(column(Heading("Letters", 1), words, gap=2), row(self.which, self.mark, None, gap=10), gap=8)
        head.setContentsMargins(*(theme.current().gap(n) for n in (28, 14, 28, 14)))
        self._head = Bar("header", head, CARD + SIDE)
        self._box = column(gap=14)
        self.keep = PrimaryButton("Use these words", big=True, on=self.save)
        self.back = QuietButton("Back to the shipped words", big=True, on=self.go_back)
        done = Button("Done", big=True, on=self.leave)
        self._foot = Bar("footer", row(done, None, self.back, self.keep, gap=12, margins=(28, 10, 28, 10)), CARD + SIDE)

    def _list(self, chosen: str) -> None:
        from asbdesk.casework.own_letters import letters

        self.which.clear()
        for each in letters(self.desk):
            self.which.addItem(each.name + (" (ours)" if each.own else ""), each.id)
        self.which.setCurrentIndex(max(0, self.which.findData(chosen)))
        self.which.updateGeometry()

    # ---- one letter
    def _turn_to(self, letter: str) -> None:
        """Another letter; what was worded and not kept is asked about first."""
        if self.file is not None and not self._may_go():
            self.which.setCurrentIndex(self.which.findData(self.file.wording.id))
            return
        self._open(letter)

    def _open(self, letter: str) -> None:
        from asbdesk.casework.own_letters import open_letter_file

        self._show(open_letter_file(self.desk, letter))

    def _show(self, file: LetterFile) -> None:
        self.file = file
        empty(self._box)
        self.title = Field(file.wording.title, name="What stands at its head", limit=160)
        self.words = [Words(p.words, name=f"Paragraph {n}", lines=1) for n, p in enumerate(file.paragraphs, 1)]
        self._box.addWidget(Labelled("What stands at its head", self.title))
        for n, (paragraph, field) in enumerate(zip(file.paragraphs, self.words, strict=True), 1):
            only = f"Only when {paragraph.only}." if paragraph.only else ""
            if paragraph.fixed:
                field.hide()
                lines = [Text(paragraph.fixed, "body")] + ([Muted(only, small=True)] if only else [])
                self._box.addWidget(Card(column(*lines, gap=4), field, kind="soft", margins=(14, 10, 14, 10)))
            else:
                self._box.addWidget(Labelled(f"Paragraph {n}", field, help=only))
        self._box.addWidget(Button("Add a paragraph", icon="plus", on=self.add))
        self._box.addStretch(1)
        fields: list[Field | Words] = [self.title, *self.words]
        for each in fields:
            each.setReadOnly(not self.may)
            each.said.connect(lambda _: self.read_again())
        ours = _is_ours(self.desk, file)
        self.mark.setVisible(ours)
        self.back.setVisible(self.may and ours and _shipped(file.wording.id))
        self.keep.setVisible(self.may)
        self.read_again()

    def add(self) -> None:
        """One more paragraph, at the end."""
        field = Words(name=f"Paragraph {len(self.words) + 1}", lines=1)
        field.said.connect(lambda _: self.read_again())
        self.words.append(field)
        self._box.insertWidget(self._box.count() - 2, Labelled(f"Paragraph {len(self.words)}", field))
        field.setFocus()

    def _made(self) -> LetterFile:
        """The file as it would be kept. Raises LetterError."""
        from asbdesk.letters.editing import worded
        from asbdesk.letters.load import shared_words

        assert self.file is not None
        shared = shared_words(self.desk.store.paths.own_letters)[0]
        return worded(self.file, self.title.text(), [field.toPlainText() for field in self.words], shared)

    def read_again(self) -> None:
        """The letter as it reads now, or what is wrong with it."""
        from asbdesk.letters.load import LetterError

        try:
            made = self._made()
        except LetterError as problem:
            _say(self._side[1], "This cannot be used yet", [_plain(str(problem), self.file)])
            self.keep.setEnabled(False)
            return
        self.keep.setEnabled(self.may)
        _read(self._side[1], made, self.frame_.desk.today)

    @property
    def changed(self) -> bool:
        """Whether something was worded anew and is not kept."""
        assert self.file is not None
        was = [p.words for p in self.file.paragraphs]
        now = [" ".join(field.toPlainText().split()) for field in self.words]
        title = self.title.text().strip() == self.file.wording.title
        return not title or now[: len(was)] != was or any(now[len(was) :])

    # ---- doing
    def save(self) -> None:
        """Use these words from now on. Letters that went keep theirs."""
        from asbdesk.casework.own_letters import keep_letter_file, open_letter_file

        if not self.changed:
            raise UserError("Nothing was worded anew.")
        made = self._made()
        keep_letter_file(self.desk, made)
        self._list(made.wording.id)
        self._show(open_letter_file(self.desk, made.wording.id))
        self.frame_.said.emit("done", f"“{made.wording.name}” reads so from now on.", None)

    def go_back(self) -> None:
        """The shipped words again."""
        from asbdesk.casework.own_letters import shipped_again
        from asbdesk.ui.asking import ask_yes

        assert self.file is not None
        letter, name = self.file.wording.id, self.file.wording.name
        words = f"“{name}” reads as asbdesk brought it. Your own words stay on this laptop, beside it."
        if ask_yes(self, "Go back to the shipped words?", words, "Go back") and shipped_again(self.desk, letter):
            self._list(letter)
            self._open(letter)
            self.frame_.said.emit("done", f"“{name}” reads as it was shipped.", None)

    def _may_go(self) -> bool:
        from asbdesk.ui.asking import ask_yes

        self.title.flush()
        for field in self.words:
            field.flush()
        return not (self.may and self.changed) or ask_yes(self, "Leave without keeping it?", LOST, "Leave it")

    def leave(self) -> None:
        if self._may_go():
            self.left.emit()


def _shipped(letter: str) -> bool:
    from asbdesk.paths import resources

    return (resources() / "letters" / f"{letter}.yaml").exists()


def _is_ours(desk: Desk, file: LetterFile) -> bool:
    from asbdesk.casework.own_letters import letters

    return any(each.own for each in letters(desk) if each.id == file.wording.id)


# ---- beside it
def _side() -> tuple[QWidget, QVBoxLayout]:
    box = column(gap=14)
    return holder(box), box


def _read(box: QVBoxLayout, made: LetterFile, today: str) -> None:
    """The letter with examples filled in, long sentences, and what can be filled in."""
    from asbdesk.letters.editing import example, what_is
    from asbdesk.letters.facts import FACTS
    from asbdesk.letters.fill import fill

    empty(box)
    text = fill(made.wording, example(made.wording, today), {})
    long = [s for part in text.parts for s in part.plain.split(". ") if len(s.split()) > LONGEST]
    if long:
        said = [f"{len(each.split())} words: “{each[:80]}…”" for each in long]
        box.addWidget(_listed("Long sentences: two short ones are easier to read", said))
    lines = [Text(part.plain, "body") for part in text.parts]
    head = (Heading(text.title), Text(text.dear, "body"))
    paper = Card(*head, *lines, Text(text.sign, "strong"), gap=10, margins=(20, 16, 20, 18))
    paper.setAccessibleName("The letter as it reads, with examples filled in")
    box.addWidget(Muted("As it reads, with examples filled in."))
    box.addWidget(paper)
    own = [ask.id for ask in made.wording.asks if ask.kind != "list"]
    plain = [name for name, known in FACTS.items() if known.sort in ("words", "day") and name not in own]
    known = [f"{{{name}}}: {what_is(name, made.wording)}" for name in (*own, *plain)]
    box.addWidget(_listed("What can be filled in", known, kind="soft"))
    box.addStretch(1)


def _say(box: QVBoxLayout, title: str, said: list[str]) -> None:
    from asbdesk.ui.widgets.announce import announce

    empty(box)
    box.addWidget(made := _listed(title, said, kind="rule"))
    box.addStretch(1)
    announce(made, f"{title}. {' '.join(said)}")


def _listed(title: str, said: list[str], kind: str = "ask") -> Card:
    return Card(column(Heading(title, 3), *(Text(each, "body") for each in said), gap=6), kind=kind)


def _plain(problem: str, file: LetterFile | None) -> str:
    """A fault without the line of the file: here nobody sees lines."""
    import re

    name = re.escape(file.name) if file else ""
    return re.sub(rf"{name}, line \d+: (\w)", lambda found: found[1].upper(), problem)


def open_own_letters(frame: Frame) -> OwnLettersPage:
    """The page over the window."""
    page = OwnLettersPage(frame)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page


__all__ = ["OwnLettersPage", "open_own_letters"]
