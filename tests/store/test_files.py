"""Evidence files: what goes in comes out, any change shows, nothing plain is on the disk, memory stays small."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asbdesk.clock import SystemClock
from asbdesk.errors import NotWhole, UserError
from asbdesk.store.files import PIECE, Files, Kept

SEALED = PIECE + 16
HEAD = 11
DAY = 24 * 60 * 60


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


@pytest.fixture(scope="module")
def long() -> bytes:
    """Three pieces and a bit."""
    return os.urandom(1000) * 3400


def damage(files: Files, kept: Kept, bytes_: bytes) -> None:
    (files.folder / kept.blob).write_bytes(bytes_)


@pytest.mark.parametrize("size", [0, 1, 15, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7])
def test_what_goes_in_comes_out(files: Files, size: int) -> None:
    content = os.urandom(size)
    kept = files.keep(content)
    assert (kept.size, kept.sha256) == (size, hashlib.sha256(content).hexdigest())
    assert files.read(kept.blob, kept.key) == content
    files.verify(kept.blob, kept.key, kept.sha256)
    lying = (files.folder / kept.blob).read_bytes()
    assert hashlib.sha256(lying).hexdigest() == kept.blob
    assert len(lying) == HEAD + size + 16 * max(1, -(-size // PIECE))
    assert [p.name for p in files.folder.iterdir()] == [kept.blob] == list(files.names())


class Dribble(io.RawIOBase):
    """A stream that hands over a few bytes at a time, as a pipe or a slow share does."""

    def __init__(self, content: bytes) -> None:
        self.rest = io.BytesIO(content)

    def read(self, size: int = -1) -> bytes:
        return self.rest.read(min(size, 70_001))


def test_a_stream_that_dribbles_is_kept_whole(files: Files, long: bytes) -> None:
    kept = files.keep(Dribble(long))  # type: ignore[arg-type]
    assert files.read(kept.blob, kept.key) == long


def test_the_same_content_twice_is_two_files_and_two_keys(files: Files) -> None:
    one, other = files.keep(b"same"), files.keep(b"same")
    assert one.sha256 == other.sha256 and one.blob != other.blob and one.key != other.key


def test_a_reader_goes_anywhere(files: Files, long: bytes) -> None:
    kept = files.keep(long)
    plain = io.BytesIO(long)
    with files.open(kept.blob, kept.key) as reader:
        assert reader.size == len(long) and reader.seekable() and reader.readable()
        for place, whence, count in [
            (PIECE - 5, 0, 10),
            (-3, 2, 10),
            (0, 0, 4),
            (5, 1, 9),
            (2 * PIECE, 0, 1),
            (9**9, 0, 4),
            (7, 0, 2 * PIECE),
            (PIECE + 1, 0, -1),
        ]:
            assert reader.seek(place, whence) == plain.seek(place, whence) == reader.tell()
            assert reader.read(count) == plain.read(count)
        with pytest.raises(ValueError):
            reader.seek(-1)


@given(st.lists(st.tuples(st.integers(0, 3_500_000), st.integers(0, 2_000_000)), max_size=6))
def test_any_walk_through_the_reader_reads_what_is_there(
    tmp_path_factory: pytest.TempPathFactory, walk: list[tuple[int, int]]
) -> None:
    content = bytes(range(251)) * 13000
    files = Files(tmp_path_factory.mktemp("walk"))
    kept = files.keep(content)
    with io.BufferedReader(files.open(kept.blob, kept.key)) as reader:
        for place, count in walk:
            reader.seek(place)
            assert reader.read(count) == content[place : place + count]
    files.delete(kept.blob)


def spoil(lying: bytes, how: str) -> bytes:
    """The encrypted bytes of a file of four pieces, damaged in one way."""
    pieces = [lying[HEAD + i * SEALED : HEAD + (i + 1) * SEALED] for i in range(4)]
    head = lying[:HEAD]
    if how.startswith("bit"):
        place = {"bit in the head": 6, "bit first": 20, "bit middle": HEAD + SEALED + 999, "bit last": -1}[how]
        changed = bytearray(lying)
        changed[place] ^= 1
        return bytes(changed)
    return {
        "first dropped": head + b"".join(pieces[1:]),
        "middle dropped": head + pieces[0] + pieces[2] + pieces[3],
        "last dropped": head + b"".join(pieces[:3]),
        "swapped": head + pieces[1] + pieces[0] + pieces[2] + pieces[3],
        "repeated": head + pieces[0] + b"".join(pieces),
        "cut": lying[:-1],
        "cut in the middle": lying[: HEAD + SEALED + 5],
        "cut to the head": head,
        "cut in the head": lying[:5],
        "emptied": b"",
        "longer": lying + b"x",
        "zeroed": b"\0" * len(lying),
    }[how]


HOWS = (
    *("bit in the head", "bit first", "bit middle", "bit last", "first dropped", "middle dropped", "last dropped"),
    *("swapped", "repeated", "cut", "cut in the middle", "cut to the head", "cut in the head", "emptied", "longer"),
    "zeroed",
)


@pytest.mark.parametrize("how", HOWS)
def test_every_damage_is_refused_in_words(files: Files, long: bytes, how: str) -> None:
    kept = files.keep(long)
    damage(files, kept, spoil((files.folder / kept.blob).read_bytes(), how))
    for look in (lambda: files.read(kept.blob, kept.key), lambda: files.verify(kept.blob, kept.key, kept.sha256)):
        with pytest.raises(NotWhole, match=rf"{kept.blob[:12]}.*is not whole.*spare copy"):
            look()


def test_a_shortened_file_is_refused_before_anything_of_it_is_shown(files: Files, long: bytes) -> None:
    kept = files.keep(long)
    damage(files, kept, spoil((files.folder / kept.blob).read_bytes(), "last dropped"))
    with pytest.raises(NotWhole, match="near its end"):
        files.open(kept.blob, kept.key)


def test_another_files_key_or_content_is_refused(files: Files) -> None:
    one, other = files.keep(b"one"), files.keep(b"other")
    with pytest.raises(NotWhole):
        files.read(one.blob, other.key)
    with pytest.raises(NotWhole, match="no key"):
        files.read(one.blob, "")
    with pytest.raises(NotWhole, match="not the one its record was written about"):
        files.verify(one.blob, one.key, other.sha256)
    damage(files, one, (files.folder / other.blob).read_bytes())
    with pytest.raises(NotWhole):
        files.verify(one.blob, other.key, other.sha256)


@pytest.mark.parametrize("blob", ["", "../slots.json", "a" * 63, "A" * 64, "/etc/passwd", "a" * 64 + "\n"])
def test_a_name_that_is_none_leads_nowhere(files: Files, blob: str) -> None:
    with pytest.raises(NotWhole, match="not the name of a kept file"):
        files.read(blob, "0" * 64)
    files.delete(blob)


def test_a_missing_file_says_where_a_copy_may_be(files: Files) -> None:
    with pytest.raises(NotWhole, match=r"missing from .*spare copy"):
        files.read("a" * 64, "0" * 64)


def test_nothing_plain_is_ever_on_the_disk(files: Files) -> None:
    marker = b"Temperance Quillfeather of 9 Nowhere Row "
    seen = []

    class Watching(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            seen.extend(p.read_bytes() for p in files.folder.iterdir())
            return super().read(size)

    kept = files.keep(Watching(marker * 60_000))
    seen.append((files.folder / kept.blob).read_bytes())
    assert len(seen) > 2 and any(seen) and not any(marker[:20] in bytes_ for bytes_ in seen)
    assert bytes.fromhex(kept.key) not in seen[-1]
    assert sys.platform == "win32" or (files.folder / kept.blob).stat().st_mode & 0o077 == 0


def test_a_stream_that_breaks_leaves_nothing(files: Files) -> None:
    class Breaks(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(errno.EIO, "the stick was pulled")

    with pytest.raises(UserError, match="could not keep this file"):
        files.keep(Breaks())
    assert list(files.folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_AS is POSIX's")
def test_a_long_recording_takes_little_memory(tmp_path: Path) -> None:
    script = f"""
    import sys, io, pathlib, psutil
    from asbdesk.store.files import Files
    class Zeros(io.RawIOBase):
        left = 200 << 20
        def read(self, n=-1):
            n = min(n, self.left); self.left -= n; return bytes(n)
    files = Files(pathlib.Path({str(tmp_path)!r}))
    import resource
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kept = files.keep(Zeros())
    with files.open(kept.blob, kept.key) as reader:
        while reader.read(1 << 20): pass
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(grown // (1024 if sys.platform == "linux" else 1 << 20))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 24, "MiB"


def test_orphans_are_swept_after_a_day_and_nothing_else(files: Files) -> None:
    named, new, old = files.keep(b"named"), files.keep(b"new"), files.keep(b"old")
    other = files.folder / "somebody's notes.txt"
    half = files.folder / ".new-0123456789abcdef"
    for path in (other, half):
        path.write_bytes(b"x")
    long_ago = SystemClock().now().timestamp() - DAY - 60
    for name in (named.blob, old.blob, other.name, half.name):
        os.utime(files.folder / name, (long_ago, long_ago))
    assert {p.name for p in files.orphans({named.blob}, SystemClock())} == {half.name}, "kept since this was opened"
    later = Files(files.folder)
    assert {p.name for p in later.orphans({named.blob}, SystemClock())} == {old.blob, half.name}
    loose = {p.name for p in later.orphans({named.blob}, SystemClock())}
    assert later.sweep(loose) == 2
    assert {p.name for p in files.folder.iterdir()} == {named.blob, new.blob, other.name}
    assert later.sweep(loose) == 0 and Files(files.folder / "none").orphans(set(), SystemClock()) == []


def test_an_erased_file_is_gone_and_erasing_twice_is_fine(files: Files) -> None:
    kept = files.keep(b"to be erased")
    files.delete(kept.blob)
    files.delete(kept.blob)
    assert list(files.names()) == []
