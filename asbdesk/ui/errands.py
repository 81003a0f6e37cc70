"""Slow work off the UI thread, its progress and its answer back on it; dropped when whoever asked has gone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

Told = Callable[[int, int], None]
"""What running work calls with how much is done of how much. Raises `Stopped` when the officer said stop."""


class Stopped(Exception):
    """The officer said stop; the work unwinds and nobody is told of a problem."""


class Job(QObject):
    """One piece of slow work. `stop()` asks it to end at its next word of progress."""

    finished = Signal(object)
    broke = Signal(object)
    told = Signal(object, object)

    def __init__(self, fn: Callable[..., Any], wants_progress: bool) -> None:
        super().__init__()
        self._fn, self._wants_progress = fn, wants_progress
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True

    def _progress(self, done: int, of: int = 0, *_: object) -> None:
        if self.stopped:
            raise Stopped
        self.told.emit(done, of)

    def run(self) -> None:
        """In the worker's thread. Whatever happens there is carried to the UI thread, where problems become words."""
        try:
            answer = self._fn(self._progress) if self._wants_progress else self._fn()
        except Stopped:
            self.broke.emit(None)
        except BaseException as problem:  # noqa: BLE001 - handed on whole to ui.problems
            self.broke.emit(problem)
        else:
            self.finished.emit(answer)


class _Run(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self.setAutoDelete(False)  # the pool would drop it, and the job with it, in the worker's thread
        self.job = job

    def run(self) -> None:
        self.job.run()


class _Waiter(QObject):
    """Stands on the UI thread for one job: signals from the worker arrive here queued."""

    def __init__(
        self,
        job: Job,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        progress: Callable[..., object] | None,
        owner: QObject | None,
        gone: Callable[[Job], None],
    ) -> None:
        super().__init__()
        self.job, self.owner = job, owner
        self._done, self._failed, self._progress, self._gone = done, failed, progress, gone
        job.finished.connect(self.on_finished)
        job.broke.connect(self.on_broke)
        job.told.connect(self.on_told)

    def _there(self) -> bool:
        return self.owner is None or shiboken6.isValid(self.owner)

    @Slot(object)
    def on_finished(self, answer: object) -> None:
        self._gone(self.job)
        if self._there() and not self.job.stopped:
            self._done(answer)

    @Slot(object)
    def on_broke(self, problem: Exception | None) -> None:
        self._gone(self.job)
        if problem is not None and self._there() and not self.job.stopped:
            self._failed(problem)

    @Slot(object, object)
    def on_told(self, done: int, of: int) -> None:
        if self._progress is not None and self._there() and not self.job.stopped:
            self._progress(done, of)


class Errands(QObject):
    """Runs jobs, two at a time. `idle` when the last one has ended. It ends with `parent`."""

    idle = Signal()
    left_behind = False
    """Whether work of this process would not end when it was told to: it must not hold the process."""

    def __init__(self, problem: Callable[[Exception], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tell = problem
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(2)
        self._waiting: dict[Job, tuple[_Waiter, _Run]] = {}
        self._ended_lately: deque[tuple[Job, _Waiter, _Run]] = deque(maxlen=8)
        """Held a little longer, and let go on the UI thread: the worker may still be on its way out of them."""

    def later(
        self,
        fn: Callable[..., Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
        progress: Callable[..., object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run `fn()` (with `progress`: `fn(told)`) elsewhere, then `done(answer)` here, unless `owner` is gone by then.

        Without `failed`, what went wrong is said on the window.
        """
        job = Job(fn, progress is not None)
        run = _Run(job)
        self._waiting[job] = _Waiter(job, done, failed or self.tell, progress, owner, self._ended), run
        self._pool.start(run)
        return job

    def _ended(self, job: Job) -> None:
        if job in self._waiting:
            self._ended_lately.append((job, *self._waiting.pop(job)))
        if not self._waiting and shiboken6.isValid(self):
            self.idle.emit()

    @property
    def busy(self) -> bool:
        return bool(self._waiting)

    def wait(self, seconds: float) -> bool:
        """Let what runs go on, and wait so long for it; False when something still runs."""
        return self._pool.waitForDone(int(seconds * 1000))

    def close(self, wait: float = 5.0) -> bool:
        """Stop what runs and wait up to `wait` seconds for it; False when something still runs."""
        for job in list(self._waiting):
            job.stop()
        ended = self._pool.waitForDone(int(wait * 1000))
        Errands.left_behind = Errands.left_behind or not ended
        return ended
