"""One exchange with a place to meet: heads compared, what is new taken in, what is ours put there (SYNC.md 1.2, 2.4).

Everything in it may be broken off and done again. A depot that is away leaves all that waits waiting; one that lost
what it held is given it again; one with nothing new costs a look at its heads and nothing that grows.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol

import sqlalchemy as sa

from asbdesk import __version__
from asbdesk.clock import instant, london_day
from asbdesk.errors import UserError
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.erase import OpenStore
from asbdesk.store.journal import Journal
from asbdesk.store.roles import HEAD_OFFICE, MANAGER
from asbdesk.sync import cabinet, held, names, pack_queue, packs, place, publish, receive, review, roster, runs
from asbdesk.sync.arrivals import Arrivals
from asbdesk.sync.depot import Area, Depot, DepotAway, NotThere, area_of
from asbdesk.sync.roster import Roster

AT_ONCE = 200
"""Objects asked for in one go."""
LOOK_AFTER = 200
"""Segments looked after each day, in turn."""
VERSION, ROSTER, CURSOR, LOOKED, BUNDLES = "sync_version", "sync_roster", "sync_cursor", "sync_looked", "sync_bundles"
"""Local settings: the version that last read everything, the roster last looked at, where to go on in the news, the
day and the name up to which the depot was looked after, what the depot held of the bundles of keys put there."""


BUSY = "This desk is exchanging with the others already. Wait until that is done."


class Desk(Protocol):
    """What an exchange needs of an open store."""

    @property
    def journal(self) -> Journal: ...


class Progress(NamedTuple):
    """How far an exchange is. `what`: `receiving` or `sending`; `done` of `of` objects; `bytes` so far."""

    what: str
    done: int
    of: int
    bytes: int


Tell = Callable[[Progress], None]
Stop = Callable[[], bool]


class Members(Protocol):
    """What an exchange leaves to enrolment and grants; each call may be repeated without harm."""

    def roster_grew(self, now: Roster) -> None:
        """The roster has more statements: orders of erasure are obeyed, this desk's own standing is kept."""

    def take_grant(self, name: str, data: bytes, now: Roster) -> str | None:
        """Keep a bundle of keys for this device; why not, or None."""

    def wants_requests(self, now: Roster) -> bool:
        """Whether requests to join are for this desk to look at."""

    def take_request(self, name: str, data: bytes) -> str | None:
        """Keep a request to join; why not, or None."""

    def give_again(self, conn: sa.Connection, devices: Collection[str]) -> None:
        """The depot has lost bundles of keys that were put there for these devices, from here."""

    def give(self, depot: Depot, now: Roster, *, lost: bool = False) -> int:
        """Put the bundles of keys that others are owed; how many. `lost`: the depot had lost something."""


@dataclass
class Exchange:
    """What one exchange did. `sent`, `received`: entries in segments that left and came; `applied`: entries new
    here; `waiting`: objects and segments of this exchange that cannot be taken in yet; `refused`: objects and blocks
    that cannot be read; `conflicts`: values that differ since; `forks`: numbers that two segments bear; `again`:
    objects the depot had lost; `bytes_out`, `bytes_in`. `trouble`: in a sentence what broke it off; `away`: the place
    is not there now, which mends itself."""

    sent: int = 0
    received: int = 0
    applied: int = 0
    waiting: int = 0
    refused: int = 0
    conflicts: int = 0
    forks: int = 0
    again: int = 0
    bytes_out: int = 0
    bytes_in: int = 0
    trouble: str | None = None
    away: bool = False


def exchange(
    desk: Desk,
    depot: Depot,
    *,
    slice: int = receive.SMALL,
    progress: Tell | None = None,
    stop: Stop | None = None,
    members: Members | None = None,
) -> Exchange:
    """Exchange once with a depot, all but evidence (`evidence`, afterwards). Raises UserError when this desk works
    by itself, exchanges already, or cannot write; a depot's own trouble is told in the result.

    `slice`: entries to a transaction (`receive.SMALL` beside a window, `receive.LARGE` alone). `stop` is asked between
    objects. `members`: enrolment and grants, this store's own unless others are given.
    """
    journal = desk.journal
    if not journal.exchanging.acquire(blocking=False):
        raise UserError(BUSY)
    try:
        run = _Run(desk, depot, slice, progress or _quiet, stop or _never, members or _members(desk))
        began = instant(journal.clock.now())
        try:
            with _collecting_seldom():
                run.go()
        except (DepotAway, NotThere) as error:
            run.done.trouble, run.done.away = str(error), isinstance(error, DepotAway)
        done = run.finished()
        journal.write_local(partial(runs.note, began, instant(journal.clock.now()), depot.where, done))
        return done
    finally:
        journal.exchanging.release()


