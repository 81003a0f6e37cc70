"""Three laptops and a folder by commands alone: found, invite, join, admit by words, exchange, hand over, revoke, and a
code over the telephone; what a program may read is JSON."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from asbdesk.casework.setting_up import Answers, set_up
from asbdesk.clock import SystemClock
from asbdesk.paths import StorePaths
from asbdesk.store.slot import KDF_FAST
from tests.test_cli import PASSPHRASE, asbdesk, refused


class Command:
    """The command on one laptop's store."""

    def __init__(self, folder: Path, secret: Path) -> None:
        self.folder, self.secret = folder, secret

    def run(self, *words: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return asbdesk(*words, "--store", self.folder, "--passphrase-file", self.secret, stdin=stdin)

    def json(self, *words: str | Path) -> Any:
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with head office's closed store (`office`), which founded `shared`."""
    folder = tmp_path_factory.mktemp("organisation")
    answers = Answers(landlord="Wharram Homes", officer="Ann Office", homes=120)
    made = set_up(StorePaths(folder / "office"), SystemClock(), PASSPHRASE, answers, kdf=KDF_FAST, reserve=False)
    made.desk.close()
    (folder / "secret").write_text(PASSPHRASE + "\n", encoding="utf-8")
    done = Command(folder / "office", folder / "secret").json("depot", "create", folder / "shared")
    assert done["new"] and done["trouble"] is None
    yield folder


@pytest.fixture
def here(founded: Path, tmp_path: Path) -> Path:
    """The same for one test, the folder's place moved along."""
    copy = Path(shutil.copytree(founded, tmp_path / "organisation"))
    assert not Command(copy / "office", copy / "secret").json("depot", "create", copy / "shared")["new"]
    return copy


@pytest.fixture
def office(here: Path) -> Command:
    return Command(here / "office", here / "secret")


def joined(office: Command, here: Path, name: str, *, by_words: bool = True, role: str = "officer") -> Command:
    laptop = Command(here / name, here / "secret")
    file, code = here / f"{name}.asborg", here / f"{name}.code"
    office.json("invite", "--role", role, "--out", file, "--code-out", code)
    asked = laptop.json("join", file, "--code-file", code, "--officer", name)
    assert len(asked["words"]) == 6 and not asked["admitted"]
    (waiting,) = office.json("admit")["waiting"]
    assert waiting["words"] == asked["words"] and waiting["name"] == name
    how = ("--words", " ".join(asked["words"])) if by_words else (waiting["id"], "--yes")
    assert office.json("admit", *how)["name"] == name
    assert laptop.json("sync")["trouble"] is None
    return laptop


def test_three_laptops_by_commands_alone(office: Command, here: Path) -> None:
    ben, cat = joined(office, here, "Ben Officer"), joined(office, here, "Cat Officer", by_words=False)
    assert [(m["name"], m["letter"], m["role"]) for m in ben.json("members")] == [
        ("Ann Office", "A", "head_office"), ("Ben Officer", "B", "officer")]  # fmt: skip
    ben.json("sync")
    assert len(ben.json("members")) == 3
    told = cat.json("depot", "status")
    assert (told["role"], told["state"]) == ("officer", "up_to_date") or told["org"], told
    assert office.run("members").stdout.count("officer") == 2


def test_a_case_goes_to_head_office_and_a_lost_laptop_is_listed(office: Command, here: Path) -> None:
    ben = joined(office, here, "Ben Officer")
    history = Path(__file__).parent / "histories" / "202013105.json"
    ben.json("import", history)
    sent = ben.json("sync")
    assert sent["sent"] > 10 and sent["waiting"] == sent["refused"] == 0
    got = office.json("sync")
    assert got["received"] == sent["sent"] == got["applied"]
    assert office.json("cases") and len(office.json("cases")["lines"]) == len(ben.json("cases")["lines"]) == 1
    sheet = here / "sheet.pdf"
    breach = office.json("revoke", "B", "--why", "stolen", "--sheet-out", sheet)
    assert len(breach["cases"]) == 1 and breach["people"] > 0 and sheet.read_bytes().startswith(b"%PDF")
    assert [m["revoked"] != "" for m in office.json("members")] == [False, True]
    refused(ben.run("sync"), "reported this laptop lost")
    refused(office.run("revoke", "A"), "the laptop you are working on")
    refused(office.run("revoke", "nobody"), "no laptop nobody")


def test_a_case_is_erased_and_older_laptops_are_asked_to_be_brought_up_to_date(office: Command, here: Path) -> None:
    office.json("import", Path(__file__).parent / "histories" / "202013105.json")
    reference = office.json("cases")["lines"][0]["reference"]
    told = office.json("erase", reference)
    assert told["reference"] == reference and len(told["files"]) > 2
    words = office.run("erase", reference).stdout
    assert f"{reference} would be erased, with " in words
    assert ("In the way: " in words) == bool(told["in_the_way"])
    names = ("--approved", "Ann Office", "--approved", "Nobody Here")
    refused(office.run("erase", reference, *names), "." if told["in_the_way"] else "Nobody of the name Nobody Here")
    assert "up to date" in office.json("ask-for-update")["done"]


def test_wrong_words_admit_nobody(office: Command, here: Path) -> None:
    laptop = Command(here / "ben", here / "secret")
    office.json("invite", "--role", "officer", "--out", here / "i.asborg", "--code-out", here / "code")
    laptop.json("join", here / "i.asborg", "--code-file", here / "code", "--officer", "Ben")
    refused(office.run("admit", "--words", "one two three four five six"), "not the words", status=1)
    refused(laptop.run("sync"), "not admitted this laptop yet")
    assert "six words" in laptop.run("join", here / "i.asborg", "--code-file", here / "code").stdout, "again"
    assert len(office.json("members")) == 1


def test_a_passphrase_over_the_telephone(office: Command, here: Path) -> None:
    ben = joined(office, here, "Ben Officer")
    office.json("sync")
    shown = ben.json("unlock-code")
    assert shown["letter"] == "B"
    code = office.json("unlock-code", shown["letter"], shown["challenge"])["code"]
    new = here / "new"
    new.write_text(f"{code}\nlemon tractor velvet harbour\n", encoding="utf-8")
    done = asbdesk("recover", "--store", ben.folder, "--code-file", new)
    assert done.returncode == 0, done.stderr
    refused(ben.run("cases"), "not the passphrase")
    new.write_text("lemon tractor velvet harbour\n", encoding="utf-8")
    again = Command(ben.folder, new)
    again.json("sync")
    assert again.json("unlock-code")["challenge"] != shown["challenge"], "a code opens once"
    refused(office.run("unlock-code", "B", "AAAAA-AAAAA"), "group")


def test_what_cannot_be_is_said_in_a_sentence(office: Command, here: Path, tmp_path: Path) -> None:
    refused(office.run("invite", "--role", "king", "--out", here / "a", "--code-out", here / "b"), "king")
    refused(office.run("join", here / "secret"), "not an invitation")
    refused(office.run("admit", "--yes"), "Nobody asks to join")
    assert "Nobody asks" in office.run("admit").stdout
    refused(Command(tmp_path / "none", here / "secret").run("sync"), "no store here")
    shutil.move(here / "shared", here / "unplugged")
    refused(office.run("sync"), "shared")
    status = office.json("depot", "status")
    assert status["where"] == str(here / "shared") and status["kit_on_paper"] is False


def test_a_desk_by_itself_says_so(tmp_path: Path, here: Path) -> None:
    made = set_up(StorePaths(tmp_path / "x"), SystemClock(), PASSPHRASE, Answers("A", "B"), kdf=KDF_FAST, reserve=False)
    made.desk.close()
    lone = Command(tmp_path / "x", here / "secret")
    refused(lone.run("sync"), "works by itself")
    assert lone.json("members") == [] and lone.json("depot", "status")["state"] == "alone"
    invitation, code = here / "i.asborg", here / "code"
    Command(here / "office", here / "secret").json(
        "invite", "--role", "officer", "--out", invitation, "--code-out", code
    )
    refused(lone.run("join", invitation, "--code-file", code), " bring THIS")


def test_the_kit_is_printed_and_put_away(office: Command, here: Path) -> None:
    kit = here / "kit.pdf"
    office.json("depot", "kit", "--out", kit)
    assert kit.read_bytes().startswith(b"%PDF")
    refused(office.run("depot", "kit", "--put-away", "WRONG"), "not the last group")
