"""The segments and blocks kept here: found, written, filled, assembled again. Statements only, nothing is decided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.among import among
from asbdesk.store.apply import slices
from asbdesk.store.entries import split_id
from asbdesk.store.many import inserting
from asbdesk.sync import blocks, segment
from asbdesk.sync.segment import BlockLine, Header, Segment

COUNTS = ("outgoing", "placed", "taken", "review")
"""States of a segment that one after it may follow."""
FORKED = "fork"
"""`segment.why` of one whose number another one bears too: its laptop was restored from a copy, or copied."""
ACKNOWLEDGE = "sync_acknowledge"
"""The local setting that stands while others' entries were taken in and no segment of ours has said so."""
_s, _b = q.segment.c, q.block.c
_NEW_BLOCKS = inserting(q.block)
_KEPT = sa.select(_s.device, _s.seq, _s.hash, _s.name, _s.state, _s.why)
_ON = sa.and_(_s.device == _b.device, _s.seq == _b.seq, _s.hash == _b.hash)
_BLOCKS = _KEPT.add_columns(_s.header, _b.idx, _b.bytes).select_from(q.block.join(q.segment, _ON))


class Kept(NamedTuple):
    """A segment's line, without its bytes."""

    device: str
    seq: int
    hash: str
    name: str
    state: str
    why: str | None


@dataclass(frozen=True)
class Locked:
    """A block that was not opened. `sealed` is None where it is not here."""

    kept: Kept
    header: Header
    index: int
    sealed: bytes | None

    @property
    def line(self) -> BlockLine:
        return self.header.blocks[self.index]

    def fits(self, data: bytes) -> bool:
        """Whether these are the bytes that the header names."""
        return blocks.digest(data) == self.line.sha256

    def with_bytes(self, data: bytes) -> Locked:
        return replace(self, sealed=data)

    def becomes(self, state: str, why: str | None) -> Callable[[sa.Connection], None]:
        """What writes its new state, and its bytes where they came only now."""
        values = {"state": state, "why": why, "bytes": None if state == "erased" else self.sealed}
        where = (*_of(self.kept), _b.idx == self.index)
        return lambda conn: _run(conn, q.block.update().where(*where).values(values))


def _run(conn: sa.Connection, statement: sa.Executable) -> None:
    conn.execute(statement)


def _of(kept: Kept) -> tuple[sa.ColumnElement[bool], ...]:
    return _b.device == kept.device, _b.seq == kept.seq, _b.hash == kept.hash


def _is(device: str, seq: int, hash: str) -> tuple[sa.ColumnElement[bool], ...]:
    return _s.device == device, _s.seq == seq, _s.hash == hash


def _kept(row: sa.Row[Any]) -> Kept:
    return Kept(row.device, row.seq, row.hash, row.name, row.state, row.why)


# ---- finding
def find(conn: sa.Connection, device: str, seq: int, hash: str) -> Kept | None:
    """The segment of this header, or None."""
    row = conn.execute(_KEPT.where(*_is(device, seq, hash))).first()
    return Kept(*row) if row else None


def named(conn: sa.Connection, name: str, device: str, seq: int) -> Kept | None:
    """The segment of this name in the depot, or None."""
    row = conn.execute(_KEPT.where(_s.device == device, _s.seq == seq, _s.name == name)).first()
    return Kept(*row) if row else None


def counts(conn: sa.Connection, device: str, seq: int, hash: str) -> bool:
    """Whether this segment is here and one after it may follow."""
    return conn.scalar(sa.select(_s.seq).where(*_is(device, seq, hash), _s.state.in_(COUNTS))) is not None


def in_state(conn: sa.Connection, state: str) -> list[Kept]:
    """Every segment in a state, in order of device and number."""
    return [Kept(*r) for r in conn.execute(_KEPT.where(_s.state == state).order_by(_s.device, _s.seq, _s.hash))]


def of_device(conn: sa.Connection, device: str) -> list[Kept]:
    """Every segment of a laptop, in order."""
    return [Kept(*r) for r in conn.execute(_KEPT.where(_s.device == device).order_by(_s.seq, _s.hash))]


def waiting_after(conn: sa.Connection, device: str, seq: int, hash: str) -> list[Kept]:
    """Those that wait for this one."""
    which = _KEPT.add_columns(_s.header).where(_s.device == device, _s.seq == seq + 1, _s.state == "waiting")
    rows = conn.execute(which).all()
    return [_kept(row) for row in rows if segment.read_header(row.header).prev == hash]


