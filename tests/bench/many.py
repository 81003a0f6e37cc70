"""What must hold however many cases there are: a new profile worked out, the list by what is due, the hate list."""

from __future__ import annotations

import itertools
import statistics
import threading
import time
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from asbdesk.casework.lists import adopt_policy
from asbdesk.model import Report
from asbdesk.model import journal as t
from asbdesk.store import vault
from asbdesk.store.catching_up import catch_up
from asbdesk.store.work import Work, action
from tests.bench.desk import CLOCK, DAY, against_driver, new_contact, some_cases
from tests.bench.make_store import PASSPHRASE, copy_of
from tests.bench.measure import Measured, milliseconds, times_floor, within

SAMPLE, PART = 400, 50
"""Cases worked out for one figure, and those between two looks at the clock."""
HATE = 0.01
"""Of the reports."""


class Enough(Exception):
    """As many as are measured."""


def many_figures(kept: Path, few: Path, scratch: Path, rounds: int) -> list[Measured]:
    """All of them, on copies of the store in `kept` and of a tenth of it in `few`."""
    store, small = _open(kept, scratch / "many"), _open(few, scratch / "few")
    try:
        figures = [list_by_due(store, rounds * 3), hate_list(store, rounds)]
        figures += new_profile(store, small)
        figures.append(beside(store, rounds * 5))
    finally:
        store.close()
        small.close()
    return figures


def _open(kept: Path, to: Path) -> vault.Store:
    return vault.unlock(copy_of(kept, to), CLOCK, passphrase=PASSPHRASE)


def list_by_due(store: vault.Store, rounds: int) -> Measured:
    """Cases open and closed by what is due, the first hundred: what is read is in order already."""
    from asbdesk.casework.cases import list_cases

    return against_driver("all cases by due", store, rounds, lambda s: list_cases(s, status="all", today=DAY))


def hate_list(store: vault.Store, rounds: int) -> Measured:
    """One report in a hundred is of hate; every line of the list is made."""
    from asbdesk.casework.hate_list import hate_incidents

    with store.reader.connect() as conn:
        some = list(conn.scalars(sa.select(Report.id).order_by(Report.id)))[:: int(1 / HATE)]
    for start in range(0, len(some), 100):
        store.do(_were_hate, some[start : start + 100])
    return against_driver("hate list", store, rounds, lambda s: hate_incidents(s, DAY))


@action("report.changed")
def _were_hate(work: Work, reports: list[str]) -> None:
    for report in reports:
        work.get(Report, report).hate = {"strands": ["race"], "by": "resident"}


def new_profile(store: vault.Store, small: vault.Store) -> list[Measured]:
    """A case's share of working out a new profile, here and in a store a tenth the size: the same is linear."""
    taken = milliseconds(lambda: _adopt(store))
    _adopt(small)
    with store.reader.connect() as conn:
        waiting = conn.scalar(sa.select(sa.func.count()).select_from(t.due_stale)) or 0
    here, there = [], []
    for _ in range(SAMPLE // PART):
        here.append(_share(store))
        there.append(_share(small))
    value = statistics.median(here)
    return [
        within("a new profile taken up", taken, "ms", 50 + waiting / 100),
        times_floor("a new profile, each case", value, "ms", statistics.median(there), 1.3),
    ]


def _adopt(store: vault.Store) -> None:
    store.do(adopt_policy, "2", "2026-01-01", {"first_contact.medium_wd": 2})


def _share(store: vault.Store) -> float:
    done = 0

    def told(now: int, of: int) -> None:
        nonlocal done
        done = now
        if now >= PART:
            raise Enough

    def work() -> None:
        with suppress(Enough):
            catch_up(store.journal, told)

    return milliseconds(work) / max(done, 1)


def beside(store: vault.Store, rounds: int) -> Measured:
    """How much longer a contact takes to record while a new profile is worked out: the worst of all but one in 20."""
    case, stop = itertools.cycle(store.ask(some_cases, 50).value), threading.Event()

    def told(done: int, of: int) -> None:
        if stop.is_set():
            raise Enough

    def work() -> None:
        with suppress(Enough):
            catch_up(store.journal, told)

    alone = [_recorded(store, next(case)) for _ in range(rounds)]
    worker = threading.Thread(target=work)
    worker.start()
    time.sleep(0.1)
    meanwhile = sorted(_recorded(store, next(case)) for _ in range(rounds))
    stop.set()
    worker.join()
    waited = meanwhile[len(meanwhile) * 19 // 20 - 1] - statistics.median(alone)
    return within("an action waits for it, 19 of 20", max(waited, 0.01), "ms", 50)


def _recorded(store: vault.Store, case: str) -> float:
    time.sleep(0.02)  # an officer pauses, if only for so long
    return milliseconds(lambda: new_contact(store.journal, case))
