"""The sides of a conflict as cards beside each other (below each other where it is narrow), and answers that differ."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from asbdesk.casework.conflict_sides import Differs, Side
from asbdesk.ui import theme
from asbdesk.ui.widgets.buttons import Button, QuietButton
from asbdesk.ui.widgets.layout import TOP, Card, column, holder, line, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

NEEDS, NEEDS_THREE = 620, 1000
"""Pixels at 100 % text for two and for three beside each other."""
LONG, SHORT = 700, 20
"""Signs after which a text is folded up, and up to which a value stands in its button."""


def keep_words(side: Side, *, free: bool = False) -> str:
    """What the button that keeps it says; `free`: it is text in somebody's words."""
    if side.label == "Crossed out":
        return "Leave it crossed out"
    if side.label == "Written in":
        return "Keep what was written"
    if not free and len(side.words) <= SHORT and "\n" not in side.words:
        return f"Keep {side.words}"
    return "Keep what I wrote" if side.who == "You" else f"Keep what {side.who} wrote"


class LongText(QWidget):
    """A text folded up after some lines, and shown whole when it is asked for."""

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__()
        self.whole = text
        self.words = Text(text if len(text) <= LONG else text[:LONG].rsplit(" ", 1)[0] + " …", role)
        self.more = QuietButton("Show all of it", "chevron-down", on=self._show)
        self.more.setVisible(len(text) > LONG)
        self.setLayout(column(self.words, row(self.more, None), gap=4))

    def _show(self) -> None:
        self.words.setText(self.whole)
        self.more.hide()


class SideCard(Card):
    """One side: who, when, on which laptop, what it says."""

    def __init__(self, side: Side) -> None:
        super().__init__(kind="chosen" if side.applies else "inner", gap=7, margins=(18, 14, 18, 14))
        box = self.layout()
        assert box is not None
        parts: list[QWidget] = [
            Wrap(Text(side.who, "strong", wrap=False), Muted(side.when, small=True, wrap=False), gap=14),
            Muted(f"{side.label[:1].upper()}{side.label[1:]}", small=True),
            Pill(side.words, side.tone) if side.tone else LongText(side.words, "big" if len(side.words) < 60 else ""),
        ]
        if side.quote:
            parts.append(LongText(f"“{side.quote}”", "body"))
        parts.append(Muted(" · ".join(part for part in (side.where, side.note) if part), small=True))
        if side.applies:
            parts.append(holder(row(Icon("circle-check", "accent", 16), (Text("This counts for now", "small"), 1))))
        for part in parts:
            box.addWidget(part)
        if isinstance(box, QVBoxLayout):
            box.addStretch(1)  # cards beside each other are of one height
        said = f"{side.who}, {side.when}, {side.where}. {side.label}: {side.words[:LONG]}"
        self.setAccessibleName(said + (". This counts for now" if side.applies else ""))


class Sides(QWidget):
    """All the sides, two or three beside each other where there is room."""

    def __init__(self, sides: tuple[Side, ...]) -> None:
        super().__init__()
        self.cards = [SideCard(side) for side in sides]
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.current().gap(12))
        self._across = 0
        self.setLayout(self._grid)
        self._lay_out(1)

    def _lay_out(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // across, at % across)
        for at in range(3):
            self._grid.setColumnStretch(at, 1 if at < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        now, room = theme.current(), self.width()
        many = 3 if len(self.cards) > 2 and room >= now.px(NEEDS_THREE) else 2 if room >= now.px(NEEDS) else 1
        self._lay_out(min(many, len(self.cards)))


class Keeps(QWidget):
    """A button for each side. `keep(side)` when it is pressed."""

    def __init__(self, sides: tuple[Side, ...], keep: Callable[[Side], object], *, free: bool = False) -> None:
        super().__init__()
        buttons = []
        for side in sides:
            words = keep_words(side, free=free)
            buttons.append(Button(words, name=f"{words}: {side.who}, {side.when}", on=partial(keep, side)))
        self.setLayout(column(Wrap(*buttons, gap=10)))


class Differing(QWidget):
    """The questions that were answered differently, each with both answers under the names of who wrote them."""

    def __init__(self, differs: tuple[Differs, ...], sides: tuple[Side, ...]) -> None:
        super().__init__()
        count = len(differs)
        head = Wrap(
            Heading(f"{count} answer{'s' * (count != 1)} differ{'s' * (count == 1)}", 3, wrap=False),
            Muted("neither of you had seen the other’s", small=True, wrap=False),
            gap=12,
        )
        box = column(head, gap=8)
        names = [side.who for side in sides]
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.current().gap(18))
        self._grid.setVerticalSpacing(theme.current().gap(8))
        self._grid.setColumnStretch(0, 2)
        for at, name in enumerate(names, 1):
            self._grid.setColumnStretch(at, 1)
            self._grid.addWidget(Text(name, "overline"), 0, at, TOP)
        for at, each in enumerate(differs):
            self._line(1 + 2 * at, each, names)
        box.addLayout(self._grid)
        self.setLayout(box)

    def _line(self, at: int, told: Differs, names: list[str]) -> None:
        """A question and its answers, each under the name of who gave it."""
        self._grid.addWidget(line(), at, 0, 1, 1 + len(names))
        self._grid.addWidget(Text(told.question, "body"), at + 1, 0, TOP)
        for across, (name, words) in enumerate(zip(names, told.answers, strict=False), 1):
            answer = Text(words, "strong")
            answer.setAccessibleName(f"{name}: {words}")
            self._grid.addWidget(answer, at + 1, across, TOP)
