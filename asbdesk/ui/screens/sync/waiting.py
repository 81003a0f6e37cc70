"""What waits or could not be read, item by item with its reason and a way to save it; and the queue of evidence."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QFileDialog, QWidget

from asbdesk.casework.saved import save
from asbdesk.clock import short_moment
from asbdesk.ui.screens.sync.tab import ShareTab
from asbdesk.ui.screens.sync.words import count_of, evidence_words, laptop_words
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.layout import TOP, Card, column, holder, row
from asbdesk.ui.widgets.text import Bubble, Muted, Text
from asbdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from asbdesk.sync.colleagues import Laptop
    from asbdesk.sync.packs import Tally
    from asbdesk.sync.status import Item, SyncStatus

LOOKS = {
    "waiting": ("clock", "blue", "Waits"),
    "refused": ("circle-alert", "red", "Could not be read"),
    "review": ("shield-alert", "amber", "To look at first"),
    "locked": ("lock-keyhole", "grey", "Not for this laptop"),
    "fork": ("copy", "amber", "Two laptops bear one number"),
}
ORDER = ("refused", "fork", "review", "waiting", "locked")
AT_ONCE = 50


class Found(NamedTuple):
    """What is drawn. `accepts`: this desk may take in what a laptop that was shut out sent afterwards."""

    items: tuple[Item, ...]
    laptops: tuple[Laptop, ...]
    tally: Tally
    accepts: bool


class WaitingTab(ShareTab):
    title = "What waits"

    def look(self, told: SyncStatus) -> Found:
        from asbdesk.sync import packs
        from asbdesk.sync.colleagues import laptops
        from asbdesk.sync.status import items

        desk = self.frame_.desk
        found = sorted(desk.read(items), key=lambda item: (ORDER.index(item.kind), item.at))
        self.count = sum(item.kind != "locked" for item in found)
        return Found(tuple(found), laptops(desk.desk.store), desk.read(packs.tally), told.head_office)

    def draw(self, found: Any) -> None:
        lines = evidence_words(found.tally)
        if lines:
            self.box.addWidget(self._evidence(lines))
        for item in found.items[:AT_ONCE]:
            self.box.addWidget(self._card(item, found))
        if len(found.items) > AT_ONCE:
            self.box.addWidget(Muted(f"And {len(found.items) - AT_ONCE:,} more of the same kinds."))
        if not found.items and not lines:
            self.box.addWidget(self.nothing("Nothing waits, and everything that came could be read."))

    @staticmethod
    def _evidence(lines: tuple[str, ...]) -> Card:
        words = column(Text("Photographs and recordings", "strong"), *(Text(t, "body") for t in lines), gap=4)
        return Card(row((Bubble("camera", "blue"), TOP), (holder(words), 1), gap=14))

    def _card(self, item: Item, found: Found) -> QWidget:
        icon, tone, title = LOOKS[item.kind]
        whose = laptop_words(found.laptops, item.device)
        facts = [f"From {whose}", count_of(item.entries, "change") if item.entries else ""]
        facts.append(short_moment(item.at) if len(item.at) == 24 else "")
        words = column(
            Text(title, "strong", tone=tone if tone != "grey" else ""),
            Text(item.why, "body"),
            Muted(" · ".join(fact for fact in facts if fact), small=True),
            gap=3,
        )
        acts = self._acts(item, f"{title}, {whose}", accepts=found.accepts)
        if acts:
            words.addWidget(Wrap(*acts, gap=10))
        card = Card(row((Bubble(icon, tone), TOP), (holder(words), 1), gap=14))
        card.setAccessibleName(f"{title}, from {whose}. {item.why}")
        return card

    def _acts(self, item: Item, name: str, *, accepts: bool) -> list[QWidget]:
        acts: list[QWidget] = []
        if item.kind == "review" and accepts:
            take = partial(self._accept, item)
            acts.append(Button("It is theirs: take it in", icon="check", name=f"Take it in: {name}", on=take))
        if item.id and item.kind in ("refused", "review", "waiting"):
            save = partial(self._save, item)
            acts.append(Button("Save it as a file …", icon="save", name=f"Save it: {name}", on=save))
        return acts

    def _accept(self, item: Item) -> None:
        """A person looked at it: what the laptop sent after it was shut out counts."""
        from asbdesk.sync.revocation import accept

        store, carrier = self.frame_.desk.desk.store, self.frame_.desk.carrier
        segment = item.id.split("/")[2]
        self.frame_.desk.later(lambda: accept(store, item.device, [segment]), lambda _: carrier.go(), owner=self)
        self.frame_.say("done", "It is taken in with the next exchange, which begins now.")

    def _save(self, item: Item) -> None:
        found, _ = QFileDialog.getSaveFileName(self, "Save what came", "asbdesk part.seg", "Part (*.seg)")
        if found:
            self.save_to(item.id, Path(found))

    def save_to(self, item: str, path: Path) -> None:
        """Write an item's bytes as they came. Raises UserError in words."""
        from asbdesk.sync.status import export_refused

        data = export_refused(self.frame_.desk.desk.store.journal, item)
        save(path, data, "what came")
        self.frame_.say("done", f"Saved as it came, still sealed: {path.name}")
