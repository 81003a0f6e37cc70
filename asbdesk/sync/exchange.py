"""One exchange with a place to meet: heads compared, what is new taken in, what is ours put there (SYNC.md 1.2, 2.4).

Everything in it may be broken off and done again. A depot that is away leaves all that waits waiting; one that lost
what it held is given it again; one with nothing new costs a look at its heads and nothing that grows.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from asbdesk.clock import instant
from asbdesk.errors import UserError
from asbdesk.store.erase import OpenStore
from asbdesk.store.journal import Journal
from asbdesk.sync import packs, place, publish, receive, runs
from asbdesk.sync.course import Course
from asbdesk.sync.depot import Depot, DepotAway, NotThere
from asbdesk.sync.roster import Roster
from asbdesk.sync.told import Desk, Exchange, Members, Progress, Stop, Tell

BUSY = "This desk is exchanging with the others already. Wait until that is done."


def exchange(
    desk: Desk,
    depot: Depot,
    *,
    slice: int = receive.SMALL,
    progress: Tell | None = None,
    stop: Stop | None = None,
    members: Members | None = None,
) -> Exchange:
    """Exchange once with a depot, all but evidence (`evidence`, afterwards). Raises UserError when this desk works
    by itself, exchanges already, or cannot write; a depot's own trouble is told in the result.

    `slice`: entries to a transaction (`receive.SMALL` beside a window, `receive.LARGE` alone). `stop` is asked between
    objects. `members`: enrolment and grants, this store's own unless others are given.
    """
    journal = desk.journal
    if not journal.exchanging.acquire(blocking=False):
        raise UserError(BUSY)
    try:
        run = Course(desk, depot, slice, progress or _quiet, stop or _never, members or _members(desk))
        began = instant(journal.clock.now())
        try:
            with _collecting_seldom():
                run.go()
        except (DepotAway, NotThere) as error:
            run.done.trouble, run.done.away = str(error), isinstance(error, DepotAway)
        done = run.finished()
        journal.write_local(partial(runs.note, began, instant(journal.clock.now()), depot.where, done))
        return done
    finally:
        journal.exchanging.release()


def evidence(
    desk: OpenStore, depot: Depot, *, told: Callable[[str, int, int], None] | None = None, stop: Stop | None = None
) -> None:
    """Move evidence files, after the entries: ours out and announced, others' in. May be broken off at any point.

    `told` hears `giving` or `fetching`, bytes done and bytes in all. Raises DepotAway, NotThere, UserError; what was
    moved until then stays moved.
    """
    journal = desk.journal
    if not journal.exchanging.acquire(blocking=False):
        raise UserError(BUSY)
    giving, fetching = (partial(told, what) if told else None for what in ("giving", "fetching"))
    try:
        packs.send(desk, depot, giving, stop)
        if not (stop and stop()):
            _announce(journal, depot)
        packs.fetch(desk, depot, fetching, stop)
    finally:
        journal.exchanging.release()


def _announce(journal: Journal, depot: Depot) -> None:
    """A segment that says which file lies where; in the same exchange, or the others would fetch it one later."""
    with journal.reading() as conn:
        org = place.read(conn)
        now = Roster.load(conn, org.id if org else None)
    if org is not None and now.device(journal.device) is not None and publish.stage(journal, now, org.id):
        publish.publish(journal, depot, now)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Thousands of entries are parsed and let go, none of them in a circle: looking for circles took a fifth of it."""
    before = gc.get_threshold()
    gc.set_threshold(300_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _quiet(_: Progress) -> None:
    pass


def _never() -> bool:
    return False


def _members(desk: Desk) -> Members:
    from asbdesk.store.vault import Store
    from asbdesk.sync.membership import Membership

    if not isinstance(desk, Store):
        raise TypeError("enrolment and grants need an open store")
    return Membership(desk)


__all__ = ["Desk", "Exchange", "Members", "Progress", "Stop", "Tell", "evidence", "exchange"]
