"""A full disk: the ballast is given up, what is being saved is saved, and the desk can still be opened."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.paths import StorePaths
from asbdesk.store import ballast, vault
from asbdesk.store.keys import KDF_FAST

WORDS = "gable kettle otter thunder"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 100 MiB of its own, where mounting is possible."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk can be mounted by root only")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(place: Path) -> Path:
    """Take all the room there is."""
    filler = place / "holiday.mov"
    with filler.open("ab", buffering=0) as out:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while out.write(b"x" * size) == size:
                    continue
            except OSError:
                continue
    return filler


def test_it_is_made_once_and_given_up_once(tmp_path: Path) -> None:
    paths = StorePaths(tmp_path)
    assert not ballast.release(paths)
    assert ballast.make(paths) and paths.ballast.stat().st_size == 16 << 20
    first = paths.ballast.stat().st_mtime_ns
    assert ballast.make(paths) and paths.ballast.stat().st_mtime_ns == first
    assert ballast.release(paths) and not paths.ballast.exists()
    assert not ballast.release(paths)
    assert [p.name for p in tmp_path.iterdir()] == []


def test_one_that_was_cut_short_is_made_again(tmp_path: Path) -> None:
    paths = StorePaths(tmp_path)
    paths.ballast.write_bytes(b"x")
    assert ballast.make(paths) and paths.ballast.stat().st_size == ballast.SIZE


def test_where_the_store_is_gone_nothing_is_raised(tmp_path: Path) -> None:
    paths = StorePaths(tmp_path / "gone")
    assert not ballast.make(paths) and not ballast.release(paths) and ballast.space_warning(paths) is None


@pytest.mark.needs("mount", "umount")
def test_little_space_is_told_and_no_ballast_taken_from_it(disk: Path) -> None:
    paths = StorePaths(disk)
    told = ballast.space_warning(paths)
    assert told is not None and told.startswith("Only 104 MB are free")
    (disk / "holiday.mov").write_bytes(b"x" * (40 << 20))
    assert not ballast.make(paths)
    assert [p.name for p in disk.iterdir()] == ["holiday.mov"]


@pytest.mark.needs("mount", "umount")
def test_what_is_saved_on_a_full_disk_is_saved(disk: Path) -> None:
    paths, clock = StorePaths(disk / "desk"), SetClock("2026-11-21T10:42:00.000Z")
    store, _ = vault.create(paths, WORDS, clock, kdf=KDF_FAST)
    try:
        assert paths.ballast.exists()
        filler = fill(disk)
        store.drafts.remember("answer", "y" * 200_000)
        assert store.drafts.remembered("answer") == "y" * 200_000
        assert not paths.ballast.exists()
        fill(disk)
        with pytest.raises(UserError, match=r"full.*What was saved before is whole"):
            store.drafts.remember("answer", "z" * 900_000)
        assert store.drafts.remembered("answer") == "y" * 200_000
        filler.unlink()
        store.drafts.remember("answer", "z" * 900_000)
        assert ballast.make(paths)
    finally:
        store.close()


@pytest.mark.needs("mount", "umount")
def test_a_desk_opens_on_a_full_disk(disk: Path) -> None:
    paths, clock = StorePaths(disk / "desk"), SetClock("2026-11-21T10:42:00.000Z")
    store, _ = vault.create(paths, WORDS, clock, kdf=KDF_FAST)
    store.drafts.remember("answer", "kept")
    store.close()
    fill(disk)
    store = vault.unlock(paths, clock, passphrase=WORDS)
    try:
        assert store.drafts.remembered("answer") == "kept"
        store.drafts.remember("answer", "saved")
    finally:
        store.close()
