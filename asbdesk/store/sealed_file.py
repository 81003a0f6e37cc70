"""One kept file on the disk: `ASF1`, 7 random bytes, then pieces of 1 MiB under AES-256-GCM.

The nonce of a piece is those 7 bytes, its number (4 bytes) and whether it is the last (1 byte), so that no piece can be
altered, moved, left out or cut off unseen (the STREAM construction).
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from asbdesk.errors import NotWhole, UserError
from asbdesk.store import disk

PIECE = 1 << 20  # bytes of plain content in a piece; memory in use is a few of these, however long the file
_TAG = 16
_MAGIC = b"ASF1"
_HEAD = len(_MAGIC) + 7
_KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Kept:
    """What a record must remember of a file to read it again."""

    blob: str  # its name: SHA-256 of the encrypted bytes, hex
    key: str  # its own 256-bit key, hex; in the encrypted database only
    sha256: str  # of the content, hex
    size: int  # of the content, bytes


class SealedReader(io.RawIOBase):
    """A kept file's content, seekable, decrypted a piece at a time and never written anywhere."""

    def __init__(self, path: Path, blob: str, key: str) -> None:
        super().__init__()
        if not _KEY.fullmatch(key):
            raise NotWhole(f"The record of the file {short(blob)} holds no key for it. Run “asbdesk check”.")
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
                raise altered(blob, "it has been cut short")
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
                raise altered(self._blob, f"{why} (or its record holds another file's key)") from None
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


def encrypt(stream: BinaryIO, out: BinaryIO) -> Kept:
    """Write what `stream` holds, encrypted under a key of its own; what a record must remember of it."""
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


def short(blob: str) -> str:
    """A file's name as a sentence may hold it."""
    return f"{blob[:12]}…"


def altered(blob: str, why: str) -> NotWhole:
    """What to raise for a file that is not what was kept."""
    return NotWhole(
        f"The file {short(blob)} is not whole: {why}. "
        "Nothing of it is shown. A whole one may lie in the folder “files” of a spare copy."
    )
