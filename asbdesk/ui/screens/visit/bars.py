"""The head and foot of the visit: where we are, what was saved, and the ways out that stand on every step."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLayout, QProgressBar, QSizePolicy, QWidget

from asbdesk.ui import theme
from asbdesk.ui.widgets.buttons import Button, PrimaryButton, QuietButton
from asbdesk.ui.widgets.layout import GUTTER, WIDE, Bar, column, holder, row
from asbdesk.ui.widgets.text import Heading, Muted, Pill, Text

STEPS = 9
LATER = "Come back to this later"
SHORT = {LATER: "Later", "Save and continue": "Continue", "Not signing today": "Not signing"}
"""What the foot says where there is little room."""


class Head(Bar):
    """Whom we talk with, how far we are, what was saved; somebody came in, cover, leave now."""

    someone = Signal()
    cover = Signal()
    leave = Signal()
    face = Signal()

    def __init__(self, overline: str, title: str) -> None:
        self.overline, self.title = Text(overline, "overline", wrap=False), Heading(title, 1)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.saved = Pill("All saved", "green")
        self.mine = Pill("Only for you", "amber")
        self.progress = QProgressBar()
        self.progress.setRange(0, STEPS)
        self.progress.setTextVisible(False)
        self.at, self.done = Text("", "strong", wrap=False), Muted("", wrap=False)
        names = holder(column(self.overline, self.title, gap=2))
        outs = self._make_buttons()
        top = row((names, 1), row(self.mine, self.saved, gap=8), outs, gap=16)
        self._fill = QWidget()
        foot = row((self.progress, 1), self.at, self.done, (self._fill, 1), gap=14)
        super().__init__("header", column(top, foot, gap=12, margins=(28, 14, 28, 14)))
        self.mine.hide()
        self._fill.hide()
        self._tight = False

    def _make_buttons(self) -> QLayout:
        """The ways out, in the corner of every step."""
        self.someone_button = Button("Someone is here", icon="users", on=lambda: self.someone.emit())
        self.face_button = Button("Mine", icon="eye", name="Show what is only for you, F9", on=lambda: self.face.emit())
        self.cover_button = Button("Cover", icon="eye-off", name="Cover the screen, F12", on=lambda: self.cover.emit())
        self.leave_button = Button(
            "Leave now", "danger", "door-open", name="Leave now, Control F12", on=lambda: self.leave.emit()
        )
        self.face_button.setToolTip("What is only for you (F9)")
        self.cover_button.setToolTip("Cover the screen (F12)")
        self.leave_button.setToolTip("Leave now (Ctrl+F12)")
        self._words = {
            self.someone_button: "Someone is here",
            self.face_button: "Mine",
            self.cover_button: "Cover",
            self.leave_button: "Leave now",
        }
        return row(*self._words, gap=8)

    def show_progress(self, number: int, done: int) -> None:
        self.progress.setValue(done)
        self.progress.setAccessibleName(f"Step {number} of {STEPS}, {done} of {STEPS} done")
        self.at.setText(f"Step {number} of {STEPS}")
        self.done.setText(f"{done} of {STEPS} done")

    def show_saved(self, time: str) -> None:
        self.saved.set(f"Saved {time}", "green")

    def show_face(self, mine: bool) -> None:
        self.mine.setVisible(mine)
        self._words[self.face_button] = "Shared" if mine else "Mine"
        words = "Hide what is only for you, F9" if mine else "Show what is only for you, F9"
        self.face_button.setAccessibleName(words)
        self._say_buttons()

    def set_tight(self, tight: bool) -> None:
        """Pictures for words, and one row, where the window is narrow or the text large."""
        self._tight = tight
        self.overline.setVisible(not tight)
        self.progress.setVisible(not tight)
        self._fill.setVisible(tight)
        self.title.setProperty("role", "h2" if tight else "h1")
        self.title.style().unpolish(self.title)
        self.title.style().polish(self.title)
        self._say_buttons()

    def _say_buttons(self) -> None:
        for button, words in self._words.items():
            button.setText("" if self._tight else f" {words}")
            button.setProperty("compact", self._tight)


class Foot(Bar):
    """Back, save and leave; come back to this later, save and continue. A step may reword the last two."""

    back = Signal()
    pause = Signal()
    aside = Signal()
    onward = Signal()

    def __init__(self) -> None:
        self.back_button = Button("Back", icon="chevron-left", big=True, on=lambda: self.back.emit())
        self.pause_button = QuietButton("Save and leave", big=True, on=lambda: self.pause.emit())
        self.later_button = QuietButton(LATER, big=True, on=lambda: self.aside.emit())
        self.go_button = PrimaryButton("Save and continue", big=True, on=lambda: self.onward.emit())
        left = row(self.back_button, self.pause_button, gap=8)
        right = row(self.later_button, self.go_button, gap=12)
        super().__init__("footer", row(left, None, right, gap=8, margins=(28, 10, 28, 10)))
        self._tight, self._words = False, ("Save and continue", LATER)

    def set_tight(self, tight: bool) -> None:
        """Short words where the window is narrow or the text large; the names stay whole."""
        self._tight = tight
        self.back_button.setText("" if tight else " Back")
        self.pause_button.setText("Leave" if tight else "Save and leave")
        self.say(*self._words)

    def _say(self, button: Button, words: str) -> None:
        button.setVisible(bool(words))
        if words:
            button.setAccessibleName(words)
            button.setText(SHORT.get(words, words) if self._tight else words)

    def say(self, onward: str, aside: str = LATER) -> None:
        """The words of the last two buttons; an empty word hides one."""
        self._words = (onward, aside)
        self._say(self.go_button, onward)
        self._say(self.later_button, aside)


class SomeoneStrip(QWidget):
    """Who came in: three large buttons in the page, no menu that could hide the cover key."""

    came_in = Signal()
    other_person = Signal()
    child = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Who is here now?")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.first = Button("Someone came in", icon="user-plus", on=lambda: self.came_in.emit())
        self.other = Button("It is the other person", icon="hand", on=lambda: self.other_person.emit())
        self.child_button = Button("A child can hear", icon="baby", on=lambda: self.child.emit())
        self.no = QuietButton("Nobody", name="Nobody: close this", on=self.hide)
        ask = Text("Who is here now?", "strong", wrap=False)
        line = row(ask, self.first, self.other, self.child_button, self.no, None, gap=10, margins=(28, 8, 28, 8))
        self._line = line
        self.setLayout(line)
        self.setObjectName("header")
        self.hide()

    def set_narrow(self, narrow: bool) -> None:
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def open(self) -> None:
        self.setVisible(not self.isVisible())
        if self.isVisible():
            self.first.setFocus()


def stand_in_the_middle(width: int, middle: QLayout, bars: Iterable[QWidget]) -> None:
    """Room left and right in a window so wide: no line of words is as long as a large screen is wide."""
    now = theme.current()
    beside = max(now.gap(28), (width - now.px(WIDE)) // 2)
    middle.setContentsMargins(beside, now.gap(18), beside - now.gap(GUTTER), 0)
    for bar in bars:
        inside = bar.layout()
        if inside is not None:
            room = inside.contentsMargins()
            inside.setContentsMargins(beside, room.top(), beside, room.bottom())
