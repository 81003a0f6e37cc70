"""Who is owed which keys: worked out from the records and the roster, for what was touched since the last time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from asbdesk.model import Household, Involvement, Rest
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.apply import now, slices
from asbdesk.store.noted import noted
from asbdesk.store.roles import AUDITOR, HEAD_OFFICE
from asbdesk.sync import keys
from asbdesk.sync.keys import FileKey
from asbdesk.sync.roster import Device, Roster
from asbdesk.sync.scope import Scope, cases_of, covers_all, files_of

MEMO = "grants"
"""The local setting that says how far this was worked out: the journal's position, and what every device was then."""
_TELLING = ("case", "involvement", "person", "household", "rest")
"""Kinds whose change may change who should hold a file."""


def passes_on(device: Device) -> bool:
    """Whether this device gives others the keys it was given: those that cover everything."""
    return covers_all(device) and device.role != AUDITOR


def known_holders(conn: sa.Connection, key_ids: Collection[str]) -> dict[str, frozenset[str]]:
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


class Owing:
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

    def rightly_made(self, conn: sa.Connection) -> list[str]:
        """Keys that were doubted, and whose makers are known by now to hold their files rightly."""
        c = q.file_key.c
        files = set(self._due_files(conn).values()) | {file for _, file in files_of(conn, self.cases)}
        which = sa.select(c.key_id, c.file, c.by).where(c.epoch < 0)
        doubted = [row for some in slices(files) for row in conn.execute(which.where(c.file.in_(some)))]
        should = self.scope.of_files(conn, {row.file for row in doubted}) if doubted else {}
        return [row.key_id for row in doubted if row.by in should[row.file]]

    def _due_files(self, conn: sa.Connection) -> dict[str, str]:
        c = q.file_key.c
        which = sa.select(c.key_id, c.file)
        return {r.key_id: r.file for some in slices(self.due) for r in conn.execute(which.where(c.key_id.in_(some)))}

    def to_renew(self, conn: sa.Connection) -> set[str]:
        """Files of the cases touched that somebody holds the newest key of who should not any more."""
        files = {file for _, file in files_of(conn, self.cases)}
        if not covers_all(self.me):  # whose other cases a person is in, only who sees them all can say
            files = {file for file in files if file.startswith("case/")}
        newest = {file: found[0] for file, found in keys.newest_of(conn, files).items()}
        held, should = known_holders(conn, set(newest.values())), self.scope.of_files(conn, files)
        here = self.scope.all
        return {
            file
            for file, key_id in newest.items()
            if self.me.device in should[file] and (held[key_id] & here) - should[file] - {self.me.device}
        }

    def owed(self, conn: sa.Connection) -> dict[str, list[FileKey]]:
        """By device, the keys it should hold and was not given yet, as far as these changes go."""
        doubtful = self._given_by_the_revoked(conn) if passes_on(self.me) else {}
        files = {*self._due_files(conn).values(), *doubtful.values(), *(file for _, file in files_of(conn, self.cases))}
        should = self.scope.of_files(conn, files)
        wanted: defaultdict[str, set[str]] = defaultdict(set, {file: set(who) for file, who in should.items()})
        for device in self.changed if passes_on(self.me) else ():
            for file in self._files_for(conn, device):
                wanted[file].add(device.device)
        return self._missing(conn, wanted, doubtful)

    def _given_by_the_revoked(self, conn: sa.Connection) -> dict[str, str]:
        """Keys, and their files, that came here from a laptop that was revoked since: whoever heard of that first took
        nothing more from it, so that nobody can say who has them."""
        gone, c = [d.device for d in self.changed if d.revoked], q.file_key.c
        which = sa.select(c.key_id, c.file).where(c.by.in_(gone), c.key.is_not(None))
        return {row.key_id: row.file for row in conn.execute(which)} if gone else {}

    def _files_for(self, conn: sa.Connection, device: Device) -> Iterable[str]:
        if device.revoked:
            return ()
        if covers_all(device):
            private = ("org/", "escrow/")
            every = conn.scalars(sa.select(q.file_key.c.file).where(q.file_key.c.key.is_not(None)).distinct())
            return [f for f in every if device.role == HEAD_OFFICE or not f.startswith(private)]
        shared = conn.scalars(sa.select(q.file_key.c.file).where(q.file_key.c.file.startswith("landlord/")).distinct())
        return [*shared, *(file for _, file in files_of(conn, self.scope.cases_for(conn, device)))]

    def _missing(
        self, conn: sa.Connection, wanted: dict[str, set[str]], doubtful: Collection[str]
    ) -> dict[str, list[FileKey]]:
        # this device gives itself what it made: a copy of it that is restored, or goes on beside it, lacks that key
        held_here = [one for one in keys.keys_of(conn, wanted) if one.epoch > 0]
        self.held = _given_to(conn, {k.key_id for k in held_here})
        owed: defaultdict[str, list[FileKey]] = defaultdict(list)
        for one in held_here:
            known = self.held[one.key_id] if one.key_id not in doubtful else frozenset()
            for device in (wanted[one.file] | {self.me.device}) - known:
                owed[device].append(one)
        return owed


def _memo(conn: sa.Connection) -> dict[str, Any]:
    text = noted(conn, MEMO)
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
    rest = Rest.__table__.c
    for some in slices(by_kind["rest"]):  # of what rests, only a cover says who holds the case
        covers = sa.select(rest.file).where(rest.id.in_(some), rest.sort == "cover")
        files |= {file for file in conn.scalars(covers) if file}
    return cases_of(conn, files) if files else set()
