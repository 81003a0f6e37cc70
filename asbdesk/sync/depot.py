"""What every place to meet can do; a new kind of place is one file with these few functions (see `folder`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from asbdesk.errors import UserError
from asbdesk.sync import names


class DepotAway(UserError):
    """The place to meet is not there now: no connection, an unplugged stick, a folder not mounted. Try later."""


class NotThere(UserError):
    """The place is there, and it is not this organisation's, or cannot be used: its sentence says what to do."""


class NotTaken(NotThere):
    """This one object is not taken; its sentence says why. Others may go."""


@dataclass(frozen=True)
class Marker:
    """What a depot says of itself; it never changes. `org`: 32 hex digits; `format`: 1."""

    org: str
    format: int
    created: str


@dataclass(frozen=True)
class Area:
    """What a depot holds in one area: how many objects, and the XOR of the first 16 hex digits of their hashes.

    Equal digests: nothing to fetch there and nothing to send again. Order does not matter.
    """

    count: int
    digest: str


def area_of(held: Iterable[str]) -> Area:
    """The `Area` of these names."""
    hashes = [found for name in held if (found := names.hash_in(name))]
    mixed = 0
    for found in hashes:
        mixed ^= int(found[:16], 16)
    return Area(len(hashes), f"{mixed:016x}")


@dataclass(frozen=True)
class News:
    """Names that may be new, and where to go on from the next time."""

    names: tuple[str, ...]
    cursor: str


class Depot(Protocol):
    """A place to meet. Every call may raise DepotAway or NotThere, and may be repeated without harm.

    A name that a depot does not hold, or holds in part, is no error: `get` answers None for it and it is tried again.
    """

    where: str
    """The folder or address, for the officer."""

    def marker(self) -> Marker:
        """Read what the depot is. First call of every exchange."""

    def heads(self) -> Mapping[str, Area]:
        """What is held in each area but packs: `roster`, `join`, `dev/<device>` and `keys/<device>` of everybody."""

    def news(self, areas: Collection[str], cursor: str) -> News:
        """Names in these areas: all of them, or those since `cursor` (empty: all). A cursor is only a speed-up."""

    def get(self, wanted: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Objects by name, in this order. Head office leaves out blocks it may not give: a `thin` segment."""

    def blocks(self, wanted: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int, bytes | None]]:
        """Single blocks `(segment's name, index)`: what was kept back and may be had since a key came."""

    def put(self, name: str, data: bytes) -> bytes | None:
        """Store an object and see that it is there whole. Head office answers with its signed receipt."""

    def has(self, wanted: Collection[str]) -> set[str]:
        """Which of these are held whole: packs, before they are sent."""

    def remove(self, gone: Collection[str]) -> None:
        """Take away objects that are no longer needed: older bundles of keys, requests that were answered."""
