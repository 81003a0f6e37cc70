"""The journal of one store: an officer's actions become entries, and `apply` alone turns entries into rows."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

import sqlalchemy as sa

from asbdesk.clock import Clock, instant
from asbdesk.errors import UserError
from asbdesk.store.apply import Key, Taken, apply, now, rebuild, take
from asbdesk.store.cases import cases_of
from asbdesk.store.coming_back import come_back
from asbdesk.store.entries import dumps
from asbdesk.store.fold import Version, fold, shown
from asbdesk.store.incoming import SortedOut, TakenIn, sort_out
from asbdesk.store.local import end_drafts, mark_stale, wait_to_be_sent
from asbdesk.store.roles import exceeds
from asbdesk.store.schema import VERSIONS
from asbdesk.store.ticking import Ticker, new_session
from asbdesk.store.undo import undoing
from asbdesk.store.work import Sets, Work, action, action_name, entry_sets

T = TypeVar("T")
Changed = frozenset[tuple[str, str]]
Derive = Callable[[sa.Connection, Collection[str]], None]
"""Works out again what is derived of these cases (`store.derive`)."""

TOO_OLD = (
    "Head office asks for a newer asbdesk before more is written. What you wrote is kept, and goes out as always: "
    "install the newest version on this laptop."
)
AT_ONCE = 200
"""Most cases that are worked out again within an action; more of them (a new profile) wait for `catch_up`."""


@dataclass(frozen=True)
class Done(Generic[T]):
    """What an action returned, the files and kinds it changed, its entry (None when nothing changed) and the
    journal's last `n` afterwards."""

    value: T
    changed: Changed
    act: str | None
    n: int


class Acting:
    """Who is asking or doing something now: what can wait stands aside for them (`catching_up`)."""

    def __init__(self) -> None:
        self._threads: Counter[int] = Counter()

    def __enter__(self) -> None:
        self._threads[threading.get_ident()] += 1

    def __exit__(self, *_: object) -> None:
        self._threads[threading.get_ident()] -= 1

    def others(self) -> bool:
        """Is anybody at it but this thread?"""
        me = threading.get_ident()
        return any(count for thread, count in list(self._threads.items()) if thread != me)


class Guard(Protocol):
    """Meets what a disk or a database can do wrong: with a second try, or with a sentence (`store.trouble`)."""

    def meet(self, work: Callable[[], T]) -> T: ...
    def spoken(self) -> AbstractContextManager[None]: ...


class _Unguarded:
    def meet(self, work: Callable[[], T]) -> T:
        return work()

    def spoken(self) -> AbstractContextManager[None]:
        return nullcontext()


unguarded: Guard = _Unguarded()


@dataclass
class _Batch:
    """One transaction of one or many actions."""

    conn: sa.Connection
    changed: set[tuple[str, str]] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    after: list[Callable[[], None]] = field(default_factory=list)


