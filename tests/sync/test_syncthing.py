"""A folder that a real Syncthing copies between two machines: late, in any order, with its conflict copies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from asbdesk.clock import SetClock
from asbdesk.model import Promise
from asbdesk.model import sync as q
from asbdesk.sync import folder, names
from asbdesk.sync.depot import DepotAway
from asbdesk.sync.exchange import exchange
from asbdesk.sync.folder import FolderDepot
from tests.conftest import BEGUN
from tests.sync.simulator.laptop import put
from tests.sync.simulator.world import KHAN, OFFICE, world
from tests.sync.syncthing_pair import Side, pair, until

pytestmark = pytest.mark.needs("syncthing")
ORG, ONE, OTHER = "a" * 32, "o" * 16, "t" * 16


@pytest.fixture
def sides(tmp_path: Path) -> Iterator[tuple[Side, Side]]:
    made = pair(tmp_path)
    try:
        yield made
    finally:
        for side in made:
            side.stop()


def test_objects_travel_whole_and_conflict_copies_are_read(sides: tuple[Side, Side]) -> None:
    one, other = sides
    here, there = FolderDepot(one.shared, ONE), FolderDepot(other.shared, OTHER)
    folder.create(one.shared, ORG, SetClock(BEGUN))
    with pytest.raises(DepotAway):
        there.marker()
    mine = {names.segment(ONE, i, data): data for i in range(20) for data in [b"mine %d " % i * 5000]}
    theirs = {names.segment(OTHER, i, data): data for i in range(20) for data in [b"theirs %d " % i * 50]}
    both = {names.roster_line(i, data): data for i in range(2) for data in [b"line %d " % i * 1000]}
    for name, data in mine.items():
        here.put(name, data)
    first, second = both
    (other.shared / "roster").mkdir()
    (other.shared / first).write_bytes(b"torn")  # what a killed process left of it: the older file, and the newer one
    os.utime(other.shared / first, (1_000_000_000, 1_000_000_000))
    (other.shared / second).write_bytes(b"torn")
    for name, data in both.items():
        here.put(name, data)
    os.utime(one.shared / second, (1_000_000_000, 1_000_000_000))
    for side in sides:
        side.start()
    until(lambda: (other.shared / names.MARKER).is_file(), "the marker does not arrive")
    for name, data in theirs.items():
        there.put(name, data)
    other.scan()
    everything = {**mine, **theirs, **both}
    for side, depot in ((one, here), (other, there)):
        until(lambda d=depot: d.has(everything) == set(everything), f"not all arrived: {side.home}/said.log")  # type: ignore[misc]
        assert dict(depot.get(list(everything))) == everything
        assert set(depot.news(depot.heads(), "").names) == set(everything)
    assert here.heads()["roster"] == there.heads()["roster"]
    aside = [path for path in (one.shared / "roster").iterdir() if "sync-conflict" in path.name]
    assert {path.read_bytes() for path in aside} >= {both[second]}, "Syncthing saw no conflict: this tried too little"


def test_two_laptops_exchange_through_it(sides: tuple[Side, Side], tmp_path: Path) -> None:
    made = world()
    folder.create(sides[0].shared, made.cloud.org, SetClock(BEGUN))
    start = FolderDepot(sides[0].shared, "")
    for name, data in made.cloud.objects.items():
        start.put(name, data)
    for side in sides:
        side.start()
    until(lambda: (sides[1].shared / names.MARKER).is_file(), "the marker does not arrive")
    laptops = [made.copy(name, tmp_path / name, SetClock(BEGUN)) for name in (OFFICE, KHAN)]
    pairs = list(zip(laptops, sides, strict=True))

    def meet() -> bool:
        for laptop, side in pairs:
            done = exchange(laptop.store, FolderDepot(side.shared, laptop.device), slice=1000)
            assert done.trouble is None, done.trouble
            side.scan()
        return laptops[0].standing()["promises"] == laptops[1].standing()["promises"] != []

    try:
        for number, (laptop, _) in enumerate(pairs):  # both change the same thing, apart
            laptop.store.do(put, Promise, "p", "case/1", "by", f"2026-12-0{number + 1}")
        until(meet, f"they do not end equal: {sides[0].home}/said.log")
        until(lambda: meet() and all(len(x.standing()["conflict"]) == 1 for x in laptops), "the conflict is not told")
        assert not [row for x in laptops for row in x.rows(q.segment) if row.state in ("waiting", "refused")]
    finally:
        for laptop in laptops:
            laptop.close()
