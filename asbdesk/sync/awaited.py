"""A folder that may hang: whoever asks it waits for a while and no longer, so that a dead share holds up nobody.

A network share whose server has gone keeps a program waiting inside the operating system, for hours, and nothing can
call it back from there. So each call is made in a thread of its own. It is given up when it takes too long, or when
the officer says stop; until that thread has come back, none is sent after it. A call that was only slow has done its
work by then, and the next exchange finds it done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from asbdesk.sync.depot import Area, DepotAway, Marker, News

if TYPE_CHECKING:
    from asbdesk.sync.depot import Depot
    from asbdesk.sync.told import Stop

T = TypeVar("T")
SILENCE = 60.0
"""Seconds that one call may take."""
LOOK = 0.1
"""Seconds between two looks whether the officer said stop."""
_out: dict[str, Thread] = {}
"""Whom each place has kept. It outlives a depot, which each exchange opens anew."""


class Awaited:
    """A depot, as somebody sees it who cannot wait for ever. Every call may raise DepotAway besides."""

    def __init__(self, depot: Depot, stop: Stop | None = None, silence: float = SILENCE) -> None:
        self.where = depot.where
        self._depot, self._stop, self._looks = depot, stop, round(silence / LOOK)

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
        """What the call answers. Raises what it raises, or DepotAway."""
        before = _out.get(self.where)
        if before is not None and before.is_alive():
            raise self._silent()
        answer: Future[T] = Future()
        sent = Thread(target=_bring, args=(call, answer), name="folder", daemon=True)
        sent.start()
        for _ in range(self._looks):
            sent.join(LOOK)
            if not sent.is_alive():
                return answer.result()
            if self._stop is not None and self._stop():
                break
        _out[self.where] = sent
        raise self._silent()

    def _silent(self) -> DepotAway:
        return DepotAway(
            f"{self.where} does not answer. Is its server switched on, and is this laptop on the network? Nothing is "
            "lost: asbdesk tries again later."
        )


def _bring(call: Callable[[], T], answer: Future[T]) -> None:
    try:
        answer.set_result(call())
    except BaseException as problem:  # noqa: BLE001 - raised by whoever waits for it
        answer.set_exception(problem)
