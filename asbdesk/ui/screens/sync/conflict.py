"""Deciding where two of us wrote different things: both values, who and when, and why one of them is kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.casework.conflict_sides import Side
from asbdesk.casework.conflicts import ConflictLine, ConflictView
from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.sync.sides import Differing, Keeps, Sides
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, QuietButton
from asbdesk.ui.widgets.fields import Labelled, Words
from asbdesk.ui.widgets.layout import TOP, Bar, Card, Scroll, column, empty, holder, row
from asbdesk.ui.widgets.text import Bubble, Heading, Icon, Muted, Text
from asbdesk.ui.widgets.wrap import Wrap

BOTH_STAY = "Both stay in the chronology, with your reason, whichever you keep."

ACROSS = 1180
"""Pixels at 100 % text that the page takes at most."""


def open_conflicts(frame: Frame, case: str = "", id: str = "") -> None:
    """Show a conflict (the first of the case, or of all) over the window; the next one when it is decided."""
    page = ConflictPage(frame, case, id)
    page.left.connect(frame.close_over)
    frame.open_over(page)


class ConflictPage(QWidget):
    """`left` when there is nothing more to decide, or the officer leaves."""

    left = Signal()

    def __init__(self, frame: Frame, case: str = "", id: str = "") -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_, self.case, self.id = frame, case, id
        self.view: ConflictView | None = None
        self.as_of = 0
        self._head, self._box = QVBoxLayout(), QVBoxLayout()
        for box in (self._head, self._box):
            box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.current().gap(14))
        self.why = Words(name="Why? In your words", hint="What made you sure, and whom you asked", lines=2)
        self.why.said.connect(self._remember)
        self.asked = Labelled("Why? In your words", self.why)
        self.text = Words(name="In words of your own", lines=4)
        self.text.said.connect(self._remember)
        leave = Button("Leave it for now", big=True, on=self.left.emit)
        head = Bar("header", column(self._head, margins=(28, 14, 28, 14)), ACROSS)
        inside = holder(self._box)
        inside.setMaximumWidth(theme.current().px(ACROSS))
        body = Scroll(holder(column(row((inside, 1)), None, margins=(28, 18, 28, 22))))
        foot = Bar("footer", row(leave, None, margins=(28, 10, 28, 10)), ACROSS)
        self.setLayout(column(head, (body, 1), foot, gap=0))
        self.read()

    # ---- reading
    def read(self) -> None:
        """Read the conflict, or the first that stands; leave when there is none."""
        from asbdesk.casework.conflicts import conflict_view, conflicts

        desk = self.frame_.desk
        if not self.id:
            lines = desk.read(conflicts, desk.member, case=self.case)
            self.id = lines[0].id if lines else ""
        try:
            asked = desk.ask(conflict_view, desk.member, self.id) if self.id else None
        except UserError:
            asked = None
        self.view, self.as_of = (asked.value, asked.as_of) if asked else (None, 0)
        self.draw()

    def draw(self) -> None:
        self.asked.setParent(None)
        self.text.setParent(None)
        empty(self._head)
        empty(self._box)
        if self.view is None:
            self._head.addWidget(Heading("Nothing to decide", 1))
            words = "Somebody decided this meanwhile. It stands in the chronology, with who and why."
            self._box.addWidget(Card(row(Icon("circle-check", "green", 22), (Text(words), 1), gap=10), kind="good"))
            return
        self._draw_head(self.view.line)
        self._draw_body(self.view)

    def _draw_head(self, told: ConflictLine) -> None:
        words = column(Heading(told.title, 1), Muted(" · ".join(p for p in (told.where, told.since_text) if p)), gap=2)
        acts = []
        if told.case:
            name = f"Open the case: {told.where}"
            acts = [(Button("Open the case", icon="folder-open", name=name, on=self._open_case), TOP)]
        bubble = Bubble("users", "red" if told.weighs else "blue", 46)
        self._head.addLayout(row((bubble, TOP), (holder(words), 1), *acts, gap=14))

    def _draw_body(self, view: ConflictView) -> None:
        icon, tone = ("shield-alert", "red") if view.line.weighs else ("info", "accent")
        words = Text(view.meanwhile, "strong", tone=tone if view.line.weighs else "")
        meanwhile = row(Icon(icon, tone, 20), (words, 1), gap=10)
        self._box.addWidget(Card(meanwhile, kind="rule" if view.line.weighs else "soft", margins=(16, 10, 16, 10)))
        if not view.plan:
            self._remembered(view)
        self._box.addWidget(Sides(view.sides))
        if view.differs:
            self._box.addWidget(Card(Differing(view.differs, view.sides), margins=(18, 14, 18, 16)))
        if view.plan:
            self._box.addWidget(self._one_plan())
            return
        self._box.addWidget(self.asked)
        self._box.addWidget(Keeps(view.sides, self.keep, free=view.free))
        if view.free:
            self._box.addWidget(self._own_words())
        self._box.addWidget(holder(row(Icon("file-text", "muted", 18), (Muted(BOTH_STAY), 1), gap=8)))

    def _own_words(self) -> QWidget:
        write = Button("Keep these words", name="Keep what I wrote instead of either", on=self._keep_own)
        words = Labelled("Or put it in words of your own", self.text, help="When both are right, or neither is.")
        return Card(words, Wrap(write), gap=10, margins=(18, 14, 18, 16))

    def _one_plan(self) -> QWidget:
        words = "Go through both with the resident, and agree one plan. It takes the place of both."
        start = Button("Start visit", "primary", "clipboard-check", on=self._start_visit)
        look = QuietButton("Look at both plans", "file-text", on=partial(self._open_case, "plan"))
        return Card(Text(words), Wrap(start, look, gap=10), kind="soft", gap=10)

    # ---- what is being typed
    def _remembered(self, view: ConflictView) -> None:
        kept = self.frame_.desk.remembered(f"conflict:{view.line.id}") or ""
        why, _, text = kept.partition("\n\x1f\n")
        self.why.set_quietly(why)
        self.text.set_quietly(text or view.text)

    def _remember(self, _: str) -> None:
        if self.view is not None:
            text = self.text.toPlainText() if self.view.free else ""
            kept = f"{self.why.toPlainText()}\n\x1f\n{text}"
            self.frame_.desk.remember(f"conflict:{self.view.line.id}", kept)

    def flush(self) -> None:
        self.why.flush()
        self.text.flush()

    # ---- deciding
    def keep(self, side: Side) -> None:
        """Keep one side."""
        from asbdesk.casework.conflicts import APART, decide, decide_assessment

        assert self.view is not None
        told = self.view.line
        if told.id.startswith(f"{APART}/"):
            self._decide(decide_assessment, told.id.rpartition("/")[2], side.entry, self._reason())
        else:
            self._decide(decide, told.id, side.entry, self._reason(), heads=self.view.heads)

    def _keep_own(self) -> None:
        from asbdesk.casework.conflicts import decide

        assert self.view is not None
        text = self.text.toPlainText()
        self._decide(decide, self.view.line.id, "", self._reason(), heads=self.view.heads, text=text)

    def _reason(self) -> str:
        return self.why.toPlainText().strip()

    def _decide(self, act: object, *args: object, **told: object) -> None:
        from asbdesk.casework.conflicts import WHY

        assert self.view is not None and callable(act)
        self.asked.say_wrong("" if self._reason() else WHY)
        if not self._reason():
            self.why.setFocus()
            return
        desk, id = self.frame_.desk, self.view.line.id
        done = desk.do(act, *args, as_of=self.as_of, **told)
        for typed in (self.why, self.text):
            typed.set_quietly("")  # before the next is shown: leaving a field saves what stands in it
        desk.remember(f"conflict:{id}", "")
        self.frame_.say_done("Decided, and written down.", done)
        self._next()

    def _next(self) -> None:
        from asbdesk.casework.conflicts import conflicts

        desk = self.frame_.desk
        lines = desk.read(conflicts, desk.member, case=self.case) if self.case else ()
        if not lines:
            self.left.emit()
            return
        self.id = lines[0].id
        self.read()
        announce(self, f"Decided. Next: {lines[0].title}")
        self.take_focus()

    # ---- elsewhere
    def _open_case(self, tab: str = "") -> None:
        case = self.view.line.case if self.view else ""
        self.flush()
        self.left.emit()
        self.frame_.open_case(case, tab)

    def _start_visit(self) -> None:
        case = self.view.line.case if self.view else ""
        self.left.emit()
        self.frame_.start_visit(case)

    def take_focus(self) -> None:
        if self.view is not None and not self.view.plan:
            self.why.setFocus()
