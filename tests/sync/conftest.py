"""An organisation for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from asbdesk.clock import SetClock
from tests import builders as b
from tests.sync.laptops import Three, organisation


@pytest.fixture
def three(tmp_path: Path, desk_clock: SetClock) -> Iterator[Three]:
    """Head office's laptop and two officers', all admitted; each whole when the test is over."""
    with organisation(tmp_path, desk_clock) as made:
        yield made
        for laptop in made:
            b.assert_whole(laptop.store)
