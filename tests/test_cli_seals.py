"""Seals by command: the authority handed out, a time authority looked at and named, papers raised at an exchange."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from asbdesk.casework.people import NewPerson
from asbdesk.casework.reports import Telling, open_case
from asbdesk.casework.setting_up import Answers, set_up
from asbdesk.clock import SystemClock
from asbdesk.paths import StorePaths
from asbdesk.store.slot import KDF_FAST
from tests.documents.time_authority import TimeAuthority, time_authority
from tests.sealed_plans import sealed_plan
from tests.test_cli import PASSPHRASE, asbdesk, refused
from tests.test_cli_sync import Command

pytestmark = pytest.mark.needs("openssl")


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimeAuthority]:
    with time_authority(tmp_path_factory.mktemp("tsa")) as here:
        yield here


@pytest.fixture
def office(tmp_path: Path) -> Command:
    """A closed store with one sealed plan in it."""
    answers = Answers(landlord="Wharram Homes", officer="Dami Okafor", homes=120)
    made = set_up(StorePaths(tmp_path / "desk"), SystemClock(), PASSPHRASE, answers, kdf=KDF_FAST, reserve=False)
    case = made.desk.do(open_case, NewPerson(name="Ms Rahima Begum"), Telling(words="Noise.")).value
    sealed_plan(made.desk, case)
    (copy,) = (made.desk.files.names(),)
    assert len(list(copy)) == 1
    made.desk.close()
    (tmp_path / "secret").write_text(PASSPHRASE + "\n", encoding="utf-8")
    return Command(tmp_path / "desk", tmp_path / "secret")


def test_named_looked_at_raised_and_checked(office: Command, clock: TimeAuthority, tmp_path: Path) -> None:
    before = office.json("seals", "status")
    assert (before["time_authority"], before["waiting"], before["withdrawn"]) == ("", 0, 0)
    looked = office.run("seals", "time", clock.address)
    assert "Local Time answers there" in looked.stdout and "give the command again with --yes" in looked.stdout
    assert office.json("seals", "status")["time_authority"] == "", "looking is not naming"
    assert office.json("seals", "time", clock.address, "--yes")["named"]
    assert office.json("seals", "status")["waiting"] == 1
    assert office.json("seals", "raise") == {"done": 1, "waiting": 0, "trouble": "", "away": False}
    (reference,) = (line["reference"] for line in office.json("cases")["lines"])
    assert office.run("plan", reference, "--out", tmp_path / "plan.pdf").returncode == 0
    assert office.json("seals", "export", "--out", tmp_path / "ours.pem")["mark"] == before["mark"]
    done = asbdesk("verify", tmp_path / "plan.pdf", "--authority", tmp_path / "ours.pem", "--store", tmp_path / "none")
    assert done.returncode == 0 and "That is whom this landlord asks for the time." in done.stdout
    told = json.loads(asbdesk("verify", tmp_path / "plan.pdf", "--store", office.folder, "--json").stdout)
    assert told["known_authority"] and told["stamps"][0][2] is True


def test_an_exchange_raises_what_waits(office: Command, clock: TimeAuthority, tmp_path: Path) -> None:
    office.json("depot", "create", tmp_path / "shared")
    office.json("seals", "time", clock.address, "--yes")
    assert "Time stamps: 1 put on, 0 waiting." in office.run("sync").stdout


def test_what_cannot_be_is_one_sentence(office: Command, tmp_path: Path) -> None:
    refused(office.run("seals", "time"), "Give the address of a time-stamp authority, or --nobody.")
    refused(office.run("seals", "time", "timestamp.example"), "beginning with https://")
    refused(office.run("seals", "time", "http://127.0.0.1:9/"), "cannot be reached now")
    (tmp_path / "there.pem").write_text("x", encoding="utf-8")
    refused(office.run("seals", "export", "--out", tmp_path / "there.pem"), "a file of this name already")
    assert office.run("seals", "time", "--nobody").returncode == 0


def test_the_demo_seals_twice_and_asks_whoever_is_named(clock: TimeAuthority, tmp_path: Path) -> None:
    """In Urdu beside English, in large print."""
    words = ("--no-window", "--no-pictures", "--layout", "large", "--language", "ur", "--time-authority", clock.address)
    done = asbdesk("demo", *words, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    told = asbdesk("verify", tmp_path / "out" / "plan.pdf", "--authority", tmp_path / "out" / "authority.pem", "--json")
    verdict = json.loads(told.stdout)
    assert told.returncode == 0 and [name for name, _ in verdict["seals"]] == ["Dami Okafor", "Rosalind Hughes"]
    assert [known for _, _, known in verdict["stamps"]] == [True]
