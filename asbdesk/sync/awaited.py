"""A folder that may hang: whoever asks it waits for a while and no longer, so that a dead share holds up nobody.

A call is given up when it takes too long, or when the officer says stop. One that was only slow has done its work by
the next exchange, which finds it done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from asbdesk.store.patience import Silent, within
from asbdesk.sync.depot import Area, DepotAway, Marker, News

if TYPE_CHECKING:
    from asbdesk.sync.depot import Depot
    from asbdesk.sync.told import Stop

T = TypeVar("T")
SILENCE = 60.0
"""Seconds that one call may take."""


class Awaited:
    """A depot, as somebody sees it who cannot wait for ever. Every call may raise DepotAway besides."""

    def __init__(self, depot: Depot, stop: Stop | None = None, silence: float = SILENCE) -> None:
        self.where = depot.where
        self._depot, self._stop, self._silence = depot, stop, silence

    def marker(self) -> Marker:
        return self._ask(self._depot.marker)

    def heads(self) -> Mapping[str, Area]:
        return self._ask(self._depot.heads)

    def news(self, areas: Collection[str], cursor: str) -> News:
        return self._ask(partial(self._depot.news, areas, cursor))

    def get(self, wanted: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        return self._each(self._depot.get(wanted))

    def blocks(self, wanted: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int, bytes | None]]:
        return self._each(self._depot.blocks(wanted))

    def put(self, name: str, data: bytes) -> bytes | None:
        return self._ask(partial(self._depot.put, name, data))

    def has(self, wanted: Collection[str]) -> set[str]:
        return self._ask(partial(self._depot.has, wanted))

    def remove(self, gone: Collection[str]) -> None:
        self._ask(partial(self._depot.remove, gone))

    def _each(self, found: Iterator[T]) -> Iterator[T]:
        while (one := self._ask(partial(next, found, None))) is not None:
            yield one

    def _ask(self, call: Callable[[], T]) -> T:
        try:
            return within(self._silence, self.where, call, self._stop)
        except Silent:
            raise DepotAway(
                f"{self.where} does not answer. Is its server switched on, and is this laptop on the network? Nothing "
                "is lost: asbdesk tries again later."
            ) from None
