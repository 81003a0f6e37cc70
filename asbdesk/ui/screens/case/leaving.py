"""Something is about to leave the desk: what stands in its way is said first, and goes on only with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from asbdesk.casework.release import Override, Refused, release_out
from asbdesk.clock import instant
from asbdesk.ui import theme
from asbdesk.ui.asking import warned_of_printers
from asbdesk.ui.papers import OPEN_PLACE, print_pages, save_bytes
from asbdesk.ui.tab_order import Dialog
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.fields import Labelled, Words
from asbdesk.ui.widgets.layout import Card, column, row
from asbdesk.ui.widgets.text import Heading, Icon, Text

if TYPE_CHECKING:
    from asbdesk.casework.way_out import Leaving
    from asbdesk.ui.desk import UiDesk
    from asbdesk.ui.frame import Frame

T = TypeVar("T")


class StopDialog(Dialog):
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
        self.no = PrimaryButton("Do not let it out", on=self.reject)
        self.go = Button("Let it out all the same", "danger", on=self._go)
        self.reason.setVisible(not self.final)
        self.go.setVisible(not self.final)
        foot = row(self.go, None, self.no, gap=10)
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
    going = cleared(parent, frame.desk, leaving, way)
    if going is not None and going.reason:
        write_down(frame.desk, leaving, way, leaving.what, going)
    return going is not None


@dataclass(frozen=True)
class Going:
    """It may leave: without a question, or for this reason although that stood in its way."""

    stood: tuple[str, ...] = ()
    reason: str = ""


def cleared(parent: QWidget, desk: UiDesk, leaving: Leaving, way: str) -> Going | None:
    """Ask what stands in its way now, and for the reason; None: it does not go. Nothing is written down yet."""
    from asbdesk.casework.sharing import stood_in

    at = instant(desk.clock.now())

    def look(why: Override) -> Override:
        desk.read(release_out, leaving, None, way, at, why)
        return why

    why = with_reason(parent, look)
    if why is None:
        return None
    return Going(desk.read(stood_in, leaving), why.reason) if why.reason else Going()


def write_down(desk: UiDesk, leaving: Leaving, way: str, what: str, going: Going) -> None:
    """It left: what, by which way, to whom, and why although something stood in its way."""
    from asbdesk.casework.sharing import left

    desk.do(left, leaving.case, way, what, to=leaving.to, stood=going.stood, reason=going.reason)


def print_out(parent: QWidget, frame: Frame, leaving: Leaving, pages: Callable[[], bytes], title: str) -> None:
    """A paper of a case to a printer: looked at for its reader now, shown as it comes out, and written down. `pages`
    makes the flattened PDF, elsewhere; `title` stands in the printer's queue."""
    going = cleared(parent, frame.desk, leaving, "print")
    if going is not None:
        print_cleared(parent, frame, leaving, pages, title, going)


def print_cleared(
    parent: QWidget, frame: Frame, leaving: Leaving, pages: Callable[[], bytes], title: str, going: Going
) -> None:
    """What was looked at already: shown as it comes out, printed, and written down."""
    if not warned_of_printers(frame):
        return

    def made(pdf: bytes) -> None:
        printed = print_pages(parent, pdf, title, frame.desk)
        if printed is not None:
            write_down(frame.desk, leaving, "print", f"{leaving.what}: {printed.words}", going)
            frame.said.emit("done", "Sent to the printer, and written down.", None)

    frame.desk.later(pages, made, owner=parent)


def save_out(parent: QWidget, frame: Frame, leaving: Leaving, pages: Callable[[], bytes], name: str) -> None:
    """A paper of a case to a file of the officer's choosing: looked at for its reader now, and written down."""
    going = cleared(parent, frame.desk, leaving, "copy")
    if going is None:
        return

    def made(pdf: bytes) -> None:
        place = save_bytes(parent, pdf, name)
        if place is not None:
            write_down(frame.desk, leaving, "copy", leaving.what, going)
            frame.said.emit("warning", f"Saved as “{place.name}”. {OPEN_PLACE}", None)

    frame.desk.later(pages, made, owner=parent)
