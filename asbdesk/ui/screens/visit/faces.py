"""Shared, mine, covered; leave now; somebody came in. Cover first, save next, ask last."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from asbdesk.casework.visit import VisitPath
from asbdesk.ui.screens.visit.bars import SomeoneStrip
from asbdesk.ui.screens.visit.context import Visit
from asbdesk.ui.screens.visit.leaving import LeavingPage
from asbdesk.ui.screens.visit.page import StepPage
from asbdesk.ui.widgets.cover import Cover


class Faces(QWidget):
    """What the visit's screen does about being read by others. `VisitScreen` makes the parts."""

    path: VisitPath
    visit: Visit
    stack: QStackedWidget
    front: QWidget
    page: StepPage
    cover: Cover
    leaving: LeavingPage
    someone: SomeoneStrip
    out_after_cover = False
    """"I am out" was pressed over the cover: that is what the officer comes back for."""

    def go(self, step: str) -> None:
        """Show a step."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Ask the path for everything on the screen again."""
        raise NotImplementedError

    def guard_dialogs(self) -> None:
        """A dialog over the window would swallow the keys that cover it: each gets them as its own."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusWindowChanged.connect(self._guard)

    def _guard(self, _window: object = None) -> None:
        box = QApplication.activeModalWidget()
        if box is None or box.property("covers") or not self.isVisible():
            return
        box.setProperty("covers", True)
        for keys, does in (("F12", self.cover_up), ("Ctrl+F12", self.leave_now)):
            QShortcut(QKeySequence(keys), box).activated.connect(does)

    @property
    def covered(self) -> bool:
        return self.stack.currentWidget() is self.cover

    def turn_face(self) -> None:
        """F9: what is only for the officer, shown or hidden."""
        if self.stack.currentWidget() is not self.front or self.visit.busy:
            return
        self.page.flush()
        question = self.path.where[1]
        self.visit.mine = not self.visit.mine
        self.redraw()
        self.page.go(question)

    def show_mine(self) -> None:
        """Show the officer's own face: the resident is no longer here."""
        if not self.visit.mine:
            self.turn_face()
        else:
            self.redraw()

    def cover_up(self) -> None:
        """F12: covered at once; what was being typed is saved behind the cover. The shared face is what comes back."""
        if self.covered:
            return
        self._after = self.stack.currentWidget()
        self.stack.setCurrentWidget(self.cover)
        self.cover.covered()
        self.cover.repaint()
        for box in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if box is not None:
                box.close()
        self.page.flush()
        self.someone.hide()

    def uncover(self) -> None:
        """The officer proved who they are: the shared face, or first why they left."""
        self.visit.mine, out = False, self.out_after_cover
        self.out_after_cover = False
        if self.path.left_early:
            self.ask_why(self.path.room.other_person)
            return
        if out:
            self.path.go("out")
        self.show_front()

    def say_out(self) -> None:
        """The officer is out. Over the cover the word is asked for first, and then the last step stands there."""
        if self.covered:
            self.out_after_cover = True
            self.cover.ask_for_word()
        else:
            self.go("out")

    def show_front(self) -> None:
        """The steps, drawn anew."""
        if not self.visit.busy:  # a panel whose work still runs must be there when the work comes back
            self.page.forget()
        self.stack.setCurrentWidget(self.front)
        self.redraw()
        self.page.go(self.path.where[1])

    def ask_why(self, other_person: bool) -> None:
        """Why it was left early, or how to reach them safely after the other person came."""
        self.leaving.open(other_person)
        self.stack.setCurrentWidget(self.leaving)

    def after_leaving(self) -> None:
        """Why was told: are you out, and safe? The visit can be ended there, or gone on with another day."""
        self.visit.stages["copy"] = "out"
        self.path.go("out")
        self.visit.mine = True
        self.show_front()

    def leave_now(self) -> None:
        """One key: covered, saved, marked left early. Why is asked when the officer comes back to the screen."""
        self.cover_up()
        self.visit.tried(self.path.left_now)

    def someone_came_in(self) -> None:
        """Covered; the questions that need privacy are put away."""
        self.cover_up()
        self.visit.tried(self.path.someone_came_in)

    def other_person_came(self) -> None:
        """Covered; the visit stops; how to reach the resident safely is asked later."""
        self.cover_up()
        self.visit.tried(self.path.other_person_came)

    def child_can_hear(self) -> None:
        """Abuse, self-harm and the detail of violence are put off; the resident is not asked in front of the child."""
        self.someone.hide()
        self.page.flush()
        here: Any = next((a.value for a in self.path.step("who").questions if a.question.id == "present"), None)
        others = [who for who in here if who not in ("nobody", "child")] if isinstance(here, list) else []
        self.visit.tried(lambda: self.path.answer("who", "present", [*others, "child"]))
        self.visit.tried(lambda: self.path.answer("who", "child_understands", "yes"))
        self.page.forget()
        self.redraw()
