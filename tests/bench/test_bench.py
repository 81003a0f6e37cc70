"""The bench runs, on a small store, and says what it must; figures themselves are not judged on a busy machine."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.bench.invented import invented
from tests.bench.measure import above_floor, times_floor, within

ROOT = Path(__file__).parent.parent.parent
FIGURES = {
    *("start to lock screen", "memory with a case open", "unlock to Today", "Today", "case list, first 100"),
    *("search the list", "open a case", "duties of a case", "save a draft", "journalled write, new record"),
    *("save an answer on a visit, and draw", "memory, everything brought in ahead"),
    *("journalled write, changed record", "a contact recorded, all told"),
    *(f"plan PDF, sealed ({form})" for form in ("standard", "large", "easy")),
    *(f"plan PDF, sealed ({form}, English and ur)" for form in ("standard", "large", "easy")),
    "plan PDF, sealed (standard, English and bn)",
    *(f"plan PDF, two seals checked ({form})" for form in ("standard", "large, English and ur")),
    *("replay of 200 events", "all cases by due", "hate list", "a new profile taken up", "a new profile, each case"),
    "an action waits for it, 19 of 20",
    *("60 cases, a quarter behind: due or late", "of them on the first page"),
}


def test_the_bench_runs(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.bench", "--json", "--cases", "50", "--rounds", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert {figure["name"] for figure in figures} == FIGURES
    for figure in figures:
        assert {"name", "value", "unit", "floor", "ratio", "goal"} <= set(figure)
        assert figure["value"] > 0


def test_the_same_seed_gives_the_same_bytes() -> None:
    def texts(seed: int) -> list[str]:
        return [text for case in invented(20, "0" * 32, seed) for text, _ in case]

    assert texts(1) == texts(1)
    assert texts(1) != texts(2)
    assert len(texts(1)) > 100


def test_goals_are_what_they_say() -> None:
    assert times_floor("x", 3, "ms", 2, 1.5).met
    assert not times_floor("x", 3.1, "ms", 2, 1.5).met
    assert above_floor("x", 151, "ms", 1, 150).met
    assert not above_floor("x", 152, "ms", 1, 150).met
    assert within("x", 50, "ms", 50).met
    assert times_floor("x", 3, "ms", 2, 1.5).as_dict()["ratio"] == 1.5
    assert within("x", 50, "ms", 50).as_dict()["ratio"] is None
