"""What was written here, packed into segments and put into the depot (SYNC.md 2.4).

The exact bytes of a segment are committed before anything leaves: after a crash the same bytes go out again under the
same name, and a rebuilt segment, which would differ, never does. What a depot has lost is put there again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import sqlalchemy as sa

from asbdesk import __version__
from asbdesk.clock import instant
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.journal import Journal
from asbdesk.store.schema import VERSIONS
from asbdesk.store.setting_aside import set_aside
from asbdesk.sync import blocks, cabinet, held, keys, names, packs, segment
from asbdesk.sync.cabinet import Kept
from asbdesk.sync.depot import Depot
from asbdesk.sync.roster import Roster
from asbdesk.sync.segment import Segment
from asbdesk.sync.session_words import read_receipt

MOST = 5000
"""Entries of one segment at most: the more, the more of each file lie in one block, and the smaller they get."""
MOST_TEXT = 6 << 20
"""Characters of one segment at most, but for one entry that is longer."""
FILLED = "sync_filled"
"""The local setting that stands once every entry of this laptop was queued for the first time."""

Stop = Callable[[], bool]
Told = Callable[[int, int, int], None]
"""Told the bytes sent so far, and how many segments of how many."""


class Line(NamedTuple):
    """An entry that waits to be sent."""

    n: int
    file: str
    text: str


@dataclass
class Sent:
    """What left this laptop. `entries`: in segments put for the first time."""

    segments: int = 0
    entries: int = 0
    again: int = 0
    bytes: int = 0


@dataclass
class _Draft:
    """A segment in the making: everything that takes time, done outside the transaction that keeps it."""

    lines: list[Line]
    last: Kept | None
    keys: dict[str, tuple[str, bytes]]
    blocks: list[tuple[str, int, bytes]] = field(default_factory=list)
    no_effect: dict[int, str] = field(default_factory=dict)

    @property
    def seq(self) -> int:
        return self.last.seq + 1 if self.last else 1


# ---- from the first day on
def first_time(journal: Journal) -> int:
    """From now on what is written here waits to be sent, and so does all that was written before; how many entries.

    Called when a place to meet is set up, or joined; again it does nothing. A store that was opened sets
    `journal.sending` by itself from then on, because the local setting `org` stands.
    """

    def fill(conn: sa.Connection) -> int:
        if _setting(conn, FILLED) is None:
            conn.execute(t.local_setting.insert().values(name=FILLED, value="1"))
            own = sa.select(t.session.c.n).where(t.session.c.device == journal.device)
            held_here = sa.select(t.body.c.n).join(t.entry, t.entry.c.n == t.body.c.n)
            which = held_here.where(t.entry.c.session.in_(own), t.entry.c.n.not_in(sa.select(q.unsent.c.n)))
            conn.execute(q.unsent.insert().from_select(["n"], which.order_by(t.body.c.n)))
        journal.sending = True  # under the journal's lock: nothing is written between the two
        return conn.scalar(sa.select(sa.func.count()).select_from(q.unsent)) or 0

    was = journal.sending
    try:
        return journal.write_local(fill)
    except BaseException:
        journal.sending = was
        raise


def _setting(conn: sa.Connection, name: str) -> str | None:
    return conn.scalar(sa.select(t.local_setting.c.value).where(t.local_setting.c.name == name))


# ---- packing
def stage(journal: Journal, roster: Roster, org: str, *, beat: bool = False) -> bool:
    """Pack what waits to be sent into one segment and commit its bytes; False when there was nothing to pack.

    `beat`: one without entries, when others' were taken in and nothing of ours has said so yet.
    """
    while True:
        with journal.reading() as conn:
            draft = _Draft(_waiting(conn), cabinet.last(conn, journal.device), {})
            wanted = bool(draft.lines) or _to_announce(conn) or (beat and _setting(conn, cabinet.ACKNOWLEDGE))
            private = keys.secret(conn, keys.SIGN)
        if not wanted or private is None:
            return False
        _pack(journal, roster, org, draft)
        kept = journal.write_local(partial(_keep, journal, roster, org, draft, private))
        if kept is not None:
            journal.announce(frozenset(kept))
            return True


def beat_is_due(journal: Journal, *, at_once: bool) -> bool:
    """Whether a segment without entries should say what was taken in: at once, or a day after the last of ours."""
    with journal.reading() as conn:
        if _setting(conn, cabinet.ACKNOWLEDGE) is None:
            return False
        last = cabinet.last(conn, journal.device)
        made = cabinet.made_at(conn, last) if last else ""
    a_day_ago = instant(journal.clock.now() - dt.timedelta(days=1))
    return at_once or not made or made <= a_day_ago


def _waiting(conn: sa.Connection) -> list[Line]:
    which = (
        sa.select(q.unsent.c.n, t.entry.c.file, t.body.c.text)
        .join(t.entry, t.entry.c.n == q.unsent.c.n)
        .join(t.body, t.body.c.n == q.unsent.c.n)
        .order_by(q.unsent.c.n)
        .limit(MOST)
    )
    found: list[Line] = []
    room = MOST_TEXT
    for row in conn.execute(which):
        room -= len(row.text)
        if found and room < 0:
            break
        found.append(Line(*row))
    return found


def _to_announce(conn: sa.Connection) -> bool:
    return conn.scalar(sa.select(q.pack_part.c.pack).where(q.pack_part.c.state == "placed").limit(1)) is not None


def _pack(journal: Journal, roster: Roster, org: str, draft: _Draft) -> None:
    """Seal the blocks: one for each file, in the order in which they first come."""
    files: dict[str, list[str]] = {}
    for line in draft.lines:
        files.setdefault(line.file, []).append(line.text)
    with journal.reading() as conn:
        draft.keys = keys.newest_of(conn, files)
    if len(draft.keys) < len(files):
        made = instant(journal.clock.now())
        draft.keys = journal.write_local(lambda conn: keys.keys_for(conn, files, made))
    for index, (file, texts) in enumerate((f, x) for f, x in files.items() if f in draft.keys):
        key_id, key = draft.keys[file]
        sealed = blocks.pack(texts, key, blocks.context(org, journal.device, draft.seq, index, key_id))
        draft.blocks.append((key_id, len(texts), sealed))
    draft.no_effect = _no_effect(draft.lines, journal.device, roster)


def _no_effect(lines: list[Line], device: str, roster: Roster) -> dict[int, str]:
    """What everybody else will set aside, because the writer's role had changed: it is set aside here as well."""
    judge = roster.judge(device, roster.heads)
    told = ((line.n, judge(json.loads(line.text))) for line in lines)
    return {n: why for n, why in told if why}


