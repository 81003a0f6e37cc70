"""Keys given and taken: who should hold which file's key is worked out from the records, for what has changed.

Why so: what a role covers follows from the case (its officer, its team), which changes like any record. Only what was
touched since the last time is looked at, so that a day with nothing new costs nothing, however much there is.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from asbdesk.model import Household, Involvement
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.apply import now, slices
from asbdesk.store.journal import Journal
from asbdesk.store.roles import AUDITOR, HEAD_OFFICE, HUB, MANAGER
from asbdesk.sync import bundle, held, keys, names, sealing
from asbdesk.sync.bundle import Misread
from asbdesk.sync.keys import FileKey
from asbdesk.sync.roster import Device, Roster
from asbdesk.sync.scope import Scope, cases_of, covers_all, files_of

MEMO = "grants"
"""The local setting that says how far this was worked out: the journal's position, and what every device was then."""
_TELLING = ("case", "involvement", "person", "household")
"""Kinds whose change may change who should hold a file."""


@dataclass(frozen=True)
class Came:
    """What a bundle brought: ids of keys that are new here, or why it was refused."""

    keys: frozenset[str] = frozenset()
    why: str | None = None


@dataclass
class Staged:
    """Bundles to put, by name, and what is noted once they were."""

    objects: list[tuple[str, bytes]] = field(default_factory=list)
    holders: dict[str, frozenset[str]] = field(default_factory=dict)
    due: tuple[str, ...] = ()
    memo: str = ""


# ---- taken
def key_ids(data: bytes) -> tuple[str, ...]:
    """Which keys a bundle gives, as its signed head says. Raises Misread."""
    return bundle.read(data).ids


def fault(data: bytes, to: str, public: Callable[[str], bytes | None]) -> str | None:
    """Why these bytes are no bundle for this device by somebody who belongs; None when they are."""
    try:
        found = bundle.read(data)
    except Misread as error:
        return str(error)
    signer = public(found.by)
    if found.to != to:
        return "for another device"
    return None if signer and found.is_signed_by(signer) else "not signed by anybody who belongs"


def take(journal: Journal, roster: Roster, name: str, data: bytes) -> Came:
    """Keep the keys in a bundle for this device."""
    if why := fault(data, journal.device, roster.sign_key):
        return Came(why=why)
    found, parts = bundle.read(data), names.read(name)
    if found.org != roster.org or parts is None or parts.hash != names.digest(data):
        return Came(why="of another organisation, or under another name")
    author = roster.device(found.by)
    if author is None or author.revoked:
        return Came(why="given by a laptop that was revoked")
    with journal.reading() as conn:
        private = keys.secret(conn, keys.BOX)
    try:
        given = bundle.open_(found, private or b"")
    except (Misread, sealing.Unsealable) as error:
        return Came(why=str(error))
    return Came(frozenset(journal.write_local(lambda conn: _keep(conn, roster, author, given, journal.device))))


def _keep(conn: sa.Connection, roster: Roster, author: Device, given: bundle.Given, me: str) -> set[str]:
    new: set[str] = set()
    writers = _holders_by_file(conn, {k.file for k in given.keys})
    for one in given.keys:
        # a key from somebody who never held the file opens what lies under it, and seals nothing new
        known = writers.get(one.file)
        trusted = known is None or author.device in known or author.role in (HEAD_OFFICE, MANAGER, HUB)
        if keys.add(conn, one.key_id, one.file, one.epoch if trusted else 0, one.key, one.made):
            new.add(one.key_id)
    own = roster.device(me)
    if own is None or not _passes_on(own):
        for some in slices(new):
            conn.execute(q.key_due.delete().where(q.key_due.c.key_id.in_(some)))
    _note(conn, {one.key_id: given.holders.get(one.key_id, frozenset()) | {author.device} for one in given.keys})
    return new


def _passes_on(device: Device) -> bool:
    """Whether this device gives others the keys it was given: those that cover everything."""
    return covers_all(device) and device.role != AUDITOR


def _holders_by_file(conn: sa.Connection, files: Collection[str]) -> dict[str, set[str]]:
    """Who is known to hold any key of these files, of the files of which a key is here."""
    found: dict[str, set[str]] = {}
    file_of = {k.key_id: k.file for k in keys.keys_of(conn, files)}
    for key_id, devices in _known_holders(conn, file_of).items():
        found.setdefault(file_of[key_id], set()).update(devices)
    return found


