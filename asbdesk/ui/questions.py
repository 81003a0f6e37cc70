"""One question of a form on the screen: its words, its answer, the quiet non-answers, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from asbdesk.casework.words import number
from asbdesk.clock import long_day
from asbdesk.forms.answers import UNANSWERED, is_unanswered, misfit, unanswered
from asbdesk.forms.definition import Question
from asbdesk.ui import theme
from asbdesk.ui.plain_dates import parse_day, parse_time, says_a_time
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.fields import Field, Words
from asbdesk.ui.widgets.layout import column, holder, row
from asbdesk.ui.widgets.text import Icon, Muted, Text
from asbdesk.ui.widgets.tiles import TileGroup

QUIET = ("not_asked", "wont_say", "dont_know")
"""The non-answers an officer may choose; `not_alone` is chosen by who is in the room."""


def quiet_words(question: Question) -> tuple[str, ...]:
    """The four answers are the resident's; an officer's own question may be left, or is not known.

    A question of the face `desk` is part of paperwork: it is answered or left, with nothing beside.
    """
    if question.face == "desk":
        return ()
    if question.face != "mine":
        return QUIET
    return ("dont_know",) if question.options else ()


def only_you(many: int) -> str:
    """What stands above the first of so many questions of the officer's own, one after another."""
    if many == 1:
        return "Only for you"
    return f"This and the next {number(many - 1, 'question')} are only for you"


