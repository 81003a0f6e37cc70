"""Named in several reports: each allegation with what was found about it, and all five findings, never a bare count."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from asbdesk.casework.named import Allegation, Named
from asbdesk.ui import theme
from asbdesk.ui.widgets.buttons import QuietButton
from asbdesk.ui.widgets.layout import TOP, Card, column, holder, line, row
from asbdesk.ui.widgets.text import Bubble, Heading, Muted, Pill, Text

ICONS = {"person": "user-round", "household": "users", "address": "house"}
MOST = 12
"""Allegations shown of one ring, newest first; the findings are of all."""


class NamedCard(Card):
    """One person, household or address; `opens(case)` for an allegation in another case."""

    def __init__(self, named: Named, case: str, opens: Callable[[str], object]) -> None:
        super().__init__()
        self.case, self.opens = case, opens
        words = column(Heading("Named in several reports", 3), Text(named.title, "strong"), gap=4)
        words.addWidget(Muted(named.findings))
        for allegation in named.allegations[:MOST]:
            words.addWidget(line())
            words.addWidget(self._line(allegation, named.scope != "person"))
        box = self.layout()
        assert box is not None
        box.addWidget(holder(row((Bubble(ICONS[named.scope], "amber"), TOP), (holder(words), 1), gap=14)))
        self.setAccessibleName(f"Named in several reports: {named.title}. {named.findings}")

    def _line(self, one: Allegation, who: bool) -> QWidget:
        said = " · ".join(t for t in (one.who if who else "", one.what) if t)
        here = one.case == self.case
        place = "In this case" if here else f"{one.reference}, {'open' if one.open else 'closed'}"
        words = column(Text(said, "body"), Muted(f"{one.day_text} · {place}", small=True), gap=2)
        if one.reason:
            words.addWidget(Muted(one.reason, small=True))
        words.addLayout(row(Pill(one.finding.removesuffix(", because"), theme.tone(one.tone)), None))
        if here:
            return holder(words)
        go = QuietButton("Open", name=f"Open {one.reference}", on=partial(self.opens, one.case))
        return holder(row((holder(words), 1), (go, TOP), gap=8))
