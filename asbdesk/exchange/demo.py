"""The practice desk that `asbdesk demo` and `asbdesk pictures` live on: a store of its own, with invented people."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from asbdesk.clock import SetClock, london_day, london_instant
from asbdesk.exchange.practice import fill_numbers, load_practice_desk
from asbdesk.store.slot import KDF_FAST

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk
    from asbdesk.clock import Clock
    from asbdesk.paths import StorePaths

LANDLORD, OFFICER = "Practice Homes", "Dami Okafor"
PASSPHRASE = "practice makes the desk"
"""Opens the practice desk; nothing in it is about anybody, so it may be printed."""


def morning(clock: Clock) -> SetClock:
    """Eleven in the morning of the latest working-week day: a visit then is neither at night nor on a Sunday."""
    day = dt.date.fromisoformat(london_day(_instant(clock)))
    day -= dt.timedelta(days=max(0, day.weekday() - 4))
    return SetClock(london_instant(day, "11:00"))


def _instant(clock: Clock) -> str:
    from asbdesk.clock import instant

    return instant(clock.now())


def new_desk(paths: StorePaths, clock: Clock) -> Desk:
    """A desk just set up, and empty. Its key costs little: nothing in it needs to be kept from anybody."""
    from asbdesk.casework.setting_up import Answers, set_up

    answers = Answers(
        landlord=LANDLORD,
        officer=OFFICER,
        homes=850,
        job="Housing officer",
        number="01632 960101",
        hours="Monday to Friday, 9 to 5",
        closed_number="01632 960999",
        second_name="Rosalind Hughes",
        second_number="01632 960102",
    )
    return set_up(paths, clock, PASSPHRASE, answers, kdf=KDF_FAST, reserve=False).desk


def practice_desk(paths: StorePaths, clock: Clock) -> Desk:
    """A desk with its numbers filled in, and every practice case."""
    desk = new_desk(paths, clock)
    fill_numbers(desk)
    load_practice_desk(desk)
    return desk
