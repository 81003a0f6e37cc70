"""Whole, durable files: written beside, synced, then renamed; and a disk's refusals as sentences."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import sys
import threading
from pathlib import Path

from asbdesk.clock import Clock
from asbdesk.errors import UserError

NEW = ".new-"  # how a file that is still being written begins; swept when a day old
_full = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_closed = {errno.EACCES, errno.EPERM, errno.EROFS}


def in_words(error: OSError, where: Path, doing: str) -> UserError:
    """What the disk refused, for the officer: `doing` completes "asbdesk could not ..."."""
    if error.errno in _full or getattr(error, "winerror", None) in (39, 112):
        return UserError(f"asbdesk could not {doing}: the disk with {where} is full. Free some space and try again.")
    if error.errno in _closed:
        return UserError(
            f"asbdesk could not {doing}: {where} may not be written to. "
            "Check that the folder is not read-only and belongs to you, then try again."
        )
    if isinstance(error, FileNotFoundError):
        return UserError(f"asbdesk could not {doing}: {where} is not there. Was a stick or shared drive taken away?")
    return UserError(f"asbdesk could not {doing}: {where} answered “{error.strerror or error}”. Try again.")


def make_folder(folder: Path) -> None:
    """Make `folder` and its parents, for this user alone where the system knows that. Raises UserError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise in_words(error, folder, "make its folder") from None


def sync_file(descriptor: int) -> None:
    """Have the disk itself hold what was written. macOS keeps it in the drive's cache unless asked the long way."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Have the disk hold the folder's names. Windows has no such call and needs none; some shares refuse it."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def new_file(folder: Path) -> tuple[int, Path]:
    """An open, empty file in `folder`, readable by this user alone, to be renamed when it is whole. Raises OSError."""
    path = folder / f"{NEW}{secrets.token_hex(8)}"
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)
    return os.open(path, flags, 0o600), path


def time_at(folder: Path, clock: Clock) -> float:
    """What files in `folder` that are written now bear, where this laptop's clock is ahead of it: another desk may be
    writing there at this moment. Seconds since 1970."""
    now = clock.now().timestamp()
    with contextlib.suppress(OSError):
        descriptor, path = new_file(folder)
        os.close(descriptor)
        now = min(now, path.stat().st_mtime)
        path.unlink()
    return now


def sweep_unfinished(folder: Path, clock: Clock) -> None:
    """Delete what was being written in `folder` when the power went, once it is a day old. Refusals wait."""
    before = clock.now().timestamp() - 24 * 60 * 60
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{NEW}*"):
            if path.stat().st_mtime < before:
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()


def put_in_place(new: Path, path: Path) -> None:
    """Rename `new` over `path`, at once or not at all. Raises OSError.

    On Windows a virus scanner may hold the file for a moment, so a refusal is tried again for about a second.
    """
    for pause in (0.05, 0.2, 0.6):
        try:
            new.replace(path)
            break
        except PermissionError:
            if sys.platform != "win32":
                raise
            threading.Event().wait(pause)
    else:
        new.replace(path)
    sync_folder(path.parent)


def write_whole(path: Path, data: bytes, doing: str) -> None:
    """Replace `path` by `data`: after a power cut it is the old file or the new one. Raises UserError."""
    new = None
    try:
        descriptor, new = new_file(path.parent)
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            sync_file(out.fileno())
        put_in_place(new, path)
    except OSError as error:
        if new is not None:
            with contextlib.suppress(OSError):
                new.unlink()
        raise in_words(error, path.parent, doing) from None
