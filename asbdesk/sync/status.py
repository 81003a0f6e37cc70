"""What the window and `sync --json` show of the exchange: where everything is, what waits and why, what was done."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from asbdesk.errors import UserError
from asbdesk.model import sync as q
from asbdesk.store.journal import Journal
from asbdesk.store.noted import noted
from asbdesk.store.roles import HEAD_OFFICE, HUB, MANAGER
from asbdesk.sync import cabinet, held, place, runs, segment
from asbdesk.sync.cabinet import Kept
from asbdesk.sync.receive import GAP
from asbdesk.sync.roster import Roster

MOST = 500
"""Items and lines of history shown at most."""
_s, _b, _o = q.segment.c, q.block.c, q.object_seen.c

REASONS = {
    "gap": "An earlier part of what this laptop sent has not come yet. It is taken in by itself once it is here.",
    "roster": "It was made under a list of members that has not come yet. It is taken in by itself once that is here.",
    held.NOT_WHOLE: "It is not all there yet: whatever copies the folder is still at it. It is tried again each time.",
    "newer": "It was written by a newer asbdesk. Install the newest version; nothing of it is lost meanwhile.",
    "stranger": "It comes from a laptop that is not known here yet. It is looked at again when the members change.",
    "review": "It was written on a laptop that had been reported lost. Somebody at head office looks at it first.",
    "locked": "Parts of cases that this desk was not given. They open by themselves when a case is given to you.",
    "fork": "This laptop was restored from a copy, or its disk was copied. Everything from both is kept. If nobody "
    "restored it, somebody may be using a copy of it: tell head office.",
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One exchange, or several in a row in which nothing was new. Instants; `trouble`: in a sentence, or None."""

    began: str
    ended: str
    place: str
    trouble: str | None
    sent: int
    received: int
    applied: int
    waiting: int
    refused: int
    conflicts: int
    bytes_out: int
    bytes_in: int


@dataclass(frozen=True)
class SyncStatus:
    """Where this desk's changes are. `state`: `alone`, `asked`, `member`, `revoked`; `words`: it all in a sentence.

    `on_this_laptop`: entries that are nowhere else yet; `in_depot`: entries in the place to meet that nobody at head
    office is known to have taken in; `received`: the instant up to which head office is known to have everything of
    this desk, None where it is not known; `head_office`: this desk is itself head office. `waiting`, `refused`,
    `review`, `forks`: how many items `items` has of these.
    """

    state: str
    place: str
    words: str
    on_this_laptop: int
    in_depot: int
    received: str | None
    head_office: bool
    waiting: int
    refused: int
    review: int
    forks: int
    last_run: Run | None


@dataclass(frozen=True)
class Item:
    """Something that is not simply taken in. `kind`: `waiting`, `refused`, `review`, `locked`, `fork`; `id`: for
    `export_refused`, empty where nothing of it is kept here; `device`: whose; `entries`: how many, 0 where unknown."""

    kind: str
    id: str
    device: str
    why: str
    at: str
    entries: int


def status(session: orm.Session) -> SyncStatus:
    """Where everything is. Reads what waits, not what was done."""
    conn = session.connection()
    org = place.read(conn)
    if org is None:
        return SyncStatus("alone", "", "This desk works by itself.", 0, 0, None, False, 0, 0, 0, 0, None)
    me = noted(conn, "device") or ""
    now = Roster.load(conn, org.id)
    upto = received_upto(conn, me, now)
    unsent = conn.scalar(sa.select(sa.func.count()).select_from(q.unsent)) or 0
    here = unsent + _entries(conn, _s.device == me, _s.state == "outgoing")
    there = _entries(conn, _s.device == me, _s.seq > (upto.seq if upto else 0), _s.state == "placed")
    office = now.role(me) == HEAD_OFFICE
    received = cabinet.made_at(conn, upto) if upto else None
    last = _runs(conn, 1)
    counts = {
        "waiting": _count(conn, _s.state == "waiting") + _seen(conn, held.NOT_WHOLE, "newer", "stranger"),
        "refused": _refused_blocks(conn) + _seen(conn, "refused"),
        "review": _count(conn, _s.state == "review"),
        "forks": _count(conn, _s.why == cabinet.FORKED),
    }
    words = _words(org.state, last[0] if last else None, here, there, office=office)
    run = last[0] if last else None
    return SyncStatus(org.state, org.place.where, words, here, there, received, office, **counts, last_run=run)


def _words(state: str, last: Run | None, here: int, there: int, *, office: bool) -> str:
    if state == place.ASKED:
        return "Head office has not admitted this desk yet."
    if state == place.REVOKED:
        return "This desk no longer belongs to the organisation."
    changes = "change" if here == 1 else "changes"
    if here:
        words = f"{here} {changes} on this laptop only."
        return f"{words} {last.trouble}" if last is not None and last.trouble else words
    if last is not None and last.trouble:
        return last.trouble
    if there and not office:
        return "Everything is in the place to meet. Head office has not taken all of it in yet."
    return "Everything is in the place to meet." if office else "Head office has everything."