class QuestionView(QWidget):
    """One question. `answered(id, value)`; value None takes the answer away. `day` is today, for "tomorrow"."""

    answered = Signal(str, object)

    def __init__(self, question: Question, day: str, *, value: object = None, earlier: str = "") -> None:
        super().__init__()
        self.question, self.day = question, day
        self.setObjectName(f"question-{question.id}")
        self.setAccessibleName(question.text)
        self._heading = Text(question.text, "question")
        self._whose: Text | None = None
        """Says that the question is the officer's own, where it is."""
        self._earlier = holder(row(Icon("history", "amber", 16), (Text(earlier, "small", tone="amber"), 1), gap=6))
        if not earlier or value is None:
            self._earlier.hide()  # never shown by hand: without a parent it would open a window of its own
        self.wrong = ""
        """Why what is typed here cannot be read; empty where it can, or nothing is typed."""
        self._problem = Text("", "small", tone="red")
        self._problem.hide()
        self._reads = Muted("", small=True)
        self._reads.hide()
        self._answer = self._make_answer()
        words = [(word, UNANSWERED[word]) for word in quiet_words(question)]
        self._none = TileGroup(words, name=f"{question.text}: no answer", columns=3, quiet=True)
        self._none.chosen.connect(self._chose_none)
        self._lay_out()
        self.show_value(value, earlier=bool(earlier))

    def say_whose(self, words: str) -> None:
        """Above a question of the officer's own: that it is; nothing where the one before says it."""
        if self._whose is not None:
            self._whose.setText(words)
            self._mine.setVisible(bool(words))

    def _lay_out(self) -> None:
        asked = self.question
        box = column(self._heading, gap=8)
        if asked.face == "mine":
            self._whose = Text(only_you(1), "small", tone="amber")
            self._mine = holder(row(Icon("lock-keyhole", "amber", 14), (self._whose, 1), gap=6))
            box.insertWidget(0, self._mine)
        if asked.aloud:
            box.addLayout(row(Icon("volume-2", "accent", 18), (Text(asked.aloud, "aloud"), 1)))
        if asked.help:
            box.addWidget(Muted(asked.help))
        for part in (self._earlier, self._answer, self._reads, self._problem, self._none):
            box.addWidget(part)
        if not self._none.tiles:
            self._none.hide()
        self.setLayout(box)

    # ---- the answer by kind
    def _make_answer(self) -> QWidget:
        kind = self.question.kind
        if kind in ("single", "multi", "yes_no"):
            return self._tiles()
        if kind == "scale":
            return self._scale()
        if kind == "long_text" or (kind == "text" and self.question.rows > 1):
            words = Words(name=self.question.text, lines=max(2, self.question.rows))
            words.said.connect(self._typed)
            return words
        day = "yesterday, last Friday, 3/11" if self.question.looks_back else "tomorrow, Fri 27 Nov, 27/11"
        hints = {"date": f"For example: {day}", "time": "For example: 14:30, 2.30pm"}
        field = Field(name=self.question.text, hint=hints.get(kind, ""), limit=400)
        field.said.connect(self._typed)
        if kind in ("number", "date", "time"):
            field.setMaximumWidth(theme.current().px(420))
        return field

    def _tiles(self) -> TileGroup:
        options = self.question.options
        longest = max((len(o.label) for o in options), default=0)
        columns = 1 if longest > 60 else 2 if len(options) > 3 or longest > 24 else len(options) or 1
        group = TileGroup(
            [(o.value, o.label) for o in options],
            name=self.question.text,
            many=self.question.kind == "multi",
            columns=columns,
            exclusive=[o.value for o in options if o.exclusive],
        )
        group.chosen.connect(self._chose)
        return group

    def _scale(self) -> TileGroup:
        low, high = self.question.min or 0, self.question.max if self.question.max is not None else 10
        ends = {low: self.question.min_label, high: self.question.max_label}
        labels = [(str(n), f"{n}  {ends[n]}" if ends.get(n) else str(n)) for n in range(low, high + 1)]
        group = TileGroup(labels, name=self.question.text, columns=min(6, len(labels)), small=True)
        group.chosen.connect(lambda value: self._chose(int(value)))
        return group

    # ---- what the officer does
    def _chose(self, value: object) -> None:
        self._none.set_value(None)
        self._tell(value if value != [] else None)

    def _chose_none(self, word: object) -> None:
        self._fill(None)
        self._tell(unanswered(str(word)))

    def _typed(self, text: str) -> None:
        value, problem = self._read(text)
        self.wrong = problem
        self._say(problem)
        if problem:
            self._reads.hide()
            return
        if value is not None:
            self._none.set_value(None)
        self._reads.setText(_understood(str(value), text) if self.question.kind == "date" and value else "")
        self._reads.setVisible(bool(self._reads.text()))
        self._tell(value)

    def _read(self, text: str) -> tuple[str | int | None, str]:
        """The value that the words mean, and what is wrong when they mean none."""
        text = text.strip() if self.question.kind != "long_text" else text
        if not text.strip():
            return None, ""
        read: dict[str, Callable[[str], str | int | None]] = {
            "date": lambda t: parse_day(t, self.day, past=self.question.looks_back),
            "time": parse_time,
            "number": lambda t: int(t) if t.isascii() and t.isdigit() and len(t) < 10 else None,
        }
        value = read[self.question.kind](text) if self.question.kind in read else text
        wrong = {
            "date": "This is not a date yet. Write it like 27/11, Fri 27 Nov or tomorrow.",
            "time": "This is not a time yet. Write it like 14:30 or 2.30pm.",
            "number": "Write a whole number, such as 3.",
        }
        if value is None:
            return None, wrong[self.question.kind]
        return value, misfit(self.question, value)

    def _tell(self, value: object) -> None:
        self._earlier.hide()
        self._say("")
        self.answered.emit(self.question.id, value)

    def _say(self, problem: str) -> None:
        fresh = problem and problem != self._problem.text()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if isinstance(self._answer, Field):
            self._answer.set_wrong(bool(problem))
        if fresh:
            announce(self._problem, problem)

    # ---- from outside
    def show_value(self, value: object, *, earlier: bool = False) -> None:
        """Show `value` without announcing it."""
        self.wrong = ""
        word = value.get("unanswered") if isinstance(value, dict) else None
        self._none.set_value(word, earlier=earlier)
        self._fill(None if is_unanswered(value) else value, earlier=earlier)

    def _fill(self, value: object, *, earlier: bool = False) -> None:
        if isinstance(self._answer, TileGroup):
            shown = str(value) if self.question.kind == "scale" and value is not None else value
            self._answer.set_value(shown, earlier=earlier)
        elif isinstance(self._answer, Field | Words):
            text = (
                long_day(str(value))
                if self.question.kind == "date" and value
                else str(value if value is not None else "")
            )
            self._answer.set_quietly(text)
            self._reads.hide()

    def say_missing(self, sentence: str = "This is still needed.") -> None:
        """Mark and announce that an answer is needed here; what is wrong with the one that is typed says more."""
        self._say(self._problem.text() or sentence)

    def flush(self) -> None:
        """Save what is being typed, now."""
        if isinstance(self._answer, Field | Words):
            self._answer.flush()

    def take_focus(self) -> None:
        if isinstance(self._answer, TileGroup):
            self._answer.take_focus()
        else:
            self._answer.setFocus()


def _understood(day: str, typed: str) -> str:
    """How a typed day is read, and that a time typed with it is not kept."""
    return f"{long_day(day)}. Only the day is kept here." if says_a_time(typed) else long_day(day)
