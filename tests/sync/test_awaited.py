"""A shared folder that hangs holds up nobody: it is said, nothing piles up behind it, and it goes on by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from asbdesk.clock import SetClock
from asbdesk.sync import names
from asbdesk.sync.awaited import Awaited
from asbdesk.sync.depot import DepotAway, NotThere
from asbdesk.sync.folder import FolderDepot, create
from tests.sync.hanging import hangs, nobody_answers

ORG = "0" * 31 + "1"


@pytest.fixture
def shared(tmp_path: Path, desk_clock: SetClock) -> Iterator[Path]:
    create(tmp_path / "shared", ORG, desk_clock)
    yield tmp_path / "shared"
    for kept in waiting():
        kept.join(10)


def waiting() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "folder"]


def test_it_is_away_after_a_while_and_a_second_try_waits_for_the_first(shared: Path) -> None:
    depot = Awaited(FolderDepot(shared, ""), silence=0.2)
    with hangs(shared / names.MARKER):
        for _ in range(3):
            with pytest.raises(DepotAway, match="does not answer"):
                depot.marker()
            assert len(waiting()) == 1
        with pytest.raises(DepotAway, match="does not answer"):
            Awaited(FolderDepot(shared, ""), silence=0.2).heads()
        assert len(waiting()) == 1
    for kept in waiting():
        kept.join(10)
    assert depot.marker().org == ORG


def test_a_server_that_says_nothing(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    depot = Awaited(FolderDepot(share / "asbdesk", ""), silence=0.2)
    with nobody_answers(share):
        for _ in range(2):
            with pytest.raises(DepotAway, match="does not answer"):
                depot.marker()
        assert len(waiting()) == 1
    for kept in waiting():
        kept.join(10)
    with pytest.raises(DepotAway, match="not there"):
        depot.marker()


def test_the_officer_says_stop(shared: Path) -> None:
    said = threading.Event()
    depot = Awaited(FolderDepot(shared, ""), stop=said.is_set, silence=60)
    threading.Timer(0.1, said.set).start()
    with hangs(shared / names.MARKER), pytest.raises(DepotAway):
        depot.marker()


def test_an_object_that_hangs_between_others(shared: Path) -> None:
    plain = FolderDepot(shared, "")
    wanted = [f"blob/{(found := names.digest(text))[:2]}/{found}.pak" for text in (b"one", b"two")]
    for name, text in zip(wanted, (b"one", b"two"), strict=True):
        plain.put(name, text)
    depot = Awaited(plain, silence=0.2)
    assert list(depot.get(wanted)) == [(wanted[0], b"one"), (wanted[1], b"two")]
    with hangs(shared / wanted[1]):
        coming = depot.get(wanted)
        assert next(coming) == (wanted[0], b"one")
        with pytest.raises(DepotAway):
            next(coming)


def test_what_is_wrong_with_a_folder_is_said_as_it_is(shared: Path) -> None:
    marker = shared / names.MARKER
    marker.write_text(marker.read_text().replace('"format": 1', '"format": 99'))
    with pytest.raises(NotThere, match="newer asbdesk"):
        Awaited(FolderDepot(shared, "")).marker()
