"""Opens one SQLCipher file for SQLAlchemy: key, pragmas, and the gate that only `apply` opens."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from sqlcipher3 import dbapi2 as sqlcipher

WRITING_KB, READING_KB = 16_384, 8_192
"""Page cache of a connection: taking in what others changed goes slower with less, reading a list does not."""
WAIT_SECONDS = 10
"""How long a connection waits for the write lock before it says "locked"."""

SHUT, APPLYING, ERASING = 0, 1, 2

# values that the driver can bind as they are: unless it is told so, it looks for an adapter on each of them, which
# takes ten times as long as binding it
for _kind, _as_it_is in ((type(None), {None: None}.get), (bytes, bytes), (memoryview, memoryview), (bool, bool)):
    sqlcipher.register_adapter(_kind, _as_it_is)


class OneForAll(SQLiteDialect_pysqlite):
    """Equal to any other of its kind, so that a statement compiled once serves every engine of the process: the one
    that writes and the one that reads, and those of the next unlocking, which begins warm."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.sqlcipher", __name__, OneForAll.__name__)
_COMPILED: LRUCache[Any, Any] = LRUCache(1000)  # all screens together make some three hundred


class Gate:
    """Whether record tables may be written on one connection. Triggers ask it (`gate()`)."""

    def __init__(self) -> None:
        self.open = SHUT


@contextmanager
def gate(conn: sa.Connection, state: int) -> Iterator[None]:
    """Open this connection's gate for the block; it is shut again whatever happens. Other databases have none."""
    held: Gate | None = conn.info.get("gate")
    before = held.open if held else SHUT
    if held:
        held.open = state
    try:
        yield
    finally:
        if held:
            held.open = before


def make_engine(
    database: Path, key: bytes, *, readonly: bool = False, migrating: bool = False, cache_kb: int | None = None
) -> sa.Engine:
    """An engine on `database` under the raw 32-byte `key`.

    A writing engine has one connection and begins IMMEDIATE; a reading one has several, `query_only`, and begins
    plainly. `migrating` switches foreign keys off, because a batch migration would cascade (STORE.md section 6).
    The key's text never reaches a log: it is sent by the driver directly, not through SQLAlchemy.
    """
    if len(key) != 32:
        raise ValueError("a store key has 32 bytes")

    def connect() -> Any:
        return _open(database, key, readonly=readonly, migrating=migrating, cache_kb=cache_kb)

    engine = sa.create_engine(
        sa.URL.create("sqlite+sqlcipher", database=str(database)),
        module=sqlcipher,
        creator=connect,
        poolclass=pool.QueuePool,
        pool_size=4 if readonly else 1,
        max_overflow=0,
        pool_use_lifo=True,  # one reader is enough at most times: the others' caches stay empty
        execution_options={"compiled_cache": _COMPILED},
    )
    begin = "BEGIN" if readonly else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "connect")
    def give_gate(connection: Any, record: Any) -> None:
        held = record.info["gate"] = Gate()
        connection.create_function("gate", 0, lambda: held.open)

    def begin_plainly(dbapi_connection: Any) -> None:
        dbapi_connection.execute(begin)

    # not by an event: each transaction would go through the making of a statement, as dear as a small read
    engine.dialect.do_begin = begin_plainly  # type: ignore[method-assign]
    return engine


def _open(database: Path, key: bytes, *, readonly: bool, migrating: bool, cache_kb: int | None) -> Any:
    connection = sqlcipher.connect(
        os.fspath(database), timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # else errors are printed with page numbers
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # proves the key
        for pragma in _pragmas(readonly=readonly, migrating=migrating, cache_kb=cache_kb):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _pragmas(*, readonly: bool, migrating: bool, cache_kb: int | None) -> list[str]:
    cache_kb = cache_kb or (READING_KB if readonly else WRITING_KB)
    pragmas = [
        "journal_mode=WAL",
        "synchronous=FULL",  # NORMAL lost acknowledged commits in simulated power cuts
        f"cache_size=-{cache_kb}",
        "temp_store=MEMORY",
        "recursive_triggers=ON",  # else INSERT OR REPLACE deletes without asking the triggers
        "secure_delete=ON",
        "fullfsync=ON",
        "checkpoint_fullfsync=ON",
        f"foreign_keys={'OFF' if migrating else 'ON'}",
    ]
    return [*pragmas, "query_only=ON"] if readonly else pragmas
