"""Which pack holds which part of which file: kept, announced to others, and learnt from their segments' headers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

import sqlalchemy as sa

from asbdesk.model import sync as q
from asbdesk.store.apply import slices
from asbdesk.sync import names
from asbdesk.sync.keys import key_for

PACK = 8 << 20
"""Bytes a pack holds at most."""
PART = 4 << 20
"""Bytes of each part of a file that is larger than a pack, but the last: memory in use is a few of these."""
AT_ONCE = 2000
"""Parts announced in one header; the others wait for the next."""
MOST = 20_000
"""Parts believed of one header, and packs believed of one file."""

_BLOB = re.compile(r"[0-9a-f]{64}")
_KEY_ID = re.compile(r"[0-9a-f]{32}")


class Part(NamedTuple):
    """A part of a file (`part` of `parts`, from 0): `size` bytes from `start` in a pack."""

    blob: str
    part: int
    parts: int
    pack: str
    start: int
    size: int

    def from_(self, whole: int) -> int:
        """Where it begins in its file of `whole` bytes: every part but the last is as long as the first."""
        return self.part * self.size if self.part < self.parts - 1 else whole - self.size


_p = q.pack_part.c
PARTS = sa.select(_p.blob, _p.part, _p.parts, _p.pack, _p.start, _p.size)


def ways(conn: sa.Connection, blob: str, missing: Collection[str] = ()) -> list[list[Part]]:
    """The complete ways to put a file together without the packs that are `missing`, each part in order."""
    found: dict[int, dict[int, Part]] = {}
    for row in conn.execute(PARTS.where(_p.blob == blob, _p.state != "bad").order_by(_p.part, _p.pack)):
        part = Part(*row)
        if part.pack not in missing:
            found.setdefault(part.parts, {}).setdefault(part.part, part)
    return [[way[n] for n in range(parts)] for parts, way in found.items() if len(way) == parts]


def packs_of(conn: sa.Connection, blobs: Collection[str]) -> dict[str, str]:
    """Every pack that holds a part of these files, with its state; those of a large one in the order of its parts."""
    found: dict[str, str] = {}
    for some in slices(blobs):
        which = sa.select(_p.pack, _p.state).where(_p.blob.in_(some), _p.state != "bad")
        found |= {row.pack: row.state for row in conn.execute(which.order_by(_p.blob, _p.part, _p.pack))}
    return found


def in_pack(conn: sa.Connection, pack: str) -> list[Part]:
    """Everything a pack holds, in order."""
    return [Part(*row) for row in conn.execute(PARTS.where(_p.pack == pack, _p.state != "bad").order_by(_p.start))]


# ---- telling others
def to_announce(conn: sa.Connection) -> list[list[Any]]:
    """What a segment's header says of packs; called in the transaction that keeps the segment, which settles it.

    `[[pack, key id, [[file's name, part, parts, start, size], …]], …]`; empty when there is nothing to tell.
    """
    out = q.evidence_move.c
    which = sa.select(*PARTS.selected_columns, out.file).join(q.evidence_move, out.blob == _p.blob)
    which = which.where(out.way == "out", out.state == "done", _p.state == "placed")
    which = which.order_by(_p.pack, _p.start).limit(AT_ONCE)
    rows = conn.execute(which).all()
    _settle(conn, [(r.blob, r.part, r.pack) for r in rows], "known")
    keys: dict[str, str] = {}
    told = []
    for (pack, file), parts in groupby(rows, key=lambda r: (r.pack, r.file)):
        key_id = keys.get(file) or keys.setdefault(file, key_for(conn, file)[0])
        told.append([pack, key_id, [[r.blob, r.part, r.parts, r.start, r.size] for r in parts]])
    return told


def _settle(conn: sa.Connection, which: Collection[tuple[str, int, str]], state: str) -> None:
    if which:
        these = (_p.blob == sa.bindparam("b"), _p.part == sa.bindparam("n"), _p.pack == sa.bindparam("p"))
        rows = [{"b": blob, "n": part, "p": pack} for blob, part, pack in which]
        conn.execute(q.pack_part.update().where(*these).values(state=state), rows)


# ---- learning from others
def announced(conn: sa.Connection, header: Mapping[str, Any]) -> int:
    """Keep what a segment's header says of packs, in the transaction that takes the segment; how many parts were new.

    Anything misshapen is passed over: what is said here is proved by hashes when the bytes come.
    """
    told = {(p.blob, p.part, p.pack): p for p in _read(header.get("packs"))}
    if not told:
        return 0
    known: set[tuple[str, int, str]] = set()
    for some in slices({blob for blob, _, _ in told}):
        known |= {tuple(r) for r in conn.execute(sa.select(_p.blob, _p.part, _p.pack).where(_p.blob.in_(some)))}
    new = [p for which, p in told.items() if which not in known]
    if new:
        conn.execute(q.pack_part.insert(), [{**p._asdict(), "state": "known"} for p in new])
        _may_come(conn, {p.blob for p in new})
    ours = q.pack_part.update().where(_p.state.in_(("planned", "placed"))).values(state="known")
    for some in slices({pack for _, _, pack in set(told) & known}):
        conn.execute(ours.where(_p.pack.in_(some)))
    return len(new)


def _may_come(conn: sa.Connection, blobs: Collection[str]) -> None:
    moves = q.evidence_move.c
    waits = q.evidence_move.update().where(moves.way == "in", moves.state.in_(("away", "refused")))
    for some in slices(blobs):
        conn.execute(waits.where(moves.blob.in_(some)).values(state="waiting", why=None))


def _read(packs: Any) -> Iterator[Part]:
    left = MOST
    for line in packs if isinstance(packs, list) else ():
        match line:
            case [str(pack), str(key_id), list(parts)] if _is_pack(pack) and _KEY_ID.fullmatch(key_id):
                for part in parts[: max(left, 0)]:
                    left -= 1
                    if _is_part(part):
                        blob, number, of, start, size = part
                        yield Part(blob, number, of, pack, start, size)


def _is_pack(name: str) -> bool:
    read = names.read(name)
    return read is not None and read.kind == "blob"


def _is_part(told: Any) -> bool:
    if not (isinstance(told, list) and len(told) == 5 and isinstance(told[0], str) and _BLOB.fullmatch(told[0])):
        return False
    if not all(type(n) is int for n in told[1:]):
        return False
    _, part, parts, start, size = told
    return bool(0 <= part < parts <= MOST and start >= 0 and size > 0 and start + size <= PACK)
