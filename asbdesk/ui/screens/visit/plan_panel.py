"""The plan editor: our steps, your steps, others'; what we cannot do; when we speak; all in the words of the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from asbdesk.casework.languages import languages
from asbdesk.casework.visit_views import PlanDraft, PlanStep, Suggestion
from asbdesk.ui.screens.visit.context import Visit
from asbdesk.ui.screens.visit.plan_form import FormSection
from asbdesk.ui.screens.visit.plan_marks import Mark, step_marks, text_marks
from asbdesk.ui.screens.visit.plan_speak import MaySection, SpeakSection, with_fields
from asbdesk.ui.screens.visit.plan_steps import CANNOT, OTHERS, OURS, YOURS, Kind, StepSection
from asbdesk.ui.widgets.fields import Words
from asbdesk.ui.widgets.layout import Card, column
from asbdesk.ui.widgets.slices import Slices, put
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


class Known(NamedTuple):
    """The plan as it stands, what is offered for it, and what stands in its way."""

    plan: PlanDraft
    offers: tuple[Suggestion, ...]
    problems: tuple[str, ...]

    @classmethod
    def read(cls, visit: Visit) -> Known:
        return cls(visit.path.plan, visit.path.suggestions(), visit.path.problems())


class PlanPanel(QWidget):
    """Draws `path.plan` and saves each change at once."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit
        self.lines: dict[str, LinesSection] = {}
        self.steps: dict[str, StepSection] = {}
        self.speak: SpeakSection | None = None
        self.may: MaySection | None = None
        self.form: FormSection | None = None
        self._box = column(gap=16)
        self.setLayout(self._box)
        self._known = Known.read(visit)
        self.slices = Slices(self)
        self.slices.begin(self._sections(), 0)

    def _sections(self) -> Iterator[Callable[[], object]]:
        """In the order of the paper, each when its turn comes: all at once would hold the window up."""
        told = "We wrote this in your words as far as we could. Tell us if we got something wrong."
        yield partial(self._text, "told_us", "What you told us", told)
        honest = "We may not be able to do all of this. We will be honest with you about what we can do."
        yield partial(self._text, "wants", "What you want to happen", honest)
        yield partial(self._steps, OURS)
        yield self._speaks
        yield from (partial(self._steps, kind) for kind in (YOURS, OTHERS, CANNOT))
        yield partial(self._text, "help", "Help for you", "You can say yes or no to any of this.")
        yield self._may_talk
        yield self._printed

    def _text(self, field: str, title: str, sentence: str) -> None:
        section = self.lines[field] = LinesSection(field, title, sentence, getattr(self._known.plan, field))
        section.changed.connect(self._put)
        self._mark(section)
        put(self._box, section)

    def _steps(self, kind: Kind) -> None:
        section = self.steps[kind.key] = StepSection(kind, self.visit.today)
        section.changed.connect(lambda value: self._put({kind.key: value}))
        self._show_steps(kind.key)
        put(self._box, section)

    def _speaks(self) -> None:
        self.speak = SpeakSection(self.visit.today, self._known.plan)
        self.speak.changed.connect(self._put)
        put(self._box, self.speak)

    def _may_talk(self) -> None:
        self.may = MaySection()
        self.may.changed.connect(self._put)
        self._box.addWidget(self.may)
        self.may.show_plan(self._known.plan)  # it shows itself where anybody was asked about

    def _printed(self) -> None:
        path = self.visit.path
        self.form = FormSection(languages(path.desk), path.form())
        self.form.changed.connect(self._put)
        self.form.show_words(path.form().language, path.to_put())
        put(self._box, self.form)

    def whole(self) -> None:
        """Draw what is still to come, now."""
        self.slices.rest()

    def refresh(self) -> None:
        """Show the plan as the path has it now, with what may not be printed marked in place."""
        with self.visit.path.desk.one_look():
            self._refresh()

    def _refresh(self) -> None:
        self._known = Known.read(self.visit)
        for key in self.steps:
            self._show_steps(key)
        for text in self.lines.values():
            self._mark(text)
        for section in (self.speak, self.may):
            if section is not None:
                section.show_plan(self._known.plan)
        if self.form is not None:
            self.form.show_words(self.visit.path.form().language, self.visit.path.to_put())

    def _show_steps(self, key: str) -> None:
        steps: tuple[PlanStep, ...] = getattr(self._known.plan, key)
        wrong = step_marks(self._known.problems).get(key, {})
        self.steps[key].show_steps(steps, offered(self._known.offers, OWNERS[key]), wrong, self.visit.mine)

    def _mark(self, text: LinesSection) -> None:
        text.mark.show_words(text_marks(self._known.problems).get(text.field, ""), self.visit.mine)

    def _put(self, fields: dict[str, object]) -> None:
        plan: PlanDraft = with_fields(self.visit.path.plan, fields)
        if self.visit.tried(lambda: self.visit.path.set_plan(plan)):
            self.refresh()
            self.visit.redraw()

    def flush(self) -> None:
        """Save what is being typed, now."""
        for section in (*self.lines.values(), self.speak, self.form):
            if section is not None:
                section.flush()


def offered(offers: Sequence[Suggestion], owner: str) -> tuple[Suggestion, ...]:
    return tuple(offer for offer in offers if owner and offer.owner == owner)
