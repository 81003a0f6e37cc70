"""Evidence and sealed papers as encrypted files beside the database: kept, read, checked, swept.

A file is `ASF1`, 7 random bytes, then pieces of 1 MiB under AES-256-GCM; the nonce of a piece is those 7 bytes, its
number (4 bytes) and whether it is the last (1 byte), so that no piece can be altered, moved, left out or cut off
unseen (the STREAM construction). Each file has a random key of its own, held by the record that names it: erasing the
record erases the file. Its name is the SHA-256 of what lies on the disk, so a copy can be checked without a key.
Turned down: bytes in the database, ten times slower to write, copied whole by each backup (STORE.md 8).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import os
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from asbdesk.clock import Clock
from asbdesk.errors import NotWhole, UserError
from asbdesk.store import disk

T = TypeVar("T")
ARRIVING = ".part-"
"""How a file's name begins while it is fetched; what lies there is encrypted as the file is."""
PIECE = 1 << 20  # bytes of plain content in a piece; memory in use is a few of these, however long the file
_TAG = 16
_MAGIC = b"ASF1"
_HEAD = len(_MAGIC) + 7
_NAME = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"[0-9a-f]{64}")
_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """What a record must remember of a file to read it again."""

    blob: str  # its name: SHA-256 of the encrypted bytes, hex
    key: str  # its own 256-bit key, hex; in the encrypted database only
    sha256: str  # of the content, hex
    size: int  # of the content, bytes


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
        return self._written(lambda out: _encrypt(stream, out), lambda kept: kept.blob)

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
                raise _altered(path.name, "its bytes on the disk have changed")
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
                f"The file {_short(blob)} is missing from {self.folder}. "
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
            raise NotWhole(f"The file {_short(blob)} is not the one its record was written about.")

    def whole_on_disk(self, blob: str) -> None:
        """Whether the encrypted bytes are those its name says; needs no key. Raises NotWhole."""
        if sha256_of(self.path(blob)) != blob:
            raise _altered(blob, "its bytes on the disk have changed")

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


class SealedReader(io.RawIOBase):
    """A kept file's content, seekable, decrypted a piece at a time and never written anywhere."""

    def __init__(self, path: Path, blob: str, key: str) -> None:
        super().__init__()
        if not _KEY.fullmatch(key):
            raise NotWhole(f"The record of the file {_short(blob)} holds no key for it. Run “asbdesk check”.")
        self._blob = blob
        self._cipher = AESGCM(bytes.fromhex(key))
        try:
            self._file = path.open("rb")
            self._head = self._file.read(_HEAD)
            body = os.fstat(self._file.fileno()).st_size - _HEAD
        except OSError as error:
            raise disk.in_words(error, path, "read a kept file") from None
        self._count = -(-body // (PIECE + _TAG))
        self.size = body - self._count * _TAG
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")
        try:
            if len(self._head) < _HEAD or self._head[:4] != _MAGIC or self.size < 0 or self._count < 1:
                raise _altered(blob, "it has been cut short")
            self._piece(self._count - 1)  # proves the length, so that a seek never trusts a shortened file
        except NotWhole:
            self._file.close()
            raise

    def _piece(self, number: int) -> bytes:
        if self._held[0] != number:
            last = number == self._count - 1
            self._file.seek(_HEAD + number * (PIECE + _TAG))
            sealed = self._file.read(PIECE + _TAG)
            try:
                plain = self._cipher.decrypt(_nonce(self._head, number, last), sealed, self._head)
            except InvalidTag:
                why = "it was altered or cut short near its end" if last else f"it was altered in its part {number + 1}"
                raise _altered(self._blob, f"{why} (or its record holds another file's key)") from None
            self._held = (number, plain)
        return self._held[1]

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise ValueError("seek before the start")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: object) -> int:
        """Fill `buffer`, or up to the end: callers such as image readers take a short answer for the end."""
        view = memoryview(cast("bytearray", buffer)).cast("B")
        filled = 0
        while filled < len(view) and self._at < self.size:
            number, within = divmod(self._at, PIECE)
            part = self._piece(number)[within : within + len(view) - filled]
            view[filled : filled + len(part)] = part
            self._at += len(part)
            filled += len(part)
        return filled

    def readall(self) -> bytes:
        """All that is left, a piece at a time: the way of `io.RawIOBase` asks for 8 KiB at once."""
        parts = []
        while self._at < self.size:
            number, within = divmod(self._at, PIECE)
            parts.append(self._piece(number)[within:])
            self._at += len(parts[-1])
        return b"".join(parts)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
            self._held = (-1, b"")
        super().close()


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, hex, read a piece at a time. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _encrypt(stream: BinaryIO, out: BinaryIO) -> Kept:
    key = secrets.token_bytes(32)
    cipher, head = AESGCM(key), _MAGIC + secrets.token_bytes(7)
    plain, sealed, size = hashlib.sha256(), hashlib.sha256(head), 0
    out.write(head)
    piece, number, last = _fill(stream), 0, False
    while not last:
        following = _fill(stream) if len(piece) == PIECE else b""
        last = not following
        if number >= 1 << 32:
            raise UserError("This file is too large to keep: more than four petabytes.")
        coded = cipher.encrypt(_nonce(head, number, last), piece, head)
        out.write(coded)
        sealed.update(coded)
        plain.update(piece)
        size += len(piece)
        piece, number = following, number + 1
    return Kept(sealed.hexdigest(), key.hex(), plain.hexdigest(), size)


def _fill(stream: BinaryIO) -> bytes:
    """A whole piece, or what is left: a pipe or a network share may hand over less than was asked for."""
    parts: list[bytes] = []
    wanted = PIECE
    while wanted and (part := stream.read(wanted)):
        parts.append(part)
        wanted -= len(part)
    return b"".join(parts)


def _nonce(head: bytes, number: int, last: bool) -> bytes:
    return head[4:] + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


def _unnamed(path: Path, known: set[str]) -> bool:
    ours = path.name.startswith(disk.NEW) or bool(_NAME.fullmatch(path.name))
    return ours and path.name not in known and path.is_file()


def _short(blob: str) -> str:
    return f"{blob[:12]}…"


def _altered(blob: str, why: str) -> NotWhole:
    return NotWhole(
        f"The file {_short(blob)} is not whole: {why}. "
        "Nothing of it is shown. A whole one may lie in the folder “files” of a spare copy."
    )
