"""Who has a store open: one window or one command that writes, told by a lock file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from asbdesk.errors import UserError
from asbdesk.paths import StorePaths
from asbdesk.store import disk

OPEN_ELSEWHERE = "This desk is open already, in another window or by another command. Close that one first."


class InUse(UserError):
    """Somebody else has the store open and writes in it."""


def take_lock(paths: StorePaths) -> FileLock:
    """The lock of a store, held. Raises InUse, or UserError with the disk's no."""
    # a store opened by one thread may be closed by another
    lock = FileLock(paths.lock, mode=0o600, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise InUse(OPEN_ELSEWHERE) from None
    except OSError as error:
        raise disk.in_words(error, paths.folder, "open your desk") from None
    return lock


@contextmanager
def alone(paths: StorePaths) -> Iterator[None]:
    """Nobody else has the store open meanwhile. Raises InUse."""
    lock = take_lock(paths)
    try:
        yield
    finally:
        lock.release()
