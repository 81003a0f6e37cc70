"""How long the window is held up: the longest turn of its event loop while a step is done.

Processor time of the UI thread is what counts, the least of a few goes, beside a piece of work that is always the
same: a busy machine does not fail it. Wall time is kept beside it, and said when something is over.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

LIMIT = 50
"""Milliseconds of the UI thread's processor in one turn of the event loop."""
GOES = 6
"""How often a step is tried before it counts as slow."""
PACE = 0.95
"""Milliseconds that `pace` takes on the machine that the limit is meant for: what is measured is counted in it, so
that a slower machine, or one that is shared, fails nothing."""


@dataclass
class Watchdog:
    """Runs a step as the event loop does, turn by turn, and keeps the longest turn: processor and wall time, in ms."""

    held: dict[str, tuple[float, float]] = field(default_factory=dict)
    idle: Callable[[], bool] = lambda: True

    def __call__(self, name: str, act: Callable[[], object], back: Callable[[], object] = lambda: None) -> None:
        """`back` brings things to where they were: it is watched too, under its own name."""
        for _ in range(GOES):
            self.once(name, act)
            self.once(f"{name}, back", back)
            if max(self.held[name][0], self.held[f"{name}, back"][0]) <= LIMIT:
                break

    def once(self, name: str, act: Callable[[], object], seconds: float | None = None) -> None:
        """One go: until all is quiet, or for so many seconds."""
        began, found, quiet = time.monotonic(), [timed(act)], 0
        while (quiet < 3) if seconds is None else (time.monotonic() - began < seconds):
            found.append(timed(turn))
            quiet = quiet + 1 if found[-1][0] < 0.5 and self.idle() else 0
            if quiet or not self.idle():
                time.sleep(0.001)
        cpu, wall = max(found)
        told = cpu * PACE / pace(), wall
        self.held[name] = min(self.held.get(name, told), told)

    def slow(self) -> dict[str, str]:
        """What took too long, and how long by the clock on the wall."""
        found = ((name, cpu, wall) for name, (cpu, wall) in self.held.items() if cpu > LIMIT)
        return {name: f"{cpu:.0f} ms, {wall:.0f} by the wall" for name, cpu, wall in found}


def pace() -> float:
    """Processor time, in ms, of a small piece of work that is always the same: more where others use the caches."""
    began = time.thread_time()
    sum(at * at for at in range(30_000))
    return (time.thread_time() - began) * 1000


def turn() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def timed(act: Callable[[], object]) -> tuple[float, float]:
    cpu, wall = time.thread_time(), time.perf_counter()
    act()
    return (time.thread_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000
