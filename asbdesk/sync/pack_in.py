"""Evidence on its way in: fetched part by part, put together still encrypted, and proved by its name."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from asbdesk.model import sync as q
from asbdesk.store import disk
from asbdesk.store.erase import OpenStore
from asbdesk.store.files import ARRIVING, sha256_of
from asbdesk.sync import names
from asbdesk.sync.depot import Depot
from asbdesk.sync.pack_list import Part, ways
from asbdesk.sync.pack_queue import Due, Moved, Progress, Stop, in_order, stage, still

_m, _p = q.evidence_move.c, q.pack_part.c
NOT_IT = "What was sent under its name is not this file. It is fetched when somebody sends it again."


def fetch(store: OpenStore, depot: Depot, progress: Progress | None = None, stop: Stop | None = None) -> Moved:
    """Fetch what is not here: what an officer asked for first, then the newest visit. Raises DepotAway or UserError.

    Broken off at any point, by a kill too, it goes on from the last part that came. A part that is not in the depot
    yet leaves its file waiting.
    """
    stage(store)
    with store.reader.connect() as conn:
        wanted = in_order(conn, "in")
    if not wanted:
        return Moved()
    disk.make_folder(store.files.folder)
    _sweep(store, {due.blob for due in wanted})
    coming = _Coming(store, depot, sum(due.size for due in wanted), progress, stop)
    files = 0
    for due in wanted:
        if stop and stop():
            break
        files += coming.one(due)
    return Moved(files, coming.came)


def _sweep(store: OpenStore, wanted: Collection[str]) -> None:
    """What was being fetched and is wanted no more: its record was erased, or it came another way."""
    for path in store.files.folder.glob(f"{ARRIVING}*"):
        if path.name.removeprefix(ARRIVING) not in wanted:
            with contextlib.suppress(OSError):
                path.unlink()


class _Coming:
    """One round of fetching. Holds one pack: the next file is mostly in the same one."""

    def __init__(
        self, store: OpenStore, depot: Depot, total: int, progress: Progress | None, stop: Stop | None
    ) -> None:
        self._store, self._depot, self._progress, self._stop = store, depot, progress, stop
        self._total, self._done, self.came = total, 0, 0
        self._missing: set[str] = set()
        self._held: tuple[str, bytes] = ("", b"")

    def one(self, due: Due) -> bool:
        """Fetch one file, as far as it is there; whether it is whole now."""
        folder = self._store.files.folder
        if (folder / due.blob).is_file():  # somebody put it back, or a kill came before our note of it
            self._store.journal.write_local(partial(_is_here, due.blob))
            return False
        before, path = self._done, folder / f"{ARRIVING}{due.blob}"
        state, why = "away", None
        while way := self._way(due.blob):
            self._done = before
            if self._fill(due, path, way):
                if sha256_of(path) == due.blob:
                    return self._store.journal.write_local(partial(_arrived, folder, due.blob))
                path.unlink()
                self._store.journal.write_local(partial(_not_so, way))
                state, why = "refused", NOT_IT
            elif self._stop and self._stop():
                state = "waiting"
                break
        self._store.journal.write_local(partial(_stands, due.blob, state, why))
        return False

    def _way(self, blob: str) -> list[Part] | None:
        with self._store.reader.connect() as conn:
            if not still(conn, "in", [blob]):
                return None  # erased meanwhile: what came of it is swept the next time
            return next(iter(ways(conn, blob, self._missing)), None)

    def _fill(self, due: Due, path: Path, way: Sequence[Part]) -> bool:
        """Append the parts that are not in the file yet; False when a pack is not there, or it was broken off."""
        first, done = _resumed(path, way)
        self._tell(self._done + done)
        whole = sum(part.size for part in way)
        for part in way[first:]:
            data = None if self._stop and self._stop() else self._part(part)
            if data is None:
                return False
            _append(path, data, last=part is way[-1])
            done += part.size
            self._store.journal.write_local(partial(_grew, due.blob, done, whole))
            self._tell(self._done + part.size)
        return True

    def _part(self, part: Part) -> bytes | None:
        if self._held[0] != part.pack:
            found = dict(self._depot.get([part.pack])).get(part.pack)
            if found is None or names.pack(found) != part.pack:
                self._missing.add(part.pack)
                return None
            self._held = (part.pack, found)
            self.came += len(found)
        return self._held[1][part.start : part.start + part.size]

    def _tell(self, done: int) -> None:
        self._done = done
        if self._progress:
            self._progress(min(done, self._total), self._total)


def _resumed(path: Path, way: Sequence[Part]) -> tuple[int, int]:
    """How many parts, and bytes, lie there from the last time; a part that was cut off is begun again."""
    length = path.stat().st_size if path.is_file() else 0
    parts = done = 0
    for part in way:
        if done + part.size > length:
            break
        parts, done = parts + 1, done + part.size
    if length > done:
        os.truncate(path, done)
    return parts, done


def _append(path: Path, data: bytes, *, last: bool) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "ab") as out:
            out.write(data)
            out.flush()
            if last:
                disk.sync_file(out.fileno())
    except OSError as error:
        raise disk.in_words(error, path.parent, "keep a file that was sent to you") from None


# ---- written down
def _arrived(folder: Path, blob: str, conn: sa.Connection) -> bool:
    """Put the whole file in its place, unless it was erased while it came."""
    if not still(conn, "in", [blob]):
        return False
    try:
        disk.put_in_place(folder / f"{ARRIVING}{blob}", folder / blob)
    except OSError as error:
        raise disk.in_words(error, folder, "keep a file that was sent to you") from None
    done = {"state": "done", "done": _m.size, "why": None}
    conn.execute(q.evidence_move.update().where(_m.blob == blob, _m.way == "in").values(done))
    return True


def _is_here(blob: str, conn: sa.Connection) -> None:
    """Where nobody is known to have sent it, it is ours to send; whether it is whole, sending looks at."""
    coming = q.evidence_move.update().where(_m.blob == blob, _m.way == "in")
    ours = conn.scalar(sa.select(_m.blob).where(_m.blob == blob, _m.way == "out"))
    if ours is None and not ways(conn, blob):
        conn.execute(coming.values(way="out", state="waiting", done=0, why=None))
    else:
        conn.execute(coming.values(state="done", done=_m.size, why=None))


def _grew(blob: str, done: int, whole: int, conn: sa.Connection) -> None:
    grown = q.evidence_move.update().where(_m.blob == blob, _m.way == "in")
    conn.execute(grown.values(state="moving", done=done, size=whole))


def _not_so(way: Sequence[Part], conn: sa.Connection) -> None:
    """A way that did not make the file is not tried again."""
    for part in way:
        one = (_p.blob == part.blob, _p.part == part.part, _p.pack == part.pack)
        conn.execute(q.pack_part.update().where(*one).values(state="bad"))


def _stands(blob: str, state: str, why: str | None, conn: sa.Connection) -> None:
    conn.execute(q.evidence_move.update().where(_m.blob == blob, _m.way == "in").values(state=state, why=why))
