"""A store opened: its file lock, key, engines, journal, drafts and evidence files, tied together.

Why a lock file and not SQLite's own locks: two windows on one store would each hold an unlock of their own and
surprise the officer; the second gets a sentence instead. Who only reads takes no lock, and stands beside a window.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

import sqlalchemy as sa
from filelock import FileLock
from sqlalchemy import orm

from asbdesk.clock import Clock
from asbdesk.errors import UserError
from asbdesk.model import journal as t
from asbdesk.paths import StorePaths
from asbdesk.store import ballast, disk, search
from asbdesk.store.drafts import Drafts
from asbdesk.store.engine import make_engine
from asbdesk.store.erase import Order, erase, sweep
from asbdesk.store.files import Files
from asbdesk.store.in_use import OPEN_ELSEWHERE as OPEN_ELSEWHERE
from asbdesk.store.in_use import InUse as InUse
from asbdesk.store.in_use import alone, take_lock
from asbdesk.store.journal import Done, Journal
from asbdesk.store.keys import Slots, WrongSecret, change_passphrase, new_key
from asbdesk.store.making import UNFINISHED, clear, keep_private, make_database
from asbdesk.store.no_dumps import forbid_dumps
from asbdesk.store.prepared import Prepared
from asbdesk.store.recovery_code import new_recovery_code
from asbdesk.store.slot import KDF_FULL, Cost
from asbdesk.store.tries import Tries
from asbdesk.store.trouble import Trouble, look_at
from asbdesk.store.upgrade import bring_to_this_version, is_current

T = TypeVar("T")
P = ParamSpec("P")

_NOW = Prepared(sa.select(sa.func.max(t.entry.c.n)))
"""As `apply.now`."""
OLDER = (
    "This desk was last used with an older asbdesk and cannot be read like that. Open it in the window once: that "
    "makes a copy and brings it up to this version."
)


@dataclass(frozen=True)
class Asked(Generic[T]):
    """What was read, and the journal's position then: hand it back to `do` as `as_of`."""

    value: T
    as_of: int


class Store:
    """One open store. `ask` reads, `do` writes; both are safe from any thread. `close` it.

    Without a `lock` it is `reading`: both engines are the reading one, and the database refuses whatever would write.
    """

    def __init__(
        self, paths: StorePaths, key: bytes, clock: Clock, writer: sa.Engine, reader: sa.Engine, lock: FileLock | None
    ) -> None:
        forbid_dumps()
        self.paths, self.key, self.clock = paths, key, clock
        self.writer, self.reader, self.reading = writer, reader, lock is None
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
        self.journal.sending = "org" in local
        org = json.loads(local.get("org", "{}"))
        self.journal.role, self.journal.needs = org.get("role", ""), org.get("needs", "")
        self.drafts = Drafts(self.journal)
        self.mended: str | None = None
        """A sentence when something had to be mended to open the store."""

    # ---- reading and writing
    def ask(self, read: Callable[Concatenate[orm.Session, P], T], *args: P.args, **kwargs: P.kwargs) -> Asked[T]:
        """`read(session, …)` on a reading connection, as of one moment. It returns plain values, never records."""
        with self.journal.acting, self.trouble.spoken(), self.reader.connect() as conn:
            as_of = _NOW.on(conn)[0][0] or 0
            with orm.Session(conn, autoflush=False, info={"member": self.journal.member}) as session:
                return Asked(read(session, *args, **kwargs), as_of)

    def do(self, act: Callable[..., T], *args: Any, **kwargs: Any) -> Done[T]:
        """Run an action: `Journal.do`."""
        if self.reading:
            raise InUse(OPEN_ELSEWHERE)
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
        """Bring the search's index up to date, sweep files that no entry names, see that the ballast lies there."""
        self.index_words()
        sweep(self)
        ballast.make(self.paths)

    def index_words(self) -> int:
        """Bring the search's index up to the journal's end, in slices that let others write between them; how many
        entries it was behind."""
        with self.reader.connect() as conn:
            behind = search.behind(conn)
        while behind and self.journal.write_local(search.bring_up):
            pass
        return behind

    def close(self) -> None:
        """Let go of the file and the lock. A store that was not closed is whole all the same."""
        self.reader.dispose()
        self.writer.dispose()
        if self._lock is not None:
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
    lock = take_lock(paths)
    try:
        with Trouble(paths).spoken():
            clear(paths)
            slots, key, code = Slots.new(), new_key(), new_recovery_code()
            slots.put_passphrase(key, passphrase, kdf)
            slots.put_recovery(key, code)
            make_database(paths, key, slots.store)
            slots.save(paths.slots)
            disk.make_folder(paths.evidence)
            (paths.folder / UNFINISHED).unlink()
            if reserve:
                ballast.make(paths)
        keep_private(paths)
        return _open(paths, key, clock, lock), code
    except BaseException:
        lock.release()
        raise


