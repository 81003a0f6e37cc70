"""Derived lines that wait (a new profile, a merge, another version) are worked out beside the officer's work.

What takes the time is read and worked out on a reading connection; the lock is taken for the writing alone, and only
what was worked out from the journal as it still stands is written. Stopped at any slice, it goes on from there.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.clock import monotonic
from asbdesk.duties.policy import default
from asbdesk.model import journal as t
from asbdesk.store import derive
from asbdesk.store.apply import now

if TYPE_CHECKING:
    from asbdesk.store.journal import Journal

SLICE = 8
"""Cases worked out and written together, about 20 ms: an officer's action waits for no more than this."""
ASIDE = 0.25
"""Seconds for which it stands aside at most: an officer who never pauses does not keep it from going on."""
UNDER_LOCK = 4
"""Cases worked out under the lock where somebody keeps writing meanwhile: so few that it still ends."""
TURN = 0.0005
"""Seconds after which a thread that works lets the window's have its turn: Python's own are ten times as long, and an
action asks for its turn some sixty times."""

Told = Callable[[int, int], None]
_NEXT = sa.select(t.due_stale.c.case).order_by(t.due_stale.c.case)


def catch_up(journal: Journal, told: Told | None = None, most: int = SLICE) -> int:
    """Work out the lines of all cases that wait, `most` at a time; how many there were.

    `told(done, of)` is called after each slice; whatever it raises ends the work, and the rest waits on.
    """
    default()  # read before anything waits for it
    done = 0
    with journal.reading() as conn:
        waiting = conn.scalar(sa.select(sa.func.count()).select_from(t.due_stale)) or 0
    with _short_turns():
        while part := _slice(journal, most):
            done += part
            if told:
                told(done, max(done, waiting))
    return done


def _slice(journal: Journal, most: int) -> int:
    _stand_aside(journal)
    with journal.reading() as conn:
        as_of, cases = now(conn), list(conn.scalars(_NEXT.limit(most)))
        lines = derive.worked_out(conn, cases) if cases else None
    return journal.write_local(partial(_put, as_of, cases, lines)) if lines else 0


def _put(as_of: int, cases: list[str], lines: derive.Lines, conn: sa.Connection) -> int:
    if now(conn) == as_of:
        derive.put(conn, cases, lines)
        return len(cases)
    again = list(conn.scalars(_NEXT.limit(UNDER_LOCK)))
    derive.refresh_cases(conn, again)
    return len(again)


def _stand_aside(journal: Journal) -> None:
    until = monotonic() + ASIDE
    while journal.acting.others() and monotonic() < until:
        time.sleep(0.002)


@contextmanager
def _short_turns() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(min(usual, TURN))
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
