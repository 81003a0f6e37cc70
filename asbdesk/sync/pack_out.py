"""Evidence on its way out: packed, put into the depot, and never twice."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from asbdesk.errors import NotWhole
from asbdesk.model import sync as q
from asbdesk.store.apply import slices
from asbdesk.store.erase import OpenStore
from asbdesk.store.files import Files
from asbdesk.sync import names
from asbdesk.sync.depot import Depot
from asbdesk.sync.pack_list import PACK, PART, Part, in_pack, packs_of
from asbdesk.sync.pack_queue import Due, Moved, Progress, Stop, doubted, in_order, look_again, stage, still

_m, _p = q.evidence_move.c, q.pack_part.c


def send(store: OpenStore, depot: Depot, progress: Progress | None = None, stop: Stop | None = None) -> Moved:
    """Put what waits into the depot, the newest visit first. Raises DepotAway or UserError; what was put stays put.

    What another laptop put there already is not sent; a file that is damaged here is not either, and is marked so.
    """
    stage(store)
    _take_out_erased(store, depot)
    with store.reader.connect() as conn:
        lost = doubted(conn)
    if lost:
        look_again(store)
    with store.reader.connect() as conn:
        total = sum(due.size for due in in_order(conn, "out"))
    files = done = sent = 0
    later: set[str] = set()
    while not (stop and stop()) and (group := _next(store, later)):
        carried = _Group(store, depot, group, later)
        for size, put in carried.go(stop):
            done, sent = done + size, sent + put
            if progress:
                progress(min(done, total), total)
        files += carried.settle(broken_off=bool(stop and stop()))
    return Moved(files, sent)


def _take_out_erased(store: OpenStore, depot: Depot) -> None:
    with store.reader.connect() as conn:
        gone = conn.scalars(sa.select(_m.blob).where(_m.way == "drop")).all()
    for some in slices(gone):
        depot.remove(some)
        done = q.evidence_move.delete().where(_m.way == "drop", _m.blob.in_(some))
        store.journal.write_local(partial(_run, done))


def _run(statement: sa.Executable, conn: sa.Connection) -> None:
    conn.execute(statement)


def _next(store: OpenStore, later: Collection[str]) -> list[Due]:
    """The file to send next, but for those for `later`, and the next ones of the same case that fit into a pack."""
    with store.reader.connect() as conn:
        waiting = in_order(conn, "out", limit=len(later) + 1)
        first = next((due for due in waiting if due.blob not in later), None)
        others = in_order(conn, "out", file=first.file) if first else []
    group, room = [first] if first else [], PACK - (first.size if first else 0)
    for due in others:
        if first and due.blob not in {first.blob, *later} and due.size <= room:
            group.append(due)
            room -= due.size
    return group


class _Group:
    """Files of one case on their way into the depot: several small ones, or a large one. `later` is told of those that
    cannot be read now, as while a virus scanner holds them: they wait for the next time."""

    def __init__(self, store: OpenStore, depot: Depot, group: Sequence[Due], later: set[str]) -> None:
        self._store, self._depot, self._later = store, depot, later
        self._blobs = {due.blob: due.size for due in group}
        self._wrong: dict[str, str] = {}
        self._there: set[str] = set()
        self._parts: dict[str, list[Part]] = {}

    def go(self, stop: Stop | None) -> Iterator[tuple[int, int]]:
        """Put what is missing; after each pack its bytes, and how many of them had to be sent."""
        with self._store.reader.connect() as conn:
            states = packs_of(conn, self._blobs)
            known = {pack: in_pack(conn, pack) for pack in states}
        self._there |= {pack for pack, state in states.items() if state == "placed"}
        yield from self._carry(known, stop)
        if (lacking := self._lacking()) and not (stop and stop()):
            yield from self._carry(self._plan(lacking), stop)

    def _carry(self, packs: dict[str, list[Part]], stop: Stop | None) -> Iterator[tuple[int, int]]:
        self._parts |= packs
        doubted = packs.keys() - self._there  # a kill may have come between the depot and our own note of it
        self._there |= self._depot.has(doubted) if doubted else set()
        for pack, parts in packs.items():
            if stop and stop():
                return
            data = None
            if pack not in self._there:
                wanted = self._lacking() & {part.blob for part in parts}
                data = packed(self._store.files, pack, parts) if wanted else None
                if data is None:
                    continue
                self._depot.put(pack, data)
                self._there.add(pack)
            mine = [part for part in parts if part.blob in self._blobs]
            self._store.journal.write_local(partial(_placed, pack, mine))
            yield sum(part.size for part in mine), len(data or b"")

    def _lacking(self) -> set[str]:
        return set(self._blobs) - complete(self._parts, self._there) - set(self._wrong) - self._later

    def _plan(self, blobs: Collection[str]) -> dict[str, list[Part]]:
        """Pack files anew, whose bytes are those their names say; kept before anything leaves."""
        files, parts = self._store.files, list[Part]()
        for blob in sorted(blobs):
            try:
                files.whole_on_disk(blob)
            except NotWhole as error:
                self._wrong[blob] = str(error)
            except OSError:
                self._later.add(blob)
        whole = [blob for blob in self._blobs if blob in blobs and blob not in {*self._wrong, *self._later}]
        large = [blob for blob in whole if self._blobs[blob] > PACK]
        for blob in large:
            parts += cut(files.path(blob), blob)
        if small := [blob for blob in whole if blob not in large]:
            parts += bundle(files, small)
        self._store.journal.write_local(partial(_planned, parts))
        packs: dict[str, list[Part]] = {}
        for part in parts:
            packs.setdefault(part.pack, []).append(part)
        return packs

    def settle(self, *, broken_off: bool) -> int:
        """Write down what is there now; how many files are."""
        there = complete(self._parts, self._there) & set(self._blobs)
        wrong = dict(self._wrong)
        if not broken_off:
            wrong |= dict.fromkeys(self._lacking(), "It could not be read.")
        self._store.journal.write_local(partial(_settled, there, wrong))
        return len(there)


def complete(packs: dict[str, list[Part]], there: Collection[str]) -> set[str]:
    """The files of which every part lies in packs that are `there`."""
    held: dict[tuple[str, int], set[int]] = {}
    for pack, parts in packs.items():
        for part in parts if pack in there else ():
            held.setdefault((part.blob, part.parts), set()).add(part.part)
    return {blob for (blob, parts), numbers in held.items() if len(numbers) == parts}


# ---- packing
def packed(files: Files, pack: str, parts: Iterable[Part]) -> bytes | None:
    """A pack's bytes out of the files here; None when one is not here, or they do not make that pack."""
    pieces: list[bytes] = []
    length = 0
    try:
        for part in parts:
            with (files.folder / part.blob).open("rb") as stream:
                stream.seek(max(part.from_(stream.seek(0, 2)), 0))
                pieces.append(stream.read(part.size))
            if part.start != length:
                return None
            length += part.size
    except OSError:
        return None
    data = b"".join(pieces)
    return data if names.pack(data) == pack else None


