"""A service for each test, over a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.headoffice.offices import Organisation, Running, Served, free_port, in_a_thread, set_up


@pytest.fixture
def begun(tmp_path: Path, database: str) -> Served:
    """A service made and not yet founded."""
    return set_up(tmp_path / "office", database, free_port())


@pytest.fixture
def served(begun: Served) -> Iterator[Served]:
    """A service that answers; nobody has founded it."""
    with in_a_thread(begun):
        yield begun


@pytest.fixture
def org(served: Served) -> Iterator[Organisation]:
    """An organisation that meets there, with head office's first laptop."""
    made = Organisation()
    made.found_at(served.url, served.begun.code)
    yield made
    made.close()


@pytest.fixture
def running(begun: Served) -> Iterator[Running]:
    """The service as processes of their own: two workers and a hub."""
    made = Running(begun)
    made.start()
    yield made
    made.stop()
