"""What cannot wait for a working day: three questions, asked until each is answered or a next try is written."""

from __future__ import annotations

from asbdesk.forms.definition import Question
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.over import KeptPage

ASKED = (
    ("danger", "Is anyone in danger now?", "If yes: 999, and write who rang."),
    (
        "told",
        "Who has been told?",
        "Name and time: manager on call, out-of-hours social care, police.",
    ),
    ("tonight", "What keeps them safe tonight?", "A child or adult in danger is told to social care the same day."),
)


NEXT = Question(
    "next_try",
    "text",
    "Not reached? When do you try next?",
    help="Time, and by what means. It stays first on Today.",
    face="desk",
)


class NowPage(KeptPage):
    """The three questions of one case. It stays first on Today until they are answered."""

    def __init__(self, frame: Frame, case: str) -> None:
        words = ("Before anything else", "This does not wait for a working day.", "Save the answers")
        super().__init__(frame, *words, run_as="now", case=case)
        from asbdesk.casework.now import answered_so_far

        so_far = vars(frame.desk.read(answered_so_far, case))
        self.values = {k: v for k, v in so_far.items() if v} | self.values
        asked = [Question(id, "long_text", text, help=help, rows=2, face="desk") for id, text, help in ASKED]
        self.form.show_questions((*asked, NEXT), self.values)

    def finish(self) -> None:
        if self.form.stops():
            return
        told = {id: str(self.values.get(id) or "").strip() for id in (*(id for id, _, _ in ASKED), NEXT.id)}
        missing = [id for id, _, _ in ASKED if not told[id]]
        if missing and not told[NEXT.id]:
            self.form.say_missing(missing)
            return
        from asbdesk.casework.now import answer

        done = self.do(answer, self.case, **told)
        self.left.emit()
        words = "Written down. It stays first on Today until all three are answered."
        self.frame_.say_done(words if missing else "Answered, and written down.", done)
