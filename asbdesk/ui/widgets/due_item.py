"""One thing that is due: what, when, why by what rule, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from asbdesk.casework.views import DueLine
from asbdesk.ui import theme
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.layout import TOP, column, holder, row
from asbdesk.ui.widgets.text import Bubble, Muted, Text

ICONS = {
    "now": "bell",
    "contact": "message-square",
    "visit": "clipboard-check",
    "plan": "pen-line",
    "action": "list-checks",
    "risk": "shield-alert",
    "copy": "file-text",
}


class DueItem(QWidget):
    """A `DueLine`. `act(line)` when its button is pressed; why and source stand in its help and under "Why?"."""

    def __init__(self, line: DueLine, act: Callable[[DueLine], object], *, primary: bool = False) -> None:
        super().__init__()
        tone = theme.tone(line.tone)
        when = Text(line.when_text, "small", tone=tone)
        why = " ".join(part for part in (line.why, f"({line.source})" if line.source else "") if part)
        self.setToolTip(why)
        self.setAccessibleName(f"{line.title}. {line.when_text}")
        self.setAccessibleDescription(why)
        words = column(Text(line.title, "strong"), when, gap=2)
        if line.why:
            words.addWidget(Muted(line.why, small=True))
        if line.button:
            button = Button(
                line.button, "primary" if primary else "", name=f"{line.button}: {line.title}", on=lambda: act(line)
            )
            words.addSpacing(4)
            words.addLayout(row(button, None))
        self.setLayout(row((Bubble(ICONS.get(line.do, "clock"), tone), TOP), (holder(words), 1), gap=12))