def _keep(
    journal: Journal, roster: Roster, org: str, draft: _Draft, private: bytes, conn: sa.Connection
) -> set[tuple[str, str]] | None:
    """Commit the segment, and end the waiting of what lies in it; None when something changed meanwhile: once more."""
    numbers = {"first": draft.lines[0].n, "last": draft.lines[-1].n} if draft.lines else None
    if numbers is not None:
        between = q.unsent.c.n.between(numbers["first"], numbers["last"])
        here = conn.scalar(sa.select(sa.func.count()).select_from(q.unsent).where(between)) or 0
        files = {line.file for line in draft.lines}
        if here != len(draft.lines) or keys.newest_of(conn, files) != draft.keys:
            return None
        conn.execute(q.unsent.delete().where(between))
    if cabinet.last(conn, journal.device) != draft.last:
        return None
    made = segment.make(_words(conn, journal, roster, org, draft), draft.blocks, segment.sign_with(private))
    data = made.data()
    name, at = names.segment(journal.device, draft.seq, data), instant(journal.clock.now())
    cabinet.write(conn, name, made, "outgoing", None, at, [("ours", None)] * len(draft.blocks))
    conn.execute(t.local_setting.delete().where(t.local_setting.c.name == cabinet.ACKNOWLEDGE))
    return set_aside(conn, draft.no_effect) if draft.no_effect else set()


def _words(conn: sa.Connection, journal: Journal, roster: Roster, org: str, draft: _Draft) -> dict[str, Any]:
    """A header's words, but for its blocks."""
    newest = conn.execute(sa.select(t.entry.c.n, t.entry.c.link).order_by(t.entry.c.n.desc()).limit(1)).first()
    announced = packs.to_announce(conn)
    return {
        "org": org,
        "dev": journal.device,
        "seq": draft.seq,
        "prev": draft.last.hash if draft.last else segment.FIRST,
        "roster": list(roster.heads),
        "app": __version__,
        "schema": VERSIONS[-1],
        "seen": {device: [seq, hash_] for device, (seq, hash_) in seen(conn, journal.device).items()},
        "chain": [newest.n, newest.link.hex()] if newest else [0, segment.FIRST],
        **({"packs": announced} if announced else {}),
    }


def seen(conn: sa.Connection, device: str) -> dict[str, tuple[int, str]]:
    """The last segment taken in from each other laptop: number and hash. As many statements as there are laptops."""
    found = {}
    for area in held.areas(conn):
        kind, _, other = area.partition("/")
        if kind == "dev" and other != device and (kept := cabinet.last(conn, other)):
            found[other] = (kept.seq, kept.hash)
    return found


