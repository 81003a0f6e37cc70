"""The bench of sync runs, on few entries, and says what it must; figures are not judged on a busy machine."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres
from tests.bench import peers, sync
from tests.bench.sync_entries import Writing

ROOT = Path(__file__).parent.parent.parent


def ran(*words: str) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "tests.bench.sync", "--json", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_two_laptops_and_a_folder() -> None:
    found = {figure["name"]: figure for figure in ran("--counts", "300", "--rounds", "1", "--no-service", "--no-peers")}
    assert set(found) == {
        *(
            f"folder: 300 {do}, {what}"
            for do in ("new", "changed")
            for what in ("A to B", "of it sending", "an entry", "duties and lists afterwards")
        ),
        *(f"folder: nothing new, after 300 {do}" for do in ("new", "changed")),
    }
    assert all(float(str(figure["value"])) > 0 for figure in found.values())


@pytest.mark.long
@pytest.mark.skipif(postgres.programs() is None, reason="not on this machine: PostgreSQL")
def test_two_laptops_and_a_service() -> None:
    found = {figure["name"] for figure in ran("--counts", "300", "--rounds", "1", "--no-peers", "--laptops", "4")}
    assert "service: 300 new, A to B" in found


@pytest.mark.parametrize("who", ["Anki", "PouchDB"])
def test_a_peer(who: str, tmp_path: Path) -> None:
    if who not in peers.installed():
        pytest.skip(f"{who} is not installed: see tests/bench/peers/install.sh")
    runs = sync.Runs()
    sync.theirs(runs, who, peers.installed()[who], tmp_path, [("new", 200), ("changed", 100)])
    assert set(runs.both) == {(who, "200 new"), (who, "100 changed")}
    shutil.rmtree(tmp_path / who)


def test_peers_are_given_the_same_reports(tmp_path: Path) -> None:
    writing = Writing("s", "m")
    assert len(list(writing.open(3))) == 3
    new, changed = list(writing.new(5)), list(writing.changed(2))
    docs = [json.loads(line) for line in writing.documents(tmp_path / "docs", 0, 5).read_text("utf-8").splitlines()]
    for doc, text in zip(docs, new, strict=True):
        told = json.loads(text)["set"][f"report/{doc['id']}"]
        assert len(doc["fields"]) == len(told) == 8
        assert told["words"][0] in json.loads(doc["fields"][-1])
    assert [doc["fields"][5] for doc in docs].count("landlord") == 2 and len(changed) == 2
