"""A desk that was set up for real: encrypted store, landlord's authority, officer's certificate."""

from __future__ import annotations

import shutil
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
from asbdesk.store.vault import unlock
from tests.builders import assert_whole

BEGINS = "2026-11-23T09:00:00.000Z"
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


@pytest.fixture(scope="session")
def set_up_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed desk: its keys and certificates are made once and copied, which is ten times as quick."""
    folder = tmp_path_factory.mktemp("made") / "desk"
    set_up(StorePaths(folder), SetClock(BEGINS), PASSPHRASE, ANSWERS, kdf=KDF_FAST, reserve=False).desk.close()
    return folder


@pytest.fixture
def desk(tmp_path: Path, set_up_once: Path, desk_clock: SetClock) -> Iterator[Desk]:
    """An open desk on Monday 23 November 2026; whole, and equal to its rebuild, when the test is over."""
    desk_clock.put(BEGINS)
    shutil.copytree(set_up_once, tmp_path / "desk")
    made = Desk(unlock(StorePaths(tmp_path / "desk"), desk_clock, passphrase=PASSPHRASE))
    try:
        yield made
        assert_whole(made.store)
    finally:
        made.close()


@pytest.fixture
def case(desk: Desk) -> str:
    """A case of violence and smashed windows, reported by Ms Begum, whose neighbour is named."""
    who = NewPerson(name="Ms Rahima Begum", phone="01632 960111", address="12 Harrow Court", postcode="ZZ1 1AA")
    told = Telling(words="He hit me on the stairs.", behaviours=("violence",), serious=("assault",))
    return str(desk.do(open_case, who, told).value)
