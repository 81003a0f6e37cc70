"""Time stamps put on sealed papers beside the officer's work, and seals kept good: after unlocking, after an exchange,
after something was sealed, now and then while something waits."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from asbdesk.ui.errands import Errands, Job

if TYPE_CHECKING:
    from collections.abc import Callable

    from asbdesk.casework.desk import Desk
    from asbdesk.casework.raising import Raised
    from asbdesk.ui.desk import UiDesk

FIRST, SOON, AGAIN = 4_000, 20_000, 600_000
"""Milliseconds: from unlocking; from what was written here or came; between two tries while something waits."""


class Raiser(QObject):
    """`changed` when it began, got on or ended; `came` with the files and kinds that it wrote.

    It runs in a thread of its own and never holds up a lock. Where the landlord asks nobody for the time it only looks
    after the certificates, and touches no network.
    """

    changed = Signal()
    came = Signal(object)

    def __init__(self, desk: UiDesk, *, first: int = FIRST, soon: int = SOON, again: int = AGAIN) -> None:
        super().__init__(desk)
        self.desk = desk
        self._errands = Errands(self._broke, self)
        self.job: Job | None = None
        self.going = (0, 0)
        """How many papers are raised of how many, while it runs."""
        self.last: Raised | None = None
        """What came of the last run since unlocking."""
        self._first, self._soon, self._again = first, soon, again
        self._stop = Event()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.go)

    def begin(self) -> None:
        """From now on."""
        self._timer.start(self._first)
        self.desk.changed.connect(self.soon)
        self.desk.carrier.entries_done.connect(self.soon)

    def soon(self, _: object = None) -> None:
        """Look again before long."""
        if not self.running and not 0 <= self._timer.remainingTime() <= self._soon:
            self._timer.start(self._soon)

    @property
    def running(self) -> bool:
        return self.job is not None

    def go(self) -> None:
        """Look now."""
        if self.running:
            return
        self._timer.stop()
        self._stop = Event()
        self.going = (0, 0)
        desk, stop = self.desk.desk, self._stop
        self.job = self._errands.later(lambda told: care(desk, stop, told), self._done, self._broke, self._told, self)
        self.changed.emit()

    def close(self) -> bool:
        """Stop after the paper at hand, and let go."""
        self._timer.stop()
        self._stop.set()
        return self._errands.close()

    def _told(self, done: Any, of: Any = 0) -> None:
        if isinstance(done, frozenset):
            self.came.emit(done)
            return
        self.going = (done, of)
        self.changed.emit()

    def _done(self, raised: Raised) -> None:
        self.last, self.job = raised, None
        if raised.waiting:
            self._timer.start(self._again)
        self.changed.emit()

    def _broke(self, problem: Exception | None) -> None:
        self.job = None
        if problem is not None:
            self.desk.errands.tell(problem)
        self._timer.start(self._again)
        self.changed.emit()


def care(desk: Desk, stop: Event, told: Callable[..., object]) -> Raised:
    """One run: certificates and the file to check seals with, then what waits for a time stamp. For a worker's thread.

    `told` hears how many are done of how many, and at the end of the files and kinds that were written.
    """
    from asbdesk.casework.raising import raise_due
    from asbdesk.sync.seal_care import keep_up

    wrote: set[tuple[str, str]] = set()
    listeners = desk.store.journal.listeners
    listeners.append(wrote.update)
    try:
        keep_up(desk.store)
        done = raise_due(desk, told, stop.is_set)
    finally:
        listeners.remove(wrote.update)
    if wrote:
        told(frozenset(wrote))
    return done
