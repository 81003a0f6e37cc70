"""Making, opening and closing a store; and everything that can be wrong with one, in a sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from asbdesk.clock import SetClock
from asbdesk.errors import NotWhole, UserError
from asbdesk.model import Case, Contact
from asbdesk.model import journal as t
from asbdesk.paths import StorePaths
from asbdesk.store import ballast, vault
from asbdesk.store.keys import OTHER_STORE, WrongSecret
from asbdesk.store.slot import KDF_FAST, KDF_FULL
from asbdesk.store.tries import TooSoon
from asbdesk.store.trouble import Trouble
from tests import builders as b
from tests.conftest import PASSPHRASE


def opens(paths: StorePaths, clock: SetClock, **secret: str) -> None:
    vault.unlock(paths, clock, **({"passphrase": PASSPHRASE} | secret)).close()  # type: ignore[arg-type]


# ---- as it should be
def test_a_store_is_made_and_opened_with_the_full_cost(tmp_path: Path, desk_clock: SetClock) -> None:
    paths = StorePaths(tmp_path / "ein Ordner mit Ümlaut ' and spaces")
    store, code = vault.create(paths, "a passphrase", desk_clock, kdf=KDF_FULL)
    case = store.do(b.open_case).value
    store.set_member("m1")
    store.do(b.hand_over, case, "m1")
    assert '"by":"m1"' in b.texts(store)[1]
    first = store.journal.session
    store.close()
    assert paths.ballast.stat().st_size == ballast.SIZE
    for secret in ({"passphrase": "a passphrase"}, {"recovery": code.lower().replace("-", " ")}):
        store = vault.unlock(paths, desk_clock, **secret)  # type: ignore[arg-type]
        assert store.ask(lambda s: s.get(Case, case).officer).value == "m1"
        assert store.journal.member == "m1" and store.journal.session != first
        assert store.journal.session.split(".")[0] == first.split(".")[0]
        store.tidy()
        store.close()


def test_the_file_is_ciphertext_from_its_first_byte(store: vault.Store) -> None:
    store.do(b.open_whole_case, "Ms Zephyrine Quillfeather")
    for path in store.paths.folder.rglob("*"):
        if path.is_file():
            assert b"Zephyrine" not in path.read_bytes()
    assert store.paths.database.read_bytes()[:6] != b"SQLite"


def test_what_was_asked_comes_with_its_place_in_the_journal(store: vault.Store) -> None:
    case = store.do(b.open_case).value
    asked = store.ask(lambda s, which: s.get(Case, which).status, case)
    assert (asked.value, asked.as_of) == ("open", 1)


def test_a_new_passphrase_by_the_recovery_code(
    store_paths: StorePaths, desk_clock: SetClock, blank_store: tuple[Path, str]
) -> None:
    vault.set_passphrase(store_paths, "another one", recovery=blank_store[1], kdf=KDF_FAST)
    opens(store_paths, desk_clock, passphrase="another one")
    vault.set_passphrase(store_paths, "a third", old="another one", kdf=KDF_FAST)
    opens(store_paths, desk_clock, passphrase="a third")
    with pytest.raises(WrongSecret):
        opens(store_paths, desk_clock)


def test_set_up_that_was_interrupted_begins_again(tmp_path: Path, desk_clock: SetClock) -> None:
    paths = StorePaths(tmp_path / "desk")
    paths.folder.mkdir()
    (paths.folder / vault.UNFINISHED).touch()
    paths.database.write_bytes(b"half a database")
    store, _ = vault.create(paths, PASSPHRASE, desk_clock, kdf=KDF_FAST, reserve=False)
    store.close()
    opens(paths, desk_clock)
    with pytest.raises(UserError, match=r"a desk in .* already"):
        vault.create(paths, PASSPHRASE, desk_clock, kdf=KDF_FAST)
    opens(paths, desk_clock)


# ---- what can be wrong
def plain_database(paths: StorePaths) -> None:
    import sqlite3

    paths.database.unlink()
    connection = sqlite3.connect(paths.database)
    connection.execute("CREATE TABLE x (a)")
    connection.close()


def another_key(paths: StorePaths) -> None:
    folder = paths.folder.parent / "other"
    vault.create(StorePaths(folder), PASSPHRASE, SetClock("2026-11-21T10:00:00.000Z"), kdf=KDF_FAST)[0].close()
    shutil.copy(folder / "slots.json", paths.slots)
    shutil.copy(folder / "slots.json", paths.slots.with_name("slots.json.before"))


def first_page(paths: StorePaths) -> None:
    data = bytearray(paths.database.read_bytes())
    data[100] ^= 1
    paths.database.write_bytes(data)


def no_slots(paths: StorePaths) -> None:
    for path in paths.folder.glob("slots.json*"):
        path.unlink()


WRONG: dict[str, tuple[str, Callable[[StorePaths], object]]] = {
    "another program's database": ("of another program", plain_database),
    "an empty file": ("empty or cut short", lambda p: p.database.write_bytes(b"")),
    "a cut file": ("empty or cut short", lambda p: p.database.write_bytes(p.database.read_bytes()[:1000])),
    "any bytes": (OTHER_STORE[:20], lambda p: p.database.write_bytes(os.urandom(40960))),
    "another store's key file": (OTHER_STORE[:20], another_key),
    "a damaged first page": (OTHER_STORE[:20], first_page),
    "no database": ("missing", lambda p: p.database.unlink()),
    "no key file": ("key file .* is missing", no_slots),
    "nothing at all": ("key file .* is missing", lambda p: [no_slots(p), p.database.unlink()]),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_whole_store_is_said_and_nothing_is_changed(
    store_paths: StorePaths, desk_clock: SetClock, name: str
) -> None:
    sentence, spoil = WRONG[name]
    spoil(store_paths)
    before = {p: p.read_bytes() for p in store_paths.folder.iterdir() if p.is_file() and p != store_paths.lock}
    with pytest.raises(NotWhole, match=sentence) as said:
        opens(store_paths, desk_clock)
    assert str(said.value).endswith(".")
    assert {p: p.read_bytes() for p in before} == before
    assert not (set(store_paths.folder.iterdir()) - set(before) - {store_paths.lock, store_paths.evidence})


def test_a_wrong_passphrase_slows_down_and_never_locks_out(store_paths: StorePaths, desk_clock: SetClock) -> None:
    for _ in range(4):
        with pytest.raises(WrongSecret):
            opens(store_paths, desk_clock, passphrase="wrong")
    with pytest.raises(TooSoon):
        opens(store_paths, desk_clock)
    desk_clock.pass_time(seconds=61)
    opens(store_paths, desk_clock)


def test_a_keyring_that_does_not_help_is_a_sentence(store_paths: StorePaths, desk_clock: SetClock) -> None:
    with pytest.raises(UserError, match="passphrase"):
        vault.unlock(store_paths, desk_clock, keyring=True)
    opens(store_paths, desk_clock)  # the lock was let go of


def test_a_second_window_gets_a_sentence(store: vault.Store, desk_clock: SetClock) -> None:
    with pytest.raises(UserError, match="open already"):
        opens(store.paths, desk_clock)
    command = (
        "import sys; from pathlib import Path; from asbdesk.store import vault; from asbdesk.paths import StorePaths\n"
        "from asbdesk.clock import SystemClock; from asbdesk.errors import UserError\n"
        "try: vault.unlock(StorePaths(Path(sys.argv[1])), SystemClock(), passphrase=sys.argv[2])\n"
        "except UserError as error: print(error)"
    )
    run = subprocess.run(
        [sys.executable, "-c", command, str(store.paths.folder), PASSPHRASE],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert "open already" in run.stdout
    store.do(b.open_case)


def test_a_damaged_page_met_while_reading_is_said(store_paths: StorePaths, desk_clock: SetClock) -> None:
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    case = store.do(b.open_case).value
    for i in range(30):
        store.do(b.note_contact, case, f"{i} " * 8000)
    store.close()
    data = bytearray(store_paths.database.read_bytes())
    middle = len(data) // 4096 * 3 // 4  # long texts fill nearly every page there
    for page in range(middle, middle + 4):
        data[page * 4096 + 50] ^= 1
    store_paths.database.write_bytes(data)
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    try:
        with pytest.raises(NotWhole, match="damaged"):
            store.ask(lambda s: [s.scalars(sa.select(t.body.c.text)).all(), s.scalars(sa.select(Contact.note)).all()])
    finally:
        store.close()


def test_a_bug_of_ours_is_not_dressed_up(store: vault.Store) -> None:
    with pytest.raises(sa.exc.OperationalError, match="no such table"):
        store.ask(lambda s: s.execute(sa.text("SELECT * FROM nowhere")))
    with pytest.raises(ZeroDivisionError):
        store.ask(lambda s: 1 // 0)


# ---- the disk
def test_a_folder_that_may_not_be_written_to(desk_clock: SetClock, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError):
        vault.create(StorePaths(tmp_path / "file" / "desk"), PASSPHRASE, desk_clock, kdf=KDF_FAST)


def test_a_full_database_is_said_after_the_ballast_went_and_nothing_is_lost(store: vault.Store) -> None:
    case = store.do(b.open_case).value
    store.paths.ballast.write_bytes(b"x" * 100)
    with store.writer.connect() as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar()
        conn.rollback()
        conn.connection.driver_connection.execute(f"PRAGMA max_page_count = {pages + 3}").fetchall()  # type: ignore[union-attr]
    with pytest.raises(UserError, match="is full and this could not be saved"):
        for i in range(1000):
            store.do(b.note_contact, case, f"{i} " * 1000)
    assert not store.paths.ballast.exists() and store.trouble.reserve_used
    before = len(b.texts(store))
    with pytest.raises(UserError, match="is full"), store.journal.batch():
        for i in range(1000):
            store.do(b.note_contact, case, f"{i} " * 1000)
    assert len(b.texts(store)) == before, "many actions in one transaction: all of them, or none"
    with store.writer.connect() as conn:
        conn.connection.driver_connection.execute("PRAGMA max_page_count = 1000000").fetchall()  # type: ignore[union-attr]
    done = store.do(b.note_contact, case, "after")
    with store.reader.connect() as conn:
        assert conn.scalar(sa.select(sa.func.max(t.entry.c.n))) == done.n


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 26 MB, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    if (
        not shutil.which("mount")
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=26m", "tmpfs", str(place)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("mounting a small disk needs root on Linux")
    yield place
    subprocess.run(["mount", "-o", "remount,rw,size=26m", str(place)], check=False)
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_fills_up(store_paths: StorePaths, desk_clock: SetClock, small_disk: Path) -> None:
    paths = StorePaths(Path(shutil.copytree(store_paths.folder, small_disk / "desk")))
    paths.ballast.write_bytes(os.urandom(4 << 20))
    store = vault.unlock(paths, desk_clock, passphrase=PASSPHRASE)
    case = store.do(b.open_case).value
    run = store.drafts.start(case, "visit", "h")
    (small_disk / "filler").write_bytes(os.urandom(shutil.disk_usage(small_disk).free - (256 << 10)))
    saved = 0
    while paths.ballast.exists():  # the reserve is given up once, and what met the full disk is saved all the same
        store.drafts.save(run, f"q{saved}", f"{saved} " * 4000)
        saved += 1
    assert store.trouble.reserve_used
    with pytest.raises(UserError, match="is full and this could not be saved"):
        while True:
            store.drafts.save(run, f"q{saved}", f"{saved} " * 4000)
            saved += 1
    assert len(store.drafts.values(run)) == saved, "an acknowledged answer was lost"
    store.close()
    store = vault.unlock(paths, desk_clock, passphrase=PASSPHRASE)  # it opens on the full disk
    assert len(store.drafts.values(run)) == saved
    (small_disk / "filler").unlink()
    store.do(b.note_contact, case, "after")
    b.assert_whole(store)
    store.close()


def test_a_disk_that_becomes_read_only(store_paths: StorePaths, desk_clock: SetClock, small_disk: Path) -> None:
    paths = StorePaths(Path(shutil.copytree(store_paths.folder, small_disk / "desk")))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(UserError, match=r"may not be written|read-only"):
        vault.unlock(paths, desk_clock, passphrase=PASSPHRASE)
    with pytest.raises(UserError, match=r"may not be written|read-only"):
        vault.create(StorePaths(small_disk / "new"), PASSPHRASE, desk_clock, kdf=KDF_FAST)


def test_what_the_disk_says_is_put_in_words(tmp_path: Path) -> None:
    trouble = Trouble(StorePaths(tmp_path))
    error = PermissionError(13, "Permission denied")
    assert "may not be written to" in str(trouble.said(error))
    assert isinstance(trouble.said(ValueError()), ValueError)
