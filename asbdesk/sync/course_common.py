"""What the parts of one exchange share: the depot's objects by area, and what it lost put there again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial

import sqlalchemy as sa

from asbdesk.clock import instant, london_day
from asbdesk.errors import UserError
from asbdesk.store.noted import note, noted
from asbdesk.store.roles import HEAD_OFFICE, MANAGER
from asbdesk.sync import cabinet, held, names, packs, place, publish, receive
from asbdesk.sync.depot import Area, Depot
from asbdesk.sync.roster import Roster, names_of
from asbdesk.sync.told import Desk, Exchange, Members, Stop, Tell

AT_ONCE = 200
"""Objects asked for in one go."""
LOOK_AFTER = 200
"""Segments looked after each day, in turn."""
NOWHERE_ELSE = 2_000
"""Segments of our own looked after each day that no other laptop is known to have, the first of them first: one that
was torn unseen lies nowhere else, and all after it wait for it."""
VERSION, ROSTER, CURSOR, LOOKED, BUNDLES = "sync_version", "sync_roster", "sync_cursor", "sync_looked", "sync_bundles"
"""Local settings: the version that last read everything, the roster last looked at, where to go on in the news, the
day and the name up to which the depot was looked after, what the depot held of the bundles of keys put there."""


class Common:
    """What the parts of an exchange share: the store's and the depot's side, the roster, and what came of it so far."""

    def __init__(self, desk: Desk, depot: Depot, slice: int, tell: Tell, stop: Stop, members: Members) -> None:
        self.journal, self.depot, self.tell, self.stop, self.members = desk.journal, depot, tell, stop, members
        with self.journal.reading() as conn:
            org = place.read(conn)
            if org is None:
                raise UserError(place.ALONE)
            self.org = org.id
            now = Roster.load(conn, org.id)
        self.conflicts: int | None = None
        self.fresh: list[str] = []
        self.me = f"keys/{self.journal.device}", f"dev/{self.journal.device}"
        self.receiver = receive.Receiver(self.journal, now, self.org, slice=slice)
        self.done = Exchange()
        self.there: dict[str, Area] = {}

    def _look_after(self) -> None:
        """Once a day, see that some of what was taken in still lies there whole: a copy can be torn later, unseen."""
        today = london_day(instant(self.journal.clock.now()))
        with self.journal.reading() as conn:
            day, _, upto = (noted(conn, LOOKED) or "").partition("\n")
            some = held.to_look_after(conn, upto, LOOK_AFTER) if day != today else []
            others = [*names_of(conn), *self._nowhere_else(conn)] if day != today else []
        if day != today:
            looked = list(dict.fromkeys([*some, *others]))
            there = self.depot.has(looked) if looked else set()
            lost = [name for name in looked if name not in there]
            publish.to_put_again(self.journal, [name for name in lost if not name.startswith("keys/")])
            if bundles := [name for name in lost if name.startswith("keys/")]:
                self.journal.write_local(partial(self._lost, bundles))
            last = some[-1] if len(some) == LOOK_AFTER else ""
            self.journal.write_local(partial(note, {LOOKED: f"{today}\n{last}"}))

    def _nowhere_else(self, conn: sa.Connection) -> list[str]:
        me = self.journal.device
        others = (d.device for d in self.receiver.roster.devices() if d.device != me and not d.revoked)
        upto = max((cabinet.seen_by(conn, other, me) for other in others), default=0)
        return cabinet.placed_after(conn, me, upto, NOWHERE_ELSE)

    def _give_again(self, lost: Collection[str]) -> None:
        if lost:
            publish.to_put_again(self.journal, lost)
            self.journal.write_local(packs.doubt)  # what lost segments has lost evidence, too, for all we know
        sent = publish.put_again(self.journal, self.depot, self.receiver.roster, self.stop)
        self.done.again += sent.again
        self.done.not_taken = sent.not_taken or self.done.not_taken
        self.done.bytes_out += sent.bytes

    def _lost(self, gone: Collection[str], conn: sa.Connection) -> None:
        """Small objects that the depot holds no more; bundles of keys among them are owed again."""
        held.let_go(conn, gone)
        devices = {parts.device for name in gone if (parts := names.read(name)) is not None and parts.kind == "keys"}
        if devices:
            self.members.give_again(conn, devices)

    def _stage(self) -> None:
        now = self.receiver.roster
        if now.device(self.journal.device) is None:
            return  # not admitted yet: what is written waits
        while not self.stop() and publish.stage(self.journal, now, self.org):
            pass
        if publish.beat_is_due(self.journal, at_once=now.role(self.journal.device) in (HEAD_OFFICE, MANAGER)):
            publish.stage(self.journal, now, self.org, beat=True)

    # ---- the depot
    def _listed(self, areas: Collection[str]) -> tuple[str, ...]:
        return self.depot.news(areas, "").names

    def _got(self, wanted: Collection[str]) -> Iterable[tuple[str, bytes]]:
        ordered = list(wanted)
        for start in range(0, len(ordered), AT_ONCE):
            if self.stop():
                return
            for name, data in self.depot.get(ordered[start : start + AT_ONCE]):
                if data is not None:
                    self.done.bytes_in += len(data)
                    yield name, data


def is_whole(name: str, data: bytes) -> bool:
    """Whether these are the bytes that the name speaks of."""
    parts = names.read(name)
    return parts is not None and names.digest(data) == parts.hash
