"""Exchanging with the others beside the officer's work: after unlocking, now and then, when asked, before it locks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from asbdesk.errors import UserError
from asbdesk.ui.errands import Errands, Job

if TYPE_CHECKING:
    from asbdesk.sync.exchange import Exchange, Progress
    from asbdesk.ui.desk import UiDesk

FIRST, SOONEST, LATEST = 1_500, 30_000, 300_000
"""Milliseconds: from unlocking to the first exchange; between two while there is something; at most, when there is not
or the place is away."""
LAST_WAIT = 2.0
"""Seconds that locking waits for what was just written to leave."""
PROBLEM = "The exchange broke off because of a fault in asbdesk. Nothing is lost, and it is tried again."


@dataclass(frozen=True)
class Going:
    """How far it is. `what`: `receiving`, `sending` (parcels, and `bytes` so far); `fetching`, `giving` (evidence, in
    bytes); `working_out` (cases)."""

    what: str
    done: int
    of: int
    bytes: int = 0


class Carrier(QObject):
    """`changed` when it began, ended or got on; `came` with the files and kinds that others changed.

    `entries_done` when all but evidence has come: work can begin. It runs in a thread of its own, in slices that give
    way to the officer, and never holds up a lock.
    """

    changed = Signal()
    came = Signal(object)
    entries_done = Signal()

    def __init__(self, desk: UiDesk, *, first: int = FIRST, soonest: int = SOONEST, latest: int = LATEST) -> None:
        super().__init__(desk)
        self.desk = desk
        self._errands = Errands(self._broke, self)
        self.job: Job | None = None
        self.going: Going | None = None
        self.last: Exchange | None = None
        """The last exchange since unlocking."""
        self.trouble = ""
        """What stands in the way, in a sentence; empty when the last one went well."""
        self.away = False
        """Whether that is only that the place is not there now."""
        self._first, self._soonest, self._latest = first, soonest, latest
        self._pause, self._again = soonest, False
        self._stop = Event()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.go)
        desk.changed.connect(self._written)

    # ---- when
    def begin(self) -> None:
        """From now on, if this desk has somewhere to meet others."""
        if self.meets:
            self._timer.start(self._first)

    @property
    def meets(self) -> bool:
        """Has this desk somewhere to meet others?"""
        return bool(self.desk.desk.store.journal.sending)

    @property
    def waits(self) -> bool:
        """Is there nothing to work on yet: does it wait to be admitted, or for its first exchange?"""
        return self.meets and not self.desk.desk.landlord.id

    @property
    def running(self) -> bool:
        return self.job is not None

    def _written(self, _: object) -> None:
        """Something was written here: it leaves soon."""
        self._pause = self._soonest
        if self.meets and not self.running and not 0 <= self._timer.remainingTime() <= self._soonest:
            self._timer.start(self._soonest)

    def go(self) -> None:
        """Exchange now; asked again while it runs, once more afterwards."""
        if self.running:
            self._again = True
            return
        if not self.meets:
            return
        self._timer.stop()
        self._again, self._stop = False, Event()
        self.going = None
        work = partial(carry, self.desk.desk.store, self._stop)
        self.job = self._errands.later(work, self._done, self._broke, self._told, self)
        self.changed.emit()

    def stop(self) -> None:
        """Break off at the next object; what came stays, what waits goes on waiting."""
        self._stop.set()
        self._again = False

    def last_before_lock(self) -> None:
        """What was just written leaves, if the place was there a moment ago: waits for it at most `LAST_WAIT`."""
        if self.meets and not self.running and not self.away and self.last is not None and self._unsent():
            self.go()
            self._errands.wait(LAST_WAIT)

    def _unsent(self) -> bool:
        from asbdesk.sync.status import status

        return bool(self.desk.read(status).on_this_laptop)

    def close(self) -> bool:
        """Stop, and let go."""
        self._timer.stop()
        self._stop.set()
        return self._errands.close()

    # ---- what comes of it
    def _told(self, what: object, _: object = 0) -> None:
        if isinstance(what, Going):
            self.going = what
            self.changed.emit()
        elif what == "entries":
            self.entries_done.emit()
        elif what:
            self.came.emit(what)

    def _done(self, done: Exchange) -> None:
        self.last, self.trouble, self.away = done, done.trouble or "", done.away
        moved = bool(done.sent or done.received or done.applied)
        self._ended(moved and not done.trouble)

    def _broke(self, problem: BaseException | None) -> None:
        if isinstance(problem, UserError):
            self.trouble, self.away = str(problem), False
        elif problem is not None:
            self.trouble, self.away = PROBLEM, False
            self.desk.errands.tell(problem)  # type: ignore[arg-type]
        self._ended(False)

    def _ended(self, moved: bool) -> None:
        self.job = self.going = None
        self._pause = self._soonest if moved else min(self._latest, self._pause * 2)
        self._timer.start(0 if self._again else self._pause)
        self.changed.emit()


def carry(store: Any, stop: Event, told: Callable[[Any], object]) -> Exchange:
    """One exchange of an open store, then what is due in the cases that changed, then evidence. For a worker's thread.

    `told` hears of `Going`, of the files and kinds that changed, and of "entries" once all but evidence is done.
    """
    from asbdesk.casework import merging
    from asbdesk.sync import meeting, receive

    came: set[tuple[str, str]] = set()
    store.journal.listeners.append(came.update)

    def on(progress: Progress) -> None:
        if not stop.is_set():
            told(Going(progress.what, progress.done, progress.of, progress.bytes))

    try:
        done = meeting.meet(store, slice=receive.SMALL, progress=on, stop=stop.is_set)
        merging.catch_up(store)
        store.journal.catch_up(lambda at, of: told(Going("working_out", at, of)))
    finally:
        store.journal.listeners.remove(came.update)
    if came:
        told(frozenset(came))
    told("entries")
    if done.came_through and not stop.is_set():
        trouble, done.away = _evidence(store, stop, told)
        done.trouble = trouble or done.trouble
    return done


def _evidence(store: Any, stop: Event, told: Callable[[Any], object]) -> tuple[str | None, bool]:
    """Ours first and announced, then what is not here. Why it broke off, and whether the place is only away."""
    from asbdesk.sync import place
    from asbdesk.sync.depot import DepotAway
    from asbdesk.sync.exchange import evidence

    def on(what: str, done: int, of: int) -> None:
        if not stop.is_set():
            told(Going(what, done, of))

    try:
        evidence(store, place.open_depot(store, stop.is_set), told=on, stop=stop.is_set)
    except UserError as problem:
        return str(problem), isinstance(problem, DepotAway)
    return None, False


__all__ = ["Carrier", "Going", "carry"]
