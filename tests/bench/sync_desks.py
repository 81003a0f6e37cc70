"""Two laptops of one organisation, enrolled as people do it, that meet in a folder or at a real service."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from asbdesk.clock import SystemClock
from asbdesk.model import Report
from asbdesk.store.apply import take
from asbdesk.store.incoming import sort_out
from asbdesk.store.local import wait_to_be_sent
from asbdesk.store.ticking import new_session
from asbdesk.sync import founding, meeting, place
from asbdesk.sync.depot import Depot
from asbdesk.sync.exchange import Exchange
from tests.bench.sync_entries import Writing
from tests.sync.laptops import Laptop, alone, empty, join

STEP = 5000


@dataclass
class Pair:
    """`a` writes, `b` reads all that is written: the laptops of a head office and of a manager."""

    a: Laptop
    b: Laptop
    ways: tuple[Depot, Depot]
    writing: Writing

    def write(self, texts: Iterable[str]) -> int:
        """Write entries as `a`, in large transactions; not what is measured. How many."""
        waiting = list(texts)
        for start in range(0, len(waiting), STEP):
            self._write(waiting[start : start + STEP])
        return len(waiting)

    def _write(self, texts: list[str]) -> None:
        def write(conn: sa.Connection) -> None:
            taken = take(conn, sort_out(texts).entries)
            assert taken.new == len(texts)
            wait_to_be_sent(conn, taken.last - taken.new, taken.last)

        self.a.store.journal.write_local(write)

    def meet(self, which: str) -> tuple[float, Exchange]:
        """One exchange of `a` or `b`: seconds, and what it did. Nothing may go wrong."""
        laptop, depot = (self.a, self.ways[0]) if which == "a" else (self.b, self.ways[1])
        began = time.perf_counter()
        done = meeting.meet(laptop.store, depot)
        taken = time.perf_counter() - began
        if done.trouble or done.refused or done.waiting:
            raise RuntimeError(f"{which} did not exchange well: {done}")
        return taken, done

    def catch_up(self) -> float:
        """Seconds in which `b` works out what is derived of what came: duties and lists."""
        began = time.perf_counter()
        self.b.store.journal.catch_up()
        return time.perf_counter() - began

    def arrived(self) -> int:
        """How many reports `b` has."""
        with self.b.store.reader.connect() as conn:
            return conn.scalar(sa.select(sa.func.count()).select_from(Report)) or 0


@contextlib.contextmanager
def pair(scratch: Path, where: str, code: str = "", cases: int = 1000, seed: int = 2026) -> Iterator[Pair]:
    """Two laptops that meet at `where` (a folder, or a service made with `code`) and both have so many cases."""
    clock = SystemClock()
    a, b = alone(scratch / "a", clock), empty(scratch / "b", clock)
    try:
        founding.create(a.store, where, code)
        a.meet()
        join(a, b, "Bo Manager", "manager")
        ways = place.open_depot(a.store), place.open_depot(b.store)
        made = Pair(a, b, ways, Writing(new_session(a.device, clock), a.member, seed))
        made.write(made.writing.open(cases))
        for which in ("a", "b", "a", "b", "a"):
            made.meet(which)
        yield made
    finally:
        for laptop in (a, b):
            laptop.store.close()
