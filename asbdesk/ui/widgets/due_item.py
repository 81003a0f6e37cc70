"""One thing that is due: what, when, why by what rule, and the button that does it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from asbdesk.casework.views import DueLine
from asbdesk.ui import theme
from asbdesk.ui.widgets.buttons import Button, QuietButton
from asbdesk.ui.widgets.layout import TOP, column, holder, row
from asbdesk.ui.widgets.text import Bubble, Muted, Text
from asbdesk.ui.widgets.wrap import Wrap

ICONS = {
    "now": "bell",
    "contact": "message-square",
    "visit": "clipboard-check",
    "plan": "pen-line",
    "action": "list-checks",
    "risk": "shield-alert",
    "copy": "file-text",
}
_NUMBER = re.compile(r"^(Our timescales) \([a-z_.]+\):")
"""A number's own name means nothing to who reads it."""


class DueItem(QWidget):
    """A `DueLine`, with why and from where we know. `act(line)` when its button is pressed; `rest(line, how)` when it
    is said to wait or not to be needed."""

    def __init__(
        self,
        line: DueLine,
        act: Callable[[DueLine], object],
        *,
        primary: bool = False,
        rest: Callable[[DueLine, str], object] | None = None,
    ) -> None:
        super().__init__()
        tone = theme.tone(line.tone)
        when = Text(line.when_text, "small", tone=tone)
        source = _NUMBER.sub(r"\1:", line.source)
        why = " ".join(part for part in (line.why, f"({source})" if source else "") if part)
        self.setToolTip(why)
        self.setAccessibleName(f"{line.title}. {line.when_text}")
        self.setAccessibleDescription(why)
        words = column(Text(line.title, "strong"), when, gap=2)
        if line.waits:
            words.addWidget(Text(line.waits, "small", tone="amber"))
        self._why = [Muted(part, small=True) for part in (line.why, source) if part]
        ask = [] if rest is None or not self._why else [self._ask_why(line)]
        for part in self._why:
            part.setVisible(not ask)
        if line.button:
            button = Button(
                line.button, "primary" if primary else "", name=f"{line.button}: {line.title}", on=lambda: act(line)
            )
            words.addSpacing(4)
            words.addWidget(Wrap(button, gap=6))
            instead = [*ask, *(self._instead(line, rest) if rest else ())]
            if instead:
                words.addWidget(Wrap(*map(_small, instead), gap=2))
        elif ask:
            words.addLayout(row(*ask, None))
        for part in self._why:
            words.addWidget(part)
        self.setLayout(row((Bubble(ICONS.get(line.do, "clock"), tone), TOP), (holder(words), 1), gap=12))

    def _ask_why(self, line: DueLine) -> QuietButton:
        """Why, and by what rule, is read when it is asked for: what to do stands first."""
        return QuietButton("Why?", name=f"Why: {line.title}", on=self._say_why)

    def _say_why(self) -> None:
        for part in self._why:
            part.setVisible(part.isHidden())

    @staticmethod
    def _instead(line: DueLine, rest: Callable[[DueLine, str], object]) -> list[QuietButton]:
        """What may be said instead of doing it. What stands under Now can only be answered."""
        if line.do == "now" or not line.key:
            return []
        late = theme.tone(line.tone) == "red"
        may = [("It waits", "waits")] if late else []
        return [
            QuietButton(words, name=f"{words}: {line.title}", on=partial(rest, line, how))
            for words, how in (*may, ("Not needed", "not_needed"))
        ]


def _small(button: QuietButton) -> QuietButton:
    """Closer to its words, so that three stand in one line beside a case."""
    button.setProperty("small", True)
    return button
