"""Reading commands beside an open window: two real processes on one store, and nothing of either is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from asbdesk.clock import SystemClock
from asbdesk.errors import UserError
from asbdesk.model.journal import body
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.engine import make_engine
from tests.conftest import PASSPHRASE
from tests.journeys.test_kill import practice_desk
from tests.test_cli import asbdesk, refused

ROOT = Path(__file__).parent.parent
Held = tuple[StorePaths, str, Callable[..., subprocess.CompletedProcess[str]]]
"""A closed store, its case, and a command run on it."""


@pytest.fixture
def desk(tmp_path: Path) -> Held:
    paths, case = practice_desk(tmp_path / "desk")
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return asbdesk(*words, "--store", paths.folder, "--passphrase-file", secret)

    return paths, case, run


@contextmanager
def open_window(paths: StorePaths, case: str) -> Iterator[list[int]]:
    """Another process has the store open and writes in it; how much, once it has ended."""
    command = [sys.executable, "-m", "tests.journeys.open_window", str(paths.folder), PASSPHRASE, case]
    written: list[int] = []
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline() == "open\n"
        yield written
        child.stdin.close()
        written.append(int(child.stdout.read()))
    assert child.returncode == 0


def views(paths: StorePaths) -> int:
    """How often a case was looked at, as the journal says."""
    store = vault.unlock(paths, SystemClock(), passphrase=PASSPHRASE, reading=True)
    with store.reader.connect() as conn:
        found = conn.scalar(sa.select(sa.func.count()).select_from(body).where(body.c.text.like('%"do":"viewed"%')))
    store.close()
    return found or 0


def test_who_only_reads_stands_beside_an_open_window(desk: Held, tmp_path: Path) -> None:
    paths, case, run = desk
    with open_window(paths, case) as written:
        for words in (["cases"], ["today"], ["case", "ASB-2026-A0001"], ["check"], ["backup", "--to", tmp_path / "c"]):
            done = run(*words, "--json")
            assert (done.returncode, done.stderr) == (0, ""), words
            assert json.loads(done.stdout)
        refused(run("plan", "ASB-2026-A0001", "--out", tmp_path / "plan.pdf"), "no plan in this case yet")
        refused(run("import", tmp_path / "any.json"), "open already")
        assert views(paths) == 0
    assert written[0] > 0
    done = run("check")
    assert done.returncode == 0, done.stderr
    assert run("case", "ASB-2026-A0001").stdout.count("Rang, number") >= min(written[0], 99)
    assert views(paths) == 1
    copy = next((tmp_path / "c").glob("asbdesk-*"), None) or next((tmp_path / "c").iterdir())
    other = tmp_path / "other"
    assert asbdesk("restore", copy, "--store", other).returncode == 0
    again = asbdesk("cases", "--store", other, "--passphrase-file", tmp_path / "passphrase")
    assert "ASB-2026-A0001" in again.stdout


def test_a_window_opens_while_somebody_reads(desk: Held) -> None:
    paths, _, _ = desk
    reading = vault.unlock(paths, SystemClock(), passphrase=PASSPHRASE, reading=True)
    writing = vault.unlock(paths, SystemClock(), passphrase=PASSPHRASE)
    assert (reading.reading, writing.reading) == (True, False)
    writing.drafts.remember("seen", "yes")
    assert reading.drafts.remembered("seen") == "yes"
    with pytest.raises(UserError, match="open already"):
        reading.do(lambda work: None)
    with pytest.raises(UserError, match="may not write"):
        reading.drafts.remember("seen", "no")
    reading.close()
    writing.close()


def test_an_older_store_is_not_read_before_it_is_upgraded(desk: Held) -> None:
    paths, _, run = desk
    store = vault.unlock(paths, SystemClock(), passphrase=PASSPHRASE, reading=True)
    key = store.key
    store.close()
    engine = make_engine(paths.database, key, migrating=True)
    with engine.begin() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    engine.dispose()
    before = sorted(path.name for path in paths.folder.iterdir())
    refused(run("cases"), "older asbdesk", "window once")
    assert sorted(path.name for path in paths.folder.iterdir()) == before


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")
def test_no_file_of_a_store_is_readable_by_others(desk: Held, tmp_path: Path) -> None:
    paths, _, run = desk
    before = os.umask(0)
    try:
        fresh, _ = practice_desk(tmp_path / "fresh")
        with open_window(fresh, case=_only_case(fresh)):
            beside = [path.name for path in fresh.folder.iterdir() if path.stat().st_mode & 0o077]
        assert beside == []
    finally:
        os.umask(before)
    assert [path for path in fresh.folder.rglob("*") if path.stat().st_mode & 0o077] == []
    assert fresh.folder.stat().st_mode & 0o077 == 0
    paths.database.chmod(0o644)  # an older version made it so
    assert run("case", "ASB-2026-A0001").returncode == 0
    assert paths.database.stat().st_mode & 0o077 == 0


def _only_case(paths: StorePaths) -> str:
    from asbdesk.casework.cases import list_cases

    store = vault.unlock(paths, SystemClock(), passphrase=PASSPHRASE, reading=True)
    found = store.ask(list_cases).value.lines[0].id
    store.close()
    return found


def test_check_says_what_to_do_where_nothing_can_be_opened(desk: Held) -> None:
    paths, _, run = desk
    with paths.database.open("rb+") as file:
        file.truncate(9000)
    done = run("check")
    refused(done, "cannot be opened", "asbdesk restore", status=1)
    assert "asbdesk check" not in done.stderr
