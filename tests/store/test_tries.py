"""Wrong tries: they slow down, outlive a restart, and end whatever the clock or the file does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asbdesk.clock import SetClock
from asbdesk.store.tries import TooSoon, Tries

START = "2026-11-21T10:00:00.000Z"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(START)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tries.json"


def test_the_wait_doubles_from_the_fourth_wrong_try_up_to_a_minute(path: Path, clock: SetClock) -> None:
    tries = Tries(path, clock)
    assert [tries.wrong() for _ in range(12)] == [0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60, 60]


def test_a_try_within_the_wait_says_how_long(path: Path, clock: SetClock) -> None:
    tries = Tries(path, clock)
    for _ in range(6):
        tries.wrong()
    clock.pass_time(seconds=2.5)
    with pytest.raises(TooSoon, match="Wait 6 seconds") as soon:
        tries.check()
    assert soon.value.seconds == 6
    clock.pass_time(seconds=5.5)
    tries.check()


def test_the_count_outlives_a_restart_and_holds_nothing_else(path: Path, clock: SetClock) -> None:
    tries = Tries(path, clock)
    for _ in range(5):
        tries.wrong()
    assert Tries(path, clock).wait() == 4
    assert json.loads(path.read_bytes()) == {"wrong": 5, "at": START}


def test_the_right_one_forgets_them(path: Path, clock: SetClock) -> None:
    tries = Tries(path, clock)
    for _ in range(9):
        tries.wrong()
    tries.right()
    assert tries.wait() == 0 and Tries(path, clock).count == 0 and not path.exists()


def test_a_clock_set_back_ten_years_makes_nobody_wait_longer_than_the_wait(path: Path, clock: SetClock) -> None:
    tries = Tries(path, clock)
    for _ in range(20):
        tries.wrong()
    clock.pass_time(days=-3650)
    again = Tries(path, clock)
    assert again.wait() == 60
    clock.pass_time(seconds=30)
    assert again.wait() == Tries(path, clock).wait() == 30
    clock.pass_time(seconds=31)
    assert again.wait() == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"wrong": -3, "at": "x"}', '{"wrong": "9", "at": null}', "[" * 5000])
def test_a_broken_file_locks_nobody_out(path: Path, clock: SetClock, text: str) -> None:
    path.write_text(text)
    tries = Tries(path, clock)
    assert tries.wait() == 0
    assert [tries.wrong() for _ in range(4)][-1] == 2


def test_a_folder_that_cannot_be_written_still_counts_here(tmp_path: Path, clock: SetClock) -> None:
    tries = Tries(tmp_path / "gone" / "tries.json", clock)
    assert [tries.wrong() for _ in range(4)][-1] == 2
    tries.right()
    assert tries.wait() == 0
