"""Kill the writer at any moment: nothing that was acknowledged is lost, and the store is whole."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from asbdesk.clock import SystemClock
from asbdesk.model import Contact
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from tests import builders as b
from tests.conftest import PASSPHRASE
from tests.store.killed_writer import write

SIDE_BY_SIDE, KILLS, MANY_KILLS = 4, 32, 200
# a server that has imported everything already makes each writer start at once, where there is such a thing
processes = multiprocessing.get_context(
    "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else None
)
if processes.get_start_method() == "forkserver":
    processes.set_forkserver_preload(["tests.store.killed_writer"])


def test_killed_writers_lose_nothing_acknowledged(store_paths: StorePaths, tmp_path: Path, long: bool) -> None:
    begin(store_paths)
    desks = [StorePaths(Path(shutil.copytree(store_paths.folder, tmp_path / f"desk{i}"))) for i in range(SIDE_BY_SIDE)]
    kills = MANY_KILLS if long else KILLS
    acknowledged = 0
    for _ in range(kills // SIDE_BY_SIDE):
        writers = [writer(desk) for desk in desks]
        for process, said in writers:
            kill_soon(process, said)
        for desk, (_, said) in zip(desks, writers, strict=True):
            acknowledged += nothing_is_lost(desk, said.read_text())
    assert acknowledged > kills, "the writers wrote too little for this to mean anything"
    for desk in desks:
        store = vault.unlock(desk, SystemClock(), passphrase=PASSPHRASE)
        try:
            b.assert_whole(store)
        finally:
            store.close()


def begin(paths: StorePaths) -> None:
    store = vault.unlock(paths, SystemClock(), passphrase=PASSPHRASE)
    case = store.do(b.open_case).value
    store.drafts.remember("case", case)
    store.drafts.start(case, "visit", "sha256:0")
    store.close()


def writer(desk: StorePaths) -> tuple[Any, Path]:
    said = desk.folder.with_suffix(".said")
    said.write_text("")
    process = processes.Process(target=write, args=(str(desk.folder), PASSPHRASE, str(said)), daemon=True)
    process.start()
    return process, said


def kill_soon(process: Any, said: Path) -> None:
    """Kill it a moment after it acknowledged a finished step for the first time."""
    give_up = time.monotonic() + 60
    while "contact" not in said.read_text():
        assert process.is_alive(), "the writer ended by itself"
        assert time.monotonic() < give_up, "the writer does not begin"
        time.sleep(0.002)
    time.sleep(random.random() * 0.06)
    process.kill()
    process.join()
    process.close()


def nothing_is_lost(desk: StorePaths, said: str) -> int:
    drafts: dict[str, int] = {}
    contacts: set[str] = set()
    for line in said.split("\n")[:-1]:  # a last line without its end was not said
        what, name, number = line.split()
        if what == "draft":
            drafts[name] = int(number)
        else:
            contacts.add(name)
    store = vault.unlock(desk, SystemClock(), passphrase=PASSPHRASE)
    try:
        kept = store.drafts.values(store.drafts.open_runs()[0].id)
        there = store.ask(lambda s: set(s.scalars(sa.select(Contact.id).where(Contact.id.in_(contacts))))).value
        assert all(kept[name] >= number for name, number in drafts.items()), "an answer was lost"
        assert there == contacts, "a finished step was lost"
    finally:
        store.close()
    return len(drafts) + len(contacts)
