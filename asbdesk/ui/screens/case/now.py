"""What cannot wait for a working day: three questions, asked until each is answered or a next try is written."""

from __future__ import annotations

from asbdesk.forms.definition import Question
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.over import OverPage

ASKED = (
    ("danger", "Is anyone in danger now?", "If yes: 999, and write who rang."),
    (
        "told",
        "Who has been told?",
        "Name and time: manager on call, out-of-hours social care, police. Or: not reached, try at.",
    ),
    ("tonight", "What keeps them safe tonight?", "A child or adult in danger is told to social care the same day."),
)


class NowPage(OverPage):
    """The three questions of one case. It stays first on Today until they are answered."""

    def __init__(self, frame: Frame, case: str) -> None:
        super().__init__(frame, "Before anything else", "This does not wait for a working day.", "Save the answers")
        self.case = case
        self.values: dict[str, object] = {}
        self.form.show_questions(
            tuple(
                Question(id, "long_text", text, help=help, required=True, rows=2, face="desk")
                for id, text, help in ASKED
            )
        )

    def answered(self, question: str, value: object) -> None:
        self.values[question] = value

    def finish(self) -> None:
        self.form.flush()
        told = {id: str(self.values.get(id) or "").strip() for id, _, _ in ASKED}
        missing = [id for id, words in told.items() if not words]
        if missing:
            self.form.say_missing(missing)
            return
        from asbdesk.casework.reports import answer_now

        done = self.frame_.desk.do(answer_now, self.case, **told)
        self.left.emit()
        self.frame_.say_done("Answered, and written down.", done)
