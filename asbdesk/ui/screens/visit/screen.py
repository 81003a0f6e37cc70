"""The visit on the window: one path, nine steps, three faces. Everything it knows it asks of `VisitPath`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from asbdesk.casework.visit import VisitPath
from asbdesk.clock import Clock
from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.screens.visit.bars import Foot, Head, SomeoneStrip, stand_in_the_middle
from asbdesk.ui.screens.visit.beside import Beside
from asbdesk.ui.screens.visit.context import Visit, Works
from asbdesk.ui.screens.visit.faces import Faces
from asbdesk.ui.screens.visit.leads import Leads
from asbdesk.ui.screens.visit.leaving import LeavingPage
from asbdesk.ui.screens.visit.out_watch import OutStrip
from asbdesk.ui.screens.visit.page import StepPage
from asbdesk.ui.screens.visit.panels import PANELS
from asbdesk.ui.screens.visit.rail import StepRail
from asbdesk.ui.widgets.banner import Banner
from asbdesk.ui.widgets.cover import Cover, Prove
from asbdesk.ui.widgets.layout import GUTTER, Scroll, column, holder
from asbdesk.ui.widgets.slices import soon

NARROW, TIGHT = 1180, 860
"""Widths (pixels at 100 % text) under which the side goes, and under which the steps show numbers alone."""


class VisitScreen(Faces):
    """One visit. `left` when the officer saved and left; `ended` when they are out and safe."""

    left = Signal()
    ended = Signal()

    def __init__(self, path: VisitPath, desk: Works, clock: Clock, *, landlord: str, prove: Prove) -> None:
        super().__init__()
        self.path, self._settled = path, False
        self.setObjectName("page")
        self.setWindowTitle("asbdesk")  # never a name or a case: task bars and thumbnails are read by others
        self.visit = Visit(path, desk, clock, landlord, prove, self._say, self._saved, self.redraw)
        self.visit.mine = path.where[0] == "before" and path.back_by is None
        self._make_parts()
        self.visit.set_pin = self.cover.set_pin
        self.visit.show_mine, self.visit.go, self.visit.end = self.show_mine, self.go, self.finish_visit
        self._lay_out()
        self._wire()
        self._keys()
        self.guard_dialogs()
        self.redraw()
        if path.left_early:
            self.ask_why(False)

    def _make_parts(self) -> None:
        kind = "Visit by telephone" if self.path.by_phone else "Home visit"
        self.head = Head(f"{kind} · {self.path.reference}", f"Talking with {self.path.resident}")
        self.rail, self.beside, self.foot = StepRail(), Beside(), Foot()
        self.someone, self.banner = SomeoneStrip(), Banner()
        self.strip = OutStrip(self.visit)
        self.page = StepPage(self.visit, PANELS)
        self._aside = column(self.beside, gap=0, margins=(0, 0, GUTTER, 0))
        self.side, self.steps = Scroll(holder(self._aside)), Scroll(self.rail, bar=False)
        self.side.setFixedWidth(theme.current().gap(280 + GUTTER))
        self._below = False
        self.cover = Cover(self.visit.landlord, self.visit.prove)
        self.leaving = LeavingPage(self.visit)

    def _lay_out(self) -> None:
        front = QWidget()
        front.setObjectName("page")
        lines = QVBoxLayout(front)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(theme.current().gap(20))
        self._centre = QHBoxLayout()
        self._centre.setSpacing(0)
        self._centre.addWidget(self.page, 1)
        self._centre.addWidget(self.side)
        self._middle.addWidget(self.steps)
        self._middle.addLayout(self._centre, 1)
        for bar in (self.head, self.someone, self.banner):
            lines.addWidget(bar)
        lines.addLayout(self._middle, 1)
        lines.addWidget(self.foot)
        self.stack = QStackedWidget()
        for page in (front, self.cover, self.leaving):
            self.stack.addWidget(page)
        self.front = front
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.strip)  # over every face, the covered one too: it names nobody
        outer.addWidget(self.stack)

    def _wire(self) -> None:
        self.rail.chosen.connect(self.go)
        self.page.answered.connect(self._answered)
        self.page.at.connect(self._at)
        self.page.show_mine.connect(self.turn_face)
        self.head.someone.connect(self.someone.open)
        self.head.face.connect(self.turn_face)
        self.head.cover.connect(self.cover_up)
        self.head.leave.connect(self.leave_now)
        self.someone.came_in.connect(self.someone_came_in)
        self.someone.other_person.connect(self.other_person_came)
        self.someone.child.connect(self.child_can_hear)
        self.foot.back.connect(self.back)
        self.foot.pause.connect(self.save_and_leave)
        self.foot.aside.connect(self.later)
        self.foot.onward.connect(self.onward)
        self.strip.out.connect(self.say_out)
        self.cover.opened.connect(self.uncover)
        self.leaving.done.connect(self.after_leaving)
        self.leaving.aside.connect(self.left)
        self.leaving.go_on.connect(self.show_front)

    def _keys(self) -> None:
        for keys, does in (
            *(("F9", self.turn_face), ("F12", self.cover_up), ("Ctrl+F12", self.leave_now), ("F11", self.fill_screen)),
            *(("Ctrl+Return", self.onward), ("Ctrl+Enter", self.onward), ("Alt+Left", self.back)),
            *((f"Ctrl+{n}", lambda n=n: self._go_number(n)) for n in range(1, 10)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(does)

    # ---- drawing
    def redraw(self) -> None:
        """Ask the path for everything on the screen again."""
        with self.path.desk.one_look():
            self._redraw()

    def _redraw(self) -> None:
        here = self.path.where[0]
        view, steps = self.path.step(here), self.path.steps
        self.number = view.number
        self.rail.show_steps(steps, here)
        self.steps.ensureWidgetVisible(self.rail.buttons[here], 0, 0)
        self.head.show_progress(view.number, sum(step.state == "done" for step in steps))
        self.head.show_face(self.visit.mine)
        self.page.show_step(view)
        self.page.set_alone()
        problems = self.path.problems() if self.visit.mine and here in ("plan", "sign") else ()
        self.beside.show_step(view, self.visit.mine, problems)
        self._dress_foot()
        self.strip.look()
        self._fit()

    def _panel(self) -> Leads | None:
        """The panel that leads this step's last two buttons, if one does."""
        return self.page.leading()

    def _dress_foot(self) -> None:
        panel = self._panel()
        onward, aside = panel.words() if panel else ("Save and continue", "Come back to this later")
        self.foot.say(onward, aside)
        self.foot.back_button.setVisible(self.number > 1)

    def _fit(self) -> None:
        scale = theme.current().scale
        panel = self._panel()
        wide = panel.wide if panel is not None and not self.visit.mine else ""
        narrow, tight = self.width() < NARROW * scale, self.width() < TIGHT * scale
        stand_in_the_middle(self.width(), self._middle, (self.head, self.someone, self.foot))
        self.rail.set_compact(narrow)
        self.steps.setVisible(wide != "all")
        self.steps.setFixedWidth(self.rail.sizeHint().width())
        self._place_side(tight, (not narrow and not wide) or self.visit.mine)
        self.head.set_tight(tight)
        self.foot.set_tight(tight)
        self.someone.set_narrow(tight)
        self.strip.set_narrow(tight)

    def _place_side(self, below: bool, shown: bool) -> None:
        """Beside the questions, or under them where there is no room beside."""
        if below != self._below:
            self._below = below
            (self.page.below if below else self._aside).addWidget(self.beside)
        self.side.setVisible(shown and not below)
        self.beside.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.cover.ensurePolished()
        if not self._settled:
            soon(self, self._settle)

    def _settle(self, tries: int = 20) -> None:
        """Go to the question that was left. A window just opened puts the focus where it likes: that is no answer."""
        question = self.path.where[1]
        self.page.go(question)
        if tries and not self.page.at_question(question):
            soon(self, lambda: self._settle(tries - 1), 20)
            return
        self._settled = True

    def _say(self, kind: str, words: str) -> None:
        self.banner.say(kind, words)

    def _saved(self) -> None:
        self.head.show_saved(self.visit.time())

    def flush(self) -> None:
        """Save what is being typed, now: before the desk locks, or the window closes."""
        self.page.flush()

    # ---- answers and steps
    def _answered(self, question: str, value: object) -> None:
        step = self.path.where[0]
        if self.visit.tried(lambda: self.path.answer(step, question, value)):
            self.redraw()

    def _at(self, question: str) -> None:
        step, held = self.path.where
        if self._settled and held != question:
            self.path.go(step, question)

    def _go_number(self, number: int) -> None:
        self.go(self.path.steps[number - 1].id)

    def go(self, step: str) -> None:
        """Show a step; what is being typed is saved first."""
        if self.visit.busy or self.stack.currentWidget() is not self.front:
            return
        self.page.flush()
        self.banner.hide()
        self.path.go(step)
        self.redraw()
        self.page.go(self.path.where[1])

    def back(self) -> None:
        number = self.path.step(self.path.where[0]).number
        panel = self._panel()
        if not self.visit.busy and not (panel and panel.back()) and number > 1:
            self._go_number(number - 1)

    def onward(self) -> None:
        """Save and continue: the step is finished, unless its panel has something to do first."""
        self._next(lambda panel: panel.onward(), self.path.finish)

    def later(self) -> None:
        """Come back to this later."""
        self._next(lambda panel: panel.aside(), self.path.later)

    def _next(self, of_panel: Callable[[Leads], bool], of_path: Callable[[str], str]) -> None:
        if self.visit.busy or self.stack.currentWidget() is not self.front:
            return
        self.page.flush()
        panel = self._panel()
        if panel and of_panel(panel):
            self._dress_foot()
            self._fit()
            self.page.set_alone()
            return
        try:
            following = of_path(self.path.where[0])
        except UserError as problem:
            self._say("problem", str(problem))
            return
        self._saved()
        self.visit.mine = False
        self.go(following)

    def fill_screen(self) -> None:
        """F11: the whole screen, or a window again."""
        window = self.window()
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def save_and_leave(self) -> None:
        """Nothing is lost: the visit goes on from this question."""
        if not self.visit.busy:
            self.page.flush()
            self.left.emit()

    def finish_visit(self) -> None:
        """Out and safe. How the officer is goes to nobody unless they said who should know."""
        said = {a.question.id: a.value for a in self.path.step("out").questions}
        note, talk_to = (
            str(said.get(q) or "") if isinstance(said.get(q), str) else "" for q in ("warning_note", "talk_to")
        )

        def end() -> None:
            self.path.finish("out")
            self.path.out_safe(warning_note=note, talk_to=talk_to)

        self.page.flush()
        if self.path.left_early:
            self.ask_why(self.path.room.other_person)
        elif self.visit.tried(end):
            self.ended.emit()
