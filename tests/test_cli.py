"""The command as another program sees it: exit status, one sentence, no traceback, no Qt, nothing asked aloud."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from asbdesk import cli

ROOT = Path(__file__).parent.parent
PASSPHRASE = "nine green bottles on the wall"
COMMANDS = (
    *("backup", "case", "cases", "check", "demo", "import", "new", "passphrase", "pictures", "plan", "recover"),
    *("restore", "today", "verify"),
)


def asbdesk(*words: str | Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, as a script would."""
    return subprocess.run(
        [sys.executable, "-m", "asbdesk", *map(str, words)],
        input=stdin, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, env=os.environ | environment,
    )  # fmt: skip


def refused(done: subprocess.CompletedProcess[str], *said: str, status: int = 2) -> None:
    """It ended with `status` and one plain sentence that says all of `said`."""
    assert done.returncode == status, done.stdout + done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "our mistake" not in done.stderr
    for part in said:
        assert part in done.stderr


def test_help_lists_every_command_and_nothing_of_later() -> None:
    done = asbdesk("--help")
    assert done.returncode == 0
    listed = {line.split()[0] for line in done.stdout.partition("Commands:")[2].splitlines() if line.strip()}
    assert listed == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_the_common_options(command: str) -> None:
    done = asbdesk(command, "--help")
    assert done.returncode == 0
    assert all(option in done.stdout for option in ("--store", "--passphrase-file", "--json"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["casez"], "casez"),
        (["case"], "REF"),
        (["cases", "--limit", "many"], "--limit"),
        (["cases", "--colour"], "--colour"),
        (["plan", "ASB-2026-A0001"], "--out"),
        (["verify"], "FILE"),
        (["import"], "FILE"),
        (["new", "--officer", "Dami Okafor"], "--landlord"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_in_a_sentence(words: list[str], said: str) -> None:
    refused(asbdesk(*words), said)


@pytest.mark.parametrize("command", [["cases"], ["today"], ["case", "X"], ["check"], ["backup"], ["passphrase"]])
def test_no_store_is_said_before_a_passphrase_is_asked_for(command: list[str], tmp_path: Path) -> None:
    refused(asbdesk(*command, "--store", tmp_path / "none"), str(tmp_path / "none"), "no store")


def test_options_stand_before_or_after_the_command(tmp_path: Path) -> None:
    before = asbdesk("--store", tmp_path / "none", "cases")
    after = asbdesk("cases", "--store", tmp_path / "none")
    refused(before, str(tmp_path / "none"))
    assert before.stderr == after.stderr


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    refused(asbdesk("verify", tmp_path / "gone.pdf"), "gone.pdf")


def test_a_folder_is_no_pdf(tmp_path: Path) -> None:
    refused(asbdesk("verify", tmp_path), tmp_path.name)


def test_a_reader_that_stops_listening_is_no_trouble() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "asbdesk", "--help"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        said = child.stderr.read()
        assert (child.wait(60), said) == (0, b"")


def test_a_bug_gets_a_number_and_its_message_is_not_kept(tmp_path: Path, monkeypatch, capsys) -> None:
    def broken(words: list[str]) -> int:
        raise LookupError("Ms Rahima Begum")

    monkeypatch.setattr("asbdesk.cli.commands.run", broken)
    assert cli.main(["cases", "--store", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    log = (tmp_path / "asbdesk.log").read_text(encoding="utf-8")
    assert "our mistake" in said
    number = said.split("number ")[1].split()[0]
    assert number in log
    assert "LookupError" in log
    assert "Begum" not in said + log


def test_a_console_without_our_letters_still_works() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "asbdesk", "import", "zażółć–.json", "--store", "none"],
        cwd=ROOT, capture_output=True, env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def loaded_by(*words: str | Path, stdin: str = "") -> tuple[int, set[str]]:
    """Exit status of a command, and the packages that were loaded when it had ended."""
    code = (
        "import json, sys\nfrom asbdesk.cli import main\nstatus = main(sys.argv[1:])\n"
        "print('\\n' + json.dumps([status, sorted({n.partition('.')[0] for n in sys.modules})]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        input=stdin, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    status, names = json.loads(done.stdout.splitlines()[-1])
    return status, set(names)


def test_help_loads_nothing_heavy() -> None:
    status, names = loaded_by("--help")
    assert status == 0
    assert names & {"PySide6", "sqlalchemy", "sqlcipher3", "cryptography", "reportlab", "pyhanko", "pikepdf"} == set()
