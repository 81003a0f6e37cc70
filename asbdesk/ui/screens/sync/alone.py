"""What a desk that works by itself may choose: to stay so, a shared folder, head office, or an invitation it has."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.sync.set_up import open_set_up
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.layout import TOP, Card, column, holder, row
from asbdesk.ui.widgets.text import Bubble, Heading, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

JUST_ME = "All of it works on this laptop alone. Make a spare copy now and then: nobody else has one."
FOLDER = (
    "Two or more of you, and a folder that all can reach: on the network, on OneDrive or the like, or a stick. This "
    "laptop becomes the one that admits others. It takes five minutes, and no server."
)
OFFICE = "Your landlord runs asbdesk’s head-office service. You need its address, and the code it was made with."
INVITED = (
    "Somebody at your landlord sent you a file, and told you a code. An invitation makes a new desk, because it brings "
    "the landlord’s own cases. On a new laptop, choose “I have an invitation” at the first start."
)
HERE = (
    "This desk has a landlord and perhaps cases of its own already, so it cannot join another as it is; nothing of it "
    "is lost. Whoever looks after asbdesk opens a new desk beside it (asbdesk --store FOLDER) and answers the "
    "invitation there. Once it is admitted, its page “Sharing”, under “People and laptops”, brings the cases of this "
    "desk along, with photographs and sealed papers. If this is your landlord’s first desk, it need not join: set up a "
    "shared folder here, and everybody else joins this one, with all its cases."
)


class AloneCards(QWidget):
    """The four choices."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame_ = frame
        folder = Button("Set up a shared folder", icon="folder-open", on=partial(open_set_up, frame, "folder"))
        office = Button("Connect to head office", icon="building-2", on=partial(open_set_up, frame, "service"))
        self.told = Text(HERE, "body")
        self.told.hide()
        self.how = Button("What about this desk?", icon="info", on=self._how)
        self.first = folder
        me = _choice("user-round", "Just me", JUST_ME, Pill("As it is now", "green"))
        cards = (
            me,
            _choice("users", "A shared folder", FOLDER, Wrap(folder)),
            _choice("building-2", "Our head office", OFFICE, Wrap(office)),
            _choice("mail", "I have an invitation", INVITED, self.told, Wrap(self.how)),
        )
        self.setLayout(column(*cards, gap=12))

    def _how(self) -> None:
        self.told.show()
        self.how.hide()


def _choice(icon: str, title: str, words: str, *parts: QWidget) -> Card:
    said = column(Heading(title), Text(words, "body"), *parts, gap=8)
    return Card(row((Bubble(icon, "blue", 44), TOP), (holder(said), 1), gap=16))
