"""Short pages around a plan and a talk: its copy, a look at it, how often we speak, and the answer about hate."""

from __future__ import annotations

from asbdesk.errors import UserError
from asbdesk.forms.definition import Option, Question
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.case.resting import RestPage

HOW = (
    ("left", "Left with them"),
    ("posted", "Posted"),
    ("emailed", "Sent by e-mail"),
    ("texted", "Sent by text"),
    ("kept", "Kept for them"),
)
YES_NO = (Option("yes", "Yes"), Option("no", "No"))


class CopyPage(RestPage):
    """How the copy of the newest plan reached them."""

    asked = (
        Question(
            "how", "single", "How did they get their copy?", required=True, face="desk",
            options=tuple(Option(value, label) for value, label in HOW),
        ),
        Question("note", "text", "How can they see it, where it is kept for them?", face="desk"),
    )  # fmt: skip

    def __init__(self, frame: Frame, case: str) -> None:
        words = "Only by a way that is safe for them. Where none is recorded, it is kept for them."
        super().__init__(frame, case, "The copy of the plan", words, "Save")

    def save(self) -> None:
        from asbdesk.casework.plans import give_copy, plans
        from asbdesk.casework.release import held_copy

        versions = self.frame_.desk.read(plans, self.case, self.frame_.desk.today)
        if not versions:
            raise UserError("There is no plan in this case yet. Start a visit, and make one.")
        self.frame_.desk.read(held_copy, self.case, self.values["how"])
        done = self.do(give_copy, versions[0].id, self.values["how"], note=self.values.get("note", ""))
        self.left.emit()
        self.frame_.say_done("The copy is written down.", done)


class ReviewPage(RestPage):
    """The plan was looked at with the resident."""

    asked = (
        Question("outcome", "long_text", "What came of it? What holds, and what changes?", required=True, face="desk"),
        Question("again", "date", "When do we look at it again?", required=True, face="desk"),
    )

    def __init__(self, frame: Frame, case: str) -> None:
        words = "Looked at with the resident. Where steps change, make a new version in a visit instead."
        super().__init__(frame, case, "Looked at the plan again", words, "Save")

    def save(self) -> None:
        from asbdesk.casework.reviews import review_plan

        done = self.do(review_plan, self.case, self.values["outcome"], again=self.values["again"])
        self.left.emit()
        self.frame_.say_done("The look is written down.", done)


class PacePage(RestPage):
    """What a manager says of the pace that the resident chose, at a high level."""

    asked = (
        Question("manager", "text", "Which manager?", required=True, face="desk"),
        Question("yes", "single", "May we keep to what they chose?", required=True, face="desk", options=YES_NO),
        Question("why", "long_text", "Why?", required=True, rows=2, face="desk"),
    )

    def __init__(self, frame: Frame, case: str) -> None:
        words = "The risk is high, and they chose to hear from us less often than the level asks for."
        super().__init__(frame, case, "How often we speak", words, "Save")

    def save(self) -> None:
        from asbdesk.casework.pace import agree

        told = {"yes": self.values["yes"] == "yes", "why": self.values["why"]}
        done = self.do(agree, self.case, self.values["manager"], **told)
        self.left.emit()
        self.frame_.say_done("The answer is written down.", done)


class HateAskedPage(RestPage):
    """Signs of hate that nobody had named: the answer, or its record."""

    asked = (
        Question(
            "asked", "single", "Was anybody asked?", required=True, face="desk",
            options=(Option("asked", "Yes, with open words"), Option("unsafe", "No: asking was not safe")),
        ),
        Question("thinks", "single", "Does anybody think it is hate, or do you?", required=True, face="desk",
                 help="Your own view is enough. Nobody is asked to prove it.", options=YES_NO),
        Question("reason", "long_text", "What was said?", required=True, rows=3, face="desk"),
    )  # fmt: skip

    def __init__(self, frame: Frame, case: str) -> None:
        super().__init__(frame, case, "Is it hate?", "There are signs that nobody has named yet.", "Save")

    def save(self) -> None:
        from asbdesk.casework.hate import not_hate
        from asbdesk.casework.hate_incident import report_without
        from asbdesk.ui.screens.hate_incident import open_hate_incident

        frame, case = self.frame_, self.case
        if self.values["thinks"] == "yes":
            self.end_draft()
            self.left.emit()
            open_hate_incident(frame, case)
            return
        report = frame.desk.read(report_without, case)
        done = self.do(not_hate, case, self.values["reason"], report=report, asked=self.values["asked"])
        self.left.emit()
        frame.say_done("The answer is written down.", done)
