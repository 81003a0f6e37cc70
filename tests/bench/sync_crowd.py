"""Many laptops with a day's entries each, all at once, against one service with two workers over PostgreSQL.

Their blocks are random bytes of the size that entries have: it is the service that is measured, not the laptops.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from tests.bench.measure import Measured, within
from tests.bench.sync_service import serving
from tests.headoffice import crowd
from tests.headoffice.offices import Organisation

ROUNDS, ENTRIES = 8, 300
GROWTH = 32
"""MiB that the workers may grow by from the third round to the last, each of which brings as much again."""


def figures(laptops: int) -> list[Measured]:
    """Errors, seconds and memory of several rounds."""
    with tempfile.TemporaryDirectory(prefix="asbdesk-bench-") as name, serving(Path(name)) as running:
        org = Organisation()
        org.found_at(running.served.url, running.served.begun.code)
        told = crowd.rounds(org, running, crowd.gather(org, running, laptops), ROUNDS, ENTRIES)
        org.close()
    grown = (told.rounds[-1].memory - told.rounds[2].memory) / (1 << 20)
    what = f"{laptops} laptops x {ENTRIES} entries"
    each = statistics.median(one.seconds for one in told.rounds)
    return [
        within(f"{what}: errors in {ROUNDS} rounds", len(told.errors), "errors", 0),
        Measured(f"{what}: until all had sent and fetched", each, "s", None, "-", True),
        Measured(f"{what}: the slowest laptop", told.slowest, "s", None, "-", True),
        within(f"{what}: memory gained by two workers", grown, "MiB", GROWTH),
    ]
