"""After a visit the resident's name is nowhere on the disk in plain: not in the store, a temporary file, or a log."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.journeys.living import LIVE, Place

TOLD = (
    *("Rahima", "Begum", "01632 960111", "He hit me on the stairs", "smashed", "Please do not tell anyone"),
    *("Practice Homes authority key", "BEGIN PRIVATE KEY", "BEGIN EC PRIVATE KEY", "practice makes the desk"),
)
"""Names, numbers and words of the practice visit; keys; the passphrase."""


def plain(folder: Path, but: tuple[str, ...] = ()) -> list[str]:
    """Files in `folder` that hold any of it as text, in the encodings that programs write."""
    wanted = {word.encode(code): word for word in TOLD for code in ("utf-8", "utf-16-le", "utf-16-be")}
    wanted |= {word.lower().encode(): word for word in TOLD}
    found = []
    for file in folder.rglob("*"):
        if file.is_file() and file.name not in but:
            data = file.read_bytes()
            found += [f"{file.relative_to(folder)}: {word}" for told, word in wanted.items() if told in data]
            found += [f"{file.relative_to(folder)}: its name" for word in TOLD if word in str(file)]
    return found


@pytest.mark.parametrize("end", ["closed", "killed"])
def test_after_a_visit_nothing_is_in_plain(tmp_path: Path, end: str) -> None:
    place = Place(tmp_path)
    done = place.run("-c", LIVE, place.store, end)
    assert done.returncode == 0 or end == "killed", done.stderr
    assert (place.store / "desk.db").stat().st_size > 100_000
    assert any((place.store / "files").iterdir())
    assert plain(tmp_path) == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """The canary sings where it should: otherwise an empty list proves nothing."""
    (tmp_path / "log").write_text("opened the case of Ms Rahima Begum", encoding="utf-8")
    (tmp_path / "cache").write_bytes("xx Begum".encode("utf-16-le"))
    assert {found.partition(":")[0] for found in plain(tmp_path)} == {"log", "cache"}


@pytest.mark.skipif(sys.platform != "linux", reason="where the offscreen platform is")
def test_the_demo_leaves_only_what_it_was_asked_for(tmp_path: Path) -> None:
    place = Place(tmp_path)
    done = place.run("-m", "asbdesk", "demo", "--no-window", "--no-pictures", "--out", "out", "--json")
    assert done.returncode == 0, done.stderr
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"plan.pdf", "authority.pem"}
    assert list((tmp_path / "temp").iterdir()) == []
    assert plain(tmp_path, but=("plan.pdf",)) == []