def _known_holders(conn: sa.Connection, key_ids: Collection[str]) -> dict[str, frozenset[str]]:
    """By key: the devices it was given to, and those that sealed something under it."""
    sealed = sa.select(q.block.c.key_id, q.block.c.device).distinct()
    return _holders(conn, key_ids, sa.select(q.key_given.c.key_id, q.key_given.c.device), sealed)


def _given_to(conn: sa.Connection, key_ids: Collection[str]) -> dict[str, frozenset[str]]:
    """By key: the devices it was given to, so that it lies in their own part of the depot."""
    return _holders(conn, key_ids, sa.select(q.key_given.c.key_id, q.key_given.c.device))


def _holders(conn: sa.Connection, key_ids: Collection[str], *which: sa.Select[Any]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set, {key_id: set() for key_id in key_ids})
    for some in slices(key_ids):
        for one in which:
            for key_id, device in conn.execute(one.where(one.selected_columns[0].in_(some))):
                found[key_id].add(device)
    return {key_id: frozenset(devices) for key_id, devices in found.items()}


def _note(conn: sa.Connection, holders: dict[str, frozenset[str]]) -> None:
    c = q.key_given.c
    for some in slices(holders):
        known = {(r.device, r.key_id) for r in conn.execute(sa.select(c.device, c.key_id).where(c.key_id.in_(some)))}
        new = [(device, key_id) for key_id in some for device in holders[key_id] if (device, key_id) not in known]
        if new:
            conn.execute(q.key_given.insert(), [{"device": device, "key_id": key_id} for device, key_id in new])


# ---- given
def stage(journal: Journal, roster: Roster) -> Staged | None:
    """Bundles for everybody who should hold more than they were given, or None; `given` once they were put."""
    me = roster.device(journal.device)
    if me is None or me.revoked or me.role == AUDITOR:
        return None
    with journal.reading() as conn:
        work = _Work(conn, roster, me)
        if work.nothing:
            return None
        to_renew = work.to_renew(conn) if me.role != HUB else set()
    if to_renew:
        journal.write_local(lambda conn: [keys.renew(conn, file) for file in sorted(to_renew)])
    with journal.reading() as conn:
        work = _Work(conn, roster, me)
        owed = work.owed(conn)
        private = keys.secret(conn, keys.SIGN)
    assert private is not None
    return work.staged(owed, private)


class _Work:
    """What has changed since the last time, and who should have what because of it."""

    def __init__(self, conn: sa.Connection, roster: Roster, me: Device) -> None:
        memo = _memo(conn)
        self.roster, self.me, self.scope = roster, me, Scope(roster)
        self.due = tuple(conn.scalars(sa.select(q.key_due.c.key_id)))
        self.at, self.count = now(conn), memo["count"]
        self.devices = {d.device: [d.role, d.team, d.member] for d in roster.devices() if not d.revoked}
        self.changed = [d for d in roster.devices() if memo["devices"].get(d.device) != self.devices.get(d.device)]
        # the first time every key is due anyway
        self.cases = _touched(conn, memo["at"]) if memo["at"] is not None else set()
        self.nothing = not self.due and not self.changed and not self.cases

    def to_renew(self, conn: sa.Connection) -> set[str]:
        """Files of the cases touched that somebody holds the newest key of who should not any more."""
        files = {file for _, file in files_of(conn, self.cases)}
        if not covers_all(self.me):  # whose other cases a person is in, only who sees them all can say
            files = {file for file in files if file.startswith("case/")}
        newest = {file: found[0] for file, found in keys.newest_of(conn, files).items()}
        held, should = _known_holders(conn, set(newest.values())), self.scope.of_files(conn, files)
        here = self.scope.all
        return {
            file
            for file, key_id in newest.items()
            if self.me.device in should[file] and (held[key_id] & here) - should[file] - {self.me.device}
        }

    def owed(self, conn: sa.Connection) -> dict[str, list[FileKey]]:
        """By device, the keys it should hold and was not given yet, as far as these changes go."""
        file_of = {r.key_id: r.file for some in slices(self.due) for r in conn.execute(
            sa.select(q.file_key.c.key_id, q.file_key.c.file).where(q.file_key.c.key_id.in_(some)))}  # fmt: skip
        files = set(file_of.values()) | {file for _, file in files_of(conn, self.cases)}
        should = self.scope.of_files(conn, files)
        wanted: defaultdict[str, set[str]] = defaultdict(set, {file: set(who) for file, who in should.items()})
        for device in self.changed if _passes_on(self.me) else ():
            for file in self._files_for(conn, device):
                wanted[file].add(device.device)
        return self._missing(conn, wanted)

    def _files_for(self, conn: sa.Connection, device: Device) -> Iterable[str]:
        if device.revoked:
            return ()
        if covers_all(device):
            private = ("org/", "escrow/")
            every = conn.scalars(sa.select(q.file_key.c.file).where(q.file_key.c.key.is_not(None)).distinct())
            return [f for f in every if device.role == HEAD_OFFICE or not f.startswith(private)]
        shared = conn.scalars(sa.select(q.file_key.c.file).where(q.file_key.c.file.startswith("landlord/")).distinct())
        return [*shared, *(file for _, file in files_of(conn, self.scope.cases_for(conn, device)))]

    def _missing(self, conn: sa.Connection, wanted: dict[str, set[str]]) -> dict[str, list[FileKey]]:
        # this device gives itself what it made: a copy of it that is restored, or goes on beside it, lacks that key
        held_here = list(keys.keys_of(conn, wanted))
        self.held = _given_to(conn, {k.key_id for k in held_here})
        owed: defaultdict[str, list[FileKey]] = defaultdict(list)
        for one in held_here:
            for device in (wanted[one.file] | {self.me.device}) - self.held[one.key_id]:
                owed[device].append(one)
        return owed

    def staged(self, owed: dict[str, list[FileKey]], private: bytes) -> Staged:
        found = Staged(due=self.due)
        given: defaultdict[str, set[str]] = defaultdict(set)
        for device, some in owed.items():
            for one in some:
                given[one.key_id].add(device)
        found.holders = {key_id: frozenset(devices) for key_id, devices in given.items()}
        everybody = {key_id: self.held[key_id] | devices for key_id, devices in found.holders.items()}
        for device, some in sorted(owed.items()):
            for start in range(0, len(some), bundle.MOST):
                data = bundle.make(
                    private, self.scope.box_of(device), org=self.roster.org, by=self.me.device, to=device,
                    given=some[start : start + bundle.MOST], holders=everybody.__getitem__,
                )  # fmt: skip
                self.count += 1
                found.objects.append((names.grants(device, self.count, data), data))
        found.memo = json.dumps({"at": self.at, "devices": self.devices, "count": self.count}, sort_keys=True)
        return found


