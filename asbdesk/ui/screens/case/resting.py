"""What may be said of a thing that is due instead of doing it: planned for a day, it waits, not needed."""

from __future__ import annotations

from asbdesk.casework.views import DueLine
from asbdesk.forms.definition import Question
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.over import KeptPage


class RestPage(KeptPage):
    """Questions that must all be answered, and one action."""

    asked: tuple[Question, ...] = ()

    def __init__(self, frame: Frame, case: str, title: str, words: str, finish: str, *, about: str = "") -> None:
        run_as = ":".join(t for t in (type(self).__name__, about) if t)
        super().__init__(frame, title, words, finish, run_as=run_as, case=case)
        self.form.show_questions(self.asked, self.values)

    def answered(self, question: str, value: object) -> None:
        self.keep(question, str(value or "").strip())

    def finish(self) -> None:
        if self.form.stops():
            return
        missing = [q.id for q in self.asked if q.required and not self.values.get(q.id)]
        if missing:
            self.form.say_missing(missing)
            return
        self.save()

    def save(self) -> None:
        """Do the action, and leave."""


class PlanForPage(RestPage):
    """The case's card rests until a day."""

    asked = (Question("day", "date", "Which day?", required=True, face="desk"),)

    def __init__(self, frame: Frame, case: str) -> None:
        words = "A working day, not after the first thing is due. It comes back by itself."
        super().__init__(frame, case, "Plan this case for a day", words, "Plan it")

    def save(self) -> None:
        from asbdesk.casework.resting import plan_for

        done = self.do(plan_for, self.case, self.values["day"])
        self.left.emit()
        self.frame_.say_done("Planned. It comes back on that day.", done)


class WaitsPage(RestPage):
    """Something late waits for somebody else."""

    asked = (
        Question("what", "text", "What does it wait for?", help="Who, or what.", required=True, face="desk"),
        Question("until", "date", "When do you look at it again?", required=True, face="desk"),
    )

    def __init__(self, frame: Frame, case: str, due: DueLine) -> None:
        words = "It stays late in every count. Look again within 5 working days; at high risk within 2."
        super().__init__(frame, case, f"It waits: {due.title}", words, "Let it wait", about=due.key)
        self.due = due

    def save(self) -> None:
        from asbdesk.casework.resting import wait_for

        told = (self.due.key, self.values["what"], self.values["until"])
        done = self.do(wait_for, self.case, *told)
        self.left.emit()
        self.frame_.say_done("Written down. It comes back on that day.", done)


class NotNeededPage(RestPage):
    """One thing that is due is not needed, because."""

    asked = (
        Question("reason", "long_text", "Why is it not needed?", required=True, rows=3, face="desk"),
        Question(
            "second",
            "text",
            "Who else agreed?",
            help="Asked for at high risk, and for the risk questions, safeguarding, hate, a plan and personal data.",
            face="desk",
        ),
    )

    def __init__(self, frame: Frame, case: str, due: DueLine) -> None:
        words = "One thing at a time, with your reason. It stays in the chronology."
        super().__init__(frame, case, f"Not needed: {due.title}", words, "It is not needed", about=due.key)
        self.due = due

    def save(self) -> None:
        from asbdesk.casework.waivers import not_needed

        second = self.values.get("second", "")
        done = self.do(not_needed, self.case, self.due.key, self.values["reason"], second=second)
        self.left.emit()
        self.frame_.say_done("Written down as not needed.", done)


def open_rest(frame: Frame, case: str, due: DueLine | None, how: str) -> None:
    """The page for `how`: `plan`, `waits` or `not_needed`."""
    if due is None:
        page: RestPage = PlanForPage(frame, case)
    else:
        page = WaitsPage(frame, case, due) if how == "waits" else NotNeededPage(frame, case, due)
    page.left.connect(frame.close_over)
    frame.open_over(page)
