"""The steps of one kind in the plan: as they will be printed, changed in place; suggestions added by one press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from asbdesk.casework.visit_views import PlanStep, Suggestion
from asbdesk.clock import short_day
from asbdesk.ui import theme
from asbdesk.ui.screens.visit.day_field import DayField
from asbdesk.ui.screens.visit.plan_marks import HIDDEN
from asbdesk.ui.widgets.buttons import Button, IconButton, PrimaryButton, QuietButton
from asbdesk.ui.widgets.fields import Field, Labelled, Words
from asbdesk.ui.widgets.layout import TOP, Card, column, empty, holder, line, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text
from asbdesk.ui.widgets.tiles import TileGroup

ABOUT_OTHER = (
    "Agree with you if, when and how we speak to the other household",
    "Speak to the other household in the way we agreed",
    "Decide what we can do next, and tell you by {date}",
)
"""The only forms in which a step about the other person is printed (PRACTICE.md B1)."""


@dataclass(frozen=True)
class Kind:
    """How one kind of step is worded."""

    key: str
    title: str
    sentence: str
    add: str
    what: str
    who: str = "Who"
    by: str = "By when"
    help: str = ""
    other: bool = False
    """Whether steps about the other person may be among them."""


OURS = Kind("ours", "What we will do", "These are our jobs, not yours.", "Add a step of ours", "What will we do?")
OURS = replace(OURS, other=True)
YOURS = Kind(
    "yours", "What you can do, if you want to", "Do these only if it is safe.", "Add a step of yours", "You can …"
)
YOURS = replace(YOURS, who="", by="Until when", help="How will we help?")
OTHERS = Kind(
    "others", "What others will do", "We have asked them.", "Add a step of theirs", "What did they agree to do?"
)
CANNOT = Kind("cannot", "What we cannot do, and why", "We want to be honest.", "Add something", "What can we not do?")
CANNOT = replace(CANNOT, who="", by="", help="Why?")


def when_words(step: PlanStep) -> str:
    """Who and by when, as the row shows it."""
    when = f"by {short_day(step.by)}" if step.by else step.until
    return " · ".join(part for part in (step.who, when) if part)


class Number(QLabel):
    """The step's number in a ring."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        look = theme.current()
        side = look.gap(28)
        self.setFixedSize(side, side)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        ring = f"border: 1px solid {look.tokens['field']}; border-radius: {side // 2}px; font-weight: 600;"
        self.setStyleSheet(f"QLabel {{ {ring} font-size: {look.px(13)}px; }}")


def step_lines(step: PlanStep) -> QVBoxLayout:
    """A step as the resident reads it."""
    lines = [Text(step.what, "strong")]
    lines += [Muted(text) for text in (when_words(step), step.help) if text]
    return column(*lines, gap=2)


class StepForm(Card):
    """One step being written. `kept(PlanStep)` or `dropped`."""

    kept = Signal(object)
    dropped = Signal()

    def __init__(self, kind: Kind, today: str, step: PlanStep) -> None:
        self.kind, self.step = kind, step
        self.what = Words(step.what, name=kind.what, lines=1)
        self.who = Field(step.who, name=kind.who or "Who")
        self.by = DayField(kind.by or "By when", today, step.by)
        self.help = Words(step.help, name=kind.help or "Help", lines=1)
        self.forms = TileGroup(
            [(f, f.replace("{date}", "a day")) for f in ABOUT_OTHER], name="About", columns=1, small=True
        )
        parts: list[QWidget] = [Labelled(kind.what, self.what)]
        parts += [Labelled(kind.who, self.who)] if kind.who else []
        parts += [Labelled(kind.by, self.by)] if kind.by else []
        parts += [Labelled(kind.help, self.help)] if kind.help else []
        self.other = QuietButton("This is about the other household", icon="users", on=self._about_other)
        if kind.other:
            parts += [holder(row(self.other, None)), self.forms]
        keep = PrimaryButton("Keep this step", on=self._keep)
        buttons = row(None, QuietButton("Leave it", on=lambda: self.dropped.emit()), keep, gap=8)
        super().__init__(*parts, buttons, kind="chosen", gap=12, margins=(16, 14, 16, 14))
        self.forms.setVisible(step.about_other)
        self.what.setEnabled(not step.about_other)
        self.forms.chosen.connect(self._chose_form)

    def _about_other(self) -> None:
        """Only three sentences may be printed about them; nothing is typed."""
        self.forms.show()
        self.what.setEnabled(False)
        self.step = replace(self.step, about_other=True)
        self.forms.take_focus()

    def _chose_form(self, form: object) -> None:
        self.what.set_quietly(str(form))

    def _keep(self) -> None:
        self.by.flush()
        what = self.what.toPlainText().strip()
        if not what:
            self.what.setFocus()
            return
        if "{date}" in what and self.by.day:
            from asbdesk.clock import plain_day

            what = what.replace("{date}", plain_day(self.by.day))
        who, help_ = self.who.text().strip(), self.help.toPlainText().strip()
        self.kept.emit(replace(self.step, what=what, who=who, by=self.by.day, help=help_))


