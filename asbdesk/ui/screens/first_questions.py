"""The six questions of the first start, one page each."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from asbdesk.ui import theme
from asbdesk.ui.asking import ask_folder
from asbdesk.ui.door import Sheet, Strength
from asbdesk.ui.papers import print_pages, save_bytes
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.fields import Field, Labelled
from asbdesk.ui.widgets.layout import Card, column, row
from asbdesk.ui.widgets.new_passphrase import NewPassphrase
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text
from asbdesk.ui.widgets.tiles import TickTile, TileGroup
from asbdesk.ui.widgets.wrap import Wrap


class Step(QWidget):
    """One question. `ready()` says aloud what is missing; `onward` when Return was pressed in its last field."""

    onward = Signal()
    go_on = "Continue"
    short = ""

    def _needs(self, *labelled: tuple[Labelled, str]) -> bool:
        """Every field filled? Says which is not, and goes to the first of them."""
        first: Labelled | None = None
        for each, sentence in labelled:
            assert isinstance(each.field, Field)
            missing = not each.field.text().strip()
            each.say_wrong(sentence if missing else "")
            first = first or (each if missing else None)
        if first is not None:
            first.field.setFocus()
        return first is None

    def ready(self) -> bool:
        return True

    def take_focus(self) -> None:
        field = next((f for f in self.findChildren(Field)), None)
        (field or self).setFocus()


class LandlordStep(Step):
    short = "Your landlord"

    def __init__(self) -> None:
        super().__init__()
        self.name = Field(name="What is your landlord called?", limit=120)
        self.homes = Field(name="About how many homes?", hint="For example: 340", limit=9)
        self.homes.setMaximumWidth(theme.current().px(260))
        self.name.returnPressed.connect(self.homes.setFocus)
        self.homes.returnPressed.connect(self.onward)
        self.named = Labelled(
            "What is your landlord called?", self.name, help="As residents know it. It stands on every plan."
        )
        self.counted = Labelled("About how many homes?", self.homes, help="A round number will do.")
        self.setLayout(column(Heading("Your landlord", 1), self.named, self.counted, None, gap=18))

    def homes_number(self) -> int | None:
        text = self.homes.text().replace(",", "").replace(" ", "")
        return int(text) if text.isascii() and text.isdigit() else None

    def ready(self) -> bool:
        fine = self._needs((self.named, "Write the landlord’s name."))
        odd = bool(self.homes.text().strip()) and self.homes_number() is None
        self.counted.say_wrong("Write a whole number, such as 340." if odd else "")
        return fine and not odd


class OfficerStep(Step):
    short = "You"

    def __init__(self) -> None:
        super().__init__()
        self.name = Field(name="Your name", limit=120)
        self.number = Field(name="The number residents should ring", limit=40)
        self.hours = Field("Monday to Friday, 9 to 5", name="When you can be reached", limit=80)
        self.closed = Field(name="And the number when you are closed", limit=40)
        fields = (self.name, self.number, self.hours, self.closed)
        for field, after in pairwise(fields):
            field.returnPressed.connect(after.setFocus)
        self.closed.returnPressed.connect(self.onward)
        self.named = Labelled("Your name", self.name, help="As you sign: residents read it on their plan.")
        self.rung = Labelled("What number should residents ring?", self.number)
        self.when = Labelled("When can they reach you there?", self.hours)
        self.shut = Labelled("And when you are closed?", self.closed, help="A number that somebody answers at night.")
        self.setLayout(column(Heading("You", 1), self.named, self.rung, self.when, self.shut, None, gap=16))

    def ready(self) -> bool:
        return self._needs(
            (self.named, "Write your name."),
            (self.rung, "Write the number residents should ring."),
            (self.when, "Write when they can reach you."),
            (self.shut, "Write a number for when you are closed; 999 is for danger alone."),
        )


class SecondStep(Step):
    short = "Who checks your work"
    WHO = (
        ("colleague", "A colleague or manager"),
        ("chair", "Our chair"),
        ("other", "Another landlord"),
        ("nobody", "Nobody yet"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.who = TileGroup(self.WHO, name="Who else checks your work?", columns=2, small=True)
        self.name = Field(name="Their name", limit=120)
        self.number = Field(name="Their number", limit=40)
        self.name.returnPressed.connect(self.number.setFocus)
        self.number.returnPressed.connect(self.onward)
        self.named = Labelled("What is their name?", self.name)
        self.rung = Labelled(
            "And their number?", self.number, help="Residents ring it when they have not heard from you."
        )
        self.nobody = Card(
            row(Icon("info", "accent", 20), (Muted(self.ALONE), 1), gap=10), kind="soft", margins=(16, 12, 16, 12)
        )
        self.problem = Text("", "small", tone="red")
        for part in (self.named, self.rung, self.nobody, self.problem):
            part.hide()
        self.who.chosen.connect(lambda _: self._chosen())
        help_ = Muted("A second person looks at high-risk plans, and can be rung when you are away.")
        parts = (self.who, self.problem, self.named, self.rung, self.nobody)
        self.setLayout(column(Heading("Who else checks your work?", 1), help_, *parts, None, gap=14))

    ALONE = "That is an answer too. Where a second person is asked for, the record says that there was none."

    def _chosen(self) -> None:
        alone = self.who.value() == "nobody"
        self.problem.hide()
        self.nobody.setVisible(alone)
        for part in (self.named, self.rung):
            part.setVisible(not alone)

    def answer(self) -> tuple[str, str]:
        """Name and number; both empty for nobody yet."""
        if self.who.value() in (None, "nobody"):
            return "", ""
        return self.name.text().strip(), self.number.text().strip()

    def ready(self) -> bool:
        if self.who.value() is None:
            self.problem.setText("Choose one. “Nobody yet” is an answer.")
            self.problem.show()
            self.who.take_focus()
            return False
        return self.who.value() == "nobody" or self._needs((self.named, "Write their name."))

    def take_focus(self) -> None:
        self.who.take_focus()


class PassphraseStep(Step):
    short = "Passphrase"
    go_on = "Make my desk"

    def __init__(self, strength: Callable[[str], Strength]) -> None:
        super().__init__()
        self.new = NewPassphrase(strength, "Passphrase")
        self.new.entered.connect(self.onward)
        self.quick = TickTile("Open quickly with this computer’s sign-in after a pause", small=True)
        words = (
            "Everything on this laptop is locked with it. Nobody can look it up for you: the recovery sheet comes next."
        )
        after = Muted(
            "The passphrase still works when the sign-in does not. You can change this later in Settings.", small=True
        )
        self.setLayout(
            column(Heading("Choose a passphrase", 1), Muted(words), self.new, 6, self.quick, after, None, gap=12)
        )

    def ready(self) -> bool:
        return self.new.good()

    def take_focus(self) -> None:
        self.new.setFocus()


class SheetStep(Step):
    short = "Recovery sheet"

    def __init__(self) -> None:
        super().__init__()
        self.sheet: Sheet | None = None
        self.code = Text("", "code")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setAccessibleName("Recovery code")
        self.give = Text("", "body")
        self.typed = Field(name="The last group of the code", limit=20)
        self.typed.setMaximumWidth(theme.current().px(260))
        self.typed.returnPressed.connect(self.onward)
        self.asked = Labelled(
            "Type the last group from the printed sheet", self.typed, help="So that we know it can be read."
        )
        words = Muted("If you forget the passphrase, this sheet is the only way back in. Print it, or write it down.")
        paper = Card(Text("Recovery sheet", "overline"), self.code, kind="soft", margins=(20, 16, 20, 18))
        buttons = Wrap(
            Button("Print the sheet", icon="printer", on=self._print),
            Button("Save it as a PDF", icon="save", on=self._save),
            gap=10,
        )
        head = Heading("Your recovery sheet", 1)
        self.setLayout(column(head, words, paper, buttons, self.give, 4, self.asked, None, gap=14))

    def show_sheet(self, sheet: Sheet, checker: str) -> None:
        self.sheet = sheet
        groups = sheet.code.split("-")
        half = (len(groups) + 1) // 2  # two lines of the same length, not a last group by itself
        self.code.setText("-".join(groups[:half]) + "-\n" + "-".join(groups[half:]))
        who = checker or "somebody you trust, not in this office"
        self.give.setText(f"Put one copy in a sealed envelope and give it to {who}. Keep it away from this laptop.")

    def _print(self) -> None:
        if self.sheet is not None:
            print_pages(self, self.sheet.pdf, "Recovery sheet")

    def _save(self) -> None:
        if self.sheet is not None:
            save_bytes(self, self.sheet.pdf, "asbdesk recovery sheet.pdf")

    def ready(self) -> bool:
        assert self.sheet is not None
        last = self.sheet.code.replace("\n", " ").replace("-", " ").split()[-1]
        right = self.typed.text().strip().upper() == last.upper()
        wrong = (
            "That is not the last group. Look at the sheet again."
            if self.typed.text().strip()
            else "Type the last group."
        )
        self.asked.say_wrong("" if right else wrong)
        if not right:
            self.typed.setFocus()
        return right

    def take_focus(self) -> None:
        self.typed.setFocus()


class CopyStep(Step):
    short = "Spare copy"
    go_on = "Make the copy"

    def __init__(self, problem: Callable[[Path], str], note: Callable[[Path], str]) -> None:
        super().__init__()
        self._problem, self._note = problem, note
        self.folder: Path | None = None
        self.where = Field(name="Folder for the spare copy", hint="A USB stick, or a folder somewhere else", limit=400)
        self.where.returnPressed.connect(self.onward)
        self.where.said.connect(lambda _: self._say_near())
        self.near = Text("", "small", tone="amber")
        self.near.hide()
        self.choose = Button("Choose …", icon="folder-open", name="Choose a folder for the spare copy", on=self._choose)
        self.labelled = Labelled("Where shall the spare copy go?", self.where, help="Not the folder asbdesk works in.")
        self.bar = QProgressBar()
        self.bar.setAccessibleName("How much of the copy is made")
        self.bar.hide()
        words = Muted(
            "Laptops are lost and break. The copy is locked with the same passphrase: nobody can read it without."
        )
        lines = (self.labelled, self.near, row(self.choose, None), self.bar)
        self.setLayout(column(Heading("A spare copy", 1), words, *lines, None, gap=14))

    def _choose(self) -> None:
        found = ask_folder(self, "Where shall the spare copy go?")
        if found is not None:
            self.where.set_quietly(str(found))
            self._say_near()

    def _say_near(self) -> None:
        """A folder on the same disk may be used; what that means is said."""
        text = self.where.text().strip()
        words = self._note(Path(text)) if text else ""
        self.near.setText(words)
        self.near.setVisible(bool(words))

    def ready(self) -> bool:
        text = self.where.text().strip()
        problem = self._problem(Path(text)) if text else "Choose a folder, or do this later."
        self.labelled.say_wrong(problem)
        self.folder = None if problem else Path(text)
        if problem:
            self.where.setFocus()
        return not problem

    def show_progress(self, done: int, of: int) -> None:
        self.bar.show()
        self.bar.setRange(0, max(1, of // 1024))
        self.bar.setValue(done // 1024)
