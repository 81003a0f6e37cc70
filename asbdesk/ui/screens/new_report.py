"""Taking a report: their words first, then who, where and what kinds of thing. It opens a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.forms.definition import Option, Question
from asbdesk.ui.asking import ask_yes
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.over import OverPage

if TYPE_CHECKING:
    from asbdesk.casework.people import NewPerson
    from asbdesk.casework.reports import Telling

CHANNELS = (("phone", "By telephone"), ("visit", "In person"), ("email", "By e-mail or text"), ("letter", "By letter"))


FORM = "new_report"
"""The name its answers are kept under until the case is opened."""


class NewReport(OverPage):
    """One report. Each answer is kept as it is given, so a lock or a flat battery loses nothing."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "Tell me what happened", "Write it as they say it.", "Open the case")
        self._drafts = frame.desk.desk.drafts
        begun = next((run for run in self._drafts.open_runs() if run.form == FORM), None)
        self.run = begun.id if begun is not None else ""
        self.values: dict[str, object] = dict(self._drafts.values(self.run)) if self.run else {}
        self.cancel.say("Save and leave")
        self.beside.show()
        self._ask_about_threats()

    def answered(self, question: str, value: object) -> None:
        self.values[question] = value
        self.run = self.run or self._drafts.start("", FORM, "")
        self._drafts.save(self.run, question, value)
        if question == "behaviours":
            self._ask_about_threats()

    def throw_away(self) -> None:
        sure = not self.run or ask_yes(self, "Throw this report away?", "What was typed here is lost.", "Throw it away")
        if sure:
            if self.run:
                self._drafts.end(self.run)
            self.left.emit()

    def _ask_about_threats(self) -> None:
        kinds = self.values.get("behaviours")
        threats = isinstance(kinds, list) and "threats" in kinds
        self.form.show_questions(_questions(threats=threats), self.values)

    def finish(self) -> None:
        self.form.flush()
        text = {k: v for k, v in self.values.items() if isinstance(v, str)}
        missing = [id for id in ("words", "name", "address") if not text.get(id, "").strip()]
        if missing:
            self.form.say_missing(missing)
            return
        from asbdesk.casework.reports import open_case

        who, told = _told(text, self.values)
        done = self.frame_.desk.do(open_case, who, told, ends_run=self.run or None)
        self.left.emit()
        self.frame_.open_case(done.value)
        self.frame_.say_done("The case is open.", done)
        if told.urgent:  # it does not wait for a working day, nor for the officer to find it on Today
            self.frame_.answer_now(done.value)


def _told(text: dict[str, str], values: dict[str, object]) -> tuple[NewPerson, Telling]:
    from asbdesk.casework.people import NewPerson
    from asbdesk.casework.reports import Telling

    kinds, grave = values.get("behaviours"), values.get("serious")
    told = Telling(
        words=text["words"],
        happened=text.get("happened", ""),
        channel=text.get("channel", "phone"),
        behaviours=tuple(kinds) if isinstance(kinds, list) else (),
        serious=tuple(grave) if isinstance(grave, list) else (),
        threat_to_hurt=text.get("threat") == "yes",
    )
    who = NewPerson(
        name=text["name"].strip(),
        phone=text.get("phone", "").strip(),
        address=text["address"].strip(),
        language=text.get("language", "").strip(),
    )
    return who, told


def _questions(*, threats: bool = False) -> tuple[Question, ...]:
    from asbdesk.casework.words import picklist

    kinds = tuple(Option(code, words) for code, words in picklist("behaviour").items())
    yes_no = (Option("yes", "Yes"), Option("no", "No"))
    grave = tuple(Option(code, words) for code, words in picklist("serious").items())
    hurt = Question("threat", "yes_no", "Was it a threat to hurt someone?", options=yes_no)
    return (
        Question("words", "long_text", "What happened, in their words", required=True, rows=5, face="desk"),
        Question("happened", "date", "When was it?", help="The day, or the last day if it has gone on.", face="desk"),
        Question(
            "behaviours",
            "multi",
            "What kinds of thing?",
            help="Tick all that they tell you.",
            options=kinds,
            face="desk",
        ),
        *((hurt,) if threats else ()),
        Question("serious", "multi", "Does any of these apply?", options=grave, face="desk"),
        Question("name", "text", "What are they called?", required=True, face="desk"),
        Question("address", "text", "Where do they live?", required=True, face="desk"),
        Question("phone", "text", "What number may we ring?", face="desk"),
        Question("language", "text", "Which language do they speak best?", face="desk"),
        Question(
            "channel", "single", "How did they tell us?", options=tuple(Option(*c) for c in CHANNELS), face="desk"
        ),
    )
