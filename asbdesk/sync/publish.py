"""What was written here, packed into segments and put into the depot (SYNC.md 2.4).

The exact bytes of a segment are committed before anything leaves: after a crash the same bytes go out again under the
same name, and a rebuilt segment, which would differ, never does. What a depot has lost is put there again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa

from asbdesk.clock import instant
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.journal import Journal
from asbdesk.store.noted import noted
from asbdesk.sync import cabinet, held, names
from asbdesk.sync.cabinet import Kept
from asbdesk.sync.depot import Depot, NotTaken
from asbdesk.sync.roster import Roster
from asbdesk.sync.segment import Segment
from asbdesk.sync.session_words import read_receipt
from asbdesk.sync.staging import MOST, MOST_TEXT, beat_is_due, seen, stage

FILLED = "sync_filled"
"""The local setting that stands once every entry of this laptop was queued for the first time."""

Stop = Callable[[], bool]
Told = Callable[[int, int, int], None]
"""Told the bytes sent so far, and how many segments of how many."""


@dataclass
class Sent:
    """What left this laptop. `entries`: in segments put for the first time; `not_taken`: why one was not, which is
    tried again the next time and keeps no other here."""

    segments: int = 0
    entries: int = 0
    again: int = 0
    bytes: int = 0
    not_taken: str | None = None


# ---- from the first day on
def first_time(journal: Journal) -> int:
    """From now on what is written here waits to be sent, and so does all that was written before; how many entries.

    Called when a place to meet is set up, or joined; again it does nothing. A store that was opened sets
    `journal.sending` by itself from then on, because the local setting `org` stands.
    """

    def fill(conn: sa.Connection) -> int:
        if noted(conn, FILLED) is None:
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
        try:
            sent.bytes += _put(journal, depot, roster, kept, found)
        except NotTaken as error:
            sent.not_taken = str(error)
            continue
        sent.segments += 1
        sent.entries += sum(line.entries for line in found.header.blocks)
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
        try:
            size = _put_one_again(journal, depot, roster, name) if name not in there else 0
        except NotTaken as error:
            sent.not_taken = str(error)
            continue
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


__all__ = [
    "MOST", "MOST_TEXT", "Sent", "beat_is_due", "first_time", "publish", "put_again", "seen", "stage", "to_put_again",
]  # fmt: skip
