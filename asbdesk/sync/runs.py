"""What was exchanged when: a line each, and one for many in which nothing was new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.model import sync as q

if TYPE_CHECKING:
    from asbdesk.sync.exchange import Exchange

MOST = 1000
"""Lines kept."""
COUNTED = ("sent", "received", "applied", "waiting", "refused", "conflicts", "bytes_out", "bytes_in")
_r = q.sync_run.c


def note(began: str, ended: str, where: str, done: Exchange, conn: sa.Connection) -> None:
    """Write the line of an exchange; one that did nothing, like the one before it, only moves that one's end."""
    counts = {name: getattr(done, name) for name in COUNTED}
    last = conn.execute(sa.select(q.sync_run).order_by(_r.n.desc()).limit(1)).mappings().first()
    same = last is not None and (last["place"], last["trouble"]) == (where, done.trouble)
    if last is not None and same and not any(counts.values()) and not any(last[name] for name in COUNTED):
        conn.execute(q.sync_run.update().where(_r.n == last["n"]).values(ended=ended))
        return
    n = last["n"] + 1 if last is not None else 1
    line = {"n": n, "began": began, "ended": ended, "place": where, "trouble": done.trouble, **counts}
    conn.execute(q.sync_run.insert(), [line])
    conn.execute(q.sync_run.delete().where(_r.n <= n - MOST))
