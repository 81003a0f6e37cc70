"""Who should hold which file: what a role covers, and the people and homes that go with a case (SYNC.md 2.7).

Whoever is given a case is given the files of the people and homes in it; the landlord's own file is everybody's.
Whoever covers a case for its officer holds it too, until the officer is back and says so: no clock decides it.
"""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from asbdesk.model import Case, Household, Involvement, Person, Rest
from asbdesk.store.apply import slices
from asbdesk.store.roles import AUDITOR, HEAD_OFFICE, HUB, MANAGER
from asbdesk.sync.roster import Device, Roster

_case, _part = Case.__table__.c, Involvement.__table__.c
_person, _household = Person.__table__.c, Household.__table__.c
_rest = Rest.__table__.c
_COVERED = sa.and_(_rest.sort == "cover", _rest.struck.is_(None))


class Scope:
    """The devices that belong now, by what they cover."""

    def __init__(self, roster: Roster) -> None:
        self._devices = [d for d in roster.devices() if not d.revoked]
        self._boxes = {d.device: d.box for d in self._devices}
        kit = frozenset({recovery_device(roster)}) if roster.recovery else frozenset()
        self._boxes |= dict.fromkeys(kit, roster.recovery)
        self.all = kit | {d.device for d in self._devices}
        self.office = kit | {d.device for d in self._devices if d.role == HEAD_OFFICE}
        self.everywhere = kit | {d.device for d in self._devices if covers_all(d)}
        self._by_member = _grouped((d.member, d.device) for d in self._devices if d.role not in (HUB, AUDITOR))
        self._by_team = _grouped((d.team, d.device) for d in self._devices if d.team and not covers_all(d))
        self._team_of = {d.member: d.team for d in self._devices if d.team}

    def box_of(self, device: str) -> bytes:
        """The public key that this device receives keys with."""
        return self._boxes[device]

    def of_case(self, officer: str | None, team: str | None) -> frozenset[str]:
        """Who should hold a case with this officer and team."""
        theirs = team or self._team_of.get(officer or "", "")
        own = self._by_member.get(officer or "", frozenset())
        return self.everywhere | own | (self._by_team.get(theirs, frozenset()) if theirs else frozenset())

    def of_files(self, conn: sa.Connection, files: Collection[str]) -> dict[str, frozenset[str]]:
        """Who should hold each of these files."""
        held = {file: self._apart_from_cases(file) for file in files}
        cases = list(cases_of(conn, files))
        holders = self.of_cases(conn, cases)
        for case, file in files_of(conn, cases):
            if file in held:
                held[file] |= holders.get(case, frozenset())
        return held

    def _apart_from_cases(self, file: str) -> frozenset[str]:
        if file.startswith("landlord/"):
            return self.all
        return self.office if file.startswith(("org/", "escrow/")) else self.everywhere

    def of_cases(self, conn: sa.Connection, cases: Collection[str]) -> dict[str, frozenset[str]]:
        """Who should hold each of these cases."""
        which = sa.select(_case.id, _case.officer, _case.team)
        rows = [row for some in slices(cases) for row in conn.execute(which.where(_case.id.in_(some)))]
        by = _covering(conn, cases)
        return {
            row.id: self.of_case(row.officer, row.team).union(
                *(self._by_member.get(member, ()) for officer, member in by.get(row.id, ()) if officer == row.officer)
            )
            for row in rows
        }

    def cases_for(self, conn: sa.Connection, device: Device) -> list[str]:
        """The cases that a device which does not cover all should hold."""
        which: list[sa.ColumnElement[bool]] = [_case.officer == device.member]
        if device.team:
            mates = [member for member, team in self._team_of.items() if team == device.team]
            which += [_case.team == device.team, sa.and_(_nobodys_team(), _case.officer.in_(mates))]
        covered = sa.select(_case.id).join(
            Rest, _case.id == sa.func.substr(_rest.file, sa.literal_column("6"))
        )  # after "case/"
        covered = covered.where(_COVERED, _rest.about == device.member, _rest.waits_for == _case.officer)
        found = (*conn.scalars(sa.select(_case.id).where(sa.or_(*which))), *conn.scalars(covered))
        return list(dict.fromkeys(found))


