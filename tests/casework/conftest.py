"""A desk that was set up for real: encrypted store, landlord's authority, officer's certificate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from asbdesk.casework.desk import Desk
from asbdesk.casework.people import NewPerson
from asbdesk.casework.reports import Telling, open_case
from asbdesk.casework.setting_up import Answers, set_up
from asbdesk.clock import SetClock
from asbdesk.paths import StorePaths
from asbdesk.store.keys import KDF_FAST
from tests.builders import assert_whole

PASSPHRASE = "six words that nobody has guessed"
ANSWERS = Answers(
    landlord="Invented Homes",
    officer="Dami Okafor",
    homes=900,
    number="01632 960100",
    hours="Monday to Friday, 9 to 5",
    closed_number="01632 960199",
    second_name="Rosalind Hughes",
    second_number="01632 960101",
)


@pytest.fixture
def desk(tmp_path: Path, desk_clock: SetClock) -> Iterator[Desk]:
    """An open desk on Saturday 21 November 2026; whole, and equal to its rebuild, when the test is over."""
    desk_clock.put("2026-11-23T09:00:00.000Z")
    made = set_up(StorePaths(tmp_path / "desk"), desk_clock, PASSPHRASE, ANSWERS, kdf=KDF_FAST, reserve=False)
    try:
        yield made.desk
        assert_whole(made.desk.store)
    finally:
        made.desk.close()


@pytest.fixture
def case(desk: Desk) -> str:
    """A case of violence and smashed windows, reported by Ms Begum, whose neighbour is named."""
    who = NewPerson(name="Ms Rahima Begum", phone="01632 960111", address="12 Harrow Court", postcode="ZZ1 1AA")
    told = Telling(words="He hit me on the stairs.", behaviours=("violence",), serious=("assault",))
    return str(desk.do(open_case, who, told).value)
