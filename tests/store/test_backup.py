"""Spare copies: whole or not at all, brought back on another machine, and nothing that was there is ever lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from filelock import FileLock

from asbdesk import settings
from asbdesk.clock import SetClock, SystemClock, instant
from asbdesk.errors import NotWhole, UserError
from asbdesk.model import Case, new_id
from asbdesk.model import journal as t
from asbdesk.paths import StorePaths
from asbdesk.store import copies as lying
from asbdesk.store import vault
from asbdesk.store.backup import Cancelled, Copy, age, backup, copies, copy_before_migration, restore, same_disk
from asbdesk.store.copies import EVIDENCE, MANIFEST
from asbdesk.store.files import Kept
from asbdesk.store.journal import Work, action
from asbdesk.store.keys import KDF_FAST, Slots, WrongSecret, new_key
from asbdesk.store.vault import Store

WORDS = "gable kettle otter thunder"
NAME = "Temperance Quillfeather"


@action("case.opened")
def open_case(work: Work, title: str) -> str:
    case = new_id()
    work.add(Case(id=case, file=f"case/{case}", reference=title, status="open"))
    return f"case/{case}"


def count(store: Store) -> int:
    with store.reader.connect() as conn:
        return int(conn.scalar(sa.select(sa.func.count()).select_from(t.entry)) or 0)


class Desk:
    """An open store with something in it, a place for copies, and another machine."""

    def __init__(self, tmp_path: Path) -> None:
        self.clock = SetClock("2026-11-21T10:42:00.000Z")
        self.paths, self.stick = StorePaths(tmp_path / "desk"), tmp_path / "stick"
        self.other = StorePaths(tmp_path / "other machine" / "desk")
        self.store, self.code = vault.create(self.paths, WORDS, self.clock, kdf=KDF_FAST, reserve=False)
        self.paths.authority.write_text("-----BEGIN CERTIFICATE-----\n")
        self.paths.own_forms.mkdir()
        (self.paths.own_forms / "ours.yaml").write_text("id: ours\n")
        self.paths.own_letters.mkdir()
        (self.paths.own_letters / "ours.yaml").write_text("id: ours\n")
        self.kept = self.store.files.keep(NAME.encode() * 90_000)
        self.file = self.store.do(open_case, NAME).value
        self.store.drafts.remember("typed", NAME)

    def copy(self) -> Copy:
        return backup(self.store, self.stick)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


def everything(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, but for locks and SQLite's own shared memory."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != "in-use" and not p.name.endswith("-shm")
    }


def opens_with(paths: StorePaths, kept: Kept, clock: SetClock, **by: str) -> None:
    store = vault.unlock(paths, clock, **by)  # type: ignore[arg-type]
    try:
        assert store.drafts.remembered("typed") == NAME
        assert store.files.read(kept.blob, kept.key) == NAME.encode() * 90_000
        assert count(store) == 1
    finally:
        store.close()


def test_a_copy_opens_on_another_machine_with_its_evidence(desk: Desk) -> None:
    copy = desk.copy()
    assert copy.folder.name == "asbdesk-copy-2026-11-21-1042" and copy.lacks == ()
    desk.store.close()
    restored = restore(copy.folder, desk.other, desk.clock)
    assert restored.aside is None and "copy of Saturday 21 November 2026 is in place" in restored.sentence
    opens_with(desk.other, desk.kept, desk.clock, passphrase=WORDS)
    opens_with(desk.other, desk.kept, desk.clock, recovery=desk.code)
    assert desk.other.authority.is_file() and (desk.other.own_forms / "ours.yaml").is_file()
    assert (desk.other.own_letters / "ours.yaml").is_file()
    assert not desk.other.settings.exists()
    assert restore(copy.folder / MANIFEST, desk.other, desk.clock).aside is not None


def test_nothing_in_a_copy_can_be_read(desk: Desk) -> None:
    copy = desk.copy()
    for name, content in everything(desk.stick).items():
        assert NAME.encode() not in content and NAME.encode("utf-16-le") not in content, name
        assert desk.store.key not in content and desk.kept.key.encode() not in content
    assert set(everything(copy.folder)) == {
        *("desk.db", "slots.json", "authority.pem", "forms/ours.yaml", "letters/ours.yaml", "manifest.json")
    }


def test_nothing_is_left_in_the_store_by_a_copy(desk: Desk) -> None:
    before = set(everything(desk.paths.folder))
    desk.copy()
    assert set(everything(desk.paths.folder)) - before == {"settings.json"}


def test_copying_goes_on_while_the_officer_works(desk: Desk) -> None:
    done, failed = threading.Event(), []

    def work() -> None:
        try:
            while not done.is_set():
                desk.store.do(open_case, "another")
        except BaseException as error:  # noqa: BLE001  told to the test
            failed.append(error)

    officer = threading.Thread(target=work)
    officer.start()
    try:
        made = [backup(desk.store, desk.stick) for _ in range(5)]
    finally:
        done.set()
        officer.join()
    assert not failed and count(desk.store) > 5
    for copy in made:
        restore(copy.folder, desk.other, desk.clock)
        store = vault.unlock(desk.other, desk.clock, passphrase=WORDS)
        with store.reader.connect() as conn:
            assert conn.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert conn.exec_driver_sql("SELECT max(n) = count(*) FROM entry").scalar() == 1
        store.close()
    assert len({copy.folder for copy in made}) == 5


def test_evidence_is_copied_once(desk: Desk) -> None:
    desk.copy()
    shared = desk.stick / EVIDENCE
    first = (shared / desk.kept.blob).stat()
    more = desk.store.files.keep(b"more")
    desk.clock.pass_time(days=1)
    copy = desk.copy()
    assert {blob for blob, _ in copy.evidence} == {desk.kept.blob, more.blob}
    again = (shared / desk.kept.blob).stat()
    assert (again.st_ino, again.st_mtime_ns) == (first.st_ino, first.st_mtime_ns)


def test_evidence_that_was_half_copied_is_copied_again(desk: Desk) -> None:
    desk.copy()
    there = desk.stick / EVIDENCE / desk.kept.blob
    there.write_bytes(there.read_bytes()[:1000])
    restore(desk.copy().folder, desk.other, desk.clock)
    opens_with(desk.other, desk.kept, desk.clock, passphrase=WORDS)


def test_evidence_damaged_in_the_store_is_never_passed_off_as_whole(desk: Desk) -> None:
    path = desk.paths.evidence / desk.kept.blob
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    copy = desk.copy()
    assert copy.lacks == (desk.kept.blob,) and copy.evidence == ()
    assert not (desk.stick / EVIDENCE / desk.kept.blob).exists()
    assert copies(desk.stick) == [copy]


def test_the_folder_asbdesk_works_in_is_refused(desk: Desk, tmp_path: Path) -> None:
    places = [desk.paths.folder, desk.paths.evidence, desk.paths.folder / "spare" / "copies"]
    if sys.platform != "win32":
        (tmp_path / "link").symlink_to(desk.paths.folder)
        places += [tmp_path / "link", tmp_path / "link" / "new"]
    for place in places:
        with pytest.raises(UserError, match="the folder asbdesk works in"):
            backup(desk.store, place)
        assert place.exists() == (place in (desk.paths.folder, desk.paths.evidence, tmp_path / "link"))
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "folder"):
        with pytest.raises(UserError):
            backup(desk.store, place)
    assert same_disk(desk.paths, tmp_path)


def test_the_newest_copy_is_known_while_locked(desk: Desk) -> None:
    nothing = age(settings.load(desk.paths.settings)[0], desk.clock)
    assert nothing.days is None and nothing.late and "no spare copy yet" in nothing.sentence
    settings.save(settings.Settings(theme="dark"), desk.paths.settings)
    desk.copy()
    known, _ = settings.load(desk.paths.settings)
    assert known.theme == "dark"
    said = []
    for days in (0, 1, 13, 14):
        clock = SetClock("2026-11-21T10:42:00.000Z")
        clock.pass_time(days=days)
        said.append(age(known, clock))
    assert [(a.days, a.late) for a in said] == [(0, False), (1, False), (13, False), (14, True)]
    assert said[3].sentence == "The newest spare copy is 14 days old. Make a new one today."
    desk.clock.pass_time(days=-1)
    assert age(known, desk.clock).days == 0
    desk.clock.pass_time(days=-3650)
    behind = age(known, desk.clock)
    assert behind.days is None and behind.late and "still to come" in behind.sentence, "made while a clock was ahead"


def test_seven_and_one_a_month_are_kept(desk: Desk) -> None:
    stranger = desk.stick / "asbdesk-copy-2020-01-01-0900"
    stranger.mkdir(parents=True)
    (stranger / "holiday.jpg").write_bytes(b"x")
    desk.clock.put("2025-08-01T09:00:00.000Z")
    made = []
    for _ in range(40):
        made.append(desk.copy())
        desk.clock.pass_time(days=12)
    left = copies(desk.stick)
    months = {copy.made[:7]: copy.folder for copy in made}
    newest = [copy.folder for copy in made[-7:]]
    assert {copy.folder for copy in left} == {*newest, *sorted(months.values(), reverse=True)[:12]}
    assert left == sorted(left, key=lambda copy: copy.made, reverse=True)
    assert (stranger / "holiday.jpg").exists()
    restore(left[-1].folder, desk.other, desk.clock)
    opens_with(desk.other, desk.kept, desk.clock, passphrase=WORDS)


def test_another_desks_copies_and_their_evidence_are_left_alone(desk: Desk, tmp_path: Path) -> None:
    paths = StorePaths(tmp_path / "second")
    second, _ = vault.create(paths, WORDS, desk.clock, kdf=KDF_FAST, reserve=False)
    kept = second.files.keep(b"second")
    theirs = backup(second, desk.stick)
    second.close()
    for _ in range(12):
        desk.copy()
    loose = desk.stick / EVIDENCE / ("0" * 64)
    loose.write_bytes(b"x")
    long_ago = SystemClock().now().timestamp() - 9 * 24 * 60 * 60
    for path in (loose, desk.stick / EVIDENCE / kept.blob, desk.stick / EVIDENCE / desk.kept.blob):
        os.utime(path, (long_ago, long_ago))
    unfinished = desk.stick / "asbdesk-copy-2026-01-01-0900"
    unfinished.mkdir()
    (unfinished / "desk.db").write_bytes(b"half")
    os.utime(unfinished, (long_ago, long_ago))
    desk.clock.put(SystemClock().now())
    desk.copy()
    assert theirs in copies(desk.stick) and len(copies(desk.stick)) == 8
    assert {p.name for p in (desk.stick / EVIDENCE).iterdir()} == {kept.blob, desk.kept.blob}
    assert not unfinished.exists()


def test_what_another_desk_is_copying_now_stays_when_this_clock_is_ahead(desk: Desk) -> None:
    unfinished = desk.stick / "asbdesk-copy-2026-11-21-1041"
    shared = desk.stick / EVIDENCE / ("ab" * 32)
    for path in (unfinished / "desk.db", shared):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"of the other desk")
    desk.clock.put(instant(SystemClock().now()))
    desk.clock.pass_time(days=3)
    desk.copy()
    assert (unfinished / "desk.db").exists() and shared.exists()


def test_a_stopped_copy_leaves_nothing(desk: Desk) -> None:
    first = desk.copy()
    before, stop, told = everything(desk.stick), threading.Event(), []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        stop.set()

    desk.store.files.keep(os.urandom(3 << 20))
    with pytest.raises(Cancelled, match="stopped and taken away"):
        backup(desk.store, desk.stick, progress=progress, stop=stop)
    assert len(told) == 1 or told
    assert copies(desk.stick) == [first]
    assert {name: everything(desk.stick)[name] for name in before} == before
    assert [p.name for p in desk.stick.iterdir() if p.name.startswith("asbdesk-copy")] == [first.folder.name]


def test_progress_ends_at_its_total(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    copy = backup(desk.store, desk.stick, progress=lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == sorted(done for done, _ in told) and told[-1][0] == told[-1][1]
    told.clear()
    restore(copy.folder, desk.other, desk.clock, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (copy.size, copy.size)


def test_a_damaged_database_is_told_and_no_copy_is_made(desk: Desk) -> None:
    desk.store.close()
    content = bytearray(desk.paths.database.read_bytes())
    content[4096 * 5 + 77] ^= 1
    desk.paths.database.write_bytes(content)

    class Broken:
        paths, key, clock = desk.paths, desk.store.key, desk.clock

    with pytest.raises(NotWhole, match=r"is damaged in places.*older copies"):
        backup(Broken(), desk.stick)
    assert copies(desk.stick) == [] and not list(desk.stick.glob("asbdesk-copy*"))


def test_the_wrong_key_makes_no_copy(desk: Desk) -> None:
    class Wrong:
        paths, key, clock = desk.paths, new_key(), desk.clock

    with pytest.raises(NotWhole):
        backup(Wrong(), desk.stick)
    assert not list(desk.stick.glob("asbdesk-copy*"))


# ---- bringing one back
def test_a_store_that_is_there_is_moved_aside_whole(desk: Desk) -> None:
    copy = desk.copy()
    desk.store.do(open_case, "after the copy")
    later = desk.store.files.keep(b"later")
    desk.store.close()
    was = everything(desk.paths.folder)
    desk.clock.pass_time(days=2)
    restored = restore(copy.folder, desk.paths, desk.clock)
    assert (
        restored.aside == desk.paths.folder / "moved-aside-2026-11-23-1042" and str(restored.aside) in restored.sentence
    )
    moved = everything(restored.aside)
    assert moved == {name: was[name] for name in was if not name.startswith("settings")}
    opens_with(desk.paths, desk.kept, desk.clock, passphrase=WORDS)
    former = vault.unlock(StorePaths(restored.aside), desk.clock, passphrase=WORDS)
    assert count(former) == 2 and former.files.read(later.blob, later.key) == b"later"
    former.close()


def test_an_open_store_is_not_restored_over(desk: Desk) -> None:
    copy = desk.copy()
    with pytest.raises(UserError, match="open on this computer"):
        restore(copy.folder, desk.paths, desk.clock)
    assert count(desk.store) == 1


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("damage", [flip, cut, Path.unlink], ids=["flipped", "cut", "missing"])
@pytest.mark.parametrize(
    "part",
    ["desk.db", "slots.json", "authority.pem", "forms/ours.yaml", "letters/ours.yaml", "manifest.json", "evidence"],
)
def test_a_copy_that_is_not_whole_changes_nothing(desk: Desk, part: str, damage: Callable[[Path], None]) -> None:
    copy = desk.copy()
    desk.store.close()
    damage(desk.stick / EVIDENCE / desk.kept.blob if part == "evidence" else copy.folder / part)
    before = everything(desk.paths.folder)
    with pytest.raises(UserError, match=r"(another|an older) (copy|one)|put it there"):
        restore(copy.folder, desk.paths, desk.clock)
    assert everything(desk.paths.folder) == before
    with pytest.raises(UserError):
        restore(copy.folder, desk.other, desk.clock)
    assert everything(desk.other.folder) == {}


def reseal(copy: Copy, **change: Any) -> None:
    """Alter the manifest as somebody would who knows how it is summed."""
    told = json.loads((copy.folder / MANIFEST).read_bytes()) | change
    told.pop("sum")
    (copy.folder / MANIFEST).write_text(json.dumps({**told, "sum": lying._sum(told)}))


@pytest.mark.parametrize(
    "path", ["../../evil", "/etc/passwd", "forms/../../x.yaml", "C:\\x", "settings.json", "tries.json"]
)
def test_a_manifest_cannot_reach_outside(desk: Desk, path: str) -> None:
    copy = desk.copy()
    parts = [{"path": p.path, "size": p.size, "sha256": p.sha256} for p in copy.parts]
    reseal(copy, files=[*parts, {"path": path, "size": 1, "sha256": "0" * 64}])
    with pytest.raises(NotWhole, match="no copy of asbdesk has"):
        restore(copy.folder, desk.other, desk.clock)
    reseal(copy, files=parts, evidence=[["../slots.json", 3]])
    with pytest.raises(NotWhole, match="no copy of asbdesk has"):
        restore(copy.folder, desk.other, desk.clock)


def test_what_is_no_copy_says_so(desk: Desk, tmp_path: Path) -> None:
    copy = desk.copy()
    with pytest.raises(UserError, match="not a spare copy"):
        restore(tmp_path, desk.other, desk.clock)
    with pytest.raises(UserError, match="is not there"):
        restore(tmp_path / "gone", desk.other, desk.clock)
    reseal(copy, version=2)
    with pytest.raises(UserError, match="newer asbdesk"):
        restore(copy.folder, desk.other, desk.clock)
    assert copies(desk.stick) == [] and copies(tmp_path / "gone") == []
    for files in (None, 5, [1], [{"path": 1}], []):
        reseal(copy, version=1, files=files)
        with pytest.raises(NotWhole):
            restore(copy.folder, desk.other, desk.clock)


def test_the_key_file_of_another_desk_is_refused(desk: Desk) -> None:
    copy = desk.copy()
    reseal(copy, store="0" * 32)
    with pytest.raises(NotWhole, match="another desk's"):
        restore(copy.folder, desk.other, desk.clock)


def test_without_its_evidence_only_when_asked(desk: Desk) -> None:
    copy = desk.copy()
    (desk.stick / EVIDENCE / desk.kept.blob).unlink()
    with pytest.raises(NotWhole, match=r"1 evidence files .*asbdesk-files.*go on without"):
        restore(copy.folder, desk.other, desk.clock)
    restored = restore(copy.folder, desk.other, desk.clock, without_evidence=True)
    assert restored.missing == (desk.kept.blob,) and "1 evidence files are missing" in restored.sentence
    store = vault.unlock(desk.other, desk.clock, passphrase=WORDS)
    assert store.drafts.remembered("typed") == NAME
    store.close()


def test_a_power_cut_at_any_rename_of_a_restore_loses_nothing(desk: Desk) -> None:
    copy = desk.copy()
    desk.store.do(open_case, "after the copy")
    desk.store.close()
    script = """
    import sys, os
    from pathlib import Path
    from asbdesk.clock import SetClock
    from asbdesk.paths import StorePaths
    from asbdesk.store.restore import restore
    left = int(sys.argv[3])
    def die(event, args):
        global left
        if event == "os.rename":
            left -= 1
            if left < 0: os._exit(9)
    sys.addaudithook(die)
    restore(Path(sys.argv[1]), StorePaths(Path(sys.argv[2])), SetClock("2026-11-22T09:00:00.000Z"))
    """
    run = [sys.executable, "-c", textwrap.dedent(script), str(copy.folder), str(desk.paths.folder)]
    for cut_at in range(40):
        ended = subprocess.run([*run, str(cut_at)], check=False, capture_output=True, text=True)
        if ended.returncode == 0:
            break
        assert ended.returncode == 9, ended.stderr
    else:
        pytest.fail("the restore never ended")
    assert cut_at > 6
    opens_with(desk.paths, desk.kept, desk.clock, passphrase=WORDS)
    aside = [p for p in desk.paths.folder.glob("moved-aside-*") if (p / "desk.db").exists()]
    former = min(aside, key=lambda p: (len(p.name), p.name))  # -2 before -10
    key, database = desk.store.key, former / "desk.db"
    connection = lying.open_database(database, key)
    assert connection.execute("SELECT count(*) FROM entry").fetchone() == (2,)
    connection.close()


def test_what_was_erased_since_the_copy_is_erased_again(desk: Desk) -> None:
    from asbdesk.store.erase import Order, erase

    copy = desk.copy()
    erase(desk.store, Order("order-1", (desk.file,)))
    desk.store.close()
    restore(copy.folder, desk.paths, desk.clock)
    store = vault.unlock(desk.paths, desk.clock, passphrase=WORDS)
    try:
        with store.reader.connect() as conn:
            assert conn.execute(sa.select(t.erased.c.file, t.erased.c.order_id)).all() == [(desk.file, "order-1")]
            assert conn.scalar(sa.select(sa.func.count()).select_from(t.body)) == 0
    finally:
        store.close()
    assert not (desk.paths.folder / "restored.json").exists()


# ---- before an upgrade
def test_the_copy_before_an_upgrade_can_be_brought_back(desk: Desk) -> None:
    folders = []
    for _ in range(3):
        folders.append(copy_before_migration(desk.paths, desk.clock))  # the log beside the database is copied too
        desk.clock.pass_time(hours=1)
    assert sorted(desk.paths.folder.glob("before-upgrade-*")) == folders[1:]
    desk.store.close()
    flip(desk.paths.database)
    restore(folders[-1], desk.paths, desk.clock)
    opens_with(desk.paths, desk.kept, desk.clock, passphrase=WORDS)


def test_a_replaced_passphrase_opens_no_copy_in_the_stores_own_folder(desk: Desk) -> None:
    folder = copy_before_migration(desk.paths, desk.clock)
    copy = desk.copy()
    desk.store.close()
    aside = restore(copy.folder, desk.paths, desk.clock).aside
    vault.set_passphrase(desk.paths, "marsh piano violet wasp", old=WORDS, kdf=KDF_FAST)
    assert aside is not None
    for place in (folder, aside):
        for name in ("slots.json", "slots.json.before"):
            if (place / name).exists():
                with pytest.raises(WrongSecret):
                    Slots.load(place / name).open_passphrase(WORDS)
                assert Slots.load(place / name).open_passphrase("marsh piano violet wasp") == desk.store.key
    restore(folder, desk.paths, desk.clock)
    opens_with(desk.paths, desk.kept, desk.clock, passphrase="marsh piano violet wasp")
    opens_with(desk.paths, desk.kept, desk.clock, recovery=desk.code)


# ---- disks that refuse
@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MiB, where mounting is possible."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root only")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.needs("mount", "umount")
def test_a_full_stick_is_told_and_nothing_of_the_copy_is_left(desk: Desk, small_disk: Path) -> None:
    first = backup(desk.store, small_disk / "copies")
    desk.store.files.keep(os.urandom(7 << 20))
    with pytest.raises(UserError, match=r"the disk with .* is full"):
        backup(desk.store, small_disk / "copies")
    assert copies(small_disk / "copies") == [first]
    assert len(list((small_disk / "copies").glob("asbdesk-copy*"))) == 1
    assert not list(small_disk.rglob(".new-*"))


@pytest.mark.needs("mount", "umount")
def test_a_read_only_stick_is_told(desk: Desk, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(UserError, match="may not be written to"):
        backup(desk.store, small_disk)
    with pytest.raises(UserError, match="may not be written to"):
        restore(desk.copy().folder, StorePaths(small_disk / "desk"), desk.clock)


@pytest.mark.needs("mount", "umount")
def test_no_room_to_restore_is_told_before_anything_changes(desk: Desk, small_disk: Path) -> None:
    with pytest.raises(UserError, match="too little room"):
        restore(desk.copy().folder, StorePaths(small_disk), desk.clock)
    assert [p.name for p in small_disk.iterdir()] in ([], ["in-use"])
    with pytest.raises(UserError, match="has no room for the copy"):
        copy_before_migration(_moved(desk, small_disk), desk.clock)


def _moved(desk: Desk, place: Path) -> StorePaths:
    for name in ("desk.db", "slots.json"):
        (place / name).write_bytes((desk.paths.folder / name).read_bytes())
    return StorePaths(place)


def test_a_lock_left_by_a_dead_process_does_not_stop_a_restore(desk: Desk) -> None:
    copy = desk.copy()
    desk.other.folder.mkdir(parents=True)
    FileLock(desk.other.lock).acquire(timeout=0).lock.release()
    restore(copy.folder, desk.other, desk.clock)
    opens_with(desk.other, desk.kept, desk.clock, passphrase=WORDS)
