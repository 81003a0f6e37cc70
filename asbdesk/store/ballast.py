"""A file that only takes room, given up when the disk is full: SQLite needs space even to delete, or to be opened."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil

from asbdesk.paths import StorePaths
from asbdesk.store import disk

SIZE = 16 << 20  # bytes
WARN_BELOW = 500 * 1_000_000  # bytes free (STORE.md 7)
_SPARE = 64 << 20  # bytes that must be free beyond it before it is made again, or it would be given up at once


def make(paths: StorePaths) -> bool:
    """See that the ballast lies there; whether it does. Where there is no room it waits for the next time.

    Random bytes, because some disks keep a run of zeroes in no space at all.
    """
    if _weighs(paths) >= SIZE:
        return True
    if (free := _free(paths)) is None or free < SIZE + _SPARE:
        return False
    new = None
    try:
        descriptor, new = disk.new_file(paths.folder)
        with os.fdopen(descriptor, "wb") as out:
            for _ in range(SIZE >> 20):
                out.write(secrets.token_bytes(1 << 20))
            out.flush()
            disk.sync_file(out.fileno())
        disk.put_in_place(new, paths.ballast)
    except OSError:
        if new is not None:
            with contextlib.suppress(OSError):
                new.unlink()
        return False
    return True


def release(paths: StorePaths) -> bool:
    """Give the ballast's room back to the disk, on SQLITE_FULL; whether there was any, so that trying again helps."""
    if not _weighs(paths):
        return False
    try:
        paths.ballast.unlink()
    except OSError:
        return False
    disk.sync_folder(paths.folder)
    return True


def full(paths: StorePaths) -> bool:
    """Whether there is no room where the store lies, not even for what SQLite opens beside a database (1 MiB)."""
    free = _free(paths)
    return free is not None and free < 1 << 20


def space_warning(paths: StorePaths) -> str | None:
    """A sentence when less than 500 MB are free where the store lies; None when there is enough, or nobody can say."""
    free = _free(paths)
    if free is None or free >= WARN_BELOW:
        return None
    return (
        f"Only {free // 1_000_000} MB are free on the disk with your desk. Everything is saved so far. "
        "Delete or move something else from this computer today, so that asbdesk can go on saving."
    )


def full_sentence(paths: StorePaths) -> str:
    """What to say when the disk is full and there is no ballast left to give up."""
    return (
        f"The disk with {paths.folder} is full and this could not be saved. What was saved before is whole. "
        "Delete or move something else from this computer, then do it again."
    )


def _weighs(paths: StorePaths) -> int:
    try:
        return paths.ballast.stat().st_size
    except OSError:
        return 0


def _free(paths: StorePaths) -> int | None:
    try:
        return shutil.disk_usage(paths.folder).free
    except OSError:
        return None
