"""Writing a letter: its few questions, the words as they will be read beside them, and what stands in its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.forms.definition import Option, Question
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.over import KeptPage
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.layout import Card, column, redrawn
from asbdesk.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from asbdesk.casework.letters import LetterDraft, LetterLook, LetterSent
    from asbdesk.letters.wording import Ask, Facts

ADDRESS, LARGE, WHY, BY = "_address", "_large", "_why", "_by"
"""Questions that every letter asks, beside its own."""
YES_NO = (Option("no", "No"), Option("yes", "Yes"))


@dataclass(frozen=True)
class Start:
    """What a letter begins with: facts of a form that is not saved yet, and what is done in the same breath."""

    given: Facts = field(default_factory=dict)
    first: Callable[[], object] | None = None
    without: str = ""
    """What the button says that does it without a letter."""


class LetterPage(KeptPage):
    """One letter to one person. What is typed is kept; `finish` locks it and keeps it as sent."""

    def __init__(self, frame: Frame, case: str, letter: str, person: str, start: Start | None = None) -> None:
        self.letter, self.person, self.start = letter, person, start or Start()
        self.side = LetterSide(self.show_paper)
        run_as = f"letter:{letter}:{person}"
        super().__init__(frame, "", "", "Lock it and keep it as sent", run_as=run_as, case=case, side=self.side)
        self._seen: LetterLook | None = None
        seen = self._seen = self._looked(frame)
        self.title.setText(seen.wording.name)
        self.under.setText(f"To {seen.paper.text.dear.removeprefix('Dear ')}. Nothing leaves before you lock it.")
        if self.start.without:
            self.beside.say(self.start.without)
        self.beside.setVisible(bool(self.start.without or self.run))
        self._begin(seen)
        self._side_soon = QTimer(self)
        self._side_soon.setSingleShot(True)
        self._side_soon.timeout.connect(self._show_side)
        self._ask()
        self._side_soon.start(0)  # a moment after the questions: both at once would hold the window up

    def _show_side(self) -> None:
        if self._seen is not None:
            self.side.show_look(self._seen)

    # ---- what is asked
    def _begin(self, seen: LetterLook) -> None:
        """What the case knows stands there, to be changed."""
        for ask in seen.wording.asks:
            known = seen.facts.get(ask.id, "")
            if known:
                self.values.setdefault(ask.id, known if isinstance(known, str) else "\n".join(known))
        self.values.setdefault(ADDRESS, "\n".join(seen.paper.address))

    def draft(self) -> LetterDraft:
        """The letter as it stands on the screen."""
        from asbdesk.casework.letters import LetterDraft
        from asbdesk.casework.release import Override

        told = {name: value for name, value in self.values.items() if not name.startswith("_")}
        address: tuple[str, ...] | None = None
        if ADDRESS in self.values:
            address = tuple(line.strip() for line in str(self.values[ADDRESS] or "").splitlines() if line.strip())
        why = Override(str(self.values.get(WHY) or ""), str(self.values.get(BY) or ""))
        large = self.values.get(LARGE) == "yes"
        return LetterDraft(self.case, self.letter, self.person, told, address, large, why)

    def _looked(self, frame: Frame) -> LetterLook:
        from asbdesk.casework.letters import look

        return look(frame.desk.desk, self.draft(), self.start.given, self._seen)

    def draw(self) -> None:
        """Ask what is open now, and show how the letter stands."""
        self._side_soon.stop()
        self.side.show_look(self._ask())

    def _ask(self) -> LetterLook:
        seen = self._seen = self._looked(self.frame_)
        self.form.show_questions((*map(_question, seen.asks), *_always(seen)), self.values)
        return seen

    def answered(self, question: str, value: object) -> None:
        self.keep(question, value if value is not None else "")
        self.draw()

    def throw_away(self) -> None:
        from asbdesk.ui.asking import ask_yes

        if self.start.without and self.start.first is not None:
            words = (
                "They are owed it in writing, with the reasons. It stays due until somebody says that they were told."
            )
            if ask_yes(self, f"{self.start.without}?", words, self.start.without):
                self.start.first()
                self._over(self.start.without + ": done.")
            return
        if ask_yes(self, "Throw this letter away?", "What was typed here is lost.", "Throw away"):
            self.throw_away_quietly()

    def throw_away_quietly(self) -> None:
        """Leave, and keep nothing of what was typed."""
        self.end_draft()
        self.left.emit()

    # ---- doing
    def show_paper(self) -> None:
        """The pages as they print, over the window."""
        from asbdesk.casework.letters import preview
        from asbdesk.documents.preview import flattened
        from asbdesk.ui.screens.case.paper import show_paper

        self.form.flush()
        desk, draft = self.frame_.desk, self.draft()
        made = partial(preview, desk.desk, draft, self.start.given)
        desk.later(lambda: flattened(made()), lambda pdf: show_paper(self.frame_, pdf, "The letter"), owner=self)

    def finish(self) -> None:
        from asbdesk.casework.letters import send

        if self.form.stops():
            return
        seen = self._looked(self.frame_)
        missing = seen.missing_asks or self._reasons_missing(seen)
        if missing:
            self.form.say_missing(missing)
            return
        self.go.setEnabled(False)
        desk, draft = self.frame_.desk, self.draft()
        made = partial(send, desk.desk, draft, self.start.given, first=self.start.first)
        desk.later(made, self._sent, self._failed, owner=self)

    def _reasons_missing(self, seen: LetterLook) -> list[str]:
        """What must be said first where something stands in the way: asked for at once, on the question itself."""
        asked = {question.id for question in _always(seen)} & {WHY, BY}
        return [id for id in (WHY, BY) if id in asked and not str(self.values.get(id) or "").strip()]

    def _failed(self, problem: Exception) -> None:
        self.go.setEnabled(True)
        self.frame_.desk.errands.tell(problem)

    def _sent(self, sent: LetterSent) -> None:
        words = "The letter is locked and kept. Print or save it, then say how it went."
        self._over(words, sent)

    def _over(self, words: str, sent: LetterSent | None = None) -> None:
        self.end_draft()
        changed = {(f"case/{self.case}", "case")} | (set(sent.done.changed) if sent else set())
        self.frame_.desk.changed.emit(frozenset(changed))
        self.left.emit()
        self.frame_.open_case(self.case, "letters")
        if sent is not None and self.start.first is None:
            self.frame_.say_done(words, sent.done)
        else:
            self.frame_.said.emit("done", words, None)


def _question(ask: Ask) -> Question:
    kind = "long_text" if ask.kind == "list" else ask.kind
    options = tuple(Option(value, label) for value, label in ask.options)
    rows = 3 if kind == "long_text" else 1
    told = {"help": ask.help, "options": options, "required": ask.required, "rows": rows, "face": "desk"}
    return Question(ask.id, kind, ask.text, **told)  # type: ignore[arg-type]  # each of its own kind


def _always(seen: LetterLook) -> list[Question]:
    """The envelope, the size of the print; and where something stands in the way that a reason clears, the reason."""
    envelope = "One line each. Leave it empty for a letter that is handed over."
    asked = [
        Question(ADDRESS, "long_text", "What stands on the envelope?", help=envelope, rows=4, face="desk"),
        Question(LARGE, "yes_no", "In large print?", options=YES_NO, face="desk"),
    ]
    if seen.obstacles and not any(each.final for each in seen.obstacles):
        words = "Only if it must go as it is. It is kept with the letter, and stands in the chronology."
        asked.append(Question(WHY, "long_text", "Why does it go all the same?", help=words, rows=2, face="desk"))
        if any(each.manager for each in seen.obstacles):
            asked.append(Question(BY, "text", "Which manager agreed?", face="desk"))
    return asked


class LetterSide(QWidget):
    """What stands in the way, words to look at again, and the letter as it reads."""

    def __init__(self, look: Callable[[], object]) -> None:
        super().__init__()
        self._look = look
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.current().gap(14))

    def show_look(self, seen: LetterLook) -> None:
        """Draw it anew."""
        with redrawn(self._box):
            if seen.obstacles:
                said = [f"{o.place}: “{o.words}”. {o.why} {o.instead}" for o in seen.obstacles]
                self._box.addWidget(_listed("This stops it", said, "rule"))
            if seen.marks:
                said = [f"{m.place}: “{m.words}”. {m.why} {m.instead}" for m in seen.marks]
                self._box.addWidget(_listed("Look at these words again", said, "ask"))
            gaps = [name for name in seen.missing if name not in {ask.text for ask in seen.asks}]
            if gaps:
                self._box.addWidget(_listed("Not known yet", gaps, "soft"))
            text = seen.paper.text
            lines = [Text(part.plain, "body") for part in text.parts]
            head = (Heading(text.title), Text(text.dear, "body"))
            card = Card(*head, *lines, Text(text.sign, "strong"), gap=10, margins=(20, 16, 20, 18))
            card.setAccessibleName("The letter as it reads")
            self._box.addWidget(Button("Look at it as it prints", icon="eye", on=self._look))
            self._box.addWidget(card)


def _listed(title: str, said: list[str], kind: str) -> Card:
    card = Card(column(Heading(title, 3), *(Text(each, "body") for each in said), gap=6), kind=kind)
    card.setAccessibleName(f"{title}. {' '.join(said)}")
    return card


def open_letter(frame: Frame, case: str, letter: str, person: str, start: Start | None = None) -> LetterPage:
    """The page of one letter to one person, over the window."""
    page = LetterPage(frame, case, letter, person, start)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page


def closing_letter(frame: Frame, case: str, answers: Mapping[str, object], close: Callable[[], object]) -> None:
    """The letter that a case closes with (PRACTICE.md 20): filled from the closing form, `close` done with it. Where
    nobody is there to write to, the case closes at once."""
    from asbdesk.casework.letter_facts import from_closing_form
    from asbdesk.casework.people import reporter_of

    def id_of(session: object) -> str:
        found = reporter_of(session, case)  # type: ignore[arg-type]  # the desk's own session
        return found.id if found is not None else ""

    person = frame.desk.read(id_of)
    if not person:
        close()
        return
    start = Start(from_closing_form(answers, frame.desk.today), close, "Close without a letter")
    open_letter(frame, case, "closing", person, start)
