"""What was exchanged when: a line each, and what went wrong in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asbdesk.clock import short_moment
from asbdesk.ui.screens.sync.tab import ShareTab
from asbdesk.ui.screens.sync.words import run_words
from asbdesk.ui.widgets.layout import TOP, Card, column, holder, line, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text

if TYPE_CHECKING:
    from asbdesk.sync.status import Run, SyncStatus

SHOWN = 60


class HistoryTab(ShareTab):
    title = "History"

    def look(self, told: SyncStatus) -> tuple[Run, ...]:
        from asbdesk.sync.status import history

        return self.frame_.desk.read(history)[:SHOWN]

    def draw(self, found: Any) -> None:
        if not found:
            self.box.addWidget(self.nothing("Nothing was exchanged yet."))
            return
        card = Card(Heading("The last exchanges"), gap=9)
        box = card.layout()
        assert box is not None
        for at, run in enumerate(found):
            if at:
                box.addWidget(line())
            box.addWidget(self._line(run))
        self.box.addWidget(card)

    @staticmethod
    def _line(run: Run) -> Any:
        icon, tone = ("triangle-alert", "amber") if run.trouble else ("circle-check", "green")
        when = short_moment(run.began)
        until = f" to {short_moment(run.ended)}" if run.ended[:16] > run.began[:16] else ""
        words = column(Text(run_words(run), "body"), Muted(f"{when}{until} · {run.place}", small=True), gap=1)
        return holder(row((Icon(icon, tone, 18), TOP), (holder(words), 1), gap=10))
