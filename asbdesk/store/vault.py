"""A store opened: its file lock, key, engines, journal, drafts and evidence files, tied together.

Why a lock file and not SQLite's own locks: two windows on one store would each hold an unlock of their own and
surprise the officer; the second gets a sentence instead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy import orm

from asbdesk.clock import Clock, today
from asbdesk.errors import UserError
from asbdesk.model import journal as t
from asbdesk.paths import StorePaths
from asbdesk.store import ballast, disk, schema
from asbdesk.store.apply import now
from asbdesk.store.drafts import Drafts
from asbdesk.store.engine import make_engine
from asbdesk.store.erase import Order, erase, sweep
from asbdesk.store.files import Files
from asbdesk.store.journal import Done, Journal
from asbdesk.store.keys import OTHER_STORE, Slots, WrongSecret, change_passphrase, new_key
from asbdesk.store.recovery_code import new_recovery_code
from asbdesk.store.slot import KDF_FULL, Cost
from asbdesk.store.ticking import new_device
from asbdesk.store.tries import Tries
from asbdesk.store.trouble import Damaged, Trouble, look_at

T = TypeVar("T")
P = ParamSpec("P")

UNFINISHED = "setting-up"
"""A file that lies beside a store while it is being made; what lies there then holds nothing and may be replaced."""


@dataclass(frozen=True)
class Asked(Generic[T]):
    """What was read, and the journal's position then: hand it back to `do` as `as_of`."""

    value: T
    as_of: int


class Store:
    """One open store. `ask` reads, `do` writes; both are safe from any thread. `close` it."""

    def __init__(
        self, paths: StorePaths, key: bytes, clock: Clock, writer: sa.Engine, reader: sa.Engine, lock: FileLock
    ) -> None:
        self.paths, self.key, self.clock = paths, key, clock
        self.writer, self.reader = writer, reader
        self.trouble = Trouble(paths)
        self.files = Files(paths.evidence)
        self._lock = lock
        with reader.connect() as conn:
            local = {s.name: s.value for s in conn.execute(sa.select(t.local_setting))}
        self.journal = Journal(
            writer,
            clock,
            local["device"],
            reader=reader,
            member=local.get("member", ""),
            derive=_derive,
            guard=self.trouble,
        )
        self.drafts = Drafts(self.journal)
        self.mended: str | None = None
        """A sentence when something had to be mended to open the store."""

    # ---- reading and writing
    def ask(self, read: Callable[Concatenate[orm.Session, P], T], *args: P.args, **kwargs: P.kwargs) -> Asked[T]:
        """`read(session, …)` on a reading connection, as of one moment. It returns plain values, never records."""
        with self.trouble.spoken(), self.reader.connect() as conn:
            as_of = now(conn)
            with orm.Session(conn, autoflush=False) as session:
                return Asked(read(session, *args, **kwargs), as_of)

    def do(self, act: Callable[..., T], *args: Any, **kwargs: Any) -> Done[T]:
        """Run an action: `Journal.do`."""
        return self.journal.do(act, *args, **kwargs)

    def set_member(self, member: str) -> None:
        """Whose desk this is: the id of the Member record, named as `by` in every entry from now on."""
        self.drafts.remember("member", member)
        self.journal.member = member

    def clock_note(self) -> str | None:
        """What to tell the officer about this laptop's clock, or None."""
        return self.journal.clock_note()

    # ---- housekeeping, once the first screen is up
    def tidy(self) -> None:
        """Bring late derived lines up to date, sweep files that no entry names, see that the ballast lies there."""
        from asbdesk.duties import prepare

        prepare(today(self.clock))
        self.journal.catch_up()
        sweep(self)
        ballast.make(self.paths)

    def close(self) -> None:
        """Let go of the file and the lock. A store that was not closed is whole all the same."""
        self.reader.dispose()
        self.writer.dispose()
        self._lock.release()


def _derive(conn: sa.Connection, cases: Collection[str]) -> None:
    from asbdesk.store.derive import refresh  # not at the top: it brings the duties with it

    refresh(conn, cases)


# ---- making and opening
def create(
    paths: StorePaths, passphrase: str, clock: Clock, *, kdf: Cost = KDF_FULL, reserve: bool = True
) -> tuple[Store, str]:
    """Make a store in an empty folder; it, open, and the recovery code to print. Raises UserError."""
    disk.make_folder(paths.folder)
    lock = _lock(paths)
    try:
        with Trouble(paths).spoken():
            _clear(paths)
            slots, key, code = Slots.new(), new_key(), new_recovery_code()
            slots.put_passphrase(key, passphrase, kdf)
            slots.put_recovery(key, code)
            _make_database(paths, key, slots.store)
            slots.save(paths.slots)
            disk.make_folder(paths.evidence)
            (paths.folder / UNFINISHED).unlink()
            if reserve:
                ballast.make(paths)
        return _open(paths, key, clock, lock), code
    except BaseException:
        lock.release()
        raise


