"""Putting right anything that was written in a case: which, what it should say; or that it belongs to another case, or
was a mistake."""

from __future__ import annotations

from typing import Any

from asbdesk.casework.correcting import CAN_MOVE, KINDS, changes, to_put_right
from asbdesk.casework.corrections import Written, correct, correctable, fitting, move
from asbdesk.casework.parts.crossing_out import cross_out
from asbdesk.forms.definition import Form, Option, Question
from asbdesk.forms.filling import open_questions
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.over import KeptPage

SHOWN = 80
"""Letters of what was written that stand in the choice."""
OFFERED = 6
"""Of what was written at once; a word finds the others."""
FIND, WHICH, HOW, OTHER, WHY = "find", "which", "how", "other_case", "cross_out_why"
OWN = (FIND, WHICH, HOW, OTHER, WHY)
"""The page's own questions; all others are the record's."""
RIGHT, MOVE, CROSS = "right", "move", "cross_out"


class CorrectPage(KeptPage):
    """One correction. Nothing is lost: what stood before stays in the chronology."""

    def __init__(self, frame: Frame, case: str, which: str = "") -> None:
        words = "The new words stand from now on. What was written before stays in the chronology."
        super().__init__(frame, "Put right what was written", words, "Save the correction", run_as="correct", case=case)
        asked = frame.desk.ask(correctable, case, frame.desk.today)
        self.written, self.as_of = {w.id: w for w in asked.value}, asked.as_of
        if self.values.get(WHICH) not in self.written or (which and self.values.get(WHICH) != which):
            first = which if which in self.written else next(iter(self.written), "")
            self.values = {WHICH: first} if first else {}
        self._one = bool(which) and self.chosen is not None
        """It was asked for by its own button: no other is offered."""
        if self._one and self.chosen is not None:
            self.under.setText(
                f"{self.chosen.title}: {_short(self.chosen.words)}. What it says now stays in the chronology."
            )
        self._record: Form | None = None
        self._before: dict[str, Any] = {}
        self._take_up()
        self.values.setdefault(HOW, RIGHT)
        self.go.setEnabled(bool(self.written))
        self.draw()

    @property
    def chosen(self) -> Written | None:
        """What is to be put right."""
        return self.written.get(str(self.values.get(WHICH)))

    def _take_up(self) -> None:
        """Read what the chosen record says now; what was typed about it stays."""
        chosen = self.chosen
        if chosen is None:
            return
        self._record, self._before = self.frame_.desk.read(to_put_right, self.case, chosen.kind, chosen.id)
        for question, value in self._before.items():
            self.values.setdefault(question, value)

    def answered(self, question: str, value: object) -> None:
        another = question == WHICH and value != self.values.get(WHICH)
        self.keep(question, value)
        if another:
            for old in [id for id in self.values if id not in OWN]:
                self.keep(old, None)
            self._take_up()
        self.draw()

    # ---- the questions
    def draw(self) -> None:
        """Ask what is open now."""
        self.form.show_questions(self._questions() if self.written else (), self.values)

    def _questions(self) -> tuple[Question, ...]:
        asked = [] if self._one else [self._which()]
        if asked and len(self.written) > OFFERED:
            help = f"The newest {OFFERED} of {len(self.written)} are shown. A word of it, or its day, finds the others."
            asked.insert(0, _question(FIND, "text", "Which one? Find it by a word", help=help))
        if self.chosen is not None:
            asked.append(self._how(self.chosen))
            asked += self._about()
        return tuple(asked)

    def _which(self) -> Question:
        shown = fitting(self.written.values(), str(self.values.get(FIND) or ""))[:OFFERED]
        if self.chosen is not None and self.chosen not in shown:
            shown = [self.chosen, *shown]
        options = tuple(Option(w.id, f"{w.title}: {_short(w.words)}") for w in shown)
        return _question(WHICH, "single", "What is to be put right?", options=options, required=True)

    def _how(self, chosen: Written) -> Question:
        options = [Option(RIGHT, "It should say something else"), Option(CROSS, "It was a mistake: cross it out")]
        if chosen.kind in CAN_MOVE:
            options.insert(1, Option(MOVE, "It belongs to another case"))
        return _question(HOW, "single", "What is wrong with it?", options=tuple(options))

    def _about(self) -> tuple[Question, ...]:
        how = self.values.get(HOW, RIGHT)
        if how == MOVE:
            help = "Its reference, as ASB-2026-A0412. It is crossed out here, and stands there as it is."
            return (_question(OTHER, "text", "Which case does it belong to?", help=help, required=True),)
        if how == CROSS:
            return (_question(WHY, "long_text", "Why was it a mistake?", rows=2, required=True),)
        return open_questions(self._record, self.values, self._before) if self._record is not None else ()

    # ---- saving
    def finish(self) -> None:
        chosen = self.chosen
        if self.form.stops() or chosen is None:
            return
        left = [q.id for q in self._about() if q.required and not str(self.values.get(q.id) or "").strip()]
        if left:
            self.form.say_missing(left)
            return
        how = self.values.get(HOW, RIGHT)
        if how == MOVE:
            other = self.frame_.desk.desk.case(str(self.values[OTHER]))
            self._done(self.do(move, chosen.kind, chosen.id, other, as_of=self.as_of), "It stands in the other case.")
        elif how == CROSS:
            why = str(self.values[WHY])
            words = "It is crossed out. It stays in the chronology."
            self._done(self.do(cross_out, self.case, chosen.id, why, as_of=self.as_of), words)
        else:
            self._correct(chosen)

    def _correct(self, chosen: Written) -> None:
        told = changes(KINDS[chosen.kind], self._before, self.values)
        if not told:
            self.end_draft()
            self.left.emit()
            return
        done = self.do(correct, chosen.kind, chosen.id, told, case=self.case, as_of=self.as_of)
        self._done(done, "Put right. What it said before stays in the chronology.")

    def _done(self, done: Any, words: str) -> None:
        self.left.emit()
        self.frame_.say_done(words, done)


def _question(id: str, kind: str, text: str, **told: Any) -> Question:
    return Question(id, kind, text, face="desk", **told)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return (line[: SHOWN - 1] + "…") if len(line) > SHOWN else line or "no words"
