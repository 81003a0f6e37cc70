"""Where on the plan a problem stands: told by its opening words, "What we will do, 2: …" or "What you told us: …"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from asbdesk.ui.widgets.layout import holder, row
from asbdesk.ui.widgets.text import Icon, Text

HIDDEN = "These words cannot be printed yet. F9 says why."
STEPS = {
    "What we will do": "ours",
    "What you can do": "yours",
    "What others will do": "others",
    "What we cannot do": "cannot",
}
TEXTS = {"What you told us": "told_us", "What you want to happen": "wants", "Help for you": "help"}
_STEP = re.compile(r"(What [a-z ]+), (\d+): (.+)")


def step_marks(problems: Sequence[str]) -> dict[str, dict[int, str]]:
    """`ours`, `yours` … → place (from 0) → what is wrong there, in sentences."""
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for problem in problems:
        told = _STEP.fullmatch(problem)
        if told and told[1] in STEPS:
            place = int(told[2]) - 1
            held = found[STEPS[told[1]]]
            held[place] = f"{held[place]} {told[3]}" if place in held else told[3]
    return dict(found)


def text_marks(problems: Sequence[str]) -> dict[str, str]:
    """`told_us`, `wants`, `help` → what is wrong there, in sentences."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for problem in problems:
        place, _, words = problem.partition(": ")
        if place in TEXTS and words:
            found[TEXTS[place]].append(words)
    return {name: " ".join(words) for name, words in found.items()}


class Mark(QWidget):
    """The mark in its place: that something is wrong, and on the officer's face what, and what to write instead."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Text("", "small", tone="amber")
        inside = holder(row(Icon("triangle-alert", "amber", 16), (self.words, 1), gap=6))
        self.setLayout(row(inside, gap=0))
        self.hide()

    def show_words(self, words: str, mine: bool) -> None:
        self.words.setText((words if mine else HIDDEN) if words else "")
        self.setVisible(bool(words))