class Journal:
    """One store's journal for one unlock. Writing is done under a lock, by one thread at a time."""

    def __init__(
        self,
        engine: sa.Engine,
        clock: Clock,
        device: str,
        *,
        reader: sa.Engine | None = None,
        member: str = "",
        derive: Derive | None = None,
        guard: Guard | None = None,
    ) -> None:
        self.engine = engine
        self.reader = reader or engine
        self.clock = clock
        self.device = device
        self.member = member
        """Id of the Member record that writes; empty until set-up has made one."""
        self.session = new_session(device, clock)
        self.listeners: list[Callable[[Changed], None]] = []
        """Told the files and kinds changed, after each commit, on the writing thread."""
        self._derive = derive
        self._guard = guard or unguarded
        self._lock = threading.RLock()
        self.acting = Acting()
        self._k = 0
        self._sessions: dict[str, int] = {}
        self.sending = False
        """Whether what is written waits to be sent: from the day this desk has somewhere to meet others."""
        self.role = ""
        """What this desk is in its organisation (`store.roles`); empty for one that works by itself."""
        self.needs = ""
        """The step of the store's tables that head office asks for (`store.schema`); empty for any."""
        self.exchanging = threading.Lock()
        """Held while this desk exchanges with others: one exchange at a time."""
        self._seen: set[str] = set()
        self._batch: _Batch | None = None
        with engine.begin() as conn:
            self._ticker = Ticker(conn, clock, device)

    # ---- writing
    def do(
        self,
        act: Callable[..., T],
        *args: Any,
        as_of: int | None = None,
        happened: str | None = None,
        ends_run: str | None = None,
        ends_questions: Collection[str] | None = None,
        **kwargs: Any,
    ) -> Done[T]:
        """Run an action and write what it changed: one transaction, one entry for each file it touched.

        `as_of`: the journal's last `n` when the screen was read; only versions that stood then, or that this
        unlock wrote since, are replaced. `ends_run`: the form whose drafts (all, or `ends_questions`) end with it.
        """
        return self._met(partial(self._do, act, args, kwargs, as_of, happened, ends_run, ends_questions))

    def _do(
        self,
        act: Callable[..., T],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        as_of: int | None,
        happened: str | None,
        ends_run: str | None,
        ends_questions: Collection[str] | None,
    ) -> Done[T]:
        name = action_name(act)
        with self._transaction():
            assert self._batch is not None
            conn = self._batch.conn
            recorded = instant(self.clock.now())
            work = Work(conn, self.clock, self.member, recorded, happened or recorded)
            try:
                value = act(work, *args, **kwargs)
                sets, earlier = entry_sets(conn, work.changes(), as_of, self.session)
                self._see_that_it_may(sets)
            finally:
                work.close()
            entry_id = self._write(conn, name, sets, earlier, recorded, work.happened)
            if ends_run is not None:
                end_drafts(conn, ends_run, ends_questions)
            self._batch.after += work.after
            return Done(value, _changed(sets), entry_id, now(conn))

    def _see_that_it_may(self, sets: Sets) -> None:
        if self.needs > VERSIONS[-1]:
            raise UserError(TOO_OLD)
        for what in sets.values() if self.role else ():
            if why := exceeds(self.role, self.member, what):
                raise UserError(why)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Many actions as one transaction: all of them stand, or none. Announced once, at the end."""
        with self._lock, self._guard.spoken(), self._transaction():
            yield

    def _met(self, work: Callable[[], T]) -> T:
        """`work` under the lock; by itself it is done again when the disk was full, within a batch it is not."""
        with self.acting, self._lock:
            return work() if self._batch is not None else self._guard.meet(work)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            if self._batch is not None:
                yield
                return
            k, known = self._k, dict(self._sessions)
            try:
                with self.engine.begin() as conn:
                    batch = self._batch = _Batch(conn)
                    yield
                    self._bring_up_to_date(conn, batch.cases)
            except BaseException:
                self._k, self._sessions = k, known
                raise
            finally:
                self._batch = None
            for call in batch.after:
                call()
            self.announce(frozenset(batch.changed))

    def announce(self, changed: Changed) -> None:
        """Tell every listener the files and kinds changed."""
        if changed:
            for listener in list(self.listeners):
                listener(changed)

    def _bring_up_to_date(self, conn: sa.Connection, cases: set[str]) -> None:
        if self._derive and 0 < len(cases) <= AT_ONCE:
            self._derive(conn, cases)
        elif cases:
            mark_stale(conn, cases)

    def _write(
        self,
        conn: sa.Connection,
        name: str,
        sets: Sets,
        earlier: dict[Key, list[Version]],
        recorded: str,
        happened: str,
        **more: Any,
    ) -> str | None:
        """One entry for each file of `sets`; returns the first one's id."""
        if not sets:
            return None
        hlc, doubted = self._ticker.tick()
        act, entries = None, []
        for file, what in sets.items():
            self._k += 1
            me = f"{self.session}.{self._k}"
            body: dict[str, Any] = {"id": me, "file": file, "do": name, "by": self.member, "happened": happened}
            body |= {"recorded": recorded, "hlc": hlc, **more}
            body |= {"set": what} if what else {}
            body |= {"with": act} if act else {}
            body |= {"clock": "suspect"} if doubted else {}
            act = act or me
            entries.append((dumps(body), body))
        taken = take(conn, entries, earlier=earlier, sessions=self._sessions)
        if self.sending:
            wait_to_be_sent(conn, taken.last - taken.new, taken.last)
        self._took(conn, taken)
        return act

    def _took(self, conn: sa.Connection, taken: Taken) -> None:
        assert self._batch is not None
        self._batch.changed |= taken.changed
        self._batch.cases |= cases_of(conn, taken.changed, taken.about)

    # ---- what was seen
    def viewed(self, file: str) -> None:
        """Note that a file was looked at: an entry that sets nothing, once per file and unlock."""
        with self._lock:
            if file not in self._seen:
                self._met(partial(self._viewed, file))
                self._seen.add(file)

    def _viewed(self, file: str) -> None:
        self._note(file, "viewed", {})

    def note(self, file: str, what: str, **told: str) -> None:
        """An entry that sets nothing: what was done about a file, and ids that say to whom or by what."""
        self._met(partial(self._note, file, what, told))

    def _note(self, file: str, what: str, told: dict[str, str]) -> None:
        with self._transaction():
            assert self._batch is not None
            recorded = instant(self.clock.now())
            self._write(self._batch.conn, what, {file: {}}, {}, recorded, recorded, **told)

    # ---- undo
    def can_undo(self, conn: sa.Connection, act: str) -> bool:
        """Whether everything this action set still stands as it set it."""
        return undoing(conn, act) is not None

    def undo(self, act: str) -> Done[None]:
        """Put back what stood before an action and strike what it made. UserError when something came after it."""
        return self._met(partial(self._undo, act))

    def _undo(self, act: str) -> Done[None]:
        with self._transaction():
            assert self._batch is not None
            conn = self._batch.conn
            found = undoing(conn, act)
            if found is None:
                raise UserError("This can no longer be undone: it was changed again since. Correct it instead.")
            sets, earlier = found
            self._see_that_it_may(sets)
            recorded = instant(self.clock.now())
            undone = self._write(conn, "undone", sets, earlier, recorded, recorded, undoes=act)
            return Done(None, _changed(sets), undone, now(conn))

    # ---- from elsewhere
    def take_in(
        self,
        texts: Iterable[str],
        *,
        aside: Mapping[str, str] | None = None,
        also: Callable[[sa.Connection], None] | None = None,
    ) -> TakenIn:
        """Entries from elsewhere, strictly checked: what cannot be folded is set aside, what is no entry refused.

        `aside`: why some of them, by id, are kept and shown but have no effect. `also` writes, in the same
        transaction, what this laptop keeps of where they came from.
        """
        return self.take_sorted(sort_out(texts, aside), also=also)

    def take_sorted(self, sorted_out: SortedOut, *, also: Callable[[sa.Connection], None] | None = None) -> TakenIn:
        """`take_in` of entries that were sorted already, so that nobody reads their text twice."""

        def work() -> Taken:
            with self._transaction():
                assert self._batch is not None
                conn = self._batch.conn
                taken = take(conn, sorted_out.entries, aside=sorted_out.aside, sessions=self._sessions)
                if taken.new < len(sorted_out.entries):
                    self._batch.changed |= come_back(conn, sorted_out.entries, sorted_out.aside)
                self._batch.changed |= taken.changed
                mark_stale(conn, cases_of(conn, taken.changed, taken.about))
                if also is not None:
                    also(conn)
                return taken

        with self._lock:
            taken = self._met(work)
            if sorted_out.entries:
                self._ticker.met(max(body["hlc"] for _, body in sorted_out.entries))
        return TakenIn(taken.new, taken.set_aside, sorted_out.refused)

    # ---- derived lines that wait
    def derive(self, conn: sa.Connection, cases: Collection[str]) -> None:
        """Work out again what is derived of these cases."""
        if self._derive is not None:
            self._derive(conn, cases)

    def catch_up(self, told: Callable[[int, int], None] | None = None) -> int:
        """Work out again what is derived of the cases that wait for it; how many there were (`store.catching_up`)."""
        if self._derive is None:
            return 0
        from asbdesk.store.catching_up import catch_up  # not at the top: it brings the duties with it

        return catch_up(self, told)

    # ---- the clock
    def clock_note(self) -> str | None:
        """What to tell the officer about this laptop's clock, or None."""
        with self._lock:
            return self._ticker.note()

    def trust_clock(self) -> None:
        """The officer says that the clock is right."""
        self.write_local(self._ticker.trust)

    # ---- what is local to this laptop
    def write_local(self, write: Callable[[sa.Connection], T]) -> T:
        """Run `write` in a transaction of the writing connection: drafts and settings, never records."""

        def work() -> T:
            if self._batch is not None:
                return write(self._batch.conn)
            with self.engine.begin() as conn:
                return write(conn)

        return self._met(work)

    def rehearse(self, work: Callable[[sa.Connection], T]) -> T:
        """Run `work` on the writing connection and take back whatever it did: for `check`."""
        with self._lock, self.engine.connect() as conn:
            try:
                return work(conn)
            finally:
                conn.rollback()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A reading connection."""
        with self.reader.connect() as conn:
            yield conn

    @staticmethod
    def now(conn: sa.Connection) -> int:
        """The journal's last `n`."""
        return now(conn)


def _changed(sets: Sets) -> Changed:
    return frozenset((file, what.split("/")[0]) for file, records in sets.items() for what in records)


__all__ = ["Done", "Journal", "TakenIn", "Work", "action", "apply", "fold", "rebuild", "shown"]
