"""Two cards about seals: the landlord's authority to hand out, and whom it asks for the time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from asbdesk.casework.saved import save
from asbdesk.errors import UserError
from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.buttons import Button, PrimaryButton, QuietButton
from asbdesk.ui.widgets.fields import Field, Labelled
from asbdesk.ui.widgets.layout import Card, holder, row
from asbdesk.ui.widgets.text import Heading, Muted, Text

if TYPE_CHECKING:
    from asbdesk.documents.stamp import Asked

HAND_OUT = (
    "Whoever checks our papers elsewhere, a court or the Ombudsman, needs this file. Nothing in it is secret. Say the "
    "mark to them by telephone: it also stands at the foot of every locked page."
)
WHY_TIME = (
    "A locked copy carries the time of the laptop's clock. A time-stamp authority bears it out: when there is a "
    "connection it is sent a number worked out from the paper (32 bytes, from which nothing can be read), and signs "
    "the time."
)


class AuthorityCard(Card):
    """The landlord's authority: its name, its mark, and a copy to hand out."""

    def __init__(self, frame: Frame) -> None:
        from asbdesk.documents.authority import common_name, fingerprint
        from asbdesk.documents.known import read
        from asbdesk.sync.seal_care import trust_of

        self.frame_ = frame
        with frame.desk.desk.store.reader.connect() as conn:
            self._held = trust_of(conn)
        lines = [Heading("Our authority"), Muted(HAND_OUT)]
        if self._held:
            known = read(self._held)
            self.mark = Text(fingerprint(known.authority), "code")
            self.mark.setAccessibleName(f"Our mark: {self.mark.text()}")
            lines += [Text(common_name(known.authority), "strong"), self.mark]
            if known.withdrawn:
                count = len(known.withdrawn)
                lost = "A lost laptop is" if count == 1 else f"{count} lost laptops are"
                lines.append(Text(f"{lost} known: what was locked there later does not count."))
        save = Button("Save it as a file", icon="save", on=self._save)
        super().__init__(*lines, row(save, None), gap=10)

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Save our authority", "authority.pem", "Authority (*.pem)")
        if not name:
            return
        save(Path(name), self._held, "our authority", for_others=True)
        self.frame_.say("done", "Our authority is saved. Say its mark to whoever gets the file.")


class TimeCard(Card):
    """Whom we ask for the time: looked at first, then named; what waits, and raising it now."""

    def __init__(self, frame: Frame) -> None:
        self.frame_ = frame
        self.found: Asked | None = None
        self.now, self.waits = Text(""), Muted("")
        self.address = Field(name="Address of a time-stamp authority", hint="https://…", limit=400)
        self.asked = Labelled("Its address", self.address, help="As its provider gives it (RFC 3161).")
        self.look = Button("See who answers", icon="search", on=self._look)
        self.who = Text("")
        self.use = PrimaryButton("Ask them from now on", on=self._use)
        self.stop = QuietButton("Ask nobody any more", on=self._stop)
        self.now_ = Button("Put time stamps on now", icon="stamp", on=frame.desk.raiser.go)
        self.change = holder(row((self.asked, 1), (self.look, Qt.AlignmentFlag.AlignBottom), gap=10))
        buttons = row(self.now_, self.stop, None, gap=10)
        lines = (Heading("Time stamps"), Muted(WHY_TIME), self.now, self.waits, buttons, self.change, self.who)
        super().__init__(*lines, row(self.use, None), gap=10)
        frame.desk.raiser.changed.connect(self.refresh)
        self.address.textEdited.connect(lambda _: self._forget())
        self._forget()
        self.refresh()

    def _forget(self) -> None:
        self.found = None
        self.who.hide()
        self.use.hide()

    def refresh(self) -> None:
        """What is named, what waits, and how far it is."""
        from asbdesk.casework.raising import time_authority, waiting

        desk = self.frame_.desk
        named = desk.read(time_authority)
        on = bool(named.address)
        may = desk.desk.store.journal.role in ("", "head_office")
        self.now.setText(
            f"We ask {named.name}, at {named.address}. Its mark: {named.mark}." if on else "We ask nobody."
        )
        left = len(desk.read(waiting, desk.desk.store.journal.device, desk.clock.now())) if on else 0
        self.waits.setText(self._words(left))
        self.waits.setVisible(on)
        self.now_.setVisible(on and bool(left))
        self.now_.setEnabled(not desk.raiser.running)
        self.stop.setVisible(on and may)
        self.change.setVisible(may)

    def _words(self, left: int) -> str:
        raiser = self.frame_.desk.raiser
        done, of = raiser.going
        if raiser.running and of:
            return f"{done} of {of} papers have their time stamp."
        trouble = raiser.last.trouble if raiser.last else ""
        waits = (
            f"{left} paper{'s' * (left != 1)} of this laptop wait{'s' * (left == 1)} for a time stamp." if left else ""
        )
        return " ".join(
            part for part in (waits or "Every paper locked here has its time stamp.", trouble if left else "") if part
        )

    def _look(self) -> None:
        from asbdesk.casework.raising import look_at
        from asbdesk.documents.stamp import address_of

        self.asked.say_wrong("")
        try:
            address = address_of(self.address.text())
        except UserError as problem:
            self.asked.say_wrong(str(problem))
            self.address.setFocus()
            return
        self.look.setEnabled(False)
        self.frame_.desk.later(lambda: look_at(address), self._answered, self._nobody, owner=self)

    def _answered(self, found: Asked) -> None:
        from asbdesk.documents.authority import fingerprint

        self.look.setEnabled(True)
        self.found = found
        mark = fingerprint(found.root)
        self.who.setText(f"{found.name} answers. Compare the mark with what its provider says: {mark}.")
        self.who.show()
        self.use.show()

    def _nobody(self, problem: Exception) -> None:
        self.look.setEnabled(True)
        if not isinstance(problem, UserError):
            self.frame_.desk.errands.tell(problem)
            return
        self.asked.say_wrong(str(problem))

    def _use(self) -> None:
        from asbdesk.casework.raising import name_time_authority

        if self.found is None:
            return
        self.frame_.desk.do(name_time_authority, self.address.text().strip(), self.found.root.decode())
        self.address.set_quietly("")
        self._forget()
        self.frame_.say("done", "Locked papers get their time stamps from now on, when there is a connection.")
        self.frame_.desk.raiser.go()
        self.refresh()

    def _stop(self) -> None:
        from asbdesk.casework.raising import name_time_authority

        done = self.frame_.desk.do(name_time_authority, "", "")
        self.frame_.say_done("Nobody is asked for the time any more.", done)
        self.refresh()
