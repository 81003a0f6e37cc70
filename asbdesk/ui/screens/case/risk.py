"""Risk assessments of a case, the one that counts first, each with the words that were asked."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from asbdesk.casework.abuse_form import TRIGGER
from asbdesk.casework.views import AssessmentView
from asbdesk.ui import theme
from asbdesk.ui.screens.case.adding import open_add
from asbdesk.ui.screens.case.tab import SeenTab
from asbdesk.ui.widgets.buttons import PrimaryButton, QuietButton
from asbdesk.ui.widgets.layout import GUTTER, TOP, Card, Scroll, column, holder, redrawn, row
from asbdesk.ui.widgets.text import Bubble, Heading, Icon, Muted, Pill, Text

TONES = {"high": "red", "medium": "amber", "standard": "grey"}


class RiskTab(SeenTab):
    name, title = "risk", "Risk"

    def __init__(self, frame: Any, view: Any) -> None:
        super().__init__(frame, view)
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, theme.current().gap(GUTTER), 0)
        self._box.setSpacing(theme.current().gap(12))
        self.setLayout(column((Scroll(holder(self._box)), 1), gap=0))

    def draw(self) -> None:
        """What was assessed; nothing is drawn of a tab that nobody looks at."""
        page = self.page
        if page is None or not self.news(page.line.id, page.line.stream, page.assessments):
            return
        with redrawn(self._box):
            if page.line.stream == "domestic_abuse" and not any(
                a.current and a.trigger == TRIGGER for a in page.assessments
            ):
                self._box.addWidget(self._own_form())
            for assessment in page.assessments:
                self._box.addWidget(AssessmentCard(assessment))
            if not page.assessments and page.line.stream != "domestic_abuse":
                self._box.addWidget(self._none())
            self._box.addStretch(1)

    def _none(self) -> QWidget:
        words = "Nobody has gone through the risk questions here yet. They are part of the visit."
        go = PrimaryButton("Start visit", "clipboard-check", on=lambda: self.frame_.start_visit(self.view.case))
        head = column(Heading("Not assessed yet"), Muted(words), row(go, None), gap=8)
        return Card(row((Bubble("shield-alert", "amber", 46), TOP), (holder(head), 1), gap=14))

    def _own_form(self) -> QWidget:
        words = (
            "The risk matrix is not made for abuse at home. Go through your landlord's own form with them, somewhere "
            "safe, and write here what it came to. Safeguarding is decided the same day."
        )
        act = partial(open_add, self.frame_, self.view.case, "safety", "abuse_form")
        go = PrimaryButton("Write what it came to", "shield-alert", on=act)
        head = column(Heading("Your own form for abuse at home"), Muted(words), row(go, None), gap=8)
        return Card(row((Bubble("shield-alert", "amber", 46), TOP), (holder(head), 1), gap=14))


class AssessmentCard(Card):
    """One assessment; its answers open below it."""

    def __init__(self, view: AssessmentView) -> None:
        super().__init__(gap=10)
        self.assessed = view
        tone = TONES.get(view.band, "grey")
        pills = [Pill(view.band_text, tone), *([] if view.current else [Pill("Replaced by a later one", "grey")])]
        by = Muted("  ·  ".join(part for part in (view.day_text, view.of, view.trigger) if part), small=True)
        words = column(row(*pills, None), Text(view.score_text, "strong"), by, gap=6)
        for floor in view.floors:
            words.addLayout(
                row(Icon("shield-alert", tone, 16), (Text(floor[:1].upper() + floor[1:], "body"), 1), gap=8)
            )
        for label, text in (("Why", view.reason), ("Agreed by", view.approver)):
            if text:
                words.addWidget(Text(f"{label}: {text}", "body"))
        self._answers = self._make_answers()
        self._answers.hide()
        self.toggle = QuietButton(f"Show the {len(view.answers)} answers", "chevron-down", on=self._turn)
        if view.answers:
            words.addLayout(row(self.toggle, None))
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        box.addLayout(row((Bubble("shield-alert", tone), TOP), (holder(words), 1), gap=14))
        box.addWidget(self._answers)

    def _make_answers(self) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().gap(18))
        grid.setVerticalSpacing(theme.current().gap(8))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for at, answer in enumerate(self.assessed.answers):
            grid.addWidget(Text(answer.question, "body"), at, 0, TOP)
            grid.addWidget(Text(answer.answer, "strong"), at, 1, TOP)
        return Card(grid, kind="inner")

    def _turn(self) -> None:
        shown = self._answers.isHidden()
        self._answers.setVisible(shown)
        count = len(self.assessed.answers)
        self.toggle.say("Hide the answers" if shown else f"Show the {count} answers")
