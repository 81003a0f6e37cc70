"""Wrong tries at the lock slow down, and never wipe or lock out: a count and an instant beside the store."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import math
from pathlib import Path

from asbdesk.clock import Clock, instant, parse_instant
from asbdesk.errors import UserError
from asbdesk.store import disk

FREE = 3  # wrong tries without any wait
LONGEST = 60  # seconds
_MOST = 1_000_000


class TooSoon(UserError):
    """A try within the wait. `seconds` is what is left of it, so that a screen can count down."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Several tries were wrong. Wait {seconds} seconds, then try again. Nothing has been lost.")
        self.seconds = seconds


class Tries:
    """The wrong tries since the last right one: they hold up someone at the keyboard. A thief has Argon2id to wait for.

    A file that is missing, broken or cannot be written counts from what this process knows: it must never lock out.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path, self._clock = path, clock
        self.count, self._at = _read(path)

    def wait(self) -> int:
        """Whole seconds until the next try is taken: 0, or 2, 4, 8 … 60 from the fourth wrong try on.

        After a clock was set back the wait counts from now, so that it never lasts longer than itself.
        """
        if self.count <= FREE or self._at is None:
            return 0
        whole = min(LONGEST, 1 << min(self.count - FREE, 10))
        now = self._clock.now()
        if now < self._at:
            self._put(self.count, now)
            return whole
        left = whole - (now - self._at).total_seconds()
        return max(0, math.ceil(left))

    def check(self) -> None:
        """Raises TooSoon while the wait lasts."""
        if seconds := self.wait():
            raise TooSoon(seconds)

    def wrong(self) -> int:
        """Count a wrong try; the seconds to wait before the next."""
        self._put(min(self.count + 1, _MOST), self._clock.now())
        return self.wait()

    def right(self) -> None:
        """Forget the wrong tries."""
        self.count, self._at = 0, None
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _put(self, count: int, at: dt.datetime) -> None:
        self.count, self._at = count, at
        with contextlib.suppress(UserError):
            disk.write_whole(self.path, json.dumps({"wrong": count, "at": instant(at)}).encode(), "count a wrong try")


def _read(path: Path) -> tuple[int, dt.datetime | None]:
    try:
        told = json.loads(path.read_bytes())
        count, at = told["wrong"], parse_instant(told["at"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return 0, None
    return (min(count, _MOST), at) if type(count) is int and count > 0 else (0, None)
