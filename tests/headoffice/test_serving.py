"""`asbdesk headoffice serve`: its processes, its end, and what a kill in the middle of uploads leaves behind."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path

import psutil
import pytest

from asbdesk.clock import SetClock
from asbdesk.headoffice.serving import listening
from asbdesk.sync import founding
from asbdesk.sync.depot import DepotAway
from tests import builders as b
from tests.headoffice.offices import Laptop as Device
from tests.headoffice.offices import Organisation, Running, Served, name_of
from tests.postgres import Cluster
from tests.sync.laptops import alone

KEY = "0" * 32


@pytest.fixture
def org(running: Running) -> Organisation:
    made = Organisation()
    made.found_at(running.served.url, running.served.begun.code)
    return made


def until(true: object, seconds: float = 90) -> None:
    """Wait until `true()` is."""
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.1)


def test_a_laptop_and_the_service_with_its_hub(running: Running, tmp_path: Path, desk_clock: SetClock) -> None:
    office = alone(tmp_path / "first", desk_clock)
    founding.create(office.store, running.served.url, running.served.begun.code)
    office.do(b.open_case, "ASB-2026-A0009", title="From a laptop to a report")
    office.meet()

    def reported() -> bool:
        import psycopg

        with psycopg.connect(running.served.folder.settings.database) as conn:
            if conn.execute("SELECT to_regclass('report.cases')").fetchone() == (None,):
                return False
            return conn.execute("SELECT title FROM report.cases").fetchall() == [("From a laptop to a report",)]

    until(reported)
    office.store.close()
    said = running.log.read_text(encoding="utf-8")
    assert "From a laptop" not in said and "Traceback" not in said and "127.0.0.1" not in said


def test_it_ends_whole_when_it_is_told_to(running: Running) -> None:
    family = running.family()
    assert len(family) >= 4  # itself, two workers, the hub
    running.stop()
    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []


def test_nothing_goes_on_by_itself_when_it_is_killed(running: Running) -> None:
    family = running.family()
    family[0].kill()
    _, alive = psutil.wait_procs(family, timeout=15)
    assert alive == []


def test_kill_during_uploads(running: Running, org: Organisation, long: bool) -> None:
    """What was acknowledged is there after every kill, and what was not is put again."""
    kills = 1000 if long else 6
    chance = random.Random(4)
    laptops = [org.first, *(org.officer(letter) for letter in "bcd")]
    depot = org.depot(running.served.url, org.first)
    for line in org.lines[2:]:
        depot.put(name_of(line), line)
    over = threading.Event()
    held: dict[str, bytes] = {}
    uploading = [threading.Thread(target=_upload, args=(running, org, one, over, held), daemon=True) for one in laptops]
    for thread in uploading:
        thread.start()
    try:
        for _ in range(kills):
            time.sleep(chance.uniform(0.05, 1.0))
            if chance.random() < 0.5:
                running.kill_one(chance)
            else:
                running.kill()
                running.start()
    finally:
        over.set()
    for thread in uploading:
        thread.join(120)
    assert len(held) > kills
    got = dict(depot.get(sorted(held)))
    assert {name for name, data in got.items() if data != held[name]} == set()
    org.close()


def _upload(running: Running, org: Organisation, laptop: Device, over: threading.Event, held: dict[str, bytes]) -> None:
    """Segment after segment; a lost answer is asked for again, the next one goes only after it."""
    depot = org.depot(running.served.url, laptop)
    while not over.is_set():
        name, data = laptop.segment(org.id, [(KEY, random.randbytes(20_000)) for _ in range(5)])
        while True:
            try:
                depot.put(name, data)
            except DepotAway:
                time.sleep(0.1)
                continue
            held[name] = data
            break
    depot.close()


@pytest.mark.long
def test_nothing_new_takes_a_twentieth_of_a_second(running: Running, org: Organisation) -> None:
    taken = []
    for _ in range(21):
        begun = time.monotonic()
        depot = org.depot(running.served.url, org.first)
        depot.marker()
        depot.heads()
        depot.close()
        taken.append(time.monotonic() - begun)
    assert sorted(taken)[10] < 0.05


def test_a_port_that_is_taken_is_said(begun: Served) -> None:
    with listening("127.0.0.1", begun.port):
        second = Running(begun)
        second.start(wait=False)
        assert second.process is not None and second.process.wait(60) == 2
    said = second.log.read_text(encoding="utf-8")
    assert f"port {begun.port}" in said and "Traceback" not in said


def test_a_database_that_goes_and_comes_back(running: Running, org: Organisation, postgres: Cluster) -> None:
    depot = org.depot(running.served.url, org.first)
    first, second = (org.first.segment(org.id, [(KEY, bytes(100))]) for _ in range(2))
    depot.put(*first)
    postgres.stop()
    running.kill_worker()
    try:
        with pytest.raises(DepotAway, match="does not answer"):  # the database; the service, while its other worker
            depot.put(*second)  # is still starting and waits for the database as well
        until(lambda: "a worker waits" in running.log.read_text(encoding="utf-8"))
    finally:
        postgres.start()

    def is_put() -> bool:
        try:
            return bool(depot.put(*second))
        except DepotAway:
            return False

    until(is_put)
    assert depot.has([first[0], second[0]]) == {first[0], second[0]}
    until(lambda: len(running.family()) >= 4)
    assert "Traceback" not in running.log.read_text(encoding="utf-8")
    org.close()