def recovery_device(roster: Roster) -> str:
    """The name under which keys are laid up for the organisation's kit: no laptop's, but the paper's."""
    return base64.b32encode(sha256(b"asbdesk/recovery/1\0" + roster.recovery).digest()[:10]).decode().lower()


def covers_all(device: Device) -> bool:
    """Whether this device's role covers every case."""
    return device.role in (HEAD_OFFICE, HUB, AUDITOR) or (device.role == MANAGER and not device.team)


def _nobodys_team() -> sa.ColumnElement[bool]:
    return sa.or_(_case.team.is_(None), _case.team == "")


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, device in pairs:
        found[name].add(device)
    return {name: frozenset(devices) for name, devices in found.items()}


def _covering(conn: sa.Connection, cases: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """Case → (whose it was, who covers it) of every cover that stands."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    which = sa.select(_rest.file, _rest.waits_for, _rest.about).where(_COVERED)
    for some in slices([f"case/{case}" for case in cases]):
        for file, officer, member in conn.execute(which.where(_rest.file.in_(some))):
            found[file[5:]].append((officer or "", member or ""))
    return found


def files_of(conn: sa.Connection, cases: Collection[str]) -> Iterator[tuple[str, str]]:
    """`(case, file)` for each of these cases: its own, its people's and their homes'."""
    yield from ((case, f"case/{case}") for case in cases)
    for some in slices(cases):
        homes = sa.select(_case.id, _case.home).where(_case.id.in_(some), _case.home.is_not(None))
        yield from ((case, f"home/{home}") for case, home in conn.execute(homes) if home)
        people = [(file[5:], person) for file, person in _parts(conn, [f"case/{case}" for case in some])]
        yield from ((case, f"person/{person}") for case, person in people)
        lives = _homes_of(conn, {person for _, person in people})
        yield from ((case, f"home/{home}") for case, person in people for home in lives.get(person, ()))


def files_of_it_alone(conn: sa.Connection, case: str) -> set[str]:
    """The case's own file, and those of its people and homes that no other case here needs."""
    others = list(conn.scalars(sa.select(_case.id).where(_case.id != case)))
    return {file for _, file in files_of(conn, [case])} - {file for _, file in files_of(conn, others)}


def _parts(conn: sa.Connection, files: list[str]) -> list[Any]:
    which = sa.select(_part.file, _part.person).where(_part.file.in_(files), _part.person.is_not(None))
    return [row for row in conn.execute(which) if row.person]


def _homes_of(conn: sa.Connection, people: Collection[str]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for some in slices(people):
        for which in (
            sa.select(_person.id, _person.home).where(_person.id.in_(some)),
            sa.select(_household.person, _household.home).where(_household.person.in_(some)),
        ):
            for person, home in conn.execute(which):
                if home:
                    found[person].add(home)
    return found


def cases_of(conn: sa.Connection, files: Collection[str]) -> set[str]:
    """The cases that any of these files goes with."""
    by_kind: defaultdict[str, set[str]] = defaultdict(set)
    for file in files:
        kind, _, name = file.partition("/")
        by_kind[kind].add(name)
    found, people = by_kind["case"], by_kind["person"]
    for some in slices(by_kind["home"]):
        found |= set(conn.scalars(sa.select(_case.id).where(_case.home.in_(some))))
        people |= set(conn.scalars(sa.select(_person.id).where(_person.home.in_(some))))
        people |= {p for p in conn.scalars(sa.select(_household.person).where(_household.home.in_(some))) if p}
    for some in slices(people):
        found |= {f[5:] for f in conn.scalars(sa.select(_part.file).where(_part.person.in_(some))) if f}
    return found
