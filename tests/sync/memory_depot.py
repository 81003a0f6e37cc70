"""A depot in memory, for every test of sync that is not about a place: the simplest thing that keeps the protocol.

    office, laptop = two_desks(tmp_path)          # two real encrypted stores of one organisation, `a` head office
    depot = MemoryDepot(office.org)
    office.exchange(depot); laptop.exchange(depot)

`MemoryDepot` is a `Depot`: `objects` holds everything by name and may be read, torn, emptied or filled by a test;
`away = True` makes every call raise DepotAway, `calls` counts what was asked. `for_device(d)` is the same place as
another device sees it (its own `keys/<device>` among the heads). `Desk` stands for an enrolled laptop without the
steps of enrolment: keys of files are handed over by `share_keys`, as grants would. Hostile places are the
simulator's (`tests/sync/simulator/cloud.py`), real ones are `FolderDepot` and `ServiceDepot`.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from asbdesk.clock import SetClock
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.engine import make_engine
from asbdesk.store.journal import Journal
from asbdesk.store.keys import Slots
from asbdesk.sync import exchange, keys, names, place, publish, roster, segment, statement
from asbdesk.sync.depot import Area, Depot, DepotAway, Marker, News, area_of
from asbdesk.sync.roster import Roster
from asbdesk.sync.statement import ROOT

BEGUN = "2026-11-21T10:00:00.000Z"
PASSPHRASE = "correct horse battery staple"


def thin(data: bytes, keep: Collection[int]) -> bytes:
    """The same segment with only the blocks of these places, as head office hands it to who may not have the others."""
    found = segment.parse(data)
    kept = [block if index in keep else None for index, block in enumerate(found.blocks)]
    return segment.assemble(found.header_bytes, found.signature, kept)


class MemoryDepot:
    """A place to meet in memory, as `device` sees it. `may_read`: key ids it gives blocks of; None for all."""

    def __init__(self, org: str, objects: dict[str, bytes] | None = None, device: str = "") -> None:
        self.org, self.device, self.where = org, device, "memory"
        self.objects: dict[str, bytes] = {} if objects is None else objects
        self.may_read: set[str] | None = None
        self.away = False
        self.calls: Counter[str] = Counter()

    def for_device(self, device: str) -> MemoryDepot:
        """The same place as another device sees it."""
        return MemoryDepot(self.org, self.objects, device)

    def _asked(self, call: str) -> None:
        self.calls[call] += 1
        if self.away:
            raise DepotAway("The place to meet is not there.")

    def marker(self) -> Marker:
        self._asked("marker")
        return Marker(self.org, 1, BEGUN)

    def heads(self) -> Mapping[str, Area]:
        self._asked("heads")
        areas: dict[str, list[str]] = {}
        for name in self.objects:
            parts = names.read(name)
            if parts is not None and parts.kind != "blob":
                areas.setdefault(parts.area, []).append(name)
        return {area: area_of(held) for area, held in areas.items()}

    def news(self, areas: Collection[str], cursor: str) -> News:
        self._asked("news")
        after = int(cursor or 0)
        found = [n for n in list(self.objects)[after:] if (p := names.read(n)) is not None and p.area in areas]
        return News(tuple(found), str(len(self.objects)))

    def get(self, wanted: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        self._asked("get")
        for name in wanted:
            data = self.objects.get(name)
            if data is not None and self.may_read is not None and name.startswith("dev/"):
                lines = segment.parse(data).header.blocks
                data = thin(data, {i for i, line in enumerate(lines) if line.key_id in self.may_read})
            yield name, data

    def blocks(self, wanted: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int, bytes | None]]:
        self._asked("blocks")
        for name, index in wanted:
            found = segment.parse(self.objects[name]) if name in self.objects else None
            allowed = found and (self.may_read is None or found.header.blocks[index].key_id in self.may_read)
            yield name, index, found.blocks[index] if found and allowed else None

    def put(self, name: str, data: bytes) -> bytes | None:
        self._asked("put")
        self.objects[name] = data
        return None

    def has(self, wanted: Collection[str]) -> set[str]:
        self._asked("has")
        return {name for name in wanted if name in self.objects}

    def remove(self, gone: Collection[str]) -> None:
        self._asked("remove")
        for name in gone:
            self.objects.pop(name, None)


class NoMembers:
    """Leaves enrolment and grants out of an exchange."""

    def roster_grew(self, now: Roster) -> None:
        pass

    def take_grant(self, name: str, data: bytes, now: Roster) -> str | None:
        return None

    def wants_requests(self, now: Roster) -> bool:
        return False

    def take_request(self, name: str, data: bytes) -> str | None:
        return None

    def give_again(self, conn: sa.Connection, devices: Collection[str]) -> None:
        pass

    def give(self, depot: Depot, now: Roster, *, lost: bool = False) -> int:
        return 0


class Desk:
    """An enrolled laptop: a real encrypted store with its keys, and the organisation in its settings."""

    def __init__(self, store: vault.Store, org: str, root: bytes) -> None:
        self.store, self.org, self.root = store, org, root

    @property
    def journal(self) -> Journal:
        return self.store.journal

    @property
    def device(self) -> str:
        return self.store.journal.device

    def do(self, act: Any, *args: Any, **kwargs: Any) -> Any:
        """Run an action; what it returned."""
        return self.store.do(act, *args, **kwargs).value

    def exchange(self, depot: MemoryDepot, **how: Any) -> exchange.Exchange:
        """Exchange once; grants and enrolment are left out."""
        mine = depot if depot.device == self.device else depot.for_device(self.device)
        mine.away, mine.may_read = depot.away, depot.may_read
        done = exchange.exchange(self.store, mine, members=NoMembers(), **{"slice": 1000} | how)
        depot.calls += mine.calls
        return done

    def roster(self) -> Roster:
        with self.store.reader.connect() as conn:
            return Roster.load(conn, self.org)

    def count(self, table: sa.Table, *where: Any) -> int:
        """How many rows a table has."""
        with self.store.reader.connect() as conn:
            return conn.scalar(sa.select(sa.func.count()).select_from(table).where(*where)) or 0

    def rows(self, table: sa.Table) -> list[dict[str, Any]]:
        with self.store.reader.connect() as conn:
            return [dict(row) for row in conn.execute(sa.select(table)).mappings()]

    def texts(self) -> set[str]:
        """Every entry's exact text."""
        with self.store.reader.connect() as conn:
            return set(conn.scalars(sa.select(t.body.c.text)))


