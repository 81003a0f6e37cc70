"""Head office and three laptops by commands alone: init, serve, found, invite, join, admit, exchange."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from asbdesk.casework.setting_up import Answers, set_up
from asbdesk.clock import SystemClock
from asbdesk.headoffice.beginning import Begun
from asbdesk.headoffice.place import OfficeFolder
from asbdesk.paths import StorePaths
from asbdesk.store.slot import KDF_FAST
from tests.headoffice.offices import Running, Served, free_port
from tests.test_cli import PASSPHRASE, asbdesk

HISTORY = Path(__file__).parents[1] / "histories" / "202105739.json"


@pytest.fixture
def served(tmp_path: Path, database: str) -> Served:
    """What `headoffice init` says, and what it made."""
    folder, port = tmp_path / "office", free_port()
    words = ("headoffice", "init", "--database", database, "--dir", folder, "--landlord", "Wharram Homes")
    done = asbdesk(*words, "--name", "127.0.0.1", "--port", str(port), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    again = asbdesk(*words)
    assert again.returncode == 0 and told["address"] in again.stdout and told["code"] in again.stdout
    return Served(OfficeFolder(folder), Begun(folder, told["address"], told["code"]), told["address"], port)


def desk(tmp_path: Path, name: str) -> Any:
    """A function that runs a command on this laptop's store and gives its JSON."""
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")

    def run(*words: str | Path) -> Any:
        done = asbdesk(*words, "--store", tmp_path / name, "--passphrase-file", secret, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def test_head_office_by_commands(served: Served, tmp_path: Path) -> None:
    answers = Answers(landlord="Wharram Homes", officer="Ann Office", homes=120)
    set_up(StorePaths(tmp_path / "ann"), SystemClock(), PASSPHRASE, answers, kdf=KDF_FAST, reserve=False).desk.close()
    ann, ben = desk(tmp_path, "ann"), desk(tmp_path, "ben")
    code = tmp_path / "code"
    code.write_text(served.begun.code + "\n", encoding="utf-8")
    running = Running(served, workers=1)
    running.start()
    try:
        founded = ann("depot", "create", served.url, "--code-file", code)
        assert founded["new"] and founded["trouble"] is None
        ann("import", HISTORY)
        assert ann("sync")["sent"] > 0
        ann("invite", "--role", "head_office", "--out", tmp_path / "b.asborg", "--code-out", tmp_path / "b.code")
        ben("join", tmp_path / "b.asborg", "--code-file", tmp_path / "b.code", "--officer", "Ben Second")
        (waiting,) = ann("admit")["waiting"]
        ann("admit", waiting["id"], "--yes")
        assert ben("sync")["applied"] > 0
        held = [{c["reference"] for c in run("cases")["lines"]} for run in (ann, ben)]
        assert held[0] == held[1] != set()
    finally:
        running.stop()


def test_what_makes_no_sense_is_refused(tmp_path: Path, database: str) -> None:
    for words, said in (
        (("headoffice", "init", "--dir", tmp_path), "--database"),
        (("headoffice", "init", "--database", "sqlite:///x", "--dir", tmp_path / "n", "--landlord", "W"), "no address"),
        (("headoffice", "serve", "--dir", tmp_path), "no head-office service here"),
        (("headoffice", "serve", "--dir", tmp_path, "--workers", "0"), "workers"),
        (("headoffice",), "headoffice"),
    ):
        done = asbdesk(*words)
        assert done.returncode == 2 and said in done.stdout + done.stderr, (words, done)
        assert "Traceback" not in done.stderr
