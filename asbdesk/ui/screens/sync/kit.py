"""The organisation's kit: printed twice, proved by its last group, put away; it lies on no laptop afterwards."""

from __future__ import annotations

from PySide6.QtCore import Qt

from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.papers import print_pages, save_bytes
from asbdesk.ui.screens.first_questions import Step
from asbdesk.ui.screens.sync.guided import Guided
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.fields import Field, Labelled
from asbdesk.ui.widgets.layout import Card, column
from asbdesk.ui.widgets.text import Heading, Muted, Text
from asbdesk.ui.widgets.wrap import Wrap

WHAT = (
    "Whoever holds this code can take over what you share: it names who may admit and who may be shut out. Print it "
    "twice, put each copy in an envelope, and lock them away in two places, not with a laptop."
)
WHY = "You need it when the last head-office laptop is lost, and never in daily work."


class KitStep(Step):
    """`show_kit()` once there is one."""

    short = "The kit on paper"
    go_on = "It is printed and put away"

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame_ = frame
        self.code = Text("", "code")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.typed = Field(name="The last group of the code", limit=20)
        self.typed.setMaximumWidth(theme.current().px(260))
        self.typed.returnPressed.connect(self.onward)
        self.asked = Labelled("Type the last group from the paper", self.typed, help="So that we know it can be read.")
        paper = Card(Text("Your organisation’s kit", "overline"), self.code, kind="soft", margins=(20, 16, 20, 18))
        buttons = Wrap(
            Button("Print it", icon="printer", on=self._print),
            Button("Save it as a PDF", icon="save", on=self._save),
            gap=10,
        )
        lines = (Text(WHAT), Muted(WHY), paper, buttons, 4, self.asked)
        self.setLayout(column(Heading("A kit to lock away", 1), *lines, None, gap=14))

    def show_kit(self) -> None:
        from asbdesk.sync.founding import kit_code

        self.code.setText(kit_code(self.frame_.desk.desk.store))
        self.code.setAccessibleName(f"The kit’s code: {self.code.text()}")

    def _pdf(self) -> bytes:
        from asbdesk.sync.founding import kit_sheet

        return kit_sheet(self.frame_.desk.desk.store)

    def _print(self) -> None:
        print_pages(self, self._pdf(), "Kit", self.frame_.desk)

    def _save(self) -> None:
        save_bytes(self, self._pdf(), "asbdesk organisation kit.pdf")

    def ready(self) -> bool:
        from asbdesk.sync.founding import kit_is_put_away

        typed = self.typed.text().strip()
        try:
            if typed:
                kit_is_put_away(self.frame_.desk.desk.store, typed)
            problem = "" if typed else "Type the last group."
        except UserError as wrong:
            problem = str(wrong)
        self.asked.say_wrong(problem)
        if problem:
            self.typed.setFocus()
        return not problem

    def take_focus(self) -> None:
        self.typed.setFocus()


class KitPage(Guided):
    """The kit alone, for whoever left before it was put away."""

    def __init__(self, frame: Frame) -> None:
        self.kit = KitStep(frame)
        super().__init__(frame, "Your organisation’s kit", [self.kit])
        self.kit.show_kit()

    def after(self, step: Step) -> None:
        self.frame_.say("done", "The kit is put away. It lies on no laptop any more.")
        self.left.emit()


def open_kit(frame: Frame) -> None:
    """Show the kit that was not put away yet."""
    page = KitPage(frame)
    page.left.connect(frame.close_over)
    frame.open_over(page)