def cut(path: Path, blob: str) -> list[Part]:
    """A large file's parts, each a pack."""
    packs = []
    with path.open("rb") as stream:
        while piece := stream.read(PART):
            packs.append((names.pack(piece), len(piece)))
    return [Part(blob, n, len(packs), pack, 0, size) for n, (pack, size) in enumerate(packs)]


def bundle(files: Files, blobs: Iterable[str]) -> list[Part]:
    """Several whole files in one pack."""
    sealed, at, places = hashlib.sha256(), 0, list[tuple[str, int, int]]()
    for blob in blobs:
        data = files.path(blob).read_bytes()
        sealed.update(data)
        places.append((blob, at, len(data)))
        at += len(data)
    found = sealed.hexdigest()[:32]
    pack = f"blob/{found[:2]}/{found}.pak"
    return [Part(blob, 0, 1, pack, start, size) for blob, start, size in places]


# ---- written down
def _planned(parts: Sequence[Part], conn: sa.Connection) -> None:
    alive = still(conn, "out", {part.blob for part in parts})
    rows = [{**part._asdict(), "state": "planned"} for part in parts if part.blob in alive]
    for some in slices(sorted({part.pack for part in parts})):  # once known to be bad, say: now it is ours
        conn.execute(q.pack_part.delete().where(_p.pack.in_(some), _p.blob.in_(alive)))
    if rows:
        conn.execute(q.pack_part.insert(), rows)
    for blob in alive:
        conn.execute(q.evidence_move.update().where(_m.blob == blob, _m.way == "out").values(state="moving", done=0))


def _placed(pack: str, parts: Sequence[Part], conn: sa.Connection) -> None:
    conn.execute(q.pack_part.update().where(_p.pack == pack, _p.state == "planned").values(state="placed"))
    more = q.evidence_move.update().where(_m.blob == sa.bindparam("b"), _m.way == "out")
    more = more.values(state="moving", done=_m.done + sa.bindparam("more"))
    conn.execute(more, [{"b": part.blob, "more": part.size} for part in parts])


def _settled(there: Collection[str], wrong: dict[str, str], conn: sa.Connection) -> None:
    for blob in there:
        done = {"state": "done", "done": _m.size, "why": None}
        conn.execute(q.evidence_move.update().where(_m.blob == blob, _m.way == "out").values(done))
    for blob, why in wrong.items():
        refused = q.evidence_move.update().where(_m.blob == blob, _m.way == "out")
        conn.execute(refused.values(state="refused", why=why))
