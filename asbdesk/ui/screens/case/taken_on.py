"""The one check that a case from a list owes: risk, plan, last contact, what was promised, and when we speak next."""

from __future__ import annotations

from asbdesk.forms.definition import Question
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.over import KeptPage

ASKED = (
    ("risk", "long_text", "What is the risk now?", "Who could be hurt, and is it assessed? A visit asks in full."),
    ("plan", "long_text", "What plan is there?", "What was agreed with them, or “none”."),
    ("spoke", "long_text", "When was somebody last spoken to, and what was said?", "Or: nobody can say."),
    ("promised", "long_text", "What was promised that is not done yet?", "Or “nothing”."),
    ("speak_by", "date", "By when do you speak with them next?", "It is owed on that day."),
)


class TakenOnPage(KeptPage):
    """The check of one case."""

    def __init__(self, frame: Frame, case: str, check: tuple[str, str] | None = None) -> None:
        """`check`: the record that waits, and what the list said of the case; else it is read."""
        from asbdesk.casework.taking_on import waiting_check

        self.taken, past = check or frame.desk.read(waiting_check, case)
        words = ("Check this case from the list", past, "Save the check")
        super().__init__(frame, *words, run_as="taken_on", case=case)
        self.form.show_questions(
            tuple(
                Question(id, kind, text, help=help, required=True, rows=2, face="desk")
                for id, kind, text, help in ASKED
            ),
            self.values,
        )

    def finish(self) -> None:
        if self.form.stops():
            return
        told = {id: str(self.values.get(id) or "").strip() for id, *_ in ASKED}
        missing = [id for id, words in told.items() if not words]
        if missing:
            self.form.say_missing(missing)
            return
        from asbdesk.casework.taking_on import checked

        done = self.do(checked, self.case, self.taken, **told)
        self.left.emit()
        self.frame_.say_done("The case is checked.", done)
