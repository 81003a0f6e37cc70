"""Writing down a contact: with whom, how, whether they were reached, and what was said."""

from __future__ import annotations

from asbdesk.casework.case_due import ToTell
from asbdesk.casework.views import PersonLine
from asbdesk.forms.definition import Option, Question
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.over import KeptPage

METHODS = (
    ("phone", "By telephone"),
    ("visit", "In person"),
    ("text", "By text"),
    ("email", "By e-mail"),
    ("letter", "By letter"),
)
WAYS = (("out", "We spoke to them"), ("in", "They spoke to us"), ("tried", "We tried, and did not reach them"))


class ContactPage(KeptPage):
    """One contact of one case."""

    def __init__(self, frame: Frame, case: str) -> None:
        from asbdesk.casework.case_due import to_tell
        from asbdesk.casework.cases import people_lines

        words = ("Record a contact", "What was said, in their words where you can.", "Save the contact")
        super().__init__(frame, *words, run_as="contact", case=case)
        asked = frame.desk.ask(people_lines, case)
        self.people, self.as_of = asked.value, asked.as_of
        self.tells = frame.desk.read(to_tell, case)
        if self.people:
            self.values.setdefault("with", self.people[0].id)
        self.form.show_questions(_questions(self.people, self.tells), self.values)

    def finish(self) -> None:
        if self.form.stops():
            return
        wanted = {k: str(v) for k, v in self.values.items() if isinstance(v, str) and v}
        missing = [id for id in ("with", "way", "method") if id not in wanted]
        if missing:
            self.form.say_missing(missing)
            return
        from asbdesk.casework.telling import record

        way = wanted["way"]
        done = self.do(
            record,
            self.case,
            wanted["with"],
            self._told(),
            direction="in" if way == "in" else "out",
            made=way != "tried",
            method=wanted["method"],
            note=wanted.get("note", ""),
            as_of=self.as_of,
        )
        self.left.emit()
        self.frame_.say_done("The contact is written down.", done)

    def _told(self) -> list[str] | None:
        """What was ticked. Where nothing waited there is no list, and the contact tells all."""
        ticked = self.values.get("told")
        return ([str(t) for t in ticked] if isinstance(ticked, list) else []) if self.tells else None


def _questions(known: tuple[PersonLine, ...], tells: tuple[ToTell, ...]) -> tuple[Question, ...]:
    people = tuple(Option(p.id, f"{p.name} ({p.role.lower()})") for p in known if "alleged" not in p.role.lower())
    return (
        Question("with", "single", "Who was it with?", options=people, required=True, face="desk"),
        Question(
            "way", "single", "Who spoke to whom?", options=tuple(Option(*w) for w in WAYS), required=True, face="desk"
        ),
        Question("method", "single", "How?", options=tuple(Option(*m) for m in METHODS), required=True, face="desk"),
        *([_told_question(tells)] if tells else []),
        Question("note", "long_text", "What was said?", rows=4, face="desk"),
    )


def _told_question(tells: tuple[ToTell, ...]) -> Question:
    """What waits to be told, none of it ticked: what is not ticked stays owed."""
    options = tuple(Option(tell.value, tell.text) for tell in tells)
    help = "Tick what you told them. What is not ticked stays due."
    return Question("told", "multi", "What did you tell them?", help=help, options=options, face="desk")
