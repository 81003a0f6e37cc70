"""The same work on many things, by as many threads as there are processors: for what waits in C most of its time.

Packing and unpacking let other threads run meanwhile; reading JSON does not, and stays where it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST = 4
"""Threads at most: more of them only wait for one another."""
WORTH = 32
"""Things for each thread, below which it is not worth starting one."""


def side_by_side(work: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """`work` of each, in their order. Whatever it raises is raised."""
    threads = min(MOST, os.cpu_count() or 1, len(things) // WORTH)
    if threads < 2:
        return [work(one) for one in things]
    size = -(-len(things) // threads)
    parts = [things[start : start + size] for start in range(0, len(things), size)]
    with ThreadPoolExecutor(threads) as crew:
        return [one for part in crew.map(lambda part: [work(one) for one in part], parts) for one in part]
