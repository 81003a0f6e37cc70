"""The command as another program sees it: exit status, one sentence, no traceback, no Qt, nothing asked aloud."""

from __future__ import annotations

import io
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
    *("backup", "case", "cases", "check", "demo", "export", "import", "new", "passphrase", "pictures", "plan"),
    *("casefile", "recover", "replay", "restore", "seals", "today", "verify", "words"),
    *("admit", "bring", "depot", "headoffice", "invite", "join", "members", "revoke", "sync", "unlock-code"),
    *("ask-for-update", "erase"),
)


def asbdesk(*words: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command as a script would, in this process: a hundred processes would take minutes."""
    told = list(map(str, words))
    streams = [io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") for data in (stdin.encode(), b"", b"")]
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = streams
    try:
        status = cli.main(told)
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
    for stream in streams:
        stream.flush()
    out, err = (stream.buffer.getvalue().decode() for stream in streams[1:])  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(told, status, out, err)


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
        (["export", "ASB-2026-A0001"], "--out"),
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


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_without_a_display_the_window_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    refused(asbdesk("--store", tmp_path), "no display")
    refused(asbdesk("--json", "--store", tmp_path), "no display")


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
    refused(on(desk, "cases"), missing, status=1)


@pytest.mark.parametrize("name", ["desk.db", "slots.json"])
def test_rubbish_is_said_to_be_rubbish(desk: Path, name: str) -> None:
    for file in (desk / "store").glob(name + "*"):
        file.write_bytes(b"rubbish" * 1000)
    done = on(desk, "cases")
    assert done.returncode in (1, 2)
    assert len(done.stderr.splitlines()) == 1
    assert "our mistake" not in done.stderr


# ---- after a visit
@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk after the practice visit: `store`, `passphrase`, and the first case's `reference`."""
    from asbdesk.clock import SystemClock
    from asbdesk.exchange import demo, practice
    from asbdesk.model import Case
    from asbdesk.paths import StorePaths

    folder = tmp_path_factory.mktemp("lived")
    desk = demo.practice_desk(StorePaths(folder / "store"), demo.morning(SystemClock()))
    practice.live_the_visit(desk)
    case = desk.read(practice.practice_case, practice.FIRST)
    reference = desk.read(lambda session: str(session.get(Case, case).reference))
    desk.close()
    (folder / "passphrase").write_text(demo.PASSPHRASE + "\n", encoding="utf-8")
    (folder / "reference").write_text(reference, encoding="utf-8")
    done = on(folder, "plan", reference, "--out", folder / "plan.pdf")
    assert done.returncode == 0, done.stderr
    assert "as it was locked (sealed)" in done.stdout
    return folder


def test_a_case_is_shown_whole(lived: Path) -> None:
    reference = (lived / "reference").read_text(encoding="utf-8")
    done = on(lived, "case", reference.lower())
    assert done.returncode == 0, done.stderr
    for said in (reference, "Ms Rahima Begum", "Due", "People", "Risk", "Plans", "Chronology"):
        assert said in done.stdout
    page = json.loads(on(lived, "case", reference, "--json").stdout)
    assert page["line"]["reference"] == reference
    assert page["plans"][0]["sealed"] is True


def test_the_list_is_searched(lived: Path) -> None:
    found = json.loads(on(lived, "cases", "--json", "--search", "begum").stdout)
    assert [line["reference"] for line in found["lines"]] == [(lived / "reference").read_text(encoding="utf-8")]
    assert on(lived, "cases", "--search", "nobody of this name").stdout == "No case matches.\n"


def test_a_lived_desk_is_whole(lived: Path) -> None:
    done = on(lived, "check", "--json")
    assert done.returncode == 0, done.stderr
    assert all(finding["whole"] for finding in json.loads(done.stdout))


def test_large_print_is_a_draft(lived: Path, tmp_path: Path) -> None:
    reference = (lived / "reference").read_text(encoding="utf-8")
    done = on(lived, "plan", reference, "--large", "--out", tmp_path / "large.pdf")
    assert done.returncode == 0, done.stderr
    assert "draft" in done.stdout
    refused(on(lived, "plan", reference, "--out", tmp_path / "large.pdf"), "already")


def test_verify_knows_its_own_authority(lived: Path, made: Path, tmp_path: Path) -> None:
    own = asbdesk("verify", lived / "plan.pdf", "--store", lived / "store", "--json")
    assert own.returncode == 0
    assert json.loads(own.stdout)["known_authority"] is True
    named = asbdesk("verify", lived / "plan.pdf", "--authority", lived / "store" / "authority.pem")
    assert named.returncode == 0
    unknown = asbdesk("verify", lived / "plan.pdf", "--store", tmp_path / "none", "--json")
    assert unknown.returncode == 0
    assert json.loads(unknown.stdout)["known_authority"] is None
    assert asbdesk("verify", lived / "plan.pdf", "--store", made / "store").returncode == 1
    refused(asbdesk("verify", lived / "plan.pdf", "--authority", tmp_path / "none.pem"), "none.pem")
    refused(asbdesk("verify", lived / "plan.pdf", "--authority", lived / "passphrase"))


def test_verify_finds_any_flipped_byte(lived: Path, tmp_path: Path) -> None:
    whole = (lived / "plan.pdf").read_bytes()
    copy = tmp_path / "copy.pdf"
    for place in range(200, len(whole) - 20_000, max(1, len(whole) // 12)):
        copy.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        done = asbdesk("verify", copy, "--store", lived / "store")
        assert (done.returncode, done.stderr) == (1, ""), place
    for rest in (whole[: len(whole) // 2], b"", b"no PDF", whole + b"\n% more"):
        copy.write_bytes(rest)
        assert asbdesk("verify", copy, "--store", lived / "store").returncode == 1


def test_a_case_that_was_imported_can_leave_again(desk: Path, tmp_path: Path) -> None:
    history = ROOT / "resources" / "practice" / "202013105.json"
    case = json.loads(on(desk, "import", history, "--json").stdout)[0]["result"]["reference"]
    done = on(desk, "export", case, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "Nothing in it is encrypted" in done.stdout
    out = json.loads((tmp_path / "out" / "history.json").read_text(encoding="utf-8"))
    told = json.loads(history.read_text(encoding="utf-8"))
    assert len(out["events"]) == len([e for e in told["events"] if e["on"] <= told["until"]])
    refused(on(desk, "export", case, "--out", tmp_path / "out"), "something here already")
    refused(on(desk, "export", "ASB-2026-A9999", "--out", tmp_path / "none"), "ASB-2026-A9999")
    assert not (tmp_path / "none").exists()


def test_an_import_is_taken_whole_or_refused_whole(desk: Path, tmp_path: Path) -> None:
    history = ROOT / "resources" / "practice" / "202013105.json"
    broken = tmp_path / "broken.json"
    broken.write_text(history.read_text(encoding="utf-8")[:-200], encoding="utf-8")
    refused(on(desk, "import", broken), "broken.json")
    assert on(desk, "cases", "--status", "all").stdout == "There is no case on this desk.\n"
    done = on(desk, "import", history)
    assert done.returncode == 0, done.stderr
    assert "taken in as" in done.stdout
    refused(on(desk, "import", history), "here already")
    assert on(desk, "check").returncode == 0


def test_a_list_of_cases_is_looked_through_then_taken_on(desk: Path, tmp_path: Path) -> None:
    listed = tmp_path / "cases.csv"
    listed.write_text("Name,Address,RAG\nMs A,1 Row,Red\nMr B,2 Row,Mauve\n", encoding="utf-8")
    looked = on(desk, "import", "--spreadsheet", listed, "--dry-run")
    assert looked.returncode == 1 and "Risk level: “RAG”" in looked.stdout
    assert "Row 2: Ms A, 1 Row: high" in looked.stdout and "Row 3, RAG: “Mauve” is no level" in looked.stdout
    whole = on(desk, "import", "--spreadsheet", listed)
    assert whole.returncode == 2 and "Nothing was taken on" in whole.stderr and "Row 3, RAG" in whole.stdout
    assert on(desk, "cases", "--status", "all").stdout == "There is no case on this desk.\n"
    done = on(desk, "import", "--spreadsheet", listed, "--good-rows")
    assert done.returncode == 0 and "1 case taken on" in done.stdout
    assert on(desk, "check").returncode == 0
    refused(on(desk, "import"), "--spreadsheet FILE")
    refused(on(desk, "import", "--dry-run", listed), "--spreadsheet FILE")


def test_a_list_is_taken_on_by_a_mapping_and_asked_where_it_says_no_risk(desk: Path, tmp_path: Path) -> None:
    listed, mapping = tmp_path / "cases.csv", tmp_path / "mapping.json"
    listed.write_text("Who,Colour,Home\nMs A,Red,1 Row\n", encoding="utf-8")
    refused(on(desk, "import", "--spreadsheet", listed), "no row names its columns")
    listed.write_text("Tenant,Colour,Address\nMs A,Red,1 Row\n", encoding="utf-8")
    refused(on(desk, "import", "--spreadsheet", listed), "three facts")
    asked = on(desk, "import", "--spreadsheet", listed, "--ask", tmp_path / "asked.csv")
    assert asked.returncode == 0 and "Last spoken to" in (tmp_path / "asked.csv").read_text("utf-8-sig")
    refused(on(desk, "import", "--spreadsheet", listed, "--ask", tmp_path / "asked.csv"), "already")
    mapping.write_text('{"name": "Tenant", "level": "Colour"}', encoding="utf-8")
    done = on(desk, "import", "--spreadsheet", listed, "--mapping", mapping, "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["taken"]["cases"] == 1


def test_the_demo_needs_no_qt_for_its_visit(tmp_path: Path) -> None:
    status, names = loaded_by("demo", "--no-pictures", "--no-window", "--out", tmp_path / "out")
    assert status == 0
    assert not {"PySide6", "shiboken6"} & names
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"plan.pdf", "authority.pem"}


HISTORIES = Path(__file__).parent / "histories"


def test_replay_says_what_went_late_first_and_the_totals_last() -> None:
    done = asbdesk("replay", HISTORIES / "202013105.json")
    lines = done.stdout.splitlines()
    assert done.returncode == 0 and lines[0] == "202013105" and lines[1].split()[:2] == ["Late", "from"]
    assert lines[2].startswith("2020-03-05") and "late and not done" in lines[-2]


def test_replay_in_json_is_one_object_a_file_and_a_refused_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"format": "asbdesk-case-history/1"', encoding="utf-8")
    done = asbdesk("replay", HISTORIES / "202205105.json", broken, HISTORIES / "psow-hafod.json", "--json")
    assert done.returncode == 2 and "broken.json" in done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [a["reference"] for a in answers] == ["202205105", "psow-hafod"]
    assert set(answers[0]) == {"reference", "duties"}


def test_replay_with_a_landlords_own_timescales(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("risk_assessment.serious_wd: 3\n", encoding="utf-8")
    done = asbdesk("replay", HISTORIES / "202013105.json", "--policy", own, "--json")
    duties = json.loads(done.stdout)["duties"]
    assert next(d["due"] for d in duties if d["duty"] == "risk_assessment") == "2020-03-06"
    refused(asbdesk("replay", HISTORIES / "202013105.json", "--policy", tmp_path / "none.yaml"), "none.yaml")


def test_a_case_file_is_written_whole_and_never_over_another(lived: Path, tmp_path: Path) -> None:
    desk = Path(shutil.copytree(lived, tmp_path / "desk"))
    reference = (desk / "reference").read_text(encoding="utf-8")
    for copy, place, how in (("resident", "a.pdf", ()), ("court", "bundle", ("--folder", "--json"))):
        done = on(desk, "casefile", reference, "--copy", copy, "--out", tmp_path / place, *how)
        assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["files"] == 3 and (tmp_path / "bundle" / "bagit.txt").is_file()
    refused(on(desk, "casefile", reference, "--copy", "court", "--out", tmp_path / "a.pdf"), "already")
    refused(on(desk, "casefile", reference, "--copy", "everybody", "--out", tmp_path / "b.pdf"), "everybody")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.pdf", "bundle", "desk"]
