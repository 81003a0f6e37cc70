"""The plan editor: our steps, your steps, others'; what we cannot do; when we speak; all in the words of the paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from asbdesk.casework.languages import languages
from asbdesk.casework.visit_views import PlanDraft, PlanStep, Suggestion
from asbdesk.ui.screens.visit.context import Visit
from asbdesk.ui.screens.visit.plan_form import FormSection
from asbdesk.ui.screens.visit.plan_marks import Mark, step_marks, text_marks
from asbdesk.ui.screens.visit.plan_speak import MaySection, SpeakSection, with_fields
from asbdesk.ui.screens.visit.plan_steps import CANNOT, OTHERS, OURS, YOURS, StepSection
from asbdesk.ui.widgets.fields import Words
from asbdesk.ui.widgets.layout import Card, column
from asbdesk.ui.widgets.text import Heading, Muted

OWNERS = {"ours": "landlord", "yours": "resident", "others": "agency", "cannot": ""}


class LinesSection(Card):
    """A part of the plan in words, one line each. `changed(dict)`."""

    changed = Signal(object)

    def __init__(self, field: str, title: str, sentence: str, lines: Sequence[str]) -> None:
        self.field = field
        self.words = Words("\n".join(lines), name=title, lines=2)
        self.words.said.connect(self._said)
        self.mark = Mark()
        head = column(Heading(title, 2), Muted(sentence), gap=2)
        super().__init__(head, self.words, self.mark, kind="inner", gap=12, margins=(20, 16, 20, 16))

    def _said(self, text: str) -> None:
        self.changed.emit({self.field: tuple(line.strip() for line in text.splitlines() if line.strip())})

    def flush(self) -> None:
        self.words.flush()


class PlanPanel(QWidget):
    """Draws `path.plan` and saves each change at once."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit
        plan = visit.path.plan
        told = "We wrote this in your words as far as we could. Tell us if we got something wrong."
        self.told = LinesSection("told_us", "What you told us", told, plan.told_us)
        honest = "We may not be able to do all of this. We will be honest with you about what we can do."
        self.wants = LinesSection("wants", "What you want to happen", honest, plan.wants)
        self.help = LinesSection("help", "Help for you", "You can say yes or no to any of this.", plan.help)
        self.steps = {kind.key: StepSection(kind, visit.today) for kind in (OURS, YOURS, OTHERS, CANNOT)}
        self.speak, self.may = SpeakSection(visit.today, plan), MaySection()
        self.form = FormSection(languages(visit.path.desk), visit.path.form())
        order = (self.told, self.wants, self.steps["ours"], self.speak, self.steps["yours"], self.steps["others"])
        self.setLayout(column(*order, self.steps["cannot"], self.help, self.may, self.form, gap=16))
        for section in (self.told, self.wants, self.help, self.speak, self.may, self.form):
            section.changed.connect(self._put)
        for key, steps in self.steps.items():
            steps.changed.connect(lambda value, key=key: self._put({key: value}))
        self.refresh()

    def refresh(self) -> None:
        """Show the plan as the path has it now, with what may not be printed marked in place."""
        with self.visit.path.desk.one_look():
            self._refresh()

    def _refresh(self) -> None:
        path, mine = self.visit.path, self.visit.mine
        plan, offers, problems = path.plan, path.suggestions(), path.problems()
        wrong = step_marks(problems)
        for key, section in self.steps.items():
            steps: tuple[PlanStep, ...] = getattr(plan, key)
            section.show_steps(steps, offered(offers, OWNERS[key]), wrong.get(key, {}), mine)
        for text in (self.told, self.wants, self.help):
            text.mark.show_words(text_marks(problems).get(text.field, ""), mine)
        self.speak.show_plan(plan)
        self.may.show_plan(plan)
        self.form.show_words(path.form().language, path.to_put())

    def _put(self, fields: dict[str, object]) -> None:
        plan: PlanDraft = with_fields(self.visit.path.plan, fields)
        if self.visit.tried(lambda: self.visit.path.set_plan(plan)):
            self.refresh()
            self.visit.redraw()

    def flush(self) -> None:
        """Save what is being typed, now."""
        for section in (self.told, self.wants, self.help, self.speak, self.form):
            section.flush()


def offered(offers: Sequence[Suggestion], owner: str) -> tuple[Suggestion, ...]:
    return tuple(offer for offer in offers if owner and offer.owner == owner)
