"""What head office does about one laptop: shut out with its sheet, another role, a code for a forgotten passphrase."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from asbdesk.casework.words import number
from asbdesk.clock import short_moment
from asbdesk.ui.frame import Frame
from asbdesk.ui.papers import print_pages, save_bytes
from asbdesk.ui.screens.first_questions import Step
from asbdesk.ui.screens.sync.guided import Guided
from asbdesk.ui.screens.sync.invite import ROLES, team_is_right
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.fields import Field, Labelled
from asbdesk.ui.widgets.layout import Card, column, empty, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text
from asbdesk.ui.widgets.tiles import TickTile, TileGroup
from asbdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from asbdesk.sync.colleagues import Laptop
    from asbdesk.sync.revocation import Breach

WHYS = (("lost", "Lost"), ("stolen", "Stolen"), ("left", "They leave us"), ("replaced", "It is replaced"))
WHAT_HAPPENS = (
    "From now on the laptop gets nothing new, and what it sends is kept for you to look at first. What it held it "
    "held: nobody can make it forget. The sheet says what was on it, and what the law asks."
)
ON_A_FOLDER = (
    "Do this too: in the settings of the shared folder (OneDrive, the network), take away that laptop’s access. "
    "asbdesk cannot do that for you."
)
RING_BACK = (
    "Be sure who is ringing. Ring them back on the number you know. The code opens their laptop once, with a new "
    "passphrase; that you gave it is written down."
)


class WhyStep(Step):
    short = "What happened"
    go_on = "Shut it out"

    def __init__(self, laptop: Laptop) -> None:
        super().__init__()
        self.why = TileGroup(WHYS, name="What happened to it?", columns=2, small=True)
        self.left = TickTile("They do not work here any more", small=True)
        self.why.chosen.connect(lambda value: self.left.setChecked(value == "left"))
        self.problem = Text("", "small", tone="red")
        self.problem.hide()
        name = laptop.name or f"laptop {laptop.letter}"
        lines = (Text(WHAT_HAPPENS), self.why, self.problem, self.left)
        self.setLayout(column(Heading(f"{name}: what happened to this laptop?", 1), *lines, None, gap=14))

    def ready(self) -> bool:
        chosen = self.why.value() is not None
        self.problem.setText("" if chosen else "Choose one: it stands on the sheet.")
        self.problem.setVisible(not chosen)
        return chosen

    def take_focus(self) -> None:
        self.why.take_focus()


class BreachStep(Step):
    """The sheet for the data protection lead."""

    short = "For the data protection lead"
    go_on = "Done"

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame_ = frame
        self.found: Breach | None = None
        self._facts = QVBoxLayout()
        self._facts.setSpacing(2)
        self.folder = Card(row(Icon("info", "accent", 20), (Text(ON_A_FOLDER), 1), gap=10), kind="ask")
        buttons = Wrap(
            Button("Print the sheet", icon="printer", on=self._print),
            Button("Save it as a PDF", icon="save", on=self._save),
            gap=10,
        )
        said = row(Icon("circle-check", "green", 30), (Heading("It is shut out", 1), 1), gap=12)
        words = Text("Give this sheet to your data protection lead today.")
        self.setLayout(column(said, words, self._facts, buttons, self.folder, None, gap=14))

    def show_breach(self, found: Breach, *, folder: bool) -> None:
        self.found = found
        self.folder.setVisible(folder)
        empty(self._facts)
        for name, words in facts_of(found):
            self._facts.addWidget(Text(name, "strong"))
            self._facts.addWidget(Text(words, "body"))
            self._facts.addSpacing(6)

    def _pdf(self) -> bytes:
        from asbdesk.sync.revocation import sheet

        assert self.found is not None
        return sheet(self.frame_.desk.desk.store, self.found)

    def _print(self) -> None:
        print_pages(self, self._pdf(), "Laptop sheet", self.frame_.desk)

    def _save(self) -> None:
        save_bytes(self, self._pdf(), "asbdesk laptop sheet.pdf")


def facts_of(found: Breach) -> list[tuple[str, str]]:
    """What the sheet says, in short."""
    people = number(found.people, "person", "people")
    held = f"{number(len(found.cases), 'case')}, {people} and {number(found.homes, 'home')}"
    unbroken = [case.replace("-", "\N{NON-BREAKING HYPHEN}") for case in found.cases[:30]]
    references = ", ".join(unbroken) + (" …" if len(found.cases) > 30 else "")
    told = [
        ("What it held", f"{held}. {references}".strip()),
        ("Last heard of", short_moment(found.last_met) if found.last_met else "Never: nothing came of it."),
        ("How it is locked", found.encryption),
        (
            "Where there is a risk to people",
            f"The Information Commissioner is told by {short_moment(found.tell_ico_by)}.",
        ),
    ]
    return [*told, *([("There may be more", found.incomplete)] if found.incomplete else [])]


class LostPage(Guided):
    def __init__(self, frame: Frame, laptop: Laptop) -> None:
        self.laptop = laptop
        self.why, self.sheet = WhyStep(laptop), BreachStep(frame)
        super().__init__(frame, "A laptop that is gone", [self.why, self.sheet])

    def can_go_back(self, step: Step) -> bool:
        return False

    def can_leave(self, step: Step) -> bool:
        return step is self.why

    def after(self, step: Step) -> None:
        if step is not self.why:
            super().after(step)
            return
        from asbdesk.sync.revocation import revoke

        store, why, left = self.frame_.desk.desk.store, str(self.why.why.value()), self.why.left.isChecked()
        work = partial(revoke, store, self.laptop.device, why, left=left)
        self.work("Shutting it out, and making new keys …", work, self._revoked)

    def _revoked(self, found: Breach) -> None:
        from asbdesk.sync.place import FOLDER, org_of

        self.sheet.show_breach(found, folder=org_of(self.frame_.desk.desk.store).place.kind == FOLDER)
        self.frame_.desk.carrier.go()
        self.next()


# ---- another role or team
class RoleStep(Step):
    short = "Role and team"
    go_on = "Change it"

    def __init__(self, laptop: Laptop) -> None:
        super().__init__()
        self.role = TileGroup(ROLES, name="What are they?", columns=1, small=True)
        self.role.set_value(laptop.role)
        self.team = Field(laptop.team, name="Their team", limit=60)
        self.teamed = Labelled("Their team", self.team, help="Left empty where you have no teams.", optional=True)
        words = Muted("What they may see from now on follows. What they have already stays until it was sent.")
        head = Heading(laptop.name or f"Laptop {laptop.letter}", 1)
        self.setLayout(column(head, words, self.role, self.teamed, None, gap=12))

    def ready(self) -> bool:
        return team_is_right(self.teamed)

    def take_focus(self) -> None:
        self.role.take_focus()


class ChangePage(Guided):
    def __init__(self, frame: Frame, laptop: Laptop) -> None:
        self.laptop, self.asked = laptop, RoleStep(laptop)
        super().__init__(frame, "Role and team", [self.asked])

    def after(self, step: Step) -> None:
        from asbdesk.sync.revocation import give_role

        store, role, team = self.frame_.desk.desk.store, str(self.asked.role.value()), self.asked.team.text().strip()
        work = partial(give_role, store, self.laptop.device, role, team)
        self.work("Changing it …", work, lambda _: self._changed())

    def _changed(self) -> None:
        self.frame_.say("done", "Changed. It counts with the next exchange, which begins now.")
        self.frame_.desk.carrier.go()
        self.left.emit()


# ---- a forgotten passphrase
class ChallengeStep(Step):
    short = "What their screen shows"
    go_on = "Work out the code"

    def __init__(self, laptop: Laptop) -> None:
        super().__init__()
        self.shown = Field(name="What their lock screen shows", hint="Two groups of letters and digits", limit=40)
        self.shown.returnPressed.connect(self.onward)
        help_ = "They press “I have forgotten it”, then “Ring head office”."
        self.asked = Labelled("What does their lock screen show?", self.shown, help=help_)
        head = Heading(f"{laptop.name or 'Somebody'} has forgotten the passphrase", 1)
        warn = Card(row(Icon("phone", "amber", 22), (Text(RING_BACK), 1), gap=12), kind="ask")
        self.setLayout(column(head, warn, self.asked, None, gap=14))

    def ready(self) -> bool:
        return self._needs((self.asked, "Ask them to read it out, group by group."))


class CodeStep(Step):
    short = "The code"
    go_on = "They are in"

    def __init__(self) -> None:
        super().__init__()
        self.code = Text("", "code")
        paper = Card(Text("Read out, group by group", "overline"), self.code, kind="soft", margins=(20, 16, 20, 18))
        words = Muted("It works once, on that laptop alone. They choose a new passphrase with it.")
        self.setLayout(column(Heading("The one-time code", 1), paper, words, None, gap=14))

    def show_code(self, code: str) -> None:
        self.code.setText(code)
        self.code.setAccessibleName(f"The code: {code}")


class CodePage(Guided):
    def __init__(self, frame: Frame, laptop: Laptop) -> None:
        self.laptop = laptop
        self.challenge, self.code = ChallengeStep(laptop), CodeStep()
        super().__init__(frame, "A forgotten passphrase", [self.challenge, self.code])

    def can_go_back(self, step: Step) -> bool:
        return False

    def after(self, step: Step) -> None:
        if step is not self.challenge:
            super().after(step)
            return
        from asbdesk.sync.escrow import code_for

        work = partial(code_for, self.frame_.desk.desk.store, self.laptop.device, self.challenge.shown.text())
        self.work("Working out the code …", work, self._made)

    def _made(self, code: Any) -> None:
        self.code.show_code(str(code))
        self.next()


def open_lost(frame: Frame, laptop: Laptop) -> None:
    """The wizard for a laptop that is lost, or whose officer leaves."""
    _open(frame, LostPage(frame, laptop))


def open_change(frame: Frame, laptop: Laptop) -> None:
    """Another role or team."""
    _open(frame, ChangePage(frame, laptop))


def open_code(frame: Frame, laptop: Laptop) -> None:
    """A code to read out to whoever forgot their passphrase."""
    _open(frame, CodePage(frame, laptop))


def _open(frame: Frame, page: Guided) -> None:
    page.left.connect(frame.close_over)
    frame.open_over(page)
