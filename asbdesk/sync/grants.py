"""Keys given and taken: who should hold which file's key is worked out from the records, for what has changed.

Why so: what a role covers follows from the case (its officer, its team), which changes like any record. Only what was
touched since the last time is looked at, so that a day with nothing new costs nothing, however much there is.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.apply import slices
from asbdesk.store.coming_back import hand_back, handed, handed_keys
from asbdesk.store.journal import Journal
from asbdesk.store.roles import AUDITOR, HEAD_OFFICE, HUB, MANAGER
from asbdesk.sync import bundle, held, keys, names, sealing
from asbdesk.sync.bundle import Misread
from asbdesk.sync.depot import Depot
from asbdesk.sync.keys import FileKey
from asbdesk.sync.owing import MEMO, Owing, known_holders, passes_on
from asbdesk.sync.roster import Device, Roster


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
    for one in _not_handed(conn, given.keys, me):
        # a key from somebody who never held the file opens what lies under it, and seals nothing new
        known = writers.get(one.file)
        trusted = known is None or author.device in known or author.role in (HEAD_OFFICE, MANAGER, HUB)
        epoch = one.epoch if trusted else -one.epoch
        if keys.add(conn, one.key_id, one.file, epoch, one.key, one.made, author.device):
            new.add(one.key_id)
        elif trusted:
            _trust(conn, [one.key_id])
    own = roster.device(me)
    if own is None or not passes_on(own):
        for some in slices(new):
            conn.execute(q.key_due.delete().where(q.key_due.c.key_id.in_(some)))
    _note(conn, {one.key_id: given.holders.get(one.key_id, frozenset()) | {author.device} for one in given.keys})
    return new


def _trust(conn: sa.Connection, key_ids: Collection[str]) -> None:
    """Whoever made these keys rightly holds their files: they may seal what is written from now on."""
    c = q.file_key.c
    for some in slices(key_ids):
        conn.execute(q.file_key.update().where(c.key_id.in_(some), c.epoch < 0).values(epoch=-c.epoch))


def _not_handed(conn: sa.Connection, some: Sequence[FileKey], me: str) -> list[FileKey]:
    """Those that are for this desk now. A new key of a case that had left says that it comes back: then what was given
    before is read again; an old one says nothing."""
    away = handed(conn, {one.file for one in some})
    if not away:
        return list(some)
    old = handed_keys(conn, {one.key_id for one in some})
    if back := {one.file for one in some if one.file in away and one.key_id not in old}:
        away -= hand_back(conn, back)
        held.let_go(conn, held.names_in(conn, f"keys/{me}"))
    return [one for one in some if one.file not in away]


def _holders_by_file(conn: sa.Connection, files: Collection[str]) -> dict[str, set[str]]:
    """Who is known to hold any key of these files, of the files of which a key is here; who gave one among them."""
    c = q.file_key.c
    which = sa.select(c.key_id, c.file, c.by).where(c.epoch > 0)
    rows = [row for some in slices(files) for row in conn.execute(which.where(c.file.in_(some)))]
    holders = known_holders(conn, {row.key_id for row in rows})
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.file, set()).update(holders[row.key_id], [row.by] if row.by else [])
    return found


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
        work = Owing(conn, roster, me)
        if work.nothing:
            return None
        rightly = work.rightly_made(conn)
    if rightly:
        journal.write_local(lambda conn: _trust(conn, rightly))
    with journal.reading() as conn:
        to_renew = work.to_renew(conn) if me.role != HUB else set()
    if to_renew:
        journal.write_local(lambda conn: [keys.renew(conn, file) for file in sorted(to_renew)])
    with journal.reading() as conn:
        work = Owing(conn, roster, me)
        owed = work.owed(conn)
        private = keys.secret(conn, keys.SIGN)
    assert private is not None
    return _staged(work, owed, private)


def _staged(work: Owing, owed: dict[str, list[FileKey]], private: bytes) -> Staged:
    found = Staged(due=work.due)
    given: defaultdict[str, set[str]] = defaultdict(set)
    for device, some in owed.items():
        for one in some:
            given[one.key_id].add(device)
    found.holders = {key_id: frozenset(devices) for key_id, devices in given.items()}
    everybody = {key_id: work.held[key_id] | devices for key_id, devices in found.holders.items()}
    # its own last: taken again after a crash, it says that the others were given theirs
    for device, some in sorted(owed.items(), key=lambda given: (given[0] == work.me.device, given[0])):
        for start in range(0, len(some), bundle.MOST):
            data = bundle.make(
                private, work.scope.box_of(device), org=work.roster.org, by=work.me.device, to=device,
                given=some[start : start + bundle.MOST], holders=everybody.__getitem__,
            )  # fmt: skip
            work.count += 1
            found.objects.append((names.grants(device, work.count, data), data))
    found.memo = json.dumps({"at": work.at, "devices": work.devices, "count": work.count}, sort_keys=True)
    return found


def hand_out(journal: Journal, depot: Depot, now: Roster, *, lost: bool = False) -> int:
    """Put the bundles that others are owed; how many. `lost`: the depot had lost what was put there."""
    if lost:
        journal.write_local(again)
    staged = stage(journal, now)
    if staged is None:
        return 0
    for name, data in staged.objects:
        depot.put(name, data)
    given(journal, staged)
    return len(staged.objects)


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
