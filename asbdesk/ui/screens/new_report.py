"""Taking a report: their words first, then who, where and what kinds of thing, beside what is known already."""

from __future__ import annotations

from typing import Any

from asbdesk.ui.asking import ask_yes
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.known_before import LOOKS_AT, KnownBefore
from asbdesk.ui.screens.over import OverPage
from asbdesk.ui.screens.report_questions import intake, questions, still_needed

FORM = "new_report"
"""The name its answers are kept under until the case is opened."""


class NewReport(OverPage):
    """One report. Each answer is kept as it is given, so a lock or a flat battery loses nothing."""

    def __init__(self, frame: Frame) -> None:
        self.known = KnownBefore(frame)
        super().__init__(
            frame, "Tell me what happened", "Write it as they say it.", "Next: what we do first", side=self.known
        )
        self._drafts = frame.desk.desk.drafts
        begun = next((run for run in self._drafts.open_runs() if run.form == FORM), None)
        self.run = begun.id if begun is not None else ""
        self.values: dict[str, Any] = dict(self._drafts.values(self.run)) if self.run else {}
        self.cancel.say("Save and leave")
        self.beside.show()
        self.known.chose.connect(self._chose)
        self._draw()

    def answered(self, question: str, value: object) -> None:
        self._keep(question, value)
        if question in ("behaviours", "teller"):
            self.form.show_questions(questions(self.values), self.values)
        if question in LOOKS_AT:
            self.known.show_for(self.values)

    def _keep(self, question: str, value: object) -> None:
        self.values[question] = value
        self.run = self.run or self._drafts.start("", FORM, "")
        self._drafts.save(self.run, question, value)

    def _chose(self, answers: dict[str, object]) -> None:
        """A person or a case that is known already was chosen, or left again."""
        self.form.flush()
        for question, value in answers.items():
            self._keep(question, value)
            self.form.show_value(question, value)
        self._draw()

    def _draw(self) -> None:
        self.form.show_questions(questions(self.values), self.values)
        self.known.show_for(self.values)

    def throw_away(self) -> None:
        sure = not self.run or ask_yes(self, "Throw this report away?", "What was typed here is lost.", "Throw it away")
        if sure:
            if self.run:
                self._drafts.end(self.run)
            self.left.emit()

    def finish(self) -> None:
        self.form.flush()
        missing = still_needed(self.values)
        if missing:
            self.form.say_missing(missing)
            return
        from asbdesk.casework.intake import add_to, open_from

        taken, case = intake(self.values), str(self.values.get("case") or "")
        ends: dict[str, Any] = {"ends_run": self.run or None}
        if case:
            worse = self.values.get("worse") != "no"
            done = self.frame_.desk.do(add_to, case, taken, worse=worse, **ends)
        else:
            done = self.frame_.desk.do(open_from, taken, **ends)
        self._go_on(case or done.value, done, urgent=taken.told.urgent)

    def _go_on(self, case: str, done: Any, *, urgent: bool) -> None:
        """What cannot wait is asked first, then the first look."""
        from asbdesk.ui.screens.first_look import open_first_look

        frame = self.frame_
        self.left.emit()
        frame.open_case(case)
        frame.say_done("The report is written down.", done)
        if not urgent:
            open_first_look(frame, case)
            return
        frame.answer_now(case)  # it does not wait for a working day, nor for the officer to find it on Today
        over = frame.over
        if isinstance(over, OverPage):
            over.left.connect(lambda: open_first_look(frame, case))