def received_upto(conn: sa.Connection, me: str, now: Roster) -> Kept | None:
    """The highest segment of this desk that somebody at head office is known to have: by receipt, or as seen."""
    which = sa.select(sa.func.max(_s.seq)).where(_s.device == me, _s.received_at.is_not(None))
    upto = conn.scalar(which) or 0
    for device in now.devices():
        if device.device != me and device.role in (HEAD_OFFICE, HUB, MANAGER):
            upto = max(upto, cabinet.seen_by(conn, device.device, me))
    row = conn.execute(sa.select(_s.hash).where(_s.device == me, _s.seq == upto).order_by(_s.hash.desc())).first()
    return cabinet.find(conn, me, upto, row.hash) if row else None


def _entries(conn: sa.Connection, *which: sa.ColumnElement[bool]) -> int:
    on = sa.and_(_s.device == _b.device, _s.seq == _b.seq, _s.hash == _b.hash)
    return conn.scalar(sa.select(sa.func.sum(_b.entries)).select_from(q.segment.join(q.block, on)).where(*which)) or 0


def _count(conn: sa.Connection, *which: sa.ColumnElement[bool]) -> int:
    return conn.scalar(sa.select(sa.func.count()).select_from(q.segment).where(*which)) or 0


def _seen(conn: sa.Connection, *states: str) -> int:
    return conn.scalar(sa.select(sa.func.count()).select_from(q.object_seen).where(_o.state.in_(states))) or 0


def _refused_blocks(conn: sa.Connection) -> int:
    return conn.scalar(sa.select(sa.func.count()).select_from(q.block).where(_b.state == "refused")) or 0


# ---- item by item
def items(session: orm.Session) -> tuple[Item, ...]:
    """What waits, is refused, is for review or is locked, each with its reason; at most `MOST` of each."""
    conn = session.connection()
    return (*_segments(conn), *_blocks(conn), *_objects(conn), *_locked(conn))


def _segments(conn: sa.Connection) -> list[Item]:
    wanted = _s.state.in_(("waiting", "review")) | (_s.why == cabinet.FORKED)
    which = sa.select(_s.device, _s.seq, _s.hash, _s.state, _s.why, _s.at).where(wanted)
    found = []
    for row in conn.execute(which.order_by(_s.device, _s.seq).limit(MOST)):
        kind = row.state if row.state in ("waiting", "review") else "fork"
        why = REASONS[row.why if kind == "waiting" and row.why in REASONS else GAP if kind == "waiting" else kind]
        entries = _entries(conn, _s.device == row.device, _s.seq == row.seq, _s.hash == row.hash)
        found.append(Item(kind, f"{row.device}/{row.seq}/{row.hash}", row.device, why, row.at or "", entries))
    return found


def _blocks(conn: sa.Connection) -> list[Item]:
    which = sa.select(_b.device, _b.seq, _b.hash, _b.idx, _b.why, _b.entries).where(_b.state == "refused").limit(MOST)
    return [
        Item("refused", f"{r.device}/{r.seq}/{r.hash}/{r.idx}", r.device, f"It cannot be read: {r.why}", "", r.entries)
        for r in conn.execute(which)
    ]


def _objects(conn: sa.Connection) -> list[Item]:
    which = sa.select(q.object_seen).where(_o.state.in_((held.NOT_WHOLE, "newer", "stranger", "refused"))).limit(MOST)
    found = []
    for row in conn.execute(which):
        kind = "refused" if row.state == "refused" else "waiting"
        why = REASONS.get(row.state) or _cannot(row.name, row.why)
        found.append(Item(kind, "", row.name.split("/")[1], why, row.at or "", 0))
    return found


def _cannot(name: str, why: str) -> str:
    what = {"keys": "Keys that were sent to this desk", "join": "A request to join"}.get(name.partition("/")[0])
    return f"{what} cannot be used: {why}." if what else f"{name} cannot be read: {why}"


def _locked(conn: sa.Connection) -> list[Item]:
    which = sa.select(_b.device, sa.func.sum(_b.entries)).where(_b.state == "locked").group_by(_b.device)
    rows = conn.execute(which.order_by(_b.device)).all()
    return [Item("locked", "", device, REASONS["locked"], "", entries) for device, entries in rows]


def export_refused(journal: Journal, item: str) -> bytes:
    """An item's bytes as they came, signed: its segment, or that with its one block. UserError when it is not here."""
    device, seq, hash_, *index = item.split("/")
    with journal.reading() as conn:
        kept = cabinet.find(conn, device, int(seq), hash_) if seq.isdigit() else None
        if kept is None:
            raise UserError("Nothing of this is kept here. It lies in the place to meet.")
        found = cabinet.segment_of(conn, kept)
    if not index:
        return found.data()
    only = [block if number == int(index[0]) else None for number, block in enumerate(found.blocks)]
    return segment.assemble(found.header_bytes, found.signature, only)


# ---- what was done
def history(session: orm.Session) -> tuple[Run, ...]:
    """The exchanges, the last first."""
    return tuple(_runs(session.connection(), MOST))


def _runs(conn: sa.Connection, most: int) -> list[Run]:
    c = q.sync_run.c
    names = ("began", "ended", "place", "trouble", *runs.COUNTED)
    rows = conn.execute(sa.select(*(c[name] for name in names)).order_by(c.n.desc()).limit(most)).mappings()
    return [Run(**row) for row in rows]
