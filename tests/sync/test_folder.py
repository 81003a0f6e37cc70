"""A folder as others leave it: torn, empty, foreign, renamed, late, read-only, full, pulled out; nothing hurts."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.sync import folder, folder_files, names, segment
from asbdesk.sync.depot import Depot, DepotAway, NotThere, area_of
from asbdesk.sync.folder import FolderDepot
from tests.conftest import BEGUN

ORG, OTHER = "a" * 32, "b" * 32
ME, YOU = "m" * 16, "y" * 16
DATA = b"ASBSEG1\n" + bytes(range(256)) * 8
SEG = names.segment(YOU, 42, DATA)
OBJECTS = {
    SEG: DATA,
    names.segment(ME, 1, b"mine"): b"mine",
    names.grants(ME, 3, b"a bundle"): b"a bundle",
    names.grants(YOU, 3, b"theirs"): b"theirs",
    names.roster_line(7, b"a line"): b"a line",
    names.pack(b"pictures"): b"pictures",
    names.join_request("0f" * 16): b"may I",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder.create(tmp_path / "shared", ORG, SetClock(BEGUN))
    return tmp_path / "shared"


@pytest.fixture
def depot(root: Path) -> FolderDepot:
    return FolderDepot(root, ME)


def got(depot: Depot, name: str = SEG) -> bytes | None:
    return dict(depot.get([name]))[name]


# ---- making it, and its marker
def test_a_folder_is_made_once_and_says_whose_it_is(root: Path) -> None:
    marker = FolderDepot(root, ME).marker()
    assert (marker.org, marker.format, marker.created) == (ORG, 1, BEGUN)
    assert folder.create(root, ORG, SetClock("2030-01-01T00:00:00.000Z")) == marker
    with pytest.raises(NotThere, match="another organisation"):
        folder.create(root, OTHER, SetClock(BEGUN))


def test_a_folder_with_other_files_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(NotThere, match="holiday"):
        folder.create(tmp_path, ORG, SetClock(BEGUN))
    with pytest.raises(UserError, match="is not there"):
        folder.create(tmp_path / "no" / "such", ORG, SetClock(BEGUN))
    with pytest.raises(UserError):
        folder.create(tmp_path / "holiday.jpg", ORG, SetClock(BEGUN))


def test_a_folder_that_lost_its_marker_may_be_marked_again(root: Path, depot: FolderDepot) -> None:
    depot.put(SEG, DATA)
    (root / ".stfolder").mkdir()
    (root / names.MARKER).unlink()
    folder.create(root, ORG, SetClock(BEGUN))
    assert got(depot) == DATA


@pytest.mark.parametrize(
    "other", ["asbdesk-depot (1).json", "asbdesk-depot.sync-conflict-1.json", "ASBDESK-DEPOT.JSON"]
)
def test_the_marker_is_known_under_a_spoilt_name(root: Path, depot: FolderDepot, other: str) -> None:
    (root / names.MARKER).rename(root / other)
    assert depot.marker().org == ORG
    depot.put(SEG, DATA)


BAD_MARKERS = [b"", b"\0" * 90, b'{"org":', b"<!DOCTYPE html>", b"[]", b"null", b"[" * 4000, b"\xff\xfe", b"x" * 9999]
BAD_MARKERS += [json.dumps({"org": o, "format": 1, "created": ""}).encode() for o in (None, 5, "", "A" * 32, {})]
BAD_MARKERS += [json.dumps({"org": ORG, "format": f, "created": ""}).encode() for f in (True, "1", None, [1])]


@pytest.mark.parametrize("bad", BAD_MARKERS)
def test_a_damaged_marker_is_a_folder_that_is_still_arriving(root: Path, depot: FolderDepot, bad: bytes) -> None:
    whole = (root / names.MARKER).read_bytes()
    (root / names.MARKER).write_bytes(bad)
    with pytest.raises(DepotAway, match="not whole"):
        depot.marker()
    (root / "asbdesk-depot-PC.json").write_bytes(whole)
    assert depot.marker().org == ORG


def test_markers_of_two_organisations_or_of_a_newer_version_are_said(root: Path, depot: FolderDepot) -> None:
    said = json.loads((root / names.MARKER).read_text())
    (root / "asbdesk-depot (1).json").write_text(json.dumps({**said, "org": OTHER}))
    with pytest.raises(NotThere, match="two organisations"):
        depot.marker()
    (root / "asbdesk-depot (1).json").unlink()
    (root / names.MARKER).write_text(json.dumps({**said, "format": 2}))
    with pytest.raises(NotThere, match="newer asbdesk"):
        depot.marker()


CALLS: list[Callable[[FolderDepot], object]] = [
    lambda d: d.marker(),
    lambda d: d.heads(),
    lambda d: d.news(["roster"], ""),
    lambda d: list(d.get([SEG])),
    lambda d: d.has([SEG]),
    lambda d: d.put(SEG, DATA),
    lambda d: d.remove([SEG]),
]


@pytest.mark.parametrize("call", CALLS)
def test_without_its_marker_it_is_away_and_never_empty(
    root: Path, depot: FolderDepot, call: Callable[[FolderDepot], object]
) -> None:
    depot.heads()
    (root / names.MARKER).unlink()
    with pytest.raises(DepotAway, match=r"without the file asbdesk-depot\.json"):
        call(depot)
    root.rmdir()
    with pytest.raises(DepotAway, match="taken away"):
        call(depot)
    assert not root.exists()


# ---- objects
def test_what_is_put_is_held_and_given_back(depot: FolderDepot) -> None:
    for name, data in OBJECTS.items():
        assert depot.put(name, data) is None
        depot.put(name, data)
    assert dict(depot.get(list(OBJECTS))) == OBJECTS
    assert depot.has([*OBJECTS, names.pack(b"none")]) == set(OBJECTS)
    heads = depot.heads()
    assert heads == {
        area: area_of(name for name in OBJECTS if name.startswith(area))
        for area in ("roster", "join", f"keys/{ME}", f"keys/{YOU}", f"dev/{ME}", f"dev/{YOU}")
    }
    assert set(depot.news(heads, "").names) == {n for n in OBJECTS if not n.startswith("blob")}


def test_single_blocks_come_out_of_whole_segments(depot: FolderDepot) -> None:
    words = {
        "org": ORG,
        "dev": YOU,
        "seq": 42,
        "prev": segment.FIRST,
        "roster": [],
        "app": "",
        "schema": "",
        "seen": {},
    }
    sealed = [bytes([i]) * 100 for i in range(3)]
    made = segment.make(words, [(ORG, 1, block) for block in sealed], lambda _: bytes(64)).data()
    name = names.segment(YOU, 42, made)
    depot.put(name, made)
    depot.put(SEG, DATA)
    wanted = [(name, 2), (SEG, 0), (name, 0), (name, 3), (names.segment(YOU, 1, b""), 0)]
    found = [(name, 2, sealed[2]), (name, 0, sealed[0]), (name, 3, None), (SEG, 0, None), (*wanted[-1], None)]
    assert list(depot.blocks(wanted)) == found


def test_areas_that_nobody_wrote_to_are_empty(depot: FolderDepot) -> None:
    assert depot.heads()["roster"] == area_of([])
    assert depot.news([f"dev/{YOU}", "roster"], "").names == ()
    assert got(depot) is None
    assert got(depot, "dev/../../secrets") is None


@pytest.mark.parametrize("name", ["dev/x", f"roster/00000001-{'0' * 32}.ros", names.MARKER, "../x", ""])
def test_only_objects_under_their_own_name_are_put(depot: FolderDepot, name: str) -> None:
    with pytest.raises(ValueError, match="not an object"):
        depot.put(name, b"x")


DAMAGED = {
    "truncated": DATA[:700],
    "zeros": b"\0" * len(DATA),
    "empty": b"",
    "longer": DATA + b"\n",
    "a page": b"<!DOCTYPE html><html>Sorry, something went wrong</html>",
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_what_is_not_whole_is_not_given_and_is_mended_by_putting_it_again(
    root: Path, depot: FolderDepot, damage: str
) -> None:
    depot.put(SEG, DATA)
    (root / SEG).write_bytes(DAMAGED[damage])
    assert got(depot) is None
    assert depot.has([SEG]) == set()
    assert depot.news([f"dev/{YOU}"], "").names == (SEG,)
    assert depot.heads()[f"dev/{YOU}"].count == (0 if damage == "empty" else 1)
    depot.put(SEG, DATA)
    assert got(depot) == DATA


SPOILT = ["{} (1){}", "{}-PC{}", "{}.sync-conflict-20261121-101010-ABCDEFG{}", "Copy of {}{}", "{}{} (conflict)"]


@pytest.mark.parametrize("spoilt", SPOILT)
@pytest.mark.parametrize("alone", [True, False])
def test_a_spoilt_name_is_read_by_its_hash(root: Path, depot: FolderDepot, spoilt: str, alone: bool) -> None:
    depot.put(SEG, DATA)
    before, path = depot.heads(), root / SEG
    path.with_name(spoilt.format(path.stem, path.suffix)).write_bytes(DATA)
    path.unlink() if alone else path.write_bytes(DATA[:99])
    assert (got(depot), depot.heads()) == (DATA, before)
    assert depot.news([f"dev/{YOU}"], "").names == (SEG,)


def test_upper_case_and_doubled_folders_are_read(root: Path, depot: FolderDepot) -> None:
    for name, data in OBJECTS.items():
        depot.put(name, data)
    before = depot.heads()
    for path in sorted(root.rglob("*"), reverse=True):
        path.rename(path.with_name(path.name.upper()))
    (root / "DEV").rename(root / "DEV (1)")
    assert depot.heads() == before
    assert dict(depot.get(list(OBJECTS))) == OBJECTS


@pytest.mark.parametrize(
    "name", [".syncthing.{}.tmp", "~$ {}", "{}.tmp", "{}.part", "{}.crdownload", "x{}", "desktop.ini"]
)
def test_what_a_tool_is_still_writing_and_strange_files_are_left_alone(
    root: Path, depot: FolderDepot, name: str
) -> None:
    depot.put(names.segment(YOU, 1, b"1"), b"1")
    before = depot.heads()
    (root / "dev" / YOU / name.format(Path(SEG).name.replace("0000", "000a"))).write_bytes(DATA)
    (root / name.format("thing")).write_bytes(b"x")
    assert depot.heads() == before
    assert depot.news(before, "").names == (names.segment(YOU, 1, b"1"),)


def test_what_is_removed_is_gone_under_every_name(root: Path, depot: FolderDepot) -> None:
    bundle = names.grants(ME, 3, b"a bundle")
    depot.put(bundle, b"a bundle")
    path = root / bundle
    path.with_name(f"{path.stem} (1).grt").write_bytes(b"a bundle")
    depot.remove([bundle, names.grants(ME, 4, b"none"), "nonsense"])
    assert list(path.parent.iterdir()) == []


# ---- what somebody may have planted
def test_pipes_folders_and_giants_are_not_opened(root: Path, depot: FolderDepot) -> None:
    (root / "dev" / YOU).mkdir(parents=True)
    if hasattr(os, "mkfifo"):
        os.mkfifo(root / SEG)
        assert got(depot) is None
        (root / SEG).unlink()
    with (root / SEG).open("wb") as giant:
        giant.truncate(folder_files.LARGEST + 1)
    assert got(depot) is None
    (root / SEG).unlink()
    (root / SEG).mkdir()
    assert got(depot) is None
    depot.put(SEG, DATA)
    assert got(depot) == DATA


def test_a_link_is_not_written_through(root: Path, depot: FolderDepot, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    (root / "dev" / YOU).mkdir(parents=True)
    try:
        (root / SEG).symlink_to(precious)
    except OSError as error:
        pytest.skip(f"no links here: {error.strerror}")
    depot.put(SEG, DATA)
    assert (got(depot), precious.read_bytes()) == (DATA, b"precious")


def test_a_file_in_the_place_of_a_folder_is_said(root: Path, depot: FolderDepot) -> None:
    (root / "dev").write_bytes(b"")
    assert depot.heads()["roster"].count == 0
    with pytest.raises(DepotAway, match="could not write into the shared folder"):
        depot.put(SEG, DATA)


def test_a_long_path_is_no_trouble(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["x" * 80] * 5)
    deep.mkdir(parents=True)
    folder.create(deep / "shared", ORG, SetClock(BEGUN))
    depot = FolderDepot(deep / "shared", ME)
    depot.put(SEG, DATA)
    assert got(depot) == DATA
    with pytest.raises(UserError):
        folder.create(tmp_path / ("x" * 300), ORG, SetClock(BEGUN))


# ---- real drives
def mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"may not mount: {done.stderr.strip()}")


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A drive of its own, 256 KiB large."""
    place = tmp_path / "stick"
    place.mkdir()
    mount("-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place))
    try:
        folder.create(place, ORG, SetClock(BEGUN))
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


@pytest.mark.needs("mount", "umount")
def test_a_full_drive_is_said_and_nothing_torn_stays(stick: Path) -> None:
    depot = FolderDepot(stick, ME)
    big = os.urandom(1 << 20)
    name = names.pack(big)
    with pytest.raises(NotThere, match="is full"):
        depot.put(name, big)
    assert not (stick / name).exists()
    depot.put(SEG, DATA)
    assert got(depot) == DATA


@pytest.mark.needs("mount", "umount")
def test_a_read_only_drive_is_read_and_said(stick: Path) -> None:
    depot = FolderDepot(stick, ME)
    depot.put(SEG, DATA)
    (stick / names.segment(YOU, 43, b"x")).write_bytes(b"torn")
    mount("-o", "remount,ro", str(stick))
    assert got(depot) == DATA
    depot.put(SEG, DATA)
    for name, data in (*list(OBJECTS.items())[1:], (names.segment(YOU, 43, b"x"), b"x")):
        with pytest.raises(NotThere, match="may not be written to"):
            depot.put(name, data)
    with pytest.raises(NotThere, match="may not be written to"):
        depot.remove([SEG])


@pytest.mark.needs("mount", "umount")
def test_a_drive_pulled_out_between_two_files_is_away(stick: Path) -> None:
    depot = FolderDepot(stick, ME)
    for name, data in OBJECTS.items():
        depot.put(name, data)
    arriving = depot.get(list(OBJECTS))
    next(arriving)
    subprocess.run(["umount", "-l", str(stick)], check=True)
    with pytest.raises(DepotAway):
        list(arriving)
    with pytest.raises(DepotAway):
        depot.put(names.pack(b"more"), b"more")
    assert list(stick.iterdir()) == [], "something was written where the drive should be"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may read everything")
def test_a_file_that_may_not_be_read_is_tried_again(root: Path, depot: FolderDepot) -> None:
    depot.put(SEG, DATA)
    (root / SEG).chmod(0)
    assert got(depot) is None
    (root / SEG).chmod(0o600)
    assert got(depot) == DATA


def test_a_share_without_fsync_is_read_back_all_the_same(depot: FolderDepot, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", refuse)
    depot.put(SEG, DATA)
    assert got(depot) == DATA

    def broken(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(DepotAway, match="Input/output error"):
        depot.put(names.pack(b"y"), b"y")