def evidence(
    desk: OpenStore, depot: Depot, *, progress: pack_queue.Progress | None = None, stop: Stop | None = None
) -> None:
    """Move evidence files, after the entries: ours out and announced, others' in. May be broken off at any point.

    Raises DepotAway, NotThere, UserError; what was moved until then stays moved.
    """
    journal = desk.journal
    if not journal.exchanging.acquire(blocking=False):
        raise UserError(BUSY)
    try:
        packs.send(desk, depot, progress, stop)
        with journal.reading() as conn:
            org = place.read(conn)
            now = Roster.load(conn, org.id if org else None)
        if org is not None and now.device(journal.device) is not None and publish.stage(journal, now, org.id):
            publish.publish(journal, depot, now)
        packs.fetch(desk, depot, progress, stop)
    finally:
        journal.exchanging.release()


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Thousands of entries are parsed and let go, none of them in a circle: looking for circles took a fifth of it."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _quiet(_: Progress) -> None:
    pass


def _never() -> bool:
    return False


def _members(desk: Desk) -> Members:
    from asbdesk.store.vault import Store
    from asbdesk.sync.membership import Membership

    if not isinstance(desk, Store):
        raise TypeError("enrolment and grants need an open store")
    return Membership(desk)


class _Run:
    """One exchange."""

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

    def go(self) -> None:
        found = self.depot.marker()
        if found.org != self.org:
            raise NotThere(
                f"{self.depot.where} is another organisation's place to meet. Look at what head office wrote."
            )
        self.there = dict(self.depot.heads())
        self._roster()
        self._grants()
        self._segments()
        self._look_after()
        self._give_again(())  # also what an exchange that was broken off had begun to
        self._kept_back()
        self._requests()
        self._send()
        if not self.stop():
            self._look_for_bundles()
            self.members.give(self.depot, self.receiver.roster, lost=self.done.again > 0)

    def finished(self) -> Exchange:
        came = self.receiver.came
        done = self.done
        done.received, done.applied, done.waiting = came.sealed, came.entries, came.waiting
        done.refused += came.refused
        done.forks = came.forks
        if came.entries and self.conflicts is not None:
            with self.journal.reading() as conn:
                done.conflicts = max(0, _conflicts(conn) - self.conflicts)
        return done

    # ---- the roster and keys
    def _roster(self) -> None:
        with self.journal.reading() as conn:
            lines = roster.names_of(conn)
            ours, refused = area_of([*lines, *held.names_in(conn, "roster")]), held.names_in(conn, "roster")
            own_is_whole = held.areas(conn).get(self.me[1], held.EMPTY) == self.there.get(self.me[1], held.EMPTY)
        if ours != self.there.get("roster", held.EMPTY):
            if own_is_whole:
                self._stage()  # what was written under the roster that is known says so
            known = {*lines, *refused}
            there = set(self._listed(["roster"]))
            for name, data in self._got(sorted(there - known)):
                self.journal.write_local(partial(self._take_statement, name, data))
            self._give_again(known - there)
        self._look_again()

    def _take_statement(self, name: str, data: bytes, conn: sa.Connection) -> None:
        if _is_whole(name, data):
            why = roster.take(conn, name, data, self.org)
            if why is not None:
                held.hold(conn, [name], "refused", why, instant(self.journal.clock.now()))

    def _look_again(self) -> None:
        """What a roster or a version that changed since last time makes of what is here."""
        with self.journal.reading() as conn:
            now = Roster.load(conn, self.org)
            stood = {name: _setting(conn, name) for name in (VERSION, ROSTER)}
        self.receiver.roster = now
        stands = {VERSION: __version__, ROSTER: " ".join(now.heads)}
        if stood[ROSTER] != stands[ROSTER]:
            self.members.roster_grew(now)
            review.roster_grew(self.receiver)
        else:
            self.receiver.retry_waiting()
        if stood[VERSION] != stands[VERSION]:
            review.version_changed(self.receiver)
        if stood != stands:
            self.journal.write_local(partial(_set, stands))

    def _grants(self) -> None:
        area = self.me[0]
        with self.journal.reading() as conn:
            same = held.areas(conn).get(area, held.EMPTY) == self.there.get(area, held.EMPTY)
        if not same:
            self._each(area, lambda name, data: self.members.take_grant(name, data, self.receiver.roster))
        with self.journal.reading() as conn:
            fresh = list(conn.scalars(sa.select(q.key_fresh.c.key_id)))
        self.receiver.unlock(fresh)
        self.fresh = fresh

    def _requests(self) -> None:
        with self.journal.reading() as conn:
            same = held.areas(conn).get("join", held.EMPTY) == self.there.get("join", held.EMPTY)
        if not same and self.members.wants_requests(self.receiver.roster):
            self._each("join", self.members.take_request)

    def _each(self, area: str, take: Callable[[str, bytes], str | None]) -> None:
        """Every new object of a small area; those that are there no more are forgotten."""
        there = set(self._listed([area]))
        with self.journal.reading() as conn:
            known = held.names_in(conn, area)
        for name, data in self._got(sorted(there - known)):
            if area == "join" or _is_whole(name, data):
                why = take(name, data)
                self.journal.write_local(partial(_noted, name, why, instant(self.journal.clock.now())))
        if known - there:
            self.journal.write_local(partial(self._lost, known - there))

    def _lost(self, gone: Collection[str], conn: sa.Connection) -> None:
        """Small objects that the depot holds no more; bundles of keys among them are owed again."""
        held.let_go(conn, gone)
        devices = {parts.device for name in gone if (parts := names.read(name)) is not None and parts.kind == "keys"}
        if devices:
            self.members.give_again(conn, devices)

    def _look_for_bundles(self) -> None:
        """See that the bundles put from here for others are there still; a look at the heads where nothing changed."""
        with self.journal.reading() as conn:
            given = {a for a in held.areas(conn) if a.startswith("keys/") and a != self.me[0]}
            stood = json.loads(_setting(conn, BUNDLES) or "{}")
        stands = {area: f"{found.count} {found.digest}" for area, found in self.there.items() if area in given}
        differing = [area for area in sorted(given) if stood.get(area) != stands.get(area, "")]
        if differing:
            there = set(self._listed(differing))
            with self.journal.reading() as conn:
                lost = {name for area in differing for name in held.names_in(conn, area)} - there
            if lost:
                self.journal.write_local(partial(self._lost, lost))
            self.journal.write_local(partial(_set, {BUNDLES: json.dumps(stands, sort_keys=True)}))

    # ---- segments
    def _segments(self) -> None:
        differing = self._differing()
        if not differing:
            return
        with self.journal.reading() as conn:
            cursor = (_setting(conn, CURSOR) or "").partition("\n")
        news = self.depot.news(differing, cursor[2] if cursor[0] == self.depot.where else "")
        self._take(news.names)
        self.journal.write_local(partial(_set, {CURSOR: f"{self.depot.where}\n{news.cursor}"}))
        if differing := self._differing():
            there = set(self._listed(differing))
            self._take(there)
            self._settle(differing, there)

    def _differing(self) -> list[str]:
        with self.journal.reading() as conn:
            ours = held.areas(conn)
        areas = sorted(area for area in {*ours, *self.there} if area.startswith("dev/"))
        return [a for a in areas if ours.get(a, held.EMPTY) != self.there.get(a, held.EMPTY)]

    def _take(self, there: Iterable[str]) -> None:
        with self.journal.reading() as conn:
            new = held.unknown(conn, [name for name in there if name.startswith("dev/")])
            if new and self.conflicts is None:
                self.conflicts = _conflicts(conn)
        arrivals = Arrivals(new, self.receiver.accept)
        missing = set(new)
        for number, (name, data) in enumerate(self._got(new), 1):
            missing.discard(name)
            found = self.receiver.prove(name, data)
            arrivals.arrived(name, None if isinstance(found, str) else found)
            self.tell(Progress("receiving", number, len(new), self.done.bytes_in))
        for name in sorted(missing):
            arrivals.arrived(name, None)
        arrivals.finish()

    def _settle(self, differing: Collection[str], there: set[str]) -> None:
        """What the depot lacks of these areas is put there again; copies that never came whole are forgotten."""
        with self.journal.reading() as conn:
            ours = {name for area in differing for name in held.names_in(conn, area)}
            torn = {name for name in held.in_state(conn, held.NOT_WHOLE) if name not in there}
        if torn:
            self.journal.write_local(lambda conn: held.let_go(conn, torn))
        self._give_again(ours - there)

    def _look_after(self) -> None:
        """Once a day, see that some of what was taken in still lies there whole: a copy can be torn later, unseen."""
        today = london_day(instant(self.journal.clock.now()))
        with self.journal.reading() as conn:
            day, _, upto = (_setting(conn, LOOKED) or "").partition("\n")
            some = held.segments_after(conn, upto, LOOK_AFTER) if day != today else []
        if day != today:
            there = self.depot.has(some) if some else set()
            publish.to_put_again(self.journal, [name for name in some if name not in there])
            last = some[-1] if len(some) == LOOK_AFTER else ""
            self.journal.write_local(partial(_set, {LOOKED: f"{today}\n{last}"}))

    def _give_again(self, lost: Collection[str]) -> None:
        if lost:
            publish.to_put_again(self.journal, lost)
        sent = publish.put_again(self.journal, self.depot, self.receiver.roster, self.stop)
        self.done.again += sent.again
        self.done.bytes_out += sent.bytes

    def _kept_back(self) -> None:
        """Blocks that the depot had kept back, of keys that came since."""
        with self.journal.reading() as conn:
            lacking = cabinet.locked(conn, self.fresh, here=False)
        wanted = [(one.kept.name, one.index) for one in lacking]
        for start in range(0, len(wanted), AT_ONCE):
            for name, index, data in self.depot.blocks(wanted[start : start + AT_ONCE]):
                if data is not None:
                    self.done.bytes_in += len(data)
                    self.receiver.fill(name, index, data)
        if self.fresh:
            self.journal.write_local(partial(cabinet.opened_with, self.fresh))

    # ---- what is ours
    def _send(self) -> None:
        self._stage()
        sent = publish.publish(self.journal, self.depot, self.receiver.roster, self._told, self.stop)
        self.done.sent += sent.entries
        self.done.bytes_out += sent.bytes

    def _stage(self) -> None:
        now = self.receiver.roster
        if now.device(self.journal.device) is None:
            return  # not admitted yet: what is written waits
        while not self.stop() and publish.stage(self.journal, now, self.org):
            pass
        if publish.beat_is_due(self.journal, at_once=now.role(self.journal.device) in (HEAD_OFFICE, MANAGER)):
            publish.stage(self.journal, now, self.org, beat=True)

    def _told(self, size: int, done: int, of: int) -> None:
        self.tell(Progress("sending", done, of, size))

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


def _noted(name: str, why: str | None, at: str, conn: sa.Connection) -> None:
    held.hold(conn, [name], "taken" if why is None else "refused", why, at)


def _is_whole(name: str, data: bytes) -> bool:
    parts = names.read(name)
    return parts is not None and names.digest(data) == parts.hash


def _conflicts(conn: sa.Connection) -> int:
    return conn.scalar(sa.select(sa.func.count()).select_from(t.conflict)) or 0


def _setting(conn: sa.Connection, name: str) -> str | None:
    return conn.scalar(sa.select(t.local_setting.c.value).where(t.local_setting.c.name == name))


def _set(values: dict[str, str], conn: sa.Connection) -> None:
    conn.execute(t.local_setting.delete().where(t.local_setting.c.name.in_(values)))
    conn.execute(t.local_setting.insert(), [{"name": name, "value": value} for name, value in values.items()])
