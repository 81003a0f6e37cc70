"""An older store brought to this version, and the question whether it is one: asked before anything is read."""

from __future__ import annotations

import sqlalchemy as sa

from asbdesk.clock import Clock
from asbdesk.errors import UserError
from asbdesk.model import journal as t
from asbdesk.paths import StorePaths
from asbdesk.store import schema
from asbdesk.store.engine import make_engine
from asbdesk.store.keys import OTHER_STORE
from asbdesk.store.trouble import Damaged


def bring_to_this_version(paths: StorePaths, key: bytes, clock: Clock, store_id: str | None) -> None:
    """Upgrade the store where it is older, after a copy. Raises UserError for another store, or a newer one."""
    engine = make_engine(paths.database, key, migrating=True)
    try:
        current = is_current(engine, paths, store_id)
        if not current:
            schema.create_or_upgrade(engine, before=lambda: _copy_first(paths, clock))
    finally:
        engine.dispose()


def is_current(engine: sa.Engine, paths: StorePaths, store_id: str | None) -> bool:
    """Whether this is the store of this key file, at this version. Raises UserError for another, or a newer one."""
    try:
        with engine.connect() as conn:
            current = schema.is_current(conn)
            held = conn.scalar(sa.select(t.local_setting.c.value).where(t.local_setting.c.name == "store"))
    except sa.exc.DatabaseError as error:
        if getattr(error.orig, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise Damaged(OTHER_STORE.format(folder=paths.folder)) from error
        raise
    if store_id is not None and held != store_id:
        raise UserError(OTHER_STORE.format(folder=paths.folder))
    return current


def _copy_first(paths: StorePaths, clock: Clock) -> None:
    from asbdesk.store.backup import copy_before_migration

    copy_before_migration(paths, clock)
