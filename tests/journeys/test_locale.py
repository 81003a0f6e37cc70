"""The other side of the world, no locale, a Turkish one: the same visit, the same words, the same days."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.journeys.living import LIVE, Place

ELSEWHERE = {
    "Auckland, no locale": {"TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C"},
    "Turkish": {"TZ": "Europe/Istanbul", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "ASCII alone": {"TZ": "UTC", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A practice desk after its visit, lived in London."""
    place = Place(tmp_path_factory.mktemp("london"))
    done = place.run("-c", LIVE, place.store, TZ="Europe/London", LC_ALL="C.UTF-8")
    assert done.returncode == 0, done.stderr
    (place.folder / "passphrase").write_text("practice makes the desk\n", encoding="utf-8")
    return place


SAY = """
import json, sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from asbdesk.cli import main
def say(*words):
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main([*words, *sys.argv[1:]])
    assert (status, err.getvalue()) == (0, ""), (words, err.getvalue())
    return out.getvalue()
first = json.loads(say("cases", "--json"))["lines"][0]["reference"]
each = [["cases"], ["today"], ["case", first], ["check"]]
print(json.dumps([say(*words, *more) for words in each for more in ([], ["--json"])]))
"""
"""What commands say of the desk, for a program and for a person, all in one process: each costs a second to begin."""


def shown(place: Place, **environment: str) -> object:
    options = ["--store", place.store, "--passphrase-file", place.folder / "passphrase"]
    done = place.run("-c", SAY, *options, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def at_home(lived: Place) -> object:
    """What it says in London."""
    return shown(lived, TZ="Europe/London", LC_ALL="C.UTF-8")


@pytest.mark.parametrize("where", ELSEWHERE)
def test_the_desk_says_the_same_everywhere(lived: Place, at_home: object, where: str) -> None:
    assert shown(lived, **ELSEWHERE[where]) == at_home


@pytest.mark.parametrize("where", ELSEWHERE)
def test_the_visit_is_lived_everywhere(tmp_path: Path, where: str) -> None:
    done = Place(tmp_path).run(
        *("-m", "asbdesk", "demo", "--no-window", "--no-pictures", "--out", "out"), **ELSEWHERE[where]
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "This file is whole" in done.stdout
