"""What was taken in for a case. Pictures are shown from memory; nothing goes to disk unless asked for."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.casework.views import CasePage, EvidenceView
from asbdesk.ui import theme
from asbdesk.ui.screens.case.tab import Tab
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.layout import TOP, Card, Scroll, column, empty, holder, row
from asbdesk.ui.widgets.text import Bubble, Muted, Pill, Text

ICONS = {"image": "image", "audio": "mic", "video": "camera", "application": "file-text", "text": "file-text"}


class EvidenceTab(Tab):
    name, title = "evidence", "Evidence"

    def __init__(self, frame: Any, view: Any) -> None:
        super().__init__(frame, view)
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, 6, 0)
        self._box.setSpacing(theme.current().gap(10))
        self.setLayout(column((Scroll(holder(self._box)), 1), gap=0))

    def count(self) -> int | None:
        return len(self.page.evidence) if self.page else None

    def show_page(self, page: CasePage) -> None:
        super().show_page(page)
        empty(self._box)
        for each in page.evidence:
            self._box.addWidget(self._card(each))
        if not page.evidence:
            words = "No evidence yet. On a visit, “Have you anything to show me?” takes the copy at once."
            self._box.addWidget(Card(row((Bubble("camera", "grey"), TOP), (Muted(words), 1), gap=12)))
        self._box.addStretch(1)

    def _card(self, each: EvidenceView) -> QWidget:
        kind = each.media.split("/")[0]
        facts = "  ·  ".join(part for part in (each.type_text, each.size_text, each.day_text, each.from_) if part)
        words = column(Text(each.name, "strong"), Muted(facts, small=True), gap=3)
        end: list[QWidget] = [Pill("Not taken", "amber")]
        if each.taken:
            end = [Button("Open", name=f"Open {each.name}", on=partial(self._open, each))]
        icon = Bubble(ICONS.get(kind, "paperclip"), "blue" if each.taken else "amber")
        return Card(row(icon, (holder(words), 1), *end, gap=12), margins=(16, 10, 12, 10))

    def _open(self, each: EvidenceView) -> None:
        from asbdesk.casework.evidence import open_evidence
        from asbdesk.ui.screens.case.looking import show_evidence

        desk = self.frame_.desk

        def opened(found: tuple[str, str, bytes]) -> None:
            show_evidence(self.frame_, *found)

        desk.later(lambda: open_evidence(desk.desk, each.id), opened, owner=self)
