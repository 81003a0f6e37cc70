"""A call that may wait inside the operating system for hours: made in a thread of its own, and waited for a while.

A network share whose server has gone keeps a program so, and nothing can call it back from there. Until the thread that
was sent to a place has come back, none is sent after it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
LOOK = 0.1
"""Seconds between two looks whether to stop."""
_out: dict[str, Thread] = {}
"""Whom each place has kept."""


class Silent(Exception):
    """No answer in time, or nobody has come back yet from the last call."""


def within(seconds: float, where: str, call: Callable[[], T], stop: Callable[[], bool] | None = None) -> T:
    """What `call` answers about a place. `stop` is asked meanwhile. Raises what the call raises, or Silent."""
    before = _out.get(where)
    if before is not None and before.is_alive():
        raise Silent(where)
    answer: Future[T] = Future()
    sent = Thread(target=_bring, args=(call, answer), name="folder", daemon=True)
    sent.start()
    for _ in range(max(1, round(seconds / LOOK))):
        sent.join(LOOK)
        if not sent.is_alive():
            return answer.result()
        if stop is not None and stop():
            break
    _out[where] = sent
    raise Silent(where)


def _bring(call: Callable[[], T], answer: Future[T]) -> None:
    try:
        answer.set_result(call())
    except BaseException as problem:  # noqa: BLE001 - raised by whoever waits for it
        answer.set_exception(problem)
