"""When we will speak, when we look at the plan again, and whom we may talk to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from asbdesk.casework.visit_views import PlanDraft
from asbdesk.clock import plain_day
from asbdesk.ui import theme
from asbdesk.ui.screens.visit.day_field import DayField, TimeField
from asbdesk.ui.widgets.fields import Choice, Field, Labelled
from asbdesk.ui.widgets.layout import Card, column, empty, row
from asbdesk.ui.widgets.text import Heading, Muted, Text

HOW = (("ring", "Ring"), ("visit", "Visit"), ("write to", "Write to"), ("text", "Text"), ("e-mail", "E-mail"))
OFTEN = (
    *(("every week", "Every week"), ("every two weeks", "Every two weeks"), ("every four weeks", "Every four weeks")),
    ("", "Only if something happens"),
)
MAY = (("yes", "Yes"), ("ask_first", "Ask me first"), ("no", "No"))


def speak_words(plan: PlanDraft) -> str:
    """The sentence of the paper, as far as it is known: "Dami Okafor will ring you on Friday 27 November, 10:00." """
    if not plan.contact_day:
        return "Choose a day."
    when = plain_day(plan.contact_day) + (f", {plan.contact_time}" if plan.contact_time else "")
    after = f" After that, {plan.contact_after}." if plan.contact_after else ""
    return f"{plan.contact_who or 'We'} will {plan.contact_how} you on {when}.{after}"


class SpeakSection(Card):
    """`changed(dict of PlanDraft's fields)`."""

    changed = Signal(object)

    def __init__(self, today: str, plan: PlanDraft) -> None:
        self.who = Field(plan.contact_who, name="Who will speak to you?")
        self.how = Choice(HOW, name="How?", value=plan.contact_how)
        self.day = DayField("On which day?", today, plan.contact_day)
        self.time = TimeField("At what time?", plan.contact_time)
        after = OFTEN if plan.contact_after in dict(OFTEN) else ((plan.contact_after, plan.contact_after), *OFTEN)
        self.after = Choice(after, name="And after that?", value=plan.contact_after)
        self.review = DayField("When do we look at this plan again?", today, plan.review_by)
        self.reads = Text("", "strong", tone="accent")
        who = row((Labelled("Who", self.who), 3), (Labelled("How", self.how), 2), gap=12)
        when = row((Labelled("Day", self.day), 3), (Labelled("Time", self.time), 2), gap=12)
        again = Labelled("We look at this plan again by", self.review)
        super().__init__(
            *(Heading("When we will speak", 2), self.reads, who, when, Labelled("After that", self.after), again),
            kind="inner",
            gap=12,
            margins=(20, 16, 20, 16),
        )
        self._wire()
        self.show_plan(plan)

    def _wire(self) -> None:
        self.who.said.connect(lambda text: self.changed.emit({"contact_who": text.strip()}))
        self.how.chosen.connect(lambda how: self.changed.emit({"contact_how": how}))
        self.day.picked.connect(lambda day: self.changed.emit({"contact_day": day}))
        self.time.picked.connect(lambda time: self.changed.emit({"contact_time": time}))
        self.after.chosen.connect(lambda after: self.changed.emit({"contact_after": after}))
        self.review.picked.connect(lambda day: self.changed.emit({"review_by": day}))

    def show_plan(self, plan: PlanDraft) -> None:
        self.reads.setText(speak_words(plan))

    def flush(self) -> None:
        for field in (self.who, self.day, self.time, self.review):
            field.flush()


class MaySection(Card):
    """Whom we may talk to: one line for each body, as answered in *what you want*; may be changed here."""

    changed = Signal(object)

    def __init__(self) -> None:
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.current().gap(8))
        self._shown: Sequence[tuple[str, str]] | None = None
        words = Muted("You can change your mind.")
        super().__init__(
            column(Heading("Who we may talk to", 2), words, gap=2),
            self._rows,
            kind="inner",
            gap=12,
            margins=(20, 16, 20, 16),
        )

    def show_plan(self, plan: PlanDraft) -> None:
        self.setVisible(bool(plan.may_talk))
        if plan.may_talk == self._shown:
            return
        self._shown = plan.may_talk
        empty(self._rows)
        for at, (body, answer) in enumerate(plan.may_talk):
            choice = Choice(MAY, name=f"May we talk to {body}?", value=answer)
            choice.chosen.connect(lambda value, at=at: self._put(at, value))
            self._rows.addLayout(row((Text(body), 1), choice, gap=12))

    def _put(self, at: int, value: str) -> None:
        may = list(self._shown or ())
        may[at] = (may[at][0], value)
        self._shown = tuple(may)
        self.changed.emit({"may_talk": tuple(may)})


def with_fields(plan: PlanDraft, fields: dict[str, object]) -> PlanDraft:
    """The plan with some of its fields put anew."""
    return replace(plan, **fields)  # type: ignore[arg-type]  # names and types come from the sections above
