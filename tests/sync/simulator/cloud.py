"""A place to meet that misbehaves: late, lost, torn and foreign objects, breaks at any call, wiped and rolled back."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from asbdesk.sync import names
from asbdesk.sync.depot import Area, DepotAway, Marker, News, area_of
from asbdesk.sync.names import digest

LATE, DAMAGED, AWAY = 0.25, 0.15, 0.04
"""How likely an object is not seen in one exchange, is read damaged, and a call finds the place gone."""
DAMAGES: tuple[Callable[[bytes, random.Random], bytes | None], ...] = (
    lambda data, chance: data[: chance.randrange(len(data))],
    lambda data, chance: bytes(len(data)),
    lambda data, chance: b"<!DOCTYPE html><html>Sorry, something went wrong</html>",
    lambda data, chance: data + b"\r\n",
    lambda data, chance: b"",
    lambda data, chance: None,
)


class Crash(BaseException):
    """The process ended here; no code that meets exceptions may meet this one."""


@dataclass
class Points:
    """Counts what could be the last thing a process does, and ends it at one of them: at the so manieth of all where
    `until` is positive, in the middle of the so manieth object put where it is negative."""

    until: int | None = None
    passed: int = 0

    def one(self) -> None:
        """One more; raises Crash when it is the one."""
        self.passed += 1
        if self.until is not None and 0 < self.until <= self.passed:
            self.until = None
            raise Crash

    def putting(self) -> None:
        """Half of an object was written; raises Crash when it is the one."""
        if self.until is not None and self.until < 0:
            self.until += 1
            if self.until == 0:
                self.until = None
                raise Crash


@dataclass
class Cloud:
    """What is stored for everybody. `torn`: objects whose stored bytes are damaged until somebody puts them again."""

    org: str
    objects: dict[str, bytes] = field(default_factory=dict)
    torn: set[str] = field(default_factory=set)
    marked: bool = True
    ever: dict[str, bytes] = field(default_factory=dict)
    """Every object that was ever whole here."""

    def copy(self) -> Cloud:
        return Cloud(self.org, dict(self.objects), set(self.torn), self.marked, dict(self.ever))

    def state(self) -> str:
        """Changes with whatever lies here."""
        return digest("\n".join([*sorted(self.objects), "", *sorted(self.torn)]).encode())

    def wipe(self) -> None:
        """Everything is gone; somebody made the marker again."""
        self.objects.clear()
        self.torn.clear()

    def roll_back(self, then: Cloud) -> None:
        """The provider restored an older state."""
        self.objects, self.torn = dict(then.objects), set(then.torn)

    def lose(self, chance: random.Random, much: float) -> None:
        """Some objects vanish, some are torn where they lie."""
        for name in sorted(self.objects):
            dice = chance.random()
            if dice < much:
                del self.objects[name]
                self.torn.discard(name)
            elif dice < 1.5 * much:
                self.torn.add(name)


class View:
    """One device's view of the cloud in one exchange. Without `chance` it is honest."""

    where = "the simulated cloud"

    def __init__(self, cloud: Cloud, device: str, points: Points, chance: random.Random | None = None) -> None:
        self.cloud, self.device, self.points, self.chance = cloud, device, points, chance
        self.late = {n for n in sorted(cloud.objects) if chance and chance.random() < LATE}
        self.put_names: list[str] = []

    # ---- the calls of a depot
    def marker(self) -> Marker:
        self._call()
        if not self.cloud.marked:
            raise DepotAway("no marker")
        return Marker(self.cloud.org, 1, "2026-11-21T10:00:00.000Z")

    def heads(self) -> Mapping[str, Area]:
        self._call()
        areas: dict[str, list[str]] = {}
        for name in self._seen():
            areas.setdefault(name.rpartition("/")[0], []).append(name)
        return {area: area_of(held) for area, held in areas.items() if not area.startswith("blob/")}

    def news(self, areas: Collection[str], cursor: str) -> News:
        self._call()
        return News(tuple(name for name in self._seen() if name.rpartition("/")[0] in areas), "")

    def get(self, wanted: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        for name in wanted:
            self._call()
            yield name, self._read(name)

    def blocks(self, wanted: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int, bytes | None]]:
        from asbdesk.sync import segment

        for name, index in wanted:
            self._call()
            data = self.cloud.objects.get(name)
            yield name, index, segment.parse(data).blocks[index] if data and name not in self.cloud.torn else None

    def put(self, name: str, data: bytes) -> bytes | None:
        self._call()
        self._torn_put(name, data)
        self.cloud.objects[name] = self.cloud.ever[name] = data
        self.cloud.torn.discard(name)
        self.put_names.append(name)
        self._call()  # it is there, and the one who put it does not learn of it
        return None

    def has(self, wanted: Collection[str]) -> set[str]:
        self._call()
        return {name for name in wanted if name in self.cloud.objects and name not in self.cloud.torn}

    def remove(self, gone: Collection[str]) -> None:
        for name in sorted(gone):
            self._call()
            self.cloud.objects.pop(name, None)
            self.cloud.torn.discard(name)

    # ---- how it misbehaves
    def _call(self) -> None:
        self.points.one()
        if self.chance and self.chance.random() < AWAY:
            raise DepotAway("the simulated cloud is away")

    def _seen(self) -> list[str]:
        return sorted(self.cloud.objects.keys() - self.late)

    def _read(self, name: str) -> bytes | None:
        data = self.cloud.objects.get(name)
        if data is None or name in self.late or name in self.cloud.torn:
            return None
        if self.chance and self.chance.random() < DAMAGED:
            return self.chance.choice(DAMAGES)(data, self.chance)
        return data

    def _torn_put(self, name: str, data: bytes) -> None:
        """The process may end, or the stick be pulled out, with half of the object written."""
        if names.read(name) is None:
            raise AssertionError(f"not an object's name: {name}")
        before = self.cloud.objects.get(name)
        self.cloud.objects[name] = data
        self.cloud.torn.add(name)
        try:
            self.points.putting()
            self._call()
        except Crash:
            raise
        except DepotAway:
            if before is None and self.chance and self.chance.random() < 0.5:
                del self.cloud.objects[name]
                self.cloud.torn.discard(name)
            raise
