"""Killed at any moment of a visit, nothing that was typed is lost, and the visit goes on where it was."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from asbdesk.casework.desk import Desk
from asbdesk.casework.people import NewPerson
from asbdesk.casework.reports import Telling, open_case
from asbdesk.casework.setting_up import Answers, set_up
from asbdesk.casework.visit import VisitPath
from asbdesk.clock import SetClock, SystemClock
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.keys import KDF_FAST
from tests.builders import assert_whole
from tests.conftest import BEGUN, PASSPHRASE

ROOT = Path(__file__).parent.parent.parent


def practice_desk(folder: Path) -> tuple[StorePaths, str]:
    """A store with one case in it, closed."""
    paths = StorePaths(folder)
    made = set_up(paths, SetClock(BEGUN), PASSPHRASE, Answers("Practice Homes", "Dami Okafor"), kdf=KDF_FAST)
    who = NewPerson(name="Ms Rahima Begum", address="12 Harrow Court", postcode="LS9 7QT", children=1)
    case = made.desk.do(open_case, who, Telling(words="Banging at night.", behaviours=("noise",))).value
    made.desk.close()
    return paths, case


class Promised:
    """What the processes that were killed had said was kept."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[Any, str]] = {}
        """Question → the answer that was kept, and its step."""
        self.unsure = ""
        self.count = 0
        self.finished = 0

    def hear(self, line: str) -> None:
        """One line of a process."""
        if not line.endswith("\n"):
            return  # cut in the middle: it was not said
        word, *rest = json.loads(line)
        if word == "lost":
            raise AssertionError(f"lost: {rest}")
        if word == "try":
            self.unsure = rest[0]
        elif word == "ok":
            self.answers[rest[0]] = rest[1], rest[2]
            self.unsure = ""
            self.count += 1
        elif word == "finish":
            self.left_out(rest[0], set(rest[1:]))
        elif word == "finished":
            self.finished += 1

    def left_out(self, step: str, asked: set[str]) -> None:
        """A question that is no longer asked keeps its draft until its step is finished, and is then left out."""
        gone = [question for question, (_, of) in self.answers.items() if of == step and question not in asked]
        for question in gone:
            del self.answers[question]


def live_and_kill(paths: StorePaths, case: str, promised: Promised, seed: int) -> None:
    """One process, killed up to a fifth of a second after it has looked around."""
    command = [sys.executable, "-m", "tests.journeys.visit_writer", str(paths.folder), PASSPHRASE, case, str(seed)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stderr is not None
        told = {"promised": promised.answers, "unsure": promised.unsure}
        child.stdin.write(json.dumps(told))
        child.stdin.close()
        first = child.stdout.readline()
        if not first.startswith('["looked"'):
            child.kill()
            promised.hear(first or "\n")
            raise AssertionError(first + child.stderr.read())
        promised.answers.pop(promised.unsure, None)  # either answer to it may stand now
        promised.unsure = ""
        threading.Timer(random.Random(seed).uniform(0.0, 0.2), child.kill).start()
        for line in child.stdout:
            promised.hear(line)
        said = child.stderr.read()
    assert "Traceback" not in said, said


def test_no_answer_is_lost_by_a_kill(tmp_path: Path, long: bool) -> None:
    """15 kills; 200 with --long."""
    paths, case = practice_desk(tmp_path / "desk")
    promised = Promised()
    began = time.monotonic()
    kills = 200 if long else 15
    for seed in range(kills):
        live_and_kill(paths, case, promised, seed)
    print(
        f"{kills} kills, {promised.count} answers and {promised.finished} steps kept, {time.monotonic() - began:.0f} s"
    )
    assert promised.count > kills
    assert promised.finished > 0

    store = vault.unlock(paths, SystemClock(), passphrase=PASSPHRASE)
    path = VisitPath.start(Desk(store), case)
    assert path.where[0]
    assert_whole(store)
    store.close()
