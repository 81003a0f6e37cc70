"""An organisation, or two desks, for each test that asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from asbdesk.clock import SetClock
from tests import builders as b
from tests.sync.laptops import Three, organisation
from tests.sync.memory_depot import Desk, desks


@pytest.fixture
def three(tmp_path: Path, desk_clock: SetClock) -> Iterator[Three]:
    """Head office's laptop and two officers', all admitted; each whole when the test is over."""
    with organisation(tmp_path, desk_clock) as made:
        yield made
        for laptop in made:
            b.assert_whole(laptop.store)


@pytest.fixture
def two(blank_store: tuple[Path, str], tmp_path: Path) -> Iterator[list[Desk]]:
    """Head office's desk and an officer's, by themselves: keys and a place to meet are given by hand."""
    with desks(blank_store[0], tmp_path, "head_office", "officer") as made:
        yield made
        for desk in made:
            b.assert_whole(desk.store)
