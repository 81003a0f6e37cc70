"""What a measurement is, and how two things are timed fairly: in turn, and by the median."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Measured:
    """One figure, beside the floor that was measured in the same run where there is one."""

    name: str
    value: float
    unit: str
    floor: float | None
    goal: str
    met: bool

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    def as_dict(self) -> dict[str, Any]:
        plain = asdict(self) | {"ratio": self.ratio}
        return {name: round(x, 3) if isinstance(x, float) else x for name, x in plain.items()}


def times_floor(name: str, value: float, unit: str, floor: float, goal: float) -> Measured:
    """A figure that may be `goal` times its floor."""
    return Measured(name, value, unit, floor, f"{goal:g} x floor", value <= goal * floor)


def above_floor(name: str, value: float, unit: str, floor: float, goal: float) -> Measured:
    """A figure that may be `goal` units above its floor."""
    return Measured(name, value, unit, floor, f"floor + {goal:g} {unit}", value <= floor + goal)


def within(name: str, value: float, unit: str, goal: float) -> Measured:
    """A figure that may be `goal`; it has no floor."""
    return Measured(name, value, unit, None, f"{goal:g} {unit}", value <= goal)


Watch = Callable[[], float]
"""Seconds by the clock on the wall (`time.perf_counter`), or of this thread's processor (`time.thread_time`)."""


def milliseconds(work: Callable[[], object], watch: Watch = time.perf_counter) -> float:
    """How long `work` takes once."""
    started = watch()
    work()
    return (watch() - started) * 1000


def medians(rounds: int, *works: Callable[[], object], watch: Watch = time.perf_counter) -> list[float]:
    """Median milliseconds of each of `works`, done in turn, after one round that is not counted."""
    taken: list[list[float]] = [[] for _ in works]
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds + 1):
            for kept, work in zip(taken, works, strict=True):
                once = milliseconds(work, watch)
                if number:
                    kept.append(once)
    finally:
        gc.enable()
    return [statistics.median(kept) for kept in taken]
