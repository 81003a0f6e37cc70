"""The journal's own clock: stamps that never go back, and doubt about a laptop clock that cannot be right.

A doubted clock stops nothing. Its entries say `"clock":"suspect"`, their stamps go on from the last one, and the
officer is told in a sentence; merging does not depend on the time (it only breaks ties).
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa

from asbdesk.clock import Clock, instant, long_day, short_moment, today
from asbdesk.model import journal as t
from asbdesk.store.noted import note, noted

SLACK_MS = 5 * 60_000
"""How far the newest entry may be ahead of this clock: two laptops are never quite together."""
PEER_MS = 10 * 60_000
"""How far a colleague's stamp may move ours ahead of our own clock (SYNC.md 2.9)."""
LEAP_MS = 24 * 3_600_000
"""How far the clock may leap ahead while the desk is open."""
GAP_MS = 366 * 24 * 3_600_000
"""How far ahead of everything written here it may stand: a desk may be left alone for a year."""
LOOK_BACK = 1000
"""How many of the last entries are looked at for the newest stamp."""
TRUSTED = "clock_trusted"
"""The local setting `n:ms:stamp`: at entry `n` the officer said that the clock is right; it was `ms`, and our last
stamp was of the moment `stamp`, which later stamps may have to follow until the clock has passed it."""


class Ticker:
    """Stamps for one unlock: 48 bits of milliseconds and a 16-bit counter, as 16 hex digits."""

    def __init__(self, conn: sa.Connection, clock: Clock, device: str) -> None:
        self.clock = clock
        self.last = _last_own(conn, device)
        self.newest = newest(conn)
        """Milliseconds of the newest stamp known."""
        self._begun = self._ms(), self._steady()

    def _ms(self) -> int:
        return int(self.clock.now().timestamp() * 1000)

    def _steady(self) -> float | None:
        steady = getattr(self.clock, "steady", None)
        return float(steady()) if steady else None

    def tick(self) -> tuple[str, bool]:
        """The next stamp, and whether the clock is doubted."""
        doubted = self.doubt() is not None
        self.last += 1
        if not doubted:
            wall = self._ms()
            self.last = max(self.last, wall << 16, (min(self.newest, wall + PEER_MS) << 16) + 1)
            self.newest = max(self.newest, wall)
        return f"{self.last:016x}", doubted

    def met(self, hlc: str) -> None:
        """A colleague's stamp was taken in."""
        self.newest = max(self.newest, int(hlc, 16) >> 16)

    def doubt(self) -> str | None:
        """`behind` or `ahead`, or None."""
        ms, steady = self._ms(), self._steady()
        if self.newest and ms < self.newest - SLACK_MS:
            return "behind"
        leap = ms - self._begun[0] - (steady - (self._begun[1] or 0)) * 1000 if steady is not None else 0
        if leap > LEAP_MS or (self.newest and ms > self.newest + GAP_MS):
            return "ahead"
        return None

    def note(self) -> str | None:
        """What to tell the officer about the clock, or None."""
        doubt = self.doubt()
        if doubt is None:
            return None
        now = f"{long_day(today(self.clock))}, {short_moment(instant(self.clock.now()))[-5:]}"
        why = (
            "but something was written here later than that"
            if doubt == "behind"
            else "which is a long way after the last thing written here"
        )
        return (
            f"This laptop's clock says {now}, {why}. You can carry on: nothing is lost, and what you write is marked "
            "“clock in doubt”. Please set the clock right, or say that it is right."
        )

    def trust(self, conn: sa.Connection) -> None:
        """The officer says the clock is right: what was stamped before no longer counts against it."""
        last = conn.scalar(sa.select(sa.func.max(t.entry.c.n))) or 0
        note({TRUSTED: f"{last}:{self._ms()}:{self.last >> 16}"}, conn)
        self.newest = self._ms()
        self._begun = self._ms(), self._steady()


def newest(conn: sa.Connection) -> int:
    """Milliseconds of the newest stamp among the last entries, since the officer last vouched for the clock."""
    held = noted(conn, TRUSTED)
    since, vouched, behind = map(int, held.split(":")) if held else (0, 0, 0)
    last = conn.scalar(sa.select(sa.func.max(t.entry.c.n))) or 0
    after = max(since, last - LOOK_BACK)
    hlc = conn.scalar(sa.select(sa.func.max(t.entry.c.hlc)).where(t.entry.c.n > after))
    ms = int(hlc, 16) >> 16 if hlc else 0
    return max(vouched, ms if ms > behind + SLACK_MS else 0)


def _last_own(conn: sa.Connection, device: str) -> int:
    """This laptop's own last stamp: that of the last entry of its last unlock."""
    last = sa.select(sa.func.max(t.session.c.n)).where(t.session.c.device == device).scalar_subquery()
    hlc = conn.scalar(sa.select(sa.func.max(t.entry.c.hlc)).where(t.entry.c.session == last))
    return int(hlc, 16) if hlc else 0


def new_device() -> str:
    """A device's name: 16 random characters of base 32."""
    return "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(16))


def new_session(device: str, clock: Clock) -> str:
    """The name of one unlock: unique even if the clock was set back or the store copied."""
    ms = max(0, int(clock.now().timestamp() * 1000))
    return f"{device}.{ms & (2**48 - 1):012x}{secrets.token_hex(3)}"
