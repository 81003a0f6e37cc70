"""How large and how many: what one laptop may send, said in plain words where it is too much."""

from __future__ import annotations

from dataclasses import dataclass, field

from asbdesk.clock import monotonic

LARGEST = {
    "dev": 64 << 20,
    "blob": 9 << 20,
    "keys": 16 << 20,
    "roster": 1 << 20,
    "join": 64 << 10,
}
"""Bytes of one object, by kind: what a laptop makes stays far below."""
LARGEST_QUESTION = 4 << 20
"""Bytes of a list of names."""
STRANGERS_QUESTION, FOUNDING_QUESTION = 16 << 10, 2 << 20
"""Bytes of a request to be let in; of one that founds an organisation, with its whole roster: nobody is known yet."""
MOST_NAMES = 20_000
"""Names in one question."""
MOST_JOINING = 200
"""Requests to join that wait for an answer; whoever is asked to approve them could not look at more."""
IN_MEMORY = 96 << 20
"""Bytes of uploads that one worker holds at a time; the next one waits."""


class TooMuch(Exception):
    """More than is taken. `sentence` is for the officer; `seconds`: when to try again, 0 for never."""

    def __init__(self, sentence: str, seconds: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.seconds = seconds


@dataclass(frozen=True)
class Rate:
    """So many at once, and so many a second after that. `what`: how it is called to the officer."""

    what: str
    burst: float
    each_second: float


REQUESTS = Rate("asks more often", 4_000, 100)
UPLOADS = Rate("sends more", 1 << 30, 32 << 20)
STRANGERS = Rate("asks more often", 2_000, 20)
"""Of one network address, before it is known who asks: an office's laptops share one."""
JOINING = Rate("asks to join more often", 30, 1 / 60)


@dataclass
class Rates:
    """What is left to each one, by one worker's own count. Who has not been here lately costs nothing."""

    rate: Rate
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)
    _swept: float = 0.0

    def take(self, who: str, amount: float = 1.0) -> None:
        """Count `amount` against `who`. Raises TooMuch when there is nothing left; what is large is let through once
        the rest has filled up, so that it cannot starve."""
        now = monotonic()
        left, at = self._left.get(who, (self.rate.burst, now))
        left = min(self.rate.burst, left + (now - at) * self.rate.each_second)
        needed = min(amount, self.rate.burst)
        if left < needed:
            self._left[who] = (left, now)
            seconds = int((needed - left) / self.rate.each_second) + 1
            raise TooMuch(
                f"This laptop {self.rate.what} than head office takes from one laptop. Nothing is lost: "
                f"it goes on by itself in {seconds} seconds.",
                seconds,
            )
        self._left[who] = (left - amount, now)
        self._sweep(now)

    def _sweep(self, now: float) -> None:
        full = self.rate.burst / self.rate.each_second
        if now - self._swept < full:
            return
        self._swept = now
        self._left = {who: held for who, held in self._left.items() if now - held[1] < full}


def too_large(kind: str, size: int) -> None:
    """Raise TooMuch for an object that is larger than any of its kind."""
    most = LARGEST[kind]
    if size > most:
        raise TooMuch(
            f"This is {size / (1 << 20):.1f} MiB; head office takes at most {most / (1 << 20):g} MiB in one piece. "
            "It stays on this laptop: tell whoever looks after asbdesk."
        )
