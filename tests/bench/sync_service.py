"""Head office for the bench: a real PostgreSQL on the disk, the service with two workers and its hub."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.headoffice.offices import Running, free_port, set_up

WORKERS = 2


class NoService(RuntimeError):
    """It cannot run here; str() says what is missing."""


@contextlib.contextmanager
def serving(scratch: Path) -> Iterator[Running]:
    """The service as `asbdesk headoffice serve` runs it."""
    with contextlib.ExitStack() as stack:
        try:
            cluster = stack.enter_context(postgres.running(durable=True))
        except pytest.skip.Exception as missing:
            raise NoService(str(missing)) from None
        service = Running(set_up(scratch / "office", cluster.new_database(), free_port()), workers=WORKERS)
        stack.callback(service.stop)
        service.start()
        yield service


@contextlib.contextmanager
def running(scratch: Path) -> Iterator[tuple[str, str]]:
    """What the first laptop is told: the address, and the code it was made with."""
    with serving(scratch) as service:
        yield service.served.url, service.served.begun.code
