"""A block: entries of one file, as lines, compressed and sealed under that file's key (SYNC.md 2.3)."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from functools import cache

from asbdesk import paths
from asbdesk.sync import sealing

LARGEST_BLOCK = 32 << 20
"""Bytes that a block may hold when it is unpacked: a small one that swells must not fill the memory."""
_LEVEL = 4  # 9 saves nothing that 5 does not; 5 saves a sixtieth for an eighth more time; 3 costs a twentieth


class BlockUnreadable(ValueError):
    """The right key opened the block, and what it holds cannot be read. str() says why."""


@cache
def _dictionary() -> bytes:
    # it never changes: every block ever written needs it. Another one would come with another block form
    return (paths.resources() / "sync" / "dictionary-1.txt").read_bytes()


@cache
def _packer() -> zlib._Compress:
    return zlib.compressobj(_LEVEL, zdict=_dictionary())


def context(org: str, device: str, seq: int, index: int, key_id: str) -> bytes:
    """The place a block stands in: moved to another it does not open."""
    return f"{org}/{device}/{seq}/{index}/{key_id}".encode()


def pack(texts: Sequence[str], key: bytes, place: bytes) -> bytes:
    """A block of these entries' exact texts (none holds a line break: JSON writes it as two characters)."""
    packer = _packer().copy()  # it has learnt the dictionary: half the time of a small block
    plain = packer.compress("\n".join(texts).encode()) + packer.flush()
    return sealing.seal_block(key, plain, place)


def unpack(sealed: bytes, key: bytes, place: bytes) -> list[str]:
    """A block's entries. Raises sealing.Unsealable, or BlockUnreadable."""
    packed = sealing.open_block(key, sealed, place)
    opener = zlib.decompressobj(zdict=_dictionary())
    try:
        plain = opener.decompress(packed, LARGEST_BLOCK)
        if opener.unconsumed_tail or not opener.eof or opener.unused_data:
            raise BlockUnreadable("it is cut short, or too large")
        return plain.decode().split("\n")
    except (zlib.error, UnicodeDecodeError) as error:
        raise BlockUnreadable(f"it is not packed as it should be: {type(error).__name__}") from None


def digest(sealed: bytes) -> str:
    """What a segment's header says of a block: SHA-256 of its sealed bytes, hex."""
    return hashlib.sha256(sealed).hexdigest()
