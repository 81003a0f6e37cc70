"""The parts of taking on a list: which column says what, and what looking through it found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from asbdesk.forms.definition import Option, Question
from asbdesk.ui.form_view import FormView
from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.fields import Choice, Labelled
from asbdesk.ui.widgets.layout import Card, row
from asbdesk.ui.widgets.text import Heading, Muted, Text

if TYPE_CHECKING:
    from asbdesk.exchange.spreadsheet import CaseList, DryRun
    from asbdesk.exchange.three_facts import Asked

NOT_THERE = "-1"
_YES = (Option("yes", "Yes"), Option("no", "No"))
THREE = (
    Question("children", "yes_no", "Are there children?", options=_YES, required=True, face="desk"),
    Question("harm", "yes_no", "Violence, threats or hate?", options=_YES, required=True, face="desk"),
    Question("spoke", "date", "When was somebody last spoken to?", required=True, face="desk"),
    Question("never", "multi", "", options=(Option("never", "Never, or nobody can say"),), face="desk"),
)
"""What decides how soon a case without a level is looked at."""
MOST_LINES = 60
"""Faults or cases shown on the page; the rest are counted."""


class ColumnsCard(Card):
    """Each thing a list may say, the column it is in, and what the first three rows say there."""

    changed = Signal()

    def __init__(self, found: CaseList) -> None:
        from asbdesk.exchange.columns import FIELDS, letters

        self.found = found
        names = found.heads.names
        options = [(NOT_THERE, "Not in this list")]
        options += [
            (str(at), name if name.startswith("Column ") else f"{letters(at)}: {name}") for at, name in enumerate(names)
        ]
        self.choices: dict[str, Choice] = {}
        self._shown: dict[str, Labelled] = {}
        for field in FIELDS:
            at = str(found.mapping.get(field.id, NOT_THERE))
            choice = Choice([(value, words[:60]) for value, words in options], name=field.title, value=at)
            choice.chosen.connect(lambda _, id=field.id: self._chosen(id))
            self.choices[field.id] = choice
            self._shown[field.id] = Labelled(field.title, choice, help=self._samples(int(at)))
        words = "This is a guess from the heads. Put right what is wrong: the first three rows are shown."
        notes = [Text(note, tone="amber") for note in found.notes]
        super().__init__(Heading("Which column says what?"), Muted(words), *notes, *self._shown.values(), gap=14)

    def _samples(self, at: int) -> str:
        told = [each if len(each) < 40 else f"{each[:38]}…" for each in self.found.samples(at)] if at >= 0 else []
        return " · ".join(each or "(empty)" for each in told) or "Nothing is read."

    def _chosen(self, field: str) -> None:
        label = self._shown[field]
        label.help.setText(self._samples(int(self.choices[field].value())))
        self.changed.emit()

    def mapping(self) -> dict[str, int]:
        """Field → column, as chosen."""
        told = {field: int(choice.value()) for field, choice in self.choices.items()}
        return {field: at for field, at in told.items() if at >= 0}


class FoundCard(Card):
    """What looking through the list found, row by row. Nothing is written yet."""

    def __init__(self, dry: DryRun) -> None:
        wrong = [Text(fault.line) for fault in dry.faults[:MOST_LINES]]
        if len(dry.faults) > MOST_LINES:
            wrong.append(Muted(f"And {len(dry.faults) - MOST_LINES} more."))
        good = [Text(f"Row {number}: {case.name}, {case.level}") for number, case in dry.good[:MOST_LINES]]
        if len(dry.good) > MOST_LINES:
            good.append(Muted(f"And {len(dry.good) - MOST_LINES} more."))
        notes = [Text(note, tone="amber") for note in dry.notes]
        first = [Heading("What is wrong, and how to mend it", 3), *wrong] if wrong else []
        then = [Heading("What would be made", 3), *good] if good else []
        words = (
            "Each case begins today. Its old days are kept as history and owe nothing. It owes one check, and no "
            "officer gets more than five of those on one day."
        )
        super().__init__(Heading(dry.words), Muted(words), *notes, *first, *then, gap=8)


class ListCard(Card):
    """In Settings: the way to take a list on."""

    def __init__(self, frame: Frame) -> None:
        self.frame_ = frame
        words = Muted("A spreadsheet of cases that began elsewhere. You see what would be made before anything is.")
        self.open_ = Button("Take on a list of cases", icon="download", on=self._open)
        super().__init__(Heading("Cases from a list"), words, row(self.open_, None), gap=10)

    def _open(self) -> None:
        from asbdesk.ui.screens.take_on import open_take_on

        open_take_on(self.frame_)


class FactsCard(Card):
    """Three facts of one case after another. `done` when all are said, `kept(row, fact, value)` with each answer."""

    done = Signal()
    kept = Signal(int, str, str)

    def __init__(self, asked: Sequence[Asked], answers: dict[int, dict[str, str]], today: str) -> None:
        self.asked, self.answers, self.today = asked, answers, today
        self.at = next((n for n, one in enumerate(asked) if not self._full(one.row)), len(asked) - 1)
        self.title, self.who = Heading(""), Text("", "body")
        self.form = FormView(today)
        self.form.answered.connect(self._answered)
        self.before = Button("The one before", icon="chevron-left", on=lambda: self.show_case(self.at - 1))
        self.next = PrimaryButton("The next case", on=self._next)
        foot = row(self.before, None, self.next, gap=10)
        super().__init__(self.title, self.who, self.form, foot, gap=14)
        self.show_case(self.at)

    def _full(self, row_: int) -> bool:
        return all(self.answers.get(row_, {}).get(fact) for fact in ("children", "harm", "spoke"))

    def show_case(self, at: int) -> None:
        """Ask about one case."""
        self.at = max(0, min(at, len(self.asked) - 1))
        one = self.asked[self.at]
        self.title.setText(f"Case {self.at + 1} of {len(self.asked)}")
        self.who.setText("\n".join(one.words))
        told = self.answers.get(one.row, {})
        self.form.show_questions(THREE, {k: v for k, v in told.items() if k != "spoke" or v != "never"})
        self.before.setEnabled(self.at > 0)
        self.next.setText("Look through it" if self.at == len(self.asked) - 1 else "The next case")

    def _answered(self, question: str, value: object) -> None:
        words = str(value or "")
        told = self.answers.setdefault(self.asked[self.at].row, {})
        fact, words = ("spoke", "never") if question == "never" and value else (question, words)
        told[fact] = words
        self.kept.emit(self.asked[self.at].row, fact, words)

    def _next(self) -> None:
        self.form.flush()
        told = self.answers.get(self.asked[self.at].row, {})
        missing = [fact for fact in ("children", "harm", "spoke") if not told.get(fact)]
        if missing:
            self.form.say_missing(missing)
        elif self.at < len(self.asked) - 1:
            self.show_case(self.at + 1)
        else:
            self.done.emit()
