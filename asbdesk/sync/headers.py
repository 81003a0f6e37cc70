"""What a segment's header may say: shape, sizes and counts of every word, before any of it is used."""

from __future__ import annotations

import re
from typing import Any

from asbdesk.store.entries import BIGGEST
from asbdesk.sync import names, sealing

MOST_BLOCKS, MOST_SEEN, MOST_HEADS, MOST_PACKS, MOST_PARTS = 20_000, 20_000, 64, 5_000, 20_000
MOST_ENTRIES = 100_000
"""Entries of one block."""
LARGEST_PACKED = 33 << 20
_DEVICE = re.compile(names.DEVICE)
_ID = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_HEAD = re.compile(r"[0-9a-f]{32,64}")
_WORD = re.compile(r"[0-9A-Za-z.+_-]{0,64}")

Fault = tuple[str, bool]
"""Why, and whether a newer version could read it."""


class Misread(ValueError):
    """It cannot be read; str() says why. `newer`: a newer version of the program may."""

    def __init__(self, why: str, newer: bool = False) -> None:
        super().__init__(why)
        self.newer = newer


def fault(raw: Any) -> Fault | None:
    """Why this cannot be a header, or None. Words that are not known here may stand in it."""
    if not isinstance(raw, dict):
        return "its header is not an object", False
    if raw.get("v") != 1:
        return "it needs a newer version", _whole(raw.get("v"), 2, BIGGEST)
    wrong = _plain_words(raw) or _seen(raw.get("seen")) or _blocks(raw.get("blocks")) or _packs(raw.get("packs", []))
    return (wrong, False) if wrong else None


def _plain_words(raw: dict[str, Any]) -> str | None:
    for name, pattern in (("org", _ID), ("dev", _DEVICE), ("prev", _HASH), ("app", _WORD), ("schema", _WORD)):
        if not _text(raw.get(name), pattern):
            return f"its header's {name} is missing or wrong"
    if not _whole(raw.get("seq"), 1, 99_999_999):
        return "its header's number is missing or wrong"
    roster = raw.get("roster")
    if not isinstance(roster, list) or len(roster) > MOST_HEADS or not all(_text(h, _HEAD) for h in roster):
        return "its header's roster is missing or wrong"
    chain = raw.get("chain", [0, "0" * 64])
    right = isinstance(chain, list) and len(chain) == 2 and _whole(chain[0], 0, BIGGEST) and _text(chain[1], _HASH)
    return None if right else "its header's chain is wrong"


def _seen(seen: Any) -> str | None:
    if not isinstance(seen, dict) or len(seen) > MOST_SEEN:
        return "its header does not say what was seen"
    for device, last in seen.items():
        right = isinstance(last, list) and len(last) == 2 and _whole(last[0], 1, 99_999_999) and _text(last[1], _HASH)
        if not right or not _text(device, _DEVICE):
            return "what its header says was seen is wrong"
    return None


def _blocks(blocks: Any) -> str | None:
    if not isinstance(blocks, list) or len(blocks) > MOST_BLOCKS:
        return "its header lists no blocks, or too many"
    return None if all(map(_is_block, blocks)) else "its header describes a block wrongly"


def _is_block(line: Any) -> bool:
    if not isinstance(line, list) or len(line) != 4:
        return False
    key_id, entries, length, sha256 = line
    sizes = _whole(entries, 1, MOST_ENTRIES) and _whole(length, sealing.BLOCK_COST, LARGEST_PACKED)
    return sizes and _text(key_id, _ID) and _text(sha256, _HASH)


def _packs(packs: Any) -> str | None:
    if not isinstance(packs, list) or len(packs) > MOST_PACKS:
        return "its header's packs are wrong, or too many"
    return None if all(map(_is_pack, packs)) else "its header describes a pack wrongly"


def _is_pack(line: Any) -> bool:
    if not isinstance(line, list) or len(line) != 3 or not isinstance(line[0], str):
        return False
    name, key_id, parts = line
    found = names.read(name) if len(name) < 100 else None
    right = found is not None and found.kind == "blob" and _text(key_id, _ID)
    return right and isinstance(parts, list) and len(parts) <= MOST_PARTS and all(map(_is_part, parts))


def _is_part(part: Any) -> bool:
    """`[blob, part, parts, offset, length]`."""
    if not isinstance(part, list) or len(part) != 5 or not _text(part[0], _HASH):
        return False
    return all(_whole(number, 0, BIGGEST) for number in part[1:]) and part[1] < part[2]


def _text(value: Any, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < most + 1