def enrol(desks: Sequence[tuple[vault.Store, str]]) -> list[Desk]:
    """These stores, with a role each, as the laptops of a new organisation: each knows the whole roster."""
    from asbdesk.sync import sealing

    root, recovery = sealing.sign_key_of(sealing.new_key()), sealing.box_key_of(sealing.new_key())
    org = statement.org_of(root.public)
    with desks[0][0].writer.begin() as conn:
        told = {"root": root.public.hex(), "recovery": recovery.public.hex()}
        roster.declare(conn, root.private, ROOT, org, "found", BEGUN, **told)
    own = []
    for store, _ in desks:
        with store.writer.begin() as conn:
            own.append(keys.device_keys(conn))
    for number, ((store, role), pair) in enumerate(zip(desks, own, strict=True)):
        told = {"device": store.journal.device, "member": store.journal.member or f"member-{number}", "role": role}
        told |= {"sign": pair.sign.public.hex(), "box": pair.box.public.hex(), "team": "", "letter": "ABCDEFGH"[number]}
        with desks[0][0].writer.begin() as conn:
            roster.declare(conn, root.private, ROOT, org, "enrol", BEGUN, **told)
    made = [Desk(store, org, root.private) for store, _ in desks]
    for desk, (_, role) in zip(made, desks, strict=True):
        meeting = place.Place(place.FOLDER, "memory")
        belongs = place.Org(org, root.public.hex(), meeting, place.MEMBER, role)
        desk.store.journal.write_local(lambda conn, b=belongs: place.keep(conn, b))  # type: ignore[misc]
        publish.first_time(desk.store.journal)
        share_roster(made[0], desk)
    return made


def declare(desk: Desk, kind: str, **told: Any) -> None:
    """A statement by the root, known to this desk alone until it exchanges."""
    with desk.store.writer.begin() as conn:
        roster.declare(conn, desk.root, ROOT, desk.org, kind, BEGUN, **told)


def share_roster(one: Desk, other: Desk) -> None:
    """Every statement that one desk knows is known to the other."""
    with one.store.reader.connect() as conn:
        lines = roster.lines(conn)
    with other.store.writer.begin() as conn:
        for name, data in lines:
            roster.take(conn, name, data, other.org)


def share_keys(one: Desk, other: Desk, only: str = "") -> None:
    """Every key that one desk holds (of files that begin with `only`) is held by the other, as if granted."""
    with other.store.writer.begin() as conn:
        for row in one.rows(q.file_key):
            if row["key"] is not None and row["file"].startswith(only):
                keys.add(conn, row["key_id"], row["file"], row["epoch"], row["key"])


def new_store(blank: Path, folder: Path, clock: SetClock, device: str) -> vault.Store:
    """A copy of a blank store as a laptop of its own, called by this device's name."""
    import shutil

    paths = StorePaths(Path(shutil.copytree(blank, folder)))
    key = Slots.load(paths.slots).open_passphrase(PASSPHRASE)
    engine = make_engine(paths.database, key)
    with engine.begin() as conn:
        conn.execute(t.local_setting.update().where(t.local_setting.c.name == "device").values(value=device))
    engine.dispose()
    return vault.open_with(paths, key, clock)


@contextlib.contextmanager
def desks(blank: Path, folder: Path, *roles: str) -> Iterator[list[Desk]]:
    """As many laptops of one organisation as there are roles (`head_office`, `officer` …), called aaaa…, bbbb… ."""
    clock = SetClock(BEGUN)
    stores = [new_store(blank, folder / "abcdefgh"[i], clock, "abcdefgh"[i] * 16) for i in range(len(roles))]
    try:
        yield enrol(list(zip(stores, roles, strict=True)))
    finally:
        for store in stores:
            store.close()