class StepSection(Card):
    """Steps of one kind. `changed(tuple of PlanStep)`."""

    changed = Signal(object)

    def __init__(self, kind: Kind, today: str) -> None:
        self.kind, self.today = kind, today
        self.steps: tuple[PlanStep, ...] = ()
        self.offers: tuple[Suggestion, ...] = ()
        self.marks: dict[int, str] = {}
        self.mine, self._open, self._drawn = False, -1, False
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.current().gap(10))
        self.add = Button(kind.add, icon="plus", on=lambda: self._edit(len(self.steps)))
        heading = column(Heading(kind.title, 2), Muted(kind.sentence), gap=2)
        super().__init__(heading, self._rows, row(self.add, None), kind="inner", gap=12, margins=(20, 16, 20, 16))

    def show_steps(
        self, steps: Sequence[PlanStep], offers: Sequence[Suggestion], marks: dict[int, str], mine: bool
    ) -> None:
        """`marks` says of a step's place why its words may not be printed; the why shows on the officer's face."""
        taken = {step.code for step in steps if step.code}
        fresh = tuple(offer for offer in offers if offer.code not in taken)
        same = (self.steps, self.offers, self.marks, self.mine) == (tuple(steps), fresh, marks, mine)
        if self._drawn and (same or self._open >= 0):
            return
        self.steps, self.offers, self.marks, self.mine = tuple(steps), fresh, marks, mine
        self._draw()

    def _draw(self) -> None:
        empty(self._rows)
        self._drawn = True
        self._adds: list[Button] = []
        for at, step in enumerate(self.steps):
            self._rows.addWidget(self._form(at, step) if at == self._open else self._row(at, step))
        if self._open == len(self.steps):
            self._rows.addWidget(self._form(self._open, PlanStep("")))
        if self.offers:
            self._rows.addWidget(Text("Could be added", "overline"))
        for offer in self.offers:
            self._rows.addWidget(self._offer(offer))
        self.add.setVisible(self._open < 0)

    def _row(self, at: int, step: PlanStep) -> QWidget:
        edit = IconButton("pen-line", f"Change: {step.what}", on=lambda: self._edit(at))
        away = IconButton("trash-2", f"Take away: {step.what}", on=lambda: self._put(at, None))
        lines = step_lines(step)
        if at in self.marks:
            words = self.marks[at] if self.mine else HIDDEN
            mark = row(Icon("triangle-alert", "amber", 16), (Text(words, "small", tone="amber"), 1), gap=6)
            lines.addLayout(mark)
        top = row((Number(at + 1), TOP), (lines, 1), (edit, TOP), (away, TOP), gap=12)
        return holder(column(*([line()] if at else []), top, gap=10))

    def _offer(self, offer: Suggestion) -> QWidget:
        add = Button("Add", icon="plus", name=f"Add: {offer.what}", on=lambda: self._take(offer))
        self._adds.append(add)
        shown = PlanStep(offer.what, offer.who, offer.by, help=offer.help)
        lines = step_lines(shown)
        if self.mine and offer.why:
            lines.addWidget(Text(f"Why: {offer.why}", "small", tone="amber"))
        return Card(row((lines, 1), (add, TOP), gap=12), kind="soft", gap=0, margins=(14, 10, 10, 10))

    def _form(self, at: int, step: PlanStep) -> StepForm:
        form = StepForm(self.kind, self.today, step)
        form.kept.connect(lambda kept: self._put(at, kept))
        form.dropped.connect(self._shut)
        return form

    def _edit(self, at: int) -> None:
        self._open = at
        self._draw()
        form = self.findChild(StepForm)
        if form is not None:
            form.what.setFocus()

    def _shut(self) -> None:
        self._open = -1
        self._draw()
        self.add.setFocus()

    def _put(self, at: int, step: PlanStep | None) -> None:
        kept = [step] if step is not None else []
        self._open = -1
        self._say((*self.steps[:at], *kept, *self.steps[at + 1 :]))

    def _take(self, offer: Suggestion) -> None:
        step = PlanStep(offer.what, offer.who, offer.by, "", offer.help, offer.code, offer.about_other, offer.kind)
        self._say((*self.steps, step))

    def _say(self, steps: tuple[PlanStep, ...]) -> None:
        self.steps = steps
        self.offers = tuple(o for o in self.offers if o.code not in {s.code for s in steps if s.code})
        self._draw()
        (self._adds[0] if self._adds else self.add).setFocus()
        self.changed.emit(steps)
