"""People and laptops: who asks to join, who belongs, when each was last heard of; and for head office, what to do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QWidget

from asbdesk.clock import london_day, long_day, parse_instant, short_moment
from asbdesk.ui.asking import ask_yes
from asbdesk.ui.screens.sync.bringing import open_bring
from asbdesk.ui.screens.sync.invite import open_invite
from asbdesk.ui.screens.sync.kit import open_kit
from asbdesk.ui.screens.sync.laptop import open_change, open_code, open_lost
from asbdesk.ui.screens.sync.tab import ShareTab
from asbdesk.ui.screens.sync.words import ROLES
from asbdesk.ui.widgets.buttons import Button, PrimaryButton, QuietButton
from asbdesk.ui.widgets.layout import TOP, Card, column, holder, row
from asbdesk.ui.widgets.text import Bubble, Icon, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from asbdesk.sync.colleagues import Laptop
    from asbdesk.sync.enrolment import Waiting
    from asbdesk.sync.status import SyncStatus

SILENT_DAYS = 3
"""Days without a word of a laptop after which it is said in amber."""


class Found(NamedTuple):
    """What is drawn."""

    office: bool
    asking: tuple[Waiting, ...]
    laptops: tuple[Laptop, ...]
    kit: bool
    place: str


class PeopleTab(ShareTab):
    title = "People and laptops"

    def look(self, told: SyncStatus) -> Found:
        from asbdesk.sync.colleagues import laptops
        from asbdesk.sync.enrolment import waiting
        from asbdesk.sync.founding import kit_code

        store = self.frame_.desk.desk.store
        asking = waiting(store) if told.head_office else ()
        self.count = len(asking)
        kit = bool(kit_code(store)) if told.head_office else False
        return Found(told.head_office, asking, laptops(store), kit, told.place)

    def draw(self, found: Any) -> None:
        if found.kit:
            self.box.addWidget(self._kit())
        kind = "" if found.asking else "primary"  # who waits to be admitted comes first
        invite = Button("Invite somebody", kind, "user-plus", on=partial(open_invite, self.frame_))
        move = Button("Meet somewhere else", icon="folder-open", on=self._move)
        bring = Button("Bring the cases of an earlier desk", icon="download", on=partial(open_bring, self.frame_))
        self.box.addWidget(Wrap(*([invite] if found.office else []), move, bring, gap=10))
        for asks in found.asking:
            self.box.addWidget(self._asking(asks))
        for laptop in found.laptops:
            self.box.addWidget(self._laptop(laptop, office=found.office))

    def _kit(self) -> Card:
        words = "Your organisation’s kit is not printed and put away yet. It still lies on this laptop."
        go = Button("Print it now", icon="printer", on=partial(open_kit, self.frame_))
        return Card(row(Icon("triangle-alert", "amber", 22), (Text(words, "strong"), 1), go, gap=12), kind="ask")

    # ---- who asks to join
    def _asking(self, asks: Waiting) -> Card:
        role = ROLES.get(asks.role, asks.role)
        who = asks.name or "Somebody"
        head = Wrap(Text(f"{who} asks to join", "big", wrap=False), *([Pill(role, "blue")] if role else []), gap=12)
        words = column(head, gap=8)
        if asks.why:
            words.addWidget(Text(asks.why, tone="amber"))
        else:
            words.addWidget(Text("Ring them. Do they read out the same six words?", "body"))
            words.addWidget(Text("   ".join(asks.words), "code"))
        acts: list[QWidget] = []
        if not asks.why:
            acts.append(PrimaryButton("The same: admit", "check", name=f"Admit {who}", on=partial(self._admit, asks)))
        away = QuietButton("Not the same: turn away", name=f"Turn {who} away", on=partial(self._away, asks))
        words.addWidget(Wrap(*acts, away, gap=10))
        card = Card(row((Bubble("user-plus", "blue", 44), TOP), (holder(words), 1), gap=14), kind="chosen")
        card.setAccessibleName(f"{who} asks to join. Six words: {' '.join(asks.words)}")
        return card

    def _admit(self, asks: Waiting) -> None:
        from asbdesk.sync.enrolment import admit

        desk = self.frame_.desk

        def done(who: Any) -> None:
            self.frame_.say("done", f"{who.name} belongs from now on. What they may see is on its way.")
            desk.carrier.go()
            self._again()

        desk.later(lambda: admit(desk.desk.store, asks.id), done, owner=self)

    def _away(self, asks: Waiting) -> None:
        from asbdesk.sync.enrolment import forget

        words = "Somebody may have stood between you. The request is thrown away; invite them again."
        if ask_yes(self, "Turn this laptop away?", words, "Turn it away"):
            forget(self.frame_.desk.desk.store, [asks.id])
            self._again()

    def _again(self) -> None:
        if self.frame_.shown is not None:
            self.frame_.shown.refresh()

    # ---- who belongs
    def _laptop(self, laptop: Laptop, *, office: bool) -> Card:
        marks: list[QWidget] = [Pill(ROLES.get(laptop.role, laptop.role), "grey")]
        if laptop.here:
            marks.append(Pill("This laptop", "green"))
        if laptop.revoked:
            marks.append(Pill("Shut out", "red"))
        words = column(Wrap(Text(laptop.name or "No name yet", "strong", wrap=False), *marks, gap=10), gap=3)
        facts = [
            f"Team {laptop.team}" if laptop.team else "",
            f"Cases are numbered with {laptop.letter}" if laptop.role != "hub" else "",
            f"since {long_day(london_day(laptop.since))}",
            f"asbdesk {laptop.version}" if laptop.version else "",
        ]
        words.addWidget(Muted(" · ".join(fact for fact in facts if fact), small=True))
        words.addWidget(self._heard(laptop))
        if office and not laptop.here and not laptop.revoked and laptop.role != "hub":
            words.addWidget(self._acts(laptop))
        icon = "building-2" if laptop.role == "hub" else "user-round"
        tone = "red" if laptop.revoked else "green" if laptop.here else "blue"
        return Card(row((Bubble(icon, tone), TOP), (holder(words), 1), gap=14), margins=(16, 12, 14, 12))

    def _heard(self, laptop: Laptop) -> QWidget:
        if laptop.revoked:
            return Text(f"Shut out on {short_moment(laptop.revoked)}. It last wrote {_moment(laptop)}.", "small")
        if laptop.here:
            return Muted("You are working on it.", small=True)
        silent = (self.frame_.desk.clock.now() - parse_instant(laptop.last_met or laptop.since)).days >= SILENT_DAYS
        return Text(f"Last heard of: {_moment(laptop)}", "small", tone="amber" if silent else "")

    def _acts(self, laptop: Laptop) -> QWidget:
        name = laptop.name or f"laptop {laptop.letter}"
        lost, change = partial(open_lost, self.frame_, laptop), partial(open_change, self.frame_, laptop)
        code = partial(open_code, self.frame_, laptop)
        return Wrap(
            Button("Lost, or leaving", name=f"Lost, or leaving: {name}", on=lost),
            QuietButton("Role and team", name=f"Role and team: {name}", on=change),
            QuietButton("Forgotten passphrase", name=f"Forgotten passphrase: {name}", on=code),
            QuietButton("Another laptop", name=f"Another laptop: {name}", on=partial(self._another, laptop)),
            gap=8,
        )

    def _another(self, laptop: Laptop) -> None:
        open_invite(self.frame_, laptop.member)

    def _move(self) -> None:
        from asbdesk.ui.screens.sync.move import open_move

        open_move(self.frame_)


def _moment(laptop: Laptop) -> str:
    return short_moment(laptop.last_met) if laptop.last_met else "nothing has come of it yet"