# ---- putting
def publish(journal: Journal, depot: Depot, roster: Roster, told: Told | None = None, stop: Stop | None = None) -> Sent:
    """Put every segment that waits to leave. What a depot's being away interrupts goes on from there next time."""
    sent = Sent()
    with journal.reading() as conn:
        outgoing = cabinet.in_state(conn, "outgoing")
    for number, kept in enumerate(outgoing, 1):
        if stop is not None and stop():
            break
        with journal.reading() as conn:
            found = cabinet.segment_of(conn, kept)
        data = _put(journal, depot, roster, kept, found)
        sent.segments += 1
        sent.entries += sum(line.entries for line in found.header.blocks)
        sent.bytes += data
        if told is not None:
            told(sent.bytes, number, len(outgoing))
    return sent


def _put(journal: Journal, depot: Depot, roster: Roster, kept: Kept, found: Segment) -> int:
    """Put one segment: whole, or thin where its blocks were erased, which then is another object."""
    data = found.data()
    name = names.segment(kept.device, kept.seq, data)
    receipt = depot.put(name, data)
    at = instant(journal.clock.now())
    journal.write_local(partial(_placed, kept, name, at, _receipt(receipt, name, roster)))
    return len(data)


def _receipt(receipt: bytes | None, name: str, roster: Roster) -> dict[str, Any]:
    """What to keep of head office's word that it has it, where one of the organisation's services signed it."""
    for device in roster.devices() if receipt else ():
        found = read_receipt(receipt or b"", device.sign) if roster.role(device.device) == "hub" else None
        if found is not None and found.name == name:
            return {"receipt": receipt, "received_at": found.received_at}
    return {}


def _placed(kept: Kept, name: str, at: str, receipt: Mapping[str, Any], conn: sa.Connection) -> None:
    s = q.segment.c
    values = {"name": name, **receipt} | ({"state": "placed", "put_at": at} if kept.state == "outgoing" else {})
    which = (s.device == kept.device, s.seq == kept.seq, s.hash == kept.hash)
    conn.execute(q.segment.update().where(*which).values(values))
    if name != kept.name:
        held.let_go(conn, [kept.name])
    held.hold(conn, [name], at=at)


def to_put_again(journal: Journal, lost: Collection[str]) -> None:
    """Note what a depot has lost: it is put there again in this exchange, or where it is broken off in the next."""

    def write(conn: sa.Connection) -> None:
        due = set(conn.scalars(sa.select(q.put_due.c.name)))
        new = [{"name": name} for name in lost if name not in due]
        if new:
            conn.execute(q.put_due.insert(), new)

    journal.write_local(write)


def put_again(journal: Journal, depot: Depot, roster: Roster, stop: Stop | None = None) -> Sent:
    """Give a depot what it lost, our own and others': signatures make it safe for anybody to put them there again.

    What is not whole here, and not thinned by an erasure, is left to its laptop and fetched again when it is there.
    """
    sent = Sent()
    with journal.reading() as conn:
        due = list(conn.scalars(sa.select(q.put_due.c.name).order_by(q.put_due.c.name)))
    there = depot.has(due) if due else set()  # late in a listing is not lost: what is whole is not written over
    for name in due:
        if stop is not None and stop():
            break
        size = _put_one_again(journal, depot, roster, name) if name not in there else 0
        journal.write_local(partial(_is_put, name))
        sent.again += size > 0
        sent.bytes += size
    return sent


def _is_put(name: str, conn: sa.Connection) -> None:
    conn.execute(q.put_due.delete().where(q.put_due.c.name == name))


def _put_one_again(journal: Journal, depot: Depot, roster: Roster, name: str) -> int:
    parts = names.read(name)
    if parts is not None and parts.kind == "roster":
        with journal.reading() as conn:
            data = conn.scalar(sa.select(q.roster_line.c.bytes).where(q.roster_line.c.name == name))
        if data is not None:
            depot.put(name, data)
        return len(data or b"")
    if parts is not None and parts.kind == "dev":
        with journal.reading() as conn:
            kept = cabinet.named(conn, name, parts.device, parts.number)
            whole = kept is not None and cabinet.erased_only(conn, kept)
            found = cabinet.segment_of(conn, kept) if kept is not None and whole else None
        if kept is not None and found is not None:
            return _put(journal, depot, roster, kept, found)
    journal.write_local(partial(held.let_go, gone=[name]))
    return 0
