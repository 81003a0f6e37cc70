"""The first look at a report: what it points to and why, how soon, and what kind of matter the officer says it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from asbdesk.casework.first_look import FORM, Looked
from asbdesk.forms.score import in_words, score
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.form_page import FormPage
from asbdesk.ui.widgets.layout import Card, column, holder, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text


class FirstLookPage(FormPage):
    """The first look at the newest report of a case."""

    def __init__(self, frame: Frame, looked: Looked) -> None:
        self.looked = looked
        self.level = Text("", "strong")
        facts = dict.fromkeys(looked.flags, "yes")
        words = f"{looked.reference}. It decides what we do first; the risk assessment comes with the visit."
        super().__init__(
            frame, looked.case, FORM, words, "Save the first look", facts=facts, side=self._side(), needs=("outcome",)
        )

    def _side(self) -> QWidget:
        said = Text(looked) if (looked := self.looked.words) else Muted("Nothing was written down in words.")
        lines = [
            row(
                Icon("arrow-right", "accent", 18),
                (holder(column(Text(p.title, "strong"), Muted(p.why[:1].upper() + p.why[1:]), gap=2)), 1),
            )
            for p in self.looked.pointers
        ]
        none = [] if lines else [Muted("Nothing that was ticked points one way. You decide.")]
        card = Card(
            Heading("What they told us", 3),
            said,
            8,
            Heading("What it points to", 3),
            *lines,
            *none,
            8,
            Heading("What it weighs", 3),
            self.level,
            gap=8,
        )
        return holder(column(card, None))

    def draw(self) -> None:
        super().draw()
        self.level.setText(in_words(score(self.form_, self.values, self.looked.flags)))

    def save(self, answers: Mapping[str, Any]) -> None:
        from asbdesk.casework.first_look import take

        ends = self.run or None
        done = self.frame_.desk.do(take, self.case, self.looked.report, self.form_, answers, ends_run=ends)
        self.left.emit()
        self.frame_.say_done("The first look is written down.", done)


def open_first_look(frame: Frame, case: str) -> bool:
    """The page over the window, where a report of this case was not looked at yet; False where none waits."""
    from asbdesk.casework.first_look import to_look_at

    looked = frame.desk.read(to_look_at, case)
    if looked is None:
        return False
    page = FirstLookPage(frame, looked)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return True
