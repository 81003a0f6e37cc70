"""A crowd: many laptops at once against one running service, round after round; how long, and what memory it took."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import psutil

from asbdesk.errors import UserError
from asbdesk.sync import service
from tests.headoffice.offices import Laptop, Organisation, Running, name_of

ENTRY = 180
"""Sealed bytes of an entry, as measured in segments of a day's work."""


@dataclass
class Round:
    """`seconds`: until everybody had sent and fetched; `memory`: bytes of the workers together afterwards."""

    seconds: float
    memory: int


@dataclass
class Told:
    """What came of it. `slowest`: seconds of one laptop's exchange."""

    rounds: list[Round] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    slowest: float = 0.0


def gather(org: Organisation, running: Running, count: int) -> list[Laptop]:
    """So many officers, enrolled at the service."""
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    laptops = []
    for n in range(count):
        laptop = Laptop("b" * 13 + letters[n // 1024] + letters[n // 32 % 32] + letters[n % 32], f"m-{n}", "officer")
        laptops.append(org.enrol(laptop, letter="".join(chr(65 + digit) for digit in (n // 676, n // 26 % 26, n % 26))))
    depot = org.depot(running.served.url, org.first)
    for line in org.lines[2:]:
        depot.put(name_of(line), line)
    return laptops


def rounds(org: Organisation, running: Running, laptops: Sequence[Laptop], times: int, entries: int = 300) -> Told:
    """Everybody exchanges at once, `times` over: a day's entries each time, in twenty cases."""
    told = Told()
    depots = [org.depot(running.served.url, laptop) for laptop in laptops]
    cursors = [""] * len(laptops)
    for _ in range(times):
        begun = time.monotonic()
        threads = [
            threading.Thread(target=_exchange, args=(org, laptops[n], depots[n], cursors, n, entries, told))
            for n in range(len(laptops))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        told.rounds.append(Round(time.monotonic() - begun, memory(running)))
    return told


def _exchange(
    org: Organisation, me: Laptop, depot: service.ServiceDepot, cursors: list[str], n: int, entries: int, told: Told
) -> None:
    begun = time.monotonic()
    try:
        depot.marker()
        areas = [area for area in depot.heads() if area.startswith("dev/")]
        news = depot.news(areas, cursors[n])
        for _ in depot.get([name for name in news.names if f"/{me.device}/" not in name]):
            pass
        cursors[n] = news.cursor
        each = entries // 20 * ENTRY
        blocks = [(f"{n:04x}{case:028x}", random.randbytes(each)) for case in range(20)]
        depot.put(*me.segment(org.id, blocks))
    except UserError as error:
        told.errors.append(f"{type(error).__name__}: {error}")
    told.slowest = max(told.slowest, time.monotonic() - begun)


def memory(running: Running) -> int:
    """Bytes that the service's workers hold (not the hub, which takes in what has come)."""
    held = 0
    for one in running.family():
        try:
            if "--multiprocessing-fork" in one.cmdline() or "spawn_main" in " ".join(one.cmdline()):
                held += one.memory_info().rss
        except psutil.Error:
            continue
    return held