def unlock(
    paths: StorePaths,
    clock: Clock,
    *,
    passphrase: str | None = None,
    keyring: Any = None,
    recovery: str | None = None,
    reading: bool = False,
) -> Store:
    """Open a store by one of its secrets; `keyring` is True, or the keyring to ask. Raises UserError.

    WrongSecret counts against the tries; TooSoon while a wait lasts; a keyring that does not help is a UserError;
    InUse where another window or command writes. `reading`: beside those, without the lock; it changes nothing, so
    a store that must be upgraded first is refused, and one just brought back from a copy is opened for writing.
    """
    if reading and not paths.restored.exists():
        slots = Slots.load(paths.slots)
        look_at(paths)
        return _open_beside(paths, _key(paths, clock, slots, passphrase, keyring, recovery), clock, slots)
    lock = take_lock(paths)
    try:
        slots = Slots.load(paths.slots)
        look_at(paths)
        key = _key(paths, clock, slots, passphrase, keyring, recovery)
        keep_private(paths)
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
    lock = lock or take_lock(paths)
    try:
        trouble = Trouble(paths)
        trouble.meet(lambda: bring_to_this_version(paths, key, clock, store_id))
        return trouble.meet(lambda: _open(paths, key, clock, lock))
    except BaseException:
        lock.release()
        raise


def _open_beside(paths: StorePaths, key: bytes, clock: Clock, slots: Slots) -> Store:
    """Open for reading alone. Raises UserError; one who writes may be at work meanwhile."""
    trouble = Trouble(paths)
    reader = make_engine(paths.database, key, readonly=True)
    try:
        with trouble.spoken():
            if not is_current(reader, paths, slots.store):
                raise UserError(OLDER)
            store = Store(paths, key, clock, reader, reader, None)
    except BaseException:
        reader.dispose()
        raise
    store.mended = slots.mended
    return store


def _erase_again(store: Store) -> None:
    """A copy that was restored may hold what was erased since it was made: erase that before anything is shown."""
    from asbdesk.store.restore import erased_since, settled

    for line in erased_since(store.paths, store.key):
        erase(store, Order(line.order_id, (line.file,)))
    settled(store.paths)


def _open(paths: StorePaths, key: bytes, clock: Clock, lock: FileLock) -> Store:
    writer, reader = make_engine(paths.database, key), make_engine(paths.database, key, readonly=True)
    try:
        return Store(paths, key, clock, writer, reader, lock)
    except BaseException:
        reader.dispose()
        writer.dispose()
        raise


def set_passphrase(
    paths: StorePaths, new: str, *, old: str | None = None, recovery: str | None = None, kdf: Cost = KDF_FULL
) -> None:
    """A new passphrase by the old one or the recovery code; the database itself stays as it is."""
    with alone(paths):
        change_passphrase(paths.slots, new, old=old, recovery=recovery, cost=kdf)
