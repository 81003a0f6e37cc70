"""How objects are named in a depot: short, lower-case, with the hash of their bytes in the name (SYNC.md 2.2)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

MARKER = "asbdesk-depot.json"
"""The one name without a hash. Where it is missing the depot is away, never empty."""

DEVICE = r"[a-z2-7]{16}"
_HASH = r"[0-9a-f]{32}"
_NAME = re.compile(
    rf"(?P<area>dev/{DEVICE}|keys/{DEVICE}|roster)/(?P<number>[0-9]{{8}})-(?P<hash>{_HASH})\.(?P<ending>seg|grt|ros)"
    rf"|(?P<pack_area>blob/[0-9a-f]{{2}})/(?P<pack>{_HASH})\.pak"
    rf"|(?P<join_area>join)/(?P<join>{_HASH})\.req"
)
_ENDINGS = {"dev": "seg", "keys": "grt", "roster": "ros"}


@dataclass(frozen=True)
class Name:
    """A name taken apart. `area`: `dev/<device>`, `keys/<device>`, `roster`, `join` or `blob/<xx>`; `number`: 0 where
    the name has none; `hash`: 32 hex digits of the SHA-256 of the object's bytes (a join request's random id)."""

    area: str
    number: int
    hash: str

    @property
    def kind(self) -> str:
        """`dev`, `keys`, `roster`, `blob` or `join`."""
        return self.area.partition("/")[0]

    @property
    def device(self) -> str:
        """Whose segment or whose grants; empty for the others."""
        return self.area.partition("/")[2] if self.kind in ("dev", "keys") else ""


def digest(data: bytes) -> str:
    """The hash that a name carries: 32 hex digits."""
    return hashlib.sha256(data).hexdigest()[:32]


def segment(device: str, seq: int, data: bytes) -> str:
    """The name of a segment's bytes."""
    return f"dev/{device}/{seq:08d}-{digest(data)}.seg"


def roster_line(number: int, data: bytes) -> str:
    """The name of a roster statement's bytes."""
    return f"roster/{number:08d}-{digest(data)}.ros"


def grants(device: str, number: int, data: bytes) -> str:
    """The name of a bundle of keys for a device."""
    return f"keys/{device}/{number:08d}-{digest(data)}.grt"


def pack(data: bytes) -> str:
    """The name of a pack of evidence."""
    found = digest(data)
    return f"blob/{found[:2]}/{found}.pak"


def join_request(request: str) -> str:
    """The name of a request to join; `request`: 32 random hex digits."""
    return f"join/{request}.req"


def read(name: str) -> Name | None:
    """A name taken apart, or None when it is not one of ours (a sync tool's copy, a stray file)."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    if found["pack"]:
        right = found["pack_area"] == f"blob/{found['pack'][:2]}"
        return Name(found["pack_area"], 0, found["pack"]) if right else None
    if found["join"]:
        return Name("join", 0, found["join"])
    if _ENDINGS[found["area"].partition("/")[0]] != found["ending"]:
        return None
    return Name(found["area"], int(found["number"]), found["hash"])


_PLAIN = re.compile(
    rf"(?:dev/{DEVICE}(?=.{{43}}seg)|keys/{DEVICE}(?=.{{43}}grt)|roster(?=.{{43}}ros))/[0-9]{{8}}-({_HASH})\.[a-z]{{3}}"
)


def hash_in(name: str) -> str:
    """The hash that a name carries, empty when it is no name of ours: `read(name).hash` for thousands of names."""
    found = _PLAIN.fullmatch(name)
    if found is not None:
        return found[1]
    parts = read(name)
    return parts.hash if parts else ""
