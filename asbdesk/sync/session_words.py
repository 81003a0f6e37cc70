"""What laptop and head office say to each other the same way: the challenge signed, frames, receipts."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from asbdesk.sync import sealing

DOMAIN = "asbdesk/session/1"
RECEIPT_DOMAIN = "asbdesk/receipt/1"
_MAGIC = b"ASBRCP1\n"
_KEPT_BACK = 0xFFFF_FFFF
_LONGEST = 1 << 27
"""No object is as long as this."""


def told(org: str, device: str, challenge: str) -> bytes:
    """What a device signs to be let in."""
    return f"{org}\n{device}\n{challenge}".encode()


# ---- receipts
@dataclass(frozen=True)
class Receipt:
    """Head office's signed word that it has an object. `received_at`: an instant of its own clock; `hub`: who says
    so; `sha256`: 64 hex digits of the object's bytes."""

    org: str
    hub: str
    name: str
    sha256: str
    received_at: str


def make_receipt(private: bytes, receipt: Receipt) -> bytes:
    """A receipt's bytes, signed."""
    words = json.dumps({"v": 1, **vars(receipt)}, sort_keys=True, separators=(",", ":")).encode()
    return _MAGIC + sealing.sign(private, RECEIPT_DOMAIN, words) + words


def read_receipt(data: bytes, public: bytes) -> Receipt | None:
    """What a receipt says, or None: not one, or not signed by this key."""
    head = len(_MAGIC) + sealing.SIGNATURE_SIZE
    signature, words = data[len(_MAGIC) : head], data[head:]
    if not data.startswith(_MAGIC) or not sealing.verify(public, signature, RECEIPT_DOMAIN, words):
        return None
    found = json.loads(words)
    return Receipt(**{name: str(found.get(name, "")) for name in Receipt.__dataclass_fields__})


# ---- frames: many answers in one stream
class Source(Protocol):
    """Where bytes come from, in order."""

    def read(self, size: int, /) -> bytes: ...


END = struct.pack(">HII", 0, 0, 0)
"""The last of a stream: without it the stream broke off, though it may have done so between two answers."""


class Torn(ValueError):
    """A stream that ended too early, or holds no frames."""


def frame(name: str, index: int, data: bytes | None) -> bytes:
    """One answer's head and, in one piece, its bytes; None is said by a length that none has."""
    named = name.encode()
    head = struct.pack(">HII", len(named), index, _KEPT_BACK if data is None else len(data))
    return b"".join((head, named, data or b""))


def frames(source: Source) -> Iterator[tuple[str, int, bytes | None]]:
    """The answers in a stream. Raises Torn."""
    while True:
        length, index, size = struct.unpack(">HII", _exactly(source, 10))
        if length == 0:
            return
        if size != _KEPT_BACK and size > _LONGEST:
            raise Torn("an answer is longer than anything that is kept")
        try:
            name = _exactly(source, length).decode()
        except UnicodeDecodeError:
            raise Torn("an answer has no name") from None
        yield name, index, None if size == _KEPT_BACK else _exactly(source, size)


def _exactly(source: Source, size: int) -> bytes:
    parts: list[bytes] = []
    left = size
    while left:
        part = source.read(left)
        if not part:
            raise Torn("the answer ended too early")
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def joined(answers: Iterable[tuple[str, int, bytes | None]], at_least: int) -> Iterator[bytes]:
    """Frames in pieces of about this many bytes, so that small objects do not each make a packet."""
    held: list[bytes] = []
    size = 0
    for answer in answers:
        made = frame(*answer)
        held.append(made)
        size += len(made)
        if size >= at_least:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join((*held, END))


def plain(data: bytes) -> Any:
    """JSON from elsewhere. Raises ValueError."""
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError("nested too deep") from None
