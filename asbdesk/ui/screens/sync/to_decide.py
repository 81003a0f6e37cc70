"""What is to be decided: every conflict on this laptop, what weighs first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from asbdesk.casework.conflicts import ConflictLine
from asbdesk.ui.screens.sync.tab import ShareTab
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.layout import Card, column, holder, row
from asbdesk.ui.widgets.text import Bubble, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from asbdesk.sync.status import SyncStatus

AT_ONCE = 40
"""Cards drawn; the others follow when these are decided."""
NONE = "Nothing is to be decided. Where two of you write different things, both are kept and it comes here."


class DecideTab(ShareTab):
    title = "To decide"

    def look(self, told: SyncStatus) -> tuple[ConflictLine, ...]:
        from asbdesk.casework.conflicts import conflicts, count

        desk = self.frame_.desk
        self.count = desk.read(count)
        return desk.read(conflicts, desk.member, most=AT_ONCE)

    def draw(self, found: Any) -> None:
        for line in found[:AT_ONCE]:
            self.box.addWidget(self._card(line))
        if self.count > AT_ONCE:
            self.box.addWidget(Muted(f"And {self.count - AT_ONCE:,} more, once these are decided."))
        if not found:
            self.box.addWidget(self.nothing(NONE))

    def _card(self, line: ConflictLine) -> Card:
        marks = [Pill("Decide soon", "red")] if line.weighs else []
        words = column(
            Wrap(Text(line.title, "strong", wrap=False), *marks, gap=10),
            Muted(" · ".join(p for p in (line.where, line.since_text) if p), small=True),
            gap=3,
        )
        decide = partial(self.frame_.decide, id=line.id)
        go = Button("Look at both", name=f"Look at both: {line.title}, {line.where}", on=decide)
        bubble = Bubble("users", "red" if line.weighs else "blue")
        return Card(row(bubble, (holder(words), 1), go, gap=14), margins=(16, 10, 12, 10))
