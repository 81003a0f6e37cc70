"""Many laptops at once: no error, and memory that does not grow with what was sent."""

from __future__ import annotations

from tests.headoffice import crowd
from tests.headoffice.offices import Organisation, Running

MIB = 1 << 20


def test_a_crowd_is_served_without_an_error(running: Running, long: bool) -> None:
    count, times = (100, 12) if long else (25, 4)
    org = Organisation()
    org.found_at(running.served.url, running.served.begun.code)
    told = crowd.rounds(org, running, crowd.gather(org, running, count), times)
    org.close()
    assert told.errors == []
    first, last = told.rounds[1].memory, told.rounds[-1].memory
    print(f"{count} laptops, {times} rounds: slowest {told.slowest:.1f} s, workers {first // MIB} → {last // MIB} MiB")
    assert last - first < 96 * MIB
