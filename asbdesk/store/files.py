"""Evidence and sealed papers as encrypted files beside the database: kept, read, checked, swept.

Each file has a random key of its own, held by the record that names it: erasing the record erases the file. Its name is
the SHA-256 of what lies on the disk, so a copy can be checked without a key. How it lies there: `sealed_file`.
Turned down: bytes in the database, ten times slower to write, copied whole by each backup (STORE.md 8).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

from asbdesk.clock import Clock
from asbdesk.errors import NotWhole
from asbdesk.store import disk
from asbdesk.store.sealed_file import PIECE, Kept, SealedReader, altered, encrypt, short

__all__ = ["ARRIVING", "PIECE", "Files", "Kept", "SealedReader", "sha256_of"]
T = TypeVar("T")
ARRIVING = ".part-"
"""How a file's name begins while it is fetched; what lies there is encrypted as the file is."""
_NAME = re.compile(r"[0-9a-f]{64}")
_A_DAY = dt.timedelta(days=1)


class Files:
    """The encrypted files of one store, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._of_now: set[str] = set()  # kept since this was opened: their records may be about to be written

    def keep(self, content: bytes | BinaryIO) -> Kept:
        """Encrypt `content` into a new file that is on the disk when this returns. Raises UserError (full, read-only).

        Keep first, then write the record: a file no record names is swept after a day, the other way round is a loss.
        """
        stream = io.BytesIO(content) if isinstance(content, bytes | bytearray | memoryview) else content
        return self._written(lambda out: encrypt(stream, out), lambda kept: kept.blob)

    def take(self, path: Path) -> None:
        """Copy a kept file of another store as it lies, encrypted. Raises NotWhole, UserError; as for `keep`."""

        def copied(out: BinaryIO) -> str:
            digest = hashlib.sha256()
            with path.open("rb") as source:
                while piece := source.read(PIECE):
                    digest.update(piece)
                    out.write(piece)
            return digest.hexdigest()

        def named(found: str) -> str:
            if found != path.name:
                raise altered(path.name, "its bytes on the disk have changed")
            return found

        self._written(copied, named)

    def _written(self, write: Callable[[BinaryIO], T], name: Callable[[T], str]) -> T:
        disk.make_folder(self.folder)
        new = None
        try:
            descriptor, new = disk.new_file(self.folder)
            self._of_now.add(new.name)
            with os.fdopen(descriptor, "wb") as out:
                made = write(out)
                out.flush()
                disk.sync_file(out.fileno())
            blob = name(made)
            self._of_now.add(blob)
            disk.put_in_place(new, self.folder / blob)
        except BaseException as error:
            if new is not None:
                with contextlib.suppress(OSError):
                    new.unlink()
            if isinstance(error, OSError):
                raise disk.in_words(error, self.folder, "keep this file") from None
            raise
        return made

    def path(self, blob: str) -> Path:
        """Where the encrypted file lies. Raises UserError when it is not there, or `blob` is no such name."""
        if not _NAME.fullmatch(blob):
            raise NotWhole(f"“{blob[:20]}” is not the name of a kept file. The record that names it is damaged.")
        path = self.folder / blob
        if not path.is_file():
            raise NotWhole(
                f"The file {short(blob)} is missing from {self.folder}. "
                "Copy it back from the folder “files” of a spare copy that was made after it was kept."
            )
        return path

    def open(self, blob: str, key: str) -> SealedReader:
        """A reader that can go to any place and holds one piece at a time. Raises NotWhole (missing, cut, altered)."""
        return SealedReader(self.path(blob), blob, key)

    def read(self, blob: str, key: str) -> bytes:
        """The whole content. Raises NotWhole."""
        with self.open(blob, key) as reader:
            return reader.read()

    def verify(self, blob: str, key: str, sha256: str | None = None) -> None:
        """Read all of it: the encrypted bytes against the name, each piece, the content against `sha256`.

        Raises NotWhole, saying what is wrong and where a whole one may be found.
        """
        self.whole_on_disk(blob)
        plain = hashlib.sha256()
        with self.open(blob, key) as reader:
            while piece := reader.read(PIECE):
                plain.update(piece)
        if sha256 is not None and plain.hexdigest() != sha256:
            raise NotWhole(f"The file {short(blob)} is not the one its record was written about.")

    def whole_on_disk(self, blob: str) -> None:
        """Whether the encrypted bytes are those its name says; needs no key. Raises NotWhole."""
        if sha256_of(self.path(blob)) != blob:
            raise altered(blob, "its bytes on the disk have changed")

    def names(self) -> Iterator[str]:
        """The names of all kept files, in no order."""
        if self.folder.is_dir():
            yield from (p.name for p in self.folder.iterdir() if _NAME.fullmatch(p.name) and p.is_file())

    def delete(self, blob: str) -> None:
        """Take a file away for good, at an erasure; one that is gone already is fine."""
        if _NAME.fullmatch(blob):
            try:
                for name in (blob, f"{ARRIVING}{blob}"):
                    (self.folder / name).unlink(missing_ok=True)
            except OSError as error:
                raise disk.in_words(error, self.folder, "erase a file") from None
            disk.sync_folder(self.folder)

    def orphans(self, known: set[str], clock: Clock) -> list[Path]:
        """Files that no record names, and half-written ones, older than a day by `clock`. Others' files are left out.

        A day, because a file is kept before its record is written; and none that was kept since this was opened, since
        a clock that leaps ahead would make a day of a moment. A clock set back finds none, which does no harm.
        """
        if not self.folder.is_dir():
            return []
        before = (clock.now() - _A_DAY).timestamp()
        spared = known | self._of_now
        return sorted(p for p in self.folder.iterdir() if _unnamed(p, spared) and p.stat().st_mtime < before)

    def sweep(self, loose: set[str]) -> int:
        """Delete these orphans and no others that there may be by now; how many. One that another program holds stays
        for the next time."""
        swept = 0
        for name in loose:
            with contextlib.suppress(OSError):
                (self.folder / name).unlink()
                swept += 1
        return swept


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, hex, read a piece at a time. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _unnamed(path: Path, known: set[str]) -> bool:
    ours = path.name.startswith(disk.NEW) or bool(_NAME.fullmatch(path.name))
    return ours and path.name not in known and path.is_file()
