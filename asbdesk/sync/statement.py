"""One signed statement of the roster: its bytes, its shape, and what each kind must say (SYNC.md 2.2, 2.7)."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from asbdesk.store.entries import dumps
from asbdesk.store.roles import ROLES
from asbdesk.sync import sealing

MAGIC = b"ASBROS1\n"
DOMAIN = "asbdesk/roster/1"
LIMIT = 1 << 20
"""Bytes of one statement at most."""
ROOT = "root"
"""Who signs with the organisation's root key, instead of a device."""
NEWER = "newer"
"""The kind of a statement in a version that this one does not know: kept, passed on, and saying nothing here."""
HELD = 20
"""Hex digits of a segment's hash, as a revocation names what was held."""

_HEX32 = re.compile(r"[0-9a-f]{32}")
_HEX64 = re.compile(r"[0-9a-f]{64}")
_HELD = re.compile(rf"[0-9a-f]{{{HELD}}}")
_DEVICE = re.compile(r"[a-z2-7]{16}")
_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_TEAM = re.compile(r"[0-9A-Za-z_-]{0,64}")
_LETTER = re.compile(r"[A-Z]{1,3}")
_WORD = re.compile(r"[a-z_]{1,40}")
_FILE = re.compile(r"(case|person|home)/[0-9A-Za-z_-]{1,64}")


class Misread(ValueError):
    """Bytes that are no statement; str() says what is wrong."""


@dataclass(frozen=True)
class Statement:
    """One statement as it was signed. `hash`: SHA-256 of its bytes, hex; `n`: one more than the highest before it."""

    hash: str
    n: int
    org: str
    by: str
    kind: str
    at: str
    prev: tuple[str, ...]
    told: dict[str, Any]
    signed: bytes
    signature: bytes

    def is_signed_by(self, public: bytes) -> bool:
        return sealing.verify(public, self.signature, DOMAIN, self.signed)


def org_of(root: bytes) -> str:
    """An organisation's id: the hash of its root key, so that nobody can found another under the same id."""
    return sha256(b"asbdesk/org/1\0" + root).hexdigest()[:32]


def make(
    private: bytes, *, org: str, by: str, kind: str, at: str, n: int, prev: Sequence[str], told: dict[str, Any]
) -> bytes:
    """The bytes of a statement. ValueError when it would not be read again."""
    body = {"v": 1, "org": org, "by": by, "kind": kind, "at": at, "n": n, "prev": sorted(prev), **told}
    signed = dumps(body).encode()
    data = MAGIC + struct.pack(">I", len(signed)) + signed + sealing.sign(private, DOMAIN, signed)
    read(data)
    return data


def read(data: bytes) -> Statement:
    """A statement's bytes taken apart. Raises Misread; whether its signature counts is for the roster to say."""
    if len(data) > LIMIT or data[: len(MAGIC)] != MAGIC or len(data) < len(MAGIC) + 4:
        raise Misread("not a statement of the roster")
    (length,) = struct.unpack_from(">I", data, len(MAGIC))
    start = len(MAGIC) + 4
    if len(data) != start + length + sealing.SIGNATURE_SIZE:
        raise Misread("cut short, or longer than it says")
    signed = data[start : start + length]
    body = _body(signed)
    head = {name: body.pop(name) for name in ("org", "by", "kind", "at", "n")}
    prev, version = tuple(body.pop("prev")), body.pop("v")
    if version > 1:
        head["kind"] = NEWER
    if fault := _fault(head["kind"], body):
        raise Misread(fault)
    digest = sha256(data).hexdigest()
    return Statement(digest, **head, prev=prev, told=body, signed=signed, signature=data[start + length :])


def _body(signed: bytes) -> dict[str, Any]:
    try:
        body = json.loads(signed.decode())
    except (ValueError, RecursionError):
        raise Misread("its text cannot be read") from None
    shapes: dict[str, Callable[[Any], bool]] = {
        "v": lambda v: type(v) is int and v >= 1,
        "org": _like(_HEX32),
        "by": lambda v: v == ROOT or _like(_DEVICE)(v),
        "kind": _like(_WORD),
        "at": lambda v: isinstance(v, str) and len(v) == 24,
        "n": lambda v: type(v) is int and 1 <= v <= 99_999_999,
        "prev": lambda v: _many(_HEX64, 256)(v) and v == sorted(set(v)),
    }
    if not isinstance(body, dict) or not all(name in body and right(body[name]) for name, right in shapes.items()):
        raise Misread("something every statement says is missing or wrong")
    return body


def _like(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _many(pattern: re.Pattern[str], most: int = 100_000) -> Callable[[Any], bool]:
    one = _like(pattern)
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(one, value))


def _role(value: Any) -> bool:
    return isinstance(value, str) and value in ROLES


def _two(value: Any) -> bool:
    return _many(_ID, 10)(value) and len(set(value)) >= 2


_KINDS: dict[str, dict[str, Callable[[Any], bool]]] = {
    "found": {"root": _like(_HEX64), "recovery": _like(_HEX64)},
    "enrol": {
        "device": _like(_DEVICE), "member": _like(_ID), "sign": _like(_HEX64), "box": _like(_HEX64),
        "role": _role, "team": _like(_TEAM), "letter": _like(_LETTER),
    },
    "role": {"device": _like(_DEVICE), "role": _role, "team": _like(_TEAM)},
    "revoke": {"device": _like(_DEVICE), "held": _many(_HELD), "why": _like(_WORD)},
    "accept": {"device": _like(_DEVICE), "segments": _many(_HEX64)},
    "erase": {"order": _like(_ID), "files": _many(_FILE), "reason": _like(_WORD), "approved": _two},
    "reader": {"schema": _like(re.compile(r"[0-9]{4}"))},
}  # fmt: skip
"""What each kind says. `found`: the root's and the recovery box's public keys; `enrol`: a device and its keys;
`role`: another one; `revoke`: a device, and what was held of it (`HELD` digits each); `accept`: segments of a revoked
device that a person looked at; `erase`: files, why, and the two members who approved; `reader`: the oldest step that
may still write. A kind that this version does not know is kept and passed on, and says nothing here."""


def _fault(kind: str, told: dict[str, Any]) -> str | None:
    shape = _KINDS.get(kind, {})
    wrong = next((name for name, right in shape.items() if name not in told or not right(told[name])), None)
    return f"its {wrong} is missing or wrong" if wrong else None
