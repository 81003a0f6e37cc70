"""The pages of signing: the plan to read back, the pad for one person, the other ways, the locking."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from asbdesk.casework.visit_views import PlanDraft, PlanStep
from asbdesk.ui import theme
from asbdesk.ui.screens.visit.context import Strokes
from asbdesk.ui.screens.visit.day_field import DayField
from asbdesk.ui.screens.visit.plan_speak import speak_words
from asbdesk.ui.screens.visit.plan_steps import Number, step_lines
from asbdesk.ui.screens.visit.signing import BY_KEY, OUTCOMES
from asbdesk.ui.widgets.buttons import QuietButton
from asbdesk.ui.widgets.fields import Field, Labelled, Words
from asbdesk.ui.widgets.ink_pad import InkPad
from asbdesk.ui.widgets.layout import GUTTER, TOP, Card, Scroll, column, holder, line, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text
from asbdesk.ui.widgets.tiles import TileGroup

RIGHTS = "Signing shows that we went through this plan together. It does not take away any of your rights."
FREE = "You do not have to sign. We will do our part if you sign or not."
LOCKED = "When you finish, this copy is locked. A later change makes a new version."
SAYS = {
    "resident": RIGHTS + " " + FREE,
    "advocate": "You sign only for what you have authority for, not in the resident’s place.",
    "interpreter": "You sign that you read this plan over in the resident’s language, not in the resident’s place.",
    "officer": "You sign that we will do our part, by the days written here.",
}
TITLES = {"resident": "Resident", "advocate": "Advocate", "interpreter": "Interpreter", "officer": "Officer"}


class PlanList(Card):
    """The plan as it is read back: every step numbered, who and by when."""

    def __init__(self, plan: PlanDraft, *, scrolls: bool) -> None:
        self._count = 0
        lines = QVBoxLayout()
        lines.setSpacing(theme.current().gap(10))
        for title, steps in (
            ("We will", plan.ours),
            ("You can, if you want to", plan.yours),
            ("Others will", plan.others),
        ):
            self._group(lines, title, steps)
        self._group(lines, "We cannot", plan.cannot)
        lines.addWidget(Text("We speak", "overline"))
        lines.addWidget(Text(speak_words(plan), "strong"))
        lines.addStretch(1)
        lines.setContentsMargins(0, 0, theme.current().gap(GUTTER if scrolls else 0), 0)
        body = Scroll(holder(lines)) if scrolls else holder(lines)
        asks = Muted("“Tell me in your own words what happens next.”")
        super().__init__(Heading("Your plan", 2), asks, (body, 1), gap=8, margins=(24, 20, 16, 16))

    def _group(self, lines: QVBoxLayout, title: str, steps: tuple[PlanStep, ...]) -> None:
        if not steps:
            return
        if lines.count():
            lines.addWidget(line())
        lines.addWidget(Text(title, "overline"))
        for step in steps:
            self._count += 1
            lines.addLayout(row((Number(self._count), TOP), (step_lines(step), 1), gap=12))


class PadStage(Card):
    """One person signs. Undo and clear beside the name."""

    changed = Signal()

    def __init__(self, role: str, name: str, strokes: Strokes, language: str = "") -> None:
        self.role = role
        self.pad = InkPad(f"{name} signs here" if name else "Sign here")
        self.pad.setMinimumHeight(theme.current().gap(170))
        self._kept = strokes
        undo = QuietButton("Undo", "undo-2", name="Undo the last stroke", on=self.pad.undo)
        clear = QuietButton("Clear", "eraser", name="Clear the signature", on=self.pad.clear)
        self.name = Field(name, name=f"Name of the {TITLES[role].lower()}")
        self.language = Field(language, name="Language read in")
        known = role in ("resident", "officer")
        who = row(Heading(TITLES[role], 2, wrap=False), (Muted(name, wrap=False), 1), undo, clear, gap=10)
        extra = [Labelled("Name", self.name)] if not known else []
        extra += [Labelled("Language", self.language)] if role == "interpreter" else []
        says, lock = Text(SAYS[role], "body"), row(Icon("lock-keyhole", "muted", 18), (Muted(LOCKED), 1), gap=8)
        asked = [row(*((each, 1) for each in extra), gap=12)] if extra else []
        super().__init__(who, *asked, (self.pad, 1), says, lock, gap=10, margins=(24, 16, 24, 16))
        self.name.textEdited.connect(lambda text: self.pad.set_label(f"{text} signs here" if text else "Sign here"))
        self.pad.changed.connect(self._drawn)

    def _drawn(self) -> None:
        self._kept = ()
        self.changed.emit()

    def units(self) -> Strokes:
        """What stands on the pad, or will once it is shown."""
        return self._kept or (() if self.pad.is_empty() else self.pad.in_units())

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was drawn before, once the pad has its size."""
        super().showEvent(event)
        if self._kept and not self.pad.strokes.lines:
            self.pad.show_units(self._kept)


class OutcomeStage(Card):
    """The other ways, each with what it needs."""

    changed = Signal()

    def __init__(self, by_phone: bool, today: str, outcome: str, note: str, ask_on: str) -> None:
        shown = [o for o in OUTCOMES if not (by_phone and o.key == "signed")]
        self.tiles = TileGroup([(o.key, o.label) for o in shown], name="How does it end today?", columns=2)
        self.then = Text("", "body")
        self.note = Words(note, name="Note", lines=2)
        self.note_box = Labelled("Note", self.note)
        self.day = DayField("On which day do we ask again?", today, ask_on)
        self.day_box = Labelled("On which day do we ask again?", self.day)
        head = column(Heading("How does it end today?", 2), Muted("Every way is all right. " + FREE), gap=4)
        super().__init__(
            head, self.tiles, self.then, self.note_box, self.day_box, None, gap=14, margins=(24, 20, 24, 20)
        )
        self.tiles.set_value(outcome if outcome in {o.key for o in shown} else None)
        self.tiles.chosen.connect(self._chose)
        self._show()

    @property
    def outcome(self) -> str:
        return str(self.tiles.value() or "")

    def _chose(self, _value: object) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        chosen = BY_KEY.get(self.outcome)
        self.then.setText(chosen.then if chosen else "")
        self.note_box.setVisible(bool(chosen and chosen.note))
        self.day_box.setVisible(bool(chosen and chosen.asks_day))
        if chosen and chosen.note:
            self.note_box.label.setText(chosen.note)
            self.note.setAccessibleName(chosen.note)


class LockingStage(Card):
    """While the copy is made and sealed, and once it is."""

    def __init__(self) -> None:
        self.title = Heading("Making the locked copy", 2)
        self.words = Text("This takes a moment. Everything is saved.", "body")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Making the locked copy")
        self.icon = Icon("file-lock", "accent", 40)
        middle = Qt.AlignmentFlag.AlignHCenter
        for words in (self.title, self.words):
            words.setAlignment(middle)
        super().__init__(None, (self.icon, middle), self.title, self.words, self.bar, None, gap=14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sealed(self, number: str) -> None:
        self.bar.hide()
        self.icon.set("circle-check", "green")
        self.title.setText(f"The plan is locked: version {number}")
        self.words.setText("Our steps have started. A later change makes a new version.")


def beside(left: QWidget, right: QWidget) -> QWidget:
    """The plan at the left, a third of the room; the stage at the right."""
    return holder(row((left, 5), (right, 9), gap=20))
