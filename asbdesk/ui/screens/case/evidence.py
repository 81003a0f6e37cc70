"""What was taken in for a case and what waits: added here, looked at from memory, answered to whoever gave it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.casework.parts import PartCard, part
from asbdesk.casework.parts.evidence import waiting
from asbdesk.casework.views import CasePage, EvidenceView
from asbdesk.casework.words import number
from asbdesk.ui import theme
from asbdesk.ui.screens.case.adding import Mending, mendable, mending, open_add
from asbdesk.ui.screens.case.pattern import pattern_button
from asbdesk.ui.screens.case.tab import SeenTab
from asbdesk.ui.screens.case.taking import TakeFiles
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import GUTTER, TOP, Card, Scroll, column, holder, redrawn, row
from asbdesk.ui.widgets.slices import put
from asbdesk.ui.widgets.text import Bubble, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

ICONS = {"image": "image", "audio": "mic", "video": "camera", "application": "file-text", "text": "file-text"}
AT_ONCE = 10
"""Cards drawn at once; the rest after "Show more"."""


class EvidenceTab(SeenTab):
    """Files are taken at the top; below stands everything, the newest first, with what waits marked."""

    name, title = "evidence", "Evidence"

    def __init__(self, frame: Any, view: Any) -> None:
        super().__init__(frame, view)
        self.many = AT_ONCE
        self._mending = Mending()
        self.taking = TakeFiles(frame)
        self.taking.took.connect(lambda: self.view.read_again())
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.current().gap(10))
        whole = column(self.taking, self._box, None, gap=12, margins=(0, 0, GUTTER, 0))
        self.setLayout(column((Scroll(holder(whole)), 1), gap=0))

    def count(self) -> int | None:
        return len(self.page.evidence) if self.page else None

    def show_page(self, page: CasePage) -> None:
        self.taking.show_case(page.line.id, page.people)
        super().show_page(page)

    def another_case(self) -> None:
        self.many = AT_ONCE

    def draw(self) -> None:
        """Read again what is shown."""
        if self.page is None:
            return
        desk, case = self.frame_.desk, self.page.line.id
        waits = desk.read(waiting, case, desk.today)
        cards = desk.read(part("evidence").cards, case, desk.today)
        self._mending = mendable(self.frame_, case, cards[: self.many])
        if not self.news(case, self.many, waits, cards, self._mending, self.page.evidence):
            return
        files = {each.id: each for each in self.page.evidence}
        self.taking.leads(not waits[0])
        with redrawn(self._box):
            self._draw_waiting(*waits)
            adds = [add for add in part("evidence").adds if add.id != "evidence_all"]
            made = [Button(a.title, icon=a.icon, on=partial(self._add, a.id)) for a in adds]
            self._box.addWidget(Wrap(*made, pattern_button(self.frame_, case), gap=8))
            self.slices.begin(self._cards(cards, files), self.at_once())

    def _cards(self, cards: tuple[PartCard, ...], files: Mapping[str, EvidenceView]) -> Iterator[Callable[[], object]]:
        for card in cards[: self.many]:
            yield lambda card=card: put(self._box, self._card(card, files.get(card.about)))  # type: ignore[misc]
        if len(cards) > self.many:
            more = f"Show more ({len(cards) - self.many})"
            yield lambda: put(self._box, holder(row(Button(more, on=self._more), None)))
        if not cards:
            words = "No evidence yet. On a visit, “Have you anything to show me?” takes the copy at once."
            none = Card(row((Bubble("camera", "grey"), TOP), (Muted(words), 1), gap=12))
            yield lambda: put(self._box, none)

    def _draw_waiting(self, count: int, days: int) -> None:
        if not count:
            return
        since = f", the oldest for {number(days, 'day')}" if days else ", since today"
        waits = "waits" if count == 1 else "wait"
        words = Text(f"{number(count, 'thing')} {waits} to be looked at and answered{since}.", "strong")
        go = PrimaryButton("Answer all that waits", "send", on=partial(self._add, "evidence_all"))
        said = column(words, Wrap(go), gap=8)
        self._box.addWidget(Card(row((Bubble("clock", "amber"), TOP), (holder(said), 1), gap=12), kind="ask"))

    def _more(self) -> None:
        self.many += AT_ONCE
        self.draw()

    def _card(self, card: PartCard, file: EvidenceView | None) -> QWidget:
        kind = file.media.split("/")[0] if file else ""
        told = (file.size_text, file.from_ and f"from {file.from_}") if file else ()
        facts = "  ·  ".join(t for t in (card.when, *told) if t)
        pills = [Pill(p.text, theme.tone(p.tone)) for p in card.pills]
        words = column(row((Text(card.title, "strong"), 1), *pills, gap=8), Muted(facts, small=True), gap=3)
        for line in (*card.lines, card.text):
            if line:
                words.addWidget(Text(line, "body"))
        words.addWidget(Wrap(*self._acts(card, file), gap=8))
        icon = Bubble(ICONS.get(kind, card.icon), theme.tone(card.tone))
        return Card(row((icon, TOP), (holder(words), 1), gap=12), margins=(16, 12, 12, 12))

    def _acts(self, card: PartCard, file: EvidenceView | None) -> list[QWidget]:
        opens = file is not None and file.taken
        look = [Button("Open", icon="eye", name=f"Open {card.title}", on=partial(self._open, card.about))]
        away = mending(self.frame_, self.view.case, card, self._mending)
        return [*(look if opens else []), *(self._act(card, id) for id in card.acts), *away]

    def _act(self, card: PartCard, id: str) -> Button:
        add = part("evidence").add(id)
        name = f"{add.title}: {card.title}"
        return Button(add.title, icon=add.icon, name=name, on=partial(self._add, id, card.about))

    def _add(self, add: str, about: str = "") -> None:
        assert self.page is not None
        open_add(self.frame_, self.page.line.id, "evidence", add, about)

    def _open(self, evidence: str) -> None:
        from asbdesk.ui.screens.case.looking import open_evidence_page

        assert self.page is not None
        ids = [each.id for each in self.page.evidence if each.taken]
        open_evidence_page(self.frame_, self.page.line.id, ids, evidence)