def seen_by(conn: sa.Connection, other: str, device: str) -> int:
    """Up to which number a laptop's segments are known to be on another one, by what that one's last segment says."""
    kept = last(conn, other)
    return header_of(conn, kept).seen.get(device, (0, ""))[0] if kept else 0


def placed_after(conn: sa.Connection, device: str, seq: int, most: int) -> list[str]:
    """The names of a laptop's next segments after this number that were put."""
    which = sa.select(_s.name).where(_s.device == device, _s.seq > seq, _s.state == "placed")
    return list(conn.scalars(which.order_by(_s.seq).limit(most)))


def last(conn: sa.Connection, device: str) -> Kept | None:
    """The highest segment of a laptop that counts; of two with one number, the larger hash."""
    which = _KEPT.where(_s.device == device, _s.state.in_(COUNTS)).order_by(_s.seq.desc(), _s.hash.desc()).limit(1)
    row = conn.execute(which).first()
    return Kept(*row) if row else None


def made_at(conn: sa.Connection, kept: Kept) -> str:
    """When a segment was made here, or came."""
    return conn.scalar(sa.select(_s.at).where(*_is(kept.device, kept.seq, kept.hash))) or ""


def header_of(conn: sa.Connection, kept: Kept) -> Header:
    """A segment's words."""
    raw = conn.scalar(sa.select(_s.header).where(*_is(kept.device, kept.seq, kept.hash)))
    return segment.read_header(raw or b"")


def segment_of(conn: sa.Connection, kept: Kept) -> Segment:
    """A segment with those of its blocks that are here."""
    row = conn.execute(sa.select(_s.header, _s.signature).where(*_is(kept.device, kept.seq, kept.hash))).one()
    header = segment.read_header(row.header)
    here = {r.idx: r.bytes for r in conn.execute(sa.select(_b.idx, _b.bytes).where(*_of(kept)))}
    return Segment(header, row.header, row.signature, tuple(here.get(i) for i in range(len(header.blocks))))


def erased_only(conn: sa.Connection, kept: Kept) -> bool:
    """Whether every block that is missing here is missing by order."""
    which = sa.select(_b.idx).where(*_of(kept), _b.bytes.is_(None), _b.state != "erased").limit(1)
    return conn.scalar(which) is None


# ---- writing
def write(
    conn: sa.Connection,
    name: str,
    found: Segment,
    state: str,
    why: str | None,
    at: str,
    lines: Sequence[tuple[str, str | None]],
) -> bool:
    """Write a segment with the state and why of each block, in place of what stood of it; whether it forks."""
    header = found.header
    key = (header.device, header.seq, found.hash)
    others = sa.select(_s.hash).where(_s.device == header.device, _s.seq == header.seq, _s.hash != found.hash)
    forked = conn.scalar(others.limit(1)) is not None
    conn.execute(q.segment.delete().where(*_is(*key)))
    conn.execute(q.block.delete().where(_b.device == key[0], _b.seq == key[1], _b.hash == key[2]))
    row = {"device": key[0], "seq": key[1], "hash": key[2], "name": name, "state": state, "at": at}
    row |= {"why": why or (FORKED if forked else None), "header": found.header_bytes, "signature": found.signature}
    conn.execute(q.segment.insert(), [{**row, "put_at": at if state == "placed" else None}])
    _NEW_BLOCKS.write(conn, [_block_row(found, i, *line) for i, line in enumerate(lines)])
    if state == "taken" and lines:
        acknowledge(conn)
    return forked


def _block_row(found: Segment, index: int, state: str, why: str | None) -> list[object]:
    header = found.header
    sealed = None if state == "erased" else found.blocks[index]
    key_id, entries, _, _ = header.blocks[index]
    return [header.device, header.seq, found.hash, index, key_id, entries, state, why, sealed]


def fill(conn: sa.Connection, kept: Kept, sealed: Sequence[bytes | None]) -> None:
    """Keep the bytes of blocks that were missing; erased ones stay away."""
    lacks = sa.select(_b.idx).where(*_of(kept), _b.bytes.is_(None), _b.state != "erased")
    for index in conn.scalars(lacks).all():
        if sealed[index] is not None:
            conn.execute(q.block.update().where(*_of(kept), _b.idx == index).values(bytes=sealed[index]))


