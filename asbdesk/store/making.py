"""The files of a new store, and who may read them: nobody but the user whose desk it is."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from asbdesk.errors import UserError
from asbdesk.model import journal as t
from asbdesk.paths import StorePaths, private
from asbdesk.store import schema
from asbdesk.store.engine import make_engine
from asbdesk.store.ticking import new_device

UNFINISHED = "setting-up"
"""A file that lies beside a store while it is being made; what lies there then holds nothing and may be replaced."""


def clear(paths: StorePaths) -> None:
    """See that nothing is overwritten: only what an unfinished set-up left may go."""
    mark = paths.folder / UNFINISHED
    if mark.exists():
        for left in (paths.slots, *database_files(paths)):
            left.unlink(missing_ok=True)
    elif paths.exists():
        raise UserError(f"There is a desk in {paths.folder} already. Unlock it, or choose another folder.")
    mark.touch(mode=0o600)


def database_files(paths: StorePaths) -> list[Path]:
    """The database, and what SQLite lays beside it."""
    return [paths.database.with_name(paths.database.name + end) for end in ("", "-wal", "-shm")]


def make_database(paths: StorePaths, key: bytes, store_id: str) -> None:
    """An empty database under `key`, brought to this version. Raises what the disk and SQLite raise."""
    os.close(private(os.fspath(paths.database), os.O_CREAT | os.O_RDWR))  # what SQLite lays beside it does the same
    engine = make_engine(paths.database, key, migrating=True)
    try:
        schema.create_or_upgrade(engine)
        with engine.begin() as conn:
            settings = {"device": new_device(), "store": store_id}
            conn.execute(t.local_setting.insert(), [{"name": n, "value": v} for n, v in settings.items()])
    finally:
        engine.dispose()


def keep_private(paths: StorePaths) -> None:
    """Take every other user's rights from the store's files: older versions, and copying by hand, left them some.

    Windows keeps what lies in a user's own folder from others by itself.
    """
    if os.name != "posix":
        return
    own = (paths.slots, paths.authority, paths.settings, paths.lock, paths.log, paths.ballast)
    beside = (paths.folder.glob(pattern) for pattern in ("slots.*", "*.log", "tries.json"))
    for path in (*database_files(paths), *own, *(found for some in beside for found in some)):
        with contextlib.suppress(OSError):
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)
