"""Taking a report: their words first, then who, where and what kinds of thing, beside what is known already."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from asbdesk.casework.begun import REPORT, HalfTaken, half_taken
from asbdesk.clock import short_moment
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.known_before import LOOKS_AT, KnownBefore
from asbdesk.ui.screens.over import KeptPage, OverPage
from asbdesk.ui.screens.report_questions import intake, questions, still_needed
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.layout import Card, column, holder, row
from asbdesk.ui.widgets.text import Heading, Muted, Text


class NewReport(KeptPage):
    """One report, by whoever it happens to, on the telephone, until it is said otherwise. Another call begins another
    report: one that was left half taken waits beside it, so that nobody's words come into somebody else's."""

    thrown = "Throw this report away?"

    def __init__(self, frame: Frame, run: str = "") -> None:
        self.known = KnownBefore(frame)
        side = holder(column(*self._waiting(frame, run), self.known, gap=14))
        words = ("Tell me what happened", "Write it as they say it.", "Next: what we do first")
        super().__init__(frame, *words, run_as=REPORT, side=side, run=run)
        self.values = {"teller": "self", "channel": "phone"} | self.values
        self.known.chose.connect(self._chose)
        self._draw()

    def _waiting(self, frame: Frame, run: str) -> list[QWidget]:
        """The other reports that are half taken, each to go on with."""
        drafts = frame.desk.desk.drafts
        left = [each for each in half_taken(drafts, drafts.open_runs("")) if each.run != run]
        rows = [self._half(each) for each in left]
        return [Card(Heading("Half taken, and kept", 3), *rows, kind="ask", gap=10)] if rows else []

    def _half(self, half: HalfTaken) -> QWidget:
        words = column(Text(half.words, "strong"), Muted(short_moment(half.saved), small=True), gap=2)
        go = Button("Go on", name=f"Go on with the report: {half.words}", on=partial(self._instead, half.run))
        return holder(row((holder(words), 1), go, gap=10))

    def _instead(self, run: str) -> None:
        self.left.emit()
        self.frame_.new_report(run)

    def answered(self, question: str, value: object) -> None:
        self.keep(question, value)
        if question in ("behaviours", "teller"):
            self.form.show_questions(questions(self.values), self.values)
        if question in LOOKS_AT:
            self.known.show_for(self.values)

    def _chose(self, answers: dict[str, object]) -> None:
        """A person or a case that is known already was chosen, or left again."""
        self.form.flush()
        for question, value in answers.items():
            self.keep(question, value)
            self.form.show_value(question, value)
        self._draw()
        if answers.get("case"):
            self.form.go("worse")
        else:
            self.known.go_on()

    def _draw(self) -> None:
        self.form.show_questions(questions(self.values), self.values)
        self.known.show_for(self.values)

    def finish(self) -> None:
        if self.form.stops():
            return
        missing = still_needed(self.values)
        if missing:
            self.form.say_missing(missing)
            return
        from asbdesk.casework.intake import add_to, open_from

        taken, case = intake(self.values), str(self.values.get("case") or "")
        if case:
            done = self.do(add_to, case, taken, worse=self.values.get("worse") != "no")
        else:
            done = self.do(open_from, taken)
        again = bool(case) and self.values.get("worse") == "no"
        self._go_on(case or done.value, done, urgent=taken.told.urgent, again=again)

    def _go_on(self, case: str, done: Any, *, urgent: bool, again: bool) -> None:
        """What cannot wait is asked first, then the first look; what happens `again` needs none."""
        from asbdesk.ui.screens.first_look import open_first_look

        frame = self.frame_
        self.left.emit()
        frame.open_case(case)
        frame.say_done("The report is written down.", done)
        if not urgent:
            if not again:
                open_first_look(frame, case)
            return
        frame.answer_now(case)  # it does not wait for a working day, nor for the officer to find it on Today
        over = frame.over
        if isinstance(over, OverPage):
            over.left.connect(lambda: open_first_look(frame, case))
