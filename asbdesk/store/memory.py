"""A store that lives in memory and is gone when it is closed: for replaying a case history. Nothing touches a disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from asbdesk.model import journal as t
from asbdesk.paths import StorePaths
from asbdesk.store import schema
from asbdesk.store.engine import make_engine
from asbdesk.store.keys import new_key
from asbdesk.store.ticking import new_device
from asbdesk.store.vault import Store

if TYPE_CHECKING:
    from asbdesk.clock import Clock

NOWHERE = Path(":memory:")


def in_memory(clock: Clock) -> Store:
    """An empty store with one connection, which reads and writes. It has no folder: it keeps no files of evidence."""
    key = new_key()
    engine = make_engine(NOWHERE, key)
    schema.create_or_upgrade(engine)
    with engine.begin() as conn:
        settings = {"device": new_device(), "store": "memory"}
        conn.execute(t.local_setting.insert(), [{"name": n, "value": v} for n, v in settings.items()])
    return Store(StorePaths(NOWHERE), key, clock, engine, engine, FileLock(NOWHERE))