def given(journal: Journal, staged: Staged) -> None:
    """The bundles were put: nobody is given the same again."""

    def write(conn: sa.Connection) -> None:
        _note(conn, staged.holders)
        held.hold(conn, [name for name, _ in staged.objects], "given")
        for some in slices(staged.due):
            conn.execute(q.key_due.delete().where(q.key_due.c.key_id.in_(some)))
        _forget_memo(conn)
        conn.execute(t.local_setting.insert().values(name=MEMO, value=staged.memo))

    journal.write_local(write)


def again(conn: sa.Connection, devices: Collection[str] | None = None) -> None:
    """Give everybody, or these devices, everything once more: the place to meet has lost what was put there."""
    gone = q.key_given.delete()
    conn.execute(gone if devices is None else gone.where(q.key_given.c.device.in_(devices)))
    conn.execute(q.key_due.delete())
    every = sa.select(q.file_key.c.key_id).where(q.file_key.c.key.is_not(None))
    conn.execute(q.key_due.insert().from_select(["key_id"], every))
    if devices is None:
        _forget_memo(conn)


def _forget_memo(conn: sa.Connection) -> None:
    conn.execute(t.local_setting.delete().where(t.local_setting.c.name == MEMO))


def _memo(conn: sa.Connection) -> dict[str, Any]:
    text = conn.scalar(sa.select(t.local_setting.c.value).where(t.local_setting.c.name == MEMO))
    found: dict[str, Any] = json.loads(text) if text else {"at": None, "devices": {}, "count": 0}
    return found


def _touched(conn: sa.Connection, after: int) -> set[str]:
    """The cases in which somebody's part, an officer, a team or a home may have changed since."""
    which = sa.select(t.touch.c.kind, t.touch.c.id).where(t.touch.c.n > after, t.touch.c.kind.in_(_TELLING)).distinct()
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, record in conn.execute(which):
        by_kind[kind].append(record)
    files = {f"case/{case}" for case in by_kind["case"]} | {f"person/{person}" for person in by_kind["person"]}
    for kind, table in (("involvement", Involvement.__table__.c), ("household", Household.__table__.c)):
        for some in slices(by_kind[kind]):
            files |= {file for file in conn.scalars(sa.select(table.file).where(table.id.in_(some))) if file}
    return cases_of(conn, files) if files else set()
