"""A bundle of keys for one device: its bytes, signed by who gives them, sealed to who gets them (SYNC.md 2.2)."""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from asbdesk.store.entries import dumps
from asbdesk.sync import names, sealing
from asbdesk.sync.keys import FileKey

MAGIC = b"ASBGRT1\n"
DOMAIN = "asbdesk/grant/1"
MOST = 5_000
"""Keys in one bundle."""
_LIMIT = 8 << 20
_UNZIPPED = 16 << 20
_ID = re.compile(r"[0-9a-f]{32}")
_DEVICE = re.compile(names.DEVICE)
_FILE = re.compile(r"(case|person|home|landlord|org|escrow)/[0-9A-Za-z_-]{1,64}")


class Misread(ValueError):
    """Bytes that are no bundle, or say what they must not; str() says which."""


@dataclass(frozen=True)
class Bundle:
    """A bundle as anybody can read it: who gives which keys to whom. `sealed` only `to` can open."""

    org: str
    by: str
    to: str
    ids: tuple[str, ...]
    head: bytes
    signature: bytes
    sealed: bytes

    def is_signed_by(self, public: bytes) -> bool:
        return sealing.verify(public, self.signature, DOMAIN, self.head)


@dataclass(frozen=True)
class Given:
    """What was in it. `holders`: by key id, the devices that hold it already or are given it now."""

    keys: tuple[FileKey, ...]
    holders: dict[str, frozenset[str]]


def make(
    sign: bytes, box: bytes, *, org: str, by: str, to: str, given: Sequence[FileKey],
    holders: Callable[[str], Collection[str]],
) -> bytes:  # fmt: skip
    """The bytes of a bundle for the device `to`, whose public box key is `box`."""
    lines = [[k.key_id, k.file, k.epoch, base64.b64encode(k.key).decode(), k.made] for k in given]
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, one in enumerate(given):
        groups.setdefault(tuple(sorted(holders(one.key_id))), []).append(place)
    plain = zlib.compress(dumps({"keys": lines, "holders": [[list(d), p] for d, p in groups.items()]}).encode(), 6)
    sealed = sealing.seal_to(box, plain, _info(org, by, to))
    told = {"v": 1, "org": org, "by": by, "to": to, "ids": [k.key_id for k in given], "of": sha256(sealed).hexdigest()}
    head = dumps(told).encode()
    return b"".join((MAGIC, struct.pack(">I", len(head)), head, sealing.sign(sign, DOMAIN, head), sealed))


def _info(org: str, by: str, to: str) -> bytes:
    return f"{DOMAIN}\0{org}\0{by}\0{to}".encode()


def read(data: bytes) -> Bundle:
    """A bundle's bytes taken apart. Raises Misread; whose signature it needs is for the roster to say."""
    start = len(MAGIC) + 4
    if not start <= len(data) <= _LIMIT or not data.startswith(MAGIC):
        raise Misread("not a bundle of keys")
    (length,) = struct.unpack_from(">I", data, len(MAGIC))
    head, end = data[start : start + length], start + length + sealing.SIGNATURE_SIZE
    if len(data) <= end:
        raise Misread("cut short")
    sealed = data[end:]
    told = _told(head)
    if told["of"] != sha256(sealed).hexdigest():
        raise Misread("its keys are not those that were signed for")
    return Bundle(told["org"], told["by"], told["to"], tuple(told["ids"]), head, data[start + length : end], sealed)


def _told(head: bytes) -> dict[str, Any]:
    told = _json(head)
    shapes: dict[str, Callable[[Any], bool]] = {
        "v": lambda v: type(v) is int and v == 1,
        "org": lambda v: isinstance(v, str) and bool(_ID.fullmatch(v)),
        "by": _is_device,
        "to": _is_device,
        "ids": lambda v: isinstance(v, list) and len(v) <= MOST and all(map(_is_id, v)),
        "of": lambda v: isinstance(v, str),
    }
    if not isinstance(told, dict) or not all(name in told and right(told[name]) for name, right in shapes.items()):
        raise Misread("its head cannot be read")
    return told


def _is_device(value: Any) -> bool:
    return isinstance(value, str) and _DEVICE.fullmatch(value) is not None


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _json(data: bytes) -> Any:
    try:
        return json.loads(data.decode())
    except (ValueError, RecursionError):
        raise Misread("its text cannot be read") from None


def open_(found: Bundle, box_private: bytes) -> Given:
    """What is in a bundle for us. Raises Misread, sealing.Unsealable."""
    plain = sealing.open_with(box_private, found.sealed, _info(found.org, found.by, found.to))
    unzip = zlib.decompressobj()
    try:
        text = unzip.decompress(plain, _UNZIPPED)
    except zlib.error:
        raise Misread("it cannot be unpacked") from None
    if unzip.unconsumed_tail:
        raise Misread("it is larger than any bundle")
    told = _json(text)
    try:
        given = tuple(_key(*line) for line in told["keys"])
        holders = {
            given[place].key_id: frozenset(device for device in devices if _is_device(device))
            for devices, places in told["holders"]
            for place in places
        }
    except (KeyError, TypeError, ValueError, IndexError):
        raise Misread("what is in it cannot be read") from None
    if tuple(k.key_id for k in given) != found.ids:
        raise Misread("what is in it is not what it says")
    return Given(given, holders)


def _key(key_id: str, file: str, epoch: int, key: str, made: str) -> FileKey:
    raw = base64.b64decode(key, validate=True)
    right = _is_id(key_id) and _FILE.fullmatch(file) and type(epoch) is int and 1 <= epoch < 1 << 31
    if not right or len(raw) != sealing.KEY_SIZE or not isinstance(made, str):
        raise ValueError("no key of a file")
    return FileKey(key_id, file, epoch, raw, made[:24])
