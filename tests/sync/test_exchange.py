"""Two and more real stores and one depot: what each wrote is everywhere, once, and what is broken stops nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from asbdesk.model import sync as q
from tests import builders
from tests.sync.memory_depot import Desk, MemoryDepot, desks, share_keys


@pytest.fixture
def two(blank_store: tuple[Path, str], tmp_path: Path) -> Iterator[list[Desk]]:
    with desks(blank_store[0], tmp_path, "head_office", "officer") as made:
        yield made
        for desk in made:
            builders.assert_whole(desk.store)


def test_what_one_wrote_the_other_has(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    case = laptop.do(builders.open_case)
    laptop.do(builders.note_contact, case, "She can talk on weekday mornings.")
    done = laptop.exchange(depot)
    assert (done.sent, done.received, done.trouble) == (2, 0, None)
    share_keys(laptop, office)
    done = office.exchange(depot)
    assert (done.received, done.applied, done.refused, done.waiting) == (2, 2, 0, 0)
    assert office.texts() == laptop.texts()
    assert office.count(q.unsent) == laptop.count(q.unsent) == 0
