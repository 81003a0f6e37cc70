"""Something is about to leave the desk: what stands in its way is said first, and goes on only with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from asbdesk.casework.release import Override, Refused, release_out
from asbdesk.clock import instant
from asbdesk.ui import theme
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.fields import Labelled, Words
from asbdesk.ui.widgets.layout import Card, column, row
from asbdesk.ui.widgets.text import Heading, Icon, Text

if TYPE_CHECKING:
    from asbdesk.casework.way_out import Leaving
    from asbdesk.ui.frame import Frame

T = TypeVar("T")


class StopDialog(QDialog):
    """Who, what and why; `reason` is asked where nothing in the way is final. Escape and "Do not" let nothing out."""

    def __init__(self, parent: QWidget, refused: Refused) -> None:
        super().__init__(parent)
        from asbdesk.casework.release import sentence

        self.setWindowTitle("Stop and look")
        said = [sentence(found) for found in refused.findings]
        self.setAccessibleName(" ".join(["Stop and look.", *said]))
        cards = [Card(row(Icon("siren", "red", 20), (Text(words, "body"), 1)), kind="rule") for words in said]
        self.words = Words(name="Why does it go all the same?", lines=2)
        self.reason = Labelled(
            "Why does it go all the same?", self.words, help="It is kept in the case, with your name."
        )
        self.final = any(getattr(found, "final", False) for found in refused.findings)
        self.no, self.go = Button("Do not let it out", on=self.reject), PrimaryButton("Let it out", on=self._go)
        self.reason.setVisible(not self.final)
        self.go.setVisible(not self.final)
        foot = row(None, self.no, self.go, gap=10)
        self.setLayout(column(Heading("Stop and look"), *cards, self.reason, 8, foot, gap=10, margins=(24, 20, 24, 18)))
        self.setMinimumWidth(theme.current().gap(520))
        self.no.setFocus()

    def _go(self) -> None:
        if self.words.toPlainText().strip():
            self.accept()
            return
        self.reason.say_wrong("Write why, in a few words.")
        self.words.setFocus()

    @property
    def why(self) -> str:
        return self.words.toPlainText().strip()


def with_reason(parent: QWidget, try_it: Callable[[Override], T]) -> T | None:
    """Try it; where it is refused, ask why it goes all the same and try once more. None: it does not go."""
    try:
        return try_it(Override())
    except Refused as refused:
        dialog = StopDialog(parent, refused)
        if not dialog.exec() or dialog.final:
            return None
        return try_it(Override(dialog.why))


def may_leave(parent: QWidget, frame: Frame, leaving: Leaving, way: str) -> bool:
    """Whether it may go now. What went although something stood in its way is kept in the case with its reason."""
    from asbdesk.casework.sharing import left, stood_in

    desk, at = frame.desk, instant(frame.desk.clock.now())
    given: list[str] = []

    def look(why: Override) -> bool:
        desk.read(release_out, leaving, None, way, at, why)
        given.append(why.reason)
        return True

    if not with_reason(parent, look):
        return False
    if given[-1]:
        stood = desk.read(stood_in, leaving)
        desk.do(left, leaving.case, way, leaving.what, to=leaving.to, stood=stood, reason=given[-1])
    return True
