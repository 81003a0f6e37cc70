"""A process that writes and exchanges over a folder until it is killed, saying each entry that was acknowledged."""

from __future__ import annotations

from pathlib import Path

from asbdesk.clock import SetClock, SystemClock
from asbdesk.model import Promise
from asbdesk.sync.exchange import exchange
from asbdesk.sync.folder import FolderDepot
from tests.sync.simulator.laptop import Laptop, put

__all__ = ["work"]


def work(folder: str, key: bytes, shared: str, said: str) -> None:
    """Never returns."""
    laptop = Laptop(Path(folder), key, SetClock(SystemClock().now()))
    depot = FolderDepot(Path(shared), laptop.device)
    i = 0
    with Path(said).open("a", encoding="ascii") as out:
        while True:
            i += 1
            laptop.clock.pass_time(seconds=1)
            record = f"{laptop.device[0]}{i % 7}"
            act = laptop.store.do(put, Promise, record, "case/1", "what", f"{laptop.store.journal.session} {i}").act
            print("entry", act, file=out, flush=True)
            if i % 3 == 0:
                done = exchange(laptop.store, depot, slice=1000)
                print("exchange", done.trouble, file=out, flush=True)
