"""The command as another program sees it: exit status, one sentence, no traceback, no Qt, nothing asked aloud."""

from __future__ import annotations

import json
import os
import re
import shutil
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


# ---- on a real store
@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `store`, `sheet.pdf` and `passphrase`, made by the command and never changed."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    new = ["new", "--officer", "Dami Okafor", "--landlord", "Practice Homes", "--recovery-out", folder / "sheet.pdf"]
    done = asbdesk(*new, "--store", folder / "store", "--passphrase-file", folder / "passphrase", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert Path(told["store"]) == folder / "store"
    assert Path(told["recovery_sheet"]).read_bytes().startswith(b"%PDF-")
    assert Path(told["authority"]).read_bytes().startswith(b"-----BEGIN CERTIFICATE-----")
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    """As `made`, to do with as one likes."""
    return Path(shutil.copytree(made, tmp_path / "desk"))


def on(desk: Path, *words: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """A command on the store of `desk`, with its passphrase."""
    return asbdesk(*words, "--store", desk / "store", "--passphrase-file", desk / "passphrase", stdin=stdin)


@pytest.mark.parametrize(
    "words",
    [["cases"], ["cases", "--search", "begum", "--status", "all"], ["today"], ["check"], ["--help"]],
    ids=" ".join,
)
def test_commands_without_a_window_load_no_qt(made: Path, words: list[str]) -> None:
    status, names = loaded_by(*words, "--store", made / "store", "--passphrase-file", made / "passphrase")
    assert status == 0
    assert not {"PySide6", "shiboken6"} & names
    assert not {"reportlab", "pyhanko", "pikepdf", "keyring", "alembic"} & names


def test_verify_loads_no_store_and_no_qt(made: Path) -> None:
    status, names = loaded_by("verify", made / "sheet.pdf", "--store", made / "store")
    assert status == 1
    assert not {"PySide6", "shiboken6", "sqlcipher3"} & names


@pytest.mark.parametrize("words", [["cases"], ["today"], ["check"]], ids=" ".join)
def test_json_is_for_a_program(made: Path, words: list[str]) -> None:
    before, after = on(made, "--json", *words), on(made, *words, "--json")
    assert before.returncode == 0, before.stderr
    assert json.loads(before.stdout) == json.loads(after.stdout)


def test_a_wrong_passphrase_is_refused(desk: Path) -> None:
    (desk / "passphrase").write_text("not that one\n", encoding="utf-8")
    refused(on(desk, "cases"), "not the passphrase")


def test_the_passphrase_comes_from_standard_input(made: Path) -> None:
    done = asbdesk("cases", "--store", made / "store", "--passphrase-file", "-", stdin=PASSPHRASE + "\n")
    assert (done.returncode, done.stderr) == (0, "")


def test_without_a_terminal_nothing_is_asked(made: Path) -> None:
    refused(asbdesk("cases", "--store", made / "store"), "--passphrase-file")


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\x00\xd8"], ids=["empty", "an empty line", "no text"])
def test_a_passphrase_file_without_one_is_refused(desk: Path, content: bytes) -> None:
    (desk / "passphrase").write_bytes(content)
    refused(on(desk, "cases"), "passphrase")


def test_a_passphrase_that_anyone_could_guess_is_refused(tmp_path: Path) -> None:
    new = ["new", "--officer", "A", "--landlord", "B", "--store", tmp_path / "s", "--passphrase-file", "-"]
    refused(asbdesk(*new, "--recovery-out", tmp_path / "r.pdf", stdin="password\n"), "guess")
    assert not (tmp_path / "s" / "desk.db").exists()
    assert not (tmp_path / "r.pdf").exists()


def test_new_never_writes_over_a_store_or_a_file(desk: Path) -> None:
    new = ["new", "--officer", "A", "--landlord", "B", "--recovery-out"]
    refused(on(desk, *new, desk / "r.pdf"), "store here already")
    assert not (desk / "r.pdf").exists()
    other = ["--store", desk / "other", "--passphrase-file", desk / "passphrase"]
    refused(asbdesk(*new, desk / "sheet.pdf", *other), "already")
    refused(asbdesk(*new, desk / "none" / "sheet.pdf", *other), "no such folder")
    refused(asbdesk(*new, desk / "other" / "sheet.pdf", *other), "must not lie in the store")
    assert not (desk / "other" / "desk.db").exists()


def test_an_unknown_case_is_refused(made: Path) -> None:
    refused(on(made, "case", "ASB-2026-A9999"), "ASB-2026-A9999")


def test_a_plan_that_is_not_there_leaves_no_file(made: Path, tmp_path: Path) -> None:
    refused(on(made, "plan", "ASB-2026-A9999", "--out", tmp_path / "plan.pdf"), "ASB-2026-A9999")
    assert not (tmp_path / "plan.pdf").exists()


def test_passphrase_changes_it(desk: Path) -> None:
    new = "eleven slow trains to the coast"
    done = asbdesk("passphrase", "--store", desk / "store", "--passphrase-file", "-", stdin=f"{PASSPHRASE}\n{new}\n")
    assert (done.returncode, done.stderr) == (0, "")
    refused(on(desk, "cases"), "not the passphrase")
    (desk / "passphrase").write_text(new, encoding="utf-8")
    assert on(desk, "cases").returncode == 0


def code_of(sheet: Path) -> str:
    """The code as the sheet prints it."""
    text = subprocess.run(["pdftotext", sheet, "-"], capture_output=True, text=True, check=True).stdout
    return "-".join(re.findall(r"\b[0-9A-HJKMNP-TV-Z]{5}\b", text.partition("Your code")[2].partition("Capitals")[0]))


@pytest.mark.needs("pdftotext")
def test_recover_sets_a_new_passphrase_with_the_sheet(desk: Path) -> None:
    new = "eleven slow trains to the coast"
    code = code_of(desk / "sheet.pdf")
    recover = ["recover", "--store", desk / "store", "--code-file", "-"]
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    refused(asbdesk(*recover, stdin=f"{wrong}\n{new}\n"))
    done = asbdesk(*recover, stdin=f"{code}\n{new}\n")
    assert (done.returncode, done.stderr) == (0, "")
    (desk / "passphrase").write_text(new, encoding="utf-8")
    assert on(desk, "cases").returncode == 0


def test_a_copy_comes_back_on_another_machine(desk: Path, tmp_path: Path) -> None:
    refused(on(desk, "backup"), "--to")
    done = on(desk, "backup", "--to", tmp_path / "stick", "--json")
    assert done.returncode == 0, done.stderr
    copy = json.loads(done.stdout)["copy"]
    assert on(desk, "backup").returncode == 0  # where the last one went
    there = tmp_path / "there"
    assert asbdesk("restore", copy, "--store", there).returncode == 0
    done = asbdesk("check", "--store", there, "--passphrase-file", desk / "passphrase")
    assert done.returncode == 0, done.stderr


def test_a_damaged_copy_changes_nothing(desk: Path, tmp_path: Path) -> None:
    copy = Path(json.loads(on(desk, "backup", "--to", tmp_path / "stick", "--json").stdout)["copy"])
    database = copy / "desk.db"
    data = bytearray(database.read_bytes())
    data[len(data) // 2] ^= 1
    database.write_bytes(data)
    refused(asbdesk("restore", copy, "--store", tmp_path / "there"), status=1)
    refused(asbdesk("restore", tmp_path, "--store", tmp_path / "there"))
    assert not (tmp_path / "there" / "desk.db").exists()


def test_a_damaged_page_is_found(desk: Path) -> None:
    database = desk / "store" / "desk.db"
    data = bytearray(database.read_bytes())
    for page in range(len(data) // 4096 // 2, len(data) // 4096):
        data[page * 4096 + 100] ^= 1
    database.write_bytes(data)
    done = on(desk, "check")
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert "our mistake" not in done.stderr


@pytest.mark.parametrize("missing", ["slots.json", "desk.db"])
def test_a_missing_half_is_said(desk: Path, missing: str) -> None:
    for file in (desk / "store").glob(missing + "*"):
        file.unlink()
    refused(on(desk, "cases"))


@pytest.mark.parametrize("name", ["desk.db", "slots.json"])
def test_rubbish_is_said_to_be_rubbish(desk: Path, name: str) -> None:
    for file in (desk / "store").glob(name + "*"):
        file.write_bytes(b"rubbish" * 1000)
    done = on(desk, "cases")
    assert done.returncode in (1, 2)
    assert len(done.stderr.splitlines()) == 1
    assert "our mistake" not in done.stderr
