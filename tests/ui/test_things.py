"""What is given to be taken in: a stick that is pulled out half-way is said to be that."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from asbdesk.errors import UserError
from asbdesk.ui.things import Thing


def test_a_file_is_read_a_piece_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"0123456789" * 50_000)
    with Thing("a.txt", tmp_path / "a.txt").opened() as content:
        assert b"".join(iter(lambda: content.read(60_000), b"")) == b"0123456789" * 50_000
    with Thing("pasted", data=b"abc").opened() as content:
        assert content.read() == b"abc"


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be closed behind its reader's back there")
def test_a_stick_pulled_out_half_way_is_said_to_be_gone(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"x" * 1_000_000)
    with (
        pytest.raises(UserError, match=r"“film.mp4” could not be read"),
        Thing("film.mp4", tmp_path / "film.mp4").opened() as content,
    ):
        content.read(10)
        (ours,) = [n for n in range(3, 1024) if _is(n, tmp_path / "film.mp4")]
        other = os.open(tmp_path, os.O_RDONLY)
        os.dup2(other, ours)  # reading goes wrong from here on
        os.close(other)
        while content.read(100_000):
            pass


def _is(number: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(number), path.stat())
    except OSError:
        return False
