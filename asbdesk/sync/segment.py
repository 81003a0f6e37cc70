"""A segment of the journal as bytes: made, taken apart under strict limits, and thinned to the blocks one may have.

    whole  "ASBSEG1\\n" | u32 header's length | header | 64-byte signature | block | block …
    thin   "ASBTHN1\\n" | u32 header's length | header | 64-byte signature | one bit a block | the blocks kept …

The signature covers the header, the header names the hash of each sealed block: a block can be kept back, or erased,
and everything else still verifies. Here nothing is trusted: whatever is wrong raises Misread, and only that.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from asbdesk.store.entries import dumps
from asbdesk.sync import sealing
from asbdesk.sync.blocks import digest
from asbdesk.sync.headers import Misread, fault

WHOLE, THIN = b"ASBSEG1\n", b"ASBTHN1\n"
DOMAIN = "asbdesk/segment/1"
FIRST = "0" * 64
"""`prev` of a laptop's first segment."""
LARGEST_HEADER, LARGEST_SEGMENT = 4 << 20, 64 << 20
_START = len(WHOLE) + 4


class BlockLine(NamedTuple):
    """What a header says of a block."""

    key_id: str
    entries: int
    length: int
    sha256: str


@dataclass(frozen=True)
class Header:
    """A segment's signed words. `raw`: everything in it, also what this version does not know."""

    org: str
    device: str
    seq: int
    prev: str
    """SHA-256 of the header before it, hex."""
    roster: tuple[str, ...]
    """Hashes of the roster's last statements, as the laptop knew it."""
    app: str
    schema: str
    seen: dict[str, tuple[int, str]]
    """The last segment taken in from each other laptop: number, hash of its header."""
    blocks: tuple[BlockLine, ...]
    packs: tuple[Any, ...]
    raw: dict[str, Any]


@dataclass(frozen=True)
class Segment:
    """A segment taken apart. A block that was kept back is None."""

    header: Header
    header_bytes: bytes
    signature: bytes
    blocks: tuple[bytes | None, ...]

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the header, hex: what the next one names as `prev`, and others as seen."""
        return hash_of(self.header_bytes)

    @property
    def whole(self) -> bool:
        """Whether every block is here."""
        return all(block is not None for block in self.blocks)

    def signed_by(self, public: bytes) -> bool:
        """Whether the holder of this key signed the header."""
        return sealing.verify(public, self.signature, DOMAIN, self.header_bytes)

    def data(self) -> bytes:
        """Its bytes again: whole, or thin where blocks are missing."""
        return assemble(self.header_bytes, self.signature, self.blocks)


def hash_of(header_bytes: bytes) -> str:
    """The hash by which a segment is known among segments: SHA-256 of its header, hex."""
    return hashlib.sha256(header_bytes).hexdigest()


def make(words: dict[str, Any], blocks: Sequence[tuple[str, int, bytes]], sign: Callable[[bytes], bytes]) -> Segment:
    """A new segment. `words`: the header but for `v` and `blocks`; `blocks`: key id, entries, sealed bytes."""
    lines = [[key_id, entries, len(sealed), digest(sealed)] for key_id, entries, sealed in blocks]
    header_bytes = dumps({"v": 1, **words, "blocks": lines}).encode()
    return Segment(read_header(header_bytes), header_bytes, sign(header_bytes), tuple(b for _, _, b in blocks))


def sign_with(private: bytes) -> Callable[[bytes], bytes]:
    """What `make` signs with: a device's private key."""
    return lambda header_bytes: sealing.sign(private, DOMAIN, header_bytes)


def assemble(header_bytes: bytes, signature: bytes, blocks: Sequence[bytes | None]) -> bytes:
    """A segment's bytes; thin where a block is None. The same parts always give the same bytes."""
    here = [block for block in blocks if block is not None]
    start = struct.pack(">I", len(header_bytes)) + header_bytes + signature
    if len(here) == len(blocks):
        return b"".join((WHOLE, start, *here))
    bits = bytearray((len(blocks) + 7) // 8)
    for index, block in enumerate(blocks):
        if block is not None:
            bits[index // 8] |= 1 << index % 8
    return b"".join((THIN, start, bytes(bits), *here))


def parse(data: bytes) -> Segment:
    """Take a segment apart, whole or thin; each block here is the one the header names. Raises Misread.

    Whether it is signed by whom it says is for the one who knows the roster: `Segment.signed_by`.
    """
    if len(data) > LARGEST_SEGMENT:
        raise Misread("it is too large")
    if data[:8] not in (WHOLE, THIN):
        raise Misread("it is no segment, or of a form that needs a newer version", newer=data[:6] == WHOLE[:6])
    header_bytes, signature, place = _start(data)
    header = read_header(header_bytes)
    here = [True] * len(header.blocks)
    if data[:8] == THIN:
        here, place = _bits(data, place, len(header.blocks))
    blocks: list[bytes | None] = []
    for line, is_here in zip(header.blocks, here, strict=True):
        blocks.append(_block(data, place, line) if is_here else None)
        place += line.length if is_here else 0
    if place != len(data):
        raise Misread("it does not end where it says")
    return Segment(header, header_bytes, signature, tuple(blocks))


def _start(data: bytes) -> tuple[bytes, bytes, int]:
    """The header's bytes, the signature, and where the rest begins."""
    if len(data) < _START:
        raise Misread("it is cut short")
    (length,) = struct.unpack(">I", data[len(WHOLE) : _START])
    end = _START + length + sealing.SIGNATURE_SIZE
    if length > LARGEST_HEADER or end > len(data):
        raise Misread("its header is too large, or cut short")
    return data[_START : _START + length], data[_START + length : end], end


def _bits(data: bytes, place: int, count: int) -> tuple[list[bool], int]:
    end = place + (count + 7) // 8
    if end > len(data):
        raise Misread("it is cut short")
    return [bool(data[place + index // 8] >> index % 8 & 1) for index in range(count)], end


def _block(data: bytes, place: int, line: BlockLine) -> bytes:
    block = data[place : place + line.length]
    if digest(block) != line.sha256:
        raise Misread("a block is not the one its header names")
    return block


def read_header(header_bytes: bytes) -> Header:
    """A header's words, each checked for shape and size. Raises Misread."""
    try:
        raw = json.loads(header_bytes, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError):
        raise Misread("its header cannot be read") from None
    wrong = fault(raw)
    if wrong is not None:
        raise Misread(*wrong)
    return Header(
        org=raw["org"],
        device=raw["dev"],
        seq=raw["seq"],
        prev=raw["prev"],
        roster=tuple(raw["roster"]),
        app=raw["app"],
        schema=raw["schema"],
        seen={device: (seq, hash_) for device, (seq, hash_) in raw["seen"].items()},
        blocks=tuple(BlockLine(*line) for line in raw["blocks"]),
        packs=tuple(raw.get("packs", ())),
        raw=raw,
    )


def _no_float(text: str) -> Any:
    raise ValueError("not a whole number")
