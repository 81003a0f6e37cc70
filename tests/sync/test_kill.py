"""Both sides of a sync killed at any moment, over a real folder whose newest file is often torn: nothing is lost."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import time
from pathlib import Path
from typing import Any

from asbdesk.clock import SetClock, SystemClock
from asbdesk.sync import folder
from asbdesk.sync.exchange import exchange
from asbdesk.sync.folder import FolderDepot
from tests.sync.killed_syncer import work
from tests.sync.simulator.laptop import Laptop
from tests.sync.simulator.verdict import same
from tests.sync.simulator.world import KHAN, OFFICE, World, world

KILLS, MANY_KILLS = 16, 1000
SIDES = (OFFICE, KHAN)
# a server that has imported everything already makes each process start at once, where there is such a thing
processes = multiprocessing.get_context(
    "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else None
)
if processes.get_start_method() == "forkserver":
    processes.set_forkserver_preload(["tests.sync.killed_syncer"])


def test_both_sides_killed_lose_nothing_acknowledged(tmp_path: Path, long: bool) -> None:
    made, shared, chance = world(), tmp_path / "shared", random.Random(1)
    begin(made, tmp_path, shared)
    kills = torn = 0
    while kills < (MANY_KILLS if long else KILLS):
        running = [start(tmp_path, name, made.key, shared) for name in SIDES]
        for process, said, before in running:
            kill_soon(process, said, before, chance)
            kills += 1
        torn += chance.random() < 0.5 and tear_the_newest(shared, chance)
    laptops = [Laptop(tmp_path / name, made.key, SetClock(SystemClock().now())) for name in SIDES]
    try:
        settle(laptops, shared)
        acknowledged = {line.split()[1] for name in SIDES for line in told(tmp_path / f"{name}.said", "entry")}
        assert len(acknowledged) > kills, "they wrote too little for this to mean anything"
        assert torn, "nothing was torn: this tried too little"
        for laptop in laptops:
            assert acknowledged <= laptop.entries().keys(), "an acknowledged entry was lost"
            same("a rebuild and what stands", laptop.rebuilt(), laptop.standing())
        one, other = (laptop.standing() for laptop in laptops)
        assert one["promises"] == other["promises"]
    finally:
        for laptop in laptops:
            laptop.close()


def begin(made: World, place: Path, shared: Path) -> None:
    """The laptops as they are at first, and what they have put into a folder."""
    folder.create(shared, made.cloud.org, SystemClock())
    depot = FolderDepot(shared, "")
    for name, data in made.cloud.objects.items():
        depot.put(name, data)
    for name in SIDES:
        made.copy(name, place / name, SetClock(SystemClock().now())).close()
        (place / f"{name}.said").touch()


def start(place: Path, name: str, key: bytes, shared: Path) -> tuple[Any, Path, int]:
    said = place / f"{name}.said"
    before = len(told(said, "entry"))
    process = processes.Process(target=work, args=(str(place / name), key, str(shared), str(said)), daemon=True)
    process.start()
    return process, said, before


def told(said: Path, what: str) -> list[str]:
    """Lines that were said whole."""
    return [line for line in said.read_text().split("\n")[:-1] if line.startswith(f"{what} ")]


def kill_soon(process: Any, said: Path, before: int, chance: random.Random) -> None:
    """Kill it a moment after it acknowledged something."""
    give_up = time.monotonic() + 120
    while len(told(said, "entry")) == before:
        assert process.is_alive(), "it ended by itself"
        assert time.monotonic() < give_up, "it does not begin"
        time.sleep(0.005)
    time.sleep(chance.random() * 0.4)
    process.kill()
    process.join()
    process.close()
    with said.open("a") as out:
        out.write("\n")  # a line that was being said ends here


def tear_the_newest(shared: Path, chance: random.Random) -> bool:
    """What a power cut or a copying tool makes of the file written last."""
    found = [path for kind in ("dev", "keys", "roster") for path in (shared / kind).rglob("*.*")]
    newest = max(found, key=lambda path: path.stat().st_mtime_ns)
    with contextlib.suppress(OSError):
        whole = newest.read_bytes()
        newest.write_bytes(whole[: chance.randrange(len(whole) + 1)])
    return True


def settle(laptops: list[Laptop], shared: Path) -> None:
    """Day by day, because what was torn unseen is looked for once a day."""
    for _ in range(4):
        for laptop in laptops:
            laptop.clock.pass_time(days=1)
            done = exchange(laptop.store, FolderDepot(shared, laptop.device), slice=1000)
            assert done.trouble is None, done.trouble
