"""Where a spare copy may go, and a folder that does not answer: the page stands all the same."""

from __future__ import annotations

from pathlib import Path

from asbdesk.app import spare
from asbdesk.paths import StorePaths
from tests.sync.hanging import nobody_answers


def test_what_is_said_of_a_folder(tmp_path: Path) -> None:
    paths = StorePaths(tmp_path / "desk")
    paths.folder.mkdir()
    assert "no such folder" in spare.problem(paths, tmp_path / "nowhere")
    assert "would be lost with it" in spare.problem(paths, paths.folder)
    assert spare.problem(paths, tmp_path) == "" and "own disk" in spare.note(paths, tmp_path)


def test_one_that_does_not_answer(tmp_path: Path) -> None:
    paths, share = StorePaths(tmp_path / "desk"), tmp_path / "share"
    share.mkdir()
    with nobody_answers(share):
        assert spare.note(paths, share / "copies") == ""
        assert "does not answer" in spare.problem(paths, share / "copies"), "nobody is sent after who was sent there"