def acknowledge(conn: sa.Connection) -> None:
    """Others' entries were taken in: our next segment says so, and there is one before long."""
    if conn.scalar(sa.select(t.local_setting.c.name).where(t.local_setting.c.name == ACKNOWLEDGE)) is None:
        conn.execute(t.local_setting.insert().values(name=ACKNOWLEDGE, value="1"))


def no_longer_unsent(conn: sa.Connection, ids: Collection[str]) -> None:
    """Entries of ours that came back from the depot: they were sent before this store was a restored copy."""
    for some in slices(numbers_of(conn, ids)):
        conn.execute(q.unsent.delete().where(q.unsent.c.n.in_(some)))


def numbers_of(conn: sa.Connection, ids: Collection[str]) -> list[int]:
    """The numbers here of those of these entries that are here."""
    wanted: dict[str, set[int]] = {}
    for entry_id in ids:
        session, k = split_id(entry_id)
        wanted.setdefault(session, set()).add(k)
    found: list[int] = []
    for session, ks in wanted.items():
        for some in slices(ks):
            which = sa.select(t.entry.c.n).join(t.session, t.session.c.n == t.entry.c.session)
            found += conn.scalars(which.where(t.session.c.id == session, t.entry.c.k.in_(some)))
    return found


def becomes(conn: sa.Connection, kept: Kept, state: str) -> None:
    """Another state for a segment and its blocks; those erased stay so."""
    conn.execute(q.segment.update().where(*_is(kept.device, kept.seq, kept.hash)).values(state=state))
    conn.execute(q.block.update().where(*_of(kept), _b.state != "erased").values(state=state, why=None))


# ---- keys and what they open
def keys_of(conn: sa.Connection, key_ids: Collection[str]) -> dict[str, tuple[str, bytes | None]]:
    """File and key of each of these that was ever here; the key is None where it was destroyed."""
    c = q.file_key.c
    which = sa.select(c.key_id, c.file, c.key)
    rows = (r for some in slices(key_ids) for r in conn.execute(which.where(among(c.key_id, some))))
    return {r.key_id: (r.file, r.key) for r in rows}


def opened_with(key_ids: Collection[str], conn: sa.Connection) -> None:
    """These keys came and were tried: those with nothing locked under them any more need not be tried again."""
    for some in slices(key_ids):
        still = set(conn.scalars(sa.select(_b.key_id).where(_b.key_id.in_(some), _b.state == "locked")))
        gone = [key_id for key_id in some if key_id not in still]
        conn.execute(q.key_fresh.delete().where(q.key_fresh.c.key_id.in_(gone)))


def locked(conn: sa.Connection, key_ids: Collection[str], *, here: bool = True) -> list[Locked]:
    """What is locked under these keys, causes first: those blocks whose bytes are here, or are not."""
    bytes_are = _b.bytes.is_not(None) if here else _b.bytes.is_(None)
    return _in_order(
        row
        for some in slices(key_ids)
        for row in conn.execute(_BLOCKS.where(_b.key_id.in_(some), _b.state == "locked", bytes_are))
    )


def blocks_in(conn: sa.Connection, state: str) -> list[Locked]:
    """Every block in a state, causes first."""
    return _in_order(conn.execute(_BLOCKS.where(_b.state == state)))


def _in_order(rows: Iterable[sa.Row[Any]]) -> list[Locked]:
    headers: dict[str, Header] = {}
    found = []
    for row in rows:
        header = headers.get(row.hash) or headers.setdefault(row.hash, segment.read_header(row.header))
        found.append(Locked(_kept(row), header, row.idx, row.bytes))
    return sorted(found, key=lambda one: (_age(one.header), one.kept.device, one.kept.seq, one.kept.hash, one.index))


def _age(header: Header) -> int:
    """How many segments went before one. It grows along every cause: its author had seen what each of those had."""
    return header.seq + sum(seq for seq, _ in header.seen.values())


def lacking(conn: sa.Connection, name: str, index: int) -> Locked | None:
    """The locked block of this place whose bytes are not here."""
    device, seq = name.split("/")[1], int(name.split("/")[2][:8])
    here = (_s.device == device, _s.seq == seq, _s.name == name, _b.idx == index, _b.state == "locked")
    row = conn.execute(_BLOCKS.where(*here, _b.bytes.is_(None))).first()
    return Locked(_kept(row), segment.read_header(row.header), index, None) if row else None
