"""The queue of evidence files: noticed in the journal, what an officer asks for first, and shown as it stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from asbdesk.clock import instant
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.apply import now, slices
from asbdesk.store.erase import BLOBS, OpenStore, blobs_in
from asbdesk.store.local import EVIDENCE_UPTO
from asbdesk.store.noted import note, noted
from asbdesk.sync.pack_list import ways

Progress = Callable[[int, int], None]
"""Told bytes done and bytes in all."""
Stop = Callable[[], bool]
"""Asked between packs whether to break off."""

UPTO, DOUBT = EVIDENCE_UPTO, "evidence_doubt"
STEP = 20_000
"""Entries looked through in one go."""

_m = q.evidence_move.c
_KINDS = ",".join(f"{kind}.{field}" for kind, field, _, _ in BLOBS)


@dataclass(frozen=True)
class Moved:
    """What one round moved: files that are now whole at the other end, and the bytes of packs that went or came."""

    files: int = 0
    bytes: int = 0


@dataclass(frozen=True)
class Waiting:
    """A file that is on its way. `way`: `out` or `in`; `state`: `waiting`, `moving`, `away`, `refused` (`why`)."""

    blob: str
    way: str
    state: str
    file: str
    size: int
    done: int
    asked: str | None
    why: str | None


@dataclass(frozen=True)
class Tally:
    """Files and bytes that wait to go out, to come in; files nobody has sent yet; files that could not be moved."""

    out_files: int = 0
    out_bytes: int = 0
    in_files: int = 0
    in_bytes: int = 0
    away: int = 0
    refused: int = 0


class Due(NamedTuple):
    """A file to be moved: its encrypted name, the file of the journal its record lives in, its bytes."""

    blob: str
    file: str
    size: int


# ---- what is shown
def waiting(session: orm.Session) -> tuple[Waiting, ...]:
    """Every file on its way: what was asked for first, then the newest."""
    which = _SHOWN.where(_m.way != "drop", _m.state != "done").order_by(*_ORDER, _m.way)
    return tuple(Waiting(*row) for row in session.execute(which))


def of(session: orm.Session, blob: str) -> Waiting | None:
    """How it stands with one file that is not here yet; None when it is not on its way."""
    row = session.execute(_SHOWN.where(_m.blob == blob, _m.way == "in", _m.state != "done")).first()
    return Waiting(*row) if row else None


def tally(session: orm.Session) -> Tally:
    """The queue in numbers."""
    which = sa.select(_m.way, _m.state, sa.func.count(), sa.func.sum(_m.size - _m.done)).group_by(_m.way, _m.state)
    found = {(way, state): (count, left or 0) for way, state, count, left in session.execute(which)}

    def add(way: str, *states: str) -> tuple[int, int]:
        each = [found.get((way, state), (0, 0)) for state in states]
        return sum(count for count, _ in each), sum(left for _, left in each)

    out, coming = add("out", "waiting", "moving"), add("in", "waiting", "moving", "away")
    refused = add("out", "refused")[0] + add("in", "refused")[0]
    return Tally(*out, *coming, away=add("in", "away")[0], refused=refused)


_SHOWN = sa.select(_m.blob, _m.way, _m.state, _m.file, _m.size, _m.done, _m.asked, _m.why)
_ORDER = (_m.asked.is_(None), _m.asked, _m.at.desc(), _m.blob)


def in_order(conn: sa.Connection, way: str, *, file: str | None = None, limit: int = -1) -> list[Due]:
    """What is to be moved (of one file of the journal): what was asked for first, then the newest visit."""
    which = sa.select(_m.blob, _m.file, _m.size).where(_m.way == way, _m.state.in_(("waiting", "moving", "away")))
    if file is not None:
        which = which.where(_m.file == file)
    return [Due(*row) for row in conn.execute(which.order_by(*_ORDER).limit(limit))]


def still(conn: sa.Connection, way: str, blobs: Collection[str]) -> set[str]:
    """Those of these files that are still to be moved: the others were erased meanwhile."""
    which = sa.select(_m.blob).where(_m.way == way)
    return {blob for some in slices(blobs) for blob in conn.scalars(which.where(_m.blob.in_(some)))}


# ---- what is noticed
def stage(store: OpenStore) -> int:
    """Queue every file that entries have named since this was last done, to go out or to come in; how many."""
    queued = 0
    while True:
        with store.reader.connect() as conn:
            after, last = _upto(conn), now(conn)
            last = min(last, after + STEP)
            named = list(_named(conn, after, last)) if last > after else []
        if last <= after:
            return queued
        lines = [_line(store, *each) for each in named]
        queued += store.journal.write_local(partial(_queue, lines, last))


def _upto(conn: sa.Connection) -> int:
    """The last entry looked through; none when this version knows more kinds that name a file."""
    held = noted(conn, UPTO) or ""
    n, _, kinds = held.partition(" ")
    return int(n) if kinds == _KINDS else 0


def _named(conn: sa.Connection, after: int, last: int) -> Iterator[tuple[str, Mapping[str, Any], int]]:
    """`(blob, entry, plain size)` for every file named by entries `after` (left out) to `last`."""
    touch, aside = t.touch.c, t.set_aside.c
    kinds = {kind for kind, _, _, _ in BLOBS}
    of_these = sa.select(touch.n).where(touch.n > after, touch.n <= last, touch.kind.in_(kinds))
    or_none = sa.select(aside.n).where(aside.n > after, aside.n <= last)  # filed under no record
    for text in conn.scalars(sa.select(t.body.c.text).where(t.body.c.n.in_(of_these.union(or_none)))):
        body = json.loads(text)
        for blob, sets in blobs_in(body):
            sizes = [v[0] for name in ("size", "sealed_size") if (v := sets.get(name)) and type(v[0]) is int]
            yield blob, body, max(sizes, default=0)


def _line(store: OpenStore, blob: str, body: Mapping[str, Any], size: int) -> dict[str, Any]:
    path = store.files.folder / blob
    here = path.is_file()
    line = {"blob": blob, "file": body["file"], "at": str(body.get("happened"))[:24], "done": 0}
    return line | {"way": "out" if here else "in", "size": path.stat().st_size if here else size}


def _queue(lines: list[dict[str, Any]], last: int, conn: sa.Connection) -> int:
    by_blob = {line["blob"]: line for line in lines}
    for some in slices(list(by_blob)):
        for blob in conn.scalars(sa.select(_m.blob).where(_m.blob.in_(some))):
            by_blob.pop(blob, None)
    for blob, line in by_blob.items():
        line["state"] = "away" if line["way"] == "in" and not ways(conn, blob) else "waiting"
    if by_blob:
        conn.execute(q.evidence_move.insert(), list(by_blob.values()))
    note({UPTO: f"{last} {_KINDS}"}, conn)
    return len(by_blob)


def ask_for(store: OpenStore, blob: str) -> str:
    """An officer wants to see this file now: it is fetched before all others. `here`, or how it stands with it."""
    if (store.files.folder / blob).is_file():
        return "here"
    stage(store)

    return store.journal.write_local(partial(_ask, blob, instant(store.clock.now())))


def _ask(blob: str, at: str, conn: sa.Connection) -> str:
    rows = {r.way: r for r in conn.execute(sa.select(q.evidence_move).where(_m.blob == blob, _m.way != "drop"))}
    mine, ours = rows.get("in"), rows.get("out")
    if mine is None and ours is None:
        return "unknown"
    if mine is None and ours is not None:  # it was here, and was lost from the disk
        line = ours._asdict() | {"way": "in", "state": "waiting", "done": 0, "why": None, "asked": at}
        conn.execute(q.evidence_move.insert(), [line])
        return "waiting"
    assert mine is not None
    state = "waiting" if mine.state == "done" else mine.state
    asked = q.evidence_move.update().where(_m.blob == blob, _m.way == "in")
    conn.execute(asked.values(state=state, asked=mine.asked or at))
    return str(state)


def doubt(conn: sa.Connection) -> None:
    """The depot has lost something: the next `send` looks there for every file that lies here (`look_again`)."""
    note({DOUBT: "1"}, conn)


def doubted(conn: sa.Connection) -> bool:
    """Whether the depot has lost something since its packs were last looked for."""
    return noted(conn, DOUBT) is not None


def look_again(store: OpenStore) -> int:
    """Every file that lies here is looked for in the depot again, by the next `send`; how many.

    Nothing that is missing from a depot was ever deleted by that.
    """

    def again(conn: sa.Connection) -> int:
        conn.execute(t.local_setting.delete().where(t.local_setting.c.name == DOUBT))
        moves = conn.execute(
            sa.select(_m.blob, _m.way, _m.file, _m.at, _m.size).where(_m.state.in_(("done", "refused")))
        ).all()
        here = [move for move in moves if (store.files.folder / move.blob).is_file()]
        out = {move.blob for move in here if move.way == "out"}
        ours = set(conn.scalars(sa.select(_m.blob).where(_m.way == "out")))
        conn.execute(q.pack_part.update().where(q.pack_part.c.state == "placed").values(state="planned"))
        came = [move for move in here if move.way == "in" and move.blob not in ours]
        update = q.evidence_move.update().where(_m.way == "out")
        for some in slices(list(out)):
            conn.execute(update.where(_m.blob.in_(some)).values(state="waiting", done=0))
        if came:
            lines = [m._asdict() | {"way": "out", "state": "waiting", "done": 0} for m in came]
            conn.execute(q.evidence_move.insert(), lines)
        return len(out) + len(came)

    return store.journal.write_local(again)
