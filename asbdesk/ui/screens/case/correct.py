"""Putting right a report's words or a contact's note: which, and what it should say."""

from __future__ import annotations

from asbdesk.forms.definition import Option, Question
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.over import KeptPage

SHOWN = 80
"""Letters of what was written that stand in the choice."""


class CorrectPage(KeptPage):
    """One correction. Nothing is lost: what stood before stays in the chronology."""

    def __init__(self, frame: Frame, case: str) -> None:
        from asbdesk.casework.corrections import correctable

        words = "The new words stand from now on. What was written before stays in the chronology."
        super().__init__(frame, "Put right what was written", words, "Save the correction", run_as="correct", case=case)
        asked = frame.desk.ask(correctable, case, frame.desk.today)
        self.written, self.as_of = {w.id: w for w in asked.value}, asked.as_of
        if self.values.get("which") not in self.written:
            first = next(iter(self.written.values()), None)
            self.values = {"which": first.id, "words": first.words} if first is not None else {}
        self.form.show_questions(self._questions() if self.written else (), self.values)
        self.go.setEnabled(bool(self.written))

    def answered(self, question: str, value: object) -> None:
        self.keep(question, value)
        if question == "which":
            self.keep("words", self.written[str(value)].words)
            self.form.show_value("words", self.values["words"])

    def _questions(self) -> tuple[Question, ...]:
        options = tuple(Option(w.id, f"{w.title}: {_short(w.words)}") for w in self.written.values())
        which = Question("which", "single", "What is to be put right?", options=options, required=True, face="desk")
        words = Question("words", "long_text", "What should it say?", required=True, rows=5, face="desk")
        return (which, words)

    def finish(self) -> None:
        from asbdesk.casework.corrections import correct_note, correct_words

        if self.form.stops():
            return
        which, words = self.written[str(self.values["which"])], str(self.values.get("words") or "").strip()
        if not words:
            self.form.say_missing(["words"])
            return
        if words != which.words:
            act = correct_words if which.kind == "report" else correct_note
            done = self.do(act, which.id, words, as_of=self.as_of)
            self.left.emit()
            self.frame_.say_done("Put right. What it said before stays in the chronology.", done)
        else:
            self.end_draft()
            self.left.emit()


def _short(words: str) -> str:
    line = " ".join(words.split())
    return (line[: SHOWN - 1] + "…") if len(line) > SHOWN else line or "no words"
