"""Inviting somebody: a file that goes one way, a code that goes another, and admitting by six words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from asbdesk.casework.saved import save
from asbdesk.clock import london_day, plain_day
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.first_questions import Step
from asbdesk.ui.screens.sync.guided import Guided
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.fields import Choice, Field, Labelled
from asbdesk.ui.widgets.layout import Card, column
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text
from asbdesk.ui.widgets.tiles import TileGroup
from asbdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from asbdesk.sync.enrolment import Invited

ROLES = (
    ("officer", "An officer: their own cases, and their team’s"),
    ("manager", "A manager: all cases of a team, or of all"),
    ("head_office", "Head office: all cases, and who belongs"),
    ("auditor", "Somebody who reads and writes nothing"),
)
TWO_WAYS = (
    "The file goes by e-mail or on a stick. The code goes another way: read it out on the telephone, or write it on "
    "paper. Never send both together."
)


class WhoStep(Step):
    short = "Who"
    go_on = "Make the invitation"

    def __init__(self, members: list[tuple[str, str]], member: str = "") -> None:
        super().__init__()
        self.role = TileGroup(ROLES, name="What will they be?", columns=1, small=True)
        self.role.set_value("officer")
        self.team = Field(name="Their team", hint="One word: East", limit=60)
        self.teamed = Labelled("Their team", self.team, help="Left empty where you have no teams.", optional=True)
        options = [("", "Somebody new"), *members]
        self.member = Choice(options, name="Who is it for?", value=member)
        lines = (
            Labelled("Who is it for?", self.member, help="Somebody who works here already gets another laptop."),
            Text("What will they be?", "strong"),
            self.role,
            self.teamed,
        )
        self.setLayout(column(Heading("Invite somebody", 1), *lines, None, gap=12))

    def ready(self) -> bool:
        return team_is_right(self.teamed)

    def take_focus(self) -> None:
        self.member.setFocus()


def team_is_right(asked: Labelled) -> bool:
    """Whether the team can be written as it stands: it is part of what is signed, so letters and digits alone."""
    assert isinstance(asked.field, Field)
    right = re.fullmatch(r"[0-9A-Za-z_-]*", asked.field.text().strip()) is not None
    asked.say_wrong("" if right else "Write it as one word, with letters, digits and hyphens alone.")
    return right


class GiveStep(Step):
    """The file to save, the code to read out."""

    short = "The file and the code"
    go_on = "They have both"

    def __init__(self) -> None:
        super().__init__()
        self.made: Invited | None = None
        self.saved = False
        self.code, self.until = Text("", "code"), Muted("")
        self.where = Text("", "small", tone="green")
        self.where.hide()
        self.problem = Text("", "small", tone="red")
        self.problem.hide()
        save = Button("Save the invitation file …", icon="save", on=self._save)
        paper = Card(
            Text("Read out this code, group by group", "overline"), self.code, kind="soft", margins=(20, 16, 20, 18)
        )
        lines = (Text(TWO_WAYS), Wrap(save), self.where, self.problem, paper, self.until)
        self.setLayout(column(Heading("Give them both, two ways", 1), *lines, None, gap=14))

    def show_invitation(self, made: Invited) -> None:
        self.made = made
        self.code.setText(made.code)
        self.code.setAccessibleName(f"The code: {made.code}")
        self.until.setText(f"The invitation stands until {plain_day(london_day(made.until))}, and works once.")

    def _save(self) -> None:
        found, _ = QFileDialog.getSaveFileName(
            self, "Save the invitation", "asbdesk invitation.asborg", "Invitation (*.asborg)"
        )
        if found:
            self.save_to(Path(found))

    def save_to(self, path: Path) -> None:
        """Write the file there. Raises UserError in words."""
        assert self.made is not None
        save(path, self.made.file, "the invitation", for_others=True)
        self.saved = True
        self.problem.hide()
        self.where.setText(f"Saved: {path.name}")
        self.where.show()

    def ready(self) -> bool:
        self.problem.setText("" if self.saved else "Save the file first: without it the code opens nothing.")
        self.problem.setVisible(not self.saved)
        return self.saved


class ThenStep(Step):
    short = "Then"
    go_on = "Done"

    def __init__(self) -> None:
        super().__init__()
        told = (
            ("They start asbdesk and choose “I have an invitation”.", "log-in"),
            ("Their laptop asks to join. It appears here, under People and laptops.", "users"),
            ("You both read out six words. Are they the same? Then you admit it.", "phone"),
        )
        lines: list[QWidget] = [
            Wrap((Icon(icon, "accent", 22), Text(words, wrap=False)), gap=10) for words, icon in told
        ]
        self.setLayout(column(Heading("What happens then", 1), *lines, None, gap=16))


class InvitePage(Guided):
    """`member`: somebody who works here already and gets another laptop."""

    def __init__(self, frame: Frame, member: str = "") -> None:
        from asbdesk.sync.colleagues import laptops

        some = laptops(frame.desk.desk.store)
        known = {each.member: each.name for each in some if each.name and each.role != "hub"}
        self.who, self.give = WhoStep(list(known.items()), member), GiveStep()
        super().__init__(frame, "Invite somebody", [self.who, self.give, ThenStep()])

    def can_go_back(self, step: Step) -> bool:
        return step is self.give

    def after(self, step: Step) -> None:
        if step is not self.who:
            super().after(step)
            return
        from asbdesk.sync.enrolment import invite

        store, role = self.frame_.desk.desk.store, str(self.who.role.value())
        told = {"team": self.who.team.text().strip(), "member": self.who.member.value()}
        self.work("Making the invitation …", lambda: invite(store, role, **told), self._made)

    def _made(self, made: Invited) -> None:
        self.give.show_invitation(made)
        self.next()


def open_invite(frame: Frame, member: str = "") -> None:
    """Invite somebody, over the window."""
    page = InvitePage(frame, member)
    page.left.connect(frame.close_over)
    frame.open_over(page)
