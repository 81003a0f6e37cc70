"""Two processes on one store: the second gets a sentence, the first loses nothing, a crash leaves no lock behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from tests.builders import assert_whole, note_contact, open_whole_case, texts
from tests.conftest import PASSPHRASE

ROOT = Path(__file__).parent.parent.parent
HOLDER = """
import sys
from pathlib import Path
from asbdesk.clock import SystemClock
from asbdesk.paths import StorePaths
from asbdesk.store import vault
store = vault.unlock(StorePaths(Path(sys.argv[1])), SystemClock(), passphrase=sys.argv[2])
print("open", flush=True)
sys.stdin.readline()
"""


def holder(paths: StorePaths) -> subprocess.Popen[str]:
    """Another process that has the store open, until it is killed or told to go."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(paths.folder), PASSPHRASE],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    return other


def test_a_second_command_gets_a_sentence(store_paths: StorePaths, tmp_path: Path) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(f"{PASSPHRASE}\nseven grey lorries on tuesday\n", encoding="utf-8")
    options = ["--store", store_paths.folder, "--passphrase-file", secret]
    with holder(store_paths) as other:
        for command in (["passphrase"], ["import", "x.json"]):  # those that only read stand beside it: test_cli_beside
            done = subprocess.run(
                [sys.executable, "-m", "asbdesk", *command, *options],
                cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60,
            )  # fmt: skip
            assert done.returncode == 2, (command, done.stderr)
            assert "open already" in done.stderr
            assert len(done.stderr.splitlines()) == 1
        other.kill()


def test_what_the_first_was_writing_is_whole(store: vault.Store) -> None:
    case, _, _ = store.do(open_whole_case).value
    for number in range(5):
        with pytest.raises(UserError, match="open already"):
            vault.unlock(store.paths, SetClock("2026-11-21T10:00:00.000Z"), passphrase=PASSPHRASE)
        store.do(note_contact, case, f"note {number}")
    assert len(texts(store)) == 3 + 5
    assert_whole(store)


def test_a_process_that_died_leaves_no_lock(store_paths: StorePaths, desk_clock: SetClock) -> None:
    other = holder(store_paths)
    other.kill()
    other.communicate()
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    assert_whole(store)
    store.close()
