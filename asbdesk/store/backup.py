"""Makes spare copies: the database by SQLite's own means while it is open, the key file, the evidence."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from asbdesk import settings
from asbdesk.clock import Clock
from asbdesk.errors import NotWhole, UserError
from asbdesk.paths import StorePaths
from asbdesk.store import copies as lying
from asbdesk.store import disk
from asbdesk.store.copies import Copy, CopyAge, Part, age, copies, open_database
from asbdesk.store.files import Files
from asbdesk.store.keys import Slots
from asbdesk.store.restore import Restored, erased_since, restore, settled

__all__ = [
    "Cancelled",
    "Copy",
    "CopyAge",
    "Restored",
    "age",
    "backup",
    "copies",
    "copy_before_migration",
    "erased_since",
    "restore",
    "settled",
]

Progress = Callable[[int, int], None]
"""Told (bytes done, bytes in all), from the thread that copies."""
_LOOKS = 5
_STEP = 2000  # database pages (of 4 KiB) between two looks at `stop`
_KEPT_UPGRADES = 2


class OpenStore(Protocol):
    """What of an unlocked store a copy needs."""

    @property
    def paths(self) -> StorePaths: ...
    @property
    def key(self) -> bytes: ...
    @property
    def clock(self) -> Clock: ...


class Cancelled(UserError):
    """The officer stopped it; nothing of the copy is left."""


class _Meter:
    """Counts bytes, tells `progress`, and stops where `stop` was set."""

    def __init__(self, total: int, progress: Progress | None, stop: threading.Event | None) -> None:
        self.total, self.done, self._progress, self._stop = total, 0, progress, stop

    def add(self, count: int) -> None:
        self.done += count
        self.look()
        if self._progress:
            self._progress(min(self.done, self.total), self.total)

    def finish(self) -> None:
        """Say that all is done, whatever was counted: files come and go while the desk is used."""
        self.look()
        if self._progress and self.done != self.total:
            self._progress(self.total, self.total)

    def look(self) -> None:
        if self._stop is not None and self._stop.is_set():
            raise Cancelled("The copy was stopped and taken away again. Older copies are untouched.")


def backup(
    store: OpenStore, to: Path, *, progress: Progress | None = None, stop: threading.Event | None = None
) -> Copy:
    """A new whole copy of `store` in a dated folder in `to`, older ones rotated; the officer can go on working.

    `copy.lacks` names evidence files that are damaged in the store itself: the copy is whole but for them.
    Raises UserError (`to` is the store's own folder, full, read-only, taken away), NotWhole (the database is damaged),
    Cancelled; then nothing of it is left, and older copies are untouched.
    """
    to = _fit(to, store.paths)
    disk.sweep_unfinished(store.paths.folder, store.clock)
    made = lying.made_now(store.clock)
    folder = lying.new_folder(to, made)
    try:
        copy = _fill(store, folder, made, progress, stop)
        lying.finish(copy)
    except BaseException as error:
        lying.discard(folder)
        if isinstance(error, OSError):
            raise disk.in_words(error, to, "make the copy") from None
        raise
    lying.rotate(to, copy.store, store.clock)
    told, _ = settings.load(store.paths.settings)
    settings.save(replace(told, newest_copy=made), store.paths.settings)
    return copy


def _fill(store: OpenStore, folder: Path, made: str, progress: Progress | None, stop: threading.Event | None) -> Copy:
    paths, files = store.paths, Files(store.paths.evidence)
    slots = Slots.load(paths.slots)
    evidence = sum((files.folder / blob).stat().st_size for blob in files.names())
    meter = _Meter(paths.database.stat().st_size + evidence, progress, stop)
    with _snapshot(paths, store.key, meter) as snapshot:
        parts = [_put(snapshot, folder, "desk.db", meter)]
    parts += [_put(path, folder, name, None) for name, path in _beside(paths)]
    # after the database: whatever a record in it names was kept before, and is here
    have, lacks = _evidence(files, folder.parent / lying.EVIDENCE, meter)
    meter.finish()
    return Copy(folder, slots.store, made, tuple(parts), have, lacks)


def same_disk(paths: StorePaths, to: Path) -> bool:
    """Whether `to` is on the disk the store is on, so that a copy there is lost with the laptop."""
    with contextlib.suppress(OSError):
        return paths.folder.stat().st_dev == to.stat().st_dev
    return False


def copy_before_migration(paths: StorePaths, clock: Clock) -> Path:
    """Copy database and key file into a folder of the store before it is upgraded; the newest two are kept.

    A plain copy of the bytes, write-ahead log included: call it under the store's lock, with no transaction open.
    `restore` takes the folder as it takes any copy. Raises UserError; then the upgrade must not begin.
    """
    slots = Slots.load(paths.slots)
    room = sum(path.stat().st_size for path in (paths.database, _wal(paths)) if path.exists())
    if shutil.disk_usage(paths.folder).free < 3 * room + (32 << 20):
        raise UserError(
            f"Your desk must be brought up to this version, and {paths.folder} has no room for the copy that is made "
            f"first. Free {(3 * room >> 20) + 32} MB on this computer, then start asbdesk again. Nothing has changed."
        )
    made = lying.made_now(clock)
    folder = lying.new_folder(paths.folder, made, "before-upgrade")
    try:
        both = [("desk.db", paths.database), ("desk.db-wal", _wal(paths))]
        parts = [_put(path, folder, name, None) for name, path in [*both, *_beside(paths)] if path.exists()]
        evidence = tuple((b, (paths.evidence / b).stat().st_size) for b in sorted(Files(paths.evidence).names()))
        lying.finish(Copy(folder, slots.store, made, tuple(parts), evidence))
    except OSError as error:
        lying.discard(folder)
        raise disk.in_words(error, paths.folder, "make a copy before the upgrade") from None
    for old in sorted(paths.folder.glob("before-upgrade-*"))[:-_KEPT_UPGRADES]:
        lying.discard(old)
    return folder


def _fit(to: Path, paths: StorePaths) -> Path:
    """`to` made ready, refused when it is the store's own folder or lies in it."""
    to = to.expanduser().absolute()
    existing = next((p for p in (to, *to.parents) if p.exists()), to)
    if any(_same(p, paths.folder) for p in (existing, *existing.resolve().parents)):
        raise UserError(
            f"{to} is the folder asbdesk works in, and a copy there is lost with it. "
            "Choose a stick, or a folder on another disk or computer."
        )
    if to.exists() and not to.is_dir():
        raise UserError(f"{to} is a file. Choose a folder for the copies.")
    disk.make_folder(to)
    return to


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _wal(paths: StorePaths) -> Path:
    return paths.database.with_name(paths.database.name + "-wal")


def _beside(paths: StorePaths) -> Iterator[tuple[str, Path]]:
    """What goes with the database: the key file, the authority's certificate, the landlord's own forms and letters."""
    yield "slots.json", paths.slots
    if paths.authority.is_file():
        yield "authority.pem", paths.authority
    for path in (p for folder in paths.own_folders for p in sorted(folder.glob("*"))):
        if path.is_file() and lying.may_hold(name := f"{path.parent.name}/{path.name}"):
            yield name, path


@contextlib.contextmanager
def _snapshot(paths: StorePaths, key: bytes, meter: _Meter) -> Iterator[Path]:
    """The database as it stands now, as one file in the store's folder, under the same key and proved to be whole.

    Made here and not straight on the stick or share, whose locks SQLite cannot trust; gone afterwards.
    """
    descriptor, path = disk.new_file(paths.folder)
    os.close(descriptor)
    try:
        _copy_database(paths.database, path, key, meter)
        yield path
    finally:
        for left in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def _copy_database(database: Path, path: Path, key: bytes, meter: _Meter) -> None:
    from sqlcipher3 import dbapi2 as sqlcipher

    source, target = open_database(database, key), open_database(path, key)
    try:
        target.execute("PRAGMA synchronous=OFF")  # it is synced where it goes
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # one moment for all steps
        # SQLCipher's backup seals a damaged page anew as an empty one. Again: a checkpoint may write meanwhile.
        if all(_damaged_pages(source) for _ in range(_LOOKS)):
            raise _damaged(database)
        meter.look()
        source.backup(target, pages=_STEP, progress=lambda *_: meter.look())
        source.execute("COMMIT")
        target.execute("PRAGMA journal_mode=DELETE").fetchall()  # one file, no log beside it; opening sets it again
        meter.look()
        if _damaged_pages(target) or target.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise _damaged(database)
    except sqlcipher.Error as error:
        if getattr(error, "sqlite_errorname", "") in ("SQLITE_FULL", "SQLITE_IOERR_WRITE"):
            raise UserError(
                f"There is no room in {path.parent} to make a copy. Free some space and try again."
            ) from None
        raise _damaged(database) from None
    finally:
        source.close()
        target.close()


def _damaged_pages(connection: Any) -> bool:
    return bool(connection.execute("PRAGMA cipher_integrity_check").fetchall())


def _damaged(database: Path) -> NotWhole:
    return NotWhole(
        f"No copy was made: the database {database} is damaged in places. Keep your older copies, do not make new ones "
        "over them, and run “asbdesk check” to see what is damaged; a restored copy is the way back."
    )


def _put(source: Path, folder: Path, name: str, meter: _Meter | None) -> Part:
    """Copy one file into the copy, synced, hashed on the way. Raises OSError."""
    target = folder / name
    target.parent.mkdir(mode=0o700, exist_ok=True)
    digest, size = _stream(source, target, meter)
    return Part(name, size, digest)


def _stream(source: Path, target: Path, meter: _Meter | None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    descriptor, new = disk.new_file(target.parent)
    try:
        with os.fdopen(descriptor, "wb") as out, source.open("rb") as stream:
            while piece := stream.read(1 << 20):
                out.write(piece)
                digest.update(piece)
                size += len(piece)
                if meter:
                    meter.add(len(piece))
            out.flush()
            disk.sync_file(out.fileno())
        disk.put_in_place(new, target)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise
    return digest.hexdigest(), size


def _evidence(files: Files, shared: Path, meter: _Meter) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    """Bring the shared evidence folder up to `files`: what is there already, by name and size, is not copied again."""
    have: list[tuple[str, int]] = []
    lacks: list[str] = []
    for blob in sorted(files.names()):
        source, target = files.folder / blob, shared / blob
        size = source.stat().st_size
        if target.is_file() and target.stat().st_size == size:
            meter.add(size)
        else:
            disk.make_folder(shared)
            digest, size = _stream(source, target, meter)
            if digest != blob:  # damaged in the store: a copy must not pass it off as whole
                target.unlink()
                lacks.append(blob)
                continue
        have.append((blob, size))
    return tuple(have), tuple(lacks)
