"""In what order segments that came together are taken in: none before one that its author had seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from asbdesk.sync import names
from asbdesk.sync.segment import Segment

MOST_BYTES = 64 << 20
"""Bytes of segments held back at most; beyond it the earliest goes on without waiting."""


class Arrivals:
    """Holds segments back until those they name as seen have been through, as far as they are still to come.

    Nothing is held for ever: what never comes is not waited for, because a value does not depend on the order.
    """

    def __init__(self, expected: Iterable[str], accept: Callable[[str, Segment], object]) -> None:
        self._accept = accept
        self._coming: defaultdict[str, set[int]] = defaultdict(set)
        for name in expected:
            if (parts := names.read(name)) is not None:
                self._coming[parts.device].add(parts.number)
        self._held: dict[str, Segment] = {}
        self._held_for: defaultdict[str, list[str]] = defaultdict(list)
        self._bytes = 0

    def arrived(self, name: str, found: Segment | None) -> None:
        """One of the expected, proved; None when nothing can be taken in under this name."""
        if found is None:
            self._through([name])
        else:
            self._held[name] = found
            self._bytes += _size(found)
            if not self._must_wait(name):
                self._through([name])
            while self._bytes > MOST_BYTES:
                self._through([next(iter(self._held))])

    def finish(self) -> None:
        """Everything expected has been through: what is still held is taken in, in order of number."""
        for name in sorted(self._held, key=lambda n: self._held[n].header.seq):
            self._through([name])

    def _must_wait(self, name: str) -> bool:
        """Whether one that its author had seen is still to come; it is then held for that one's laptop."""
        header = self._held[name].header
        seen = {device: seq for device, (seq, _) in header.seen.items()} | {header.device: header.seq - 1}
        for device, seq in seen.items():
            if any(number <= seq for number in self._coming.get(device, ())):
                self._held_for[device].append(name)
                return True
        return False

    def _through(self, ready: list[str]) -> None:
        """Take these in, and what was held for them, and for those in turn."""
        while ready:
            name = ready.pop()
            found = self._held.pop(name, None)
            if found is not None:
                self._bytes -= _size(found)
                self._accept(name, found)
            parts = names.read(name)
            if parts is not None:
                self._coming[parts.device].discard(parts.number)
                waited = self._held_for.pop(parts.device, [])
                ready += [other for other in waited if other in self._held and not self._must_wait(other)]


def _size(found: Segment) -> int:
    return len(found.header_bytes) + sum(len(block) for block in found.blocks if block is not None)
