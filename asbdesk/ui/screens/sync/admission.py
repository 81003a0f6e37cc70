"""Waiting to be admitted: six words to read out; then the first exchange, until work can begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from asbdesk.ui import theme
from asbdesk.ui.screens.sync.words import going_words
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, QuietButton
from asbdesk.ui.widgets.layout import Card, Scroll, column, holder, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text
from asbdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from asbdesk.ui.desk import UiDesk

LOOK_AGAIN = 10_000
"""Milliseconds between two looks whether head office has admitted this laptop."""
WAITS = (
    "Ring the person who invited you. Read these six words out to each other. They are the same? Then they admit you."
)
COMES = (
    "You belong. What you may see is coming now. Work begins as soon as it is here; photographs and recordings follow."
)
SHUT_OUT = "Head office has reported this laptop lost, so it is shut out. What is on it stays on it. Ring head office."


class AdmissionPage(QWidget):
    """`admitted` when the first exchange is done but for evidence; `lock` when the officer would rather close it."""

    admitted = Signal()
    lock = Signal()

    def __init__(self, desk: UiDesk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = desk
        self.heading, self.told = Heading("", 1), Text("")
        self.words = Text("", "code")
        self.paper = Card(Text("Six words", "overline"), self.words, kind="soft", margins=(22, 16, 22, 18))
        self.doing, self.bar = Muted(""), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How much has come")
        self.again = Button("Look again now", icon="refresh-cw", on=desk.carrier.go)
        later = QuietButton("Close it, and go on later", "lock-keyhole", on=self.lock.emit)
        brand = row(Icon("shield-alert", "accent", 30), (self.heading, 1), gap=12)
        lines = (self.told, self.paper, self.doing, self.bar, Wrap(self.again, later, gap=10))
        card = Card(holder(brand), *lines, gap=14, margins=(34, 28, 34, 28))
        card.setMaximumWidth(theme.current().px(760))
        middle = column(None, row((card, 1)), None, margins=(24, 24, 24, 24))
        self.setLayout(column((Scroll(holder(middle)), 1), gap=0))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_AGAIN)
        self._timer.timeout.connect(desk.carrier.go)
        self._timer.start()
        desk.carrier.changed.connect(self.draw)
        desk.carrier.entries_done.connect(self._arrived)
        self._state = ""
        self.draw()

    def draw(self) -> None:
        """Read how it stands, and show it."""
        from asbdesk.sync.status import status

        carrier = self.desk.carrier
        state = self.desk.read(status).state
        if state != self._state:
            self._state = state
            self.say_state(state, self._six_words() if state == "asked" else ())
        going = carrier.going
        self.bar.setVisible(going is not None)
        self.bar.setRange(0, going.of if going else 0)
        self.bar.setValue(going.done if going else 0)
        self.again.setEnabled(not carrier.running)
        waits = carrier.trouble if carrier.away else "It goes on by itself when you are admitted."
        self.doing.setText(going_words(going) if carrier.running and going else waits)

    def _six_words(self) -> tuple[str, ...]:
        from asbdesk.sync.enrolment import asked

        return asked(self.desk.desk.store).words

    def say_state(self, state: str, words: tuple[str, ...] = ()) -> None:
        """Say how it stands; `words`: the six to read out while it waits."""
        told = {"asked": ("Ask to be admitted", WAITS), "revoked": ("Shut out", SHUT_OUT)}
        title, sentence = told.get(state, ("Welcome", COMES))
        self.heading.setText(title)
        self.told.setText(sentence)
        self.words.setText("   ".join(words))
        self.words.setAccessibleName(f"Six words: {' '.join(words)}")
        self.paper.setVisible(bool(words))
        announce(self, f"{title}. {sentence}")

    def _arrived(self) -> None:
        from asbdesk.sync.status import status

        if self.desk.read(status).state == "member" and self.desk.desk.landlord.id:
            self._timer.stop()
            self.admitted.emit()

    def take_focus(self) -> None:
        self.again.setFocus()