def _clear(paths: StorePaths) -> None:
    """See that nothing is overwritten: only what an unfinished set-up left may go."""
    mark = paths.folder / UNFINISHED
    if mark.exists():
        for left in (paths.slots, *_database_files(paths)):
            left.unlink(missing_ok=True)
    elif paths.exists():
        raise UserError(f"There is a desk in {paths.folder} already. Unlock it, or choose another folder.")
    mark.touch()


def _database_files(paths: StorePaths) -> list[Any]:
    return [paths.database.with_name(paths.database.name + end) for end in ("", "-wal", "-shm")]


def _make_database(paths: StorePaths, key: bytes, store_id: str) -> None:
    engine = make_engine(paths.database, key, migrating=True)
    try:
        schema.create_or_upgrade(engine)
        with engine.begin() as conn:
            settings = {"device": new_device(), "store": store_id}
            conn.execute(t.local_setting.insert(), [{"name": n, "value": v} for n, v in settings.items()])
    finally:
        engine.dispose()


def unlock(
    paths: StorePaths, clock: Clock, *, passphrase: str | None = None, keyring: Any = None, recovery: str | None = None
) -> Store:
    """Open a store by one of its secrets; `keyring` is True, or the keyring to ask. Raises UserError.

    WrongSecret counts against the tries; TooSoon while a wait lasts; a keyring that does not help is a UserError.
    """
    lock = _lock(paths)
    try:
        slots = Slots.load(paths.slots)
        look_at(paths)
        key = _key(paths, clock, slots, passphrase, keyring, recovery)
        store = open_with(paths, key, clock, lock=lock, store_id=slots.store)
        try:
            store.mended = slots.mended
            _erase_again(store)
        except BaseException:
            store.close()
            raise
        return store
    except BaseException:
        lock.release()
        raise


def _key(
    paths: StorePaths, clock: Clock, slots: Slots, passphrase: str | None, keyring: Any, recovery: str | None
) -> bytes:
    if keyring:
        from asbdesk.store.keyring_slot import KeyringAway, open_quickly

        opened = open_quickly(slots, None if keyring is True else keyring)
        if isinstance(opened, KeyringAway):
            raise UserError(opened.sentence)
        return opened
    tries = Tries(paths.folder / "tries.json", clock)
    tries.check()
    try:
        key = slots.open_passphrase(passphrase or "") if recovery is None else slots.open_recovery(recovery)
    except WrongSecret:
        tries.wrong()
        raise
    tries.right()
    return key


def open_with(
    paths: StorePaths, key: bytes, clock: Clock, *, lock: FileLock | None = None, store_id: str | None = None
) -> Store:
    """Open a store whose key is at hand, upgrading it first where it is older. Raises UserError."""
    lock = lock or _lock(paths)
    try:
        trouble = Trouble(paths)
        trouble.meet(lambda: _bring_to_this_version(paths, key, clock, store_id))
        return trouble.meet(lambda: _open(paths, key, clock, lock))
    except BaseException:
        lock.release()
        raise


def _erase_again(store: Store) -> None:
    """A copy that was restored may hold what was erased since it was made: erase that before anything is shown."""
    from asbdesk.store.restore import erased_since, settled

    for line in erased_since(store.paths, store.key):
        erase(store, Order(line.order_id, (line.file,)))
    settled(store.paths)


def _bring_to_this_version(paths: StorePaths, key: bytes, clock: Clock, store_id: str | None) -> None:
    engine = make_engine(paths.database, key, migrating=True)
    try:
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
        if not current:
            schema.create_or_upgrade(engine, before=lambda: _copy_first(paths, clock))
    finally:
        engine.dispose()


def _copy_first(paths: StorePaths, clock: Clock) -> None:
    from asbdesk.store.backup import copy_before_migration

    copy_before_migration(paths, clock)


def _open(paths: StorePaths, key: bytes, clock: Clock, lock: FileLock) -> Store:
    writer, reader = make_engine(paths.database, key), make_engine(paths.database, key, readonly=True)
    try:
        return Store(paths, key, clock, writer, reader, lock)
    except BaseException:
        reader.dispose()
        writer.dispose()
        raise


def _lock(paths: StorePaths) -> FileLock:
    lock = FileLock(paths.lock, thread_local=False)  # a store opened by one thread may be closed by another
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UserError(
            "This desk is open already, in another window or by another command. Close that one first."
        ) from None
    except OSError as error:
        raise disk.in_words(error, paths.folder, "open your desk") from None
    return lock


def set_passphrase(
    paths: StorePaths, new: str, *, old: str | None = None, recovery: str | None = None, kdf: Cost = KDF_FULL
) -> None:
    """A new passphrase by the old one or the recovery code; the database itself stays as it is."""
    lock = _lock(paths)
    try:
        change_passphrase(paths.slots, new, old=old, recovery=recovery, cost=kdf)
    finally:
        lock.release()
